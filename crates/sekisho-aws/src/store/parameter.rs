//! Parameters: one version read, all of them listed, a value exchanged for another, tags, removal.

use aws_sdk_ssm::types::{ParameterStringFilter, ResourceTypeForTagging, Tag};
use sekisho_model::observed::ParameterId;
use sekisho_model::{Call, Secret};
use time::OffsetDateTime;

use super::{Exchanged, NewParameter, StoredName, Written, moment};
use crate::connection::Connection;
use crate::error::{CallError, ErrorClass, ExchangeError, classify};
use crate::patience::patiently;

/// One version of a parameter with its value, read in one call, so that the two belong together.
#[derive(Clone, Debug)]
pub struct ReadParameter {
    /// The value; ciphertext where it was read without decryption.
    pub value: Secret<String>,
    /// The version.
    pub version: i64,
    /// `String`, `StringList` or `SecureString`.
    pub kind: String,
}

/// One version of a parameter, without its value (GetParameterHistory).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterVersion {
    /// The number, from 1.
    pub version: i64,
    /// When it was written.
    pub modified: Option<OffsetDateTime>,
    /// The ARN of who wrote it.
    pub user: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// `String`, `StringList` or `SecureString`.
    pub kind: String,
}

/// A parameter that was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedParameter {
    /// Its name.
    pub name: String,
    /// `String`, `StringList` or `SecureString`.
    pub kind: String,
    /// Its version.
    pub version: i64,
    /// When that was written.
    pub modified: Option<OffsetDateTime>,
}

impl Connection {
    /// Reads a parameter (GetParameters): its newest version, or the one that `selector`, a number or a label, names. `None` where there is none.
    ///
    /// GetParameters, because that is the right that people have who have any: ECS itself calls nothing else.
    ///
    /// # Errors
    /// The call's.
    pub async fn read_parameter(
        &self,
        id: &ParameterId,
        selector: Option<&str>,
        decrypt: bool,
    ) -> Result<Option<ReadParameter>, CallError> {
        let call = Call { service: "ssm", operation: "GetParameters", region: id.region.clone() };
        let client = self.clients(&id.region).ssm;
        let name = selector.map_or_else(|| id.name.clone(), |selector| format!("{}:{selector}", id.name));
        let answer = patiently(&self.watch, async || {
            client.get_parameters().names(&name).with_decryption(decrypt).send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.class == ErrorClass::Absent => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(answer.parameters().first().and_then(|found| {
            Some(ReadParameter {
                value: Secret::new(found.value()?.to_owned()),
                version: found.version(),
                kind: found.r#type().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            })
        }))
    }

    /// Every version that Parameter Store still has, the oldest first (GetParameterHistory, without decryption).
    ///
    /// # Errors
    /// Of class `absent` where there is no such parameter.
    pub async fn parameter_history(&self, id: &ParameterId) -> Result<Vec<ParameterVersion>, CallError> {
        let call = Call { service: "ssm", operation: "GetParameterHistory", region: id.region.clone() };
        let client = self.clients(&id.region).ssm;
        let mut versions = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let answer = patiently(&self.watch, async || {
                let request = client.get_parameter_history().name(&id.name).with_decryption(false).max_results(50);
                request.set_next_token(token.clone()).send().await.map_err(|error| classify(&call, &error))
            })
            .await?;
            versions.extend(answer.parameters().iter().map(|version| ParameterVersion {
                version: version.version(),
                modified: moment(version.last_modified_date()),
                user: version.last_modified_user().map(str::to_owned),
                labels: version.labels().to_vec(),
                kind: version.r#type().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            }));
            token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if token.is_none() {
                versions.sort_by_key(|version| version.version);
                return Ok(versions);
            }
        }
    }

    /// Writes a new version of a parameter whose newest version is `expected`.
    ///
    /// Parameter Store has no conditional write. The version is read again directly before, and the number of the new one compared with what it should
    /// be: where another writer came between those two calls, [`Exchanged::between`] says so. A call without an answer is not repeated blindly, since
    /// that would make a version of its own: what is there now tells whether it was received.
    ///
    /// # Errors
    /// [`ExchangeError::Moved`] where the newest version is another one; nothing was written then.
    pub async fn exchange_parameter(&self, new: &NewParameter, expected: i64) -> Result<Exchanged, ExchangeError> {
        let mut attempts = 3;
        loop {
            match self.read_parameter(&new.id, None, false).await?.map(|read| read.version) {
                Some(version) if version == expected => {}
                version => return Err(ExchangeError::Moved { now: version.map(|version| version.to_string()) }),
            }
            attempts -= 1;
            let error = match self.overwrite(new).await {
                Ok(written) => {
                    let between = written.version.parse::<i64>().is_ok_and(|version| version != expected + 1);
                    return Ok(Exchanged { written, between });
                }
                Err(error) => error,
            };
            if error.class != ErrorClass::Unreachable || attempts == 0 {
                return Err(error.into());
            }
            let now = self.read_parameter(&new.id, None, true).await?;
            if let Some(now) = now.filter(|now| now.version == expected + 1 && now.value.expose() == new.value.expose()) {
                let written = Written { stored: StoredName::Parameter(new.id.name.clone()), version: now.version.to_string() };
                return Ok(Exchanged { written, between: false });
            }
        }
    }

    /// PutParameter over what is there, made again only where AWS says that it did nothing.
    async fn overwrite(&self, new: &NewParameter) -> Result<Written, CallError> {
        let call = Call { service: "ssm", operation: "PutParameter", region: new.id.region.clone() };
        let client = self.clients(&new.id.region).ssm;
        let answer = patiently(&self.watch, async || match self.put_request(&client, new).overwrite(true).send().await {
            Ok(answer) => Ok(Ok(answer)),
            Err(error) => match classify(&call, &error).without(new.value.expose()) {
                error if error.class == ErrorClass::Unreachable => Ok(Err(error)),
                error => Err(error),
            },
        })
        .await??;
        Ok(Written { stored: StoredName::Parameter(new.id.name.clone()), version: answer.version().to_string() })
    }

    /// Removes a parameter with all its versions (DeleteParameter). There is no way back.
    ///
    /// # Errors
    /// Of class `absent` where there is none.
    pub async fn delete_parameter(&self, id: &ParameterId) -> Result<(), CallError> {
        let call = Call { service: "ssm", operation: "DeleteParameter", region: id.region.clone() };
        let client = self.clients(&id.region).ssm;
        patiently(&self.watch, async || client.delete_parameter().name(&id.name).send().await.map_err(|error| classify(&call, &error)))
            .await?;
        Ok(())
    }

    /// The tags of a parameter (ListTagsForResource).
    ///
    /// # Errors
    /// The call's.
    pub async fn parameter_tags(&self, id: &ParameterId) -> Result<Vec<(String, String)>, CallError> {
        let call = Call { service: "ssm", operation: "ListTagsForResource", region: id.region.clone() };
        let client = self.clients(&id.region).ssm;
        let answer = patiently(&self.watch, async || {
            let request = client.list_tags_for_resource().resource_type(ResourceTypeForTagging::Parameter).resource_id(&id.name);
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        Ok(answer.tag_list().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect())
    }

    /// Adds tags to a parameter (AddTagsToResource); others stay.
    ///
    /// # Errors
    /// The call's.
    pub async fn tag_parameter(&self, id: &ParameterId, tags: &[(String, String)]) -> Result<(), CallError> {
        let call = Call { service: "ssm", operation: "AddTagsToResource", region: id.region.clone() };
        let client = self.clients(&id.region).ssm;
        let tags: Vec<Tag> = tags.iter().filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok()).collect();
        patiently(&self.watch, async || {
            let request = client.add_tags_to_resource().resource_type(ResourceTypeForTagging::Parameter).resource_id(&id.name);
            request.set_tags(Some(tags.clone())).send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        Ok(())
    }

    /// Every parameter whose name begins with `prefix` (DescribeParameters); with an empty one, every parameter of the Region.
    ///
    /// # Errors
    /// The call's.
    pub async fn list_parameters(&self, region: &str, prefix: &str) -> Result<Vec<ListedParameter>, CallError> {
        let call = Call { service: "ssm", operation: "DescribeParameters", region: region.to_owned() };
        let client = self.clients(region).ssm;
        let filter = ParameterStringFilter::builder().key("Name").option("BeginsWith").values(prefix).build().ok();
        let filters = filter.filter(|_| !prefix.is_empty()).map(|filter| vec![filter]);
        let mut found = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let answer = patiently(&self.watch, async || {
                let request = client.describe_parameters().set_parameter_filters(filters.clone()).max_results(50);
                request.set_next_token(token.clone()).send().await.map_err(|error| classify(&call, &error))
            })
            .await?;
            found.extend(answer.parameters().iter().map(|parameter| ListedParameter {
                name: parameter.name().unwrap_or_default().to_owned(),
                kind: parameter.r#type().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
                version: parameter.version(),
                modified: moment(parameter.last_modified_date()),
            }));
            token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if token.is_none() {
                return Ok(found);
            }
        }
    }
}

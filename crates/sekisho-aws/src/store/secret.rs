//! Secrets: one version read, all of them listed, a value exchanged for another, stages, tags, removal and restoring.

use aws_sdk_secretsmanager::types::{Filter, FilterNameStringType, Tag};
use sekisho_model::observed::{ObservedValue, SecretId, VersionOf};
use sekisho_model::{Call, Secret};
use time::OffsetDateTime;

use super::{Exchanged, StoredName, Written, moment, token};
use crate::connection::Connection;
use crate::error::{CallError, ErrorClass, ExchangeError, classify};
use crate::observe::value_of;
use crate::patience::patiently;

/// The stage of a new version until it becomes the current one. A stage is on one version at most: what an interrupted write leaves behind loses it to
/// the next one, and nothing piles up.
pub const PENDING: &str = "SEKISHO_PENDING";
const CURRENT: &str = "AWSCURRENT";

/// One version of a secret with its value.
#[derive(Clone, Debug)]
pub struct ReadSecret {
    /// The secret's complete ARN.
    pub arn: String,
    /// The version's id.
    pub version: String,
    /// The value.
    pub value: ObservedValue,
}

/// One version of a secret, without its value (ListSecretVersionIds).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretVersion {
    /// The id.
    pub id: String,
    /// Its stages; none for a version that Secrets Manager may forget.
    pub stages: Vec<String>,
    /// When it was made.
    pub created: Option<OffsetDateTime>,
    /// The day on which it was last read.
    pub accessed: Option<OffsetDateTime>,
}

/// A secret that was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSecret {
    /// Its complete ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// When it last changed.
    pub changed: Option<OffsetDateTime>,
    /// When its deletion was asked for.
    pub deleted: Option<OffsetDateTime>,
}

/// How long a removed secret can be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// So many days, 7 to 30.
    Days(u8),
    /// Not at all.
    Never,
}

impl Connection {
    /// Reads one version of a secret (GetSecretValue). `None` where there is no such secret, version or stage.
    ///
    /// # Errors
    /// Of class `pending deletion` while it is being deleted.
    pub async fn read_secret(&self, version: &VersionOf) -> Result<Option<ReadSecret>, CallError> {
        let call = Call { service: "secretsmanager", operation: "GetSecretValue", region: version.secret.region.clone() };
        let client = self.clients(&version.secret.region).secretsmanager;
        let answer = patiently(&self.watch, async || {
            let request = client.get_secret_value().secret_id(&version.secret.id).set_version_stage(version.stage.clone());
            request.set_version_id(version.version_id.clone()).send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        match answer {
            Ok(answer) => Ok(value_of(answer.secret_string(), answer.secret_binary()).map(|value| ReadSecret {
                arn: answer.arn().unwrap_or_default().to_owned(),
                version: answer.version_id().unwrap_or_default().to_owned(),
                value,
            })),
            Err(error) if error.class == ErrorClass::Absent => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every version that Secrets Manager still has, those without a stage too, the oldest first (ListSecretVersionIds).
    ///
    /// # Errors
    /// Of class `absent` where there is no such secret.
    pub async fn secret_versions(&self, id: &SecretId) -> Result<Vec<SecretVersion>, CallError> {
        let call = Call { service: "secretsmanager", operation: "ListSecretVersionIds", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let mut versions: Vec<SecretVersion> = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let answer = patiently(&self.watch, async || {
                let request = client.list_secret_version_ids().secret_id(&id.id).include_deprecated(true).max_results(100);
                request.set_next_token(token.clone()).send().await.map_err(|error| classify(&call, &error))
            })
            .await?;
            versions.extend(answer.versions().iter().map(|version| SecretVersion {
                id: version.version_id().unwrap_or_default().to_owned(),
                stages: version.version_stages().to_vec(),
                created: moment(version.created_date()),
                accessed: moment(version.last_accessed_date()),
            }));
            token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if token.is_none() {
                versions.sort_by_key(|version| version.created);
                return Ok(versions);
            }
        }
    }

    /// Gives a secret whose current version is `expected` (`None`: it has none) a new current value.
    ///
    /// The new version is written under the stage [`PENDING`], which no reader asks for; then AWSCURRENT is moved to it on condition that it is still on
    /// `expected` (UpdateSecretVersionStage with RemoveFromVersionId), which Secrets Manager checks itself. An interruption between the two leaves the
    /// secret as it was.
    ///
    /// # Errors
    /// [`ExchangeError::Moved`] where another version is current; the new one is then a version without a stage, which Secrets Manager forgets.
    pub async fn exchange_secret_value(
        &self,
        id: &SecretId,
        value: &Secret<String>,
        expected: Option<&str>,
    ) -> Result<Exchanged, ExchangeError> {
        let written = self.put_staged(id, value, PENDING).await?;
        let moved = self.move_current(id, &written.version, expected).await;
        // Another writer's version may have the stage by now: then it is not ours to take away.
        let cleared = self.move_stage(id, PENDING, None, Some(&written.version)).await;
        moved?;
        match cleared {
            Err(error) if error.class != ErrorClass::Invalid => Err(error.into()),
            _ => Ok(Exchanged { written, between: false }),
        }
    }

    /// Makes the version `to` the current one, on condition that `from` is it now (`None`: that none is). AWSPREVIOUS follows by itself.
    ///
    /// # Errors
    /// [`ExchangeError::Moved`] where another version is current.
    pub async fn move_current(&self, id: &SecretId, to: &str, from: Option<&str>) -> Result<(), ExchangeError> {
        let error = match self.move_stage(id, CURRENT, Some(to), from).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if error.class != ErrorClass::Invalid {
            return Err(error.into());
        }
        let now = self.secret_versions(id).await?.into_iter().find(|version| version.stages.iter().any(|stage| stage == CURRENT));
        let now = now.map(|version| version.id);
        // The answer to a first attempt may have been lost.
        match now {
            Some(now) if now == to => Ok(()),
            now if now.as_deref() == from => Err(error.into()),
            now => Err(ExchangeError::Moved { now }),
        }
    }

    /// Writes a new version under `stage` alone (PutSecretValue). A repeated attempt carries the same token and writes nothing twice.
    async fn put_staged(&self, id: &SecretId, value: &Secret<String>, stage: &str) -> Result<Written, CallError> {
        let call = Call { service: "secretsmanager", operation: "PutSecretValue", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let token = token();
        let answer = patiently(&self.watch, async || {
            let request = client.put_secret_value().secret_id(&id.id).secret_string(value.expose()).client_request_token(&token);
            request.version_stages(stage).send().await.map_err(|error| classify(&call, &error).without(value.expose()))
        })
        .await?;
        let arn = answer.arn().unwrap_or(&id.id).to_owned();
        Ok(Written { stored: StoredName::Secret(arn), version: answer.version_id().unwrap_or_default().to_owned() })
    }

    /// Moves `stage` to the version `to`, from the version `from` (UpdateSecretVersionStage). Without `to` it is only taken away.
    ///
    /// # Errors
    /// Of class `invalid` where `from` does not have the stage, or is left out and another version has it.
    pub async fn move_stage(&self, id: &SecretId, stage: &str, to: Option<&str>, from: Option<&str>) -> Result<(), CallError> {
        let call = Call { service: "secretsmanager", operation: "UpdateSecretVersionStage", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        patiently(&self.watch, async || {
            let request = client.update_secret_version_stage().secret_id(&id.id).version_stage(stage);
            let request = request.set_move_to_version_id(to.map(str::to_owned)).set_remove_from_version_id(from.map(str::to_owned));
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        Ok(())
    }

    /// Marks a secret for deletion (DeleteSecret), and says when it will be gone.
    ///
    /// # Errors
    /// The call's.
    pub async fn delete_secret(&self, id: &SecretId, recovery: Recovery) -> Result<Option<OffsetDateTime>, CallError> {
        let call = Call { service: "secretsmanager", operation: "DeleteSecret", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let answer = patiently(&self.watch, async || {
            let request = client.delete_secret().secret_id(&id.id);
            let request = match recovery {
                Recovery::Days(days) => request.recovery_window_in_days(i64::from(days)),
                Recovery::Never => request.force_delete_without_recovery(true),
            };
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        Ok(moment(answer.deletion_date()))
    }

    /// Takes back the deletion of a secret (RestoreSecret).
    ///
    /// # Errors
    /// The call's.
    pub async fn restore_secret(&self, id: &SecretId) -> Result<(), CallError> {
        let call = Call { service: "secretsmanager", operation: "RestoreSecret", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        patiently(&self.watch, async || client.restore_secret().secret_id(&id.id).send().await.map_err(|error| classify(&call, &error)))
            .await?;
        Ok(())
    }

    /// The tags of a secret (DescribeSecret).
    ///
    /// # Errors
    /// The call's.
    pub async fn secret_tags(&self, id: &SecretId) -> Result<Vec<(String, String)>, CallError> {
        let call = Call { service: "secretsmanager", operation: "DescribeSecret", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let answer = patiently(&self.watch, async || {
            client.describe_secret().secret_id(&id.id).send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Ok(answer.tags().iter().map(|tag| (text(tag.key()), text(tag.value()))).collect())
    }

    /// Adds tags to a secret (TagResource); others stay.
    ///
    /// # Errors
    /// The call's.
    pub async fn tag_secret(&self, id: &SecretId, tags: &[(String, String)]) -> Result<(), CallError> {
        let call = Call { service: "secretsmanager", operation: "TagResource", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let tags: Vec<Tag> = tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect();
        patiently(&self.watch, async || {
            let request = client.tag_resource().secret_id(&id.id).set_tags(Some(tags.clone()));
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        Ok(())
    }

    /// Every secret whose name begins with `prefix`, those being deleted too (ListSecrets, which lags behind by some minutes on AWS).
    ///
    /// # Errors
    /// The call's.
    pub async fn list_secrets(&self, region: &str, prefix: &str) -> Result<Vec<ListedSecret>, CallError> {
        let call = Call { service: "secretsmanager", operation: "ListSecrets", region: region.to_owned() };
        let client = self.clients(region).secretsmanager;
        let filter = Filter::builder().key(FilterNameStringType::Name).values(prefix).build();
        let filters = (!prefix.is_empty()).then(|| vec![filter]);
        let mut found = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let answer = patiently(&self.watch, async || {
                let request = client.list_secrets().set_filters(filters.clone()).include_planned_deletion(true).max_results(100);
                request.set_next_token(token.clone()).send().await.map_err(|error| classify(&call, &error))
            })
            .await?;
            found.extend(answer.secret_list().iter().map(|secret| ListedSecret {
                arn: secret.arn().unwrap_or_default().to_owned(),
                name: secret.name().unwrap_or_default().to_owned(),
                changed: moment(secret.last_changed_date()),
                deleted: moment(secret.deleted_date()),
            }));
            token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if token.is_none() {
                // A filter is a prefix on AWS, and anything on what stands in for it.
                found.retain(|secret: &ListedSecret| secret.name.starts_with(prefix));
                return Ok(found);
            }
        }
    }
}

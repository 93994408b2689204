//! Writing to the two stores. Nothing here overwrites unless it is told to, and every write may be repeated safely.

mod parameter;
mod secret;

use aws_sdk_secretsmanager::types::Tag as SecretTag;
use aws_sdk_ssm::operation::put_parameter::builders::PutParameterFluentBuilder;
use aws_sdk_ssm::types::{ParameterTier, ParameterType, Tag as ParameterTag};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::DateTime;
use sekisho_model::observed::{ParameterId, SecretId};
use sekisho_model::{Call, Secret};
use time::OffsetDateTime;

pub use parameter::{ListedParameter, ParameterVersion, ReadParameter};
pub use secret::{ListedSecret, PENDING, ReadSecret, Recovery, SecretVersion};

use crate::connection::Connection;
use crate::error::{CallError, ErrorClass, classify};
use crate::patience::patiently;

/// A parameter to be written.
#[derive(Clone, Debug)]
pub struct NewParameter {
    /// Region and name.
    pub id: ParameterId,
    /// The value.
    pub value: Secret<String>,
    /// `String`, `StringList` or `SecureString`, which `None` is. Parameter Store refuses to change the type of what exists.
    pub kind: Option<String>,
    /// The tier; `None` leaves it to the account's default, which an advanced parameter does not go back to.
    pub tier: Option<String>,
    /// The key of a SecureString. `None` is `alias/aws/ssm`, also for a parameter that had another: AWS does not keep it by itself.
    pub key: Option<String>,
    /// The description; `None` leaves an existing one.
    pub description: Option<String>,
    /// Tags, for a new parameter only: PutParameter refuses them with `overwrite`.
    pub tags: Vec<(String, String)>,
    /// Whether an existing parameter gets a new version, rather than the call an error of class `exists`.
    pub overwrite: bool,
}

/// A secret to be created.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// Region and name.
    pub id: SecretId,
    /// The value.
    pub value: Secret<String>,
    /// The key; `None` is `alias/aws/secretsmanager`.
    pub key: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Tags.
    pub tags: Vec<(String, String)>,
    /// The six characters at the end of the ARN. Only the embedded AWS takes them; to AWS itself they must not be sent.
    pub arn_suffix: Option<String>,
}

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The ARN, or the name where the answer names none.
    pub stored: StoredName,
    /// The parameter's version number, or the secret's version id.
    pub version: String,
}

/// A value that replaced another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// What was written.
    pub written: Written,
    /// Whether another version was written by somebody between the last look and this one.
    pub between: bool,
}

/// What a written thing is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredName {
    /// A parameter's name.
    Parameter(String),
    /// A secret's complete ARN.
    Secret(String),
}

impl Connection {
    /// Writes a parameter (PutParameter).
    ///
    /// # Errors
    /// Of class `exists` where it exists and `overwrite` is not set. The message never has the value in it.
    pub async fn put_parameter(&self, new: &NewParameter) -> Result<Written, CallError> {
        let call = Call { service: "ssm", operation: "PutParameter", region: new.id.region.clone() };
        let client = self.clients(&new.id.region).ssm;
        let answer = patiently(&self.watch, async || {
            let request = self.put_request(&client, new).overwrite(new.overwrite);
            request.send().await.map_err(|error| classify(&call, &error).without(new.value.expose()))
        })
        .await?;
        Ok(Written { stored: StoredName::Parameter(new.id.name.clone()), version: answer.version().to_string() })
    }

    fn put_request(&self, client: &aws_sdk_ssm::Client, new: &NewParameter) -> PutParameterFluentBuilder {
        let tags: Option<Vec<ParameterTag>> = (!new.overwrite && !new.tags.is_empty()).then(|| {
            let tag = |(key, value): &(String, String)| ParameterTag::builder().key(key).value(value).build().ok();
            new.tags.iter().filter_map(tag).collect()
        });
        client
            .put_parameter()
            .name(&new.id.name)
            .value(new.value.expose())
            .r#type(new.kind.as_deref().map_or(ParameterType::SecureString, ParameterType::from))
            .set_tier(new.tier.as_deref().map(ParameterTier::from))
            .set_key_id(new.key.clone())
            .set_description(new.description.clone())
            .set_tags(tags)
    }

    /// Creates a secret with its first version (CreateSecret). A repeated attempt carries the same token and creates nothing twice.
    ///
    /// # Errors
    /// Of class `exists` where the name is taken, `pending deletion` where it is still being deleted. The message never has the value in it.
    pub async fn create_secret(&self, new: &NewSecret) -> Result<Written, CallError> {
        let call = Call { service: "secretsmanager", operation: "CreateSecret", region: new.id.region.clone() };
        let client = self.clients(&new.id.region).secretsmanager;
        let token = token();
        let tags: Option<Vec<SecretTag>> = (!new.tags.is_empty())
            .then(|| new.tags.iter().map(|(key, value)| SecretTag::builder().key(key).value(value).build()).collect());
        let answer = patiently(&self.watch, async || {
            let request = client
                .create_secret()
                .name(&new.id.id)
                .secret_string(new.value.expose())
                .client_request_token(&token)
                .set_kms_key_id(new.key.clone())
                .set_description(new.description.clone())
                .set_tags(tags.clone());
            let sent = match new.arn_suffix.clone() {
                None => request.send().await,
                Some(suffix) => {
                    let with_suffix = move |request: &mut HttpRequest| {
                        request.headers_mut().insert("x-sekisho-arn-suffix", suffix.clone());
                    };
                    request.customize().mutate_request(with_suffix).send().await
                }
            };
            sent.map_err(|error| classify(&call, &error).without(new.value.expose()))
        })
        .await?;
        let arn = answer.arn().unwrap_or(&new.id.id).to_owned();
        Ok(Written { stored: StoredName::Secret(arn), version: answer.version_id().unwrap_or_default().to_owned() })
    }

    /// Writes a new version of a secret, which becomes AWSCURRENT (PutSecretValue). A repeated attempt carries the same token and writes nothing twice.
    ///
    /// # Errors
    /// The call's. The message never has the value in it.
    pub async fn put_secret_value(&self, id: &SecretId, value: &Secret<String>) -> Result<Written, CallError> {
        let call = Call { service: "secretsmanager", operation: "PutSecretValue", region: id.region.clone() };
        let client = self.clients(&id.region).secretsmanager;
        let token = token();
        let answer = patiently(&self.watch, async || {
            let request = client.put_secret_value().secret_id(&id.id).secret_string(value.expose()).client_request_token(&token);
            request.send().await.map_err(|error| classify(&call, &error).without(value.expose()))
        })
        .await?;
        let arn = answer.arn().unwrap_or(&id.id).to_owned();
        Ok(Written { stored: StoredName::Secret(arn), version: answer.version_id().unwrap_or_default().to_owned() })
    }
}

/// A random text of `length` characters of `alphabet`, each equally likely, from the operating system's generator through aws-lc.
///
/// # Errors
/// Where the generator fails, or `alphabet` is empty.
pub fn generate_random(length: usize, alphabet: &str) -> Result<Secret<String>, CallError> {
    let failed = |message: &str| CallError {
        call: Call { service: "sekisho", operation: "generate", region: String::new() },
        class: ErrorClass::Invalid,
        code: None,
        message: message.to_owned(),
    };
    let characters: Vec<char> = alphabet.chars().collect();
    let count = u8::try_from(characters.len())
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(|| failed("the alphabet has no characters or too many"))?;
    // Bytes beyond the last whole multiple are thrown away: a plain remainder would favour the first characters.
    let limit = 256 - 256 % usize::from(count);
    let mut value = String::with_capacity(length);
    let mut bytes = zeroize::Zeroizing::new([0_u8; 64]);
    while value.len() < length {
        aws_lc_rs::rand::fill(bytes.as_mut()).map_err(|_| failed("the random generator failed"))?;
        let picked = bytes.iter().filter(|byte| usize::from(**byte) < limit).filter_map(|byte| characters.get(usize::from(byte % count)));
        for character in picked {
            if value.len() < length {
                value.push(*character);
            }
        }
    }
    Ok(Secret::new(value))
}

/// A date of the SDK as ours; a date beyond all calendars is none.
fn moment(date: Option<&DateTime>) -> Option<OffsetDateTime> {
    date.and_then(|date| OffsetDateTime::from_unix_timestamp_nanos(date.as_nanos()).ok())
}

/// A ClientRequestToken: 32 characters, unique to one intended write.
fn token() -> String {
    let mut bytes = [0_u8; 16];
    if aws_lc_rs::rand::fill(&mut bytes).is_err() {
        bytes.iter_mut().for_each(|byte| *byte = fastrand::u8(..));
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

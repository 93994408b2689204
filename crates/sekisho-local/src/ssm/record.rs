//! Parameters as they are kept: one record for the parameter, one for each of its versions.

use std::collections::BTreeMap;

use sekisho_model::Arn;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::not_found;
use crate::api::{ApiError, Call, key, timestamp};
use crate::bytes64::SecretBytes;

/// How many versions Parameter Store keeps (facts/iam.md C).
pub(super) const VERSIONS: u64 = 100;
pub(super) const SECURE: &str = "SecureString";

/// What all versions share.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) oldest: u64,
    pub(super) latest: u64,
    /// Each label stands at one version.
    pub(super) labels: BTreeMap<String, u64>,
    pub(super) tags: BTreeMap<String, String>,
    /// From an Expiration policy. Nothing runs in the background here: from then on the parameter is treated as gone.
    #[serde(with = "time::serde::timestamp::option")]
    pub(super) expires: Option<OffsetDateTime>,
}

/// One version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) version: u64,
    /// `String`, `StringList` or `SecureString`.
    pub(super) kind: String,
    /// The value, or KMS's ciphertext of it where it is a `SecureString`.
    pub(super) value: SecretBytes,
    /// The key as PutParameter named it.
    pub(super) key_id: Option<String>,
    pub(super) description: Option<String>,
    pub(super) allowed_pattern: Option<String>,
    pub(super) tier: String,
    pub(super) data_type: String,
    /// The policies as PutParameter took them: a JSON array.
    pub(super) policies: Option<String>,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) modified: OffsetDateTime,
    pub(super) user: String,
}

/// The name under which a parameter is kept. `/x` and `x` are one, whichever of them made it: they share an ARN (moto's test
/// `test_parameter_lifecycle_with_leading_slash`, which its authors ran against AWS).
fn kept_under(name: &str) -> &str {
    name.strip_prefix('/').filter(|bare| !bare.is_empty() && !bare.contains('/')).unwrap_or(name)
}

fn parameter_key(call: &Call<'_>, name: &str) -> String {
    key(&["ssm-parameter", call.caller.account.as_str(), call.region.as_str(), kept_under(name)])
}

fn version_key(call: &Call<'_>, name: &str, version: u64) -> String {
    // Twenty digits, so that the order of texts is the order of numbers.
    key(&["ssm-version", call.caller.account.as_str(), call.region.as_str(), kept_under(name), &format!("{version:020}")])
}

/// The parameter of this name, unless it has expired.
pub(super) fn find(call: &Call<'_>, name: &str) -> Result<Option<Parameter>, ApiError> {
    Ok(find_even_expired(call, name)?.filter(|parameter| exists(call, parameter)))
}

/// The parameter of this name, also one that has expired.
pub(super) fn find_even_expired(call: &Call<'_>, name: &str) -> Result<Option<Parameter>, ApiError> {
    call.get(&parameter_key(call, name))
}

/// As [`find`]; an error where there is none.
pub(super) fn required(call: &Call<'_>, name: &str) -> Result<Parameter, ApiError> {
    find(call, name)?.ok_or_else(not_found)
}

fn exists(call: &Call<'_>, parameter: &Parameter) -> bool {
    parameter.expires.is_none_or(|expires| call.now < expires)
}

/// Every parameter of the account and Region whose name begins so, by name.
pub(super) fn beginning_with(call: &Call<'_>, prefix: &str) -> Result<Vec<Parameter>, ApiError> {
    let prefix = key(&["ssm-parameter", call.caller.account.as_str(), call.region.as_str(), prefix]);
    let parameters = call.scan::<Parameter>(&prefix)?;
    let mut found: Vec<Parameter> =
        parameters.into_iter().map(|(_, parameter)| parameter).filter(|parameter| exists(call, parameter)).collect();
    // Not the order of the keys, which leave a slash out.
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

pub(super) fn version(call: &Call<'_>, name: &str, version: u64) -> Result<Option<Version>, ApiError> {
    call.get(&version_key(call, name, version))
}

/// The version that is current.
pub(super) fn latest(call: &Call<'_>, parameter: &Parameter) -> Result<Version, ApiError> {
    let missing = || ApiError::internal("a parameter has lost its latest version");
    version(call, &parameter.name, parameter.latest)?.ok_or_else(missing)
}

pub(super) fn save(call: &mut Call<'_>, parameter: &Parameter) -> Result<(), ApiError> {
    call.put(&parameter_key(call, &parameter.name), parameter)
}

pub(super) fn save_version(call: &mut Call<'_>, name: &str, version: &Version) -> Result<(), ApiError> {
    call.put(&version_key(call, name, version.version), version)
}

pub(super) fn delete_version(call: &mut Call<'_>, name: &str, version: u64) -> Result<(), ApiError> {
    call.delete(&version_key(call, name, version))
}

pub(super) fn delete(call: &mut Call<'_>, parameter: &Parameter) -> Result<(), ApiError> {
    for version in parameter.oldest..=parameter.latest {
        delete_version(call, &parameter.name, version)?;
    }
    call.delete(&parameter_key(call, &parameter.name))
}

/// The ARN: a hierarchy's leading slash is the ARN's separator (facts/ecs.md §2.2).
pub(super) fn arn(call: &Call<'_>, name: &str) -> Arn {
    let resource = format!("parameter/{}", name.trim_start_matches('/'));
    Arn::new(call.region.partition().as_str(), "ssm", call.region.as_str(), call.caller.account.as_str(), resource)
}

impl Parameter {
    /// The labels of a version, in order.
    pub(super) fn labels_of(&self, version: u64) -> Vec<&str> {
        self.labels.iter().filter(|(_, at)| **at == version).map(|(label, _)| label.as_str()).collect()
    }
}

impl Version {
    /// The members that DescribeParameters and GetParameterHistory share.
    pub(super) fn metadata(&self, name: &str) -> Value {
        let mut metadata = json!({
            "Name": name,
            "Type": self.kind,
            "LastModifiedDate": timestamp(self.modified),
            "LastModifiedUser": self.user,
            "Version": self.version,
            "Tier": self.tier,
            "Policies": super::policy::shown(self.policies.as_deref()),
            "DataType": self.data_type,
        });
        let optional = [("KeyId", &self.key_id), ("Description", &self.description), ("AllowedPattern", &self.allowed_pattern)];
        if let Some(members) = metadata.as_object_mut() {
            members.extend(optional.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::from(text.as_deref()?)))));
        }
        metadata
    }
}

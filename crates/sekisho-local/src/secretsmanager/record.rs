//! What is kept of a secret, and where.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::replicate;
use crate::api::{ApiError, Call, key};
use crate::bytes64::SecretBytes;
use crate::kms;

/// The key that AWS manages for Secrets Manager in each account and Region.
pub(super) const AWS_MANAGED_ALIAS: &str = "alias/aws/secretsmanager";

/// A secret's metadata. Its versions' values are elsewhere: [`Sealed`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SecretRecord {
    pub(super) account: String,
    pub(super) region: String,
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) description: Option<String>,
    /// As the caller gave it; `None` for the key that AWS manages.
    pub(super) kms_key_id: Option<String>,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) created: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) changed: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::milliseconds::option")]
    pub(super) accessed: Option<OffsetDateTime>,
    #[serde(with = "time::serde::timestamp::milliseconds::option")]
    pub(super) rotated: Option<OffsetDateTime>,
    /// When the secret is or may be gone for good, where it is marked for deletion.
    #[serde(with = "time::serde::timestamp::milliseconds::option")]
    pub(super) deletion: Option<OffsetDateTime>,
    /// `None` where there never were any.
    pub(super) tags: Option<Vec<Tag>>,
    /// In the order of their making.
    pub(super) versions: Vec<Version>,
    pub(super) policy: Option<String>,
    pub(super) rotation: Option<Rotation>,
    /// Of a replicated secret, and of its replicas.
    pub(super) primary_region: Option<String>,
    /// Of a primary.
    pub(super) replicas: Vec<Replica>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tag {
    pub(super) key: String,
    pub(super) value: String,
}

/// A version but for its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) id: String,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) created: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::milliseconds::option")]
    pub(super) accessed: Option<OffsetDateTime>,
    pub(super) stages: Vec<String>,
    /// The keys that its value is encrypted under, as ListSecretVersionIds shows them. Empty: a rotation has begun and not yet given it a value.
    pub(super) key_ids: Vec<String>,
}

impl Version {
    pub(super) fn has_value(&self) -> bool {
        !self.key_ids.is_empty()
    }
}

/// Automatic rotation, as far as it goes without a function.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rotation {
    pub(super) enabled: bool,
    pub(super) lambda_arn: String,
    pub(super) after_days: Option<i64>,
    pub(super) duration: Option<String>,
    pub(super) schedule: Option<String>,
    /// The version that the last rotation began to make.
    pub(super) pending: Option<String>,
}

/// A replica as its primary knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Replica {
    pub(super) region: String,
    pub(super) kms_key_id: Option<String>,
    /// Why it could not be made.
    pub(super) failure: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    String,
    Binary,
}

/// A version's value, encrypted. More than once where the secret's key was changed: Secrets Manager keeps what the previous key encrypted, so that
/// either key opens the version (Secrets Manager guide, "Change the encryption key").
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) kind: Kind,
    pub(super) copies: Vec<Sealing>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sealing {
    pub(super) key_arn: String,
    pub(super) blob: SecretBytes,
}

fn secret_key(account: &str, region: &str, name: &str) -> String {
    key(&["secretsmanager-secret", account, region, name])
}

fn value_key(secret: &SecretRecord, version: &str) -> String {
    key(&["secretsmanager-value", &secret.account, &secret.region, &secret.name, version])
}

/// The secret of this name, unless its recovery window is over: nothing runs in the background here, so what is due counts as gone.
pub(super) fn load(call: &Call<'_>, account: &str, region: &str, name: &str) -> Result<Option<SecretRecord>, ApiError> {
    let record: Option<SecretRecord> = call.get(&secret_key(account, region, name))?;
    Ok(record.filter(|record| !record.is_gone(call.now)))
}

/// Every secret of the caller's account in this Region that is not gone.
pub(super) fn load_all(call: &Call<'_>) -> Result<Vec<SecretRecord>, ApiError> {
    let prefix = secret_key(call.caller.account.as_str(), call.region.as_str(), "");
    let records: Vec<(String, SecretRecord)> = call.scan(&prefix)?;
    Ok(records.into_iter().map(|(_, record)| record).filter(|record| !record.is_gone(call.now)).collect())
}

/// Writes the secret, and its replicas with it.
pub(super) fn save(call: &mut Call<'_>, secret: &mut SecretRecord) -> Result<(), ApiError> {
    replicate::synchronise(call, secret)?;
    save_alone(call, secret)
}

/// Writes the secret, but not its replicas.
pub(super) fn save_alone(call: &mut Call<'_>, secret: &SecretRecord) -> Result<(), ApiError> {
    call.put(&secret_key(&secret.account, &secret.region, &secret.name), secret)
}

/// Removes whatever is left of a secret of this name, its values first.
pub(super) fn remove(call: &mut Call<'_>, account: &str, region: &str, name: &str) -> Result<(), ApiError> {
    let key_of_secret = secret_key(account, region, name);
    let record: Option<SecretRecord> = call.get(&key_of_secret)?;
    for version in record.iter().flat_map(|record| &record.versions) {
        if let Some(record) = &record {
            call.delete(&value_key(record, &version.id))?;
        }
    }
    call.delete(&key_of_secret)
}

pub(super) fn load_value(call: &Call<'_>, secret: &SecretRecord, version: &str) -> Result<Option<Sealed>, ApiError> {
    call.get(&value_key(secret, version))
}

pub(super) fn save_value(call: &mut Call<'_>, secret: &SecretRecord, version: &str, sealed: &Sealed) -> Result<(), ApiError> {
    call.put(&value_key(secret, version), sealed)
}

pub(super) fn remove_value(call: &mut Call<'_>, secret: &SecretRecord, version: &str) -> Result<(), ApiError> {
    call.delete(&value_key(secret, version))
}

impl SecretRecord {
    fn is_gone(&self, now: OffsetDateTime) -> bool {
        self.deletion.is_some_and(|deletion| deletion <= now)
    }

    pub(super) fn version(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    pub(super) fn version_mut(&mut self, id: &str) -> Option<&mut Version> {
        self.versions.iter_mut().find(|version| version.id == id)
    }

    pub(super) fn is_replica(&self) -> bool {
        self.primary_region.as_ref().is_some_and(|primary| *primary != self.region)
    }
}

/// Removes versions without labels, oldest first, until 100 are left; none that is younger than a day (botocore, PutSecretValue).
pub(super) fn prune(call: &mut Call<'_>, secret: &mut SecretRecord) -> Result<(), ApiError> {
    const KEPT: usize = 100;
    let young = call.now - Duration::hours(24);
    while secret.versions.len() > KEPT {
        let Some(at) = secret.versions.iter().position(|version| version.stages.is_empty() && version.created < young) else { break };
        let version = secret.versions.remove(at);
        remove_value(call, secret, &version.id)?;
    }
    Ok(())
}

/// What is kept of a `KmsKeyId`: nothing where it names the key that AWS manages, which DescribeSecret does not show.
pub(super) fn chosen_key(call: &Call<'_>, key_id: &str) -> Option<String> {
    let managed = key_id.is_empty()
        || key_id == AWS_MANAGED_ALIAS
        || key_id.strip_suffix(AWS_MANAGED_ALIAS).is_some_and(|start| start.starts_with("arn:") && start.ends_with(':'))
        || kms::resolve(call, AWS_MANAGED_ALIAS).is_ok_and(|key| key.id == key_id || key.arn == key_id);
    (!managed).then(|| key_id.to_owned())
}

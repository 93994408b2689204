//! Keys and aliases as records, and how a request names them.

use std::collections::BTreeMap;

use aws_lc_rs::rand;
use sekisho_model::Arn;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::api::{ApiError, Call, key};
use crate::bytes64::SecretBytes;

/// The services whose `alias/aws/…` key AWS makes in an account the first time that somebody needs it (KMS guide, "AWS managed keys").
const MANAGED: &[&str] = &[
    "acm",
    "backup",
    "codecommit",
    "dynamodb",
    "ebs",
    "elasticfilesystem",
    "es",
    "fsx",
    "glue",
    "kinesis",
    "kinesisvideo",
    "lambda",
    "lightsail",
    "mq",
    "rds",
    "redshift",
    "s3",
    "secretsmanager",
    "ses",
    "sns",
    "sqs",
    "ssm",
    "workspaces",
    "xray",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KeyState {
    Enabled,
    Disabled,
    PendingDeletion,
}

impl KeyState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::PendingDeletion => "PendingDeletion",
        }
    }
}

/// A key as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeyRecord {
    pub(super) id: String,
    pub(super) arn: String,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) created: OffsetDateTime,
    pub(super) description: String,
    pub(super) state: KeyState,
    /// Whether AWS manages it: nobody may edit such a key.
    pub(super) managed_by_aws: bool,
    pub(super) policy: String,
    pub(super) rotation: Option<Rotation>,
    pub(super) tags: BTreeMap<String, String>,
    #[serde(with = "time::serde::timestamp::milliseconds::option")]
    pub(super) deletion: Option<OffsetDateTime>,
    pub(super) material: SecretBytes,
}

/// Automatic rotation, as it was switched on. No new material is made: nothing that a caller can see depends on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Rotation {
    pub(super) period_in_days: u32,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) since: OffsetDateTime,
}

/// An alias as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AliasRecord {
    pub(super) name: String,
    pub(super) target: String,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) created: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::milliseconds")]
    pub(super) updated: OffsetDateTime,
}

/// A key, as other services see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The key id.
    pub(crate) id: String,
    /// The key's ARN.
    pub(crate) arn: String,
    /// The alias, where the request named one.
    pub(crate) alias: Option<String>,
    /// That alias's ARN.
    pub(crate) alias_arn: Option<String>,
    /// Whether it can be used now.
    pub(crate) state: KeyState,
    /// Whether AWS manages it.
    pub(crate) managed_by_aws: bool,
}

pub(super) fn key_arn(call: &Call<'_>, id: &str) -> Arn {
    Arn::new(call.region.partition().as_str(), "kms", call.region.as_str(), call.caller.account.as_str(), format!("key/{id}"))
}

pub(super) fn alias_arn(call: &Call<'_>, name: &str) -> Arn {
    Arn::new(call.region.partition().as_str(), "kms", call.region.as_str(), call.caller.account.as_str(), name)
}

pub(super) fn key_record(call: &Call<'_>, id: &str) -> String {
    key(&["kms-key", call.caller.account.as_str(), call.region.as_str(), id])
}

pub(super) fn alias_record(call: &Call<'_>, name: &str) -> String {
    key(&["kms-alias", call.caller.account.as_str(), call.region.as_str(), name])
}

/// The key that `key_id` names: an id, a key's ARN, an alias's name or an alias's ARN. An AWS-managed key that was never needed is not found.
pub(crate) fn resolve(call: &Call<'_>, key_id: &str) -> Result<Key, ApiError> {
    let (record, alias) = find(call, key_id)?;
    Ok(seen(call, record, alias))
}

fn seen(call: &Call<'_>, record: KeyRecord, alias: Option<String>) -> Key {
    Key {
        id: record.id,
        arn: record.arn,
        alias_arn: alias.as_ref().map(|name| alias_arn(call, name).to_string()),
        alias,
        state: record.state,
        managed_by_aws: record.managed_by_aws,
    }
}

/// The record that `key_id` names, and the alias that it went through.
pub(super) fn find(call: &Call<'_>, key_id: &str) -> Result<(KeyRecord, Option<String>), ApiError> {
    let name = local_name(call, key_id)?;
    if name.starts_with("alias/") {
        let alias: Option<AliasRecord> = call.get(&alias_record(call, &name))?;
        let alias = alias.ok_or_else(|| not_found(format!("Alias {} is not found.", alias_arn(call, &name))))?;
        return Ok((by_id(call, &alias.target)?, Some(name)));
    }
    if !has_form_of_id(&name) {
        return Err(not_found(format!("Invalid keyId {name}")));
    }
    Ok((by_id(call, &name)?, None))
}

pub(super) fn find_or_make(call: &mut Call<'_>, key_id: &str) -> Result<(KeyRecord, Option<String>), ApiError> {
    let name = local_name(call, key_id)?;
    let managed = name.strip_prefix("alias/aws/").filter(|service| MANAGED.contains(service)).map(str::to_owned);
    if let Some(service) = managed {
        let alias: Option<AliasRecord> = call.get(&alias_record(call, &name))?;
        if alias.is_none() {
            make_managed(call, &name, &service)?;
        }
    }
    find(call, &name)
}

fn by_id(call: &Call<'_>, id: &str) -> Result<KeyRecord, ApiError> {
    let record: Option<KeyRecord> = call.get(&key_record(call, id))?;
    // KMS deletes a key when its waiting time is over. Nothing runs in the background here: the record stays and is treated as gone.
    record
        .filter(|record| record.deletion.is_none_or(|deletion| call.now < deletion))
        .ok_or_else(|| not_found(format!("Key '{}' does not exist", key_arn(call, id))))
}

/// The id or alias name that `key_id` means in the caller's account and Region.
fn local_name(call: &Call<'_>, key_id: &str) -> Result<String, ApiError> {
    if !key_id.starts_with("arn:") {
        return Ok(key_id.to_owned());
    }
    let arn: Arn = key_id.parse().map_err(|_| not_found(format!("Invalid arn {key_id}")))?;
    if arn.service != "kms" || arn.region != call.region.as_str() || arn.partition != call.region.partition().as_str() {
        return Err(not_found(format!("Invalid arn {}", arn.region)));
    }
    if arn.account != call.caller.account.as_str() {
        // The default key policy names the owner's account only, so that no other account is let in.
        return Err(ApiError::new(
            "AccessDeniedException",
            format!(
                "User: {} is not authorized to perform this operation on resource: {key_id} because no resource-based policy allows it",
                call.caller.arn
            ),
        ));
    }
    match arn.resource.strip_prefix("key/") {
        Some(id) => Ok(id.to_owned()),
        None if arn.resource.starts_with("alias/") => Ok(arn.resource),
        None => Err(not_found(format!("Invalid arn {key_id}"))),
    }
}

fn has_form_of_id(text: &str) -> bool {
    Uuid::try_parse(text).is_ok_and(|uuid| uuid.hyphenated().to_string() == text)
}

fn not_found(message: String) -> ApiError {
    ApiError::new("NotFoundException", message)
}

/// A key that can be used now, or KMS's error of why not.
pub(super) fn usable(record: KeyRecord) -> Result<KeyRecord, ApiError> {
    match record.state {
        KeyState::Enabled => Ok(record),
        KeyState::Disabled => Err(ApiError::new("DisabledException", format!("{} is disabled.", record.arn))),
        KeyState::PendingDeletion => Err(pending_deletion(&record)),
    }
}

pub(super) fn pending_deletion(record: &KeyRecord) -> ApiError {
    ApiError::new("KMSInvalidStateException", format!("{} is pending deletion.", record.arn))
}

/// A new enabled key with fresh material.
pub(super) fn make(call: &mut Call<'_>, description: &str) -> Result<KeyRecord, ApiError> {
    let id = Uuid::new_v4().hyphenated().to_string();
    let arn = key_arn(call, &id).to_string();
    let mut material = vec![0_u8; 32];
    rand::fill(&mut material).map_err(|_| ApiError::internal("no random bytes for key material"))?;
    Ok(KeyRecord {
        id,
        arn,
        created: call.now,
        description: description.to_owned(),
        state: KeyState::Enabled,
        managed_by_aws: false,
        policy: default_policy(call),
        rotation: None,
        tags: BTreeMap::new(),
        deletion: None,
        material: SecretBytes::new(material),
    })
}

/// The policy that CreateKey gives where it is asked for none (KMS guide, "Default key policy").
fn default_policy(call: &Call<'_>) -> String {
    let (partition, account) = (call.region.partition(), &call.caller.account);
    format!(
        "{{\n  \"Version\" : \"2012-10-17\",\n  \"Id\" : \"key-default-1\",\n  \"Statement\" : [ {{\n    \"Sid\" : \"Enable IAM User Permissions\",\n    \"Effect\" : \"Allow\",\n    \"Principal\" : {{\n      \"AWS\" : \"arn:{}:iam::{account}:root\"\n    }},\n    \"Action\" : \"kms:*\",\n    \"Resource\" : \"*\"\n  }} ]\n}}",
        partition.as_str()
    )
}

fn make_managed(call: &mut Call<'_>, alias: &str, service: &str) -> Result<(), ApiError> {
    let description = match service {
        "ssm" => "Default key that protects my SSM parameters when no other key is defined".to_owned(),
        "secretsmanager" => "Default key that protects my Secrets Manager data when no other key is defined".to_owned(),
        other => format!("Default key that protects my {other} data when no other key is defined"),
    };
    let mut record = make(call, &description)?;
    record.managed_by_aws = true;
    record.policy = managed_policy(call, service);
    // Keys that AWS manages rotate every year, and nobody can change that (KMS guide, "Rotating keys").
    record.rotation = Some(Rotation { period_in_days: 365, since: call.now });
    let alias_key = alias_record(call, alias);
    let entry = AliasRecord { name: alias.to_owned(), target: record.id.clone(), created: call.now, updated: call.now };
    call.put(&key_record(call, &record.id), &record)?;
    call.put(&alias_key, &entry)
}

/// Everybody in the account may use the key, but only through the service (facts/iam.md A5).
fn managed_policy(call: &Call<'_>, service: &str) -> String {
    let statement = serde_json::json!({
        "Sid": format!("Allow access through {service} for all principals in the account that are authorized to use it"),
        "Effect": "Allow",
        "Principal": { "AWS": "*" },
        "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"],
        "Resource": "*",
        "Condition": { "StringEquals": {
            "kms:ViaService": format!("{service}.{}.amazonaws.com", call.region),
            "kms:CallerAccount": call.caller.account.as_str(),
        } },
    });
    let direct = serde_json::json!({
        "Sid": "Allow direct access to key metadata to the account",
        "Effect": "Allow",
        "Principal": { "AWS": format!("arn:{}:iam::{}:root", call.region.partition(), call.caller.account) },
        "Action": ["kms:Describe*", "kms:Get*", "kms:List*"],
        "Resource": "*",
    });
    serde_json::json!({ "Version": "2012-10-17", "Id": format!("auto-{service}-2"), "Statement": [statement, direct] }).to_string()
}

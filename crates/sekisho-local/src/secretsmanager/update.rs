//! PutSecretValue and UpdateSecret.

use serde_json::Value;

use super::error::{invalid_parameter, invalid_request, length, token_in_use};
use super::input::{self, Given};
use super::lookup::{active, writable};
use super::record::{SecretRecord, Version, chosen_key, prune, save};
use super::{answer, replicate, stage, value};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional};

const PUT: &[Member] = &[
    input::SECRET_ID,
    optional("ClientRequestToken", input::TOKEN),
    optional("SecretBinary", input::BINARY),
    optional("SecretString", Shape::Secret),
    optional("VersionStages", Shape::List { min: 1, max: 20, of: &Shape::Text { min: 1, max: 256 } }),
    optional("RotationToken", Shape::Secret),
];

pub(super) fn put_secret_value(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, PUT)?;
    // It tells which rotation asks; none is started here, so that any will do.
    match call.text("RotationToken").map(str::len) {
        Some(..36) => return Err(length("rotationToken", "greater than or equal to 36")),
        Some(257..) => return Err(length("rotationToken", "less than or equal to 256")),
        _ => {}
    }
    let given = input::value(call)?.ok_or_else(|| invalid_request("You must provide either SecretString or SecretBinary."))?;
    let mut secret = writable(call, call.required_text("SecretId"), "PutSecretValue")?;
    let token = input::token(call)?;
    let stages: Vec<String> = call.texts("VersionStages").into_iter().map(str::to_owned).collect();
    let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
    if add_version(call, &mut secret, &token, &given, &stages)? {
        save(call, &mut secret)?;
    }
    let labels = secret.version(&token).map(|version| version.stages.clone()).unwrap_or_default();
    let labels = (!labels.is_empty()).then(|| labels.into());
    Ok(answer::named_with(&secret, [("VersionId", Some(token.into())), ("VersionStages", labels)]))
}

const UPDATE: &[Member] = &[
    input::SECRET_ID,
    optional("ClientRequestToken", input::TOKEN),
    optional("Description", input::DESCRIPTION),
    optional("KmsKeyId", input::KMS_KEY_ID),
    optional("SecretBinary", input::BINARY),
    optional("SecretString", Shape::Secret),
    optional("Type", input::TYPE),
];

pub(super) fn update_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, UPDATE)?;
    if call.text("Type").is_some() {
        return Err(invalid_parameter("Sekisho's embedded AWS does not support Type."));
    }
    let given = input::value(call)?;
    // Nothing of a replica can be changed but its key (Secrets Manager guide, "Promote a replica secret").
    let key_alone = given.is_none() && !call.input.contains_key("Description");
    let find = if key_alone { active } else { writable };
    let mut secret = find(call, call.required_text("SecretId"), "UpdateSecret")?;
    let mut made = None;
    if let Some(description) = call.text("Description") {
        secret.description = Some(description.to_owned());
    }
    if let Some(key_id) = call.text("KmsKeyId") {
        let chosen = chosen_key(call, key_id);
        if chosen != secret.kms_key_id {
            secret.kms_key_id = chosen;
            value::encrypt_again(call, &mut secret)?;
            replicate::tell_primary_of_key(call, &secret)?;
        }
    }
    if let Some(given) = given {
        let token = input::token(call)?;
        add_version(call, &mut secret, &token, &given, &[])?;
        made = Some(token.into());
    }
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named_with(&secret, [("VersionId", made)]))
}

/// Makes version `token` with this value and these labels. `false` where it is there already with the same value, so that nothing is to be done;
/// AWS does this for UpdateSecret too, whatever botocore's text says (seen in tests that were run against AWS).
pub(super) fn add_version(
    call: &mut Call<'_>,
    secret: &mut SecretRecord,
    token: &str,
    given: &Given,
    stages: &[&str],
) -> Result<bool, ApiError> {
    match secret.version_mut(token) {
        Some(version) if version.has_value() => {
            return if value::is_same(call, secret, token, given)? { Ok(false) } else { Err(token_in_use(token, &secret.arn)) };
        }
        // A rotation has made the version and its label, and now comes the value.
        Some(version) => version.created = call.now,
        None => secret.versions.push(Version {
            id: token.to_owned(),
            created: call.now,
            accessed: None,
            stages: Vec::new(),
            key_ids: Vec::new(),
        }),
    }
    value::store(call, secret, token, given)?;
    stage::attach_to_new(&mut secret.versions, stages, token)?;
    secret.changed = call.now;
    prune(call, secret)?;
    Ok(true)
}

//! RotateSecret and CancelRotateSecret, without a function.
//!
//! AWS gives AWSPENDING to a new version that has no value yet, and then calls the function. Nothing is called here: the version waits, and whoever
//! plays the function finishes with PutSecretValue and UpdateSecretVersionStage, as a function does.

use serde_json::Value;

use super::error::{invalid_parameter, invalid_request};
use super::input::{self, Given};
use super::lookup::writable;
use super::record::{Rotation, SecretRecord, Version, save};
use super::update::add_version;
use super::{answer, schedule, stage, value};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional};

const ROTATE: &[Member] = &[
    input::SECRET_ID,
    optional("ClientRequestToken", input::TOKEN),
    optional("RotationLambdaARN", Shape::Text { min: 0, max: 2048 }),
    optional(
        "RotationRules",
        Shape::Structure(&[
            optional("AutomaticallyAfterDays", Shape::Number { min: 1, max: 1000 }),
            optional("Duration", Shape::Form { min: 2, max: 3, pattern: "[0-9]+h", fits: is_duration }),
            optional("ScheduleExpression", Shape::Form { min: 1, max: 256, pattern: SCHEDULE, fits: is_schedule }),
        ]),
    ),
    optional("RotateImmediately", Shape::Bool),
    optional("ExternalSecretRotationMetadata", Shape::List { min: 0, max: usize::MAX, of: &Shape::Structure(&[]) }),
    optional("ExternalSecretRotationRoleArn", input::ARN),
];

const SCHEDULE: &str = r"[0-9A-Za-z\(\)#\?\*\-\/, ]+";

fn is_duration(text: &str) -> bool {
    text.strip_suffix('h').is_some_and(|hours| hours.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_schedule(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || "()#?*-/, ".contains(character))
}

pub(super) fn rotate_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, ROTATE)?;
    for member in ["ExternalSecretRotationMetadata", "ExternalSecretRotationRoleArn"] {
        if call.input.contains_key(member) {
            return Err(invalid_parameter(format!("Sekisho's embedded AWS does not support {member}.")));
        }
    }
    let mut secret = writable(call, call.required_text("SecretId"), "RotateSecret")?;
    let mut rotation = configured(call, &secret)?;
    let immediately = call.input.get("RotateImmediately").and_then(Value::as_bool).unwrap_or(true);
    let mut begun = None;
    if rotation.lambda_arn.is_empty() {
        let token = input::token(call)?;
        finish_without_function(call, &mut secret, &token)?;
        secret.rotation = Some(rotation);
        save(call, &mut secret)?;
        return Ok(answer::named_with(&secret, [("VersionId", Some(token.into()))]));
    }
    if immediately {
        let token = input::token(call)?;
        begin(call, &mut secret, &token)?;
        begun = Some(token.as_str().into());
        rotation.pending = Some(token);
    }
    secret.rotation = Some(rotation);
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named_with(&secret, [("VersionId", begun)]))
}

/// What is to be, from the call and from what was before.
fn configured(call: &Call<'_>, secret: &SecretRecord) -> Result<Rotation, ApiError> {
    let before = secret.rotation.as_ref();
    let given = call.text("RotationLambdaARN").filter(|arn| !arn.is_empty()).map(str::to_owned);
    let lambda_arn = given
        .or_else(|| before.map(|rotation| rotation.lambda_arn.clone()))
        .or_else(|| call.as_moto.then(String::new))
        .ok_or_else(|| invalid_request("No Lambda rotation function ARN is associated with this secret."))?;
    let mut rotation = Rotation {
        enabled: true,
        lambda_arn,
        after_days: before.and_then(|rotation| rotation.after_days),
        duration: before.and_then(|rotation| rotation.duration.clone()),
        schedule: before.and_then(|rotation| rotation.schedule.clone()),
        pending: before.and_then(|rotation| rotation.pending.clone()),
    };
    if let Some(rules) = call.input.get("RotationRules") {
        let text = |name: &str| rules.get(name).and_then(Value::as_str).map(str::to_owned);
        rotation.after_days = rules.get("AutomaticallyAfterDays").and_then(Value::as_i64);
        rotation.duration = text("Duration");
        rotation.schedule = text("ScheduleExpression");
        schedule::check_rules(rotation.after_days, rotation.schedule.as_deref(), rotation.duration.as_deref())?;
    }
    Ok(rotation)
}

/// What moto does where there is no function: a new version with the value of the current one, at once.
fn finish_without_function(call: &mut Call<'_>, secret: &mut SecretRecord, token: &str) -> Result<(), ApiError> {
    if let Some(current) =
        stage::holder(&secret.versions, stage::CURRENT).filter(|version| version.has_value()).map(|version| version.id.clone())
    {
        let (kind, bytes) = value::open(call, secret, &current)?;
        add_version(call, secret, token, &Given { kind, bytes }, &[])?;
    }
    secret.rotated = Some(call.now);
    secret.changed = call.now;
    Ok(())
}

/// Gives AWSPENDING to a version that is still to get its value.
fn begin(call: &Call<'_>, secret: &mut SecretRecord, token: &str) -> Result<(), ApiError> {
    let pending = stage::holder(&secret.versions, stage::PENDING);
    let current = stage::holder(&secret.versions, stage::CURRENT);
    if let Some(pending) = pending {
        let same_call = pending.id == token;
        let done = current.is_some_and(|current| current.id == pending.id);
        if !same_call && !done {
            return Err(invalid_request("A previous rotation isn't complete. That rotation will be reattempted."));
        }
    }
    if secret.version(token).is_none() {
        let version = Version { id: token.to_owned(), created: call.now, accessed: None, stages: Vec::new(), key_ids: Vec::new() };
        secret.versions.push(version);
    }
    stage::attach(&mut secret.versions, stage::PENDING, token)
}

const CANCEL: &[Member] = &[input::SECRET_ID];

/// Turns rotation off. The label AWSPENDING stays where it is: AWS leaves that to the caller too.
pub(super) fn cancel_rotate_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, CANCEL)?;
    let mut secret = writable(call, call.required_text("SecretId"), "CancelRotateSecret")?;
    let rotation = secret.rotation.as_mut().ok_or_else(|| {
        invalid_request("You tried to cancel rotation on a secret that does not have a Lambda rotation function configured.")
    })?;
    rotation.enabled = false;
    let pending = rotation.pending.take();
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named_with(&secret, [("VersionId", pending.map(Value::from))]))
}

//! DeleteSecret and RestoreSecret.

use serde_json::Value;
use time::Duration;

use super::error::{invalid_parameter, marked_for_deletion, not_found};
use super::lookup::{find, refuse_replica};
use super::record::{SecretRecord, remove, save};
use super::{answer, input};
use crate::api::{ApiError, Call, timestamp};
use crate::shape::{Member, Shape, check, optional};

const DELETE: &[Member] = &[
    input::SECRET_ID,
    optional("RecoveryWindowInDays", Shape::Number { min: i64::MIN, max: i64::MAX }),
    optional("ForceDeleteWithoutRecovery", Shape::Bool),
];

pub(super) fn delete_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, DELETE)?;
    let (window, force) = (call.number("RecoveryWindowInDays"), call.flag("ForceDeleteWithoutRecovery"));
    if window.is_some_and(|days| !(7..=30).contains(&days)) {
        return Err(invalid_parameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."));
    }
    if window.is_some() && force {
        return Err(invalid_parameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."));
    }
    let id = call.required_text("SecretId").to_owned();
    let mut secret = match find(call, &id, "DeleteSecret") {
        Ok(secret) => secret,
        // Deleting what is gone is no failure where it is forced (botocore, DeleteSecret).
        Err(error) if force && error == not_found() => {
            let arn = id.starts_with("arn:").then(|| Value::from(id.as_str()));
            let date = Some(timestamp(call.now));
            return Ok(answer::members([("ARN", arn), ("Name", Some(id.as_str().into())), ("DeletionDate", date)]));
        }
        Err(error) => return Err(error),
    };
    refuse_replica(&secret)?;
    refuse_replicated(&secret)?;
    if force {
        remove(call, &secret.account, &secret.region, &secret.name)?;
        return Ok(answer::named_with(&secret, [("DeletionDate", Some(timestamp(call.now)))]));
    }
    if secret.deletion.is_some() {
        return Err(marked_for_deletion());
    }
    let date = call.now + Duration::days(window.unwrap_or(30));
    secret.deletion = Some(date);
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named_with(&secret, [("DeletionDate", Some(timestamp(date)))]))
}

fn refuse_replicated(secret: &SecretRecord) -> Result<(), ApiError> {
    if secret.replicas.is_empty() {
        return Ok(());
    }
    let regions: Vec<&str> = secret.replicas.iter().map(|replica| replica.region.as_str()).collect();
    Err(invalid_parameter(format!("You can't delete secret {} that still has replica regions [{}]", secret.arn, regions.join(", "))))
}

const RESTORE: &[Member] = &[input::SECRET_ID];

pub(super) fn restore_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, RESTORE)?;
    let mut secret = find(call, call.required_text("SecretId"), "RestoreSecret")?;
    refuse_replica(&secret)?;
    if secret.deletion.take().is_some() {
        secret.changed = call.now;
        save(call, &mut secret)?;
    }
    Ok(answer::named(&secret))
}

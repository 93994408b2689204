//! Key policies and automatic rotation: kept and shown. No policy decides here yet.

use serde_json::{Value, json};
use time::Duration;

use super::administration::{by_id, editable, own, save};
use super::key::{KeyState, Rotation, pending_deletion, usable};
use super::{KEY_ID, LIMIT, MARKER};
use crate::api::{ApiError, Call, timestamp};
use crate::shape::{Member, Shape, check, optional, required};

pub(super) const POLICY: Shape = Shape::Text { min: 1, max: 131_072 };
const NAME: Member = optional("PolicyName", Shape::Text { min: 1, max: 128 });
const PUT: &[Member] =
    &[required("KeyId", KEY_ID), NAME, required("Policy", POLICY), optional("BypassPolicyLockoutSafetyCheck", Shape::Bool)];
/// The only name that a key policy may have.
const DEFAULT: &str = "default";

pub(super) fn checked(text: &str) -> Result<String, ApiError> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(policy)) if policy.contains_key("Statement") => Ok(text.to_owned()),
        _ => Err(ApiError::new("MalformedPolicyDocumentException", "The policy is not a JSON object with statements")),
    }
}

fn check_name(call: &Call<'_>) -> Result<(), ApiError> {
    match call.text("PolicyName") {
        None | Some(DEFAULT) => Ok(()),
        Some(_) => Err(ApiError::new("NotFoundException", "No such policy exists")),
    }
}

pub(super) fn get_key_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), NAME])?;
    check_name(call)?;
    let record = by_id(call)?;
    Ok(json!({ "Policy": record.policy, "PolicyName": DEFAULT }))
}

pub(super) fn put_key_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, PUT)?;
    check_name(call)?;
    let mut record = own(call, "PutKeyPolicy")?;
    record.policy = checked(call.required_text("Policy"))?;
    save(call, &record).map(|()| json!({}))
}

pub(super) fn list_key_policies(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), optional("Limit", LIMIT), optional("Marker", MARKER)])?;
    by_id(call)?;
    Ok(json!({ "PolicyNames": [DEFAULT], "Truncated": false }))
}

pub(super) fn enable_key_rotation(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), optional("RotationPeriodInDays", Shape::Number { min: 90, max: 2560 })])?;
    let mut record = usable(editable(call, "EnableKeyRotation")?)?;
    let asked = call.number("RotationPeriodInDays").and_then(|days| u32::try_from(days).ok());
    let (period_in_days, since) = match &record.rotation {
        Some(rotation) => (asked.unwrap_or(rotation.period_in_days), rotation.since),
        None => (asked.unwrap_or(365), call.now),
    };
    record.rotation = Some(Rotation { period_in_days, since });
    save(call, &record).map(|()| json!({}))
}

pub(super) fn disable_key_rotation(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID)])?;
    let mut record = usable(editable(call, "DisableKeyRotation")?)?;
    record.rotation = None;
    save(call, &record).map(|()| json!({}))
}

pub(super) fn get_key_rotation_status(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID)])?;
    let record = by_id(call)?;
    if record.state == KeyState::PendingDeletion {
        return Err(pending_deletion(&record));
    }
    Ok(match &record.rotation {
        None => json!({ "KeyRotationEnabled": false, "KeyId": record.arn }),
        Some(rotation) => json!({
            "KeyRotationEnabled": true,
            "KeyId": record.arn,
            "RotationPeriodInDays": rotation.period_in_days,
            "NextRotationDate": timestamp(rotation.since + Duration::days(rotation.period_in_days.into())),
        }),
    })
}

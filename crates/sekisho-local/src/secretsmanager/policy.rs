//! PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy and ValidateResourcePolicy.

use serde_json::{Value, json};

use super::error::invalid_parameter;
use super::lookup::{active, writable};
use super::policy_document::{Audience, audience};
use super::record::save;
use super::{answer, input};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional, required};

const POLICY: Shape = Shape::Text { min: 1, max: 20_480 };
const NAME: Member = optional("PolicyName", Shape::Form { min: 1, max: 64, pattern: r"[0-9A-Za-z\-\_]+", fits: is_policy_name });

fn is_policy_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

const PUT: &[Member] = &[input::SECRET_ID, required("ResourcePolicy", POLICY), NAME, optional("BlockPublicPolicy", Shape::Bool)];

pub(super) fn put_resource_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, PUT)?;
    refuse_other_names(call)?;
    let mut secret = writable(call, call.required_text("SecretId"), "PutResourcePolicy")?;
    let policy = call.required_text("ResourcePolicy").to_owned();
    let audience = audience(&policy)?;
    if call.flag("BlockPublicPolicy") && audience == Audience::Everybody {
        return Err(ApiError::new(
            "PublicPolicyException",
            "The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.",
        ));
    }
    secret.policy = Some(policy);
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named(&secret))
}

const GET: &[Member] = &[input::SECRET_ID, NAME];

pub(super) fn get_resource_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, GET)?;
    let find = if call.as_moto { writable } else { active };
    let secret = find(call, call.required_text("SecretId"), "GetResourcePolicy")?;
    if call.text("PolicyName").is_some_and(|name| name != "default") {
        return Err(ApiError::new("ResourceNotFoundException", "Secrets Manager can't find the specified resource policy."));
    }
    Ok(answer::named_with(&secret, [("ResourcePolicy", secret.policy.clone().map(Value::from))]))
}

const DELETE: &[Member] = &[input::SECRET_ID, NAME];

pub(super) fn delete_resource_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, DELETE)?;
    refuse_other_names(call)?;
    let mut secret = writable(call, call.required_text("SecretId"), "DeleteResourcePolicy")?;
    if secret.policy.take().is_some() {
        secret.changed = call.now;
        save(call, &mut secret)?;
    }
    Ok(answer::named(&secret))
}

/// A caller can change the policy `default` only (botocore, PutResourcePolicy).
fn refuse_other_names(call: &Call<'_>) -> Result<(), ApiError> {
    match call.text("PolicyName") {
        None | Some("default") => Ok(()),
        Some(_) => Err(invalid_parameter("You can only modify the resource policy named default.")),
    }
}

const VALIDATE: &[Member] = &[optional("SecretId", Shape::Text { min: 1, max: 2048 }), required("ResourcePolicy", POLICY)];

/// AWS checks the syntax, whether everybody is let in, and whether the caller would be locked out. The last is not looked at here: it needs the
/// caller's own policies.
pub(super) fn validate_resource_policy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, VALIDATE)?;
    if let Some(id) = call.text("SecretId") {
        active(call, id, "ValidateResourcePolicy")?;
    }
    Ok(match audience(call.required_text("ResourcePolicy"))? {
        Audience::Limited => json!({ "PolicyValidationPassed": true, "ValidationErrors": [] }),
        Audience::Everybody => json!({
            "PolicyValidationPassed": false,
            "ValidationErrors": [{
                "CheckName": "PUBLIC_POLICY",
                "ErrorMessage": "The resource policy did not prevent broad access to the secret.",
            }],
        }),
    })
}

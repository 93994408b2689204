//! Which secret a `SecretId` means.

use sekisho_model::Arn;

use super::error::{invalid_name, invalid_parameter, marked_for_deletion, not_found};
use super::record::{SecretRecord, load};
use crate::api::{ApiError, Call};

/// The secret that `id` names, whatever its state. `action` is what AWS would name in a refusal.
///
/// A name is looked for in the caller's account. An ARN is looked for in its own account; ending in a hyphen and six letters or digits it is taken
/// as complete, which is why AWS warns of such names: the partial ARN of `db-secret` finds nothing (Secrets Manager guide, "Finding a secret from a
/// partial ARN"). An ARN of another Region finds nothing either: the Region of the endpoint decides (aws-actions/aws-secretsmanager-get-secrets#182).
pub(super) fn find(call: &Call<'_>, id: &str, action: &str) -> Result<SecretRecord, ApiError> {
    if !id.starts_with("arn:") {
        check_name(id)?;
        return load(call, call.caller.account.as_str(), call.region.as_str(), id)?.ok_or_else(not_found);
    }
    let arn: Arn = id.parse().map_err(|_| invalid_name())?;
    let rest = arn.resource.strip_prefix("secret:").filter(|_| arn.service == "secretsmanager").ok_or_else(invalid_name)?;
    check_name(rest)?;
    let here = arn.region == call.region.as_str() && arn.partition == call.region.partition().as_str();
    let name = without_suffix(rest).unwrap_or(rest);
    let found = if here { load(call, &arn.account, &arn.region, name)? } else { None };
    let found = found.filter(|secret| secret.arn == id || name == rest);
    if arn.account == call.caller.account.as_str() || !here {
        return found.ok_or_else(not_found);
    }
    // Without a policy of its own no secret can be reached from another account, and AWS does not tell whether there is one.
    found.filter(|secret| secret.policy.is_some()).ok_or_else(|| {
        ApiError::new(
            "AccessDeniedException",
            format!(
                "User: {} is not authorized to perform: secretsmanager:{action} on resource: {id} because no resource-based policy allows the secretsmanager:{action} action",
                call.caller.arn
            ),
        )
    })
}

/// As [`find`], but a secret that is marked for deletion is refused.
pub(super) fn active(call: &Call<'_>, id: &str, action: &str) -> Result<SecretRecord, ApiError> {
    let secret = find(call, id, action)?;
    if secret.deletion.is_some() { Err(marked_for_deletion()) } else { Ok(secret) }
}

/// As [`active`], but a replica is refused too.
pub(super) fn writable(call: &Call<'_>, id: &str, action: &str) -> Result<SecretRecord, ApiError> {
    let secret = active(call, id, action)?;
    refuse_replica(&secret)?;
    Ok(secret)
}

pub(super) fn refuse_replica(secret: &SecretRecord) -> Result<(), ApiError> {
    if secret.is_replica() {
        return Err(invalid_parameter("Operation not permitted on a replica secret. Call must be made in primary secret's region."));
    }
    Ok(())
}

pub(super) fn check_name(name: &str) -> Result<(), ApiError> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-/_+=.@!".contains(character);
    if name.is_empty() || !name.chars().all(allowed) { Err(invalid_name()) } else { Ok(()) }
}

/// The name in front of a hyphen and six letters or digits.
fn without_suffix(text: &str) -> Option<&str> {
    if !sekisho_model::ends_like_a_complete_arn(text) {
        return None;
    }
    text.rsplit_once('-').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_a_hyphen_and_six() {
        assert_eq!(without_suffix("a/b-AbCdEf"), Some("a/b"));
        assert_eq!(without_suffix("test-secret"), Some("test"));
        assert_eq!(without_suffix("db-password"), None);
    }

    #[test]
    fn names_that_aws_would_not_take_are_refused_before_they_are_looked_for() {
        assert!(check_name("rds!cluster-1").is_ok());
        for name in ["", "a b", "a:b", "${NAME}", "秘密"] {
            assert_eq!(check_name(name).unwrap_err().code, "ValidationException", "{name}");
        }
    }
}

//! STS: who the caller is, and temporary credentials that then work.
//!
//! There is no IAM here yet: any role whose ARN is well-formed can be assumed, its trust policy and session policies decide nothing, and the
//! account's root may assume it, which AWS refuses. Signatures in query strings (presigned URLs) are not known.

mod session;

use aws_lc_rs::digest::{SHA256, digest};
use sekisho_model::{AccountId, Arn};
use serde_json::{Value, json};
use time::Duration;
use time::format_description::well_known::Rfc3339;

pub(crate) use session::{Session, is_temporary, session};

use crate::api::Access::{Read, Write};
use crate::api::{ApiError, Call, Operation};
use crate::shape::{Member, Shape, check, optional, required};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { name: "AssumeRole", access: Write, run: assume_role },
    Operation { name: "GetCallerIdentity", access: Read, run: get_caller_identity },
    Operation { name: "GetSessionToken", access: Write, run: get_session_token },
];

fn get_caller_identity(call: &mut Call<'_>) -> Result<Value, ApiError> {
    Ok(json!({ "Arn": call.caller.arn.to_string(), "UserId": call.caller.user_id, "Account": call.caller.account.as_str() }))
}

const NAME: Shape = Shape::Form { min: 2, max: 64, pattern: "[\\w+=,.@-]*", fits: has_form_of_name };
/// 12 hours for a role; its own maximum, which is at least one hour, is not known without IAM.
const ASSUME: &[Member] = &[
    required("RoleArn", Shape::Text { min: 20, max: 2048 }),
    required("RoleSessionName", NAME),
    optional("DurationSeconds", Shape::Number { min: 900, max: 43_200 }),
    optional("ExternalId", Shape::Text { min: 2, max: 1224 }),
    optional("Policy", Shape::Text { min: 1, max: usize::MAX }),
];

fn has_form_of_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

fn assume_role(call: &mut Call<'_>) -> Result<Value, ApiError> {
    number(call, "DurationSeconds")?;
    check(call, ASSUME)?;
    let seconds = call.number("DurationSeconds").unwrap_or(3600);
    if call.caller.arn.resource.starts_with("assumed-role/") && seconds > 3600 {
        let message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
        return Err(ApiError::new("ValidationException", message));
    }
    let text = call.required_text("RoleArn");
    let (account, name) = role(text).ok_or_else(|| ApiError::new("ValidationException", format!("{text} is invalid")))?;
    let session = call.required_text("RoleSessionName");
    let id = role_id(text);
    let arn = Arn::new(call.region.partition().as_str(), "sts", "", account.as_str(), format!("assumed-role/{name}/{session}"));
    let user_id = format!("{id}:{session}");
    let credentials = session::issue(call, &account, &arn, &user_id, Duration::seconds(seconds))?;
    Ok(json!({
        "Credentials": credentials,
        "AssumedRoleUser": { "AssumedRoleId": user_id, "Arn": arn.to_string() },
    }))
}

const SESSION: &[Member] = &[optional("DurationSeconds", Shape::Number { min: 900, max: 129_600 })];

fn get_session_token(call: &mut Call<'_>) -> Result<Value, ApiError> {
    number(call, "DurationSeconds")?;
    check(call, SESSION)?;
    if call.caller.arn.service == "sts" {
        return Err(ApiError::new("AccessDeniedException", "Cannot call GetSessionToken with session credentials"));
    }
    let caller = call.caller.clone();
    let seconds = call.number("DurationSeconds").unwrap_or(43_200);
    let credentials = session::issue(call, &caller.account, &caller.arn, &caller.user_id, Duration::seconds(seconds))?;
    Ok(json!({ "Credentials": credentials }))
}

/// The query protocol has texts only: makes a number of one.
fn number(call: &mut Call<'_>, name: &str) -> Result<(), ApiError> {
    if let Some(text) = call.text(name) {
        let malformed = || ApiError::new("MalformedInput", format!("{name} is no number"));
        let number: i64 = text.parse().map_err(|_| malformed())?;
        call.input.insert(name.to_owned(), number.into());
    }
    Ok(())
}

/// Account and name, without path, of a role's ARN.
fn role(text: &str) -> Option<(AccountId, String)> {
    let arn: Arn = text.parse().ok()?;
    let path = arn.resource.strip_prefix("role/")?;
    let name = path.rsplit('/').next().filter(|name| (1..=64).contains(&name.len()) && has_form_of_name(name))?;
    (arn.service == "iam" && arn.region.is_empty()).then(|| Some((arn.account_id()?, name.to_owned())))?
}

/// A role's unique id. It is made from the ARN, so that a role has the same one in every session.
fn role_id(arn: &str) -> String {
    format!("AROA{}", session::letters(digest(&SHA256, arn.as_bytes()).as_ref(), 17))
}

/// A time as the query protocol writes it.
fn iso(time: time::OffsetDateTime) -> String {
    time.replace_nanosecond(0).ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_arns_of_roles_name_roles() {
        let (account, name) = role("arn:aws:iam::123456789012:role/team/deploy").unwrap();
        assert_eq!((account.as_str(), name.as_str()), ("123456789012", "deploy"));
        for text in ["arn:aws:iam::123456789012:user/deploy", "arn:aws:iam::12:role/deploy", "arn:aws:iam::123456789012:role/", "deploy"] {
            assert!(role(text).is_none(), "{text}");
        }
        assert_eq!(role_id("a"), role_id("a"));
    }
}

//! Facts about roles, key policies, grants and the resource policies of secrets, each thing once and each document as the text that AWS tells.
//!
//! Rights: iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion,
//! kms:GetKeyPolicy, kms:ListGrants, secretsmanager:GetResourcePolicy, secretsmanager:ListSecretVersionIds.

mod key;
mod managed;
mod resource_policy;
mod role;
mod version;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sekisho_model::access::{Access, AccessQuestions, Enforcement, Grant, VersionKeys};
use sekisho_model::{Because, Fact, Source};

use crate::connection::Connection;
use crate::error::{CallError, ErrorClass};
use crate::observe::Round;

/// Looks up everything in `questions` for a caller of `account`. Roles come first: where what answers for AWS has no IAM, nothing else is asked, because
/// there is nobody whose rights policies could decide.
pub async fn observe_access(connection: &Connection, account: &str, questions: &AccessQuestions) -> Access<String> {
    let round = Round::new(connection, account);
    let mut seen = Access::default();
    if !questions.roles.is_empty() {
        let Some(roles) = role::look_up(&round, &questions.roles).await else {
            seen.enforcement = Enforcement::Missing;
            return seen;
        };
        seen.enforcement = Enforcement::Examined;
        seen.roles = roles;
    }
    let (keys, secrets) = tokio::join!(key::policies(&round, &questions.keys), resource_policy::look_up(&round, &questions.secrets));
    seen.keys = keys;
    seen.secrets = secrets;
    seen
}

/// Looks up the policies of the keys and secrets in `questions`, whoever may use them: for a question that begins with the secret and not with a role.
pub async fn observe_policies(connection: &Connection, account: &str, questions: &AccessQuestions) -> Access<String> {
    let round = Round::new(connection, account);
    let (keys, secrets) = tokio::join!(key::policies(&round, &questions.keys), resource_policy::look_up(&round, &questions.secrets));
    Access { keys, secrets, ..Access::default() }
}

/// Looks up the grants of keys, by ARN: for those whose policies do not allow, since a grant may.
pub async fn observe_grants(connection: &Connection, keys: &BTreeSet<String>) -> BTreeMap<String, Fact<Vec<Grant>>> {
    let round = Round::new(connection, "");
    key::grants(&round, keys).await
}

/// Looks up under which keys the versions of secrets are, by the secret's ARN: for those whose key the policies do not allow to use, since the previous key
/// may do.
pub async fn observe_versions(
    connection: &Connection,
    secrets: &BTreeSet<String>,
) -> BTreeMap<String, Fact<BTreeMap<String, VersionKeys>>> {
    let round = Round::new(connection, "");
    version::look_up(&round, secrets).await
}

/// Whether `error` says that what answers for AWS does not have the operation: then there is nothing to be read, rather than something withheld.
fn is_missing_operation(error: &CallError) -> bool {
    let codes = ["InvalidAction", "UnknownOperationException", "UnknownOperation", "NotImplemented", "NotImplementedException"];
    error.class != ErrorClass::Denied && error.code.as_deref().is_some_and(|code| codes.contains(&code))
}

/// The fact of a call that failed and may not be taken for an absence.
fn unknown<T>(error: CallError) -> Fact<T> {
    let source = Source::Call(error.call.clone());
    Fact::Unknown { because: Because::from(error), source }
}

/// A document as IAM tells it: percent-encoded (RFC 3986), or, from some that stand in for IAM, as it is.
fn decoded(text: &str) -> String {
    if text.trim_start().starts_with('{') {
        return text.to_owned();
    }
    percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

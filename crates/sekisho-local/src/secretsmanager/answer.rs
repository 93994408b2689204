//! Answers of the same make.

use serde_json::{Map, Value};

use super::record::SecretRecord;

/// Members that have a value.
pub(super) fn members<'a>(members: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> Value {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into()
}

/// The secret's ARN and name.
pub(super) fn named(secret: &SecretRecord) -> Value {
    named_with(secret, [])
}

/// The secret's ARN and name, and further members that have a value.
pub(super) fn named_with<'a>(secret: &SecretRecord, more: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> Value {
    let named = [("ARN", Some(secret.arn.as_str().into())), ("Name", Some(secret.name.as_str().into()))];
    members(named.into_iter().chain(more))
}

//! ListSecrets.

use serde_json::Value;
use time::OffsetDateTime;

use super::error::invalid_next_token;
use super::filter::{self, FILTERS};
use super::record::{SecretRecord, load_all};
use super::{answer, describe, input};
use crate::api::{ApiError, Call};
use crate::paging;
use crate::shape::{Member, Shape, check, optional};

const MEMBERS: &[Member] = &[
    optional("IncludePlannedDeletion", Shape::Bool),
    optional("MaxResults", Shape::Number { min: 1, max: 100 }),
    optional("NextToken", input::NEXT_TOKEN),
    optional("Filters", FILTERS),
    optional("SortOrder", Shape::Enum(&["asc", "desc"])),
    optional("SortBy", Shape::Enum(&["created-date", "last-accessed-date", "last-changed-date", "name"])),
];

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Order {
    by: By,
    descending: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum By {
    #[default]
    Created,
    Accessed,
    Changed,
    Name,
}

pub(super) fn list_secrets(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, MEMBERS)?;
    let filters = filter::filters(call)?;
    let deleted = call.flag("IncludePlannedDeletion");
    let wanted = |secret: &SecretRecord| (deleted || secret.deletion.is_none()) && filters.iter().all(|filter| filter.admits(secret));
    let secrets = load_all(call)?.into_iter().filter(wanted).collect();
    let by = match call.text("SortBy") {
        Some("last-accessed-date") => By::Accessed,
        Some("last-changed-date") => By::Changed,
        Some("name") => By::Name,
        _ => By::Created,
    };
    let items = sorted(secrets, Order { by, descending: call.text("SortOrder") == Some("desc") });
    let page = paging::page(items, paging::limit(call.number("MaxResults"), 100), call.text("NextToken"), invalid_next_token)?;
    let entries: Vec<Value> = page.items.iter().map(|secret| describe::entry(secret, "SecretVersionsToStages").into()).collect();
    Ok(answer::members([("SecretList", Some(entries.into())), ("NextToken", page.next.map(Value::from))]))
}

/// The secrets with the keys that they are sorted by: their names come last, so that no two keys are equal.
pub(super) fn sorted(secrets: Vec<SecretRecord>, order: Order) -> Vec<(String, SecretRecord)> {
    let date = |date: Option<OffsetDateTime>| format!("{:020}", date.map_or(0, OffsetDateTime::unix_timestamp_nanos));
    let key = |secret: &SecretRecord| {
        let first = match order.by {
            By::Created => date(Some(secret.created)),
            By::Accessed => date(secret.accessed),
            By::Changed => date(Some(secret.changed)),
            By::Name => String::new(),
        };
        let key = format!("{first}{}", secret.name);
        if order.descending { descending(&key) } else { key }
    };
    let mut items: Vec<(String, SecretRecord)> = secrets.into_iter().map(|secret| (key(&secret), secret)).collect();
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    items
}

/// A text that sorts the other way round. Its end sorts last, so that a beginning comes after the whole.
fn descending(key: &str) -> String {
    key.bytes().map(|byte| format!("{:02x}", 255 - byte)).chain(["g".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descending_keys_sort_the_other_way() {
        let mut keys = ["a", "ab", "abc", "b", "Z"];
        keys.sort_unstable();
        let mut reversed: Vec<String> = keys.iter().rev().map(|key| descending(key)).collect();
        let expected = reversed.clone();
        reversed.sort();
        assert_eq!(reversed, expected);
    }
}

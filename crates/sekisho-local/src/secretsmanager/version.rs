//! ListSecretVersionIds and UpdateSecretVersionStage.

use serde_json::Value;

use super::error::invalid_next_token;
use super::lookup::{find, writable};
use super::record::{Version, save};
use super::stage;
use super::{answer, input};
use crate::api::{ApiError, Call, timestamp};
use crate::paging;
use crate::shape::{Member, Shape, check, optional, required};

const LIST: &[Member] = &[
    input::SECRET_ID,
    optional("MaxResults", Shape::Number { min: 1, max: 100 }),
    optional("NextToken", input::NEXT_TOKEN),
    optional("IncludeDeprecated", Shape::Bool),
];

pub(super) fn list_secret_version_ids(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, LIST)?;
    let secret = find(call, call.required_text("SecretId"), "ListSecretVersionIds")?;
    let deprecated = call.flag("IncludeDeprecated");
    let shown = secret.versions.iter().filter(|version| version.has_value() && (deprecated || !version.stages.is_empty()));
    let mut items: Vec<(String, &Version)> =
        shown.map(|version| (format!("{:020}{}", version.created.unix_timestamp_nanos(), version.id), version)).collect();
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    let page = paging::page(items, paging::limit(call.number("MaxResults"), 100), call.text("NextToken"), invalid_next_token)?;
    let versions: Vec<Value> = page.items.into_iter().map(entry).collect();
    Ok(answer::named_with(&secret, [("Versions", Some(versions.into())), ("NextToken", page.next.map(Value::from))]))
}

fn entry(version: &Version) -> Value {
    answer::members([
        ("VersionId", Some(version.id.as_str().into())),
        ("VersionStages", (!version.stages.is_empty()).then(|| version.stages.clone().into())),
        ("LastAccessedDate", version.accessed.map(timestamp)),
        ("CreatedDate", Some(timestamp(version.created))),
        ("KmsKeyIds", Some(version.key_ids.clone().into())),
    ])
}

const UPDATE: &[Member] = &[
    input::SECRET_ID,
    required("VersionStage", Shape::Text { min: 1, max: 256 }),
    optional("RemoveFromVersionId", input::TOKEN),
    optional("MoveToVersionId", input::TOKEN),
];

pub(super) fn update_secret_version_stage(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, UPDATE)?;
    let mut secret = writable(call, call.required_text("SecretId"), "UpdateSecretVersionStage")?;
    let (label, to) = (call.required_text("VersionStage"), call.text("MoveToVersionId"));
    stage::update(&mut secret.versions, label, call.text("RemoveFromVersionId"), to)?;
    // The last step of a rotation function (`finishSecret`) is this call.
    if label == stage::CURRENT
        && let Some(rotation) = &mut secret.rotation
        && rotation.pending.is_some()
        && rotation.pending.as_deref() == to
    {
        rotation.pending = None;
        secret.rotated = Some(call.now);
    }
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(answer::named(&secret))
}

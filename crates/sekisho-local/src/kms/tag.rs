//! Tags of keys.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::administration::{add_marker, by_id, editable, save};
use super::{KEY_ID, LIMIT, MARKER, invalid_marker};
use crate::api::{ApiError, Call};
use crate::paging::{limit, page};
use crate::shape::{Member, Shape, check, optional, required};

const KEY: Shape = Shape::Text { min: 1, max: 128 };
pub(super) const TAGS: Shape = Shape::List { min: 0, max: usize::MAX, of: &Shape::Structure(TAG) };
const TAG: &[Member] = &[required("TagKey", KEY), required("TagValue", Shape::Text { min: 0, max: 256 })];

/// The tags of the input.
pub(super) fn read(call: &Call<'_>) -> Result<BTreeMap<String, String>, ApiError> {
    let mut tags = BTreeMap::new();
    for tag in call.list("Tags") {
        let member = |name: &str| tag.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (key, value) = (member("TagKey"), member("TagValue"));
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(ApiError::new("TagException", "Tags beginning with aws: are reserved"));
        }
        if tags.insert(key, value).is_some() {
            return Err(ApiError::new("TagException", "Duplicate tag keys"));
        }
    }
    within_limit(tags)
}

fn within_limit(tags: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ApiError> {
    if tags.len() > 50 { Err(ApiError::new("LimitExceededException", "Too many tags")) } else { Ok(tags) }
}

pub(super) fn tag_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), required("Tags", TAGS)])?;
    let mut record = editable(call, "TagResource")?;
    let added = read(call)?;
    record.tags.extend(added);
    record.tags = within_limit(record.tags)?;
    save(call, &record).map(|()| json!({}))
}

pub(super) fn untag_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let keys = Shape::List { min: 0, max: usize::MAX, of: &KEY };
    check(call, &[required("KeyId", KEY_ID), required("TagKeys", keys)])?;
    let mut record = editable(call, "UntagResource")?;
    for key in call.texts("TagKeys") {
        record.tags.remove(key);
    }
    save(call, &record).map(|()| json!({}))
}

pub(super) fn list_resource_tags(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), optional("Limit", LIMIT), optional("Marker", MARKER)])?;
    let tags = by_id(call)?.tags.into_iter();
    let items = tags.map(|(key, value)| (key.clone(), json!({ "TagKey": key, "TagValue": value }))).collect();
    let page = page(items, limit(call.number("Limit"), 50), call.text("Marker"), invalid_marker)?;
    let mut answer = json!({ "Tags": page.items, "Truncated": page.next.is_some() });
    add_marker(&mut answer, page.next);
    Ok(answer)
}

//! TagResource and UntagResource.

use serde_json::{Value, json};

use super::input;
use super::lookup::writable;
use super::record::save;
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, required};

const TAG: &[Member] = &[input::SECRET_ID, required("Tags", input::TAGS)];

pub(super) fn tag_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, TAG)?;
    let given = input::tags(call)?.unwrap_or_default();
    let mut secret = writable(call, call.required_text("SecretId"), "TagResource")?;
    let tags = secret.tags.get_or_insert_default();
    for tag in given {
        match tags.iter_mut().find(|known| known.key == tag.key) {
            Some(known) => known.value = tag.value,
            None => tags.push(tag),
        }
    }
    input::check_count(tags)?;
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(json!({}))
}

const UNTAG: &[Member] =
    &[input::SECRET_ID, required("TagKeys", Shape::List { min: 0, max: usize::MAX, of: &Shape::Text { min: 1, max: 128 } })];

pub(super) fn untag_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, UNTAG)?;
    let mut secret = writable(call, call.required_text("SecretId"), "UntagResource")?;
    let keys = call.texts("TagKeys");
    let tags = secret.tags.get_or_insert_default();
    let before = tags.len();
    tags.retain(|tag| !keys.contains(&tag.key.as_str()));
    if tags.len() != before {
        secret.changed = call.now;
        save(call, &mut secret)?;
    }
    Ok(json!({}))
}

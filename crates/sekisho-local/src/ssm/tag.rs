//! Tags of parameters.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::name::trimmed;
use super::record::{self, Parameter};
use super::validation;
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, TEXT, check, required};

const LIMIT: usize = 50;
const KEY: Shape = Shape::Form { min: 1, max: 128, pattern: "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", fits };
const VALUE: Shape = Shape::Form { min: 0, max: 256, pattern: "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", fits };
const TAG: &[Member] = &[required("Key", KEY), required("Value", VALUE)];
pub(super) const TAGS: Shape = Shape::List { min: 0, max: 1000, of: &Shape::Structure(TAG) };
const KINDS: Shape = Shape::Enum(&[
    "Document",
    "ManagedInstance",
    "MaintenanceWindow",
    "Parameter",
    "PatchBaseline",
    "OpsItem",
    "OpsMetadata",
    "Automation",
    "Association",
    "CloudConnector",
]);

fn fits(text: &str) -> bool {
    text.chars().all(|character| character.is_alphanumeric() || character.is_whitespace() || "_.:/=+-@".contains(character))
}

/// The tags of the input, for a new parameter.
pub(super) fn read(call: &Call<'_>) -> Result<BTreeMap<String, String>, ApiError> {
    let mut tags = BTreeMap::new();
    for tag in call.list("Tags") {
        let member = |name: &str| tag.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (key, value) = (member("Key"), member("Value"));
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(validation("aws: prefixed tag key names are not allowed for external use."));
        }
        if tags.insert(key, value).is_some() {
            return Err(validation("The tag keys of a request must be different from each other."));
        }
    }
    within_limit(tags)
}

fn within_limit(tags: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ApiError> {
    if tags.len() > LIMIT {
        return Err(ApiError::new("TooManyTagsError", "The Targets parameter includes too many tags."));
    }
    Ok(tags)
}

pub(super) fn add_tags_to_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("ResourceType", KINDS), required("ResourceId", TEXT), required("Tags", TAGS)])?;
    let mut parameter = parameter(call)?;
    let added = read(call)?;
    parameter.tags.extend(added);
    parameter.tags = within_limit(parameter.tags)?;
    record::save(call, &parameter).map(|()| json!({}))
}

pub(super) fn remove_tags_from_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let keys = Shape::List { min: 0, max: usize::MAX, of: &KEY };
    check(call, &[required("ResourceType", KINDS), required("ResourceId", TEXT), required("TagKeys", keys)])?;
    let mut parameter = parameter(call)?;
    for key in call.texts("TagKeys") {
        parameter.tags.remove(key);
    }
    record::save(call, &parameter).map(|()| json!({}))
}

pub(super) fn list_tags_for_resource(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("ResourceType", KINDS), required("ResourceId", TEXT)])?;
    let tags: Vec<Value> = parameter(call)?.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    Ok(json!({ "TagList": tags }))
}

fn parameter(call: &Call<'_>) -> Result<Parameter, ApiError> {
    if call.required_text("ResourceType") != "Parameter" {
        return Err(ApiError::new("InvalidResourceType", "Sekisho's embedded AWS has resources of the type Parameter only"));
    }
    let invalid = || ApiError::new("InvalidResourceId", "");
    record::find(call, trimmed(call.required_text("ResourceId")))?.ok_or_else(invalid)
}

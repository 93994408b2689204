//! One key of a JSON secret, set or taken out. Every other byte of the text stays: reading and writing the object anew would round large numbers.

use sekisho_engine::go_json::{self, Value};
use sekisho_model::Secret;

use crate::failure::Failure;
use crate::filling::merged;

/// The JSON object `before`, the value of `name`, with `key` set to `value`; a new object where there is none.
pub(super) fn with_key(before: Option<&Secret<String>>, name: &str, key: &str, value: &Secret<String>) -> Result<Secret<String>, Failure> {
    let Some(before) = before else { return Ok(merged(&Secret::new("{}".to_owned()), std::iter::once((key, value)))) };
    let object = go_json::object(before.expose()).map_err(|error| not_json(name, key, error))?;
    match object.get(key) {
        Some(Value::String(text)) if text == value.expose() => Ok(before.clone()),
        None if before.expose().trim_start().starts_with('{') => Ok(merged(before, std::iter::once((key, value)))),
        // The key is there: its value is exchanged in the text.
        _ => sekisho_read::replace_json_member(before.expose(), key, value).map(Secret::new).ok_or_else(|| not_json(name, key, "?")),
    }
}

/// The JSON object `before` without `key`; `None` where it is not there.
pub(super) fn without_key(before: &Secret<String>, name: &str, key: &str) -> Result<Option<Secret<String>>, Failure> {
    let object = go_json::object(before.expose()).map_err(|error| not_json(name, key, error))?;
    if object.get(key).is_none() {
        return Ok(None);
    }
    sekisho_read::remove_json_member(before.expose(), key).map(|text| Some(Secret::new(text))).ok_or_else(|| not_json(name, key, "?"))
}

fn not_json(name: &str, key: &str, cause: impl ToString) -> Failure {
    Failure::new("get-not-json").with("name", name).with("key", key).with("cause", cause)
}

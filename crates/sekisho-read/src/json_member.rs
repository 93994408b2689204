//! One member of a JSON object, exchanged in its text.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use sekisho_model::Secret;

use crate::json;
use crate::text::{MEBIBYTE, Text};

/// `text`, a JSON object, with the last top-level member named `key` set to the string `value`. Every other byte stays as it is: reading and writing the
/// object anew would round large numbers and lose the order. `None` where `text` is no JSON object or has no such member.
pub fn replace_json_member(text: &str, key: &str, value: &Secret<String>) -> Option<String> {
    // Places count from behind a byte-order mark, and Go refuses one.
    if text.starts_with('\u{feff}') {
        return None;
    }
    let read = Text::new("value", text.as_bytes(), MEBIBYTE).ok()?;
    let Value::Object(object) = json::parse(&read).ok()? else { return None };
    let member = object.properties.iter().rev().find(|member| member.name.as_str() == key)?;
    let range = member.value.range();
    let quoted = zeroize::Zeroizing::new(serde_json::Value::from(value.expose().as_str()).to_string());
    Some([text.get(..range.start)?, &quoted, text.get(range.end..)?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_byte_stays() {
        let set = |text: &str, key: &str| replace_json_member(text, key, &Secret::new("n\"w".to_owned()));
        assert_eq!(set(r#"{ "a": 12345678901234567890, "b" : {"a":1} }"#, "b").unwrap(), r#"{ "a": 12345678901234567890, "b" : "n\"w" }"#);
        assert_eq!(set(r#"{"a":1,"a":2}"#, "a").unwrap(), r#"{"a":1,"a":"n\"w"}"#);
        assert_eq!(set(r#"{"a":1}"#, "b"), None);
        assert_eq!(set("[1]", "a"), None);
        assert_eq!(set("x", "a"), None);
    }
}

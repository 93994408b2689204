//! One member of a JSON object, exchanged in its text or taken out of it.

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

/// `text`, a JSON object, without any top-level member named `key`, and without the comma that belongs to each. Every other byte stays as it is. `None` where
/// `text` is no JSON object.
pub fn remove_json_member(text: &str, key: &str) -> Option<String> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    let read = Text::new("value", text.as_bytes(), MEBIBYTE).ok()?;
    let Value::Object(object) = json::parse(&read).ok()? else { return None };
    let ranges: Vec<(bool, usize, usize)> =
        object.properties.iter().map(|member| (member.name.as_str() != key, member.name.range().start, member.value.range().end)).collect();
    let (Some((_, first, _)), Some((_, _, last))) = (ranges.first(), ranges.last()) else { return Some(text.to_owned()) };
    let mut out = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    out.push_str(text.get(..*first)?);
    let mut before = None;
    let mut empty = true;
    for (stays, start, end) in &ranges {
        if *stays {
            // The comma and the blanks in front of it; the first one that stays needs none.
            out.push_str(text.get(before.filter(|_| !empty).unwrap_or(*start)..*end)?);
            empty = false;
        }
        before = Some(*end);
    }
    out.push_str(text.get(*last..)?);
    Some(out.to_string())
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

    #[test]
    fn a_member_goes_with_its_comma_and_every_other_byte_stays() {
        let text = r#"{ "a": 1e2 ,  "b" : {"a":1}, "a":3,"c":"}" }"#;
        assert_eq!(remove_json_member(text, "a").unwrap(), r#"{ "b" : {"a":1},"c":"}" }"#);
        assert_eq!(remove_json_member(text, "c").unwrap(), r#"{ "a": 1e2 ,  "b" : {"a":1}, "a":3 }"#);
        assert_eq!(remove_json_member(text, "b").unwrap(), r#"{ "a": 1e2, "a":3,"c":"}" }"#);
        assert_eq!(remove_json_member(text, "d").unwrap(), text);
        assert_eq!(remove_json_member(r#"{"a":1}"#, "a").unwrap(), "{}");
        assert_eq!(remove_json_member("{ }", "a").unwrap(), "{ }");
        assert_eq!(remove_json_member("[1]", "a"), None);
    }
}

//! What an operation takes, as static tables, and AWS's words for input that does not fit.
//!
//! The texts are those of AWS's common validation ("1 validation error detected: Value '…' at '…' failed to satisfy constraint: Member must …").
//! INVARIANT: a value of a [`Shape::Secret`] member is in no message; AWS leaves values of members that its model marks sensitive out as well.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::api::{ApiError, Call};

/// A member of a structure.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
}

/// What a member may hold.
pub(crate) enum Shape {
    /// Text of so many characters.
    Text {
        min: usize,
        max: usize,
    },
    /// Text of so many characters and this form, whose regular expression AWS would print.
    Form {
        min: usize,
        max: usize,
        pattern: &'static str,
        fits: fn(&str) -> bool,
    },
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// Text that no message may show.
    Secret,
    Bool,
    Number {
        min: i64,
        max: i64,
    },
    /// Bytes in base64. No message shows them.
    Blob {
        min: usize,
        max: usize,
    },
    List {
        min: usize,
        max: usize,
        of: &'static Shape,
    },
    /// Text to text.
    Map,
    Structure(&'static [Member]),
}

pub(crate) const fn required(name: &'static str, shape: Shape) -> Member {
    Member { name, required: true, shape }
}

pub(crate) const fn optional(name: &'static str, shape: Shape) -> Member {
    Member { name, required: false, shape }
}

/// Any text.
pub(crate) const TEXT: Shape = Shape::Text { min: 0, max: usize::MAX };

/// Checks a call's input, and takes out members that are null: AWS does not tell them from absent ones.
pub(crate) fn check(call: &mut Call<'_>, members: &[Member]) -> Result<(), ApiError> {
    call.input.retain(|_, value| !value.is_null());
    check_input(&call.input, members)
}

fn check_input(input: &Map<String, Value>, members: &[Member]) -> Result<(), ApiError> {
    let mut violations = Vec::new();
    structure(input, members, "", &mut violations)?;
    if violations.is_empty() {
        return Ok(());
    }
    let errors = if violations.len() == 1 { "error" } else { "errors" };
    Err(ApiError::new("ValidationException", format!("{} validation {errors} detected: {}", violations.len(), violations.join("; "))))
}

fn structure(input: &Map<String, Value>, members: &[Member], path: &str, violations: &mut Vec<String>) -> Result<(), ApiError> {
    for member in members {
        let path = format!("{path}{}", camel(member.name));
        match input.get(member.name).filter(|value| !value.is_null()) {
            Some(value) => check_value(value, &member.shape, &path, violations)?,
            None if member.required && matches!(member.shape, Shape::Secret | Shape::Blob { .. }) => {
                violations.push(format!("Value at '{path}' failed to satisfy constraint: Member must not be null"));
            }
            None if member.required => {
                violations.push(format!("Value null at '{path}' failed to satisfy constraint: Member must not be null"));
            }
            None => {}
        }
    }
    Ok(())
}

fn check_value(value: &Value, shape: &Shape, path: &str, violations: &mut Vec<String>) -> Result<(), ApiError> {
    match shape {
        Shape::Text { min, max } => length(text(value)?, *min, *max, path, violations),
        Shape::Form { min, max, pattern, fits } => {
            let text = text(value)?;
            length(text, *min, *max, path, violations);
            if !fits(text) {
                violations.push(violation(text, path, &format!("satisfy regular expression pattern: {pattern}")));
            }
        }
        Shape::Enum(values) => {
            let text = text(value)?;
            if !values.contains(&text) {
                violations.push(violation(text, path, &format!("satisfy enum value set: [{}]", values.join(", "))));
            }
        }
        Shape::Secret => {
            text(value)?;
        }
        Shape::Bool => match value {
            Value::Bool(_) => {}
            other => return Err(wrong_type(other, "a Boolean")),
        },
        Shape::Number { min, max } => {
            let number = value.as_i64().ok_or_else(|| wrong_type(value, "an Integer"))?;
            if number < *min {
                violations.push(violation(&number.to_string(), path, &format!("have value greater than or equal to {min}")));
            }
            if number > *max {
                violations.push(violation(&number.to_string(), path, &format!("have value less than or equal to {max}")));
            }
        }
        Shape::Blob { min, max } => {
            let length = crate::bytes64::decoded_length(text(value)?).ok_or_else(|| serialization("Invalid base64 text"))?;
            let constraint = if length < *min {
                format!("have length greater than or equal to {min}")
            } else if length > *max {
                format!("have length less than or equal to {max}")
            } else {
                return Ok(());
            };
            violations.push(format!("Value at '{path}' failed to satisfy constraint: Member must {constraint}"));
        }
        Shape::List { min, max, of } => {
            let items = value.as_array().ok_or_else(|| unexpected(value))?;
            if items.len() < *min || items.len() > *max {
                let bound =
                    if items.len() < *min { format!("greater than or equal to {min}") } else { format!("less than or equal to {max}") };
                violations.push(violation(&listed(items, of), path, &format!("have length {bound}")));
            }
            if let Shape::Text { min, max } = of
                && let Some(constraint) = length_of_members(items, *min, *max)?
            {
                violations.push(violation(&listed(items, of), path, &constraint));
                return Ok(());
            }
            for (index, item) in items.iter().enumerate() {
                check_value(item, of, &format!("{path}.{}.member", index + 1), violations)?;
            }
        }
        Shape::Map => {
            for value in value.as_object().ok_or_else(|| unexpected(value))?.values() {
                text(value)?;
            }
        }
        Shape::Structure(members) => {
            structure(value.as_object().ok_or_else(|| unexpected(value))?, members, &format!("{path}."), violations)?;
        }
    }
    Ok(())
}

/// What AWS says of a list of texts one of which is too short or too long: it names the list, and both bounds.
fn length_of_members(items: &[Value], min: usize, max: usize) -> Result<Option<String>, ApiError> {
    for item in items {
        if !(min..=max).contains(&text(item)?.chars().count()) {
            return Ok(Some(format!(
                "satisfy constraint: [Member must have length less than or equal to {max}, Member must have length greater than or equal to {min}]"
            )));
        }
    }
    Ok(None)
}

fn length(text: &str, min: usize, max: usize, path: &str, violations: &mut Vec<String>) {
    let length = text.chars().count();
    if length < min {
        violations.push(violation(text, path, &format!("have length greater than or equal to {min}")));
    }
    if length > max {
        violations.push(violation(text, path, &format!("have length less than or equal to {max}")));
    }
}

fn violation(value: &str, path: &str, constraint: &str) -> String {
    format!("Value '{value}' at '{path}' failed to satisfy constraint: Member must {constraint}")
}

/// A list of texts as AWS prints it; of anything else only that it is there.
fn listed(items: &[Value], of: &Shape) -> String {
    match of {
        Shape::Text { .. } | Shape::Form { .. } | Shape::Enum(_) => {
            format!("[{}]", items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
        }
        _ => "[…]".to_owned(),
    }
}

/// AWS names members in lower camel case here, whatever the wire says.
fn camel(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn text(value: &Value) -> Result<&str, ApiError> {
    value.as_str().ok_or_else(|| wrong_type(value, "a String"))
}

fn wrong_type(found: &Value, wanted: &str) -> ApiError {
    match found {
        Value::String(_) => serialization(format!("STRING_VALUE can not be converted to {wanted}")),
        Value::Number(_) => serialization(format!("NUMBER_VALUE can not be converted to {wanted}")),
        Value::Bool(true) => serialization(format!("TRUE_VALUE can not be converted to {wanted}")),
        Value::Bool(false) => serialization(format!("FALSE_VALUE can not be converted to {wanted}")),
        other => unexpected(other),
    }
}

fn unexpected(found: &Value) -> ApiError {
    serialization(match found {
        Value::Object(_) => "Start of structure or map found where not expected.",
        Value::Array(_) => "Start of list found where not expected",
        _ => "Unexpected field type",
    })
}

pub(crate) fn serialization(message: impl Into<String>) -> ApiError {
    ApiError::new("SerializationException", message)
}

/// Input that was checked before, read.
impl Call<'_> {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.input.get(name).and_then(Value::as_str)
    }

    /// A required text.
    pub(crate) fn required_text(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.input.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.input.get(name).and_then(Value::as_i64)
    }

    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.input.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    pub(crate) fn text_map(&self, name: &str) -> BTreeMap<String, String> {
        let members = self.input.get(name).and_then(Value::as_object);
        members.into_iter().flatten().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MEMBERS: &[Member] = &[
        required("Name", Shape::Text { min: 1, max: 4 }),
        optional("Value", Shape::Secret),
        optional("Limit", Shape::Number { min: 1, max: 10 }),
        optional("Names", Shape::List { min: 1, max: 1, of: &TEXT }),
    ];

    fn checked(input: Value) -> Result<(), ApiError> {
        check_input(input.as_object().unwrap(), MEMBERS)
    }

    #[test]
    fn every_violation_is_told_at_once() {
        let error = checked(json!({"Name": "", "Limit": 11, "Names": ["a", "b"]})).unwrap_err();
        assert_eq!(error.code, "ValidationException");
        assert_eq!(
            error.message,
            "3 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; \
             Value '11' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10; \
             Value '[a, b]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 1"
        );
        let error = checked(json!({})).unwrap_err();
        assert_eq!(
            error.message,
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"
        );
    }

    #[test]
    fn a_secret_of_the_wrong_type_is_not_told() {
        let error = checked(json!({"Name": "a", "Value": 1234567})).unwrap_err();
        assert_eq!(error.to_string(), "SerializationException: NUMBER_VALUE can not be converted to a String");
    }
}

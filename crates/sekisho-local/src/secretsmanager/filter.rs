//! The filters of ListSecrets and BatchGetSecretValue.
//!
//! botocore's model: `name`, the tags, `primary-region` and `owning-service` are compared as case-sensitive prefixes; `description` and `all` are
//! searched word by word, regardless of case. What a word is was observed on AWS by others: words end at anything but letters and digits, and where
//! the case changes; the last capital of several belongs to the small letters behind it (`COMPANYThings` is `COMPANY` and `Things`).

use serde_json::Value;

use super::error::invalid_parameter;
use super::record::SecretRecord;
use crate::api::{ApiError, Call};
use crate::shape::{Shape, optional};

const KEYS: &[&str] = &["description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all"];
const PATTERN: &str = r"^\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*$";

pub(super) const FILTERS: Shape = Shape::List {
    min: 0,
    max: 10,
    of: &Shape::Structure(&[
        optional("Key", Shape::Enum(KEYS)),
        optional("Values", Shape::List { min: 1, max: 10, of: &Shape::Form { min: 0, max: 512, pattern: PATTERN, fits: is_filter_value } }),
    ]),
};

fn is_filter_value(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || " :_@/+=.-!".contains(character))
}

/// One filter. All filters of a call must admit a secret.
pub(super) struct Filter {
    key: String,
    values: Vec<Wanted>,
}

/// One value of a filter. It is enough that one of them is met.
struct Wanted {
    text: String,
    negated: bool,
}

/// The filters of a call that was checked.
pub(super) fn filters(call: &Call<'_>) -> Result<Vec<Filter>, ApiError> {
    call.list("Filters").iter().map(filter).collect()
}

fn filter(filter: &Value) -> Result<Filter, ApiError> {
    let key = filter.get("Key").and_then(Value::as_str).ok_or_else(|| invalid_parameter("Invalid filter key"))?;
    let values =
        filter.get("Values").and_then(Value::as_array).ok_or_else(|| invalid_parameter(format!("Invalid filter values for key: {key}")))?;
    let wanted = |value: &str| match value.strip_prefix('!') {
        Some(text) => Wanted { text: text.to_owned(), negated: true },
        None => Wanted { text: value.to_owned(), negated: false },
    };
    Ok(Filter { key: key.to_owned(), values: values.iter().filter_map(Value::as_str).map(wanted).collect() })
}

impl Filter {
    pub(super) fn admits(&self, secret: &SecretRecord) -> bool {
        self.values.iter().any(|wanted| self.meets(secret, &wanted.text) != wanted.negated)
    }

    fn meets(&self, secret: &SecretRecord, wanted: &str) -> bool {
        let tags = secret.tags.as_deref().unwrap_or_default();
        let description = secret.description.as_deref().unwrap_or_default();
        match self.key.as_str() {
            "name" => secret.name.starts_with(wanted),
            "tag-key" => tags.iter().any(|tag| tag.key.starts_with(wanted)),
            "tag-value" => tags.iter().any(|tag| tag.value.starts_with(wanted)),
            "primary-region" => secret.primary_region.as_ref().is_some_and(|region| region.starts_with(wanted)),
            "description" => words_match(&[description], wanted),
            "all" => {
                let tags = tags.iter().flat_map(|tag| [tag.key.as_str(), tag.value.as_str()]);
                let attributes: Vec<&str> =
                    [secret.name.as_str(), description].into_iter().chain(tags).chain(secret.primary_region.as_deref()).collect();
                words_match(&attributes, wanted)
            }
            // No secret here was made by a service.
            _ => false,
        }
    }
}

/// Whether each word of `wanted` begins a word of `texts`.
fn words_match(texts: &[&str], wanted: &str) -> bool {
    let present: Vec<String> = texts.iter().flat_map(|text| words(text)).map(|word| word.to_lowercase()).collect();
    let wanted = words(wanted);
    !wanted.is_empty() && wanted.iter().map(|word| word.to_lowercase()).all(|word| present.iter().any(|present| present.starts_with(&word)))
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut characters = text.chars().peekable();
    let mut previous: Option<char> = None;
    while let Some(character) = characters.next() {
        let after_small = previous.is_some_and(|previous| !previous.is_uppercase());
        let before_small = characters.peek().is_some_and(|next| next.is_lowercase());
        let begins = character.is_uppercase() && (after_small || before_small);
        if begins || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(character);
        }
        previous = Some(character);
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_the_case_changes_and_at_signs() {
        assert_eq!(words("prod/AppBeta_x1"), ["prod", "App", "Beta", "x1"]);
        assert_eq!(words("myTest"), ["my", "Test"]);
        assert_eq!(words("COMPANYthings"), ["COMPAN", "Ythings"]);
        assert_eq!(words("SecretFTag"), ["Secret", "F", "Tag"]);
        assert_eq!(words("COMPANY"), ["COMPANY"]);
        assert!(words("+ -").is_empty());
    }

    #[test]
    fn every_word_must_begin_one() {
        assert!(words_match(&["one and two"], "o T"));
        assert!(words_match(&["SecretTwo", "DescTwo"], "d t"));
        assert!(!words_match(&["one"], "one two"));
        assert!(!words_match(&["Secret"], "ret"));
        assert!(!words_match(&["a+b"], "+"));
    }
}

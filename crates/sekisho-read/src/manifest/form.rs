//! What the strings of a manifest must look like.

use std::net::Ipv4Addr;

use sekisho_model::{AccountId, Arn, Region};

use crate::manifest::version;
use crate::problem::{
    MANIFEST_ACCOUNT, MANIFEST_ARN, MANIFEST_CONTAINER_NAME, MANIFEST_EMPTY, MANIFEST_ENDPOINT, MANIFEST_EVERY, MANIFEST_JSON_KEY,
    MANIFEST_KMS_KEY, MANIFEST_NAME, MANIFEST_NAMING, MANIFEST_REGION, MANIFEST_REQUIRED_VERSION, MANIFEST_RULE, MANIFEST_SECRET_NAME,
    MANIFEST_TAG_KEY, MANIFEST_TAG_VALUE, MANIFEST_VARIABLE,
};

/// The form of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Anything but nothing.
    Line,
    /// `required_version`.
    Version,
    /// A name that is substituted into commands (design §9): project, environment, service.
    Identifier,
    /// A Region.
    Region,
    /// An account id.
    Account,
    /// `local` or a loopback URL.
    Endpoint,
    /// Key id, alias or ARN.
    KmsKey,
    /// The logical name of a secret.
    SecretName,
    /// An environment variable.
    Variable,
    /// A key of a JSON secret.
    JsonKey,
    /// A number of days or weeks.
    Every,
    /// The ARN of a parameter or a secret.
    Arn,
    /// A container's name.
    Container,
    /// The id or name of a rule.
    Rule,
    /// Anything with a word in it.
    Reason,
    /// The key of a tag.
    TagKey,
    /// The value of a tag, with placeholders.
    TagValue,
    /// A regular expression of names.
    Naming,
}

#[cfg(test)]
impl Form {
    /// Every form that a regular expression can say, for the tests. What is a regular expression none can.
    pub(crate) const ALL: [Self; 17] = [
        Self::Line,
        Self::Version,
        Self::Identifier,
        Self::Region,
        Self::Account,
        Self::Endpoint,
        Self::KmsKey,
        Self::SecretName,
        Self::Variable,
        Self::JsonKey,
        Self::Every,
        Self::Arn,
        Self::Container,
        Self::Rule,
        Self::Reason,
        Self::TagKey,
        Self::TagValue,
    ];
}

impl Form {
    /// Whether `text` has this form.
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Line => !text.is_empty() && !text.contains('\0'),
            Self::Version => version::Requirement::parse(text).is_ok(),
            Self::Identifier => is_identifier(text),
            Self::Region => text.parse::<Region>().is_ok(),
            Self::Account => text.parse::<AccountId>().is_ok(),
            Self::Endpoint => text == "local" || is_loopback_url(text),
            Self::KmsKey => is_kms_key(text),
            Self::SecretName => {
                text.split('/').all(|level| !level.is_empty() && level.bytes().all(|byte| is_word(byte) || b".-".contains(&byte)))
            }
            Self::Variable => text.bytes().all(is_word) && text.bytes().next().is_some_and(|first| !first.is_ascii_digit()),
            // The colon ends the key in a reference (facts/ecs.md §2.3), so a key that has one cannot be referred to.
            Self::JsonKey => !text.is_empty() && !text.contains([':', '\0']),
            Self::Every => days(text).is_some(),
            Self::Arn => text.parse::<Arn>().is_ok_and(|arn| is_stored_secret(&arn)),
            // RegisterTaskDefinition: up to 255 letters, digits, underscores and hyphens.
            Self::Container => (1..=255).contains(&text.len()) && text.bytes().all(|byte| is_word(byte) || byte == b'-'),
            Self::Rule => is_rule(text),
            Self::Reason => text.chars().any(char::is_alphanumeric) && !text.contains('\0'),
            // TagResource of both stores: up to 128 characters, `aws:` in front is AWS's own.
            Self::TagKey => {
                let reserved = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
                (1..=128).contains(&text.chars().count()) && text.chars().all(is_tag_character) && !reserved
            }
            Self::TagValue => {
                // A placeholder counts as one character: how long its text is shows where it is written.
                let text = TAG_PLACEHOLDERS.iter().fold(text.to_owned(), |text, word| text.replace(word, "x"));
                text.chars().count() <= 256 && text.chars().all(is_tag_character)
            }
            Self::Naming => {
                let sample = text.replace("{environment}", "e").replace("{project}", "p");
                !text.is_empty() && text.len() <= 512 && regex_lite::Regex::new(&format!("^(?:{sample})$")).is_ok()
            }
        }
    }

    /// The code of the problem where a text has another form.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Line | Self::Reason => MANIFEST_EMPTY,
            Self::Version => MANIFEST_REQUIRED_VERSION,
            Self::Identifier => MANIFEST_NAME,
            Self::Region => MANIFEST_REGION,
            Self::Account => MANIFEST_ACCOUNT,
            Self::Endpoint => MANIFEST_ENDPOINT,
            Self::KmsKey => MANIFEST_KMS_KEY,
            Self::SecretName => MANIFEST_SECRET_NAME,
            Self::Variable => MANIFEST_VARIABLE,
            Self::JsonKey => MANIFEST_JSON_KEY,
            Self::Every => MANIFEST_EVERY,
            Self::Arn => MANIFEST_ARN,
            Self::Container => MANIFEST_CONTAINER_NAME,
            Self::Rule => MANIFEST_RULE,
            Self::TagKey => MANIFEST_TAG_KEY,
            Self::TagValue => MANIFEST_TAG_VALUE,
            Self::Naming => MANIFEST_NAMING,
        }
    }

    /// The form as a regular expression for the schema, without anchors. It admits nothing that the reader refuses, except in what a regular
    /// expression cannot say.
    pub(crate) fn pattern(self) -> &'static str {
        match self {
            Self::Line => r"[^\x00]+",
            Self::Version => r"(>=|=|\^)(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8}))?",
            Self::Identifier => "[a-z0-9][a-z0-9-]*",
            Self::Region => "[a-z]{2,5}(-[a-z]{1,10}){1,2}-[0-9]{1,2}",
            Self::Account => "[0-9]{12}",
            Self::Endpoint => {
                r"local|https?://(localhost|127(\.(0|[1-9][0-9]?)){3}|127\.0\.0\.1|\[::1\])(:[1-9][0-9]{0,3}|:[1-5][0-9]{4})?/?"
            }
            Self::KmsKey => {
                "alias/[A-Za-z0-9/_-]{1,250}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,250}"
            }
            Self::SecretName => "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*",
            Self::Variable => "[A-Za-z_][A-Za-z0-9_]*",
            Self::JsonKey => r"[^:\x00]+",
            Self::Every => "[1-9][0-9]{0,3}[dw]",
            Self::Arn => {
                "arn:aws[a-z-]*:ssm:[a-z]{2}-[a-z]{1,10}-[0-9]:[0-9]{12}:parameter/[A-Za-z0-9_./-]+|arn:aws[a-z-]*:secretsmanager:[a-z]{2}-[a-z]{1,10}-[0-9]:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+"
            }
            Self::Container => "[A-Za-z0-9_-]{1,255}",
            Self::Rule => "SEK[0-9]{4}|[a-z][a-z0-9]*(-[a-z0-9]+)*",
            Self::Reason => r"[^\x00]*[A-Za-z0-9ぁ-ゖァ-ヺ一-鿿][^\x00]*",
            Self::TagKey => {
                "[b-zB-Z0-9_.][A-Za-z0-9_.:/=+@-]{0,127}|[aA]([a-vx-zA-VX-Z0-9_.:/=+@-][A-Za-z0-9_.:/=+@-]{0,126})?|[aA][wW]([a-rt-zA-RT-Z0-9_.:/=+@-][A-Za-z0-9_.:/=+@-]{0,125})?|[aA][wW][sS]([A-Za-z0-9_./=+@-][A-Za-z0-9_.:/=+@-]{0,124})?"
            }
            Self::TagValue => r"([A-Za-z0-9_.:/=+@ -]|\{(environment|project|secret)\}){0,256}",
            Self::Naming => r"[^\x00]+",
        }
    }
}

/// The placeholders of a tag's value.
const TAG_PLACEHOLDERS: [&str; 3] = ["{environment}", "{project}", "{secret}"];

/// Letters, digits, blanks and some signs of any script (AWS tagging reference).
fn is_tag_character(character: char) -> bool {
    character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `SEK0301` or `plaintext-secret`; whether there is such a rule only the engine knows.
fn is_rule(text: &str) -> bool {
    let id = text.strip_prefix("SEK").is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id || text.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('-').all(word)
}

fn is_identifier(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.bytes().all(allowed) && text.bytes().next().is_some_and(|first| first != b'-')
}

/// `http` or `https` to 127.0.0.0/8, `localhost` or `[::1]`, with a port or without; no user, no path but `/`.
fn is_loopback_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else { return false };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let port_is_right =
        port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0));
    let host_is_right =
        host.eq_ignore_ascii_case("localhost") || host == "[::1]" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    port_is_right && host_is_right
}

/// What KMS takes as KeyId of an encryption: a key's id, alias or ARN (KMS API reference, DescribeKey).
fn is_kms_key(text: &str) -> bool {
    let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let alias = |text: &str| text.strip_prefix("alias/").is_some_and(|name| is_path(name) && name.len() <= 250);
    let id = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(|part| hexadecimal(part))
            || text.strip_prefix("mrk-").is_some_and(|rest| rest.len() == 32 && hexadecimal(rest))
    };
    if text.starts_with("arn:") {
        return text.parse::<Arn>().is_ok_and(|arn| {
            let names_a_key = alias(&arn.resource) || arn.resource.strip_prefix("key/").is_some_and(is_path);
            arn.service == "kms" && !arn.region.is_empty() && arn.account_id().is_some() && names_a_key
        });
    }
    alias(text) || id(text)
}

fn is_path(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| is_word(byte) || b"/-".contains(&byte))
}

/// The ARN of a parameter, or of a secret without the key, stage and version that a `valueFrom` may add.
fn is_stored_secret(arn: &Arn) -> bool {
    let names_one = match arn.service.as_str() {
        "ssm" => arn.resource.strip_prefix("parameter/").is_some_and(|name| !name.is_empty()),
        "secretsmanager" => arn.resource.strip_prefix("secret:").is_some_and(|name| !name.is_empty() && !name.contains(':')),
        _ => false,
    };
    names_one && !arn.partition.is_empty() && arn.region_id().is_some() && arn.account_id().is_some()
}

/// The days of `rotate.every`: `30d`, `4w`. None where the text is something else, or no day at all.
pub(crate) fn days(text: &str) -> Option<u32> {
    let (number, factor) = match (text.strip_suffix('d'), text.strip_suffix('w')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 7),
        _ => return None,
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|days| *days >= 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;
    use proptest::test_runner::TestRunner;

    use super::*;

    #[test]
    fn what_the_schema_admits_the_reader_admits() {
        for form in Form::ALL {
            let strategy = string_regex(form.pattern()).unwrap();
            TestRunner::deterministic()
                .run(&strategy, |text| {
                    prop_assert!(form.accepts(&text), "{form:?} refuses {text:?}");
                    Ok(())
                })
                .unwrap();
        }
    }

    #[test]
    fn only_the_loopback_interface_is_an_endpoint() {
        for text in ["local", "http://127.0.0.1:4566", "https://localhost", "http://[::1]:80/", "http://127.9.8.7/", "http://LOCALHOST:1"] {
            assert!(Form::Endpoint.accepts(text), "{text}");
        }
        for text in [
            "Local",
            "http://10.0.0.1",
            "https://ssm.ap-northeast-1.amazonaws.com",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://user@localhost",
            "http://localhost:0",
            "http://localhost:70000",
            "http://localhost:+80",
            "http://localhost/path",
            "http://[::1",
            "http://::1",
            "http://127.1",
            "ftp://localhost",
            "http://",
        ] {
            assert!(!Form::Endpoint.accepts(text), "{text}");
        }
    }

    #[test]
    fn an_arn_must_name_a_parameter_or_a_secret() {
        for text in [
            "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!cluster-1-AbCdEf",
            "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a/b",
        ] {
            assert!(Form::Arn.accepts(text), "{text}");
        }
        for text in [
            "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:a-AbCdEf:key::",
            "arn:aws:s3:::bucket/key",
            "arn:aws:ssm:ap-northeast-1:12345:parameter/a",
            "arn:aws:ssm::123456789012:parameter/a",
            "arn:aws:ssm:ap-northeast-1:123456789012:document/a",
        ] {
            assert!(!Form::Arn.accepts(text), "{text}");
        }
    }

    #[test]
    fn rotation_is_counted_in_days_and_weeks() {
        assert_eq!((days("30d"), days("2w")), (Some(30), Some(14)));
        for text in ["", "d", "0d", "12h", "30", "+3d", "3.5d", "30 d", "9999999999d", "4294967295w"] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn a_kms_key_is_an_id_an_alias_or_an_arn() {
        for text in [
            "alias/production-secrets",
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            "mrk-1234abcd12ab34cd56ef1234567890ab",
            "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ] {
            assert!(Form::KmsKey.accepts(text), "{text}");
        }
        for text in ["production-secrets", "alias/", "1234abcd", "arn:aws:s3:::key/1", "arn:aws:kms:ap-northeast-1:123456789012:grant/1"] {
            assert!(!Form::KmsKey.accepts(text), "{text}");
        }
    }
}

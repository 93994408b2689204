//! Members that many operations take.

use zeroize::Zeroizing;

use super::error::{invalid_parameter, invalid_request, length, limit_exceeded};
use super::record::{Kind, Tag};
use crate::api::{ApiError, Call};
use crate::bytes64;
use crate::shape::{Member, Shape, required};

pub(super) const SECRET_ID: Member = required("SecretId", Shape::Text { min: 1, max: 2048 });
pub(super) const TOKEN: Shape = Shape::Text { min: 32, max: 64 };
pub(super) const NEXT_TOKEN: Shape = Shape::Text { min: 1, max: 4096 };
pub(super) const BINARY: Shape = Shape::Blob { min: 1, max: MAX_VALUE };
pub(super) const KMS_KEY_ID: Shape = Shape::Text { min: 0, max: 2048 };
/// Of what is not supported, but must be well formed all the same.
pub(super) const TYPE: Shape = Shape::Text { min: 0, max: 256 };
pub(super) const ARN: Shape = Shape::Text { min: 20, max: 2048 };
pub(super) const DESCRIPTION: Shape = Shape::Text { min: 0, max: 2048 };
pub(super) const TAGS: Shape = Shape::List { min: 0, max: usize::MAX, of: &TAG };
const TAG: Shape = Shape::Structure(&[
    Member { name: "Key", required: false, shape: Shape::Text { min: 1, max: 128 } },
    Member { name: "Value", required: false, shape: Shape::Text { min: 0, max: 256 } },
]);

/// Of a secret's value, in bytes.
const MAX_VALUE: usize = 65_536;

/// Of one secret (Secrets Manager guide, quotas of tags).
const MAX_TAGS: usize = 50;

/// A value as a call brings it.
pub(super) struct Given {
    pub(super) kind: Kind,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// `SecretString` or `SecretBinary`, if the call has one of them.
pub(super) fn value(call: &Call<'_>) -> Result<Option<Given>, ApiError> {
    let text = call.text("SecretString").map(|text| Given { kind: Kind::String, bytes: Zeroizing::new(text.as_bytes().to_vec()) });
    let binary = call.text("SecretBinary").and_then(bytes64::decode).map(|bytes| Given { kind: Kind::Binary, bytes });
    if text.is_some() && binary.is_some() {
        return Err(invalid_parameter("You can't specify both a binary secret value and a string secret value in the same secret."));
    }
    match &text {
        Some(given) if given.bytes.is_empty() => Err(length("secretString", "greater than or equal to 1")),
        Some(given) if given.bytes.len() > MAX_VALUE => Err(length("secretString", &format!("less than or equal to {MAX_VALUE}"))),
        _ => Ok(text.or(binary)),
    }
}

/// The token that becomes the version's id. The SDKs make one where their caller gives none; the service itself does not.
pub(super) fn token(call: &Call<'_>) -> Result<String, ApiError> {
    call.text("ClientRequestToken")
        .map(str::to_owned)
        .ok_or_else(|| invalid_request("You must provide a ClientRequestToken value. We recommend a UUID-type value."))
}

/// `Tags`, if the call has them.
pub(super) fn tags(call: &Call<'_>) -> Result<Option<Vec<Tag>>, ApiError> {
    if !call.input.contains_key("Tags") {
        return Ok(None);
    }
    let mut tags: Vec<Tag> = Vec::new();
    for tag in call.list("Tags") {
        let member = |name: &str| tag.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let tag = Tag { key: member("Key"), value: member("Value") };
        if tag.key.is_empty() {
            return Err(invalid_parameter("A tag must have a key."));
        }
        if tag.key.to_ascii_lowercase().starts_with("aws:") {
            return Err(invalid_parameter("Tag keys that begin with aws: are reserved for AWS."));
        }
        if tags.iter().any(|other| other.key == tag.key) {
            return Err(invalid_parameter(format!("The tag key {} is given more than once.", tag.key)));
        }
        tags.push(tag);
    }
    check_count(&tags)?;
    Ok(Some(tags))
}

pub(super) fn check_count(tags: &[Tag]) -> Result<(), ApiError> {
    if tags.len() > MAX_TAGS { Err(limit_exceeded(format!("A secret can have at most {MAX_TAGS} tags."))) } else { Ok(()) }
}

//! What callers ask a key to do.

use std::collections::BTreeMap;

use aws_lc_rs::rand;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::administration::denied;
use super::crypt::{key_of, open, seal};
use super::key::{self, KeyRecord, usable};
use super::{GRANT_TOKENS, KEY_ID, no_grants};
use crate::api::{ApiError, Call};
use crate::bytes64;
use crate::shape::{Member, Shape, check, optional, required};

const ALGORITHM: Shape = Shape::Enum(&["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"]);
const CIPHERTEXT: Shape = Shape::Blob { min: 1, max: 6144 };
const BYTES: Shape = Shape::Number { min: 1, max: 1024 };

const ENCRYPT: &[Member] = &[
    required("KeyId", KEY_ID),
    required("Plaintext", Shape::Blob { min: 1, max: 4096 }),
    optional("EncryptionContext", Shape::Map),
    optional("EncryptionAlgorithm", ALGORITHM),
    optional("DryRun", Shape::Bool),
    GRANT_TOKENS,
];

pub(super) fn encrypt(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, ENCRYPT)?;
    let record = named(call, "KeyId", "Encrypt")?;
    only_symmetric(call, "EncryptionAlgorithm")?;
    ready(call)?;
    let plaintext = blob(call, "Plaintext")?;
    let sealed = seal(&record, &plaintext, &call.text_map("EncryptionContext"))?;
    Ok(json!({ "CiphertextBlob": bytes64::encode(&sealed.blob), "KeyId": sealed.key_arn, "EncryptionAlgorithm": "SYMMETRIC_DEFAULT" }))
}

const DECRYPT: &[Member] = &[
    required("CiphertextBlob", CIPHERTEXT),
    optional("KeyId", KEY_ID),
    optional("EncryptionContext", Shape::Map),
    optional("EncryptionAlgorithm", ALGORITHM),
    optional("DryRun", Shape::Bool),
    GRANT_TOKENS,
];

pub(super) fn decrypt(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, DECRYPT)?;
    only_symmetric(call, "EncryptionAlgorithm")?;
    let (record, plaintext) = opened(call, "KeyId", "EncryptionContext")?;
    ready(call)?;
    Ok(json!({ "Plaintext": bytes64::encode(&plaintext), "KeyId": record.arn, "EncryptionAlgorithm": "SYMMETRIC_DEFAULT" }))
}

const RE_ENCRYPT: &[Member] = &[
    required("CiphertextBlob", CIPHERTEXT),
    optional("SourceKeyId", KEY_ID),
    optional("SourceEncryptionContext", Shape::Map),
    optional("SourceEncryptionAlgorithm", ALGORITHM),
    required("DestinationKeyId", KEY_ID),
    optional("DestinationEncryptionContext", Shape::Map),
    optional("DestinationEncryptionAlgorithm", ALGORITHM),
    optional("DryRun", Shape::Bool),
    GRANT_TOKENS,
];

pub(super) fn re_encrypt(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, RE_ENCRYPT)?;
    only_symmetric(call, "SourceEncryptionAlgorithm")?;
    only_symmetric(call, "DestinationEncryptionAlgorithm")?;
    let (source, plaintext) = opened(call, "SourceKeyId", "SourceEncryptionContext")?;
    let destination = named(call, "DestinationKeyId", "ReEncryptTo")?;
    ready(call)?;
    let sealed = seal(&destination, &plaintext, &call.text_map("DestinationEncryptionContext"))?;
    Ok(json!({
        "CiphertextBlob": bytes64::encode(&sealed.blob),
        "SourceKeyId": source.arn,
        "KeyId": sealed.key_arn,
        "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
    }))
}

const DATA_KEY: &[Member] = &[
    required("KeyId", KEY_ID),
    optional("EncryptionContext", Shape::Map),
    optional("NumberOfBytes", BYTES),
    optional("KeySpec", Shape::Enum(&["AES_256", "AES_128"])),
    optional("DryRun", Shape::Bool),
    GRANT_TOKENS,
];

pub(super) fn generate_data_key(call: &mut Call<'_>) -> Result<Value, ApiError> {
    data_key(call, "GenerateDataKey", true)
}

pub(super) fn generate_data_key_without_plaintext(call: &mut Call<'_>) -> Result<Value, ApiError> {
    data_key(call, "GenerateDataKeyWithoutPlaintext", false)
}

fn data_key(call: &mut Call<'_>, action: &str, show: bool) -> Result<Value, ApiError> {
    check(call, DATA_KEY)?;
    let length = match (call.number("NumberOfBytes"), call.text("KeySpec")) {
        (Some(length), None) => length,
        (None, Some("AES_128")) => 16,
        (None, Some(_)) => 32,
        _ => return Err(ApiError::new("ValidationException", "Please specify either number of bytes or key spec.")),
    };
    let record = named(call, "KeyId", action)?;
    ready(call)?;
    let key = random(length)?;
    let sealed = seal(&record, &key, &call.text_map("EncryptionContext"))?;
    let mut answer = json!({ "CiphertextBlob": bytes64::encode(&sealed.blob), "KeyId": sealed.key_arn });
    if let (Some(members), true) = (answer.as_object_mut(), show) {
        members.insert("Plaintext".to_owned(), bytes64::encode(&key).into());
    }
    Ok(answer)
}

pub(super) fn generate_random(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[optional("NumberOfBytes", BYTES), optional("CustomKeyStoreId", Shape::Text { min: 1, max: 64 })])?;
    if call.input.contains_key("CustomKeyStoreId") {
        return Err(ApiError::new("UnsupportedOperationException", "Sekisho's embedded AWS has no custom key stores"));
    }
    let length = call.number("NumberOfBytes").ok_or_else(|| ApiError::new("ValidationException", "Please specify number of bytes."))?;
    Ok(json!({ "Plaintext": bytes64::encode(&random(length)?) }))
}

fn random(length: i64) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let mut bytes = Zeroizing::new(vec![0_u8; usize::try_from(length).unwrap_or_default()]);
    rand::fill(&mut bytes).map_err(|_| ApiError::internal("no random bytes"))?;
    Ok(bytes)
}

/// The usable key that a member names. A key that AWS manages works for its service only, not for direct callers (facts/iam.md A5).
fn named(call: &mut Call<'_>, member: &str, action: &str) -> Result<KeyRecord, ApiError> {
    let id = call.required_text(member).to_owned();
    let (record, _) = key::find_or_make(call, &id)?;
    if record.managed_by_aws { Err(denied(call, action, &record)) } else { usable(record) }
}

/// The plaintext of `CiphertextBlob` and its key, which must be the one that the caller expects.
fn opened(call: &Call<'_>, expected: &str, context: &str) -> Result<(KeyRecord, Zeroizing<Vec<u8>>), ApiError> {
    let ciphertext = blob(call, "CiphertextBlob")?;
    let record = key_of(call, &ciphertext)?;
    if record.managed_by_aws {
        return Err(denied(call, "Decrypt", &record));
    }
    if let Some(expected) = call.text(expected)
        && key::find(call, expected)?.0.id != record.id
    {
        let message = "The key ID in the request does not identify a CMK that can perform this operation.";
        return Err(ApiError::new("IncorrectKeyException", message));
    }
    let record = usable(record)?;
    let context: BTreeMap<String, String> = call.text_map(context);
    let plaintext = open(&record, &ciphertext, &context)?;
    Ok((record, plaintext))
}

fn blob(call: &Call<'_>, member: &str) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    bytes64::decode(call.required_text(member)).ok_or_else(|| crate::shape::serialization("Invalid base64 text"))
}

fn only_symmetric(call: &Call<'_>, member: &str) -> Result<(), ApiError> {
    match call.text(member) {
        None | Some("SYMMETRIC_DEFAULT") => Ok(()),
        Some(other) => {
            Err(ApiError::new("InvalidKeyUsageException", format!("Algorithm {other} and key spec SYMMETRIC_DEFAULT are incompatible.")))
        }
    }
}

/// The last check before the key is used.
fn ready(call: &Call<'_>) -> Result<(), ApiError> {
    no_grants(call)?;
    if call.flag("DryRun") {
        return Err(ApiError::new("DryRunOperationException", "The request would have succeeded, but the DryRun option is set."));
    }
    Ok(())
}

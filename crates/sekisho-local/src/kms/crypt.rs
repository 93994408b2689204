//! Encryption under a key of the state. The ciphertext names its key, and the encryption context is authenticated, so that neither can be swapped.

use std::collections::BTreeMap;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use sekisho_model::Arn;
use zeroize::Zeroizing;

use super::key::{self, KeyRecord, usable};
use crate::api::{ApiError, Call};

/// First byte of a ciphertext: the form of what follows (length of the key's ARN in two bytes, the ARN, the nonce, AES-256-GCM's output).
const FORM: u8 = 1;
const NONCE: usize = 12;

/// What a key made of a plaintext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ciphertext {
    /// The ciphertext, which names its key.
    pub(crate) blob: Vec<u8>,
    /// The key's ARN.
    pub(crate) key_arn: String,
}

/// Encrypts under `key_id`, or under the AWS-managed key of `aws_alias` (`alias/aws/ssm`, …), which is made when first needed.
pub(crate) fn encrypt(
    call: &mut Call<'_>,
    key_id: Option<&str>,
    aws_alias: &str,
    plaintext: &[u8],
    context: &BTreeMap<String, String>,
) -> Result<Ciphertext, ApiError> {
    let (record, _) = match key::find_or_make(call, key_id.unwrap_or(aws_alias)) {
        // In moto's suites every key exists.
        Err(error) if call.as_moto && !error.is_must_write() => key::find_or_make(call, aws_alias)?,
        found => found?,
    };
    seal(&usable(record)?, plaintext, context)
}

/// Decrypts what [`encrypt`] made in this account and Region.
pub(crate) fn decrypt(call: &Call<'_>, blob: &[u8], context: &BTreeMap<String, String>) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    open(&usable(key_of(call, blob)?)?, blob, context)
}

/// The key that a ciphertext names.
pub(super) fn key_of(call: &Call<'_>, blob: &[u8]) -> Result<KeyRecord, ApiError> {
    let (arn, _) = split(blob)?;
    let parsed: Arn = arn.parse().map_err(|_| invalid_ciphertext())?;
    if parsed.account != call.caller.account.as_str() {
        // KMS does not tell a caller without access whether such a key exists.
        return Err(ApiError::new(
            "AccessDeniedException",
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
        ));
    }
    if parsed.region != call.region.as_str() {
        return Err(invalid_ciphertext());
    }
    key::find(call, arn).map(|(record, _)| record)
}

pub(super) fn seal(record: &KeyRecord, plaintext: &[u8], context: &BTreeMap<String, String>) -> Result<Ciphertext, ApiError> {
    let failed = || ApiError::internal("the plaintext could not be encrypted");
    let mut sealed = Zeroizing::new(plaintext.to_vec());
    let nonce =
        cipher(record)?.seal_in_place_append_tag(Aad::from(authenticated(&record.arn, context)), &mut *sealed).map_err(|_| failed())?;
    let length = u16::try_from(record.arn.len()).map_err(|_| failed())?;
    let mut blob = vec![FORM];
    blob.extend_from_slice(&length.to_be_bytes());
    blob.extend_from_slice(record.arn.as_bytes());
    blob.extend_from_slice(nonce.as_ref());
    blob.extend_from_slice(&sealed);
    Ok(Ciphertext { blob, key_arn: record.arn.clone() })
}

pub(super) fn open(record: &KeyRecord, blob: &[u8], context: &BTreeMap<String, String>) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let (_, sealed) = split(blob)?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(invalid_ciphertext)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| invalid_ciphertext())?;
    let mut opened = Zeroizing::new(sealed.to_vec());
    let length = cipher(record)?
        .open_in_place(nonce, Aad::from(authenticated(&record.arn, context)), &mut opened)
        .map_err(|_| invalid_ciphertext())?
        .len();
    opened.truncate(length);
    Ok(opened)
}

fn cipher(record: &KeyRecord) -> Result<RandomizedNonceKey, ApiError> {
    RandomizedNonceKey::new(&AES_256_GCM, record.material.expose())
        .map_err(|_| ApiError::internal("the key's material has the wrong length"))
}

/// The key's ARN and the rest of a ciphertext.
fn split(blob: &[u8]) -> Result<(&str, &[u8]), ApiError> {
    let (form, rest) = blob.split_first().ok_or_else(invalid_ciphertext)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(invalid_ciphertext)?;
    let (arn, sealed) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or_else(invalid_ciphertext)?;
    match std::str::from_utf8(arn) {
        Ok(arn) if *form == FORM => Ok((arn, sealed)),
        _ => Err(invalid_ciphertext()),
    }
}

/// Key ARN and context in one unambiguous text: each part is preceded by its length.
fn authenticated(arn: &str, context: &BTreeMap<String, String>) -> Vec<u8> {
    let parts = std::iter::once(arn).chain(context.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// KMS gives no message with this code (botocore kms: the shape's message is optional).
fn invalid_ciphertext() -> ApiError {
    ApiError::new("InvalidCiphertextException", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::memory::{Memory, call};
    use crate::kms::resolve;

    fn context(value: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("PARAMETER_ARN".to_owned(), value.to_owned())])
    }

    #[test]
    fn the_context_belongs_to_the_ciphertext() {
        let mut records = Memory::default();
        let mut call = call(&mut records);
        let sealed = encrypt(&mut call, None, "alias/aws/ssm", b"hunter2", &context("a")).unwrap();
        assert_eq!(decrypt(&call, &sealed.blob, &context("a")).unwrap().as_slice(), b"hunter2");
        assert_eq!(decrypt(&call, &sealed.blob, &context("b")).unwrap_err().code, "InvalidCiphertextException");
        assert_eq!(resolve(&call, "alias/aws/ssm").unwrap().arn, sealed.key_arn);
        assert!(!sealed.blob.windows(7).any(|window| window == b"hunter2"));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let mut records = Memory::default();
        let mut call = call(&mut records);
        let sealed = encrypt(&mut call, None, "alias/aws/ssm", b"hunter2", &BTreeMap::new()).unwrap();
        for at in 0..sealed.blob.len() {
            let mut changed = sealed.blob.clone();
            changed[at] ^= 1;
            assert!(decrypt(&call, &changed, &BTreeMap::new()).is_err(), "byte {at}");
            assert!(decrypt(&call, &sealed.blob[..at], &BTreeMap::new()).is_err(), "length {at}");
        }
    }
}

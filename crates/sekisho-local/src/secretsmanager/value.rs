//! Values under their keys, and how Secrets Manager tells what KMS said.

use std::collections::BTreeMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use zeroize::Zeroizing;

use super::error::{is_ours, version_not_found};
use super::input::Given;
use super::record::{AWS_MANAGED_ALIAS, Kind, Sealed, Sealing, SecretRecord, load_value, save_value};
use super::stage::{CURRENT, PENDING, PREVIOUS};
use crate::api::{ApiError, Call};
use crate::bytes64::SecretBytes;
use crate::kms;

/// How ListSecretVersionIds names the key that AWS manages.
const DEFAULT_KEY: &str = "DefaultEncryptionKey";

/// Encrypts `given` as the value of version `id`, which is in the secret's record already, and writes it.
pub(super) fn store(call: &mut Call<'_>, secret: &mut SecretRecord, id: &str, given: &Given) -> Result<(), ApiError> {
    let sealing = seal(call, secret, id, &given.bytes)?;
    save_value(call, secret, id, &Sealed { kind: given.kind, copies: vec![sealing] })?;
    let key_id = key_name(secret);
    if let Some(version) = secret.version_mut(id) {
        version.key_ids = vec![key_id];
    }
    Ok(())
}

/// A version's value, decrypted.
pub(super) fn open(call: &Call<'_>, secret: &SecretRecord, id: &str) -> Result<(Kind, Zeroizing<Vec<u8>>), ApiError> {
    let sealed = load_value(call, secret, id)?.ok_or_else(|| version_not_found(id))?;
    let context = context(secret, id);
    let mut failure = None;
    // The newest key first; where it does not open the value any more, an earlier one may.
    for copy in sealed.copies.iter().rev() {
        match kms::decrypt(call, copy.blob.expose(), &context) {
            Ok(bytes) => return Ok((sealed.kind, bytes)),
            Err(error) if is_ours(&error) => return Err(error),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(refused(failure, "DecryptionFailure", "Secrets Manager can't decrypt the protected secret text using the provided KMS key."))
}

/// Whether version `id` has exactly this value.
pub(super) fn is_same(call: &Call<'_>, secret: &SecretRecord, id: &str, given: &Given) -> Result<bool, ApiError> {
    let (kind, bytes) = open(call, secret, id)?;
    Ok(kind == given.kind && verify_slices_are_equal(&bytes, &given.bytes).is_ok())
}

/// After a change of the secret's key: encrypts AWSCURRENT, AWSPENDING and AWSPREVIOUS under the new key too. What the previous key does not open
/// any more stays as it is (Secrets Manager guide, "Change the encryption key"). Other versions stay under their old key.
pub(super) fn encrypt_again(call: &mut Call<'_>, secret: &mut SecretRecord) -> Result<(), ApiError> {
    let labelled = |stages: &[String]| stages.iter().any(|stage| [CURRENT, PENDING, PREVIOUS].contains(&stage.as_str()));
    let ids: Vec<String> = secret
        .versions
        .iter()
        .filter(|version| version.has_value() && labelled(&version.stages))
        .map(|version| version.id.clone())
        .collect();
    for id in ids {
        let bytes = match open(call, secret, &id) {
            Ok((_, bytes)) => bytes,
            Err(error) if is_ours(&error) => return Err(error),
            Err(_) => continue,
        };
        let sealing = seal(call, secret, &id, &bytes)?;
        let Some(mut sealed) = load_value(call, secret, &id)? else { continue };
        sealed.copies.retain(|copy| copy.key_arn != sealing.key_arn);
        sealed.copies.push(sealing);
        save_value(call, secret, &id, &sealed)?;
        let key_id = key_name(secret);
        if let Some(version) = secret.version_mut(&id) {
            version.key_ids.retain(|known| *known != key_id);
            version.key_ids.push(key_id);
        }
    }
    Ok(())
}

fn seal(call: &mut Call<'_>, secret: &SecretRecord, id: &str, bytes: &[u8]) -> Result<Sealing, ApiError> {
    // The key that AWS manages lets nobody from another account in (facts/iam.md A5).
    if secret.kms_key_id.is_none() && secret.account != call.caller.account.as_str() {
        return Err(access_denied());
    }
    match kms::encrypt(call, secret.kms_key_id.as_deref(), AWS_MANAGED_ALIAS, bytes, &context(secret, id)) {
        Ok(sealed) => Ok(Sealing { key_arn: sealed.key_arn, blob: SecretBytes::new(sealed.blob) }),
        Err(error) if is_ours(&error) => Err(error),
        Err(error) => Err(refused(
            Some(error),
            "EncryptionFailure",
            "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.",
        )),
    }
}

/// What Secrets Manager tells KMS of a value (Secrets Manager guide, "Encryption context").
fn context(secret: &SecretRecord, version: &str) -> BTreeMap<String, String> {
    [("SecretARN", secret.arn.as_str()), ("SecretVersionId", version)].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn key_name(secret: &SecretRecord) -> String {
    secret.kms_key_id.clone().unwrap_or_else(|| DEFAULT_KEY.to_owned())
}

/// A missing right is told as such; for every other reason botocore's model has one code for each direction.
fn refused(error: Option<ApiError>, code: &str, message: &str) -> ApiError {
    match error {
        Some(error) if error.code == "AccessDeniedException" => access_denied(),
        _ => ApiError::new(code, message),
    }
}

fn access_denied() -> ApiError {
    ApiError::new("AccessDeniedException", "Access to KMS is not allowed")
}

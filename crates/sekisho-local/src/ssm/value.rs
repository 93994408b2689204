//! What a value must be, and how it is kept and shown. No message here shows one.

use std::collections::BTreeMap;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::record::{self, SECURE, Version};
use super::validation;
use crate::api::{ApiError, Call};
use crate::bytes64::{self, SecretBytes};
use crate::kms;

/// Sizes in bytes (facts/iam.md C).
pub(super) const STANDARD: usize = 4096;
const ADVANCED: usize = 8192;

/// The key of parameters that name none.
pub(super) const DEFAULT_KEY: &str = "alias/aws/ssm";

pub(super) fn check(value: &str) -> Result<(), ApiError> {
    if value.is_empty() {
        return Err(validation(
            "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
        ));
    }
    // "You can't include {{}} or {{ssm:parameter-name}} in a parameter value" (Systems Manager guide, "Creating parameters").
    if value.contains("{{") && value.contains("}}") {
        return Err(validation("Parameter value can't nest another parameter. Do not use \"{{}}\" in the value."));
    }
    Ok(())
}

pub(super) fn check_size(value: &str, tier: &str) -> Result<(), ApiError> {
    match tier {
        "Standard" if value.len() > STANDARD => Err(validation(format!(
            "Standard tier parameters support a maximum parameter value of {STANDARD} characters. To create a larger parameter value, upgrade the \
             parameter to use the advanced-parameter tier. For more information, see \
             https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        ))),
        _ if value.len() > ADVANCED => Err(validation(format!(
            "Advanced tier parameters support a maximum parameter value of {ADVANCED} characters. For more information, see \
             https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        ))),
        _ => Ok(()),
    }
}

/// A value must have a match of the pattern somewhere. AWS runs Java's expressions, of which look-around and back references are not known here.
pub(super) fn check_pattern(value: &str, pattern: &str) -> Result<(), ApiError> {
    let expression = regex_lite::RegexBuilder::new(pattern).size_limit(1 << 20).build();
    let expression = expression
        .map_err(|_| ApiError::new("InvalidAllowedPatternException", "The request does not meet the regular expression requirement."))?;
    if expression.is_match(value) {
        return Ok(());
    }
    Err(ApiError::new(
        "ParameterPatternMismatchException",
        format!("Parameter value, cannot be validated against allowedPattern: {pattern}"),
    ))
}

pub(super) fn check_data_type(data_type: &str) -> Result<(), ApiError> {
    match data_type {
        "text" | "aws:ssm:integration" | "aws:ec2:image" => Ok(()),
        other => Err(validation(format!("The following data type is not supported: {other} (Data type names are all lowercase.)"))),
    }
}

/// A value as it is kept.
pub(super) fn keep(call: &mut Call<'_>, name: &str, kind: &str, key_id: Option<&str>, value: &str) -> Result<SecretBytes, ApiError> {
    if kind != SECURE {
        return Ok(SecretBytes::new(value.as_bytes().to_vec()));
    }
    let context = context(call, name);
    let sealed = kms::encrypt(call, key_id, DEFAULT_KEY, value.as_bytes(), &context).map_err(key_error)?;
    Ok(SecretBytes::new(sealed.blob))
}

/// A version's value as a request shows it: without decryption, a SecureString is KMS's ciphertext in base64.
pub(super) fn show(call: &Call<'_>, name: &str, version: &Version, decrypt: bool) -> Result<Zeroizing<String>, ApiError> {
    if version.kind == SECURE && !decrypt {
        return Ok(Zeroizing::new(bytes64::encode(version.value.expose())));
    }
    let bytes = if version.kind == SECURE {
        kms::decrypt(call, version.value.expose(), &context(call, name)).map_err(key_error)?
    } else {
        Zeroizing::new(version.value.expose().to_vec())
    };
    std::str::from_utf8(&bytes)
        .map(|text| Zeroizing::new(text.to_owned()))
        .map_err(|_| ApiError::internal("a parameter's value is not UTF-8"))
}

fn context(call: &Call<'_>, name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("PARAMETER_ARN".to_owned(), record::arn(call, name).to_string())])
}

/// A key that is missing, disabled or about to be deleted is `InvalidKeyId` here, with KMS's own words (facts/iam.md A5); a refusal stays one.
fn key_error(error: ApiError) -> ApiError {
    match error.code.as_str() {
        "NotFoundException" | "DisabledException" | "KMSInvalidStateException" | "InvalidCiphertextException" => ApiError::new(
            "InvalidKeyId",
            format!(
                "{} (Service: AWSKMS; Status Code: 400; Error Code: {}; Request ID: {}; Proxy: null)",
                error.message,
                error.code,
                Uuid::new_v4()
            ),
        ),
        _ => error,
    }
}

//! What suites that were written for moto take for granted, in test mode (`local start --test-mode`) only. moto's own tests run against this endpoint
//! in that mode: they hold most of it to an outside standard, and the habits below keep them from failing on what is no behaviour of AWS.
//!
//! - No signature is looked at, the account is 123456789012, and who calls is not told: `LastModifiedUser` is `N/A`.
//! - A KMS key that a request names exists, whatever it is called: what it should encrypt is encrypted under the service's own key.
//! - Parameter Store's pages hold ten entries where nothing is said, and their tokens are offsets.
//! - A rotation without a function is finished at once: a new version with the old value.
//! - A replica does not tell its resource policy; a password with spaces has one, however short it is.
//! - Wordings of [`reword`], where AWS's own text is another or not known.
//!
//! What of moto's tests is left out all the same stands with a reason in `xtask/moto/skipped.txt`.

use serde_json::{Map, Value};

use crate::api::ApiError;
use crate::paging::Page;

/// `LastModifiedUser`.
pub(crate) const NOBODY: &str = "N/A";
/// Of a secret, in BatchGetSecretValue's list of errors.
pub(crate) const MARKED_DELETED: &str = "You tried to perform the operation on a secret that's currently marked deleted.";
/// Entries of a page.
pub(crate) const PAGE: usize = 10;

/// A page whose token is the offset of the next one.
pub(crate) fn page<T>(items: Vec<(String, T)>, limit: usize, token: Option<&str>, invalid: fn() -> ApiError) -> Result<Page<T>, ApiError> {
    let offset: usize = token.map_or(Ok(0), |token| token.parse().map_err(|_| invalid()))?;
    let next = offset.saturating_add(limit);
    // A full page has a token, even where nothing follows.
    let next = (next <= items.len()).then(|| next.to_string());
    Ok(Page { items: items.into_iter().skip(offset).take(limit).map(|(_, item)| item).collect(), next })
}

/// An error in moto's words.
pub(crate) fn reword(operation: &str, input: &Map<String, Value>, error: ApiError) -> ApiError {
    let name = input.get("Name").and_then(Value::as_str).unwrap_or_default();
    let prefixed =
        |text: &str| format!("An error occurred (ParameterVersionLabelLimitExceeded) when calling the {operation} operation: {text}");
    let labels = "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.";
    let unfit = |member: &str| error.code == "ValidationException" && error.message.contains(&format!("at '{member}' failed"));
    match operation {
        "RotateSecret" if unfit("clientRequestToken") => {
            return ApiError::new("InvalidParameterException", "ClientRequestToken must be 32-64 characters long.");
        }
        "RotateSecret" if unfit("rotationRules.automaticallyAfterDays") => {
            return ApiError::new("InvalidParameterException", "RotationRules.AutomaticallyAfterDays must be within 1-1000.");
        }
        "AddTagsToResource" | "ListTagsForResource" | "RemoveTagsFromResource" if unfit("resourceType") => {
            return ApiError { code: "InvalidResourceType".into(), ..error };
        }
        "GetParametersByPath" if unfit("maxResults") => {
            let asked = input.get("MaxResults").and_then(Value::as_i64).unwrap_or_default();
            return ApiError { message: error.message.replace(&format!("'{asked}'"), &asked.to_string()), ..error };
        }
        "GetRandomPassword" if error.code == "ValidationException" => return ApiError { code: "InvalidParameterValue".into(), ..error },
        _ => {}
    }
    let message = match (error.code.as_str(), operation) {
        ("ParameterNotFound", _) if name.starts_with("/aws/reference/secretsmanager/") => {
            format!("An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret {name} not found.")
        }
        ("ParameterNotFound", _) if error.message.is_empty() => format!("Parameter {name} not found."),
        ("ParameterVersionLabelLimitExceeded", _) => prefixed(labels),
        ("ValidationException", "LabelParameterVersion") if error.message.ends_with("less than or equal to 10") => prefixed(labels),
        ("ValidationException", "GetParameters" | "GetParameterHistory") if error.message.contains(" less than or equal to ") => {
            format!("{}.", error.message)
        }
        _ => return error,
    };
    ApiError { message, ..error }
}

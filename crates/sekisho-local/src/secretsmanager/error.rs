//! Secrets Manager's words for no.

use crate::api::ApiError;

pub(super) fn invalid_parameter(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterException", message)
}

pub(super) fn invalid_request(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidRequestException", message)
}

pub(super) fn exists(message: impl Into<String>) -> ApiError {
    ApiError::new("ResourceExistsException", message)
}

pub(super) fn limit_exceeded(message: impl Into<String>) -> ApiError {
    ApiError::new("LimitExceededException", message)
}

pub(super) fn not_found() -> ApiError {
    ApiError::new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

pub(super) fn stage_not_found(label: &str) -> ApiError {
    let message = format!("Secrets Manager can't find the specified secret value for staging label: {label}");
    ApiError::new("ResourceNotFoundException", message)
}

pub(super) fn version_not_found(id: &str) -> ApiError {
    let message = format!("Secrets Manager can't find the specified secret value for VersionId: {id}");
    ApiError::new("ResourceNotFoundException", message)
}

pub(super) fn marked_for_deletion() -> ApiError {
    invalid_request("You can't perform this operation on the secret because it was marked for deletion.")
}

pub(super) fn token_in_use(token: &str, arn: &str) -> ApiError {
    exists(format!("You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."))
}

pub(super) fn invalid_next_token() -> ApiError {
    ApiError::new("InvalidNextTokenException", "The NextToken value is invalid.")
}

/// AWS allows `!` in its message and in names that its own services give (`rds!cluster-…`), though CreateSecret's documentation does not list it.
pub(super) fn invalid_name() -> ApiError {
    let message = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
    ApiError::new("ValidationException", message)
}

/// What AWS's common validation says of a member whose value nobody may see.
pub(super) fn length(member: &str, constraint: &str) -> ApiError {
    let message =
        format!("1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have length {constraint}");
    ApiError::new("ValidationException", message)
}

/// An error that is no answer to the caller: the call must be run again as a writing one, or this endpoint failed.
pub(super) fn is_ours(error: &ApiError) -> bool {
    error.is_must_write() || error.status >= 500
}

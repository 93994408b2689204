//! How requests name parameters.

use sekisho_model::{Arn, ParameterName, ParameterNameError};

use super::{not_found, validation};
use crate::api::{ApiError, Call};

/// A name without the spaces around it, which Parameter Store removes (botocore ssm, PutParameter).
pub(super) fn trimmed(name: &str) -> &str {
    name.trim_matches(' ')
}

/// A name that PutParameter takes.
pub(super) fn to_put(name: &str) -> Result<&str, ApiError> {
    let name = trimmed(name);
    let in_path = name.starts_with('/') && name.matches('/').count() > 1;
    match name.parse::<ParameterName>() {
        Ok(parsed) if parsed.is_provided_by_aws() => Err(reserved(name)),
        Ok(_) => Ok(name),
        Err(ParameterNameError::Reserved { .. }) if in_path && name.to_ascii_lowercase().starts_with("/aws") => Err(reserved(name)),
        Err(ParameterNameError::Reserved { .. }) if !in_path => {
            Err(validation("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive)."))
        }
        Err(ParameterNameError::NoLeadingSlash { .. }) => Err(validation("Parameter name must be a fully qualified name.")),
        Err(ParameterNameError::Deep { .. }) => Err(ApiError::new(
            "HierarchyLevelLimitExceededException",
            "A parameter name hierarchy can have a maximum of 15 levels. Enter a name with fewer levels and try again.",
        )),
        Err(ParameterNameError::Long { .. }) => {
            Err(validation("The parameter name, together with its ARN, exceeds the maximum length of 1011 characters."))
        }
        Err(_) => Err(form()),
    }
}

fn reserved(name: &str) -> ApiError {
    ApiError::new("AccessDeniedException", format!("No access to reserved parameter name: {name}."))
}

fn form() -> ApiError {
    validation(
        "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash \
         symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_",
    )
}

/// What a reading request names: a parameter, and perhaps one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// A version's number or a label.
    pub(super) selector: Option<String>,
}

/// A name or an ARN, with `:version` or `:label` behind it.
pub(super) fn to_read(call: &Call<'_>, text: &str, action: &str) -> Result<Named, ApiError> {
    let text = trimmed(text);
    if text.starts_with("arn:") {
        return by_arn(call, text, action);
    }
    let (name, selector) = split(text);
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(&byte)) && !name.starts_with(super::get::REFERENCE) {
        return Err(form());
    }
    Ok(Named { name: name.to_owned(), selector })
}

fn split(text: &str) -> (&str, Option<String>) {
    match text.split_once(':') {
        Some((name, selector)) => (name, Some(selector.to_owned())),
        None => (text, None),
    }
}

fn by_arn(call: &Call<'_>, text: &str, action: &str) -> Result<Named, ApiError> {
    let arn: Arn = text.parse().map_err(|_| not_found())?;
    let path = arn.resource.strip_prefix("parameter/").filter(|_| arn.service == "ssm").ok_or_else(not_found)?;
    let (path, selector) = split(path);
    // A parameter is read at its own Region's endpoint.
    if arn.region != call.region.as_str() || arn.partition != call.region.partition().as_str() {
        return Err(not_found());
    }
    if arn.account != call.caller.account.as_str() {
        // No parameter is shared here. AWS says the same of one that is not (facts/iam.md A6).
        return Err(ApiError::new(
            "AccessDeniedException",
            format!(
                "User: {} is not authorized to perform: ssm:{action} on resource: {text} because no resource-based policy allows the ssm:{action} action",
                call.caller.arn
            ),
        ));
    }
    let name = if path.contains('/') { format!("/{path}") } else { path.to_owned() };
    Ok(Named { name, selector })
}

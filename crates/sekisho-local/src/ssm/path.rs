//! GetParametersByPath.

use serde_json::{Value, json};

use super::filter::{self, Filter, For};
use super::get::shown;
use super::name::trimmed;
use super::record::Parameter;
use super::{NAME, record, validation};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, TEXT, check, optional, required};

const INPUT: &[Member] = &[
    required("Path", NAME),
    optional("Recursive", Shape::Bool),
    optional("ParameterFilters", filter::FILTERS),
    optional("WithDecryption", Shape::Bool),
    optional("MaxResults", Shape::Number { min: 1, max: 10 }),
    optional("NextToken", TEXT),
];

pub(super) fn get_parameters_by_path(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, INPUT)?;
    let path = checked(trimmed(call.required_text("Path")))?.to_owned();
    let filters = filter::read(call, For::Path)?;
    let label = filters.iter().find(|filter| filter.key == "Label").and_then(|filter| filter.values.first().cloned());
    // With a label, the version that bears it is shown instead of the latest.
    let number = |parameter: &Parameter| match &label {
        None => Some(parameter.latest),
        Some(label) => parameter.labels.get(label).copied(),
    };
    let below = if path.is_empty() { String::new() } else { format!("{path}/") };
    let mut matching = Vec::new();
    for parameter in record::beginning_with(call, &below)? {
        let Some(number) = number(&parameter).filter(|_| is_below(&parameter.name, &path, call.flag("Recursive"))) else { continue };
        if filters.iter().any(Filter::asks_for_version) {
            let version = record::version(call, &parameter.name, number)?;
            if !version.is_some_and(|version| filters.iter().all(|filter| filter.admits_version(call, &version))) {
                continue;
            }
        }
        matching.push((parameter.name.clone(), (parameter, number)));
    }
    let page = super::page(call, matching, 10)?;
    let decrypt = call.flag("WithDecryption");
    let mut parameters = Vec::new();
    for (parameter, number) in page.items {
        if let Some(version) = record::version(call, &parameter.name, number)? {
            parameters.push(shown(call, &parameter, &version, label.as_deref(), decrypt)?);
        }
    }
    let mut answer = json!({ "Parameters": parameters });
    if let (Some(members), Some(next)) = (answer.as_object_mut(), page.next) {
        members.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

/// A path without the slash at its end.
pub(super) fn checked(path: &str) -> Result<&str, ApiError> {
    let well_formed =
        path.starts_with('/') && !path.contains("//") && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(&byte));
    if !well_formed {
        return Err(validation(
            "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \"/\". It can't be \
             prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - \
             (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol \"/\". \
             Valid example: /get/parameters2-/by1./path0_.",
        ));
    }
    Ok(path.trim_end_matches('/'))
}

/// Whether the parameter lies below the path: directly, or at any depth. Names without slashes lie directly below the root.
pub(super) fn is_below(name: &str, path: &str, recursive: bool) -> bool {
    let rest =
        if path.is_empty() { Some(name.trim_start_matches('/')) } else { name.strip_prefix(path).and_then(|rest| rest.strip_prefix('/')) };
    rest.is_some_and(|rest| !rest.is_empty() && (recursive || !rest.contains('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_holds_what_is_below_it_and_no_namesakes() {
        assert!(is_below("/shop/db", "/shop", false));
        assert!(!is_below("/shop/db/password", "/shop", false));
        assert!(is_below("/shop/db/password", "/shop", true));
        assert!(!is_below("/shopping/db", "/shop", true));
        assert!(!is_below("/shop", "/shop", true));
        assert!(is_below("plain", "", false));
        assert!(is_below("/a", "", false));
        assert!(!is_below("/a/b", "", false));
    }
}

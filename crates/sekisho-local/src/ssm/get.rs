//! GetParameter and GetParameters.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::name::{Named, to_read};
use super::record::{self, Parameter, Version};
use super::{NAME, NAMES, not_found, validation, value};
use crate::api::{ApiError, Call, timestamp};
use crate::shape::{Shape, check, optional, required};

/// Names below this are secrets of Secrets Manager, read through Parameter Store (facts/iam.md C).
pub(super) const REFERENCE: &str = "/aws/reference/secretsmanager/";

pub(super) fn get_parameter(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("Name", NAME), optional("WithDecryption", Shape::Bool)])?;
    let named = to_read(call, call.required_text("Name"), "GetParameter")?;
    let decrypt = call.flag("WithDecryption");
    Ok(json!({ "Parameter": read(call, &named, decrypt)? }))
}

pub(super) fn get_parameters(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("Names", NAMES), optional("WithDecryption", Shape::Bool)])?;
    let names: Vec<String> = call.texts("Names").into_iter().map(str::to_owned).collect();
    let decrypt = call.flag("WithDecryption");
    // Sorted by name, and each once.
    let (mut found, mut invalid) = (BTreeMap::new(), Vec::new());
    for name in names {
        let read = to_read(call, &name, "GetParameters").and_then(|named| {
            let parameter = read(call, &named, decrypt)?;
            Ok(((named.name, named.selector), parameter))
        });
        match read {
            Ok((key, parameter)) => {
                found.insert(key, parameter);
            }
            Err(error) if ["ParameterNotFound", "ParameterVersionNotFound"].contains(&error.code.as_str()) => {
                if !invalid.contains(&name) {
                    invalid.push(name);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(json!({ "Parameters": found.into_values().collect::<Vec<_>>(), "InvalidParameters": invalid }))
}

fn read(call: &mut Call<'_>, named: &Named, decrypt: bool) -> Result<Value, ApiError> {
    if let Some(secret) = named.name.strip_prefix(REFERENCE) {
        return reference(call, named, secret, decrypt);
    }
    let parameter = record::required(call, &named.name)?;
    let version = select(call, &parameter, named.selector.as_deref())?;
    shown(call, &parameter, &version, named.selector.as_deref(), decrypt)
}

/// The version that a number or a label selects, or the latest.
fn select(call: &Call<'_>, parameter: &Parameter, selector: Option<&str>) -> Result<Version, ApiError> {
    let Some(selector) = selector else { return record::latest(call, parameter) };
    // Neither a version nor a label has a colon in it.
    if selector.contains(':') {
        return Err(not_found());
    }
    let name = &parameter.name;
    let missing = |what: &str| {
        let message = format!("Systems Manager could not find {what} {selector} of {name}. Verify the {what} and try again.");
        ApiError::new("ParameterVersionNotFound", message)
    };
    let (number, what) = match selector.parse::<u64>() {
        Ok(number) => (Some(number), "version"),
        Err(_) => (parameter.labels.get(selector).copied(), "label"),
    };
    let version = number.map(|number| record::version(call, name, number)).transpose()?.flatten();
    version.ok_or_else(|| missing(what))
}

/// A version as the reading operations answer it.
pub(super) fn shown(
    call: &Call<'_>,
    parameter: &Parameter,
    version: &Version,
    selector: Option<&str>,
    decrypt: bool,
) -> Result<Value, ApiError> {
    let name = &parameter.name;
    let mut value = value::show(call, name, version, decrypt)?;
    let mut members = Map::from_iter([
        ("Name".to_owned(), Value::from(name.as_str())),
        ("Type".to_owned(), Value::from(version.kind.as_str())),
        ("Value".to_owned(), Value::from(std::mem::take(&mut *value))),
        ("Version".to_owned(), Value::from(version.version)),
        ("LastModifiedDate".to_owned(), timestamp(version.modified)),
        ("ARN".to_owned(), Value::from(record::arn(call, name).to_string())),
        ("DataType".to_owned(), Value::from(version.data_type.as_str())),
    ]);
    if let Some(selector) = selector {
        members.insert("Selector".to_owned(), format!(":{selector}").into());
    }
    Ok(Value::Object(members))
}

/// A secret of Secrets Manager as a parameter. What stands behind the colon is a staging label or a version's id.
fn reference(call: &mut Call<'_>, named: &Named, secret: &str, decrypt: bool) -> Result<Value, ApiError> {
    if !decrypt {
        return Err(validation("WithDecryption flag must be True for retrieving a Secret Manager secret."));
    }
    let mut input = Map::from_iter([("SecretId".to_owned(), Value::from(secret))]);
    if let Some(selector) = &named.selector {
        let member = if uuid::Uuid::try_parse(selector).is_ok() { "VersionId" } else { "VersionStage" };
        input.insert(member.to_owned(), selector.as_str().into());
    }
    let source = crate::services::run(call, "secretsmanager", "GetSecretValue", input).map_err(|error| match error.code.as_str() {
        "ResourceNotFoundException" => not_found(),
        _ => error,
    })?;
    let member = |name: &str| source.get(name).cloned().unwrap_or_default();
    let mut parameter = json!({
        "Name": named.name,
        "Type": record::SECURE,
        "Value": member("SecretString"),
        "Version": 0,
        "SourceResult": source.to_string(),
        "LastModifiedDate": member("CreatedDate"),
        "ARN": member("ARN"),
        "DataType": "text",
    });
    if let (Some(members), Some(selector)) = (parameter.as_object_mut(), &named.selector) {
        members.insert("Selector".to_owned(), format!(":{selector}").into());
    }
    crate::front::wipe(source);
    Ok(parameter)
}

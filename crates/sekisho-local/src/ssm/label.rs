//! LabelParameterVersion and UnlabelParameterVersion.

use serde_json::{Value, json};

use super::name::trimmed;
use super::record::{self, Parameter};
use super::{NAME, not_found};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional, required};

const LIMIT: usize = 10;
const LABELS: Shape = Shape::List { min: 1, max: LIMIT, of: &Shape::Text { min: 1, max: 100 } };
const VERSION: Shape = Shape::Number { min: 0, max: i64::MAX };
const LABEL: &[Member] = &[required("Name", NAME), optional("ParameterVersion", VERSION), required("Labels", LABELS)];
const UNLABEL: &[Member] = &[required("Name", NAME), required("ParameterVersion", VERSION), required("Labels", LABELS)];

pub(super) fn label_parameter_version(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, LABEL)?;
    let mut parameter = parameter(call)?;
    let version = version(call, &parameter)?;
    let (labels, invalid): (Vec<String>, Vec<String>) = labels(call).partition(|label| is_valid(label));
    // A label stands at one version: it moves.
    parameter.labels.extend(labels.into_iter().map(|label| (label, version)));
    if parameter.labels_of(version).len() > LIMIT {
        return Err(ApiError::new(
            "ParameterVersionLabelLimitExceeded",
            "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.",
        ));
    }
    record::save(call, &parameter)?;
    Ok(json!({ "InvalidLabels": invalid, "ParameterVersion": version }))
}

pub(super) fn unlabel_parameter_version(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, UNLABEL)?;
    let mut parameter = parameter(call)?;
    let version = version(call, &parameter)?;
    let (removed, invalid): (Vec<String>, Vec<String>) = labels(call).partition(|label| parameter.labels.get(label) == Some(&version));
    for label in &removed {
        parameter.labels.remove(label);
    }
    record::save(call, &parameter)?;
    Ok(json!({ "RemovedLabels": removed, "InvalidLabels": invalid }))
}

fn parameter(call: &Call<'_>) -> Result<Parameter, ApiError> {
    let name = trimmed(call.required_text("Name"));
    record::find(call, name)?.ok_or_else(|| ApiError { message: format!("Parameter {name} not found."), ..not_found() })
}

/// The version that the request names, or the latest.
fn version(call: &Call<'_>, parameter: &Parameter) -> Result<u64, ApiError> {
    let asked = call.number("ParameterVersion").map_or(parameter.latest, i64::unsigned_abs);
    if (parameter.oldest..=parameter.latest).contains(&asked) {
        return Ok(asked);
    }
    let message = format!("Systems Manager could not find version {asked} of {}. Verify the version and try again.", parameter.name);
    Err(ApiError::new("ParameterVersionNotFound", message))
}

fn labels(call: &Call<'_>) -> impl Iterator<Item = String> + use<> {
    call.texts("Labels").into_iter().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Letters, digits and `._-`, beginning with neither a digit nor `aws` nor `ssm` (botocore ssm, LabelParameterVersion).
fn is_valid(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        && !label.starts_with(|first: char| first.is_ascii_digit())
        && !["aws", "ssm"].iter().any(|prefix| lower.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn labels_keep_the_rules_of_the_model() {
        assert!(["production", "v1.2_3-x", "_x"].iter().all(|label| is_valid(label)));
        assert!(["1st", "awsome", "SSM", "a b", "a/b", "ラベル"].iter().all(|label| !is_valid(label)));
    }
}

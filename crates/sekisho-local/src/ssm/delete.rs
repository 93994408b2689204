//! DeleteParameter and DeleteParameters.

use serde_json::{Value, json};

use super::name::trimmed;
use super::{NAME, NAMES, record};
use crate::api::{ApiError, Call};
use crate::shape::{check, required};

pub(super) fn delete_parameter(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("Name", NAME)])?;
    let parameter = record::required(call, trimmed(call.required_text("Name")))?;
    record::delete(call, &parameter).map(|()| json!({}))
}

pub(super) fn delete_parameters(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("Names", NAMES)])?;
    let names: Vec<String> = call.texts("Names").into_iter().map(str::to_owned).collect();
    let (mut deleted, mut invalid) = (Vec::new(), Vec::new());
    for name in names {
        match record::find(call, trimmed(&name))? {
            Some(parameter) => {
                record::delete(call, &parameter)?;
                deleted.push(name);
            }
            None if deleted.contains(&name) => {}
            None => invalid.push(name),
        }
    }
    Ok(json!({ "DeletedParameters": deleted, "InvalidParameters": invalid }))
}

//! GetParameterHistory.

use serde_json::{Value, json};

use super::name::to_read;
use super::{NAME, record, value};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, TEXT, check, optional, required};

const INPUT: &[Member] = &[
    required("Name", NAME),
    optional("WithDecryption", Shape::Bool),
    optional("MaxResults", Shape::Number { min: 1, max: 50 }),
    optional("NextToken", TEXT),
];

pub(super) fn get_parameter_history(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, INPUT)?;
    let named = to_read(call, call.required_text("Name"), "GetParameterHistory")?;
    let parameter = record::required(call, &named.name)?;
    let versions = (parameter.oldest..=parameter.latest).map(|number| (format!("{number:020}"), number)).collect();
    let page = super::page(call, versions, 50)?;
    let mut shown = Vec::new();
    for number in page.items {
        let Some(version) = record::version(call, &parameter.name, number)? else { continue };
        let mut value = value::show(call, &parameter.name, &version, call.flag("WithDecryption"))?;
        let mut entry = version.metadata(&parameter.name);
        if let Some(members) = entry.as_object_mut() {
            members.insert("Value".to_owned(), Value::from(std::mem::take(&mut *value)));
            members.insert("Labels".to_owned(), parameter.labels_of(number).into());
        }
        shown.push(entry);
    }
    let mut answer = json!({ "Parameters": shown });
    if let (Some(members), Some(next)) = (answer.as_object_mut(), page.next) {
        members.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

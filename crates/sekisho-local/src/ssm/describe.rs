//! DescribeParameters.

use serde_json::{Value, json};

use super::filter::{self, Filter, For};
use super::record;
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, TEXT, check, optional};

const INPUT: &[Member] = &[
    optional("Filters", filter::OLD_FILTERS),
    optional("ParameterFilters", filter::FILTERS),
    optional("MaxResults", Shape::Number { min: 1, max: 50 }),
    optional("NextToken", TEXT),
    optional("Shared", Shape::Bool),
];

pub(super) fn describe_parameters(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, INPUT)?;
    let filters = filter::read(call, For::Describe)?;
    // `Shared` asks for other accounts' parameters, of which none is shared here.
    let parameters = if call.flag("Shared") { Vec::new() } else { record::beginning_with(call, "")? };
    let mut matching = Vec::new();
    for parameter in parameters.into_iter().filter(|parameter| filters.iter().all(|filter| filter.admits(parameter))) {
        // Versions are only opened where a filter asks for it: there may be many, and a page shows few.
        if filters.iter().any(Filter::asks_for_version) {
            let version = record::latest(call, &parameter)?;
            if !filters.iter().all(|filter| filter.admits_version(call, &version)) {
                continue;
            }
        }
        matching.push((parameter.name.clone(), parameter));
    }
    let page = super::page(call, matching, 50)?;
    let mut shown = Vec::new();
    for parameter in page.items {
        let mut metadata = record::latest(call, &parameter)?.metadata(&parameter.name);
        if let Some(members) = metadata.as_object_mut() {
            members.insert("ARN".to_owned(), record::arn(call, &parameter.name).to_string().into());
        }
        shown.push(metadata);
    }
    let mut answer = json!({ "Parameters": shown });
    if let (Some(members), Some(next)) = (answer.as_object_mut(), page.next) {
        members.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

//! DescribeParameters.

use serde_json::{Value, json};

use super::filter::{self, For};
use super::{invalid_next_token, record};
use crate::api::{ApiError, Call};
use crate::paging::{limit, page};
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
    let mut matching = Vec::new();
    // `Shared` asks for other accounts' parameters, of which none is shared here.
    let parameters = if call.flag("Shared") { Vec::new() } else { record::all(call)? };
    for parameter in parameters {
        let version = record::latest(call, &parameter)?;
        if filters.iter().all(|filter| filter.matches(call, &parameter, &version)) {
            let mut metadata = version.metadata(&parameter.name);
            if let Some(members) = metadata.as_object_mut() {
                members.insert("ARN".to_owned(), record::arn(call, &parameter.name).to_string().into());
            }
            matching.push((parameter.name, metadata));
        }
    }
    let page = page(matching, limit(call.number("MaxResults"), 50), call.text("NextToken"), invalid_next_token)?;
    let mut answer = json!({ "Parameters": page.items });
    if let (Some(members), Some(next)) = (answer.as_object_mut(), page.next) {
        members.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

//! Parameter Store. What it does follows botocore's model of the API (`ssm/2014-11-06`), whose documentation defines most of it, and facts/iam.md
//! section C; texts of errors are AWS's own where they are publicly known.
//!
//! Not here: sharing between accounts, default tier settings, the limit on the number of parameters, AWS's public parameters below
//! `/aws/service/`, events, and data types other than `text`, `aws:ssm:integration`, and `aws:ec2:image`, whose value AWS looks at after it has answered
//! and which nobody looks at here.

mod delete;
mod describe;
mod filter;
mod get;
mod history;
mod label;
mod name;
mod path;
mod policy;
mod put;
mod record;
mod tag;
mod value;

use serde_json::Value;

use crate::api::Access::{Read, Write};
use crate::api::{Access, ApiError, Call, Operation};
use crate::as_moto;
use crate::paging::{self, Page};
use crate::shape::Shape;

const NAME: Shape = Shape::Text { min: 1, max: 2048 };
const NAMES: Shape = Shape::List { min: 1, max: 10, of: &NAME };

pub(crate) const OPERATIONS: &[Operation] = &[
    operation("AddTagsToResource", Write, tag::add_tags_to_resource),
    operation("DeleteParameter", Write, delete::delete_parameter),
    operation("DeleteParameters", Write, delete::delete_parameters),
    operation("DescribeParameters", Read, describe::describe_parameters),
    operation("GetParameter", Read, get::get_parameter),
    operation("GetParameterHistory", Read, history::get_parameter_history),
    operation("GetParameters", Read, get::get_parameters),
    operation("GetParametersByPath", Read, path::get_parameters_by_path),
    operation("LabelParameterVersion", Write, label::label_parameter_version),
    operation("ListTagsForResource", Read, tag::list_tags_for_resource),
    operation("PutParameter", Write, put::put_parameter),
    operation("RemoveTagsFromResource", Write, tag::remove_tags_from_resource),
    operation("UnlabelParameterVersion", Write, label::unlabel_parameter_version),
];

const fn operation(name: &'static str, access: Access, run: fn(&mut Call<'_>) -> Result<Value, ApiError>) -> Operation {
    Operation { name, access, run }
}

fn validation(message: impl Into<String>) -> ApiError {
    ApiError::new("ValidationException", message)
}

/// The page of `items` that the call asks for.
fn page<T>(call: &Call<'_>, items: Vec<(String, T)>, default: usize) -> Result<Page<T>, ApiError> {
    let (asked, token) = (call.number("MaxResults"), call.text("NextToken"));
    if call.as_moto {
        return as_moto::page(items, paging::limit(asked, default.min(as_moto::PAGE)), token, invalid_next_token);
    }
    paging::page(items, paging::limit(asked, default), token, invalid_next_token)
}

fn invalid_next_token() -> ApiError {
    ApiError::new("InvalidNextToken", "The specified token is not valid.")
}

/// Parameter Store sends no message with this code.
fn not_found() -> ApiError {
    ApiError::new("ParameterNotFound", "")
}

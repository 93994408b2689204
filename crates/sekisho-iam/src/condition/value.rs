//! The values of a condition, by what they are compared as.

use sekisho_model::policy::{Comparison, PolicyText};

use super::address::Range;
use super::date::Moment;
use super::number::Decimal;
use super::{flag, order};
use crate::resource::split;
use crate::template::{Known, Template, Wildcards};
use crate::{Context, Truth};

/// A value that does not have the form that its operator asks for is None: what AWS makes of it is not documented.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Text(Vec<Template>),
    /// In lower case, as the request's is made.
    TextOfAnyCase(Vec<Template>),
    Arn(Vec<Option<Box<[Template; 6]>>>),
    Number(Comparison, Vec<Option<Decimal>>),
    Date(Comparison, Vec<Option<Moment>>),
    Bool(Vec<Option<bool>>),
    Base64(Vec<Option<Box<str>>>),
    Address(Vec<Option<Range>>),
    Null(Vec<Option<bool>>),
}

impl Values {
    pub(super) fn new(comparison: Comparison, written: &[PolicyText], variables: bool) -> Self {
        let texts = || written.iter().map(|value| value.text.as_str());
        match comparison {
            Comparison::StringEquals | Comparison::StringNotEquals => {
                Self::Text(texts().map(|text| Template::new(text, variables, Wildcards::No)).collect())
            }
            Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
                Self::TextOfAnyCase(texts().map(|text| Template::new(&text.to_lowercase(), variables, Wildcards::No)).collect())
            }
            Comparison::StringLike | Comparison::StringNotLike => {
                Self::Text(texts().map(|text| Template::new(text, variables, Wildcards::Yes)).collect())
            }
            Comparison::ArnEquals | Comparison::ArnNotEquals | Comparison::ArnLike | Comparison::ArnNotLike => {
                Self::Arn(texts().map(|text| arn(text, variables)).collect())
            }
            Comparison::NumericEquals
            | Comparison::NumericNotEquals
            | Comparison::NumericLessThan
            | Comparison::NumericLessThanEquals
            | Comparison::NumericGreaterThan
            | Comparison::NumericGreaterThanEquals => Self::Number(comparison, texts().map(Decimal::parse).collect()),
            Comparison::DateEquals
            | Comparison::DateNotEquals
            | Comparison::DateLessThan
            | Comparison::DateLessThanEquals
            | Comparison::DateGreaterThan
            | Comparison::DateGreaterThanEquals => Self::Date(comparison, texts().map(Moment::parse).collect()),
            Comparison::Bool => Self::Bool(texts().map(flag).collect()),
            Comparison::BinaryEquals => Self::Base64(texts().map(base64).collect()),
            Comparison::IpAddress | Comparison::NotIpAddress => Self::Address(texts().map(Range::parse).collect()),
            Comparison::Null => Self::Null(texts().map(flag).collect()),
        }
    }

    /// Whether one of the values matches what the request has.
    pub(super) fn any(&self, given: Known<'_>, context: &Context) -> Truth {
        match self {
            Self::Text(templates) => any(templates, |template| Some(template.fill(context).matches(given, Truth::No))),
            Self::TextOfAnyCase(templates) => any_case(templates, given, context),
            Self::Arn(patterns) => {
                let text = match given {
                    Known::Exactly(text) | Known::Like(text) => text,
                };
                let parts = six(text);
                any(patterns, |pattern| {
                    let (pattern, parts) = (pattern.as_deref()?, parts.as_ref()?);
                    Some(Truth::all(pattern.iter().zip(parts).map(|(template, part)| {
                        let part = if matches!(given, Known::Exactly(_)) { Known::Exactly(part) } else { Known::Like(part) };
                        // What a missing variable does here is told for strings only.
                        template.fill(context).matches(part, Truth::Maybe)
                    })))
                })
            }
            Self::Number(comparison, values) => {
                let given = exactly(given).and_then(Decimal::parse);
                any(values, |value| Some(Truth::from(order(*comparison, given.as_ref()?.cmp(value.as_ref()?)))))
            }
            Self::Date(comparison, values) => {
                let given = exactly(given).and_then(Moment::parse);
                any(values, |value| Some(Truth::from(order(*comparison, given?.cmp(&(*value)?)))))
            }
            Self::Bool(values) => {
                let given = exactly(given).and_then(flag);
                any(values, |value| Some(Truth::from(given? == (*value)?)))
            }
            Self::Base64(values) => {
                let given = exactly(given).and_then(base64);
                any(values, |value| Some(Truth::from(given.as_ref()? == value.as_ref()?)))
            }
            Self::Address(ranges) => {
                let given = exactly(given).and_then(|text| text.parse().ok());
                any(ranges, |range| Some(range.as_ref()?.contains(given?)))
            }
            Self::Null(_) => Truth::Maybe,
        }
    }
}

/// Whether one of `values` matches. None of `matches`: it cannot be told. Of an empty list AWS does not say what it does.
fn any<T>(values: &[T], matches: impl Fn(&T) -> Option<Truth>) -> Truth {
    if values.is_empty() {
        return Truth::Maybe;
    }
    Truth::any(values.iter().map(|value| matches(value).unwrap_or(Truth::Maybe)))
}

fn any_case(templates: &[Template], given: Known<'_>, context: &Context) -> Truth {
    let lower = match given {
        Known::Exactly(text) | Known::Like(text) => text.to_lowercase(),
    };
    let given = if matches!(given, Known::Exactly(_)) { Known::Exactly(&lower) } else { Known::Like(&lower) };
    any(templates, |template| {
        if template.has_variables() {
            // The values of the variables are not in lower case; only for the letters of the pattern that is certain.
            let filled = template.fill(&lowered(context)).matches(given, Truth::No);
            return Some(filled);
        }
        Some(template.fill(context).matches(given, Truth::No))
    })
}

/// The context with all values in lower case.
fn lowered(context: &Context) -> Context {
    let mut lower = context.clone();
    for (key, value) in context.iter() {
        if let crate::ContextValue::One(text) = value {
            lower.set(key, crate::ContextValue::One(text.to_lowercase()));
        }
    }
    lower
}

fn exactly(given: Known<'_>) -> Option<&str> {
    match given {
        Known::Exactly(text) => Some(text),
        Known::Like(_) => None,
    }
}

/// The six parts of an ARN of the request.
fn six(text: &str) -> Option<[&str; 6]> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    <[&str; 6]>::try_from(parts).ok().filter(|[first, ..]| *first == "arn")
}

/// The six parts of an ARN of the policy. Each may have wildcards, and none of them reaches into the next.
fn arn(text: &str, variables: bool) -> Option<Box<[Template; 6]>> {
    let (first, rest) = text.split_once(':')?;
    let parts = split(rest, variables);
    let [partition, service, region, account, resource] = <[&str; 5]>::try_from(parts).ok()?;
    let template = |text: &str| Template::new(text, variables, Wildcards::Yes);
    Some(Box::new([template(first), template(partition), template(service), template(region), template(account), template(resource)]))
}

/// Base64 in its one canonical form, so that equal texts are equal bytes.
fn base64(text: &str) -> Option<Box<str>> {
    let unpadded = text.trim_end_matches('=');
    let padding = text.len() - unpadded.len();
    let legal = unpadded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte));
    // The last character of an incomplete group carries bits that must be zero; where they are not, two texts may be the same bytes.
    let last = unpadded.bytes().next_back();
    let clean = match padding {
        0 => true,
        1 => last.is_some_and(|byte| b"AEIMQUYcgkosw048".contains(&byte)),
        2 => last.is_some_and(|byte| b"AQgw".contains(&byte)),
        _ => false,
    };
    (legal && clean && text.len().is_multiple_of(4)).then(|| text.into())
}

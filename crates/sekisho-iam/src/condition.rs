//! `Condition`.
//!
//! Source: IAM user guide, "IAM JSON policy elements: Condition operators", "Conditions with multiple context keys or values", "Set operators for
//! multi-valued context keys"; facts/iam.md A3.

mod address;
mod date;
mod number;
mod value;

use sekisho_model::policy::{Comparison, Condition, SetQualifier};

use crate::template::Known;
use crate::{Context, ContextValue, Truth};
use value::Values;

/// One key under one operator, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct CompiledCondition {
    /// In lower case.
    key: Box<str>,
    set: Option<SetQualifier>,
    if_exists: bool,
    negated: bool,
    values: Values,
}

impl CompiledCondition {
    pub(crate) fn new(written: &Condition, variables: bool) -> Self {
        let operator = written.operator;
        Self {
            key: written.key.text.to_lowercase().into(),
            set: operator.set,
            if_exists: operator.if_exists,
            negated: operator.comparison.is_negated(),
            values: Values::new(operator.comparison, &written.values, variables),
        }
    }

    /// What the context says of the key.
    pub(crate) fn given<'c>(&self, context: &'c Context) -> &'c ContextValue {
        context.get_lower(&self.key)
    }

    /// Whether the condition holds.
    pub(crate) fn holds(&self, context: &Context) -> Truth {
        let given = self.given(context);
        if let Values::Null(values) = &self.values {
            // With a set operator in front it is not documented.
            let holds = null(values, given);
            return if self.set.is_some() { Truth::Maybe } else { holds };
        }
        match (self.set, given) {
            (_, ContextValue::Unknown) => Truth::Maybe,
            (None, ContextValue::Absent) => Truth::from(self.if_exists || self.negated),
            (None, ContextValue::One(value)) => self.one(Known::Exactly(value), context),
            (None, ContextValue::Like(pattern)) => self.one(Known::Like(pattern), context),
            // A key of several values without a set operator: not documented, not even for one value.
            (None, ContextValue::Many(_)) => Truth::Maybe,

            // An empty text is no value either: the guide calls it a null data set.
            (Some(SetQualifier::ForAllValues), given) if is_empty(given) => Truth::Yes,
            (Some(SetQualifier::ForAllValues), ContextValue::Absent) => Truth::Yes,
            (Some(SetQualifier::ForAllValues), ContextValue::One(value)) => self.one(Known::Exactly(value), context),
            (Some(SetQualifier::ForAllValues), ContextValue::Like(pattern)) => self.one(Known::Like(pattern), context),
            (Some(SetQualifier::ForAllValues), ContextValue::Many(values)) => {
                Truth::all(values.iter().map(|value| self.one(Known::Exactly(value), context)))
            }

            (Some(SetQualifier::ForAnyValue), given) if is_empty(given) => Truth::No,
            // `ForAnyValue` says no and `IfExists` says yes: which of them counts is not documented.
            (Some(SetQualifier::ForAnyValue), ContextValue::Absent) => {
                if self.if_exists {
                    Truth::Maybe
                } else {
                    Truth::No
                }
            }
            (Some(SetQualifier::ForAnyValue), ContextValue::One(value)) => self.one(Known::Exactly(value), context),
            (Some(SetQualifier::ForAnyValue), ContextValue::Like(pattern)) => self.one(Known::Like(pattern), context),
            (Some(SetQualifier::ForAnyValue), ContextValue::Many(values)) => {
                Truth::any(values.iter().map(|value| self.one(Known::Exactly(value), context)))
            }
        }
    }

    /// Whether one value of the request is as the policy wants it. A negated comparison holds where no value of the policy matches.
    fn one(&self, given: Known<'_>, context: &Context) -> Truth {
        let any = self.values.any(given, context);
        if self.negated { !any } else { any }
    }
}

/// `Null`: `true` wants the key missing, `false` wants it there. Whether an empty value counts as one is not documented.
fn null(values: &[Option<bool>], given: &ContextValue) -> Truth {
    let missing = match given {
        ContextValue::Absent => Truth::Yes,
        ContextValue::Unknown => Truth::Maybe,
        given if is_empty(given) => Truth::Maybe,
        ContextValue::One(_) | ContextValue::Like(_) | ContextValue::Many(_) => Truth::No,
    };
    if values.is_empty() {
        return Truth::Maybe;
    }
    Truth::any(values.iter().map(|wanted| match wanted {
        Some(true) => missing,
        Some(false) => !missing,
        None => Truth::Maybe,
    }))
}

/// Whether the key is there without any value.
fn is_empty(given: &ContextValue) -> bool {
    match given {
        ContextValue::One(value) => value.is_empty(),
        ContextValue::Many(values) => values.iter().all(String::is_empty),
        ContextValue::Absent | ContextValue::Like(_) | ContextValue::Unknown => false,
    }
}

/// `true` and `false` as the guide writes them.
fn flag(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// How two ordered values are compared.
fn order(comparison: Comparison, given: std::cmp::Ordering) -> bool {
    match comparison {
        Comparison::NumericLessThan | Comparison::DateLessThan => given.is_lt(),
        Comparison::NumericLessThanEquals | Comparison::DateLessThanEquals => given.is_le(),
        Comparison::NumericGreaterThan | Comparison::DateGreaterThan => given.is_gt(),
        Comparison::NumericGreaterThanEquals | Comparison::DateGreaterThanEquals => given.is_ge(),
        _ => given.is_eq(),
    }
}

//! Placeholders that another program was to fill in.

use super::{Certainty, Effect, Flaw, FlawKind};
use crate::span::Span;

/// A placeholder found in a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templating {
    /// The first placeholder, as written.
    pub placeholder: String,
}

/// Opening and closing marks, longest first: CloudFormation and shells, GitHub Actions, Go templates and ecspresso, plain angle brackets.
const MARKS: [(&str, &str); 4] = [("${{", "}}"), ("${", "}"), ("{{", "}}"), ("<", ">")];

/// The first placeholder of `text`.
pub(super) fn find(text: &str) -> Option<Templating> {
    span(text).and_then(|span| text.get(span.start..span.end)).map(|placeholder| Templating { placeholder: placeholder.to_owned() })
}

/// The flaw of a text in which [`find`] found a placeholder.
pub(super) fn flaw(text: &str) -> Flaw {
    let span = span(text).unwrap_or(Span::new(0, text.len()));
    let placeholder = text.get(span.start..span.end).unwrap_or(text).to_owned();
    // Registered as it stands it is refused (facts/ecs.md §4.5, 1), but the program that fills it in may still run: not certain.
    Flaw { kind: FlawKind::Unrendered { placeholder }, span, instead: None, effect: Effect::Refused, certainty: Certainty::Likely }
}

fn span(text: &str) -> Option<Span> {
    let marked = MARKS
        .iter()
        .filter_map(|(open, close)| {
            let start = text.find(open)?;
            let behind = start + open.len();
            let end = text.get(behind..).and_then(|rest| rest.find(close)).map_or(text.len(), |at| behind + at + close.len());
            Some(Span::new(start, end))
        })
        .min_by_key(|span| (span.start, usize::MAX - span.end));
    marked.or_else(|| percent(text))
}

/// `%NAME%`, as deployment scripts write it.
fn percent(text: &str) -> Option<Span> {
    let start = text.find('%')?;
    let rest = text.get(start + 1..)?;
    let length = rest.find('%')?;
    let name = rest.get(..length)?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then(|| Span::new(start, start + length + 2))
}

//! `Resource` and `NotResource`.
//!
//! Source: IAM user guide, "IAM JSON policy elements: Resource" and "Identify AWS resources with Amazon Resource Names (ARNs)"; facts/iam.md A2.

use sekisho_model::policy::{Patterns, PolicyKind, PolicyVersion};

use crate::request::Asked;
use crate::template::{Known, Template, Wildcards};
use crate::{Truth, authorization};

/// The resources of a statement, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Resources {
    negated: bool,
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug)]
enum Pattern {
    /// `*`
    All,
    Arn {
        /// Partition, service, Region, account, and what follows. A wildcard never reaches across the colons between them.
        parts: Box<[Template; 5]>,
        /// AWS documents no meaning, or refuses what is written: a match is none that one may rely on.
        doubtful: bool,
        /// A variable stands in it, which may have no value.
        variable: bool,
    },
    /// A form of some service's own.
    Foreign,
}

impl Resources {
    pub(crate) fn new(written: &Patterns, kind: PolicyKind, version: PolicyVersion) -> Self {
        let patterns = written.patterns.iter().map(|pattern| Pattern::new(&pattern.text, kind, version.has_variables())).collect();
        Self { negated: written.negated, patterns }
    }

    pub(crate) fn matches(&self, asked: &Asked<'_>) -> Truth {
        let any = Truth::any(self.patterns.iter().map(|pattern| pattern.matches(asked, self.negated)));
        if self.negated { !any } else { any }
    }
}

impl Pattern {
    fn new(text: &str, kind: PolicyKind, variables: bool) -> Self {
        if text == "*" {
            return Self::All;
        }
        let Some(rest) = text.strip_prefix("arn:") else { return Self::Foreign };
        let mut written = split(rest, variables);
        let mut doubtful = false;
        if written.len() < 5 {
            // In the policy of an identity AWS completes a short ARN; of the other kinds that is not documented.
            doubtful = kind != PolicyKind::Identity;
            written.resize(5, "*");
        }
        let part = |index: usize| written.get(index).copied().unwrap_or("*");
        let wild = |text: &str| text.contains(['*', '?']);
        doubtful |= wild(part(0)) || wild(part(1)) || type_is_wild(part(1), part(4));
        // Variables belong into the last part.
        doubtful |= variables && (0..4).any(|index| part(index).contains("${"));
        let template = |index: usize| Template::new(part(index), variables, Wildcards::Yes);
        let parts = [template(0), template(1), template(2), template(3), template(4)];
        let variable = parts.iter().any(Template::has_variables);
        Self::Arn { parts: Box::new(parts), doubtful, variable }
    }

    fn matches(&self, asked: &Asked<'_>, negated: bool) -> Truth {
        let (parts, doubtful, variable) = match self {
            Self::All => return Truth::Yes,
            Self::Foreign => return Truth::Maybe,
            Self::Arn { parts, doubtful, variable } => (parts, *doubtful, *variable),
        };
        let request = asked.request;
        if request.is_about_everything() {
            // An action that is about no resource is granted by `*` only.
            return Truth::No;
        }
        let Some([_, given @ ..]) = asked.parts else { return Truth::Maybe };
        let exact = request.authorised().is_exact();
        // "Will not match any resource" is clear where a resource is named; where all but some are, both readings can be had.
        let missing = if negated { Truth::Maybe } else { Truth::No };
        let matched = Truth::all(parts.iter().zip(given).map(|(pattern, given)| {
            let given = if exact { Known::Exactly(given) } else { Known::Like(given) };
            if variable { pattern.fill(request.context()).matches(given, missing) } else { matches_plainly(pattern, given) }
        }));
        if doubtful { matched.at_most_maybe() } else { matched }
    }
}

fn matches_plainly(pattern: &Template, given: Known<'_>) -> Truth {
    match (pattern, given) {
        (Template::Plain(glob), Known::Exactly(text)) => Truth::from(glob.matches(text)),
        (Template::Plain(glob), Known::Like(text)) => glob.matches_like(text),
        (Template::Variable(..), _) => Truth::Maybe,
    }
}

/// The parts behind `arn:`, at most five. The colons in the name of a variable do not count.
pub(crate) fn split(text: &str, variables: bool) -> Vec<&str> {
    let mut parts = Vec::with_capacity(5);
    let (mut start, mut inside, mut dollar) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if dollar && variables => inside = true,
            b'}' => inside = false,
            b':' if !inside && parts.len() < 4 => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
        dollar = byte == b'$';
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Whether a wildcard stands inside the word that says of which type a resource is, as in `functi*:name`, which the guide forbids. What has no such word,
/// as the buckets of S3, may have wildcards anywhere.
fn type_is_wild(service: &str, resource: &str) -> bool {
    let Some((word, _)) = resource.split_once([':', '/']) else { return false };
    // Some types of a service are resources of another one: the table of Systems Manager has a bucket.
    let own = |arn: &str| arn.split(':').nth(2) == Some(service);
    let mut types = authorization::resource_types(service).iter().filter(|kind| own(kind.arn)).peekable();
    word.contains(['*', '?']) && types.peek().is_some() && types.all(|kind| !kind.resource_prefix().is_empty())
}

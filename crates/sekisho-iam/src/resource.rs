//! `Resource` and `NotResource`.
//!
//! Source: IAM user guide, "IAM JSON policy elements: Resource" and "Identify AWS resources with Amazon Resource Names (ARNs)"; facts/iam.md A2.

use sekisho_model::policy::{Patterns, PolicyKind, PolicyVersion};

use crate::request::Asked;
use crate::template::{Known, Template, Wildcards};
use crate::{Glob, Truth, authorization};

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
    Arn(ArnPattern),
    /// A form of some service's own.
    Foreign,
}

#[derive(Clone, Debug)]
struct ArnPattern {
    front: Front,
    /// What follows behind the fifth colon.
    last: Template,
    /// AWS documents no meaning, or refuses what is written: a match is none that one may rely on.
    doubtful: bool,
}

/// Partition, service, Region and account. A wildcard never reaches across the colons between them.
#[derive(Clone, Debug)]
enum Front {
    /// Without wildcards and variables, with its five colons: one comparison tells most of them apart.
    Fixed(Box<str>),
    Parts(Box<[Template; 4]>),
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
        let front = if (0..4).any(|index| wild(part(index)) || (variables && part(index).contains("${"))) {
            let template = |index: usize| Template::new(part(index), variables, Wildcards::Yes);
            Front::Parts(Box::new([template(0), template(1), template(2), template(3)]))
        } else {
            Front::Fixed(format!("arn:{}:{}:{}:{}:", part(0), part(1), part(2), part(3)).into())
        };
        Self::Arn(ArnPattern { front, last: Template::new(part(4), variables, Wildcards::Yes), doubtful })
    }

    fn matches(&self, asked: &Asked<'_>, negated: bool) -> Truth {
        match self {
            Self::All => Truth::Yes,
            Self::Foreign => Truth::Maybe,
            // An action that is about no resource is granted by `*` only.
            Self::Arn(_) if asked.request.is_about_everything() => Truth::No,
            Self::Arn(pattern) if pattern.doubtful => pattern.matches(asked, negated).at_most_maybe(),
            Self::Arn(pattern) => pattern.matches(asked, negated),
        }
    }
}

impl ArnPattern {
    fn matches(&self, asked: &Asked<'_>, negated: bool) -> Truth {
        let Some([_, given @ .., last]) = asked.parts else { return Truth::Maybe };
        let resource = asked.request.authorised();
        let known = |text| if resource.is_exact() { Known::Exactly(text) } else { Known::Like(text) };
        // "Will not match any resource" is clear where a resource is named; where all but some are, both readings can be had.
        let missing = if negated { Truth::Maybe } else { Truth::No };
        let part = |template: &Template, text| template.fill(asked.request.context()).matches(known(text), missing);
        let front = match &self.front {
            Front::Fixed(front) if resource.text().starts_with(&**front) => Truth::Yes,
            Front::Fixed(_) if resource.is_exact() => Truth::No,
            Front::Fixed(front) => {
                let parts = front.split(':').skip(1).map(Glob::new);
                Truth::all(parts.zip(given).map(|(part, given)| part.matches_like(given)))
            }
            Front::Parts(parts) => Truth::all(parts.iter().zip(given).map(|(template, given)| part(template, given))),
        };
        if front == Truth::No { Truth::No } else { front.and(part(&self.last, last)) }
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

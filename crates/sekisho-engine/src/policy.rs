//! Policies that were read from files, as the rules look at them.

use std::borrow::Cow;

use sekisho_iam::authorization::{self, Action};
use sekisho_iam::pattern;
use sekisho_model::policy::{Effect, Patterns, PolicyDocument, PolicyKind, PolicyText, Statement};
use sekisho_model::{Place, Source};

use crate::rules::Meta;
use crate::{Case, Finding};

/// A policy that was read.
#[derive(Clone, Debug)]
pub struct ReadPolicy {
    /// What it is called in addresses: the file, or the logical id within a template.
    pub name: String,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// What it says.
    pub document: PolicyDocument,
}

/// What another program fills in, in a pattern: a character of no name, so that it is neither a wildcard nor a separator.
const FILLED_IN: char = '\u{e000}';

/// Actions that hand out the content of parameters and secrets.
pub(crate) const READING: [&str; 6] = [
    "ssm:GetParameters",
    "ssm:GetParameter",
    "ssm:GetParametersByPath",
    "ssm:GetParameterHistory",
    "secretsmanager:GetSecretValue",
    "secretsmanager:BatchGetSecretValue",
];

/// One statement of a policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stated<'a> {
    pub(crate) policy: &'a ReadPolicy,
    pub(crate) statement: &'a Statement,
    index: usize,
}

impl<'a> Case<'a> {
    /// Every statement of every policy.
    pub(crate) fn statements(&self) -> impl Iterator<Item = Stated<'a>> + use<'a> {
        let policies: &'a [ReadPolicy] = self.policies;
        policies.iter().flat_map(|policy| {
            policy.document.statements.iter().enumerate().map(move |(index, statement)| Stated { policy, statement, index })
        })
    }

    /// Every Allow of the policies of identities: what a role's policies grant.
    pub(crate) fn grants(&self) -> impl Iterator<Item = Stated<'a>> + use<'a> {
        self.statements().filter(|stated| stated.policy.kind == PolicyKind::Identity && stated.statement.effect == Effect::Allow)
    }
}

impl<'a> Stated<'a> {
    /// `policy.json/ReadParameters`; a statement without a name has its number, from 1.
    pub(crate) fn address(&self) -> String {
        match self.statement.sid() {
            Some(sid) => format!("{}/{sid}", self.policy.name),
            None => format!("{}/{}", self.policy.name, self.index + 1),
        }
    }

    /// A finding of `meta` on this statement, at `place` or where the statement begins.
    pub(crate) fn finding(&self, meta: &'static Meta, place: Option<&Place>) -> Finding {
        let place = place.or(self.statement.place.as_ref()).or(self.policy.document.place.as_ref());
        let source = place.map_or_else(|| Source::Derived(self.policy.name.clone()), |place| Source::Place(place.clone()));
        Finding::new(meta, &self.address()).at(&source).with("effect", self.statement.effect)
    }

    /// The patterns of `Action`; nothing where it is `NotAction`.
    pub(crate) fn actions(&self) -> &'a [PolicyText] {
        listed(Some(&self.statement.action))
    }

    /// The patterns of `Resource`; nothing where it is `NotResource` or absent.
    pub(crate) fn resources(&self) -> &'a [PolicyText] {
        listed(self.statement.resource.as_ref())
    }

    /// The known actions that the statement names, each with the pattern that does.
    pub(crate) fn known_actions(&self) -> Vec<(&'a PolicyText, &'static Action)> {
        let of = |text: &'a PolicyText| authorization::matching(&text.text).into_iter().map(move |action| (text, action));
        self.actions().iter().flat_map(of).collect()
    }

    /// Whether it names one of these actions (`ssm:GetParameters`).
    pub(crate) fn names(&self, actions: &[&str]) -> bool {
        actions.iter().any(|action| self.names_one(action))
    }

    fn names_one(&self, action: &str) -> bool {
        let action = action.to_ascii_lowercase();
        let hit = self.statement.action.patterns.iter().any(|text| pattern::matches(&text.text.to_ascii_lowercase(), &action));
        hit != self.statement.action.negated
    }

    /// Whether the statement reads parameters or secrets.
    pub(crate) fn reads(&self) -> bool {
        self.names(&READING)
    }

    /// Whether a condition narrows it by that key, letter case aside. With `*` at the end: by a key that begins so.
    pub(crate) fn is_narrowed_by(&self, keys: &[&str]) -> bool {
        self.statement.conditions.iter().any(|condition| {
            let key = condition.key.text.to_ascii_lowercase();
            keys.iter().any(|wanted| pattern::matches(&wanted.to_ascii_lowercase(), &key))
        })
    }
}

fn listed(patterns: Option<&Patterns>) -> &[PolicyText] {
    patterns.filter(|patterns| !patterns.negated).map(|patterns| patterns.patterns.as_slice()).unwrap_or_default()
}

/// A resource's pattern in its six parts, what another program or AWS fills in (`${…}`) being one character that is no wildcard. `None` where it has
/// fewer parts.
pub(crate) fn parts(text: &str) -> Option<[String; 6]> {
    let plain = filled_in(text);
    pattern::parts(&plain).map(|parts| parts.map(str::to_owned))
}

/// A text with `${…}` as one character that is no wildcard.
pub(crate) fn filled_in(text: &str) -> Cow<'_, str> {
    if !text.contains("${") {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split("${");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push(FILLED_IN);
        plain.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    Cow::Owned(plain)
}

/// A pattern that matches at least what `text` may match once `${…}` is filled in.
pub(crate) fn widest(text: &str) -> String {
    filled_in(text).replace(FILLED_IN, "*")
}

/// Whether the pattern holds something that another program or AWS fills in.
pub(crate) fn is_filled_in(text: &str) -> bool {
    text.contains("${")
}

/// The ARN of the same resource with another sixth part, everything before it as it is written.
pub(crate) fn with_resource(text: &str, resource: &str, replaced: &str) -> String {
    text.strip_suffix(resource).map_or_else(|| text.to_owned(), |head| format!("{head}{replaced}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_keeps_its_place() {
        let parts = parts("arn:${AWS::Partition}:ssm:${AWS::Region}:*:parameter/${env}/*").unwrap();
        assert_eq!(parts[5], format!("parameter/{FILLED_IN}/*"));
        assert_eq!(widest("arn:aws:ssm:${r}:1:parameter/a"), "arn:aws:ssm:*:1:parameter/a");
        assert_eq!(filled_in("${"), FILLED_IN.to_string());
    }
}

//! What the execution role may read that its task does not ask for.

use sekisho_iam::{Glob, Layer, Truth};
use sekisho_model::policy::{Effect, PolicyText, Statement};

use super::compiled::CompiledRole;
use super::need::absent_secrets;
use super::{Named, Need, Purpose};
use crate::{Case, Reference, Target};

/// The actions that read a secret, with the service whose resources they are on.
const READING: [(&str, &str); 3] =
    [("ssm:GetParameters", "ssm"), ("secretsmanager:GetSecretValue", "secretsmanager"), ("kms:Decrypt", "kms")];

/// A statement that lets the role read more than the task asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The statement.
    pub statement: Named,
    /// The action.
    pub action: &'static str,
    /// The resource patterns of the statement that are too wide, or that the task has no use for.
    pub resources: Vec<String>,
    /// What the task asks for with this action.
    pub needed: Vec<String>,
    /// Whether something else may still change it: a Deny or a boundary narrows it, or a reference that cannot be read needs it.
    pub may_be_narrowed: bool,
}

/// The statements of `role` that reach further than `needs`. Those with conditions are left out: what they reach is not told by their resources.
/// So is what a key or a reference that is not known might need.
pub(super) fn excess(case: &Case<'_>, service: &str, role: &CompiledRole, needs: &[Need]) -> Vec<Excess> {
    let Layer::Known(set) = &role.identity else { return Vec::new() };
    let statements =
        || set.policies().iter().flat_map(|policy| policy.document().statements.iter().enumerate().map(move |(at, it)| (policy, at, it)));
    let absent = absent_secrets(case, service);
    let is_unclear = |reference: &Reference| reference.service == service && reference.target == Target::Nothing;
    let has_unclear = case.references.iter().any(is_unclear);
    let may_be_narrowed =
        has_unclear || !matches!(role.boundary, Layer::DoesNotExist) || statements().any(|(_, _, it)| it.effect == Effect::Deny);
    let mut found = Vec::new();
    for (policy, at, statement) in statements().filter(|(_, _, it)| it.effect == Effect::Allow && it.conditions.is_empty()) {
        for (action, prefix) in READING.into_iter().filter(|(action, _)| allows(statement, action)) {
            let of_action = || needs.iter().filter(|need| need.call.action == action);
            if of_action().any(|need| need.purpose == Purpose::UnknownKey) {
                continue;
            }
            let called = of_action().filter(|need| need.purpose != Purpose::ManagedKey).map(|need| need.call.resource.as_str());
            let more = absent.iter().map(String::as_str).filter(|_| prefix == "secretsmanager");
            let needed: Vec<&str> = called.chain(more).collect();
            let resources: Vec<String> = match &statement.resource {
                Some(resource) if resource.negated => vec!["NotResource".to_owned()],
                Some(resource) => {
                    let texts = resource.patterns.iter().map(|pattern| pattern.text.as_str());
                    texts.filter(|text| is_of(text, prefix) && !is_needed(text, &needed)).map(str::to_owned).collect()
                }
                None => Vec::new(),
            };
            if !resources.is_empty() {
                found.push(Excess {
                    statement: Named {
                        layer: "identity",
                        policy: policy.name().to_owned(),
                        sid: statement.sid().map_or_else(|| format!("#{}", at + 1), str::to_owned),
                        place: statement.place.clone(),
                    },
                    action,
                    resources,
                    needed: needed.into_iter().map(str::to_owned).collect(),
                    may_be_narrowed,
                });
            }
        }
    }
    found
}

fn allows(statement: &Statement, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let matches = |pattern: &PolicyText| Glob::new(&pattern.text.to_ascii_lowercase()).matches(&action);
    statement.action.patterns.iter().any(matches) != statement.action.negated
}

/// Whether the pattern can be about resources of `service` at all.
fn is_of(pattern: &str, service: &str) -> bool {
    pattern.split(':').nth(2).is_none_or(|named| named == service || named == "*")
}

/// Whether the pattern names exactly one of the things that are needed: no wildcard but the six characters that Secrets Manager draws.
fn is_needed(pattern: &str, needed: &[&str]) -> bool {
    let fixed = pattern.strip_suffix("-??????").unwrap_or(pattern);
    let glob = Glob::new(pattern);
    !fixed.contains(['*', '?', '$']) && needed.iter().any(|resource| glob.matches_like(resource) != Truth::No)
}

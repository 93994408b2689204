//! What changes between two versions of a policy: who gains and who loses what.
//!
//! A policy is taken for what it allows of the actions that are known ([`authorization`]) on the resources that either version names. Two things are exact:
//! an action that one version allows nowhere, and a resource pattern that one version covers whole. Where conditions differ, or patterns overlap without
//! one covering the other, the change is told as one that may be.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_model::policy::{Effect, PolicyDocument, Statement};

use crate::authorization::{self, Action};
use crate::pattern;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Whether something is gained or lost.
    pub direction: Direction,
    /// The principal that the statement names; nothing in the policy of an identity.
    pub principal: Option<String>,
    /// `ssm:GetParameters`, or the pattern itself where the service's actions are not known.
    pub action: String,
    /// The pattern of resources.
    pub resource: String,
    /// Whether it is certain. It is not where conditions or an overlapping Deny have a say.
    pub certain: bool,
}

/// Gained or lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The new version allows what the old one did not.
    Gains,
    /// The old version allowed what the new one does not.
    Loses,
}

impl Direction {
    /// `gains`, `loses`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::Loses => "loses",
        }
    }
}

/// One thing that a version says: effect, principal, action, resource, and the conditions as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Atom {
    principal: Option<String>,
    action: String,
    resource: String,
    conditions: Vec<String>,
}

/// What a version says, taken apart.
#[derive(Debug, Default)]
struct Said {
    allows: BTreeSet<Atom>,
    denies: BTreeSet<Atom>,
}

/// The changes from `old` to `new`, in order.
pub fn difference(old: &PolicyDocument, new: &PolicyDocument) -> Vec<Changed> {
    let (before, after) = (Said::of(old), Said::of(new));
    let mut changes = BTreeSet::new();
    missing(&after, &before, Direction::Gains, &mut changes);
    missing(&before, &after, Direction::Loses, &mut changes);
    join(changes)
}

/// What `one` allows and `other` does not.
fn missing(one: &Said, other: &Said, direction: Direction, changes: &mut BTreeSet<Changed>) {
    for atom in &one.allows {
        if denied(atom, one) == Some(true) {
            continue;
        }
        let denied_there = denied(atom, other);
        let matching: Vec<&Atom> = other.allows.iter().filter(|allow| covers(allow, atom) != Some(false)).collect();
        let allowed_there = matching.iter().any(|allow| covers(allow, atom) == Some(true) && same_or_wider(allow, atom));
        // What a Deny takes of it is told below, as the part that it is.
        if allowed_there && denied_there != Some(true) {
            continue;
        }
        // Something of it may be allowed there: under a condition, by a pattern that is not comparable, or but for what is denied.
        let partly = matching.iter().any(|allow| !same_or_wider(allow, atom) || covers(allow, atom).is_none());
        let certain =
            !partly && denied(atom, one) == Some(false) && (denied_there == Some(true) || !allowed_there) && atom.conditions.is_empty();
        changes.insert(Changed {
            direction,
            principal: atom.principal.clone(),
            action: atom.action.clone(),
            resource: atom.resource.clone(),
            certain,
        });
    }
    // What is no longer denied is gained where it is allowed. Where a Deny stands against the same Allow in both, only the Deny's own part changes.
    for deny in &other.denies {
        let still = one.denies.iter().any(|own| covers(own, deny) == Some(true) && own.conditions == deny.conditions);
        let before = other.allows.iter().any(|allow| overlaps(allow, deny));
        if !still && before && one.allows.iter().any(|allow| overlaps(allow, deny)) {
            let certain = deny.conditions.is_empty()
                && one.allows.iter().any(|allow| covers(allow, deny) == Some(true) && allow.conditions.is_empty());
            changes.insert(Changed {
                direction,
                principal: deny.principal.clone(),
                action: deny.action.clone(),
                resource: deny.resource.clone(),
                certain,
            });
        }
    }
}

/// Whether a Deny of `said` hits the whole of `atom`; `None` where it may hit a part.
fn denied(atom: &Atom, said: &Said) -> Option<bool> {
    let mut answer = Some(false);
    for deny in &said.denies {
        match covers(deny, atom) {
            Some(true) if deny.conditions.is_empty() => return Some(true),
            Some(false) if !overlaps(deny, atom) => {}
            _ => answer = None,
        }
    }
    answer
}

/// Whether everything that `inner` is about `outer` is about too, conditions aside.
fn covers(outer: &Atom, inner: &Atom) -> Option<bool> {
    let principal = outer.principal == inner.principal || outer.principal.as_deref() == Some("AWS:*");
    if !principal || !outer.action.eq_ignore_ascii_case(&inner.action) {
        return Some(false);
    }
    match pattern::resource_covers(&outer.resource, &inner.resource) {
        Some(false) if pattern::resources_meet(&outer.resource, &inner.resource) != Some(false) => None,
        answer => answer,
    }
}

fn overlaps(one: &Atom, other: &Atom) -> bool {
    let any = |atom: &Atom| atom.principal.as_deref() == Some("AWS:*");
    (one.principal == other.principal || any(one) || any(other))
        && one.action.eq_ignore_ascii_case(&other.action)
        && pattern::resources_meet(&one.resource, &other.resource) != Some(false)
}

/// Whether the conditions of `allow` let in at least what those of `atom` do.
fn same_or_wider(allow: &Atom, atom: &Atom) -> bool {
    allow.conditions.iter().all(|condition| atom.conditions.contains(condition))
}

impl Said {
    fn of(document: &PolicyDocument) -> Self {
        let mut said = Self::default();
        for statement in &document.statements {
            let atoms = atoms(statement);
            match statement.effect {
                Effect::Allow => said.allows.extend(atoms),
                Effect::Deny => said.denies.extend(atoms),
            }
        }
        said
    }
}

fn atoms(statement: &Statement) -> Vec<Atom> {
    let mut conditions: Vec<String> = statement
        .conditions
        .iter()
        .map(|condition| {
            let mut values: Vec<&str> = condition.values.iter().map(|value| value.text.as_str()).collect();
            values.sort_unstable();
            format!("{} {} {}", condition.operator, condition.key.text.to_lowercase(), values.join("\u{0}"))
        })
        .collect();
    conditions.sort();
    let principals: Vec<Option<String>> = match &statement.principal {
        None => vec![None],
        Some(principals) => {
            let not = if principals.negated { "not " } else { "" };
            principals.entries.iter().map(|entry| Some(format!("{not}{}:{}", entry.kind.as_str(), entry.text.text))).collect()
        }
    };
    let actions = actions(statement);
    let resources: Vec<String> = match &statement.resource {
        None => vec!["*".to_owned()],
        // Everything but these: told as everything, under a condition that says which are left out.
        Some(resource) if resource.negated => {
            let left_out: Vec<&str> = resource.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
            conditions.push(format!("NotResource {}", left_out.join("\u{0}")));
            vec!["*".to_owned()]
        }
        Some(resource) => resource.patterns.iter().map(|pattern| pattern.text.clone()).collect(),
    };
    let mut atoms = Vec::new();
    for principal in &principals {
        for action in &actions {
            for resource in &resources {
                atoms.push(Atom {
                    principal: principal.clone(),
                    action: action.clone(),
                    resource: resource.clone(),
                    conditions: conditions.clone(),
                });
            }
        }
    }
    atoms
}

/// The actions of a statement by name; a pattern of a service without a table stays as it is.
fn actions(statement: &Statement) -> Vec<String> {
    let name = |action: &Action| format!("{}:{}", action.service, action.name);
    let mut actions = BTreeSet::new();
    if statement.action.negated {
        let left_out: BTreeSet<String> =
            statement.action.patterns.iter().flat_map(|pattern| authorization::matching(&pattern.text)).map(name).collect();
        actions.extend(authorization::matching("*").into_iter().map(name).filter(|action| !left_out.contains(action)));
        // The services without a table are granted whole.
        actions.insert("NotAction".to_owned());
    } else {
        for pattern in &statement.action.patterns {
            let known = authorization::matching(&pattern.text);
            let service = pattern.text.split(':').next().unwrap_or_default();
            if known.is_empty() || !authorization::covers(service) {
                actions.insert(pattern.text.clone());
            }
            actions.extend(known.into_iter().map(name));
        }
    }
    actions.into_iter().collect()
}

/// What changes on the same resource have in common: direction, principal, resource, certainty, service.
type Group = (Direction, Option<String>, String, bool, String);

/// Changes of all actions of a service on the same resource, as one.
fn join(changes: BTreeSet<Changed>) -> Vec<Changed> {
    let mut groups: BTreeMap<Group, Vec<Changed>> = BTreeMap::new();
    for change in changes {
        let service = change.action.split(':').next().unwrap_or_default().to_ascii_lowercase();
        groups
            .entry((change.direction, change.principal.clone(), change.resource.clone(), change.certain, service))
            .or_default()
            .push(change);
    }
    let mut joined = Vec::new();
    for ((direction, principal, resource, certain, service), of_service) in groups {
        let all = authorization::actions(&service);
        if !all.is_empty() && of_service.len() >= all.len() {
            joined.push(Changed { direction, principal, action: format!("{service}:*"), resource, certain });
        } else {
            joined.extend(of_service);
        }
    }
    joined
}

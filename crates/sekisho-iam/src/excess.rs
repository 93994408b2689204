//! What policies allow to read beyond what a task needs.

use std::sync::Arc;

use sekisho_model::policy::{Effect, Patterns};

use crate::{Call, CompiledPolicy, PolicySet, pattern};

/// Actions that hand out secrets, or the keys to them.
const READING: [&str; 7] = [
    "ssm:GetParameters",
    "ssm:GetParameter",
    "ssm:GetParametersByPath",
    "ssm:GetParameterHistory",
    "secretsmanager:GetSecretValue",
    "secretsmanager:BatchGetSecretValue",
    "kms:Decrypt",
];

/// A resource of an Allow that reaches further than the task needs.
#[derive(Clone, Debug)]
pub struct Excess {
    /// The policy.
    pub policy: Arc<CompiledPolicy>,
    /// The statement's number within it, from 0.
    pub statement: usize,
    /// The reading action, as AWS writes it.
    pub action: &'static str,
    /// The resource as it is written; `NotResource` where the statement leaves some out.
    pub resource: String,
    /// Whether the task needs something of it: then it is too wide, else it is not needed at all.
    pub needed: bool,
}

/// What `policies` let read beyond `calls`, in the order of their statements. A Deny that takes some of it back is not looked at, nor are conditions but
/// those on a service or an encryption context of KMS, which narrow a key to what else is allowed.
pub fn excess(policies: &PolicySet, calls: &[Call]) -> Vec<Excess> {
    let mut found = Vec::new();
    for policy in policies.policies() {
        for (number, statement) in policy.document().statements.iter().enumerate() {
            if statement.effect != Effect::Allow {
                continue;
            }
            let narrowed = statement.conditions.iter().any(|condition| {
                let key = condition.key.text.to_ascii_lowercase();
                key == "kms:viaservice" || key.starts_with("kms:encryptioncontext:") || key == "kms:resourcealiases"
            });
            for action in READING.into_iter().filter(|action| names(&statement.action, action)) {
                let needs: Vec<&Call> = calls.iter().filter(|call| call.action.eq_ignore_ascii_case(action)).collect();
                for resource in resources(statement.resource.as_ref()) {
                    let meets = |call: &&Call| pattern::resources_meet(&resource, &call.resource) != Some(false);
                    let needed = needs.iter().any(meets);
                    let exact = needs.iter().any(|call| is_exactly(&resource, &call.resource));
                    if !(exact || (narrowed && needed)) {
                        found.push(Excess { policy: Arc::clone(policy), statement: number, action, resource, needed });
                    }
                }
            }
        }
    }
    found
}

/// Whether `written` reaches no more than the needed resource: it is the same, lies within it, or only leaves the six characters of a secret open.
fn is_exactly(written: &str, needed: &str) -> bool {
    if pattern::resource_covers(needed, written) == Some(true) {
        return true;
    }
    written.strip_suffix("-??????").is_some_and(|head| {
        !pattern::has_wildcard(head) && needed.strip_prefix(head).is_some_and(|suffix| suffix.len() == 7 && suffix.starts_with('-'))
    })
}

fn names(actions: &Patterns, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    actions.patterns.iter().any(|text| pattern::matches(&text.text.to_ascii_lowercase(), &action)) != actions.negated
}

fn resources(patterns: Option<&Patterns>) -> Vec<String> {
    match patterns {
        Some(patterns) if !patterns.negated => patterns.patterns.iter().map(|text| text.text.clone()).collect(),
        Some(_) => vec!["NotResource".to_owned()],
        None => Vec::new(),
    }
}

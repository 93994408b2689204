//! SEK0131 statement-never-applies.

use std::collections::BTreeMap;

use sekisho_iam::authorization::{self, Action};
use sekisho_iam::pattern;
use sekisho_model::policy::PolicyKind;

use crate::policy::{is_filled_in, parts, widest};
use crate::{Confidence, Severity};

rule! {
    /// An action with resources of which none is of a kind that the action acts on: `secretsmanager:GetSecretValue` on a parameter's ARN.
    ///
    /// Such a pair never applies: an Allow grants nothing, a Deny forbids nothing. Usually the resource belongs to another statement, or its type's word
    /// is mistaken (`parameters/x`, `arn:…:secret/x`, `log-group:x` without the `:*` that log streams need).
    "SEK0131" "statement-never-applies" Warning StatementNeverApplies |case, findings| {
        for stated in case.statements().filter(|stated| stated.policy.kind != PolicyKind::Trust) {
            let resources = stated.resources();
            // What a rule of its own speaks of, and what has no six parts, is left to it.
            let told_elsewhere = |text: &str| parts(text).is_none_or(|[.., last]| last.starts_with("alias/"));
            if resources.is_empty() || resources.iter().any(|resource| told_elsewhere(&resource.text)) {
                continue;
            }
            for text in stated.actions() {
                let meant = authorization::matching(&text.text);
                let on_resources: Vec<&&Action> = meant.iter().filter(|action| !action.is_wildcard_only()).collect();
                let dead = |action: &Action| resources.iter().all(|resource| fits(action, &resource.text) == Some(false));
                if on_resources.is_empty() || on_resources.len() < meant.len() || !on_resources.iter().all(|action| dead(action)) {
                    continue;
                }
                let first = on_resources.first().copied();
                let kinds: BTreeMap<&str, &str> = first.into_iter().flat_map(|action| &action.resource_types).map(|(kind, _)| (kind.arn, kind.name)).collect();
                let service = first.map(|action| action.service).unwrap_or_default();
                let own = matches!(service, "ssm" | "secretsmanager" | "kms");
                let reading = own && meant.iter().any(|action| matches!(action.name, "GetParameters" | "GetSecretValue" | "Decrypt"));
                let finding = stated.finding(&META, text.place.as_ref()).as_sure_as(if own { Confidence::Certain } else { Confidence::Likely });
                let finding = if reading { finding.as_bad_as(Severity::Error) } else { finding };
                let pattern = resources.first().map(|resource| resource.text.as_str()).unwrap_or_default();
                findings.push(finding.with("action", &text.text).with("pattern", pattern).with("expected", kinds.keys().copied().collect::<Vec<_>>().join(", ")));
            }
        }
    }
}

/// Whether a resource can be one that the action acts on. What is filled in may become anything within its part.
fn fits(action: &Action, resource: &str) -> Option<bool> {
    let resource = if is_filled_in(resource) { widest(resource) } else { resource.to_owned() };
    let mut fits = Some(false);
    for (kind, _) in &action.resource_types {
        match pattern::resources_meet(&kind.pattern, &resource) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => fits = None,
        }
    }
    fits
}

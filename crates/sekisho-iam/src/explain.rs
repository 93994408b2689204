//! What would have to change for another answer.

use sekisho_model::policy::Effect;

use crate::decide::{Slot, Survey};
use crate::{Change, DecidingStatement, Decision, Doubt, Failed, Layers, Outcome, PolicySet, Request, Truth};

/// As many near misses of one layer are told.
const NEAREST: usize = 3;

/// What would change `decision`, which [`decide`](crate::decide) gave for the same `request` and `layers`: for what nothing allows, the layers that lack an
/// `Allow`, each with the statements that come nearest; for what is denied, the statements that deny; for what cannot be told, what has to be known.
/// Nothing for what is allowed.
pub fn explain(request: &Request, layers: &Layers, decision: &Decision) -> Vec<Change> {
    match decision.outcome {
        Outcome::Allowed => Vec::new(),
        Outcome::ExplicitlyDenied => decision.because.iter().cloned().map(|statement| Change::Deny { statement }).collect(),
        Outcome::CannotTell => decision.doubts.iter().cloned().map(|doubt: Doubt| Change::Know { doubt }).collect(),
        Outcome::ImplicitlyDenied => {
            let survey = Survey::new(request, layers);
            let mut changes = Vec::new();
            for (slot, set) in survey.lacking() {
                changes.push(Change::Allow { layer: survey.name(slot) });
                changes.extend(set.into_iter().flat_map(|set| nearest(&survey, slot, set)));
            }
            changes
        }
    }
}

/// The allowing statements of `set` of which the fewest elements fail. One about another service, or about other actions on other resources, is near nothing.
fn nearest(survey: &Survey<'_>, slot: Slot, set: &PolicySet) -> Vec<Change> {
    let mut near: Vec<(usize, DecidingStatement, Vec<Failed>)> = Vec::new();
    for policy in set.policies() {
        for (number, (written, compiled)) in policy.document().statements.iter().zip(policy.statements()).enumerate() {
            let service = survey.asked.request.service();
            let of_service = compiled.actions.services().is_none_or(|services| services.iter().any(|of| **of == *service));
            if compiled.effect != Effect::Allow || !of_service {
                continue;
            }
            let failed: Vec<Failed> = compiled
                .failed(written, &survey.asked)
                .into_iter()
                .filter(|(_, truth)| *truth == Truth::No)
                .map(|(element, _)| element)
                .collect();
            if failed.is_empty() || (failed.contains(&Failed::Action) && failed.len() > 1) {
                continue;
            }
            let statement = DecidingStatement { layer: survey.name(slot), policy: std::sync::Arc::clone(policy), statement: number };
            // An action that fails is further away than any other single element.
            let distance = failed.len() + usize::from(failed.contains(&Failed::Action));
            near.push((distance, statement, failed));
        }
    }
    near.sort_by_key(|(distance, _, _)| *distance);
    near.into_iter().take(NEAREST).map(|(_, statement, failed)| Change::Nearest { statement, failed }).collect()
}

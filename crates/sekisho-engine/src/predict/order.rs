//! Which trouble ECS shows first.
//!
//! Registration comes before anything starts. At the start of a task the open agent asks for the parameters of each Region in calls of ten, all at once,
//! and shows the first error that comes back; the errors of all secrets are joined with `;`; which of the two kinds fails first is not determined
//! (facts/ecs.md §3.1, §3.2, §0.5).

use std::collections::BTreeMap;

use sekisho_model::Fact;
use sekisho_model::value_from::Provider;

use super::effect::{Effect, Failure, Way, speakers};
use super::message::{self, UNKNOWN, ec2, fargate};
use super::{Blocks, Shown, Speaker};
use crate::{Confidence, Launch, Reference, Slot};

/// Most names of one GetParameters call (agent `ssmsecret.go`, `MaxBatchNum`).
const BATCH: usize = 10;

/// What may be shown first, of `effects` that block something.
pub(super) fn first(effects: &[Effect], references: &[&Reference], launch: Launch) -> Vec<Shown> {
    let at_registration: Vec<usize> = indices(effects, |effect| effect.blocks() == Blocks::Registration);
    let mut shown = Vec::new();
    for index in &at_registration {
        let Some(effect) = effects.get(*index) else { continue };
        let text = effect.way.text(Speaker::Registration);
        let sure = text.as_ref().map_or(Confidence::Likely, |(_, confidence)| *confidence).min(effect.confidence);
        shown.push(Shown { by: Speaker::Registration, text: text.map(|(text, _)| text), troubles: vec![*index], confidence: sure });
    }
    let refused = at_registration.iter().any(|index| effects.get(*index).is_some_and(|effect| effect.confidence == Confidence::Certain));
    if !refused {
        for by in speakers(launch) {
            shown.extend(at_start(*by, effects, references));
        }
    }
    // Where several may be first, none is certain to be.
    for by in [Speaker::Registration, Speaker::Ec2, Speaker::Fargate] {
        if shown.iter().filter(|one| one.by == by).count() > 1 || (by != Speaker::Registration && !at_registration.is_empty()) {
            shown.iter_mut().filter(|one| one.by == by).for_each(|one| one.confidence = Confidence::Likely);
        }
    }
    shown
}

fn indices(effects: &[Effect], keep: impl Fn(&Effect) -> bool) -> Vec<usize> {
    effects.iter().enumerate().filter(|(_, effect)| keep(effect)).map(|(at, _)| at).collect()
}

fn at_start(by: Speaker, effects: &[Effect], references: &[&Reference]) -> Vec<Shown> {
    let mut shown = parameters(by, effects, references);
    shown.extend(secrets(by, effects));
    for (at, effect) in effects.iter().enumerate() {
        if let Way::Start { .. } = effect.way {
            shown.push(single(by, at, effect));
        }
    }
    shown
}

fn single(by: Speaker, at: usize, effect: &Effect) -> Shown {
    let text = effect.way.text(by);
    let confidence = text.as_ref().map_or(Confidence::Likely, |(_, confidence)| *confidence).min(effect.confidence);
    Shown { by, text: text.map(|(text, _)| text), troubles: vec![at], confidence }
}

/// One for each batch that fails. In which order the backend hands the parameters to the agent is not known: in that of the definition, it is taken, which
/// matters from the eleventh of a Region on.
fn parameters(by: Speaker, effects: &[Effect], references: &[&Reference]) -> Vec<Shown> {
    let mut batches: BTreeMap<(String, usize), Vec<usize>> = BTreeMap::new();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let batch_of: BTreeMap<String, usize> = references
        .iter()
        .filter(|reference| matches!(reference.slot, Slot::Secrets | Slot::SecretOptions))
        .filter(|reference| reference.value_from.as_ref().and_then(Fact::value).is_some_and(|text| text.provider() == Some(Provider::Ssm)))
        .map(|reference| {
            let region = region_of(reference);
            let count = asked.entry(region).or_default();
            *count += 1;
            (reference.address(), (*count - 1) / BATCH)
        })
        .collect();
    for (at, effect) in effects.iter().enumerate() {
        if let Way::Parameters { region, .. } = &effect.way {
            let mut numbers: Vec<usize> = effect.addresses.iter().filter_map(|address| batch_of.get(address)).copied().collect();
            numbers.dedup();
            for number in if numbers.is_empty() { vec![0] } else { numbers } {
                batches.entry((region.clone(), number)).or_default().push(at);
            }
        }
    }
    let several = asked.values().any(|count| *count > BATCH);
    let mut shown = Vec::new();
    for ((region, _), members) in batches {
        let failure = |at: &usize| match effects.get(*at).map(|effect| &effect.way) {
            Some(Way::Parameters { failure, .. }) => Some(failure),
            _ => None,
        };
        let calls: Vec<usize> = members.iter().filter(|at| matches!(failure(at), Some(Failure::Call { .. }))).copied().collect();
        if !calls.is_empty() {
            // The call fails as a whole, so that invalid names of the same batch are not told.
            shown.extend(calls.into_iter().filter_map(|at| effects.get(at).map(|effect| single(by, at, effect))));
            continue;
        }
        let mut names: Vec<&str> = Vec::new();
        let mut sure = if several { Confidence::Likely } else { Confidence::Certain };
        for at in &members {
            if let Some(Failure::Invalid { name, confidence }) = failure(at) {
                sure = sure.min(*confidence).min(effects.get(*at).map_or(Confidence::Likely, |effect| effect.confidence));
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        let (text, sure) = match by {
            Speaker::Ec2 => (message::as_reason(&ec2::invalid_parameters(&region, &names)), sure),
            _ => (fargate::invalid_parameters(&names), Confidence::Likely),
        };
        shown.push(Shown { by, text: Some(text), troubles: members, confidence: sure });
    }
    shown
}

fn region_of(reference: &Reference) -> String {
    match &reference.target {
        crate::Target::Parameter(id) => id.region.clone(),
        _ => UNKNOWN.to_owned(),
    }
}

/// The open agent joins the errors of all secrets, in the order in which they come back. Whether Fargate does is not known: there each may be the one.
fn secrets(by: Speaker, effects: &[Effect]) -> Vec<Shown> {
    let members = indices(effects, |effect| matches!(effect.way, Way::Secrets { .. }));
    if by != Speaker::Ec2 || members.len() < 2 {
        return members.into_iter().filter_map(|at| effects.get(at).map(|effect| single(by, at, effect))).collect();
    }
    let mut texts: Vec<&str> = Vec::new();
    for at in &members {
        let text = match effects.get(*at).map(|effect| &effect.way) {
            Some(Way::Secrets { ec2: Some((text, _)), .. }) => text,
            _ => UNKNOWN,
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let text = message::as_reason(&texts.join(";"));
    vec![Shown { by, text: Some(text), troubles: members, confidence: Confidence::Likely }]
}

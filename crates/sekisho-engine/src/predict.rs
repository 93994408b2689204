//! What ECS will do with a task definition: refuse it, start no task of it, or hand each container its variables, and what it would say.
//!
//! Source: facts/ecs.md §0 (the order of things), §2 (grammar), §3.1 and §3.2 (batches and renderings), §4 and §5 (messages). The rules have found what is
//! wrong; here it is told what ECS makes of each of their findings, so that a finding and its prediction cannot disagree.

mod effect;
mod message;
mod order;
mod variables;

use std::collections::BTreeMap;

use sekisho_model::Place;

use crate::environment::{Origin, Shadowed};
use crate::reference::launch_of;
use crate::{Case, Confidence, Definition, Finding, Launch, Reference, Slot, Verdict, VerdictOf};

/// What becomes of one reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The container gets the value.
    Resolved,
    /// RegisterTaskDefinition refuses the definition because of it.
    RefusedAtRegistration,
    /// It registers, and no task starts.
    FailsAtStart,
    /// The task starts, and the container gets an empty text.
    SilentlyEmpty,
    /// The task starts, and the container gets another text than is stored.
    WronglyRendered,
    /// A fact that decides it is not known.
    CannotTell,
}

impl Outcome {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::RefusedAtRegistration => "refused-at-registration",
            Self::FailsAtStart => "fails-at-start",
            Self::SilentlyEmpty => "silently-empty",
            Self::WronglyRendered => "wrongly-rendered",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// What a finding keeps from happening. Findings are sorted by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Blocks {
    /// Nothing: what is registered starts.
    #[default]
    Nothing,
    /// The start of a task.
    Start,
    /// The registration of the definition.
    Registration,
}

impl Blocks {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Start => "start",
            Self::Registration => "registration",
        }
    }
}

/// Who prints a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Speaker {
    /// RegisterTaskDefinition, as a `ClientException`.
    Registration,
    /// The open agent, as the reason of a stopped task on EC2 or ECS Anywhere.
    Ec2,
    /// Fargate, as the reason of a stopped task.
    Fargate,
}

impl Speaker {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Ec2 => "ec2",
            Self::Fargate => "fargate",
        }
    }
}

/// A message that ECS would print. It is AWS's own English, with `…` where a part is not known beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who prints it.
    pub by: Speaker,
    /// The message. INVARIANT: it names things and holds nothing of a value.
    pub text: String,
    /// How sure the words are.
    pub confidence: Confidence,
}

/// One thing that keeps the definition from being registered or its tasks from starting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it keeps from happening.
    pub blocks: Blocks,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// The findings' addresses.
    pub addresses: Vec<String>,
    /// How sure it is that it happens.
    pub confidence: Confidence,
    /// What is printed, by each who may run the task; empty where the words are not known.
    pub says: Vec<Said>,
}

/// What ECS may show first, while everything else stays behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Who shows it.
    pub by: Speaker,
    /// The message; `None` where its words are not known.
    pub text: Option<String>,
    /// The troubles that it tells, as indices of [`Prediction::troubles`].
    pub troubles: Vec<usize>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What becomes of one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictedReference {
    /// `service/container/VARIABLE`.
    pub address: String,
    /// What becomes of it, by itself: that the definition is refused for another reason does not count here.
    pub outcome: Outcome,
    /// How sure that is.
    pub confidence: Confidence,
    /// What is printed because of it.
    pub says: Vec<Said>,
}

/// One variable of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictedVariable {
    /// Its name.
    pub name: String,
    /// Where its value comes from.
    pub origin: Origin,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// The environment that ECS would build for one container. Names and origins only: [`crate::environment::assemble`] has the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictedContainer {
    /// The container's name.
    pub name: String,
    /// Its variables, by name.
    pub variables: Vec<PredictedVariable>,
    /// What stands somewhere and loses against something stronger.
    pub shadowed: Vec<Shadowed>,
    /// What was not looked at, as message ids with an argument.
    pub assumptions: Vec<(&'static str, String)>,
}

/// What ECS would do with the whole definition, as far as secrets decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Its tasks start.
    Starts,
    /// Registration refuses it.
    Refused,
    /// It registers, and no task starts.
    FailsToStart,
    /// A fact that decides it is not known.
    CannotTell,
}

impl Fate {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starts => "starts",
            Self::Refused => "refused",
            Self::FailsToStart => "fails-to-start",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// What ECS would do with one definition.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The service, or the file where there is no manifest.
    pub service: String,
    /// Where the definition begins.
    pub place: Place,
    /// Who runs it.
    pub launch: Launch,
    /// What becomes of the whole.
    pub fate: Fate,
    /// Its references, in their order.
    pub references: Vec<PredictedReference>,
    /// Its containers, in their order.
    pub containers: Vec<PredictedContainer>,
    /// Everything that blocks, in the order of the findings.
    pub troubles: Vec<Trouble>,
    /// What ECS would show first. Several where it is not determined which: the first is one of them, for each who may run the task.
    pub first: Vec<Shown>,
}

impl Prediction {
    /// The troubles that stay hidden while `shown` is shown.
    pub fn behind<'a>(&'a self, shown: &'a Shown) -> impl Iterator<Item = &'a Trouble> {
        self.troubles.iter().enumerate().filter(|(at, _)| !shown.troubles.contains(at)).map(|(_, trouble)| trouble)
    }
}

/// Predicts what ECS would do with each definition of `case`.
pub fn predict(case: &Case<'_>) -> Vec<Prediction> {
    crate::judge(case).predictions
}

/// Predicts from what the rules have found; `verdicts` are those of the case's references, in their order.
pub(crate) fn of_findings(case: &Case<'_>, findings: &[Finding], verdicts: &[VerdictOf]) -> Vec<Prediction> {
    let mut by_service: BTreeMap<&str, Parts<'_>> = BTreeMap::new();
    for definition in case.definitions {
        by_service.entry(&definition.service).or_default();
    }
    for (reference, verdict) in case.references.iter().zip(verdicts) {
        if let Some(parts) = by_service.get_mut(reference.service.as_str()) {
            parts.references.push((reference, verdict));
        }
    }
    for finding in findings {
        if let Some(service) = service_of(&finding.address, |service| by_service.contains_key(service))
            && let Some(parts) = by_service.get_mut(service)
        {
            parts.findings.push(finding);
        }
    }
    case.definitions
        .iter()
        .map(|definition| {
            let nothing = Parts::default();
            of_definition(case, definition, by_service.get(definition.service.as_str()).unwrap_or(&nothing))
        })
        .collect()
}

#[derive(Debug, Default)]
struct Parts<'a> {
    references: Vec<(&'a Reference, &'a VerdictOf)>,
    findings: Vec<&'a Finding>,
}

/// The service in front of an address `service/container/VARIABLE`; a service's name may have slashes of its own.
fn service_of(address: &str, is_service: impl Fn(&str) -> bool) -> Option<&str> {
    if is_service(address) {
        return Some(address);
    }
    address.rmatch_indices('/').filter_map(|(at, _)| address.get(..at)).find(|front| is_service(front))
}

fn of_definition(case: &Case<'_>, definition: &Definition, parts: &Parts<'_>) -> Prediction {
    let launch = launch_of(&definition.definition, &definition.run_by);
    let mut effects: Vec<effect::Effect> = Vec::new();
    for finding in &parts.findings {
        let reference = parts.references.iter().map(|(reference, _)| *reference).find(|reference| reference.address() == finding.address);
        let Some(effect) = effect::of(case, definition, finding, reference) else { continue };
        // One thing said of several references is one trouble.
        match effects.iter_mut().find(|known| known.is_the_same_as(&effect)) {
            Some(known) => known.addresses.extend(effect.addresses),
            None => effects.push(effect),
        }
    }
    let references: Vec<PredictedReference> = parts
        .references
        .iter()
        .filter(|(reference, _)| reference.slot != Slot::Declared)
        .map(|(_, verdict)| of_reference(verdict, &effects, launch))
        .collect();
    let (blocking, _): (Vec<effect::Effect>, Vec<effect::Effect>) =
        effects.into_iter().partition(|effect| effect.blocks() > Blocks::Nothing);
    let names: Vec<&Reference> = parts.references.iter().map(|(reference, _)| *reference).collect();
    let first = order::first(&blocking, &names, launch);
    let troubles: Vec<Trouble> = blocking.into_iter().map(|effect| effect.into_trouble(launch)).collect();
    Prediction {
        service: definition.service.clone(),
        place: definition.definition.place.clone(),
        launch,
        fate: fate(&troubles, &references),
        containers: variables::of(case, definition, &references),
        references,
        troubles,
        first,
    }
}

fn of_reference(verdict: &VerdictOf, effects: &[effect::Effect], launch: Launch) -> PredictedReference {
    // What is certain counts more than what comes first.
    let strongest = effects
        .iter()
        .filter(|effect| effect.addresses.contains(&verdict.subject))
        .max_by_key(|effect| (effect.confidence, effect.blocks(), effect.outcome == Outcome::SilentlyEmpty));
    let address = verdict.subject.clone();
    match strongest {
        Some(effect) => PredictedReference { address, outcome: effect.outcome, confidence: effect.confidence, says: effect.says(launch) },
        None => {
            let outcome = if verdict.verdict == Verdict::Pass { Outcome::Resolved } else { Outcome::CannotTell };
            PredictedReference { address, outcome, confidence: Confidence::Certain, says: Vec::new() }
        }
    }
}

fn fate(troubles: &[Trouble], references: &[PredictedReference]) -> Fate {
    let certain = |blocks| troubles.iter().any(|trouble| trouble.blocks == blocks && trouble.confidence == Confidence::Certain);
    if certain(Blocks::Registration) {
        Fate::Refused
    } else if certain(Blocks::Start) {
        Fate::FailsToStart
    } else if !troubles.is_empty() || references.iter().any(|reference| reference.outcome == Outcome::CannotTell) {
        Fate::CannotTell
    } else {
        Fate::Starts
    }
}

//! Facts in, findings and verdicts out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use sekisho_model::declaration::{Declaration, Requirement};
use sekisho_model::observed::{KeyId, Lookup, Observations, ObservedKey, ObservedParameter, ObservedSecret, ObservedValue};
use sekisho_model::service::{RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::TaskDefinition;
use sekisho_model::value_from::{Flaw, Surroundings};
use sekisho_model::{Because, Fact, Secret, Spanned};

use crate::detect::Suspicions;
use crate::file::FileFact;
use crate::rules::RULES;
use crate::task::{Answer, Standing, TaskAccess, Trust};
use crate::{
    Blocks, Confidence, Finding, Judgement, Launch, Prediction, Proof, ReadPolicy, Reference, Severity, Target, Verdict, VerdictOf,
    Version, predict,
};

/// A task definition that was read for a service. Begin with [`Definition::of`] and add what is known.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The service, or the file where there is no manifest.
    pub service: String,
    /// What was read.
    pub definition: TaskDefinition,
    /// The variables that the manifest declares for the service, by container (`*` for every one), with their secrets; empty where there is no
    /// manifest.
    pub declared: Vec<Reference>,
    /// The ECS services that run it, where their definitions were read: launch type, platform version, Service Connect.
    pub run_by: Vec<ServiceDefinition>,
    /// What runs of it override.
    pub overrides: Vec<RunOverrides>,
}

impl Definition {
    /// A definition of which nothing else was read.
    pub fn of(service: &str, definition: TaskDefinition) -> Self {
        Self { service: service.to_owned(), definition, declared: Vec::new(), run_by: Vec::new(), overrides: Vec::new() }
    }
}

/// The lines of environment files whose content is at hand, by the ARN that task definitions name them by.
pub type EnvironmentFiles = BTreeMap<String, Vec<(Spanned<String>, Secret<String>)>>;

/// Everything that the rules look at. Begin with [`Case::of`] and add what is known.
#[derive(Debug)]
pub struct Case<'a> {
    /// The environment's name, or nothing where there is no manifest.
    pub environment: &'a str,
    /// What the environment requires.
    pub requires: &'a [Requirement],
    /// Whether plain text is allowed there.
    pub allow_plaintext: bool,
    /// Where the tasks run.
    pub surroundings: &'a Surroundings,
    /// Every reference.
    pub references: &'a [Reference],
    /// The task definitions that were read.
    pub definitions: &'a [Definition],
    /// What the account told.
    pub observations: &'a Observations,
    /// The manifest, where there is one.
    pub declaration: Option<&'a Declaration>,
    /// Environment files whose content is at hand.
    pub environment_files: &'a EnvironmentFiles,
    /// What the tasks' execution roles may, as [`crate::task::examine`] decided it.
    pub access: &'a [TaskAccess],
    /// The ARN of the role, or of its session, as which the caller made every look-up: where it is a task's execution role, what was read is proof.
    pub caller_role: Option<&'a str>,
    /// The assumptions that the user has examined otherwise, by message id.
    pub accepted: &'a [String],
    /// The policies that were read from files.
    pub policies: &'a [ReadPolicy],
    /// The oldest agent of the cluster's instances, where it is known.
    pub agent: Option<Version>,
    /// Plain text that looks like a secret; looked for once, when the first rule asks.
    pub suspicions: Suspicions,
    /// What was said of the files themselves.
    pub files: &'a [FileFact],
}

/// An account of which nothing was told.
static NOTHING_OBSERVED: LazyLock<Observations> = LazyLock::new(Observations::default);

impl<'a> Case<'a> {
    /// A case of which nothing is known but where the tasks run: no manifest, no reference, no observation.
    pub fn of(surroundings: &'a Surroundings) -> Self {
        Self {
            environment: "",
            requires: &[],
            allow_plaintext: false,
            surroundings,
            references: &[],
            definitions: &[],
            observations: &NOTHING_OBSERVED,
            declaration: None,
            environment_files: const { &EnvironmentFiles::new() },
            access: &[],
            caller_role: None,
            accepted: &[],
            policies: &[],
            agent: None,
            suspicions: Suspicions::default(),
            files: &[],
        }
    }
}

impl Case<'_> {
    /// Every flaw of every reference's text, with the reference.
    pub(crate) fn flaws(&self) -> Vec<(&Reference, Flaw)> {
        let mut flaws = Vec::new();
        for reference in self.references {
            if let Some(value_from) = reference.value_from.as_ref().and_then(Fact::value) {
                let foreign = value_from.flaws_in(self.surroundings);
                flaws.extend(value_from.flaws.iter().cloned().chain(foreign).map(|flaw| (reference, flaw)));
            }
        }
        flaws
    }

    /// What was observed of the parameter that `reference` names.
    pub(crate) fn parameter(&self, reference: &Reference) -> Option<&Fact<Lookup<ObservedParameter>>> {
        match &reference.target {
            Target::Parameter(id) => self.observations.parameters.get(id),
            _ => None,
        }
    }

    /// What was observed of the secret that `reference` names.
    pub(crate) fn secret(&self, reference: &Reference) -> Option<&Fact<Lookup<ObservedSecret>>> {
        match &reference.target {
            Target::Secret { version, .. } => self.observations.secrets.get(&version.secret),
            _ => None,
        }
    }

    /// The value that was read for `reference`.
    pub(crate) fn value(&self, reference: &Reference) -> Option<&Fact<Lookup<ObservedValue>>> {
        match &reference.target {
            Target::Parameter(id) => self.observations.parameter_values.get(id),
            Target::Secret { version, .. } => self.observations.secret_values.get(version),
            Target::Plaintext | Target::Nothing => None,
        }
    }

    /// The key under which what `reference` names is encrypted: its id as the store gives it, and what was observed of it. `None` for the AWS managed
    /// keys, which are not looked up, and for what is not encrypted or not found.
    pub(crate) fn key(&self, reference: &Reference) -> Option<(&str, &Fact<Lookup<ObservedKey>>)> {
        let (region, id) = match &reference.target {
            Target::Parameter(id) => {
                let parameter = self.observations.parameters.get(id)?.value()?.found()?;
                (&id.region, parameter.key.value()?.as_deref()?)
            }
            Target::Secret { version, .. } => (&version.secret.region, self.secret(reference)?.value()?.found()?.key.as_deref()?),
            Target::Plaintext | Target::Nothing => return None,
        };
        let fact = self.observations.keys.get(&KeyId { region: region.clone(), id: id.to_owned() })?;
        Some((id, fact))
    }

    /// The references of each container, in order.
    pub(crate) fn by_container(&self) -> BTreeMap<(&str, &str), Vec<&Reference>> {
        let mut containers: BTreeMap<(&str, &str), Vec<&Reference>> = BTreeMap::new();
        for reference in self.references {
            containers.entry((&reference.service, &reference.container)).or_default().push(reference);
        }
        containers
    }
}

/// How sure we are of what is read in the open agent's source, where the task runs.
pub(crate) fn sureness(launch: Launch) -> Confidence {
    match launch {
        Launch::Ec2 => Confidence::Certain,
        Launch::Fargate | Launch::Unknown => Confidence::Likely,
    }
}

/// Runs every rule on `case`, gives each reference its verdict, and predicts what ECS would do.
pub fn judge(case: &Case<'_>) -> Judgement {
    let mut findings = Vec::new();
    for rule in RULES {
        rule.judge(case, &mut findings);
    }
    findings.sort_by(|a, b| (b.severity, &a.address, a.rule.id).cmp(&(a.severity, &b.address, b.rule.id)));
    findings.dedup();
    let verdicts: Vec<VerdictOf> = {
        let mut about: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in &findings {
            about.entry(&finding.address).or_default().push(finding);
        }
        let none = Vec::new();
        let about = |reference: &Reference| about.get(reference.address().as_str()).unwrap_or(&none).as_slice();
        case.references.iter().map(|reference| verdict_of(case, reference, about(reference))).collect()
    };
    let predictions = predict::of_findings(case, &findings, &verdicts);
    block(&mut findings, &predictions);
    findings.sort_by_key(|finding| Reverse((finding.blocks, finding.severity)));
    Judgement { findings, verdicts, predictions }
}

/// Notes on each finding what it keeps from happening.
fn block(findings: &mut [Finding], predictions: &[Prediction]) {
    let mut blocks: HashMap<(&str, &str), Blocks> = HashMap::new();
    for trouble in predictions.iter().flat_map(|prediction| &prediction.troubles) {
        for address in &trouble.addresses {
            blocks.insert((trouble.rule, address), trouble.blocks);
        }
    }
    for finding in findings {
        if let Some(blocks) = blocks.get(&(finding.rule.name, finding.address.as_str())) {
            finding.blocks = *blocks;
        }
    }
}

fn verdict_of(case: &Case<'_>, reference: &Reference, about: &[&Finding]) -> VerdictOf {
    let subject = reference.address();
    let fails =
        about.iter().any(|finding| finding.severity == Severity::Error && finding.confidence == Confidence::Certain && !finding.undecided);
    let doubtful = about.iter().any(|finding| finding.undecided || finding.severity == Severity::Error);
    let (verdict, proof) = if fails {
        (Verdict::Fail, None)
    } else if doubtful {
        (Verdict::CannotTell, None)
    } else {
        support(case, reference).map_or((Verdict::CannotTell, None), |(proof, _)| (Verdict::Pass, Some(proof)))
    };
    let assumptions = support(case, reference).filter(|_| verdict == Verdict::Pass).map(|(_, assumptions)| assumptions).unwrap_or_default();
    VerdictOf { subject, verdict, proof, assumptions }
}

/// What a pass of `reference` would rest on, and what it would assume, as message ids; `None` where nothing was seen that proves it, whether or not a rule
/// says so.
pub(crate) fn support(case: &Case<'_>, reference: &Reference) -> Option<(Proof, Vec<&'static str>)> {
    let is_seen = match &reference.target {
        Target::Nothing => return None,
        Target::Plaintext => return is_in_definition(case, reference).then_some((Proof::TaskDefinition, Vec::new())),
        Target::Parameter(_) => found(case.parameter(reference)),
        Target::Secret { .. } => found(case.secret(reference)),
    };
    let is_read = found(case.value(reference));
    let task = case.access.iter().find(|task| task.service == reference.service);
    let (proof, mut assumptions) = match task.map(|task| (task, &task.standing)) {
        // Whoever reads as the role needs no right to look at what it reads.
        Some((_, Standing::Caller)) if is_read => (Proof::Role, vec!["assume-ecs-may-assume-role", "assume-no-endpoint-policy"]),
        _ if !is_seen => return None,
        None | Some((_, Standing::Unnamed | Standing::NotExamined | Standing::NoIam | Standing::Caller)) => {
            (Proof::Store, vec!["assume-role-may-read"])
        }
        Some((task, Standing::Examined)) => (Proof::Policy, by_policy(task, reference)?),
        Some((_, Standing::Absent | Standing::Elsewhere(_) | Standing::Unread(_) | Standing::Unnameable)) => return None,
    };
    if case.value(reference).is_none() {
        assumptions.push("assume-value-not-read");
    }
    if reference.value_from.is_none() {
        assumptions.push("assume-task-definition-not-read");
    }
    Some((proof, assumptions))
}

/// What is assumed beside the policies that allow everything that `reference` needs: what no caller of the account can see. `None` where they do not allow.
fn by_policy(task: &TaskAccess, reference: &Reference) -> Option<Vec<&'static str>> {
    let address = reference.address();
    let mut calls = task.calls.iter().filter(|decided| decided.need.call.because.contains(&address)).peekable();
    calls.peek()?;
    let mut assumptions = vec!["assume-no-scp", "assume-no-endpoint-policy"];
    for decided in calls {
        let service = decided.need.call.action.split(':').next().unwrap_or_default();
        if decided.answer != Answer::Allowed {
            return None;
        }
        if sekisho_iam::authorization::supports_resource_control_policies(service) && !assumptions.contains(&"assume-no-rcp") {
            assumptions.push("assume-no-rcp");
        }
    }
    (task.trust == Some(Trust::Allowed)).then_some(assumptions)
}

fn found<T>(fact: Option<&Fact<Lookup<T>>>) -> bool {
    fact.and_then(Fact::value).is_some_and(|lookup| lookup.found().is_some())
}

/// Whether the task definition of the reference's service holds the variable in plain text, in every container that should have it.
fn is_in_definition(case: &Case<'_>, reference: &Reference) -> bool {
    let Some(definition) = case.definitions.iter().find(|definition| definition.service == reference.service) else { return false };
    let mut containers = definition
        .definition
        .containers
        .iter()
        .filter(|container| reference.container == "*" || container.name.value() == Some(&reference.container))
        .peekable();
    containers.peek().is_some()
        && containers.all(|container| container.environment.iter().any(|entry| entry.name.value() == Some(&reference.name)))
}

/// The reason of an unknown fact in one of the words that the messages have for it, and what AWS or the connection said.
pub(crate) fn reason(because: &Because) -> (&'static str, String, String) {
    match because {
        Because::Denied { call, detail } => ("denied", call.to_string(), detail.clone()),
        Because::Throttled { call } => ("throttled", call.to_string(), String::new()),
        Because::Unreachable { call, detail } => ("unreachable", call.to_string(), detail.clone()),
        Because::Refused { call, code, detail } => ("refused", call.to_string(), format!("{code}: {detail}")),
        Because::KeyUnusable { call, detail } => ("key-unusable", call.to_string(), detail.clone()),
        Because::NotAsked => ("not-asked", String::new(), String::new()),
        Because::Unrendered(text) => ("unrendered", String::new(), text.clone()),
        Because::WrongType { expected, found } => ("wrong-type", (*expected).to_owned(), (*found).to_owned()),
        Because::NotTold(detail) => ("not-told", String::new(), detail.clone()),
    }
}

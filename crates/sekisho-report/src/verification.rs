//! What a verification has to say.

use std::collections::BTreeSet;

use sekisho_engine::task::{Answer, Standing, TaskAccess};
use sekisho_engine::{Finding, Judgement, Reference, Severity, Target, Verdict};
use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, Observations};

use crate::Told;

/// One verification, ready to be told.
#[derive(Debug)]
pub struct Verification<'a> {
    /// The environment's name, or nothing without a manifest.
    pub environment: Option<&'a str>,
    /// The caller's account.
    pub account: String,
    /// The Region.
    pub region: String,
    /// Where it was looked: `aws`, `local`, or a URL.
    pub endpoint: String,
    /// The files that were read.
    pub inputs: Vec<String>,
    /// How many services or task definitions.
    pub services: usize,
    /// Every reference, in the order of the verdicts.
    pub references: &'a [Reference],
    /// What was observed.
    pub observations: &'a Observations,
    /// What was judged.
    pub judgement: &'a Judgement,
    /// What the tasks' execution roles may.
    pub access: &'a [TaskAccess],
    /// The findings of the judgement with what is shown beside them, in the same order.
    pub told: Vec<Told>,
    /// What was created before the judgement.
    pub changes: Vec<Change>,
    /// Whether what is missing was to be created: then "0 created" is told too.
    pub creating: bool,
}

/// How many calls of how many execution roles were decided, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccessCounts {
    /// Roles whose policies were looked at.
    pub roles: usize,
    /// Calls that ECS makes with them.
    pub calls: usize,
    /// Of these, allowed.
    pub allowed: usize,
    /// Of these, refused.
    pub denied: usize,
    /// The rest.
    pub cannot_tell: usize,
}

impl AccessCounts {
    /// Counts `tasks`.
    pub fn of(tasks: &[TaskAccess]) -> Self {
        let examined = tasks.iter().filter(|task| task.standing == Standing::Examined);
        let roles: BTreeSet<&str> = examined.clone().map(|task| task.role.as_str()).collect();
        let mut counts = Self { roles: roles.len(), ..Self::default() };
        for decided in examined.flat_map(|task| &task.calls) {
            counts.calls += 1;
            match decided.answer {
                Answer::Allowed => counts.allowed += 1,
                Answer::Denied(_) => counts.denied += 1,
                Answer::CannotTell(_) => counts.cannot_tell += 1,
            }
        }
        counts
    }
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done: `created`, `key-added`, `version-added`, `would-create`, …; a message id `change-…`.
    pub action: &'static str,
    /// The ARN or name.
    pub target: String,
    /// Where the value came from: a message id `from-…`.
    pub origin: &'static str,
    /// The origin's own name: a variable, a file.
    pub origin_name: String,
    /// The version that resulted.
    pub version: String,
}

/// From what severity on findings fail the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate(pub Severity);

impl Default for Gate {
    fn default() -> Self {
        Self(Severity::Warning)
    }
}

impl Gate {
    /// The exit code: 1 for a finding at or above the gate or a failed reference, 3 for what could not be proved, else 0 (design §5).
    pub fn exit_code(self, judgement: &Judgement) -> u8 {
        let stops = |finding: &Finding| !finding.undecided && finding.severity >= self.0;
        if judgement.findings.iter().any(stops) || judgement.count(Verdict::Fail) > 0 {
            1
        } else if judgement.count(Verdict::CannotTell) > 0 || judgement.findings.iter().any(|finding| finding.undecided) {
            3
        } else {
            0
        }
    }
}

/// Where a reference's value is kept, for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// `ssm`, `secretsmanager`, `environment`, or nothing.
    pub store: &'static str,
    /// The name or id.
    pub name: String,
    /// The JSON key.
    pub json_key: Option<String>,
    /// The version: a number, or the beginning of a version id that stands under AWSCURRENT.
    pub version: Option<String>,
    /// Type of a parameter.
    pub kind: Option<String>,
    /// Tier of a parameter.
    pub tier: Option<String>,
}

impl Stored {
    /// What `observations` tell of `reference`'s target.
    pub fn of(reference: &Reference, observations: &Observations) -> Self {
        let nothing = |store, name: &str| Self { store, name: name.to_owned(), json_key: None, version: None, kind: None, tier: None };
        match &reference.target {
            Target::Parameter(id) => {
                let found = observations.parameters.get(id).and_then(Fact::value).and_then(Lookup::found);
                Self {
                    version: found.map(|parameter| parameter.version.to_string()),
                    kind: found.map(|parameter| parameter.kind.clone()),
                    tier: found.and_then(|parameter| parameter.tier.value().cloned()),
                    ..nothing("ssm", &id.name)
                }
            }
            Target::Secret { version, json_key } => {
                let found = observations.secrets.get(&version.secret).and_then(Fact::value).and_then(Lookup::found);
                let current = |stages: &Vec<String>| stages.iter().any(|stage| stage == version.stage.as_deref().unwrap_or("AWSCURRENT"));
                Self {
                    json_key: json_key.clone(),
                    version: version.version_id.clone().or_else(|| {
                        found.and_then(|secret| secret.versions.iter().find(|(_, stages)| current(stages)).map(|(id, _)| id.clone()))
                    }),
                    ..nothing("secretsmanager", found.map_or(version.secret.id.as_str(), |secret| secret.arn.as_str()))
                }
            }
            Target::Plaintext => nothing("environment", ""),
            Target::Nothing => nothing("", reference.text().unwrap_or_default()),
        }
    }
}

//! Pass, fail, cannot tell.

use std::fmt;

use crate::predict::{Said, Trouble};
use crate::{Finding, Prediction};

/// A verdict on one reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It was proved that the container receives it.
    Pass,
    /// It was proved that it does not.
    Fail,
    /// Neither.
    CannotTell,
}

impl Verdict {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::CannotTell => "cannot-tell",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a pass rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The store was looked at with the caller's own rights, and, where needed, the value. Nothing is said of the role that ECS will use.
    Store,
    /// The task definition itself holds the value.
    TaskDefinition,
    /// The store was looked at, and every policy that was seen allows the execution role what ECS will ask with it.
    Policy,
    /// The execution role was assumed and the value read with it.
    Role,
}

impl Proof {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::TaskDefinition => "task-definition",
            Self::Policy => "by-policy",
            Self::Role => "live-as-the-role",
        }
    }
}

/// Everything that a proof can rest on without having seen it, as message ids. An environment that requires proofs without assumptions has them accepted
/// one by one.
pub const ASSUMPTIONS: [&str; 7] = [
    "assume-role-may-read",
    "assume-no-scp",
    "assume-no-rcp",
    "assume-no-endpoint-policy",
    "assume-ecs-may-assume-role",
    "assume-value-not-read",
    "assume-task-definition-not-read",
];

/// The verdict on one reference, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictOf {
    /// `service/container/VARIABLE`.
    pub subject: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What a pass rests on.
    pub proof: Option<Proof>,
    /// What was not examined, as message ids.
    pub assumptions: Vec<&'static str>,
}

/// Everything that was judged.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Findings: what keeps a definition from being registered, what keeps its tasks from starting, then the rest; of each the worst first, then by
    /// address.
    pub findings: Vec<Finding>,
    /// One verdict per reference, in the order of the references.
    pub verdicts: Vec<VerdictOf>,
    /// What ECS would do with each definition, in their order.
    pub predictions: Vec<Prediction>,
}

impl Judgement {
    /// What ECS would print because of `finding`, by each who may run the task: for the line "ECS would say: …". Empty where it prints nothing, or where its
    /// words are not known.
    pub fn says(&self, finding: &Finding) -> &[Said] {
        let trouble = |prediction: &'_ Prediction| -> Option<usize> {
            let is_it = |trouble: &Trouble| trouble.rule == finding.rule.name && trouble.addresses.contains(&finding.address);
            prediction.troubles.iter().position(is_it)
        };
        let of = self.predictions.iter().find_map(|prediction| Some((prediction, trouble(prediction)?)));
        of.and_then(|(prediction, at)| prediction.troubles.get(at)).map_or(&[], |trouble| &trouble.says)
    }

    /// How many verdicts are `verdict`.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.verdicts.iter().filter(|of| of.verdict == verdict).count()
    }
}

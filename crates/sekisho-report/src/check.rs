//! What a check has to say.

use std::collections::BTreeMap;

use sekisho_engine::predict::{Said, Speaker};
use sekisho_engine::{Confidence, Finding, Prediction, Severity};

use crate::{Excerpt, Wording, escape};

/// One check, ready to be told.
#[derive(Debug, Default)]
pub struct Check {
    /// What was to be checked, as the user named it.
    pub roots: Vec<String>,
    /// What was looked at.
    pub looked: Looked,
    /// The files that were read, in order.
    pub inputs: Vec<Input>,
    /// How many task definitions.
    pub definitions: usize,
    /// How many IAM policies.
    pub policies: usize,
    /// How many references, and how many of them would fail.
    pub references: usize,
    /// Of these, those that fail.
    pub failing: usize,
    /// How many findings there are, told or not.
    pub counts: Counts,
    /// The findings, what blocks a start first.
    pub findings: Vec<Told>,
    /// Those of an earlier run that are gone: rule, path, address, how many.
    pub gone: Vec<Gone>,
    /// What was mended.
    pub mended: Mended,
    /// What ECS would do with the definitions; not of more than [`PREDICTIONS`].
    pub predictions: Vec<Prediction>,
}

/// Most definitions of which the prediction is told.
pub const PREDICTIONS: usize = 1_000;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file, as the user would name it.
    pub file: String,
    /// What it is: a word of the readers.
    pub dialect: &'static str,
    /// How many task definitions are in it.
    pub definitions: usize,
    /// How many policies.
    pub policies: usize,
}

/// What was looked at, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Files that were seen.
    pub files: usize,
    /// Of these, those that were read, by dialect.
    pub read: BTreeMap<&'static str, usize>,
    /// Of these, those that could not be read.
    pub refused: usize,
    /// Of these, those that hold nothing of ours.
    pub not_ours: usize,
    /// Of these, Terraform's, which is not read yet.
    pub terraform: usize,
    /// Files and directories that `.gitignore` names.
    pub ignored: usize,
    /// Directories of tools: `.git`, `.terraform`, `node_modules` and their kind.
    pub skipped: usize,
    /// Symbolic links, which are not followed.
    pub links: usize,
    /// Files and directories that a limit left out.
    pub left_out: usize,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors, without what cannot be told.
    pub errors: usize,
    /// Warnings, likewise.
    pub warnings: usize,
    /// Notes, likewise.
    pub notes: usize,
    /// What cannot be told.
    pub undecided: usize,
    /// Those that a suppression excuses, not counted above.
    pub suppressed: usize,
    /// Those that the baseline knows, not counted above.
    pub known: usize,
}

impl Counts {
    /// Counts `finding`.
    pub fn add(&mut self, finding: &Finding) {
        let count = match finding.severity {
            _ if finding.undecided => &mut self.undecided,
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        };
        *count += 1;
    }

    /// All that are not excused.
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.notes + self.undecided
    }

    /// How many reach `gate`.
    pub fn stopping(&self, gate: Severity) -> usize {
        match gate {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// One finding with what is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The finding.
    pub finding: Finding,
    /// Its line.
    pub excerpt: Option<Excerpt>,
    /// What ECS would say of it.
    pub ecs_says: Vec<Said>,
}

impl From<&Finding> for Told {
    fn from(finding: &Finding) -> Self {
        Self { finding: finding.clone(), excerpt: None, ecs_says: Vec::new() }
    }
}

impl Told {
    /// What ECS would say, in lines: who says it, and AWS's own words.
    pub(crate) fn says<'t>(&'t self, wording: &'t Wording) -> impl Iterator<Item = String> + 't {
        self.ecs_says.iter().map(|said| format!("{}: {}", who_says(said.by, said.confidence, wording), escape(&said.text)))
    }
}

/// "ECS would say", with who it is and how sure.
pub(crate) fn who_says(by: Speaker, confidence: Confidence, wording: &Wording) -> String {
    let sure = if confidence == Confidence::Certain { "certain" } else { "likely" };
    wording.text("ecs-says", &[("by", by.as_str().to_owned()), ("confidence", sure.to_owned())])
}

/// What an earlier run found and this one did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The rule's id.
    pub rule: String,
    /// The file.
    pub path: String,
    /// The address.
    pub address: String,
    /// How many.
    pub count: usize,
}

/// What `--fix` did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// How many findings could be mended by a program.
    pub possible: usize,
    /// How many were.
    pub done: usize,
}

impl Check {
    /// How many findings are counted and not told.
    pub fn untold(&self) -> usize {
        self.counts.total().saturating_sub(self.findings.len())
    }

    /// The exit code: 1 for a finding at or above `gate`; 3, where `strict`, for what cannot be told; else 0 (design §5).
    pub fn exit_code(&self, gate: Severity, strict: bool) -> u8 {
        if self.counts.stopping(gate) > 0 {
            1
        } else if strict && (self.counts.undecided > 0) {
            3
        } else {
            0
        }
    }
}

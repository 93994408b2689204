//! A rule's judgement on facts.

use sekisho_model::{Place, Source};

use crate::Blocks;
use crate::rules::Meta;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// A task does not start, or a container does not get what it should.
    Error,
}

impl Severity {
    /// The word in machine output and flags.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure it is. What facts/ecs.md and facts/iam.md tag unconfirmed is never certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Inferred, or from a single source.
    Likely,
    /// Read in source or documentation.
    Certain,
}

impl Confidence {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// One finding. Its wording stands in Fluent under [`Finding::message`], with a `.remedy` beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Meta,
    /// Which of the rule's messages.
    pub message: &'static str,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What it is about: `service/container/VARIABLE`, `service/container` or `service`.
    pub address: String,
    /// Where it stands, or which call told.
    pub source: Option<Source>,
    /// Further places.
    pub related: Vec<Place>,
    /// What the message names. INVARIANT: never anything of a value.
    pub args: Vec<(&'static str, String)>,
    /// Whether this says that something could not be decided, rather than that something is wrong.
    pub undecided: bool,
    /// What it keeps from happening; [`crate::judge`] says so.
    pub blocks: Blocks,
    /// What the string at `source` should be, where that is certain enough to be written by a program.
    pub mended: Option<String>,
}

impl Finding {
    /// A finding of `rule` at `address`, of the rule's own severity and message.
    pub fn new(rule: &'static Meta, address: &str) -> Self {
        Self {
            rule,
            message: rule.name,
            severity: rule.severity,
            confidence: Confidence::Certain,
            address: address.to_owned(),
            source: None,
            related: Vec::new(),
            args: Vec::new(),
            undecided: false,
            blocks: Blocks::Nothing,
            mended: None,
        }
    }

    /// With an argument of the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// With its place.
    pub fn at(mut self, source: &Source) -> Self {
        self.source = Some(source.clone());
        self
    }

    /// With another message of the same rule.
    pub fn saying(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    /// With another severity than the rule's.
    pub fn as_bad_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With another confidence than certain.
    pub fn as_sure_as(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}

//! What can be wrong with the text of a reference.

use std::fmt;

use crate::ArnPart;
use crate::span::Span;

/// One thing that is wrong or risky about a reference's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What.
    pub kind: FlawKind,
    /// Which bytes of the text.
    pub span: Span,
    /// The whole text as it should probably read, where that can be said.
    pub instead: Option<String>,
    /// What ECS makes of it.
    pub effect: Effect,
    /// How well that is known.
    pub certainty: Certainty,
}

/// What ECS makes of a flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// RegisterTaskDefinition refuses the definition.
    Refused,
    /// It registers, and no task starts.
    FailsAtStart,
    /// It may work; the flaw says when not.
    Hazard,
}

/// How well a behaviour is known. What facts/ecs.md tags unconfirmed is never `Certain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Read in the agent's source or AWS's documentation, or reported alike by many.
    Certain,
    /// Inferred, or from one source.
    Likely,
}

/// A part of the grammar, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole text.
    Whole,
    /// A part of the ARN.
    Arn(ArnPart),
    /// The parameter's name.
    ParameterName,
    /// The secret's id.
    SecretId,
    /// The JSON key.
    JsonKey,
    /// The staging label.
    Stage,
    /// The version id.
    VersionId,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("valueFrom"),
            Self::Arn(part) => part.fmt(f),
            Self::ParameterName => f.write_str("parameter name"),
            Self::SecretId => f.write_str("secret id"),
            Self::JsonKey => f.write_str("json-key"),
            Self::Stage => f.write_str("version-stage"),
            Self::VersionId => f.write_str("version-id"),
        }
    }
}

/// The kinds of flaw. The engine has a rule for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Nothing is written (R10).
    Empty,
    /// A placeholder that another program was to fill in.
    Unrendered {
        /// The placeholder.
        placeholder: String,
    },
    /// It begins with `arn:` and has too few parts.
    BrokenArn {
        /// How many parts it has.
        found: usize,
        /// The first that is missing.
        missing: ArnPart,
    },
    /// An ARN of neither Parameter Store nor Secrets Manager.
    OtherService {
        /// The service it names.
        service: String,
    },
    /// The Region field has no Region's form.
    RegionForm {
        /// What stands there.
        found: String,
    },
    /// The account field is not 12 digits.
    AccountForm {
        /// What stands there.
        found: String,
    },
    /// The partition is not the one of the ARN's own Region.
    PartitionOfRegion {
        /// What stands there.
        found: String,
        /// The Region's.
        expected: String,
    },
    /// More than 2048 characters.
    Long {
        /// How many.
        length: usize,
    },
    /// A character that registration refuses in a parameter's name (R2).
    ParameterCharacter {
        /// The first one.
        character: char,
    },
    /// `name:3` or `name:label`: ECS pins no version.
    ParameterSelector {
        /// What follows the colon.
        selector: String,
    },
    /// The ARN of a parameter with `:3` or `:label` behind it; what ECS does is not confirmed.
    ParameterArnSelector {
        /// What follows the colon.
        selector: String,
    },
    /// A name with a JSON-key suffix: a Secrets Manager name where its ARN is needed.
    SecretNameWithSuffix {
        /// The name in front of the first colon.
        name: String,
    },
    /// White space in front of or behind the name; inner white space is [`FlawKind::ParameterCharacter`].
    SurroundingSpace,
    /// Registration's characters allow it, but no parameter can have this name; the reason is Parameter Store's.
    ParameterCannotExist {
        /// Why.
        error: crate::ParameterNameError,
    },
    /// `parameter//a`, `parametera/b`, `parameter:/a`: not exactly one slash behind the word.
    ParameterArnSlash,
    /// The resource of a Secrets Manager ARN does not begin with `secret:`.
    SecretResource,
    /// Not 2 and not 5 colon parts behind the account.
    SecretParts {
        /// How many.
        found: usize,
    },
    /// The secret's id is empty.
    SecretIdEmpty,
    /// A character that Secrets Manager refuses in a name.
    SecretCharacter {
        /// The first one.
        character: char,
    },
    /// The ARN lacks the six characters that AWS adds.
    PartialArn,
    /// A version id of fewer than 32 or more than 64 characters.
    VersionIdLength {
        /// What stands there.
        found: String,
    },
    /// A version id stands where the stage belongs.
    StageLooksLikeVersionId,
    /// Both a stage and a version id; they must name the same version.
    StageAndVersionId,
    /// The JSON key looks like a path; it is one literal key.
    JsonKeyPath {
        /// The key.
        key: String,
    },
    /// White space around the JSON key, stage or version id belongs to it.
    SpaceInSuffix {
        /// Where.
        part: Part,
    },
    /// A key suffix behind registry credentials, where none is read.
    SuffixOnRegistryCredentials,
    /// A parameter's reference where registry credentials need a secret.
    ParameterAsRegistryCredentials,
    /// A parameter of another account.
    ParameterOfOtherAccount {
        /// The reference's account.
        there: String,
        /// The task's account.
        here: String,
    },
    /// A secret of another account.
    SecretOfOtherAccount {
        /// The reference's account.
        there: String,
        /// The task's account.
        here: String,
    },
    /// Another Region than the task's.
    OtherRegion {
        /// The reference's Region.
        there: String,
        /// The task's Region.
        here: String,
    },
    /// Another partition than the task's.
    OtherPartition {
        /// The reference's partition.
        there: String,
        /// The task's partition.
        here: String,
    },
}

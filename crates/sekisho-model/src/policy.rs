//! Policy documents: what is written in them, where, and of which kind they are. Nothing here decides; that is `sekisho-iam`.
//!
//! Source: IAM user guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy language".

mod kind;
mod operator;

use std::fmt;

pub use kind::PolicyKind;
pub use operator::{Comparison, Operator, OperatorError, SetQualifier};

use crate::Place;

/// A policy document, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// The version of the policy language, which decides whether there are policy variables.
    pub version: PolicyVersion,
    /// The `Id`, which means nothing to IAM.
    pub id: Option<PolicyText>,
    /// The statements in the order of the document.
    pub statements: Vec<Statement>,
    /// Where the document begins. None where it was not read from a file: a document of a live account, or a value inside another file.
    pub place: Option<Place>,
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyVersion {
    /// `2012-10-17`, the one with policy variables.
    V2012,
    /// `2008-10-17`.
    V2008,
    /// Nothing is written, which means 2008.
    #[default]
    Absent,
}

impl PolicyVersion {
    /// Whether `${…}` is a policy variable. In the older version it is plain text.
    pub fn has_variables(self) -> bool {
        self == Self::V2012
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The `Sid`.
    pub sid: Option<PolicyText>,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`; the policies of identities have neither.
    pub principal: Option<Principals>,
    /// `Action` or `NotAction`.
    pub action: Patterns,
    /// `Resource` or `NotResource`; trust policies have neither.
    pub resource: Option<Patterns>,
    /// Every key of every operator of `Condition`. All of them must hold.
    pub conditions: Vec<Condition>,
    /// Where the statement begins.
    pub place: Option<Place>,
}

impl Statement {
    /// The text of the `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_ref().map(|sid| sid.text.as_str())
    }
}

/// What a statement does to the requests that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

impl Effect {
    /// The word of the policy language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One text of a document with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyText {
    /// As written, escapes of JSON undone.
    pub text: String,
    /// Where, if it was read from a file.
    pub place: Option<Place>,
}

impl PolicyText {
    /// A text without a place.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), place: None }
    }
}

/// `Action`, `Resource`, or one of their negations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patterns {
    /// Written as `NotAction` or `NotResource`: everything but these.
    pub negated: bool,
    /// The patterns, of which one has to match. A single string is a list of one.
    pub patterns: Vec<PolicyText>,
    /// Where the element's key stands.
    pub place: Option<Place>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Written as `NotPrincipal`: everybody but these.
    pub negated: bool,
    /// Who is named. `"*"` is the same as `{"AWS": "*"}`, and is read as that.
    pub entries: Vec<PrincipalEntry>,
    /// Where the element's key stands.
    pub place: Option<Place>,
}

/// One principal that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalEntry {
    /// Under which key it stands.
    pub kind: PrincipalType,
    /// The ARN, account, service or `*`.
    pub text: PolicyText,
}

/// The keys of a `Principal` element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalType {
    /// `AWS`: an account, a user, a role, a session, or everybody.
    Aws,
    /// `Service`
    Service,
    /// `Federated`: an identity provider.
    Federated,
    /// `CanonicalUser`, which only S3 knows.
    CanonicalUser,
}

impl PrincipalType {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser];

    /// The word of the policy language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One key under one operator of a `Condition` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// How the values are compared.
    pub operator: Operator,
    /// The condition key, in the letters of the document.
    pub key: PolicyText,
    /// The values. Booleans and numbers of JSON are their text.
    pub values: Vec<PolicyText>,
}

//! The answer.

use std::fmt;
use std::sync::Arc;

use sekisho_model::policy::Effect;
use sekisho_model::{Because, Place};

use crate::CompiledPolicy;

/// The answer to one request.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What AWS does.
    pub outcome: Outcome,
    /// The statements that decided: those that deny; or where it is allowed, those of each layer that allow; where it cannot be told, those of the layers
    /// that are clear. Empty where nothing allows.
    pub because: Vec<DecidingStatement>,
    /// Why it cannot be told. Empty for the other outcomes.
    pub doubts: Vec<Doubt>,
}

/// What AWS does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is allowed.
    Allowed,
    /// Something that has to allow it does not.
    ImplicitlyDenied,
    /// A statement denies it.
    ExplicitlyDenied,
    /// It depends on what is not known, or not documented.
    CannotTell,
}

impl Outcome {
    /// A word for machines: `allowed`, `implicitly-denied`, `explicitly-denied`, `cannot-tell`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ImplicitlyDenied => "implicitly-denied",
            Self::ExplicitlyDenied => "explicitly-denied",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// Whether it is certain that the request is refused.
    pub fn is_denied(self) -> bool {
        matches!(self, Self::ImplicitlyDenied | Self::ExplicitlyDenied)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The layers by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerName {
    /// The principal's own policies.
    Identity,
    /// The resource's policy.
    Resource,
    /// The permissions boundary.
    Boundary,
    /// The session's policies.
    Session,
    /// The service control policies of the level with this id.
    Scp(Arc<str>),
    /// The resource control policies of the level with this id.
    Rcp(Arc<str>),
    /// The policy of the VPC endpoint.
    Endpoint,
}

impl LayerName {
    /// A word for machines: `identity`, `resource`, `boundary`, `session`, `scp`, `rcp`, `endpoint`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Scp(_) => "scp",
            Self::Rcp(_) => "rcp",
            Self::Endpoint => "endpoint",
        }
    }
}

/// A statement that decided.
#[derive(Clone, Debug)]
pub struct DecidingStatement {
    /// In which layer.
    pub layer: LayerName,
    /// Of which policy.
    pub policy: Arc<CompiledPolicy>,
    /// Its number within the policy, from 0.
    pub statement: usize,
}

impl DecidingStatement {
    /// The policy's name.
    pub fn policy_name(&self) -> &str {
        self.policy.name()
    }

    /// The `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.policy.document().statements.get(self.statement).and_then(|statement| statement.sid())
    }

    /// Whether it allows or denies. None only for a number that the policy does not have.
    pub fn effect(&self) -> Option<Effect> {
        self.policy.document().statements.get(self.statement).map(|statement| statement.effect)
    }

    /// Where it stands, if its policy was read from a file.
    pub fn place(&self) -> Option<&Place> {
        self.policy.document().statements.get(self.statement).and_then(|statement| statement.place.as_ref())
    }
}

/// Why it cannot be told.
#[derive(Clone, Debug)]
pub enum Doubt {
    /// A layer is not known.
    LayerUnknown {
        /// Which.
        layer: LayerName,
        /// Why.
        because: Arc<Because>,
    },
    /// A policy of a layer could not be read.
    PolicyUnreadable {
        /// The layer.
        layer: LayerName,
        /// The policy.
        policy: Arc<str>,
    },
    /// A statement may or may not match.
    Statement {
        /// Which.
        statement: DecidingStatement,
        /// What of it cannot be told.
        unclear: Vec<Failed>,
    },
    /// It is not known whether principal and resource belong to the same account.
    ResourceAccount,
    /// It is not known whether the role is one of a service, which the policies of an organisation do not restrict.
    ServiceLinkedRole,
}

/// An element of a statement that does not match, or of which that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// `Principal` or `NotPrincipal`.
    Principal,
    /// `Action` or `NotAction`.
    Action,
    /// `Resource` or `NotResource`.
    Resource,
    /// A key of `Condition`.
    Condition {
        /// The operator as it is written.
        operator: String,
        /// The key as it is written.
        key: String,
        /// The request does not carry the key, as far as is known.
        missing: bool,
    },
}

/// What would change the answer.
#[derive(Clone, Debug)]
pub enum Change {
    /// This layer has to allow it, and no statement of it does.
    Allow {
        /// The layer.
        layer: LayerName,
    },
    /// This statement comes nearest to allowing it.
    Nearest {
        /// The statement.
        statement: DecidingStatement,
        /// What of it does not match.
        failed: Vec<Failed>,
    },
    /// This statement denies it: take it away, or make it not match.
    Deny {
        /// The statement.
        statement: DecidingStatement,
    },
    /// This has to be known.
    Know {
        /// What is not.
        doubt: Doubt,
    },
}

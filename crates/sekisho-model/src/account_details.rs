//! Everybody in an account who can have rights, with the policies that give and limit them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Fact;
use crate::access::NamedPolicy;
use crate::policy::PolicyDocument;

/// A document that several principals share is there once.
pub type SharedPolicy = NamedPolicy<Arc<PolicyDocument>>;

/// What GetAccountAuthorizationDetails tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountDetails {
    /// Users and roles, in the order of the file.
    pub principals: Vec<AccountPrincipal>,
    /// Entries that could not be read, by what is known of them: each may be somebody who can do anything.
    pub unreadable: Vec<String>,
    /// Whether the listing goes on elsewhere: then there are more principals than these.
    pub truncated: bool,
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPrincipal {
    /// Its ARN, path included.
    pub arn: String,
    /// Its own policies, those attached to it, and those of a user's groups (`GROUP/POLICY`).
    pub policies: Vec<SharedPolicy>,
    /// Its permissions boundary.
    pub boundary: Option<SharedPolicy>,
    /// Who may assume the role; `None` for a user.
    pub trust: Option<Fact<Arc<PolicyDocument>>>,
    /// `aws:PrincipalTag`.
    pub tags: BTreeMap<String, String>,
}

//! The policies that have a say, layer by layer.

use std::collections::HashMap;
use std::sync::Arc;

use sekisho_model::Because;

use crate::CompiledPolicy;

/// Every layer that AWS looks at for one request.
///
/// Source: IAM user guide, "Policy evaluation logic".
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Of the user and its groups, or of the role.
    pub identity: Layer<PolicySet>,
    /// Of the resource. For a KMS key its key policy, for a role that is assumed its trust policy.
    pub resource: Layer<PolicySet>,
    /// The permissions boundary of the user or role.
    pub boundary: Layer<PolicySet>,
    /// Handed over when the session was made.
    pub session: Layer<PolicySet>,
    /// Service control policies: the root, each organisational unit, and the account of the principal.
    pub scps: Layer<Vec<OrgLevel>>,
    /// Resource control policies, of the account of the resource.
    pub rcps: Layer<Vec<OrgLevel>>,
    /// Of the VPC endpoint that the request goes through.
    pub endpoint: Layer<PolicySet>,
}

/// What is known of one layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layer<T> {
    /// These are its policies: all of them.
    Known(T),
    /// There is no such layer for this request. A missing boundary limits nothing; missing identity policies allow nothing.
    #[default]
    DoesNotExist,
    /// It may exist, and what it says is not known.
    Unknown(Arc<Because>),
}

impl<T> Layer<T> {
    /// A layer that is not known.
    pub fn unknown(because: Because) -> Self {
        Self::Unknown(Arc::new(because))
    }

    /// The policies, where they are known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::DoesNotExist | Self::Unknown(_) => None,
        }
    }
}

/// The policies of one level of an organisation.
#[derive(Clone, Debug)]
pub struct OrgLevel {
    /// The root, the organisational unit or the account, by its id.
    pub name: Arc<str>,
    /// What is attached to it.
    pub policies: PolicySet,
}

/// The policies of one layer, with an index over their actions. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct PolicySet(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    policies: Vec<Arc<CompiledPolicy>>,
    unreadable: Vec<Arc<str>>,
    index: Index,
}

/// Which statements can match an action at all.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Statements whose actions are all of one service, under its prefix; policy and statement by number.
    by_service: HashMap<Box<str>, Vec<(u32, u32)>>,
    /// Statements that may match an action of any service.
    any_service: Vec<(u32, u32)>,
}

impl PolicySet {
    /// These policies, and no others.
    pub fn new(policies: impl IntoIterator<Item = Arc<CompiledPolicy>>) -> Self {
        Self::with_unreadable(policies, [])
    }

    /// These policies, and some that exist but whose documents could not be read: they may allow and deny anything.
    pub fn with_unreadable(
        policies: impl IntoIterator<Item = Arc<CompiledPolicy>>,
        unreadable: impl IntoIterator<Item = Arc<str>>,
    ) -> Self {
        let policies: Vec<_> = policies.into_iter().collect();
        let index = Index::new(&policies);
        Self(Arc::new(Inner { policies, unreadable: unreadable.into_iter().collect(), index }))
    }

    /// The policies.
    pub fn policies(&self) -> &[Arc<CompiledPolicy>] {
        &self.0.policies
    }

    /// The names of those that could not be read.
    pub fn unreadable(&self) -> &[Arc<str>] {
        &self.0.unreadable
    }

    /// The statements that can match an action of `service`, with their policies.
    pub(crate) fn candidates<'s>(&'s self, service: &str) -> impl Iterator<Item = (&'s Arc<CompiledPolicy>, usize)> {
        let of_service = self.0.index.by_service.get(service).map(Vec::as_slice).unwrap_or_default();
        of_service
            .iter()
            .chain(&self.0.index.any_service)
            .filter_map(|(policy, statement)| self.0.policies.get(*policy as usize).map(|policy| (policy, *statement as usize)))
    }
}

impl Index {
    fn new(policies: &[Arc<CompiledPolicy>]) -> Self {
        let mut index = Self::default();
        for (policy_number, policy) in (0u32..).zip(policies) {
            for (statement_number, statement) in (0u32..).zip(policy.statements()) {
                let at = (policy_number, statement_number);
                match statement.actions.services() {
                    None => index.any_service.push(at),
                    Some(services) => {
                        for service in services {
                            index.by_service.entry(service.clone()).or_default().push(at);
                        }
                    }
                }
            }
        }
        index
    }
}

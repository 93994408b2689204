//! What is known of access, ready to be asked: each policy compiled once.

use std::collections::BTreeMap;
use std::sync::Arc;

use sekisho_iam::{CompiledPolicy, Layer, PolicySet};
use sekisho_model::access::{Access, NamedPolicy, Role};
use sekisho_model::observed::Lookup;
use sekisho_model::policy::{
    Effect, Patterns, PolicyDocument, PolicyKind, PolicyText, PolicyVersion, PrincipalEntry, PrincipalType, Principals, Statement,
};
use sekisho_model::{Because, Fact};

/// A role's policies.
#[derive(Clone, Debug)]
pub(super) struct CompiledRole {
    pub(super) arn: String,
    pub(super) identity: Layer<PolicySet>,
    pub(super) boundary: Layer<PolicySet>,
    pub(super) trust: Layer<PolicySet>,
    pub(super) tags: BTreeMap<String, String>,
}

/// Every document of `access`, compiled.
#[derive(Debug)]
pub(super) struct CompiledAccess<'a> {
    pub(super) access: &'a Access<PolicyDocument>,
    roles: BTreeMap<&'a str, CompiledRole>,
    keys: BTreeMap<&'a str, Layer<PolicySet>>,
    secrets: BTreeMap<&'a str, Layer<PolicySet>>,
}

impl<'a> CompiledAccess<'a> {
    pub(super) fn new(access: &'a Access<PolicyDocument>) -> Self {
        let found = access.roles.iter().filter_map(|(asked, fact)| Some((asked.as_str(), compiled(fact.value()?.found()?))));
        let keys = access.keys.iter().map(|(arn, key)| (arn.as_str(), resource(arn, &key.policy)));
        let secrets = access.secrets.iter().map(|(arn, fact)| (arn.as_str(), resource(arn, fact)));
        Self { access, roles: found.collect(), keys: keys.collect(), secrets: secrets.collect() }
    }

    /// The role that was asked for as `asked`.
    pub(super) fn role(&self, asked: &str) -> Option<&CompiledRole> {
        self.roles.get(asked)
    }

    /// The policy of a key. One that nobody asked for is unknown: a key always has a policy.
    pub(super) fn key(&self, arn: &str) -> Layer<PolicySet> {
        self.keys.get(arn).cloned().unwrap_or_else(|| Layer::unknown(Because::NotAsked))
    }

    /// The policy of a secret.
    pub(super) fn secret(&self, arn: &str) -> Layer<PolicySet> {
        self.secrets.get(arn).cloned().unwrap_or_else(|| Layer::unknown(Because::NotAsked))
    }
}

fn compiled(role: &Role<PolicyDocument>) -> CompiledRole {
    let identity = match (&role.inline, &role.attached) {
        (Fact::Known { value: inline, .. }, Fact::Known { value: attached, .. }) => {
            Layer::Known(set(inline.iter().chain(attached), PolicyKind::Identity))
        }
        (unknown, other) => {
            let because = unknown.because().or_else(|| other.because()).cloned();
            Layer::unknown(because.unwrap_or(Because::NotAsked))
        }
    };
    let boundary = match &role.boundary {
        None => Layer::DoesNotExist,
        Some(policy) => match policy.document.because() {
            Some(because) => Layer::unknown(because.clone()),
            None => Layer::Known(set([policy], PolicyKind::Boundary)),
        },
    };
    let trust = match &role.trust {
        Fact::Known { value, .. } => {
            Layer::Known(PolicySet::new([Arc::new(CompiledPolicy::new("trust", PolicyKind::Trust, value.clone()))]))
        }
        Fact::Unknown { because, .. } | Fact::Unreadable { because, .. } => Layer::unknown(because.clone()),
    };
    CompiledRole { arn: role.arn.clone(), identity, boundary, trust, tags: role.tags.clone() }
}

fn set<'p>(policies: impl IntoIterator<Item = &'p NamedPolicy<PolicyDocument>>, kind: PolicyKind) -> PolicySet {
    let (mut compiled, mut unreadable) = (Vec::new(), Vec::new());
    for policy in policies {
        match policy.document.value() {
            Some(document) => compiled.push(Arc::new(CompiledPolicy::new(&policy.name, kind, document.clone()))),
            None => unreadable.push(Arc::from(policy.name.as_str())),
        }
    }
    PolicySet::with_unreadable(compiled, unreadable)
}

fn resource(arn: &str, fact: &Fact<Lookup<PolicyDocument>>) -> Layer<PolicySet> {
    match fact {
        Fact::Known { value: Lookup::Found(document), .. } => {
            Layer::Known(PolicySet::new([Arc::new(CompiledPolicy::new(arn, PolicyKind::Resource, document.clone()))]))
        }
        Fact::Known { value: Lookup::Absent, .. } => Layer::DoesNotExist,
        Fact::Unknown { because, .. } | Fact::Unreadable { because, .. } => Layer::unknown(because.clone()),
    }
}

/// A policy of a resource that lets `principal` (an account's root, or `*`) do anything: what a diagnosis puts in the place of the real one.
pub(super) fn open_door(principal: &str) -> Layer<PolicySet> {
    let patterns = || Patterns { negated: false, patterns: vec![PolicyText::new("*")], place: None };
    let entry = PrincipalEntry { kind: PrincipalType::Aws, text: PolicyText::new(principal) };
    let statement = Statement {
        sid: None,
        effect: Effect::Allow,
        principal: Some(Principals { negated: false, entries: vec![entry], place: None }),
        action: patterns(),
        resource: Some(patterns()),
        conditions: Vec::new(),
        place: None,
    };
    let document = PolicyDocument { version: PolicyVersion::V2012, id: None, statements: vec![statement], place: None };
    Layer::Known(PolicySet::new([Arc::new(CompiledPolicy::new("diagnosis", PolicyKind::Resource, document))]))
}

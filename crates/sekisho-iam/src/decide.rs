//! From a request and its layers to the answer.
//!
//! Source: IAM user guide, "Policy evaluation logic" and its pages on one account and on several; Organizations user guide, "SCP evaluation" and
//! "Resource control policies"; KMS developer guide, "Key policies"; facts/iam.md A1, A5, A6.

use std::sync::Arc;

use sekisho_model::policy::Effect;

use crate::principals::Naming;
use crate::request::Asked;
use crate::{
    CompiledPolicy, DecidingStatement, Decision, Doubt, Failed, Layer, LayerName, Layers, OrgLevel, Outcome, PolicySet, PrincipalKind,
    Request, Truth, authorization,
};

/// Decides `request` under `layers`.
///
/// For KMS keys and for roles that are assumed the policy of the resource must be in [`Layers::resource`]: without it nobody gets in. Grants of KMS are no
/// policies and not looked at, nor is the state of a key; RCPs of a key that AWS manages, and SCPs of the management account, do not apply and must be
/// left out.
pub fn decide(request: &Request, layers: &Layers) -> Decision {
    let survey = Survey::new(request, layers);
    let (allowed, denied) = (survey.allowed(), survey.denied());
    let outcome = match (allowed, denied) {
        (_, Truth::Yes) => Outcome::ExplicitlyDenied,
        (Truth::No, _) => Outcome::ImplicitlyDenied,
        (Truth::Yes, Truth::No) => Outcome::Allowed,
        _ => Outcome::CannotTell,
    };
    let because = match outcome {
        Outcome::ExplicitlyDenied => survey.statements(|_, hit| hit.effect == Effect::Deny && hit.truth() == Truth::Yes),
        Outcome::Allowed | Outcome::CannotTell => {
            survey.statements(|survey, hit| hit.effect == Effect::Allow && hit.truth() == Truth::Yes && survey.contributes(hit))
        }
        Outcome::ImplicitlyDenied => Vec::new(),
    };
    let doubts = if outcome == Outcome::CannotTell { survey.doubts() } else { Vec::new() };
    Decision { outcome, because, doubts }
}

/// Which layer, without its name: names of levels are cloned only for what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Identity,
    Resource,
    Boundary,
    Session,
    Scp(usize),
    Rcp(usize),
    Endpoint,
}

/// A statement that matches, or may.
struct Hit<'l> {
    slot: Slot,
    policy: &'l Arc<CompiledPolicy>,
    statement: usize,
    effect: Effect,
    naming: Naming,
}

impl Hit<'_> {
    fn truth(&self) -> Truth {
        self.naming.any()
    }
}

/// What one layer says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Says {
    pub(crate) allow: Truth,
    deny: Truth,
}

impl Says {
    /// A layer that is not there: it denies nothing, and `allow` is what its absence means.
    fn absent(allow: Truth) -> Self {
        Self { allow, deny: Truth::No }
    }

    const UNKNOWN: Self = Self { allow: Truth::Maybe, deny: Truth::Maybe };
}

/// All layers, asked about one request.
pub(crate) struct Survey<'l> {
    pub(crate) asked: Asked<'l>,
    layers: &'l Layers,
    hits: Vec<Hit<'l>>,
    pub(crate) identity: Says,
    pub(crate) boundary: Says,
    pub(crate) session: Says,
    pub(crate) endpoint: Says,
    /// How the allowing statements of the resource's policy name the principal.
    resource: Naming,
    resource_denies: Truth,
    pub(crate) scps: Vec<Says>,
    scps_unknown: bool,
    rcps_deny: Truth,
    /// Whether the policies of an organisation do not restrict the principal.
    exempt: Truth,
    /// Whether principal and resource are of one account.
    same_account: Truth,
    /// Whether the resource's policy has to allow it in the same account too.
    mandatory: bool,
}

impl<'l> Survey<'l> {
    pub(crate) fn new(request: &'l Request, layers: &'l Layers) -> Self {
        let principal = request.principal();
        let bounded = match &layers.boundary {
            Layer::Known(_) => Truth::Yes,
            Layer::DoesNotExist => Truth::No,
            Layer::Unknown(_) => Truth::Maybe,
        };
        let same_account = match (principal.account(), request.resource_account()) {
            (Some(own), Some(other)) => Truth::from(own == other),
            _ => Truth::Maybe,
        };
        let mut survey = Self {
            asked: Asked::new(request, bounded),
            layers,
            hits: Vec::with_capacity(8),
            identity: Says::absent(Truth::No),
            boundary: Says::absent(Truth::Yes),
            session: Says::absent(Truth::Yes),
            endpoint: Says::absent(Truth::Yes),
            resource: Naming::NONE,
            resource_denies: Truth::No,
            scps: Vec::new(),
            scps_unknown: false,
            rcps_deny: Truth::No,
            exempt: principal.is_service_linked(),
            same_account,
            mandatory: is_mandatory(request),
        };
        survey.ask();
        survey
    }

    fn ask(&mut self) {
        let layers = self.layers;
        let kind = self.asked.request.principal().kind();
        if self.has_own_policies() {
            self.identity = match kind {
                // The root user may do everything in its account, and has no policies.
                PrincipalKind::Root => Says::absent(Truth::Yes),
                _ => self.layer(Slot::Identity, &layers.identity, Truth::No),
            };
            self.boundary = self.layer(Slot::Boundary, &layers.boundary, Truth::Yes);
            self.session = self.layer(Slot::Session, &layers.session, Truth::Yes);
            if self.exempt != Truth::Yes {
                self.scps_unknown = matches!(layers.scps, Layer::Unknown(_));
                for (number, level) in layers.scps.known().into_iter().flatten().enumerate() {
                    let says = self.set(Slot::Scp(number), &level.policies).0;
                    self.scps.push(Says { allow: says.allow.or(self.exempt), deny: says.deny.and(!self.exempt) });
                }
            }
        }
        (self.resource, self.resource_denies) = match &layers.resource {
            Layer::Known(set) => {
                let (says, naming) = self.set(Slot::Resource, set);
                (naming, says.deny)
            }
            Layer::DoesNotExist => (Naming::NONE, Truth::No),
            Layer::Unknown(_) => (Naming { account: Truth::Maybe, role: Truth::Maybe, itself: Truth::Maybe }, Truth::Maybe),
        };
        self.endpoint = self.layer(Slot::Endpoint, &layers.endpoint, Truth::Yes);
        if self.rcps_apply() {
            self.rcps_deny = match &layers.rcps {
                Layer::Unknown(_) => Truth::Maybe,
                // `RCPFullAWSAccess` is always attached, so what counts is only what is denied.
                rcps => {
                    let levels = rcps.known().into_iter().flatten().enumerate();
                    let denied =
                        levels.fold(Truth::No, |denied, (number, level)| denied.or(self.set(Slot::Rcp(number), &level.policies).0.deny));
                    denied.and(!self.exempt)
                }
            };
        }
    }

    /// Whether the principal has policies of its own, and belongs to an account.
    fn has_own_policies(&self) -> bool {
        !matches!(self.asked.request.principal().kind(), PrincipalKind::Service | PrincipalKind::Anonymous | PrincipalKind::Federated)
    }

    /// RCPs have no say about service-linked roles, about retiring a grant, and in services that are not on their list.
    fn rcps_apply(&self) -> bool {
        !matches!(self.layers.rcps, Layer::DoesNotExist)
            && self.exempt != Truth::Yes
            && self.asked.request.action_lower() != "kms:retiregrant"
            && authorization::supports_resource_control_policies(self.asked.request.service())
    }

    fn layer(&mut self, slot: Slot, layer: &'l Layer<PolicySet>, absent: Truth) -> Says {
        match layer {
            Layer::Known(set) => self.set(slot, set).0,
            Layer::DoesNotExist => Says::absent(absent),
            Layer::Unknown(_) => Says::UNKNOWN,
        }
    }

    /// What the policies of a set say, and how those that allow name the principal.
    fn set(&mut self, slot: Slot, set: &'l PolicySet) -> (Says, Naming) {
        let mut says = Says { allow: Truth::No, deny: Truth::No };
        let mut named = Naming::NONE;
        if !set.unreadable().is_empty() {
            says = Says::UNKNOWN;
            named = Naming { account: Truth::Maybe, role: Truth::Maybe, itself: Truth::Maybe };
        }
        for (policy, number) in set.candidates(self.asked.request.service()) {
            let Some(statement) = policy.statements().get(number) else { continue };
            let naming = statement.matches(&self.asked);
            let matched = naming.any();
            if matched == Truth::No {
                continue;
            }
            match statement.effect {
                Effect::Allow => {
                    says.allow = says.allow.or(matched);
                    named = named.or(naming);
                }
                Effect::Deny => says.deny = says.deny.or(matched),
            }
            self.hits.push(Hit { slot, policy, statement: number, effect: statement.effect, naming });
        }
        (says, named)
    }

    /// What the principal's own policies allow.
    fn own(&self) -> Truth {
        self.identity.allow.and(self.limits())
    }

    fn limits(&self) -> Truth {
        self.boundary.allow.and(self.session.allow)
    }

    /// What the policy of the resource allows by itself: where the session or user is named nothing that is merely left out blocks it, where the role is
    /// named boundary and session do.
    fn directly(&self) -> Truth {
        self.resource.itself.or(self.resource.role.and(self.limits()))
    }

    /// What is allowed if principal and resource are of one account.
    fn within(&self) -> Truth {
        if self.mandatory { self.directly().or(self.resource.account.and(self.own())) } else { self.directly().or(self.own()) }
    }

    /// What is allowed if they are of two: both have to.
    fn across(&self) -> Truth {
        self.resource.any().and(self.own())
    }

    fn granted(&self) -> Truth {
        if !self.has_own_policies() {
            return self.resource.itself;
        }
        let within =
            if self.mandatory { self.directly().or(self.resource.account.and(self.own())) } else { self.directly().or(self.own()) };
        let across = self.resource.any().and(self.own());
        match self.same_account {
            Truth::Yes => within,
            Truth::No => across,
            Truth::Maybe if within == across => within,
            Truth::Maybe => Truth::Maybe,
        }
    }

    fn allowed(&self) -> Truth {
        let levels = Truth::all(self.scps.iter().map(|says| says.allow));
        let levels = if self.scps_unknown { levels.at_most_maybe() } else { levels };
        self.granted().and(self.endpoint.allow).and(levels)
    }

    fn denied(&self) -> Truth {
        let levels = Truth::any(self.scps.iter().map(|says| says.deny));
        let levels = if self.scps_unknown { levels.max(Truth::Maybe) } else { levels };
        Truth::any([
            self.identity.deny,
            self.resource_denies,
            self.boundary.deny,
            self.session.deny,
            self.endpoint.deny,
            levels,
            self.rcps_deny,
        ])
    }

    /// Whether what a statement allows is part of why the request is allowed.
    fn contributes(&self, hit: &Hit<'_>) -> bool {
        match hit.slot {
            Slot::Identity => self.own() != Truth::No,
            Slot::Boundary | Slot::Session => self.own() != Truth::No || self.resource.role != Truth::No,
            Slot::Resource => {
                let across = self.same_account != Truth::Yes && hit.truth() != Truth::No;
                across || self.mandatory || hit.naming.itself != Truth::No || hit.naming.role.and(self.limits()) != Truth::No
            }
            Slot::Rcp(_) => false,
            Slot::Scp(_) | Slot::Endpoint => true,
        }
    }

    fn statements(&self, wanted: impl Fn(&Self, &Hit<'l>) -> bool) -> Vec<DecidingStatement> {
        self.hits.iter().filter(|hit| wanted(self, hit)).map(|hit| self.deciding(hit)).collect()
    }

    fn deciding(&self, hit: &Hit<'l>) -> DecidingStatement {
        DecidingStatement { layer: self.name(hit.slot), policy: Arc::clone(hit.policy), statement: hit.statement }
    }

    pub(crate) fn name(&self, slot: Slot) -> LayerName {
        let level = |levels: &Layer<Vec<OrgLevel>>, number: usize| {
            levels.known().and_then(|levels| levels.get(number)).map_or_else(|| Arc::from(""), |level| Arc::clone(&level.name))
        };
        match slot {
            Slot::Identity => LayerName::Identity,
            Slot::Resource => LayerName::Resource,
            Slot::Boundary => LayerName::Boundary,
            Slot::Session => LayerName::Session,
            Slot::Scp(number) => LayerName::Scp(level(&self.layers.scps, number)),
            Slot::Rcp(number) => LayerName::Rcp(level(&self.layers.rcps, number)),
            Slot::Endpoint => LayerName::Endpoint,
        }
    }

    /// Why it cannot be told: what is unknown, and would make a difference.
    fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let layers = self.layers;
        if self.has_own_policies() {
            if self.asked.request.principal().kind() != PrincipalKind::Root {
                doubt_set(&mut doubts, LayerName::Identity, &layers.identity);
            }
            doubt_set(&mut doubts, LayerName::Boundary, &layers.boundary);
            doubt_set(&mut doubts, LayerName::Session, &layers.session);
            if self.exempt != Truth::Yes {
                doubt_levels(&mut doubts, &layers.scps, LayerName::Scp);
            }
        }
        doubt_set(&mut doubts, LayerName::Resource, &layers.resource);
        doubt_set(&mut doubts, LayerName::Endpoint, &layers.endpoint);
        if self.rcps_apply() {
            doubt_levels(&mut doubts, &layers.rcps, LayerName::Rcp);
        }
        for hit in self.hits.iter().filter(|hit| hit.truth() == Truth::Maybe && self.matters(hit)) {
            let statement = self.deciding(hit);
            let unclear = self.unclear(hit);
            doubts.push(Doubt::Statement { statement, unclear });
        }
        if self.has_own_policies() && self.same_account == Truth::Maybe && self.within() != self.across() {
            doubts.push(Doubt::ResourceAccount);
        }
        let restricted = self.hits.iter().any(|hit| matches!(hit.slot, Slot::Scp(_) | Slot::Rcp(_)) && hit.effect == Effect::Deny);
        if self.exempt == Truth::Maybe && (restricted || self.scps.iter().any(|says| says.allow == Truth::Maybe)) {
            doubts.push(Doubt::ServiceLinkedRole);
        }
        doubts
    }

    /// Whether the answer may hang on a statement that may match: not if it allows what another of its layer surely allows.
    fn matters(&self, hit: &Hit<'_>) -> bool {
        hit.effect == Effect::Deny
            || match hit.slot {
                Slot::Identity => self.identity.allow == Truth::Maybe,
                Slot::Boundary => self.boundary.allow == Truth::Maybe,
                Slot::Session => self.session.allow == Truth::Maybe,
                Slot::Endpoint => self.endpoint.allow == Truth::Maybe,
                Slot::Scp(number) => self.scps.get(number).is_some_and(|says| says.allow == Truth::Maybe),
                Slot::Resource => self.granted() == Truth::Maybe,
                Slot::Rcp(_) => false,
            }
    }

    fn unclear(&self, hit: &Hit<'_>) -> Vec<Failed> {
        let written = hit.policy.document().statements.get(hit.statement);
        let compiled = hit.policy.statements().get(hit.statement);
        let (Some(written), Some(compiled)) = (written, compiled) else { return Vec::new() };
        compiled.failed(written, &self.asked).into_iter().map(|(element, _)| element).collect()
    }

    /// The layers that have to allow it and do not, or perhaps not, with the policies in which that could stand.
    pub(crate) fn lacking(&self) -> Vec<(Slot, Option<&'l PolicySet>)> {
        let layers = self.layers;
        let mut lacking = Vec::new();
        let mut note = |slot: Slot, allow: Truth, set: Option<&'l PolicySet>| {
            if allow == Truth::No {
                lacking.push((slot, set));
            }
        };
        if self.granted() == Truth::No {
            let across = self.same_account == Truth::No;
            if self.has_own_policies() {
                if self.mandatory || across {
                    note(Slot::Resource, self.resource.any(), layers.resource.known());
                }
                note(Slot::Identity, self.identity.allow, layers.identity.known());
                note(Slot::Boundary, self.boundary.allow, layers.boundary.known());
                note(Slot::Session, self.session.allow, layers.session.known());
            } else {
                note(Slot::Resource, self.resource.itself, layers.resource.known());
            }
        }
        for (number, says) in self.scps.iter().enumerate() {
            let level = layers.scps.known().and_then(|levels| levels.get(number));
            note(Slot::Scp(number), says.allow, level.map(|level| &level.policies));
        }
        note(Slot::Endpoint, self.endpoint.allow, layers.endpoint.known());
        lacking
    }
}

fn doubt_set(doubts: &mut Vec<Doubt>, name: LayerName, layer: &Layer<PolicySet>) {
    match layer {
        Layer::Unknown(because) => doubts.push(Doubt::LayerUnknown { layer: name, because: Arc::clone(because) }),
        Layer::DoesNotExist => {}
        Layer::Known(set) => doubt_unreadable(doubts, &name, set),
    }
}

fn doubt_levels(doubts: &mut Vec<Doubt>, levels: &Layer<Vec<OrgLevel>>, name: impl Fn(Arc<str>) -> LayerName) {
    if let Layer::Unknown(because) = levels {
        doubts.push(Doubt::LayerUnknown { layer: name(Arc::from("")), because: Arc::clone(because) });
    }
    for level in levels.known().into_iter().flatten() {
        doubt_unreadable(doubts, &name(Arc::clone(&level.name)), &level.policies);
    }
}

fn doubt_unreadable(doubts: &mut Vec<Doubt>, name: &LayerName, set: &PolicySet) {
    doubts.extend(set.unreadable().iter().map(|policy| Doubt::PolicyUnreadable { layer: name.clone(), policy: Arc::clone(policy) }));
}

/// Whether nothing happens without the policy of the resource: for KMS keys, and for roles that are assumed.
fn is_mandatory(request: &Request) -> bool {
    let Some([_, _, service, _, _, resource]) = request.authorised().parts() else { return false };
    match request.service() {
        "kms" => service == "kms" && resource.starts_with("key/"),
        "sts" => service == "iam" && resource.starts_with("role/"),
        _ => false,
    }
}

//! Whether the execution role may make each call.

use sekisho_iam::{Context, ContextValue, Decision, Layer, Layers, Outcome, Principal, Request, Resource, decide};
use sekisho_model::access::{Access, Enforcement, Grant, role_name};
use sekisho_model::observed::Lookup;
use sekisho_model::policy::PolicyDocument;
use sekisho_model::{Arn, Because, Fact, Source};

use super::compiled::{CompiledAccess, CompiledRole, open_door};
use super::diagnosis::{self, Cause, Trust, Why};
use super::excess::{self, Excess};
use super::{Need, Purpose, execution_role, is_caller, needs};
use crate::{Case, Definition};

/// The principal that assumes the roles of tasks (facts/ecs.md §6.3).
pub(super) const ECS_TASKS: &str = "ecs-tasks.amazonaws.com";

/// A task's execution role, and what it may.
#[derive(Clone, Debug)]
pub struct TaskAccess {
    /// The service, as in [`Definition::service`].
    pub service: String,
    /// The execution role as the definition names it; empty where it names none.
    pub role: String,
    /// Where it is named.
    pub source: Source,
    /// How much is known of the role.
    pub standing: Standing,
    /// Whether ECS may assume it; `None` where the role is not known.
    pub trust: Option<Trust>,
    /// The calls that ECS makes with it. Empty where the role is not known.
    pub calls: Vec<Decided>,
    /// What its own policies let it read beyond that.
    pub excess: Vec<Excess>,
}

/// How much is known of an execution role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The definition names none, or what it names is not known.
    Unnamed,
    /// Nobody looked.
    NotExamined,
    /// What answers for AWS has no IAM.
    NoIam,
    /// The caller has assumed it: what it may is seen by doing it.
    Caller,
    /// It does not exist.
    Absent,
    /// The name exists, under this ARN: another path than the definition's.
    Elsewhere(String),
    /// It could not be looked up.
    Unread(Because),
    /// What is named is not a role's ARN or name, so that nothing could be looked up.
    Unnameable,
    /// Its policies were looked at, though not all of them may have been readable.
    Examined,
}

/// A call, decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The call.
    pub need: Need,
    /// The answer.
    pub answer: Answer,
}

/// Whether a call is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is, by the policies that were seen.
    Allowed,
    /// It is not.
    Denied(Cause),
    /// It depends on what is not known.
    CannotTell(Vec<Why>),
}

/// Decides every call of every task of `case` on what is known of access.
pub fn examine(case: &Case<'_>, access: &Access<PolicyDocument>) -> Vec<TaskAccess> {
    let compiled = CompiledAccess::new(access);
    case.definitions.iter().map(|definition| task(case, definition, &compiled)).collect()
}

fn task(case: &Case<'_>, definition: &Definition, compiled: &CompiledAccess<'_>) -> TaskAccess {
    let place = || Source::Place(definition.definition.place.clone());
    let source = definition.definition.execution_role.as_ref().map_or_else(place, |fact| fact.source().clone());
    let role = execution_role(definition);
    let standing = standing(case, role.as_deref(), compiled.access);
    let mut task = TaskAccess {
        service: definition.service.clone(),
        role: role.clone().unwrap_or_default(),
        source,
        standing,
        trust: None,
        calls: Vec::new(),
        excess: Vec::new(),
    };
    let Some(found) = role.as_deref().and_then(|role| compiled.role(role)).filter(|_| task.standing == Standing::Examined) else {
        return task;
    };
    task.trust = Some(trust(case, found));
    let other = definition.definition.task_role.as_ref().and_then(Fact::value).and_then(|role| compiled.role(role));
    let other = other.filter(|other| other.arn != found.arn);
    let deciding = Deciding { compiled, role: found, other };
    let needs = needs(case, &definition.service);
    task.excess = excess::excess(case, &definition.service, found, &needs);
    task.calls = needs.into_iter().map(|need| Decided { answer: deciding.answer(case, &need), need }).collect();
    task
}

fn standing(case: &Case<'_>, role: Option<&str>, access: &Access<PolicyDocument>) -> Standing {
    let Some(role) = role else { return Standing::Unnamed };
    if is_caller(case, role) {
        return Standing::Caller;
    }
    match access.enforcement {
        Enforcement::NotExamined => return Standing::NotExamined,
        Enforcement::Missing => return Standing::NoIam,
        Enforcement::Examined => {}
    }
    if role_name(role).is_none() {
        return Standing::Unnameable;
    }
    match access.roles.get(role) {
        None => Standing::NotExamined,
        Some(Fact::Known { value: Lookup::Absent, .. }) => Standing::Absent,
        // ECS is given the ARN, path and all; a bare name has no path to be wrong.
        Some(Fact::Known { value: Lookup::Found(found), .. }) if role.starts_with("arn:") && found.arn != role => {
            Standing::Elsewhere(found.arn.clone())
        }
        Some(Fact::Known { .. }) => Standing::Examined,
        Some(Fact::Unknown { because, .. } | Fact::Unreadable { because, .. }) => Standing::Unread(because.clone()),
    }
}

/// sts:AssumeRole by ECS: the trust policy alone decides (facts/iam.md A1). Of the task only the Region and the account are known before it starts.
fn trust(case: &Case<'_>, role: &CompiledRole) -> Trust {
    let Ok(arn) = role.arn.parse::<Arn>() else { return Trust::CannotTell(vec![Why::Undocumented]) };
    let mut context = Context::partial()
        .with_one("aws:SourceAccount", arn.account.as_str())
        .with_one("aws:PrincipalIsAWSService", "true")
        .with_one("aws:PrincipalServiceName", ECS_TASKS)
        .with_one("aws:SecureTransport", "true")
        .with_one("aws:ResourceAccount", arn.account.as_str());
    if let Some(region) = &case.surroundings.region {
        let pattern = format!("arn:{}:ecs:{region}:{}:*", arn.partition, arn.account);
        context.set("aws:SourceArn", ContextValue::Like(pattern));
        context.set("aws:RequestedRegion", ContextValue::Unknown);
    }
    let request = Request::new(Principal::service(ECS_TASKS), "sts:AssumeRole", Resource::new(&role.arn), context);
    let layers = Layers { resource: role.trust.clone(), ..Layers::default() };
    diagnosis::trust(&decide(&request, &layers), &role.trust)
}

/// What is needed to decide the calls of one task.
pub(super) struct Deciding<'a> {
    pub(super) compiled: &'a CompiledAccess<'a>,
    pub(super) role: &'a CompiledRole,
    /// The task role, where it is another one and was looked up.
    pub(super) other: Option<&'a CompiledRole>,
}

impl Deciding<'_> {
    fn answer(&self, case: &Case<'_>, need: &Need) -> Answer {
        let Some(request) = request(self.role, need, &need.call.action) else { return Answer::CannotTell(vec![Why::Undocumented]) };
        let layers = self.layers(self.role, need);
        let decision = decide(&request, &layers);
        match (decision.outcome, &need.purpose) {
            (Outcome::ExplicitlyDenied, _) => Answer::Denied(diagnosis::explicit(&decision)),
            (_, Purpose::UnknownKey) => Answer::CannotTell(vec![Why::KeyUnknown]),
            (Outcome::Allowed, _) => Answer::Allowed,
            // AWS's own key policy is not documented to the letter.
            (Outcome::ImplicitlyDenied, Purpose::ManagedKey) => Answer::CannotTell(vec![Why::Undocumented]),
            (Outcome::ImplicitlyDenied, _) => self.denied(case, need, &request),
            (Outcome::CannotTell, _) => Answer::CannotTell(diagnosis::whys(&decision)),
        }
    }

    /// Nothing allows it, as far as policies go: a grant may, and a secret may still be readable under its previous key (facts/ecs.md §6.2).
    fn denied(&self, case: &Case<'_>, need: &Need, request: &Request) -> Answer {
        let cause = || diagnosis::implicit(self, need, request);
        if !need.purpose.is_customer_key() {
            return Answer::Denied(cause());
        }
        match self.compiled.access.keys.get(&need.call.resource).map(|key| &key.grants) {
            Some(Fact::Known { value: grants, .. }) => {
                if grants.iter().any(|grant| self.grants(grant, need)) {
                    return Answer::Allowed;
                }
            }
            Some(Fact::Unknown { because: Because::NotAsked, .. }) | None => return Answer::CannotTell(vec![Why::GrantsNotListed]),
            Some(Fact::Unknown { because, .. } | Fact::Unreadable { because, .. }) => {
                return Answer::CannotTell(vec![Why::Unread {
                    what: "grants",
                    name: need.call.resource.clone(),
                    because: because.clone(),
                }]);
            }
        }
        let Purpose::SecretKey { secret, version } = &need.purpose else { return Answer::Denied(cause()) };
        let versions = match self.compiled.access.versions.get(secret) {
            None => return Answer::CannotTell(vec![Why::VersionsNotListed { secret: secret.clone() }]),
            Some(Fact::Known { value, .. }) => value,
            Some(Fact::Unknown { because, .. } | Fact::Unreadable { because, .. }) => {
                return Answer::CannotTell(vec![Why::Unread { what: "versions", name: secret.clone(), because: because.clone() }]);
            }
        };
        let read = version.as_ref().and_then(|version| versions.get(version));
        let only_this = read.is_some_and(|read| match read.keys.as_slice() {
            [only] => is_key(only, &need.call.resource),
            [] => written_since_change(case, secret, read.created),
            _ => false,
        });
        if only_this { Answer::Denied(cause()) } else { Answer::CannotTell(vec![Why::PreviousKey { secret: secret.clone() }]) }
    }

    /// Whether `grant` allows the role to decrypt with the context of the call. A context that is not fully known satisfies no constraint here.
    fn grants(&self, grant: &Grant, need: &Need) -> bool {
        let context: Vec<(&str, &str)> = need
            .call
            .context
            .iter()
            .filter_map(|(key, values)| Some((key.strip_prefix("kms:EncryptionContext:")?, values.first()?.as_str())))
            .collect();
        let has = |(key, value): (&String, &String)| context.contains(&(key.as_str(), value.as_str()));
        grant.grantee == self.role.arn
            && grant.operations.iter().any(|operation| operation == "Decrypt")
            && grant.context_subset.iter().all(has)
            && (grant.context_equals.is_empty() || (grant.context_equals.len() == context.len() && grant.context_equals.iter().all(has)))
    }

    /// The layers that have a say when `role` makes the call. What no caller can see (SCPs, RCPs, the endpoint's policy) is left out, and listed as an
    /// assumption of the verdict.
    pub(super) fn layers(&self, role: &CompiledRole, need: &Need) -> Layers {
        let resource = match &need.purpose {
            Purpose::Secret if need.call.resource.contains('?') => Layer::unknown(Because::NotAsked),
            Purpose::Secret => self.compiled.secret(&need.call.resource),
            Purpose::ParameterKey | Purpose::SecretKey { .. } => self.compiled.key(&need.call.resource),
            Purpose::ManagedKey | Purpose::UnknownKey => open_door("*"),
            // A standard parameter has no policy, and an advanced one's is for other accounts (facts/iam.md A6).
            Purpose::Parameter => Layer::DoesNotExist,
            // Policies of buckets, repositories and log groups are not looked at: they can only add to what the role itself is allowed in one account.
            Purpose::File | Purpose::Bucket | Purpose::RegistryToken | Purpose::Image | Purpose::Log => Layer::DoesNotExist,
        };
        Layers { identity: role.identity.clone(), boundary: role.boundary.clone(), resource, ..Layers::default() }
    }
}

/// The request that ECS makes with `role`. What is not said about it is unknown: addresses, endpoints, tags, the time.
pub(super) fn request(role: &CompiledRole, need: &Need, action: &str) -> Option<Request> {
    let arn: Arn = role.arn.parse().ok()?;
    let principal = Principal::parse(&role.arn).ok()?;
    let is_key = matches!(need.purpose, Purpose::ParameterKey | Purpose::SecretKey { .. } | Purpose::ManagedKey | Purpose::UnknownKey);
    let mut context = Context::partial()
        .with_one("aws:PrincipalArn", role.arn.as_str())
        .with_one("aws:PrincipalAccount", arn.account.as_str())
        .with_one("aws:PrincipalType", "AssumedRole")
        .with_one("aws:PrincipalIsAWSService", "false")
        .with_one("aws:SecureTransport", "true")
        .with_one("aws:ViaAWSService", if is_key { "true" } else { "false" })
        .with_one("aws:RequestedRegion", need.region.as_str());
    for (key, value) in &role.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), ContextValue::One(value.clone()));
    }
    if let Some(account) = &need.call.resource_account {
        context.set("aws:ResourceAccount", ContextValue::One(account.clone()));
    }
    if is_key {
        context.set("kms:CallerAccount", ContextValue::One(arn.account.clone()));
        let names = need.call.context.iter().filter_map(|(key, _)| Some(key.strip_prefix("kms:EncryptionContext:")?.to_owned()));
        context.set("kms:EncryptionContextKeys", ContextValue::Many(names.collect()));
    }
    for (key, values) in &need.call.context {
        let value = match values.as_slice() {
            [one] if one.contains(['*', '?']) => ContextValue::Like(one.clone()),
            [one] => ContextValue::One(one.clone()),
            many => ContextValue::Many(many.to_vec()),
        };
        context.set(key, value);
    }
    let mut resource = if need.call.resource == "*" { Resource::new("*") } else { Resource::like(&need.call.resource) };
    // Buckets do not say whose they are.
    if matches!(need.purpose, Purpose::File | Purpose::Bucket)
        && let Some(account) = arn.account_id()
    {
        resource = resource.in_account(&account);
    }
    Some(Request::new(principal, action, resource, context))
}

/// What `role` would be told.
pub(super) fn would(deciding: &Deciding<'_>, role: &CompiledRole, need: &Need, action: &str) -> Option<Decision> {
    Some(decide(&request(role, need, action)?, &deciding.layers(role, need)))
}

/// Whether `id`, as ListSecretVersionIds writes it, is the key with this ARN.
fn is_key(id: &str, arn: &str) -> bool {
    id == arn || arn.rsplit('/').next() == Some(id)
}

/// Whether the version was written after anything of the secret last changed: then the secret's key is the version's own.
fn written_since_change(case: &Case<'_>, secret: &str, created: Option<time::OffsetDateTime>) -> bool {
    let changed = case
        .observations
        .secrets
        .values()
        .filter_map(|fact| fact.value()?.found())
        .find(|found| found.arn == secret)
        .and_then(|found| found.changed);
    match (created, changed) {
        // Both are told in whole seconds, and one write changes both.
        (Some(created), Some(changed)) => changed <= created + time::Duration::seconds(1),
        _ => false,
    }
}

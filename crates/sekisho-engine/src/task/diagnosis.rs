//! Why a call is refused, and why it cannot be told.

use sekisho_iam::{DecidingStatement, Decision, Doubt, Failed, Layer, Layers, Outcome, PolicySet, Request, decide};
use sekisho_model::policy::{Effect, PrincipalType};
use sekisho_model::{Arn, Because, Place};

use super::compiled::open_door;
use super::decide::{Deciding, ECS_TASKS, would};
use super::{Need, Purpose};

/// A statement, to be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The layer, in a word.
    pub layer: &'static str,
    /// The policy.
    pub policy: String,
    /// The `Sid`, or the statement's number from 1.
    pub sid: String,
    /// Where it stands, in a file.
    pub place: Option<Place>,
}

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A statement denies it.
    ExplicitDeny(Named),
    /// The role's own policies allow it; its boundary does not.
    Boundary,
    /// The key's policy neither names the role nor leaves the decision to IAM.
    KeyPolicy,
    /// The secret belongs to another account, and its policy does not let the role in.
    SecretPolicy,
    /// The singular `ssm:GetParameter` is allowed, which ECS does not call.
    Singular,
    /// The task role may, which has no part in this.
    WrongRole,
    /// No policy of the role allows it.
    Missing,
}

/// Whether ECS may assume a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It may.
    Allowed,
    /// The trust policy does not name `ecs-tasks.amazonaws.com`; these it names.
    NotTrusted {
        /// Principals, joined by commas.
        trusts: String,
    },
    /// It names it, under conditions that do not hold.
    Condition {
        /// `key = value`, joined by commas.
        conditions: String,
    },
    /// It denies it.
    Denied(Named),
    /// It cannot be told.
    CannotTell(Vec<Why>),
}

/// Why something cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something could not be read.
    Unread {
        /// `identity`, `boundary`, `resource`, `grants`, `versions`.
        what: &'static str,
        /// Its name.
        name: String,
        /// Why.
        because: Because,
    },
    /// A document exists, and could not be understood.
    Unreadable {
        /// The policy.
        policy: String,
    },
    /// A statement depends on something that is known only when a task runs.
    Condition {
        /// The statement.
        statement: Named,
        /// The element or condition keys.
        unclear: String,
    },
    /// Whose the resource is.
    ResourceAccount,
    /// Which key is used.
    KeyUnknown,
    /// The policies do not allow; whether a grant does was not looked up yet.
    GrantsNotListed,
    /// The policies do not allow; under which keys the versions are was not looked up yet.
    VersionsNotListed {
        /// The secret.
        secret: String,
    },
    /// The policies do not allow the secret's key; the version may be readable under the previous one.
    PreviousKey {
        /// The secret.
        secret: String,
    },
    /// AWS does not say.
    Undocumented,
}

impl Why {
    /// The word that the messages have a sentence for, with what they name.
    pub(crate) fn words(&self) -> (&'static str, String, String) {
        let none = String::new;
        match self {
            Self::Unread { what, name, because } => {
                let (reason, call, detail) = crate::judge::reason(because);
                let told: Vec<String> = [call, detail].into_iter().filter(|text| !text.is_empty()).collect();
                let told = if told.is_empty() { reason.to_owned() } else { told.join(": ") };
                (what, if name.is_empty() { "none".to_owned() } else { name.clone() }, told)
            }
            Self::Unreadable { policy } => ("unreadable", policy.clone(), none()),
            Self::Condition { statement, unclear } => ("condition", format!("{} ({})", statement.policy, statement.sid), unclear.clone()),
            Self::ResourceAccount => ("account", none(), none()),
            Self::KeyUnknown => ("key", none(), none()),
            Self::GrantsNotListed => ("grants-not-listed", none(), none()),
            Self::VersionsNotListed { secret } => ("versions-not-listed", secret.clone(), none()),
            Self::PreviousKey { secret } => ("previous-key", secret.clone(), none()),
            Self::Undocumented => ("undocumented", none(), none()),
        }
    }
}

fn named(statement: &DecidingStatement) -> Named {
    Named {
        layer: statement.layer.as_str(),
        policy: statement.policy_name().to_owned(),
        sid: statement.sid().map_or_else(|| format!("#{}", statement.statement + 1), str::to_owned),
        place: statement.place().cloned(),
    }
}

/// The statement that denies.
pub(super) fn explicit(decision: &Decision) -> Cause {
    let denying = decision.because.iter().find(|statement| statement.effect() == Some(Effect::Deny));
    Cause::ExplicitDeny(denying.or_else(|| decision.because.first()).map(named).unwrap_or_default())
}

/// Why nothing allows the call: the same question with one layer after another out of the way.
pub(super) fn implicit(deciding: &Deciding<'_>, need: &Need, request: &Request) -> Cause {
    let layers = deciding.layers(deciding.role, need);
    let allowed = |layers: &Layers| decide(request, layers).outcome == Outcome::Allowed;
    if !matches!(layers.boundary, Layer::DoesNotExist) && allowed(&Layers { boundary: Layer::DoesNotExist, ..layers.clone() }) {
        return Cause::Boundary;
    }
    let account = deciding.role.arn.parse::<Arn>().map(|arn| arn.account).unwrap_or_default();
    let open = Layers { resource: open_door(&account), ..layers };
    if need.purpose.is_customer_key() && allowed(&open) {
        return Cause::KeyPolicy;
    }
    let foreign = need.call.resource_account.as_ref().is_some_and(|owner| *owner != account);
    if need.purpose == Purpose::Secret && foreign && allowed(&open) {
        return Cause::SecretPolicy;
    }
    let would = |role, action: &str| would(deciding, role, need, action).is_some_and(|decision| decision.outcome == Outcome::Allowed);
    if need.purpose == Purpose::Parameter && would(deciding.role, "ssm:GetParameter") {
        return Cause::Singular;
    }
    if deciding.other.is_some_and(|other| would(other, &need.call.action)) {
        return Cause::WrongRole;
    }
    Cause::Missing
}

/// Everything that keeps a decision from being told.
pub(super) fn whys(decision: &Decision) -> Vec<Why> {
    let mut whys: Vec<Why> = Vec::new();
    for doubt in &decision.doubts {
        let why = match doubt {
            Doubt::LayerUnknown { layer, because } => {
                Why::Unread { what: layer.as_str(), name: String::new(), because: Because::clone(because) }
            }
            Doubt::PolicyUnreadable { policy, .. } => Why::Unreadable { policy: policy.to_string() },
            Doubt::Statement { statement, unclear } => Why::Condition { statement: named(statement), unclear: elements(unclear) },
            Doubt::ResourceAccount => Why::ResourceAccount,
            _ => Why::Undocumented,
        };
        if !whys.contains(&why) {
            whys.push(why);
        }
    }
    if whys.is_empty() {
        whys.push(Why::Undocumented);
    }
    whys
}

fn elements(unclear: &[Failed]) -> String {
    let words: Vec<&str> = unclear
        .iter()
        .map(|failed| match failed {
            Failed::Principal => "Principal",
            Failed::Action => "Action",
            Failed::Resource => "Resource",
            Failed::Condition { key, .. } => key,
        })
        .collect();
    words.join(", ")
}

/// What the decision on sts:AssumeRole means.
pub(super) fn trust(decision: &Decision, layer: &Layer<PolicySet>) -> Trust {
    match decision.outcome {
        Outcome::Allowed => Trust::Allowed,
        Outcome::CannotTell => Trust::CannotTell(whys(decision)),
        Outcome::ExplicitlyDenied => match explicit(decision) {
            Cause::ExplicitDeny(named) => Trust::Denied(named),
            _ => Trust::Denied(Named::default()),
        },
        Outcome::ImplicitlyDenied => {
            let statements = layer.known().into_iter().flat_map(|set| set.policies()).flat_map(|policy| &policy.document().statements);
            let (mut trusts, mut conditions) = (Vec::new(), Vec::new());
            let mut names_it = false;
            for statement in statements.filter(|statement| statement.effect == Effect::Allow) {
                let entries =
                    statement.principal.iter().filter(|principals| !principals.negated).flat_map(|principals| &principals.entries);
                let mut names_here = false;
                for entry in entries {
                    names_here |= entry.text.text == "*" || (entry.kind == PrincipalType::Service && entry.text.text == ECS_TASKS);
                    trusts.push(entry.text.text.as_str());
                }
                if names_here {
                    names_it = true;
                    conditions.extend(statement.conditions.iter().map(|condition| {
                        let values: Vec<&str> = condition.values.iter().map(|value| value.text.as_str()).collect();
                        format!("{} = {}", condition.key.text, values.join(" | "))
                    }));
                }
            }
            if names_it && !conditions.is_empty() {
                Trust::Condition { conditions: conditions.join(", ") }
            } else {
                Trust::NotTrusted { trusts: if trusts.is_empty() { "none".to_owned() } else { trusts.join(", ") } }
            }
        }
    }
}

//! GetRole, its inline policies and its attached ones.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_iam::types::AttachedPolicy;
use futures_util::future::join_all;
use sekisho_model::access::{NamedPolicy, Role, role_name};
use sekisho_model::observed::Lookup;
use sekisho_model::{Arn, Call, Fact, Source};

use super::{decoded, is_missing_operation, managed, unknown};
use crate::error::{CallError, ErrorClass, classify};
use crate::observe::{Round, not_told};
use crate::patience::{Event, patiently};

type Roles = BTreeMap<String, Fact<Lookup<Role<String>>>>;

/// What GetRole tells, before the documents of its managed policies are there.
struct Outline {
    arn: String,
    trust: Fact<String>,
    boundary: Option<String>,
    tags: BTreeMap<String, String>,
}

/// The roles by the ARN that was asked for; `None` where there is no IAM.
pub(super) async fn look_up(round: &Round<'_>, arns: &BTreeSet<String>) -> Option<Roles> {
    let outlines = join_all(arns.iter().map(|arn| async move { (arn.clone(), get(round, arn).await) })).await;
    if outlines.iter().any(|(_, outline)| outline.as_ref().is_err_and(is_missing_operation)) {
        return None;
    }
    let total = outlines.len();
    let described = join_all(outlines.into_iter().map(|(arn, outline)| async move {
        let described = match outline {
            Ok(Some(outline)) => Ok(Some(listings(round, outline).await)),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        round.connection.watch.tell(Event::Answered { call: call(round, "GetRole"), done: 1, total });
        (arn, described)
    }))
    .await;
    let wanted: BTreeSet<String> = described
        .iter()
        .filter_map(|(_, described)| described.as_ref().ok()?.as_ref())
        .flat_map(|(outline, _, attached)| {
            let listed = attached.value().into_iter().flatten().filter_map(|policy| policy.policy_arn().map(str::to_owned));
            listed.chain(outline.boundary.clone()).collect::<Vec<_>>()
        })
        .collect();
    let documents = managed::look_up(round, &wanted).await;
    let named = |arn: &str, name: Option<&str>| {
        let document = documents.get(arn).cloned().unwrap_or_else(|| not_told(call(round, "GetPolicy"), "the policy was not looked up"));
        let last = arn.rsplit('/').next().unwrap_or(arn);
        NamedPolicy { name: name.unwrap_or(last).to_owned(), arn: Some(arn.to_owned()), document }
    };
    let roles = described.into_iter().map(|(asked, described)| {
        let fact = match described {
            Ok(Some((outline, inline, attached))) => {
                let attached = attached.map(|policies| {
                    policies.iter().filter_map(|policy| Some(named(policy.policy_arn()?, policy.policy_name()))).collect::<Vec<_>>()
                });
                let boundary = outline.boundary.as_deref().map(|arn| named(arn, None));
                let role = Role { arn: outline.arn, trust: outline.trust, inline, attached, boundary, tags: outline.tags };
                Fact::known(Lookup::Found(role), Source::Call(call(round, "GetRole")))
            }
            Ok(None) => Fact::known(Lookup::Absent, Source::Call(call(round, "GetRole"))),
            Err(error) => unknown(error),
        };
        (asked, fact)
    });
    Some(roles.collect())
}

fn call(round: &Round<'_>, operation: &'static str) -> Call {
    Call { service: "iam", operation, region: round.connection.region().to_string() }
}

/// The role itself; `None` where there is none of that name. A role of another account cannot be looked up, and asking for its name would find another.
async fn get(round: &Round<'_>, arn: &str) -> Result<Option<Outline>, CallError> {
    let call = call(round, "GetRole");
    let refuse = |message: &str| CallError { call: call.clone(), class: ErrorClass::Invalid, code: None, message: message.to_owned() };
    let Some(name) = role_name(arn) else { return Err(refuse("this is no ARN of a role")) };
    if arn.parse::<Arn>().is_ok_and(|arn| arn.account != round.account) {
        return Err(refuse("the role is of another account than the caller's"));
    }
    let client = round.connection.clients(round.connection.region().as_str()).iam;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.get_role().role_name(&name).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    let role = match answer {
        Ok(answer) => answer.role.ok_or_else(|| refuse("the answer describes no role"))?,
        Err(error) if error.class == ErrorClass::Absent => return Ok(None),
        Err(error) => return Err(error),
    };
    let trust = match role.assume_role_policy_document() {
        Some(text) => Fact::known(decoded(text), Source::Call(call)),
        None => not_told(call, "the answer has no trust policy"),
    };
    let boundary = role.permissions_boundary().and_then(|boundary| boundary.permissions_boundary_arn()).map(str::to_owned);
    let tags = role.tags().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect();
    Ok(Some(Outline { arn: role.arn, trust, boundary, tags }))
}

type Listed = (Outline, Fact<Vec<NamedPolicy<String>>>, Fact<Vec<AttachedPolicy>>);

async fn listings(round: &Round<'_>, outline: Outline) -> Listed {
    let name = role_name(&outline.arn).unwrap_or_default();
    let (inline, attached) = tokio::join!(inline(round, &name), attached(round, &name));
    (outline, inline, attached)
}

async fn inline(round: &Round<'_>, role: &str) -> Fact<Vec<NamedPolicy<String>>> {
    let call = call(round, "ListRolePolicies");
    let client = round.connection.clients(round.connection.region().as_str()).iam;
    let mut names = Vec::new();
    let mut marker = None;
    loop {
        let turn = round.gate.acquire().await;
        let answer = patiently(&round.connection.watch, async || {
            let request = client.list_role_policies().role_name(role).set_marker(marker.clone());
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        drop(turn);
        match answer {
            Ok(answer) => {
                names.extend(answer.policy_names().iter().cloned());
                marker = answer.marker().filter(|_| answer.is_truncated()).map(str::to_owned);
            }
            Err(error) => return unknown(error),
        }
        if marker.is_none() {
            break;
        }
    }
    let policies = join_all(names.into_iter().map(|name| async move {
        let document = document(round, role, &name).await;
        NamedPolicy { name, arn: None, document }
    }))
    .await;
    Fact::known(policies, Source::Call(call))
}

async fn document(round: &Round<'_>, role: &str, policy: &str) -> Fact<String> {
    let call = call(round, "GetRolePolicy");
    let client = round.connection.clients(round.connection.region().as_str()).iam;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.get_role_policy().role_name(role).policy_name(policy).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    match answer {
        Ok(answer) => Fact::known(decoded(answer.policy_document()), Source::Call(call)),
        Err(error) => unknown(error),
    }
}

async fn attached(round: &Round<'_>, role: &str) -> Fact<Vec<AttachedPolicy>> {
    let call = call(round, "ListAttachedRolePolicies");
    let client = round.connection.clients(round.connection.region().as_str()).iam;
    let mut policies = Vec::new();
    let mut marker = None;
    loop {
        let turn = round.gate.acquire().await;
        let answer = patiently(&round.connection.watch, async || {
            let request = client.list_attached_role_policies().role_name(role).set_marker(marker.clone());
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        drop(turn);
        match answer {
            Ok(answer) => {
                policies.extend(answer.attached_policies().iter().cloned());
                marker = answer.marker().filter(|_| answer.is_truncated()).map(str::to_owned);
            }
            Err(error) => return unknown(error),
        }
        if marker.is_none() {
            return Fact::known(policies, Source::Call(call));
        }
    }
}

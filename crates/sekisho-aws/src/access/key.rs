//! Key policies and grants, once per key.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use sekisho_model::access::{Grant, KeyAccess};
use sekisho_model::observed::Lookup;
use sekisho_model::{Arn, Because, Call, Fact, Source};

use super::unknown;
use crate::error::{ErrorClass, classify};
use crate::observe::{Round, not_told};
use crate::patience::patiently;

/// The name of the only policy that a key can have (KMS API, GetKeyPolicy).
const POLICY: &str = "default";

pub(super) async fn policies(round: &Round<'_>, keys: &BTreeSet<String>) -> BTreeMap<String, KeyAccess<String>> {
    join_all(keys.iter().map(|arn| async move {
        let call = Call { service: "kms", operation: "ListGrants", region: region_of(round, arn) };
        let grants = Fact::Unknown { because: Because::NotAsked, source: Source::Call(call) };
        (arn.clone(), KeyAccess { policy: policy(round, arn).await, grants })
    }))
    .await
    .into_iter()
    .collect()
}

pub(super) async fn grants(round: &Round<'_>, keys: &BTreeSet<String>) -> BTreeMap<String, Fact<Vec<Grant>>> {
    join_all(keys.iter().map(|arn| async move { (arn.clone(), grants_of(round, arn).await) })).await.into_iter().collect()
}

fn region_of(round: &Round<'_>, arn: &str) -> String {
    arn.parse::<Arn>().map_or_else(|_| round.connection.region().to_string(), |arn| arn.region)
}

async fn policy(round: &Round<'_>, arn: &str) -> Fact<Lookup<String>> {
    let region = region_of(round, arn);
    let client = round.connection.clients(&region).kms;
    let call = Call { service: "kms", operation: "GetKeyPolicy", region };
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.get_key_policy().key_id(arn).policy_name(POLICY).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    match answer {
        Ok(answer) => match answer.policy() {
            Some(text) => Fact::known(Lookup::Found(text.to_owned()), Source::Call(call)),
            None => not_told(call, "the answer has no policy"),
        },
        Err(error) if error.class == ErrorClass::Absent => Fact::known(Lookup::Absent, Source::Call(call)),
        Err(error) => unknown(error),
    }
}

async fn grants_of(round: &Round<'_>, arn: &str) -> Fact<Vec<Grant>> {
    let region = region_of(round, arn);
    let client = round.connection.clients(&region).kms;
    let call = Call { service: "kms", operation: "ListGrants", region };
    let mut found = Vec::new();
    let mut marker = None;
    loop {
        let turn = round.gate.acquire().await;
        let answer = patiently(&round.connection.watch, async || {
            client.list_grants().key_id(arn).set_marker(marker.clone()).send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        drop(turn);
        match answer {
            Ok(answer) => {
                found.extend(answer.grants().iter().filter_map(|grant| {
                    let context = |map: Option<&std::collections::HashMap<String, String>>| {
                        map.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
                    };
                    let constraints = grant.constraints();
                    Some(Grant {
                        grantee: grant.grantee_principal()?.to_owned(),
                        operations: grant.operations().iter().map(|operation| operation.as_str().to_owned()).collect(),
                        context_equals: context(constraints.and_then(|constraints| constraints.encryption_context_equals())),
                        context_subset: context(constraints.and_then(|constraints| constraints.encryption_context_subset())),
                    })
                }));
                marker = answer.next_marker().filter(|_| answer.truncated()).map(str::to_owned);
            }
            Err(error) => return unknown(error),
        }
        if marker.is_none() {
            return Fact::known(found, Source::Call(call));
        }
    }
}

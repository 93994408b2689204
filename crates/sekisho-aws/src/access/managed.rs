//! The default version of each managed policy, once: GetPolicy, then GetPolicyVersion.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use sekisho_model::{Call, Fact, Source};

use super::{decoded, unknown};
use crate::error::{CallError, classify};
use crate::observe::{Round, not_told};
use crate::patience::patiently;

pub(super) async fn look_up(round: &Round<'_>, arns: &BTreeSet<String>) -> BTreeMap<String, Fact<String>> {
    join_all(arns.iter().map(|arn| async move { (arn.clone(), document(round, arn).await.unwrap_or_else(unknown)) }))
        .await
        .into_iter()
        .collect()
}

async fn document(round: &Round<'_>, arn: &str) -> Result<Fact<String>, CallError> {
    let region = round.connection.region().to_string();
    let client = round.connection.clients(&region).iam;
    let call = Call { service: "iam", operation: "GetPolicy", region: region.clone() };
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.get_policy().policy_arn(arn).send().await.map_err(|error| classify(&call, &error))
    })
    .await?;
    let Some(version) = answer.policy().and_then(|policy| policy.default_version_id()) else {
        return Ok(not_told(call, "the answer names no default version"));
    };
    let call = Call { service: "iam", operation: "GetPolicyVersion", region };
    let answer = patiently(&round.connection.watch, async || {
        client.get_policy_version().policy_arn(arn).version_id(version).send().await.map_err(|error| classify(&call, &error))
    })
    .await?;
    Ok(match answer.policy_version().and_then(|version| version.document()) {
        Some(text) => Fact::known(decoded(text), Source::Call(call)),
        None => not_told(call, "the answer has no document"),
    })
}

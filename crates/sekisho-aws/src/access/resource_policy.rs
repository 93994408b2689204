//! GetResourcePolicy once per secret.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use sekisho_model::observed::Lookup;
use sekisho_model::{Arn, Call, Fact, Source};

use super::unknown;
use crate::error::classify;
use crate::observe::Round;
use crate::patience::patiently;

pub(super) async fn look_up(round: &Round<'_>, secrets: &BTreeSet<String>) -> BTreeMap<String, Fact<Lookup<String>>> {
    join_all(secrets.iter().map(|arn| async move { (arn.clone(), get(round, arn).await) })).await.into_iter().collect()
}

/// The policy; absent where the answer has none. That the *secret* does not exist is no answer here: DescribeSecret has just told that it does.
async fn get(round: &Round<'_>, arn: &str) -> Fact<Lookup<String>> {
    let region = arn.parse::<Arn>().map_or_else(|_| round.connection.region().to_string(), |arn| arn.region);
    let client = round.connection.clients(&region).secretsmanager;
    let call = Call { service: "secretsmanager", operation: "GetResourcePolicy", region };
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.get_resource_policy().secret_id(arn).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    match answer {
        Ok(answer) => {
            let policy = answer.resource_policy().filter(|text| !text.trim().is_empty());
            Fact::known(policy.map_or(Lookup::Absent, |text| Lookup::Found(text.to_owned())), Source::Call(call))
        }
        Err(error) => unknown(error),
    }
}

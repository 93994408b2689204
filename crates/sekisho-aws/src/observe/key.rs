//! DescribeKey once per key.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_kms::types::KeyManagerType;
use sekisho_model::observed::{KeyId, Lookup, ObservedKey};
use sekisho_model::{Call, Fact, Source};

use super::{Round, all, failed};
use crate::error::classify;
use crate::patience::patiently;

pub(super) async fn look_up(round: &Round<'_>, ids: &BTreeSet<KeyId>) -> BTreeMap<KeyId, Fact<Lookup<ObservedKey>>> {
    all(ids.iter().map(|id| async move { vec![(id.clone(), describe(round, id).await)] })).await
}

async fn describe(round: &Round<'_>, id: &KeyId) -> Fact<Lookup<ObservedKey>> {
    let call = Call { service: "kms", operation: "DescribeKey", region: id.region.clone() };
    let client = round.connection.clients(&id.region).kms;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.describe_key().key_id(&id.id).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    match answer {
        Ok(answer) => match answer.key_metadata() {
            Some(key) => {
                let observed = ObservedKey {
                    arn: key.arn().unwrap_or_default().to_owned(),
                    aws_managed: key.key_manager() == Some(&KeyManagerType::Aws),
                    state: key.key_state().map(|state| state.as_str().to_owned()).unwrap_or_default(),
                };
                Fact::known(Lookup::Found(observed), Source::Call(call))
            }
            None => super::not_told(call, "the answer describes no key"),
        },
        Err(error) => failed(error),
    }
}

//! ListSecretVersionIds: under which keys each version of a secret can be read.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use sekisho_model::access::VersionKeys;
use sekisho_model::{Arn, Call, Fact, Source};
use time::OffsetDateTime;

use super::unknown;
use crate::error::classify;
use crate::observe::Round;
use crate::patience::patiently;

type Versions = BTreeMap<String, VersionKeys>;

pub(super) async fn look_up(round: &Round<'_>, secrets: &BTreeSet<String>) -> BTreeMap<String, Fact<Versions>> {
    join_all(secrets.iter().map(|arn| async move { (arn.clone(), list(round, arn).await) })).await.into_iter().collect()
}

async fn list(round: &Round<'_>, arn: &str) -> Fact<Versions> {
    let region = arn.parse::<Arn>().map_or_else(|_| round.connection.region().to_string(), |arn| arn.region);
    let client = round.connection.clients(&region).secretsmanager;
    let call = Call { service: "secretsmanager", operation: "ListSecretVersionIds", region };
    let mut versions = Versions::new();
    let mut token = None;
    loop {
        let turn = round.gate.acquire().await;
        let answer = patiently(&round.connection.watch, async || {
            let request = client.list_secret_version_ids().secret_id(arn).max_results(100).set_next_token(token.clone());
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await;
        drop(turn);
        match answer {
            Ok(answer) => {
                versions.extend(answer.versions().iter().filter_map(|version| {
                    let created = version.created_date().and_then(|date| OffsetDateTime::from_unix_timestamp(date.secs()).ok());
                    Some((version.version_id()?.to_owned(), VersionKeys { created, keys: version.kms_key_ids().to_vec() }))
                }));
                token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            }
            Err(error) => return unknown(error),
        }
        if token.is_none() {
            return Fact::known(versions, Source::Call(call));
        }
    }
}

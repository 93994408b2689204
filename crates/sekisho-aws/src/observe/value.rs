//! Values, where the question needs them: GetParameters of ten, BatchGetSecretValue of twenty.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_secretsmanager::primitives::Blob;
use sekisho_model::observed::{Lookup, ObservedSecret, ObservedValue, ParameterId, SecretId, VersionOf};
use sekisho_model::{Call, Fact, Secret, Source};

use super::parameter::{BATCH, asked_as};
use super::{Round, all, batches, failed, not_told};
use crate::error::{CallError, ErrorClass, classify};
use crate::patience::patiently;

type ParameterValues = BTreeMap<ParameterId, Fact<Lookup<ObservedValue>>>;
type SecretValues = BTreeMap<VersionOf, Fact<Lookup<ObservedValue>>>;

/// Secrets in one BatchGetSecretValue.
const SECRETS: usize = 20;

pub(super) async fn parameters(round: &Round<'_>, ids: &BTreeSet<ParameterId>) -> ParameterValues {
    let groups = batches(ids.iter().map(|id| (id.region.as_str(), id.clone())), BATCH);
    all(groups.into_iter().map(|(region, ids)| get_parameters(round, region, ids))).await
}

async fn get_parameters(round: &Round<'_>, region: String, ids: Vec<ParameterId>) -> Vec<(ParameterId, Fact<Lookup<ObservedValue>>)> {
    let call = Call { service: "ssm", operation: "GetParameters", region: region.clone() };
    let names: Vec<String> = ids.iter().map(|id| asked_as(round, id)).collect();
    let client = round.connection.clients(&region).ssm;
    let turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        let request = client.get_parameters().set_names(Some(names.clone())).with_decryption(true);
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    drop(turn);
    match answer {
        Ok(answer) => ids
            .into_iter()
            .map(|id| {
                let asked = asked_as(round, &id);
                let found =
                    answer.parameters().iter().find(|found| found.name() == Some(id.name.as_str()) || found.arn() == Some(asked.as_str()));
                if let Some(found) = found {
                    round.note(|versions| drop(versions.parameters.insert(id.clone(), found.version().to_string())));
                }
                let lookup = match found.and_then(|found| found.value()) {
                    Some(value) => Lookup::Found(ObservedValue::Text(Secret::new(value.to_owned()))),
                    None => Lookup::Absent,
                };
                (id, Fact::known(lookup, Source::Call(call.clone())))
            })
            .collect(),
        // One parameter that may not be read, or whose key is unusable, fails the whole batch: ask for each by itself.
        Err(error) if ids.len() > 1 && matches!(error.class, ErrorClass::Denied | ErrorClass::KeyUnusable | ErrorClass::Invalid) => {
            all(ids.into_iter().map(|id| Box::pin(get_parameters(round, region.clone(), vec![id])))).await.into_iter().collect()
        }
        Err(error) => ids.into_iter().map(|id| (id, failed(error.clone()))).collect(),
    }
}

pub(super) async fn secrets(
    round: &Round<'_>,
    ids: &BTreeSet<VersionOf>,
    seen: &BTreeMap<SecretId, Fact<Lookup<ObservedSecret>>>,
) -> SecretValues {
    // BatchGetSecretValue gives AWSCURRENT only.
    let is_current =
        |version: &&VersionOf| version.version_id.is_none() && version.stage.as_deref().is_none_or(|stage| stage == "AWSCURRENT");
    let (current, pinned): (Vec<_>, Vec<_>) = ids.iter().partition(is_current);
    let groups = if let [_] = current.as_slice() {
        Vec::new()
    } else {
        batches(current.iter().map(|version| (version.secret.region.as_str(), (*version).clone())), SECRETS)
    };
    let alone = if groups.is_empty() { current } else { Vec::new() };
    let batched = all(groups.into_iter().map(|(region, versions)| batch_get(round, region, versions, seen)));
    let single = all(pinned.into_iter().chain(alone).map(|version| async move { vec![(version.clone(), get(round, version).await)] }));
    let (mut values, more) = tokio::join!(batched, single);
    values.extend(more);
    values
}

async fn batch_get(
    round: &Round<'_>,
    region: String,
    versions: Vec<VersionOf>,
    seen: &BTreeMap<SecretId, Fact<Lookup<ObservedSecret>>>,
) -> Vec<(VersionOf, Fact<Lookup<ObservedValue>>)> {
    let call = Call { service: "secretsmanager", operation: "BatchGetSecretValue", region: region.clone() };
    let client = round.connection.clients(&region).secretsmanager;
    // Asked by complete ARN where it is known, so that the answers can be told apart.
    let asked: BTreeMap<String, Vec<VersionOf>> = versions.iter().fold(BTreeMap::new(), |mut asked, version| {
        let found = seen.get(&version.secret).and_then(Fact::value).and_then(Lookup::found);
        asked.entry(found.map_or_else(|| version.secret.id.clone(), |secret| secret.arn.clone())).or_default().push(version.clone());
        asked
    });
    let turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        let request = client.batch_get_secret_value().set_secret_id_list(Some(asked.keys().cloned().collect()));
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    drop(turn);
    let mut facts = Vec::new();
    let mut rest: Vec<VersionOf> = Vec::new();
    match answer {
        Ok(answer) => {
            for (id, versions) in asked {
                let found =
                    answer.secret_values().iter().find(|value| value.arn() == Some(id.as_str()) || value.name() == Some(id.as_str()));
                match found {
                    Some(found) => {
                        for version in versions {
                            if let Some(id) = found.version_id() {
                                round.note(|versions| drop(versions.secrets.insert(version.clone(), id.to_owned())));
                            }
                            let value = value_of(found.secret_string(), found.secret_binary());
                            let fact = match value {
                                Some(value) => Fact::known(Lookup::Found(value), Source::Call(call.clone())),
                                None => not_told(call.clone(), "the answer has no value"),
                            };
                            facts.push((version, fact));
                        }
                    }
                    // The batch tells an error per secret, in a form of its own; GetSecretValue tells what ECS will see.
                    None => rest.extend(versions),
                }
            }
        }
        // It is a right of its own that few roles have: a denial here says nothing of GetSecretValue.
        Err(error) if matches!(error.class, ErrorClass::Denied | ErrorClass::Invalid | ErrorClass::KeyUnusable | ErrorClass::Absent) => {
            rest = versions;
        }
        Err(error) => return versions.into_iter().map(|version| (version, failed(error.clone()))).collect(),
    }
    facts.extend(all(rest.iter().map(|version| async move { vec![(version.clone(), get(round, version).await)] })).await);
    facts
}

async fn get(round: &Round<'_>, version: &VersionOf) -> Fact<Lookup<ObservedValue>> {
    match get_secret_value(round, version).await {
        Ok(Some(value)) => {
            let call = Call { service: "secretsmanager", operation: "GetSecretValue", region: version.secret.region.clone() };
            Fact::known(Lookup::Found(value), Source::Call(call))
        }
        Ok(None) => {
            let call = Call { service: "secretsmanager", operation: "GetSecretValue", region: version.secret.region.clone() };
            not_told(call, "the answer has no value")
        }
        Err(error) => failed(error),
    }
}

async fn get_secret_value(round: &Round<'_>, version: &VersionOf) -> Result<Option<ObservedValue>, CallError> {
    let call = Call { service: "secretsmanager", operation: "GetSecretValue", region: version.secret.region.clone() };
    let client = round.connection.clients(&version.secret.region).secretsmanager;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        let request = client
            .get_secret_value()
            .secret_id(&version.secret.id)
            .set_version_stage(version.stage.clone())
            .set_version_id(version.version_id.clone());
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await?;
    if let Some(id) = answer.version_id() {
        round.note(|versions| drop(versions.secrets.insert(version.clone(), id.to_owned())));
    }
    Ok(value_of(answer.secret_string(), answer.secret_binary()))
}

/// The value of an answer that has one.
pub(crate) fn value_of(text: Option<&str>, binary: Option<&Blob>) -> Option<ObservedValue> {
    match (text, binary) {
        (Some(text), _) => Some(ObservedValue::Text(Secret::new(text.to_owned()))),
        (None, Some(bytes)) => Some(ObservedValue::Binary(Secret::new(bytes.as_ref().to_vec()))),
        (None, None) => None,
    }
}

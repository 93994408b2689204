//! DescribeParameters in filters of 50 names; where the caller may not, GetParameters without decryption, ten names a call.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ssm::types::{ParameterMetadata, ParameterStringFilter};
use sekisho_model::observed::{Lookup, ObservedParameter, ParameterId};
use sekisho_model::{Arn, Call, Fact, Region, Source};
use time::OffsetDateTime;

use super::{Round, all, batches, failed, not_told};
use crate::error::{CallError, ErrorClass, classify};
use crate::patience::{Event, patiently};

type Answers = Vec<(ParameterId, Fact<Lookup<ObservedParameter>>)>;

/// Names in one filter of DescribeParameters (botocore ssm, ParameterStringFilterValueList).
const FILTER: usize = 50;
/// Names in one GetParameters.
pub(super) const BATCH: usize = 10;

pub(super) async fn look_up(round: &Round<'_>, ids: &BTreeSet<ParameterId>) -> BTreeMap<ParameterId, Fact<Lookup<ObservedParameter>>> {
    // DescribeParameters lists neither AWS's public parameters, nor the way through to secrets, nor other accounts'.
    let (own, foreign): (Vec<_>, Vec<_>) = ids.iter().partition(|id| {
        let provided = id.name.starts_with("/aws/");
        !provided && id.account.as_deref().is_none_or(|account| account == round.account)
    });
    let described = batches(own.into_iter().map(|id| (id.region.as_str(), id.clone())), FILTER);
    let read = batches(foreign.into_iter().map(|id| (id.region.as_str(), id.clone())), BATCH);
    let total = described.len() + read.len();
    let describing = all(described.into_iter().map(|(region, ids)| describe(round, region, ids, total)));
    let reading = all(read.into_iter().map(|(region, ids)| get(round, region, ids)));
    let (mut answers, more) = tokio::join!(describing, reading);
    answers.extend(more);
    answers
}

async fn describe(round: &Round<'_>, region: String, ids: Vec<ParameterId>, total: usize) -> Answers {
    let call = Call { service: "ssm", operation: "DescribeParameters", region: region.clone() };
    match pages(round, &call, &ids).await {
        Ok(found) => {
            round.connection.watch.tell(Event::Answered { call: call.clone(), done: 1, total });
            let mut by_name: BTreeMap<String, ParameterMetadata> =
                found.into_iter().filter_map(|parameter| Some((parameter.name()?.to_owned(), parameter))).collect();
            ids.into_iter()
                .map(|id| {
                    let source = Source::Call(call.clone());
                    let lookup = by_name.remove(&id.name).map_or(Lookup::Absent, |parameter| Lookup::Found(described(&call, &parameter)));
                    (id, Fact::known(lookup, source))
                })
                .collect()
        }
        Err(error) if error.class == ErrorClass::Denied => {
            let groups = batches(ids.iter().map(|id| (region.as_str(), id.clone())), BATCH);
            all(groups.into_iter().map(|(region, ids)| get(round, region, ids))).await.into_iter().collect()
        }
        Err(error) => ids.into_iter().map(|id| (id, failed(error.clone()))).collect(),
    }
}

async fn pages(round: &Round<'_>, call: &Call, ids: &[ParameterId]) -> Result<Vec<ParameterMetadata>, CallError> {
    let client = round.connection.clients(&call.region).ssm;
    let mut found = Vec::new();
    let mut token = None;
    loop {
        // A filter that the SDK cannot build has no key; this one has.
        let filter =
            ParameterStringFilter::builder().key("Name").option("Equals").set_values(Some(ids.iter().map(|id| id.name.clone()).collect()));
        let filter = filter.build().map_err(|_| CallError {
            call: call.clone(),
            class: ErrorClass::Invalid,
            code: None,
            message: "the request could not be built".to_owned(),
        })?;
        let _turn = round.gate.acquire().await;
        let answer = patiently(&round.connection.watch, async || {
            let request = client.describe_parameters().parameter_filters(filter.clone()).max_results(50).set_next_token(token.clone());
            request.send().await.map_err(|error| classify(call, &error))
        })
        .await?;
        found.extend(answer.parameters().iter().cloned());
        token = answer.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
        if token.is_none() {
            return Ok(found);
        }
    }
}

fn described(call: &Call, parameter: &ParameterMetadata) -> ObservedParameter {
    let source = || Source::Call(call.clone());
    ObservedParameter {
        name: parameter.name().unwrap_or_default().to_owned(),
        kind: parameter.r#type().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        tier: match parameter.tier() {
            Some(tier) => Fact::known(tier.as_str().to_owned(), source()),
            None => not_told(call.clone(), "the answer names no tier"),
        },
        key: Fact::known(parameter.key_id().map(str::to_owned), source()),
        version: parameter.version(),
        modified: parameter.last_modified_date().and_then(|date| OffsetDateTime::from_unix_timestamp(date.secs()).ok()),
    }
}

/// GetParameters without decryption: tells that a parameter exists, its type and version, and reads no plaintext of a SecureString.
async fn get(round: &Round<'_>, region: String, ids: Vec<ParameterId>) -> Answers {
    let call = Call { service: "ssm", operation: "GetParameters", region: region.clone() };
    let names: Vec<String> = ids.iter().map(|id| asked_as(round, id)).collect();
    let client = round.connection.clients(&region).ssm;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        let request = client.get_parameters().set_names(Some(names.clone())).with_decryption(false);
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    drop(_turn);
    match answer {
        Ok(answer) => ids
            .into_iter()
            .map(|id| {
                let asked = asked_as(round, &id);
                let found = answer
                    .parameters()
                    .iter()
                    .find(|parameter| parameter.name() == Some(id.name.as_str()) || parameter.arn() == Some(asked.as_str()))
                    .map(|parameter| ObservedParameter {
                        name: id.name.clone(),
                        kind: parameter.r#type().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
                        tier: not_told(call.clone(), "GetParameters does not tell the tier"),
                        key: not_told(call.clone(), "GetParameters does not tell the key"),
                        version: parameter.version(),
                        modified: parameter.last_modified_date().and_then(|date| OffsetDateTime::from_unix_timestamp(date.secs()).ok()),
                    });
                let lookup = found.map_or(Lookup::Absent, Lookup::Found);
                (id, Fact::known(lookup, Source::Call(call.clone())))
            })
            .collect(),
        // One name that the caller may not read denies the whole batch: ask for each by itself.
        Err(error) if error.class == ErrorClass::Denied && ids.len() > 1 => {
            all(ids.into_iter().map(|id| Box::pin(get(round, region.clone(), vec![id])))).await.into_iter().collect()
        }
        Err(error) => ids.into_iter().map(|id| (id, failed(error.clone()))).collect(),
    }
}

/// The name to ask for: the ARN for a parameter of another account, else the name.
pub(super) fn asked_as(round: &Round<'_>, id: &ParameterId) -> String {
    match &id.account {
        Some(account) if account != round.account => {
            let partition = id.region.parse::<Region>().map(|region| region.partition().to_string()).unwrap_or_else(|_| "aws".to_owned());
            Arn::new(&partition, "ssm", &id.region, account, format!("parameter/{}", id.name.trim_start_matches('/'))).to_string()
        }
        _ => id.name.clone(),
    }
}

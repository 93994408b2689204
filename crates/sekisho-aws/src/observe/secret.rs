//! DescribeSecret once per distinct secret. ListSecrets lags behind and proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use sekisho_model::observed::{Lookup, ObservedSecret, SecretId};
use sekisho_model::{Arn, Call, Fact, Source};
use time::OffsetDateTime;

use super::{Round, all, failed};
use crate::error::classify;
use crate::patience::{Event, patiently};

type Seen = BTreeMap<SecretId, Fact<Lookup<ObservedSecret>>>;

pub(super) async fn look_up(round: &Round<'_>, ids: &BTreeSet<SecretId>) -> Seen {
    let total = ids.len();
    all(ids.iter().map(|id| async move { vec![(id.clone(), describe(round, id, total).await)] })).await
}

/// Looks up by name what was not found by an ARN that ends as complete ones do: where the name exists, AWS took a partial ARN for a complete one
/// (Secrets Manager guide, troubleshooting).
pub(super) async fn look_up_by_name(round: &Round<'_>, seen: &Seen) -> Seen {
    let suspects: Vec<(SecretId, SecretId)> = seen
        .iter()
        .filter(|(_, fact)| matches!(fact.value(), Some(Lookup::Absent)))
        .filter_map(|(id, _)| {
            let arn: Arn = id.id.parse().ok()?;
            let name = arn.resource.strip_prefix("secret:")?;
            let own = arn.account == round.account && sekisho_model::ends_like_a_complete_arn(name);
            own.then(|| (id.clone(), SecretId { region: id.region.clone(), id: name.to_owned() }))
        })
        .collect();
    let total = suspects.len();
    all(suspects.iter().map(|(id, by_name)| async move { vec![(id.clone(), describe(round, by_name, total).await)] })).await
}

async fn describe(round: &Round<'_>, id: &SecretId, total: usize) -> Fact<Lookup<ObservedSecret>> {
    let call = Call { service: "secretsmanager", operation: "DescribeSecret", region: id.region.clone() };
    let client = round.connection.clients(&id.region).secretsmanager;
    let _turn = round.gate.acquire().await;
    let answer = patiently(&round.connection.watch, async || {
        client.describe_secret().secret_id(&id.id).send().await.map_err(|error| classify(&call, &error))
    })
    .await;
    round.connection.watch.tell(Event::Answered { call: call.clone(), done: 1, total });
    match answer {
        Ok(answer) => Fact::known(Lookup::Found(observed(&answer)), Source::Call(call)),
        Err(error) => failed(error),
    }
}

fn observed(answer: &DescribeSecretOutput) -> ObservedSecret {
    let time = |date: Option<&aws_sdk_secretsmanager::primitives::DateTime>| {
        date.and_then(|date| OffsetDateTime::from_unix_timestamp(date.secs()).ok())
    };
    let versions = answer.version_ids_to_stages().map(|stages| stages.iter().map(|(id, stages)| (id.clone(), stages.clone())).collect());
    ObservedSecret {
        arn: answer.arn().unwrap_or_default().to_owned(),
        name: answer.name().unwrap_or_default().to_owned(),
        key: answer.kms_key_id().map(str::to_owned),
        deleted: time(answer.deleted_date()),
        versions: versions.unwrap_or_default(),
        rotation: answer.rotation_enabled().unwrap_or_default(),
        rotated: time(answer.last_rotated_date()),
        changed: time(answer.last_changed_date()),
        owning_service: answer.owning_service().map(str::to_owned),
    }
}

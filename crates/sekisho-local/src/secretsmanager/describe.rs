//! DescribeSecret, and the entries of ListSecrets.

use serde_json::{Map, Value, json};

use super::lookup::find;
use super::record::{Rotation, SecretRecord};
use super::{input, replicate, schedule};
use crate::api::{ApiError, Call, timestamp};
use crate::shape::{Member, check};

const MEMBERS: &[Member] = &[input::SECRET_ID];

pub(super) fn describe_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, MEMBERS)?;
    let secret = find(call, call.required_text("SecretId"), "DescribeSecret")?;
    let mut answer = entry(&secret, "VersionIdsToStages");
    if !secret.replicas.is_empty() {
        answer.insert("ReplicationStatus".into(), replicate::status(&secret));
    }
    Ok(answer.into())
}

/// What both operations show. Members without a value are left out.
pub(super) fn entry(secret: &SecretRecord, versions: &str) -> Map<String, Value> {
    let mut entry = Map::new();
    let mut show = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            entry.insert(name.to_owned(), value);
        }
    };
    show("ARN", Some(secret.arn.clone().into()));
    show("Name", Some(secret.name.clone().into()));
    show("Description", secret.description.clone().filter(|description| !description.is_empty()).map(Value::from));
    show("KmsKeyId", secret.kms_key_id.clone().map(Value::from));
    show("CreatedDate", Some(timestamp(secret.created)));
    show("LastChangedDate", Some(timestamp(secret.changed)));
    show("LastAccessedDate", secret.accessed.map(timestamp));
    show("LastRotatedDate", secret.rotated.map(timestamp));
    show("DeletedDate", secret.deletion.map(timestamp));
    show("PrimaryRegion", secret.primary_region.clone().map(Value::from));
    if let Some(rotation) = &secret.rotation {
        show("RotationEnabled", Some(rotation.enabled.into()));
        show("RotationLambdaARN", Some(rotation.lambda_arn.clone().into()));
        show("RotationRules", Some(rules(rotation)));
        show("NextRotationDate", schedule::next(secret, rotation).map(timestamp));
    }
    let tags = |tags: &Vec<super::record::Tag>| tags.iter().map(|tag| json!({ "Key": tag.key, "Value": tag.value })).collect();
    show("Tags", secret.tags.as_ref().map(tags));
    let labelled: Map<String, Value> = secret
        .versions
        .iter()
        .filter(|version| !version.stages.is_empty())
        .map(|version| (version.id.clone(), version.stages.clone().into()))
        .collect();
    show(versions, (!labelled.is_empty()).then(|| labelled.into()));
    entry
}

fn rules(rotation: &Rotation) -> Value {
    let members = [
        ("AutomaticallyAfterDays", rotation.after_days.map(Value::from)),
        ("Duration", rotation.duration.clone().map(Value::from)),
        ("ScheduleExpression", rotation.schedule.clone().map(Value::from)),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into()
}

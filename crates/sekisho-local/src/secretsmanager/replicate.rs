//! Replicas in other Regions: the same name and suffix, other Regions in their ARNs, each under a key of its own Region. A replica follows every
//! write of its primary at once, and can only be read.

use sekisho_model::Region;
use serde_json::{Map, Value, json};

use super::error::{invalid_parameter, invalid_request, is_ours};
use super::input::{self, Given};
use super::lookup::{active, refuse_replica, writable};
use super::record::{AWS_MANAGED_ALIAS, Replica, SecretRecord, Version, chosen_key, load, remove, remove_value, save, save_alone};
use super::value;
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional, required};

const REGION: Shape = Shape::Text { min: 1, max: 128 };
pub(super) const REPLICAS: Shape =
    Shape::List { min: 1, max: usize::MAX, of: &Shape::Structure(&[optional("Region", REGION), optional("KmsKeyId", input::KMS_KEY_ID)]) };

const REPLICATE: &[Member] =
    &[input::SECRET_ID, required("AddReplicaRegions", REPLICAS), optional("ForceOverwriteReplicaSecret", Shape::Bool)];

pub(super) fn replicate_secret_to_regions(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, REPLICATE)?;
    let mut secret = writable(call, call.required_text("SecretId"), "ReplicateSecretToRegions")?;
    add(call, &mut secret)?;
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(json!({ "ARN": secret.arn, "ReplicationStatus": status(&secret) }))
}

const REMOVE: &[Member] = &[input::SECRET_ID, required("RemoveReplicaRegions", Shape::List { min: 1, max: usize::MAX, of: &REGION })];

pub(super) fn remove_regions_from_replication(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, REMOVE)?;
    let mut secret = writable(call, call.required_text("SecretId"), "RemoveRegionsFromReplication")?;
    let regions: Vec<String> = call.texts("RemoveReplicaRegions").into_iter().map(str::to_owned).collect();
    for region in regions {
        if load(call, &secret.account, &region, &secret.name)?.is_some_and(|replica| follows(&replica, &secret)) {
            remove(call, &secret.account, &region, &secret.name)?;
        }
        secret.replicas.retain(|replica| replica.region != region);
    }
    secret.changed = call.now;
    save(call, &mut secret)?;
    Ok(json!({ "ARN": secret.arn, "ReplicationStatus": status(&secret) }))
}

const STOP: &[Member] = &[input::SECRET_ID];

pub(super) fn stop_replication_to_replica(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, STOP)?;
    let mut secret = active(call, call.required_text("SecretId"), "StopReplicationToReplica")?;
    if !secret.is_replica() {
        return Err(invalid_request("You can only stop the replication of a replica secret."));
    }
    let primary = secret.primary_region.take().unwrap_or_default();
    if let Some(mut primary) = load(call, &secret.account, &primary, &secret.name)? {
        primary.replicas.retain(|replica| replica.region != secret.region);
        save_alone(call, &primary)?;
    }
    secret.changed = call.now;
    save_alone(call, &secret)?;
    Ok(json!({ "ARN": secret.arn }))
}

/// Enters the `AddReplicaRegions` of the call; [`synchronise`] makes the replicas.
pub(super) fn add(call: &mut Call<'_>, secret: &mut SecretRecord) -> Result<(), ApiError> {
    refuse_replica(secret)?;
    let asked: Vec<(String, Option<String>)> = call
        .list("AddReplicaRegions")
        .iter()
        .map(|replica| {
            let member = |name: &str| replica.get(name).and_then(Value::as_str).map(str::to_owned);
            (member("Region").unwrap_or_default(), member("KmsKeyId"))
        })
        .collect();
    let force = call.flag("ForceOverwriteReplicaSecret");
    for (region, key_id) in asked {
        let other = region.parse::<Region>().ok().filter(|other| region != secret.region && other.partition() == call.region.partition());
        let other = other.ok_or_else(|| invalid_parameter("Invalid replica region."))?;
        let kms_key_id = match key_id {
            Some(key_id) => within(call, other, |call| Ok(chosen_key(call, &key_id)))?,
            None => None,
        };
        let mut failure = None;
        if load(call, &secret.account, &region, &secret.name)?.is_some_and(|there| !follows(&there, secret)) {
            if force {
                remove(call, &secret.account, &region, &secret.name)?;
            } else {
                failure = Some(format!("Replication failed: Secret name {} already exists in region {region}.", secret.name));
            }
        }
        secret.replicas.retain(|replica| replica.region != region);
        secret.replicas.push(Replica { region, kms_key_id, failure });
        secret.primary_region = Some(secret.region.clone());
    }
    Ok(())
}

/// Brings every replica to the state of its primary.
pub(super) fn synchronise(call: &mut Call<'_>, secret: &mut SecretRecord) -> Result<(), ApiError> {
    for at in 0..secret.replicas.len() {
        let Some(replica) = secret.replicas.get(at).filter(|replica| replica.failure.is_none()).cloned() else { continue };
        match copy(call, secret, &replica) {
            Ok(()) => {}
            Err(error) if is_ours(&error) => return Err(error),
            Err(error) => {
                if let Some(replica) = secret.replicas.get_mut(at) {
                    replica.failure = Some(format!("Replication failed: {}", error.message));
                }
            }
        }
    }
    Ok(())
}

fn copy(call: &mut Call<'_>, primary: &SecretRecord, replica: &Replica) -> Result<(), ApiError> {
    let region: Region = replica.region.parse().map_err(|_| invalid_parameter("Invalid replica region."))?;
    let there = load(call, &primary.account, &replica.region, &primary.name)?;
    let known = |id: &str| there.as_ref().and_then(|there| there.version(id));
    let mut copy = SecretRecord {
        region: replica.region.clone(),
        arn: primary.arn.replacen(&format!(":{}:", primary.region), &format!(":{}:", replica.region), 1),
        kms_key_id: replica.kms_key_id.clone(),
        accessed: there.as_ref().and_then(|there| there.accessed),
        replicas: Vec::new(),
        ..primary.clone()
    };
    copy.versions = primary
        .versions
        .iter()
        .map(|version| Version {
            accessed: known(&version.id).and_then(|known| known.accessed),
            key_ids: known(&version.id).map(|known| known.key_ids.clone()).unwrap_or_default(),
            ..version.clone()
        })
        .collect();
    // A version's value never changes, so that only new ones are opened.
    for version in primary.versions.iter().filter(|version| version.has_value() && !known(&version.id).is_some_and(Version::has_value)) {
        let (kind, bytes) = value::open(call, primary, &version.id)?;
        within(call, region.clone(), |call| value::store(call, &mut copy, &version.id, &Given { kind, bytes }))?;
    }
    for version in there.iter().flat_map(|there| &there.versions).filter(|version| primary.version(&version.id).is_none()) {
        remove_value(call, &copy, &version.id)?;
    }
    save_alone(call, &copy)
}

/// Does something as if the call had gone to another Region.
fn within<T>(call: &mut Call<'_>, region: Region, work: impl FnOnce(&mut Call<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let here = std::mem::replace(&mut call.region, region);
    let result = work(call);
    call.region = here;
    result
}

/// A replica's key can be changed in its own Region; the primary shows it too, and uses it for what comes.
pub(super) fn tell_primary_of_key(call: &mut Call<'_>, secret: &SecretRecord) -> Result<(), ApiError> {
    let Some(region) = secret.primary_region.as_ref().filter(|_| secret.is_replica()) else { return Ok(()) };
    let Some(mut primary) = load(call, &secret.account, region, &secret.name)? else { return Ok(()) };
    for replica in primary.replicas.iter_mut().filter(|replica| replica.region == secret.region) {
        replica.kms_key_id.clone_from(&secret.kms_key_id);
    }
    save_alone(call, &primary)
}

fn follows(replica: &SecretRecord, primary: &SecretRecord) -> bool {
    replica.is_replica() && replica.primary_region.as_ref() == Some(&primary.region)
}

/// `ReplicationStatus`, as several operations show it.
pub(super) fn status(secret: &SecretRecord) -> Value {
    let entry = |replica: &Replica| {
        let mut entry = Map::new();
        entry.insert("Region".into(), replica.region.clone().into());
        entry.insert("KmsKeyId".into(), replica.kms_key_id.as_deref().unwrap_or(AWS_MANAGED_ALIAS).into());
        entry.insert("Status".into(), if replica.failure.is_some() { "Failed" } else { "InSync" }.into());
        if let Some(failure) = &replica.failure {
            entry.insert("StatusMessage".into(), failure.clone().into());
        }
        Value::from(entry)
    };
    secret.replicas.iter().map(entry).collect()
}

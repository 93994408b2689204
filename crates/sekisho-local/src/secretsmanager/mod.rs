//! Secrets Manager. What it does follows botocore's model of the API (`secretsmanager/2017-10-17`), whose documentation defines most of it, and
//! facts/iam.md section D; where a text of an error is AWS's own, it was seen in public reports of real accounts.
//!
//! A secret is one record of metadata, in which its versions and their labels stand too, and one record for the ciphertext of each version:
//! DescribeSecret and ListSecrets never touch a value.
//!
//! Reading a value changes `LastAccessedDate`, which has the resolution of a day. So the reading operations run on a snapshot, and only the first
//! read of a version on a day becomes a write (see [`crate::api::Access::Read`]); no access date is ever lost.
//!
//! Parameter Store reads secrets through GetSecretValue, as a caller does, for its `/aws/reference/secretsmanager/…`.
//!
//! Not here: cross-account replicas, secrets of partners (`Type`), and rotation functions. RotateSecret leaves behind what AWS leaves behind
//! before it calls the function.

mod answer;
mod create;
mod delete;
mod describe;
mod error;
mod filter;
mod input;
mod list;
mod lookup;
mod password;
mod policy;
mod policy_document;
mod read;
mod record;
mod replicate;
mod rotate;
mod schedule;
mod stage;
mod tag;
mod update;
mod value;
mod version;

use crate::api::{Access, ApiError, Call, Operation};
use serde_json::Value;

pub(crate) const OPERATIONS: &[Operation] = &[
    reads("BatchGetSecretValue", read::batch_get_secret_value),
    writes("CancelRotateSecret", rotate::cancel_rotate_secret),
    writes("CreateSecret", create::create_secret),
    writes("DeleteResourcePolicy", policy::delete_resource_policy),
    writes("DeleteSecret", delete::delete_secret),
    reads("DescribeSecret", describe::describe_secret),
    reads("GetRandomPassword", password::get_random_password),
    reads("GetResourcePolicy", policy::get_resource_policy),
    reads("GetSecretValue", read::get_secret_value),
    reads("ListSecretVersionIds", version::list_secret_version_ids),
    reads("ListSecrets", list::list_secrets),
    writes("PutResourcePolicy", policy::put_resource_policy),
    writes("PutSecretValue", update::put_secret_value),
    writes("RemoveRegionsFromReplication", replicate::remove_regions_from_replication),
    writes("ReplicateSecretToRegions", replicate::replicate_secret_to_regions),
    writes("RestoreSecret", delete::restore_secret),
    writes("RotateSecret", rotate::rotate_secret),
    writes("StopReplicationToReplica", replicate::stop_replication_to_replica),
    writes("TagResource", tag::tag_resource),
    writes("UntagResource", tag::untag_resource),
    writes("UpdateSecret", update::update_secret),
    writes("UpdateSecretVersionStage", version::update_secret_version_stage),
    reads("ValidateResourcePolicy", policy::validate_resource_policy),
];

type Run = fn(&mut Call<'_>) -> Result<Value, ApiError>;

const fn reads(name: &'static str, run: Run) -> Operation {
    Operation { name, access: Access::Read, run }
}

const fn writes(name: &'static str, run: Run) -> Operation {
    Operation { name, access: Access::Write, run }
}

//! CreateSecret.

use aws_lc_rs::rand;
use sekisho_model::Arn;
use serde_json::Value;

use super::error::{exists, invalid_parameter, invalid_request, token_in_use};
use super::input::{self, Given};
use super::lookup::check_name;
use super::record::{SecretRecord, chosen_key, load, remove, save};
use super::replicate::{self, REPLICAS};
use super::{answer, update, value};
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional, required};

const MEMBERS: &[Member] = &[
    required("Name", Shape::Text { min: 1, max: 512 }),
    optional("ClientRequestToken", input::TOKEN),
    optional("Description", input::DESCRIPTION),
    optional("KmsKeyId", input::KMS_KEY_ID),
    optional("SecretBinary", input::BINARY),
    optional("SecretString", Shape::Secret),
    optional("Tags", input::TAGS),
    optional("AddReplicaRegions", REPLICAS),
    optional("ForceOverwriteReplicaSecret", Shape::Bool),
    optional("Type", input::TYPE),
    optional("CrossAccountPrimaryARN", input::ARN),
];

pub(super) fn create_secret(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, MEMBERS)?;
    for member in ["Type", "CrossAccountPrimaryARN"] {
        if call.text(member).is_some() {
            return Err(invalid_parameter(format!("Sekisho's embedded AWS does not support {member}.")));
        }
    }
    let name = call.required_text("Name").to_owned();
    check_name(&name)?;
    let given = input::value(call)?;
    let token = given.as_ref().map(|_| input::token(call)).transpose()?;
    let (account, region) = (call.caller.account.to_string(), call.region.to_string());
    if let Some(existing) = load(call, &account, &region, &name)? {
        return again(call, &existing, given.as_ref(), token.as_deref());
    }
    // A secret of this name whose recovery window is over.
    remove(call, &account, &region, &name)?;
    let mut secret = new(call, name, account, region)?;
    if let (Some(given), Some(token)) = (&given, &token) {
        update::add_version(call, &mut secret, token, given, &[])?;
    }
    replicate::add(call, &mut secret)?;
    save(call, &mut secret)?;
    let replicas = (!secret.replicas.is_empty()).then(|| replicate::status(&secret));
    Ok(answer::named_with(&secret, [("VersionId", token.map(Value::from)), ("ReplicationStatus", replicas)]))
}

/// The name is taken. The same call again, known by its token, is answered as the first time.
fn again(call: &Call<'_>, secret: &SecretRecord, given: Option<&Given>, token: Option<&str>) -> Result<Value, ApiError> {
    if secret.deletion.is_some() {
        return Err(invalid_request("You can't create this secret because a secret with this name is already scheduled for deletion."));
    }
    let known = token.and_then(|token| secret.version(token)).filter(|version| version.has_value());
    match (known, given) {
        (Some(version), Some(given)) if value::is_same(call, secret, &version.id, given)? => {
            Ok(answer::named_with(secret, [("VersionId", Some(version.id.as_str().into()))]))
        }
        (Some(version), _) => Err(token_in_use(&version.id, &secret.arn)),
        (None, _) => Err(exists(format!("The operation failed because the secret {} already exists.", secret.name))),
    }
}

fn new(call: &Call<'_>, name: String, account: String, region: String) -> Result<SecretRecord, ApiError> {
    let suffix = match call.arn_suffix.as_deref() {
        None => random_suffix()?,
        Some(suffix) if suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()) => suffix.to_owned(),
        Some(_) => return Err(invalid_parameter("The suffix of a secret's ARN must be six letters or digits.")),
    };
    let partition = call.region.partition();
    let arn = Arn::new(partition.as_str(), "secretsmanager", &region, &account, format!("secret:{name}-{suffix}")).to_string();
    Ok(SecretRecord {
        account,
        region,
        name,
        arn,
        description: call.text("Description").map(str::to_owned),
        kms_key_id: call.text("KmsKeyId").and_then(|key_id| chosen_key(call, key_id)),
        created: call.now,
        changed: call.now,
        accessed: None,
        rotated: None,
        deletion: None,
        tags: input::tags(call)?,
        versions: Vec::new(),
        policy: None,
        rotation: None,
        primary_region: None,
        replicas: Vec::new(),
    })
}

/// Six letters or digits. The name stands in front of them in the ARN and is unique, so that no ARN can be made twice.
fn random_suffix() -> Result<String, ApiError> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut suffix = String::new();
    while suffix.len() < 6 {
        let mut byte = [0_u8];
        rand::fill(&mut byte).map_err(|_| ApiError::internal("no random bytes for an ARN"))?;
        // The 64 values of six bits: the two that are no index are drawn again.
        if let Some(character) = ALPHABET.get(usize::from(byte[0] & 63)) {
            suffix.push(char::from(*character));
        }
    }
    Ok(suffix)
}

//! Making, describing, disabling and deleting keys.

use serde_json::{Value, json};
use time::Duration;

use super::key::{self, KeyRecord, KeyState, pending_deletion};
use super::{GRANT_TOKENS, KEY_ID, LIMIT, MARKER, invalid_marker, no_grants, policy, tag};
use crate::api::{ApiError, Call, timestamp};
use crate::paging::{limit, page};
use crate::shape::{Member, Shape, check, optional, required};

const DESCRIPTION: Shape = Shape::Text { min: 0, max: 8192 };
const USAGES: &[&str] = &["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "ENCAPSULATE_DECAPSULATE"];

const OWNERS: Shape = Shape::List { min: 1, max: 2, of: &Shape::Enum(&["SELF", "OTHER_ACCOUNTS_VIA_RAM"]) };
/// Of the old member `CustomerMasterKeySpec`.
const OLD_SPECS: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
];
const SPECS: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "ECC_NIST_EDWARDS25519",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
];

const CREATE: &[Member] = &[
    optional("Policy", policy::POLICY),
    optional("Description", DESCRIPTION),
    optional("KeyUsage", Shape::Enum(USAGES)),
    optional("CustomerMasterKeySpec", Shape::Enum(OLD_SPECS)),
    optional("KeySpec", Shape::Enum(SPECS)),
    optional("CustomKeyStoreId", Shape::Text { min: 1, max: 64 }),
    optional("XksKeyId", Shape::Text { min: 1, max: 128 }),
    optional("Origin", Shape::Enum(&["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"])),
    optional("BypassPolicyLockoutSafetyCheck", Shape::Bool),
    optional("MultiRegion", Shape::Bool),
    optional("Tags", tag::TAGS),
];

pub(super) fn create_key(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, CREATE)?;
    let is = |name: &str, only: &str| call.text(name).is_none_or(|asked| asked == only);
    let symmetric =
        is("KeyUsage", "ENCRYPT_DECRYPT") && is("KeySpec", "SYMMETRIC_DEFAULT") && is("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT");
    if !symmetric
        || !is("Origin", "AWS_KMS")
        || call.flag("MultiRegion")
        || ["CustomKeyStoreId", "XksKeyId"].iter().any(|name| call.input.contains_key(*name))
    {
        let message =
            "Sekisho's embedded AWS makes single-Region symmetric keys for encryption, with key material of its own, and no others";
        return Err(ApiError::new("UnsupportedOperationException", message));
    }
    let description = call.text("Description").unwrap_or_default().to_owned();
    let mut record = key::make(call, &description)?;
    if let Some(text) = call.text("Policy") {
        record.policy = policy::checked(text)?;
    }
    record.tags = tag::read(call)?;
    save(call, &record)?;
    Ok(json!({ "KeyMetadata": metadata(call, &record) }))
}

pub(super) fn describe_key(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), GRANT_TOKENS])?;
    no_grants(call)?;
    let id = call.required_text("KeyId").to_owned();
    let (record, _) = key::find_or_make(call, &id)?;
    Ok(json!({ "KeyMetadata": metadata(call, &record) }))
}

pub(super) fn list_keys(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[optional("Limit", LIMIT), optional("Marker", MARKER), optional("ResourceOwners", OWNERS)])?;
    // Keys that other accounts share: there are none.
    if call.input.contains_key("ResourceOwners") && !call.texts("ResourceOwners").contains(&"SELF") {
        return Ok(json!({ "Keys": [], "Truncated": false }));
    }
    let records = call.scan::<KeyRecord>(&key::key_record(call, ""))?;
    let existing =
        records.into_iter().map(|(_, record)| record).filter(|record| record.deletion.is_none_or(|deletion| call.now < deletion));
    let items = existing.map(|record| (record.id.clone(), json!({ "KeyId": record.id, "KeyArn": record.arn }))).collect();
    let page = page(items, limit(call.number("Limit"), 100), call.text("Marker"), invalid_marker)?;
    let mut answer = json!({ "Keys": page.items, "Truncated": page.next.is_some() });
    add_marker(&mut answer, page.next);
    Ok(answer)
}

pub(super) fn add_marker(answer: &mut Value, next: Option<String>) {
    if let (Some(members), Some(next)) = (answer.as_object_mut(), next) {
        members.insert("NextMarker".to_owned(), next.into());
    }
}

pub(super) fn update_key_description(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), required("Description", DESCRIPTION)])?;
    let mut record = editable(call, "UpdateKeyDescription")?;
    record.description = call.required_text("Description").to_owned();
    save(call, &record).map(|()| json!({}))
}

pub(super) fn enable_key(call: &mut Call<'_>) -> Result<Value, ApiError> {
    switch(call, "EnableKey", KeyState::Enabled)
}

pub(super) fn disable_key(call: &mut Call<'_>) -> Result<Value, ApiError> {
    switch(call, "DisableKey", KeyState::Disabled)
}

fn switch(call: &mut Call<'_>, action: &str, state: KeyState) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID)])?;
    let mut record = editable(call, action)?;
    record.state = state;
    save(call, &record).map(|()| json!({}))
}

pub(super) fn schedule_key_deletion(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID), optional("PendingWindowInDays", Shape::Number { min: 7, max: 30 })])?;
    let mut record = editable(call, "ScheduleKeyDeletion")?;
    let days = call.number("PendingWindowInDays").unwrap_or(30);
    let deletion = call.now + Duration::days(days);
    (record.state, record.deletion) = (KeyState::PendingDeletion, Some(deletion));
    save(call, &record)?;
    Ok(json!({
        "KeyId": record.arn,
        "DeletionDate": timestamp(deletion),
        "KeyState": record.state.as_str(),
        "PendingWindowInDays": days,
    }))
}

pub(super) fn cancel_key_deletion(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("KeyId", KEY_ID)])?;
    let mut record = own(call, "CancelKeyDeletion")?;
    if record.state != KeyState::PendingDeletion {
        return Err(ApiError::new("KMSInvalidStateException", format!("{} is not pending deletion.", record.arn)));
    }
    // "When this operation succeeds, the key state of the KMS key is Disabled" (botocore kms, CancelKeyDeletion).
    (record.state, record.deletion) = (KeyState::Disabled, None);
    save(call, &record)?;
    Ok(json!({ "KeyId": record.arn }))
}

/// The key that `KeyId` names, by id or ARN: these operations take no alias.
pub(super) fn by_id(call: &Call<'_>) -> Result<KeyRecord, ApiError> {
    let id = call.required_text("KeyId");
    match key::find(call, id)? {
        (record, None) => Ok(record),
        (_, Some(_)) => Err(ApiError::new("NotFoundException", format!("Invalid keyId {id}"))),
    }
}

/// As [`by_id`], if the account may change the key. The policy of a key that AWS manages lets the account only look.
pub(super) fn own(call: &Call<'_>, action: &str) -> Result<KeyRecord, ApiError> {
    let record = by_id(call)?;
    if record.managed_by_aws { Err(denied(call, action, &record)) } else { Ok(record) }
}

/// As [`own`], if the key is not about to be deleted.
pub(super) fn editable(call: &Call<'_>, action: &str) -> Result<KeyRecord, ApiError> {
    let record = own(call, action)?;
    if record.state == KeyState::PendingDeletion { Err(pending_deletion(&record)) } else { Ok(record) }
}

pub(super) fn denied(call: &Call<'_>, action: &str, record: &KeyRecord) -> ApiError {
    let (user, arn) = (&call.caller.arn, &record.arn);
    ApiError::new(
        "AccessDeniedException",
        format!(
            "User: {user} is not authorized to perform: kms:{action} on resource: {arn} because no resource-based policy allows the kms:{action} action"
        ),
    )
}

pub(super) fn save(call: &mut Call<'_>, record: &KeyRecord) -> Result<(), ApiError> {
    call.put(&key::key_record(call, &record.id), record)
}

fn metadata(call: &Call<'_>, record: &KeyRecord) -> Value {
    let mut metadata = json!({
        "AWSAccountId": call.caller.account.as_str(),
        "KeyId": record.id,
        "Arn": record.arn,
        "CreationDate": timestamp(record.created),
        "Enabled": record.state == KeyState::Enabled,
        "Description": record.description,
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": record.state.as_str(),
        "Origin": "AWS_KMS",
        "KeyManager": if record.managed_by_aws { "AWS" } else { "CUSTOMER" },
        "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        "MultiRegion": false,
    });
    if let (Some(members), Some(deletion)) = (metadata.as_object_mut(), record.deletion) {
        members.insert("DeletionDate".to_owned(), timestamp(deletion));
    }
    metadata
}

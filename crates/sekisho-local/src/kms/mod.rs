//! KMS: symmetric keys, their aliases, and what they encrypt. Other services use [`encrypt`], [`decrypt`] and [`resolve`] as AWS's own do.
//!
//! Not here: asymmetric, HMAC, imported and multi-Region keys, custom key stores, grants, and rotation on demand. Key policies are kept and shown;
//! they do not decide, except that the keys that AWS manages work for their service only.

mod administration;
mod alias;
mod crypt;
mod cryptography;
mod key;
mod policy;
mod tag;

pub(crate) use crypt::{decrypt, encrypt};
pub(crate) use key::resolve;

use crate::api::Access::{Read, Write};
use crate::api::{Access, ApiError, Call, Operation};
use crate::shape::{Member, Shape, optional};
use serde_json::Value;

const KEY_ID: Shape = Shape::Text { min: 1, max: 2048 };
const GRANT_TOKENS: Member = optional("GrantTokens", Shape::List { min: 0, max: 10, of: &Shape::Text { min: 1, max: 8192 } });
const LIMIT: Shape = Shape::Number { min: 1, max: 1000 };
const MARKER: Shape = Shape::Text { min: 1, max: 1024 };

pub(crate) const OPERATIONS: &[Operation] = &[
    operation("CancelKeyDeletion", Write, administration::cancel_key_deletion),
    operation("CreateAlias", Write, alias::create_alias),
    operation("CreateKey", Write, administration::create_key),
    operation("Decrypt", Read, cryptography::decrypt),
    operation("DeleteAlias", Write, alias::delete_alias),
    operation("DescribeKey", Read, administration::describe_key),
    operation("DisableKey", Write, administration::disable_key),
    operation("DisableKeyRotation", Write, policy::disable_key_rotation),
    operation("EnableKey", Write, administration::enable_key),
    operation("EnableKeyRotation", Write, policy::enable_key_rotation),
    operation("Encrypt", Read, cryptography::encrypt),
    operation("GenerateDataKey", Read, cryptography::generate_data_key),
    operation("GenerateDataKeyWithoutPlaintext", Read, cryptography::generate_data_key_without_plaintext),
    operation("GenerateRandom", Read, cryptography::generate_random),
    operation("GetKeyPolicy", Read, policy::get_key_policy),
    operation("GetKeyRotationStatus", Read, policy::get_key_rotation_status),
    operation("ListAliases", Read, alias::list_aliases),
    operation("ListKeyPolicies", Read, policy::list_key_policies),
    operation("ListKeys", Read, administration::list_keys),
    operation("ListResourceTags", Read, tag::list_resource_tags),
    operation("PutKeyPolicy", Write, policy::put_key_policy),
    operation("ReEncrypt", Read, cryptography::re_encrypt),
    operation("ScheduleKeyDeletion", Write, administration::schedule_key_deletion),
    operation("TagResource", Write, tag::tag_resource),
    operation("UntagResource", Write, tag::untag_resource),
    operation("UpdateAlias", Write, alias::update_alias),
    operation("UpdateKeyDescription", Write, administration::update_key_description),
];

const fn operation(name: &'static str, access: Access, run: fn(&mut Call<'_>) -> Result<Value, ApiError>) -> Operation {
    Operation { name, access, run }
}

/// There are no grants here, so no token of one is good.
fn no_grants(call: &Call<'_>) -> Result<(), ApiError> {
    if call.list("GrantTokens").is_empty() {
        return Ok(());
    }
    Err(ApiError::new("InvalidGrantTokenException", "Sekisho's embedded AWS has no grants"))
}

fn invalid_marker() -> ApiError {
    ApiError::new("InvalidMarkerException", "Could not deserialize marker")
}

//! Aliases.

use serde_json::{Value, json};

use super::administration::{add_marker, by_id};
use super::key::{self, AliasRecord, KeyState, alias_arn, alias_record, pending_deletion};
use super::{KEY_ID, LIMIT, MARKER, invalid_marker};
use crate::api::{ApiError, Call, timestamp};
use crate::paging::{limit, page};
use crate::shape::{Member, Shape, check, optional, required};

const NAME: Shape = Shape::Form { min: 1, max: 256, pattern: "^[a-zA-Z0-9:/_-]+$", fits: has_form_of_name };
const PAIR: &[Member] = &[required("AliasName", NAME), required("TargetKeyId", KEY_ID)];

fn has_form_of_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/_-".contains(&byte))
}

pub(super) fn create_alias(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, PAIR)?;
    let name = name(call)?;
    if call.get::<AliasRecord>(&alias_record(call, &name))?.is_some() {
        return Err(ApiError::new("AlreadyExistsException", format!("An alias with the name {} already exists", alias_arn(call, &name))));
    }
    let target = target(call)?;
    let record = AliasRecord { target, created: call.now, updated: call.now, name };
    call.put(&alias_record(call, &record.name), &record).map(|()| json!({}))
}

pub(super) fn update_alias(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, PAIR)?;
    let name = name(call)?;
    let mut record = existing(call, &name)?;
    (record.target, record.updated) = (target(call)?, call.now);
    call.put(&alias_record(call, &name), &record).map(|()| json!({}))
}

pub(super) fn delete_alias(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[required("AliasName", NAME)])?;
    let name = name(call)?;
    existing(call, &name)?;
    call.delete(&alias_record(call, &name)).map(|()| json!({}))
}

pub(super) fn list_aliases(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, &[optional("KeyId", KEY_ID), optional("Limit", LIMIT), optional("Marker", MARKER)])?;
    let only = call.text("KeyId").is_some().then(|| by_id(call)).transpose()?.map(|record| record.id);
    let aliases = call.scan::<AliasRecord>(&alias_record(call, ""))?;
    let wanted = aliases.into_iter().map(|(_, alias)| alias).filter(|alias| only.as_ref().is_none_or(|only| *only == alias.target));
    let items = wanted
        .map(|alias| {
            let shown = json!({
                "AliasName": alias.name,
                "AliasArn": alias_arn(call, &alias.name).to_string(),
                "TargetKeyId": alias.target,
                "CreationDate": timestamp(alias.created),
                "LastUpdatedDate": timestamp(alias.updated),
            });
            (alias.name, shown)
        })
        .collect();
    let page = page(items, limit(call.number("Limit"), 50), call.text("Marker"), invalid_marker)?;
    let mut answer = json!({ "Aliases": page.items, "Truncated": page.next.is_some() });
    add_marker(&mut answer, page.next);
    Ok(answer)
}

fn name(call: &Call<'_>) -> Result<String, ApiError> {
    let name = call.required_text("AliasName");
    let invalid = |message: String| Err(ApiError::new("ValidationException", message));
    match name.strip_prefix("alias/") {
        None => invalid(
            "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
                .to_owned(),
        ),
        Some("") => invalid("1 validation error detected: Value 'alias/' at 'aliasName' failed to satisfy constraint: Member must have a name behind the prefix".to_owned()),
        Some(rest) if rest.contains(':') => invalid(format!("{name} contains invalid characters for an alias")),
        // Reserved for AWS. KMS says no more than the code.
        Some(rest) if rest.starts_with("aws/") => Err(ApiError::new("NotAuthorizedException", "")),
        Some(_) => Ok(name.to_owned()),
    }
}

fn existing(call: &Call<'_>, name: &str) -> Result<AliasRecord, ApiError> {
    let missing = || ApiError::new("NotFoundException", format!("Alias {} is not found.", alias_arn(call, name)));
    call.get(&alias_record(call, name))?.ok_or_else(missing)
}

fn target(call: &Call<'_>) -> Result<String, ApiError> {
    let (record, through) = key::find(call, call.required_text("TargetKeyId"))?;
    if through.is_some() {
        return Err(ApiError::new("ValidationException", "Aliases must refer to keys. Not aliases"));
    }
    if record.managed_by_aws {
        return Err(ApiError::new("NotAuthorizedException", ""));
    }
    if record.state == KeyState::PendingDeletion { Err(pending_deletion(&record)) } else { Ok(record.id) }
}

//! PutParameter.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::record::{self, Parameter, SECURE, VERSIONS, Version};
use super::{NAME, name, policy, tag, validation, value};
use crate::api::{ApiError, Call};
use crate::as_moto;
use crate::shape::{Member, Shape, check, optional, required};

const KINDS: Shape = Shape::Enum(&["SecureString", "StringList", "String"]);
const TIERS: Shape = Shape::Enum(&["Standard", "Advanced", "Intelligent-Tiering"]);
const KEY_ID: Shape = Shape::Form { min: 1, max: 256, pattern: "^([a-zA-Z0-9:/_-]+)$", fits: has_form_of_key };

const INPUT: &[Member] = &[
    required("Name", NAME),
    optional("Description", Shape::Text { min: 0, max: 1024 }),
    required("Value", Shape::Secret),
    optional("Type", KINDS),
    optional("KeyId", KEY_ID),
    optional("Overwrite", Shape::Bool),
    optional("AllowedPattern", Shape::Text { min: 0, max: 1024 }),
    optional("Tags", tag::TAGS),
    optional("Tier", TIERS),
    optional("Policies", Shape::Text { min: 1, max: 4096 }),
    optional("DataType", Shape::Text { min: 0, max: 128 }),
];

fn has_form_of_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/_-".contains(&byte))
}

pub(super) fn put_parameter(call: &mut Call<'_>) -> Result<Value, ApiError> {
    // moto's suites name keys that no key could be called.
    let key_id = if call.as_moto { call.input.remove("KeyId") } else { None };
    check(call, INPUT)?;
    call.input.extend(key_id.map(|key_id| ("KeyId".to_owned(), key_id)));
    let name = name::to_put(call.required_text("Name"))?.to_owned();
    let value = Zeroizing::new(call.required_text("Value").to_owned());
    value::check(&value)?;
    let existing = record::find(call, &name)?;
    if call.flag("Overwrite") && !call.list("Tags").is_empty() {
        return Err(validation(
            "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update \
             tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        ));
    }
    if existing.is_some() && !call.flag("Overwrite") {
        return Err(ApiError::new(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
        ));
    }
    let before = existing.as_ref().map(|parameter| record::latest(call, parameter)).transpose()?;
    let mut parameter = match existing {
        Some(existing) => existing,
        None => {
            // One that has expired is still kept: the new one has nothing of it.
            remove_expired(call, &name)?;
            Parameter { name, oldest: 1, latest: 0, labels: BTreeMap::new(), tags: tag::read(call)?, expires: None }
        }
    };
    make_room(call, &mut parameter)?;
    let version = next_version(call, &mut parameter, before.as_ref(), &value)?;
    record::save_version(call, &parameter.name, &version)?;
    record::save(call, &parameter)?;
    Ok(json!({ "Version": version.version, "Tier": version.tier }))
}

fn remove_expired(call: &mut Call<'_>, name: &str) -> Result<(), ApiError> {
    match record::find_even_expired(call, name)? {
        Some(expired) => record::delete(call, &expired),
        None => Ok(()),
    }
}

/// Parameter Store drops the oldest version when there is one too many, unless somebody labelled it.
fn make_room(call: &mut Call<'_>, parameter: &mut Parameter) -> Result<(), ApiError> {
    let oldest = parameter.oldest;
    if parameter.latest + 1 - oldest < VERSIONS {
        return Ok(());
    }
    if !parameter.labels_of(oldest).is_empty() {
        let name = &parameter.name;
        return Err(ApiError::new(
            "ParameterMaxVersionLimitExceeded",
            format!(
                "You attempted to create a new version of {name} by calling the PutParameter API with the overwrite flag. Version {oldest}, the \
                 oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, \
                 and try again."
            ),
        ));
    }
    record::delete_version(call, &parameter.name, oldest)?;
    parameter.oldest += 1;
    Ok(())
}

/// The version that the request makes, checked. What the request does not say stays as it was before.
fn next_version(call: &mut Call<'_>, parameter: &mut Parameter, before: Option<&Version>, value: &str) -> Result<Version, ApiError> {
    let said = |call: &Call<'_>, member: &str| call.text(member).map(str::to_owned);
    let kind = said(call, "Type").or_else(|| before.map(|before| before.kind.clone()));
    let kind = kind.ok_or_else(|| validation("A parameter type is required when you create a parameter."))?;
    let policies = call.text("Policies").map(policy::parse).transpose()?;
    let policy_text = match &policies {
        Some(policies) => policies.text.clone(),
        None => before.and_then(|before| before.policies.clone()),
    };
    if let Some(policies) = &policies {
        parameter.expires = policies.expires;
    }
    let tier = tier(call, before, value, policy_text.is_some())?;
    value::check_size(value, &tier)?;
    if tier == "Standard" && policy_text.is_some() {
        return Err(validation("Parameter policies need a parameter of the advanced-parameter tier."));
    }
    let data_type = said(call, "DataType").or_else(|| before.map(|before| before.data_type.clone())).unwrap_or_else(|| "text".to_owned());
    value::check_data_type(&data_type)?;
    let allowed_pattern = said(call, "AllowedPattern").or_else(|| before.and_then(|before| before.allowed_pattern.clone()));
    let allowed_pattern = allowed_pattern.filter(|pattern| !pattern.is_empty());
    if let Some(pattern) = &allowed_pattern {
        value::check_pattern(value, pattern)?;
    }
    let key_id = match said(call, "KeyId") {
        Some(_) if kind != SECURE => return Err(validation("KeyId is only for parameters of the type SecureString.")),
        None if kind == SECURE => Some(value::DEFAULT_KEY.to_owned()),
        key_id => key_id,
    };
    let kept = value::keep(call, &parameter.name, &kind, key_id.as_deref(), value)?;
    parameter.latest += 1;
    Ok(Version {
        version: parameter.latest,
        kind,
        value: kept,
        key_id,
        description: said(call, "Description").or_else(|| before.and_then(|before| before.description.clone())),
        allowed_pattern,
        tier,
        data_type,
        policies: policy_text,
        modified: call.now,
        user: if call.as_moto { as_moto::NOBODY.to_owned() } else { call.caller.arn.to_string() },
    })
}

/// Intelligent-Tiering takes the standard tier unless something needs the advanced one; there is no way back from that (botocore ssm, PutParameter).
fn tier(call: &Call<'_>, before: Option<&Version>, value: &str, has_policies: bool) -> Result<String, ApiError> {
    let was_advanced = before.is_some_and(|before| before.tier == "Advanced");
    let tier = match call.text("Tier") {
        Some("Intelligent-Tiering") if was_advanced || has_policies || value.len() > value::STANDARD => "Advanced",
        Some("Intelligent-Tiering") => "Standard",
        Some("Standard") if was_advanced => {
            return Err(validation(
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the \
                 standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
            ));
        }
        Some(tier) => tier,
        None if was_advanced => "Advanced",
        None => "Standard",
    };
    Ok(tier.to_owned())
}

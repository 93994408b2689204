//! GetSecretValue, BatchGetSecretValue, and what Parameter Store passes through.

use serde_json::{Value, json};
use time::Time;
use zeroize::Zeroizing;

use super::error::{
    invalid_next_token, invalid_parameter, invalid_request, is_ours, marked_for_deletion, stage_not_found, version_not_found,
};
use super::filter::{self, FILTERS};
use super::lookup::active;
use super::record::{Kind, SecretRecord, Version, load_all, save_alone};
use super::{answer, input, list, stage, value};
use crate::api::{ApiError, Call, timestamp};
use crate::shape::{Member, Shape, check, optional};
use crate::{as_moto, bytes64, paging};

const GET: &[Member] = &[input::SECRET_ID, optional("VersionId", input::TOKEN), optional("VersionStage", Shape::Text { min: 1, max: 256 })];

pub(super) fn get_secret_value(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, GET)?;
    let member = |name: &str| call.text(name).map(str::to_owned);
    let (version, label) = (member("VersionId"), member("VersionStage"));
    let id = call.required_text("SecretId").to_owned();
    let secret = active(call, &id, "GetSecretValue")?;
    read(call, secret, version.as_deref(), label.as_deref()).map(|read| read.answer())
}

const BATCH: &[Member] = &[
    optional("SecretIdList", Shape::List { min: 1, max: 20, of: &Shape::Text { min: 1, max: 2048 } }),
    optional("Filters", FILTERS),
    optional("MaxResults", Shape::Number { min: 1, max: 20 }),
    optional("NextToken", input::NEXT_TOKEN),
];

pub(super) fn batch_get_secret_value(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, BATCH)?;
    let (listed, filtered) = (call.input.contains_key("SecretIdList"), call.input.contains_key("Filters"));
    if listed == filtered {
        return Err(invalid_parameter("Either 'SecretIdList' or 'Filters' must be provided, but not both."));
    }
    if call.input.contains_key("MaxResults") && !filtered {
        return Err(invalid_parameter("'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided."));
    }
    let mut next = None;
    let ids: Vec<String> = if listed {
        call.texts("SecretIdList").into_iter().map(str::to_owned).collect()
    } else {
        let filters = filter::filters(call)?;
        let wanted = |secret: &SecretRecord| secret.deletion.is_none() && filters.iter().all(|filter| filter.admits(secret));
        let secrets = load_all(call)?.into_iter().filter(wanted).collect();
        let items = list::sorted(secrets, list::Order::default());
        let page = paging::page(items, paging::limit(call.number("MaxResults"), 20), call.text("NextToken"), invalid_next_token)?;
        next = page.next;
        page.items.into_iter().map(|secret| secret.arn).collect()
    };
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for id in ids {
        let read = active(call, &id, "GetSecretValue").and_then(|secret| read(call, secret, None, None));
        match read {
            Ok(read) => values.push(read.answer()),
            Err(error) if is_ours(&error) => return Err(error),
            Err(error) if call.as_moto && error == marked_for_deletion() => {
                errors.push(json!({ "SecretId": id, "ErrorCode": error.code, "Message": as_moto::MARKED_DELETED }));
            }
            Err(error) => errors.push(json!({ "SecretId": id, "ErrorCode": error.code, "Message": error.message })),
        }
    }
    Ok(answer::members([("SecretValues", Some(values.into())), ("NextToken", next.map(Value::from)), ("Errors", Some(errors.into()))]))
}

/// A version and its value.
struct Read {
    secret: SecretRecord,
    version: Version,
    kind: Kind,
    value: Zeroizing<Vec<u8>>,
}

/// Opens a version and notes the day. The value is opened first: a read that fails is none.
fn read(call: &mut Call<'_>, mut secret: SecretRecord, version: Option<&str>, label: Option<&str>) -> Result<Read, ApiError> {
    let version = chosen(&secret, version, label)?.clone();
    let (kind, value) = value::open(call, &secret, &version.id)?;
    let today = Some(call.now.replace_time(Time::MIDNIGHT));
    if version.accessed != today || secret.accessed != today {
        secret.accessed = today;
        if let Some(version) = secret.version_mut(&version.id) {
            version.accessed = today;
        }
        save_alone(call, &secret)?;
    }
    Ok(Read { secret, version, kind, value })
}

fn chosen<'a>(secret: &'a SecretRecord, id: Option<&str>, label: Option<&str>) -> Result<&'a Version, ApiError> {
    let Some(id) = id else {
        let label = label.unwrap_or(stage::CURRENT);
        return stage::holder(&secret.versions, label).filter(|version| version.has_value()).ok_or_else(|| stage_not_found(label));
    };
    let version = secret.version(id).ok_or_else(|| version_not_found(id))?;
    if label.is_some_and(|label| !version.stages.iter().any(|stage| stage == label)) {
        return Err(invalid_request("You provided a VersionStage that is not associated to the provided VersionId."));
    }
    if version.has_value() { Ok(version) } else { Err(version_not_found(id)) }
}

impl Read {
    fn answer(self) -> Value {
        let (text, binary) = match self.kind {
            Kind::String => (Some(String::from_utf8_lossy(&self.value).into()), None),
            Kind::Binary => (None, Some(bytes64::encode(&self.value).into())),
        };
        answer::named_with(
            &self.secret,
            [
                ("SecretString", text),
                ("SecretBinary", binary),
                ("VersionId", Some(self.version.id.into())),
                ("VersionStages", (!self.version.stages.is_empty()).then(|| self.version.stages.into())),
                ("CreatedDate", Some(timestamp(self.version.created))),
            ],
        )
    }
}

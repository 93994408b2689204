//! Writing: one call for each thing, never over something that exists.

use std::collections::BTreeMap;

use sekisho_aws::{Connection, ExchangeError, NewParameter, NewSecret, Written};
use sekisho_model::Secret;
use sekisho_model::observed::SecretId;

use super::missing::{How, Item, Thing};
use super::source::Value;

/// Writes `thing` through `connection`: something new under `key` where one is named, and with `tags`.
pub(super) async fn write(
    connection: &Connection,
    thing: &Thing,
    item: &Item,
    values: &BTreeMap<Option<String>, Value>,
    key: Option<&str>,
    tags: Vec<(String, String)>,
) -> Result<Written, ExchangeError> {
    let value = whole(item, values);
    let (key, description) = (key.map(str::to_owned), item.description.clone());
    Ok(match (thing, &item.how) {
        (Thing::Parameter(id), _) => {
            let new = NewParameter { id: id.clone(), value, kind: None, tier: None, key, description, tags, overwrite: false };
            connection.put_parameter(&new).await?
        }
        // Whoever gives it a value meanwhile was faster.
        (Thing::Secret { .. }, How::FirstVersion(id)) => connection.exchange_secret_value(id, &value, None).await?.written,
        (Thing::Secret { .. }, How::AddKeys { id, version, .. }) => {
            connection.exchange_secret_value(id, &value, version.as_deref()).await?.written
        }
        (Thing::Secret { region, name, .. }, How::Create { suffix }) => {
            let id = SecretId { region: region.clone(), id: name.clone() };
            let new = NewSecret { id, value, key, description, tags, arn_suffix: suffix.clone() };
            connection.create_secret(&new).await?
        }
    })
}

/// The text to be stored: the value itself, or a JSON object of its keys, merged into what is there.
fn whole(item: &Item, values: &BTreeMap<Option<String>, Value>) -> Secret<String> {
    if let Some(value) = values.get(&None) {
        return value.value.clone();
    }
    let keys = values.iter().filter_map(|(key, value)| Some((key.as_deref()?, &value.value)));
    match &item.how {
        How::AddKeys { before, .. } => merged(before, keys),
        _ => merged(&Secret::new("{}".to_owned()), keys),
    }
}

/// `existing`, a JSON object, with `keys` added as strings at its end. Its text is kept to the letter otherwise: reading and writing it anew would round
/// large numbers.
pub(crate) fn merged<'k>(existing: &Secret<String>, keys: impl Iterator<Item = (&'k str, &'k Secret<String>)>) -> Secret<String> {
    let text = existing.expose().trim_end();
    let body = text.strip_suffix('}').unwrap_or(text).trim_end();
    let mut out = zeroize::Zeroizing::new(body.to_owned());
    let mut first = body.trim() == "{";
    for (key, value) in keys {
        if !first {
            out.push(',');
        }
        first = false;
        let quoted = zeroize::Zeroizing::new(serde_json::Value::from(value.expose().as_str()).to_string());
        *out += &format!("{}:", serde_json::Value::from(key));
        out.push_str(&quoted);
    }
    out.push('}');
    Secret::new(out.to_string())
}

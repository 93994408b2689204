//! What is missing, and how it would be written.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_engine::{Reference, Slot, Target, go_json};
use sekisho_model::declaration::{Declaration, Environment, Generate};
use sekisho_model::observed::{Lookup, Observations, ObservedValue, ParameterId, SecretId};
use sekisho_model::{AccountId, Arn, Fact, Secret, ends_like_a_complete_arn};

use super::Filled;
use crate::endpoint::Reached;

/// One thing to be written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
pub(super) enum Thing {
    Parameter(ParameterId),
    /// A secret by Region, account where it is named, and name.
    Secret {
        region: String,
        account: Option<String>,
        name: String,
    },
}

impl Thing {
    /// The account that it is of, where that is named and another than the caller's.
    pub(super) fn account(&self) -> Option<AccountId> {
        match self {
            Self::Parameter(_) => None,
            Self::Secret { account, .. } => account.as_deref()?.parse().ok(),
        }
    }
}

/// How it is to be written.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// It is not there at all; a secret with the suffix that its ARN is to have, where a reference pins one.
    Create { suffix: Option<String> },
    /// The first version of a secret that has none.
    FirstVersion(SecretId),
    /// JSON keys beside those that are there, in the version that was read.
    AddKeys { id: SecretId, before: Secret<String>, version: Option<String> },
}

#[derive(Debug)]
pub(super) struct Item {
    pub(super) how: How,
    /// The whole value, or one per JSON key.
    pub(super) wants: BTreeMap<Option<String>, Want>,
    pub(super) description: Option<String>,
    /// The logical name, where it is declared.
    pub(super) declared: Option<String>,
}

/// One value that is needed.
#[derive(Debug, Default)]
pub(super) struct Want {
    /// Environment variables that may have it, and names on stdin.
    pub(super) variables: BTreeSet<String>,
    /// Further names on stdin: the logical ones.
    pub(super) names: BTreeSet<String>,
    pub(super) generate: Option<Generate>,
    /// Made up where nothing else helps; not for what must have a form of its own.
    pub(super) may_generate: bool,
    pub(super) addresses: BTreeSet<String>,
}

pub(super) fn items(
    reached: &Reached,
    declared: Option<(&Declaration, &Environment)>,
    references: &[Reference],
    observations: &Observations,
    filled: &mut Filled,
) -> BTreeMap<Thing, Item> {
    let mut items: BTreeMap<Thing, Item> = BTreeMap::new();
    for reference in references {
        let Some((thing, how, key)) = missing(reached, reference, observations, filled) else { continue };
        let secret = declared.and_then(|(declaration, _)| declaration.secrets.get(reference.declared.as_deref()?));
        let item = items.entry(thing).or_insert_with(|| Item { how, wants: BTreeMap::new(), description: None, declared: None });
        item.description = item.description.take().or_else(|| secret.and_then(|secret| secret.description.clone()));
        item.declared = item.declared.take().or_else(|| reference.declared.clone());
        let want = item.wants.entry(key.clone()).or_default();
        want.addresses.insert(reference.address());
        want.generate = want.generate.take().or_else(|| secret.and_then(|secret| secret.generate.clone()));
        want.may_generate = !matches!(reference.slot, Slot::RegistryCredentials | Slot::VolumeCredentials);
        want.variables.insert(reference.name.clone());
        want.variables.insert(format!("TF_VAR_{}", reference.name.to_lowercase()));
        if let Some(logical) = &reference.declared {
            // In Parameter Store each key is a parameter of its own, which has no key any more.
            let declared_key = secret.and_then(|secret| secret.keys.get(&reference.name)).map(|key| &key.value);
            let whole = match key.as_ref().or(declared_key) {
                Some(key) => format!("{logical}/{key}"),
                None => logical.clone(),
            };
            want.variables
                .insert(format!("TF_VAR_{}", whole.to_lowercase().replace(|character: char| !character.is_ascii_alphanumeric(), "_")));
            want.names.insert(whole);
        }
    }
    items
}

/// What is missing for `reference` and how it would be written; what cannot be created is noted with the reason.
fn missing(
    reached: &Reached,
    reference: &Reference,
    observations: &Observations,
    filled: &mut Filled,
) -> Option<(Thing, How, Option<String>)> {
    let mut cannot = |id: &'static str| {
        filled.unfilled.push((id, vec![("address", reference.address()), ("text", reference.text().unwrap_or_default().to_owned())]));
        None
    };
    match &reference.target {
        Target::Parameter(id) => match observations.parameters.get(id).and_then(Fact::value) {
            Some(Lookup::Absent) if id.name.starts_with("/aws/") => cannot("unfilled-aws"),
            Some(Lookup::Absent) if id.account.is_some() => cannot("unfilled-account"),
            Some(Lookup::Absent) => Some((Thing::Parameter(id.clone()), How::Create { suffix: None }, None)),
            _ => None,
        },
        Target::Secret { version, json_key } => {
            let found = observations.secrets.get(&version.secret).and_then(Fact::value)?;
            let current = version.version_id.is_none() && version.stage.as_deref().is_none_or(|stage| stage == "AWSCURRENT");
            let by_name = observations.secrets_by_name.get(&version.secret).and_then(Fact::value).and_then(Lookup::found);
            match found {
                Lookup::Absent if by_name.is_some() => None,
                Lookup::Absent if !current => cannot("unfilled-pinned"),
                Lookup::Absent => {
                    let (thing, suffix) = named(&version.secret, reached);
                    match thing {
                        Thing::Secret { account: Some(account), .. }
                            if account != reached.identity.account.as_str() && !reached.is_local() =>
                        {
                            cannot("unfilled-account")
                        }
                        // AWS draws the suffix: the reference would still lead nowhere.
                        _ if suffix.is_some() && !reached.is_local() => cannot("unfilled-suffix"),
                        thing => Some((thing, How::Create { suffix }, json_key.clone())),
                    }
                }
                Lookup::Found(secret) if secret.deleted.is_some() || !current => None,
                Lookup::Found(secret) => {
                    let thing = Thing::Secret { region: version.secret.region.clone(), account: None, name: secret.name.clone() };
                    let id = SecretId { region: version.secret.region.clone(), id: secret.arn.clone() };
                    if !secret.versions.values().flatten().any(|stage| stage == "AWSCURRENT") {
                        return Some((thing, How::FirstVersion(id), json_key.clone()));
                    }
                    let key = json_key.as_ref()?;
                    let Some(Lookup::Found(ObservedValue::Text(text))) = observations.secret_values.get(version).and_then(Fact::value)
                    else {
                        return None;
                    };
                    let object = go_json::object(text.expose()).ok()?;
                    let lacks = object.get(key).is_none() && text.expose().trim_start().starts_with('{');
                    let read = observations.secret_versions.get(version).cloned();
                    lacks.then(|| (thing, How::AddKeys { id, before: text.clone(), version: read }, Some(key.clone())))
                }
            }
        }
        Target::Plaintext | Target::Nothing => None,
    }
}

/// A secret to be created, by name, with the suffix that the reference pins.
fn named(id: &SecretId, reached: &Reached) -> (Thing, Option<String>) {
    let secret = |account: Option<String>, name: &str| Thing::Secret { region: id.region.clone(), account, name: name.to_owned() };
    match id.id.parse::<Arn>() {
        Err(_) => (secret(None, &id.id), None),
        Ok(arn) => {
            let text = arn.resource.strip_prefix("secret:").unwrap_or(&arn.resource);
            let account = (arn.account != reached.identity.account.as_str()).then(|| arn.account.clone());
            match text.rsplit_once('-') {
                Some((name, suffix)) if ends_like_a_complete_arn(text) => (secret(account, name), Some(suffix.to_owned())),
                _ => (secret(account, text), None),
            }
        }
    }
}

/// The exact ARN of what would be written.
pub(super) fn arn(reached: &Reached, thing: &Thing, how: &How) -> String {
    match (thing, how) {
        (_, How::FirstVersion(id) | How::AddKeys { id, .. }) => id.id.clone(),
        (Thing::Parameter(id), _) => reached.parameter_arn(id),
        (Thing::Secret { region, account, name }, How::Create { suffix }) => {
            let arn = reached.new_secret_arn(region, account.as_deref(), name);
            suffix.as_ref().map_or_else(|| arn.clone(), |suffix| arn.replace("??????", suffix))
        }
    }
}

pub(super) fn shown(thing: &Thing) -> String {
    match thing {
        Thing::Parameter(id) => id.name.clone(),
        Thing::Secret { name, .. } => name.clone(),
    }
}

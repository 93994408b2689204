//! `--create`: what is missing gets a value, and nothing that exists is touched.
//!
//! INVARIANT: only what AWS said does not exist counts as missing. Denied, unreachable and throttled are facts of another kind and never lead here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;

use sekisho_aws::{CallError, ErrorClass, NewParameter, NewSecret, StoredName, Written, generate_random};
use sekisho_engine::{Reference, Slot, Target, go_json};
use sekisho_model::declaration::{Alphabet, Declaration, Environment, Generate};
use sekisho_model::observed::{Lookup, Observations, ObservedValue, ParameterId, SecretId};
use sekisho_model::{AccountId, Arn, Fact, Secret, ends_like_a_complete_arn};
use sekisho_report::Change;

use crate::endpoint::Reached;
use crate::failure::Failure;
use crate::session::Session;

/// Where values may come from.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Names and values from stdin.
    pub(crate) given: BTreeMap<String, Secret<String>>,
    /// Whether what has no generator of its own gets a generated value too.
    pub(crate) generate: bool,
    /// Whether nothing is to be written.
    pub(crate) dry_run: bool,
}

/// What became of the filling.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// What was written, or would be.
    pub(crate) changes: Vec<Change>,
    /// What has no value, as message ids with arguments.
    pub(crate) unfilled: Vec<(&'static str, Vec<(&'static str, String)>)>,
    /// The write that failed; nothing was tried after it.
    pub(crate) failure: Option<Failure>,
}

/// One thing to be written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
enum Thing {
    Parameter(ParameterId),
    /// A secret by Region, account where it is named, and name.
    Secret {
        region: String,
        account: Option<String>,
        name: String,
    },
}

/// How it is to be written.
#[derive(Debug, Clone)]
enum How {
    PutParameter,
    CreateSecret {
        suffix: Option<String>,
    },
    /// The first version of a secret that has none.
    FirstVersion(SecretId),
    /// JSON keys beside those that are there.
    AddKeys(SecretId, Secret<String>),
}

#[derive(Debug)]
struct Item {
    how: How,
    /// The whole value, or one per JSON key.
    wants: BTreeMap<Option<String>, Want>,
    description: Option<String>,
}

/// One value that is needed.
#[derive(Debug, Default)]
struct Want {
    /// Environment variables and names on stdin that may have it.
    names: BTreeSet<String>,
    generate: Option<Generate>,
    /// Made up where nothing else helps; not for what must have a form of its own.
    may_generate: bool,
    addresses: BTreeSet<String>,
}

struct Value {
    value: Secret<String>,
    origin: &'static str,
    origin_name: String,
}

/// Fills what `observations` say is missing of `references`.
pub(crate) async fn fill(
    session: &Session,
    reached: &Reached,
    declared: Option<(&Declaration, &Environment)>,
    references: &[Reference],
    observations: &Observations,
    sources: &Sources,
) -> Result<Filled, Failure> {
    let mut filled = Filled::default();
    let items = items(reached, declared, references, observations, &mut filled);
    let mut ready = Vec::new();
    for (thing, item) in items {
        if let Some(values) = resolve(session, &thing, &item, sources, &mut filled)? {
            ready.push((thing, item, values));
        }
    }
    let key = declared.and_then(|(_, environment)| environment.kms_key.as_ref()).map(|key| key.value.clone());
    for (thing, item, values) in ready {
        let target = shown(&thing);
        let (origin, origin_name) = origin_of(&values);
        let change = |action, version| Change { action, target: target.clone(), origin, origin_name: origin_name.clone(), version };
        if sources.dry_run {
            let action = match item.how {
                How::PutParameter | How::CreateSecret { .. } => "change-would-create",
                How::FirstVersion(_) => "change-would-add-version",
                How::AddKeys(..) => "change-would-add-key",
            };
            filled.changes.push(change(action, String::new()));
            continue;
        }
        match write(reached, &thing, &item, &values, key.as_deref()).await {
            Ok(written) => {
                let action = match item.how {
                    How::PutParameter | How::CreateSecret { .. } => "change-created",
                    How::FirstVersion(_) => "change-version-added",
                    How::AddKeys(..) => "change-key-added",
                };
                let target = match written.stored {
                    StoredName::Parameter(name) | StoredName::Secret(name) => name,
                };
                filled.changes.push(Change { target, ..change(action, written.version) });
            }
            // Somebody was faster: theirs stays.
            Err(error) if error.class == ErrorClass::Exists => filled.changes.push(change("change-not-needed", String::new())),
            Err(error) => {
                filled.failure = Some(Failure::write(error, &target));
                break;
            }
        }
    }
    Ok(filled)
}

fn items(
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
        let item = items.entry(thing).or_insert_with(|| Item { how, wants: BTreeMap::new(), description: None });
        item.description = item.description.take().or_else(|| secret.and_then(|secret| secret.description.clone()));
        let want = item.wants.entry(key.clone()).or_default();
        want.addresses.insert(reference.address());
        want.generate = want.generate.take().or_else(|| secret.and_then(|secret| secret.generate.clone()));
        want.may_generate = !matches!(reference.slot, Slot::RegistryCredentials | Slot::VolumeCredentials);
        want.names.insert(reference.name.clone());
        want.names.insert(format!("TF_VAR_{}", reference.name.to_lowercase()));
        if let Some(logical) = &reference.declared {
            let whole = match &key {
                Some(key) => format!("{logical}/{key}"),
                None => logical.clone(),
            };
            want.names
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
            Some(Lookup::Absent) => Some((Thing::Parameter(id.clone()), How::PutParameter, None)),
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
                        thing => Some((thing, How::CreateSecret { suffix }, json_key.clone())),
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
                    lacks.then(|| (thing, How::AddKeys(id, text.clone()), Some(key.clone())))
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

fn shown(thing: &Thing) -> String {
    match thing {
        Thing::Parameter(id) => id.name.clone(),
        Thing::Secret { name, .. } => name.clone(),
    }
}

/// The values for `item`, or nothing where one of them has no source.
fn resolve(
    session: &Session,
    thing: &Thing,
    item: &Item,
    sources: &Sources,
    filled: &mut Filled,
) -> Result<Option<BTreeMap<Option<String>, Value>>, Failure> {
    let mut values = BTreeMap::new();
    let whole_and_keys = item.wants.contains_key(&None) && item.wants.len() > 1;
    let mut complete = true;
    for (key, want) in &item.wants {
        // The whole of a JSON secret is made of its keys.
        if whole_and_keys && key.is_none() {
            continue;
        }
        match value_of(session, thing, key.as_deref(), want, sources)? {
            Some(value) => {
                values.insert(key.clone(), value);
            }
            None => {
                complete = false;
                let names: Vec<&str> = want.names.iter().filter(|name| is_variable(name)).map(String::as_str).collect();
                let addresses: Vec<&str> = want.addresses.iter().map(String::as_str).collect();
                let args = vec![
                    ("target", shown(thing)),
                    ("key", key.clone().unwrap_or_else(|| "none".to_owned())),
                    ("names", names.join(", ")),
                    ("addresses", addresses.join(", ")),
                ];
                filled.unfilled.push(("unfilled-no-source", args));
            }
        }
    }
    Ok(complete.then_some(values))
}

fn is_variable(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn value_of(session: &Session, thing: &Thing, key: Option<&str>, want: &Want, sources: &Sources) -> Result<Option<Value>, Failure> {
    // What is given on purpose goes before what the environment happens to hold.
    let given = want.names.iter().filter_map(|name| sources.given.get(name).map(|value| (name, value.clone(), "from-stdin")));
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let variables = want
        .names
        .iter()
        .filter(|name| is_variable(name))
        .filter_map(|name| Some((name, Secret::new(std::env::var(name).ok()?), "from-variable")));
    for mut candidates in [given.collect::<Vec<_>>(), variables.collect::<Vec<_>>()] {
        candidates.retain(|(_, value, _)| !value.expose().is_empty());
        let Some((name, value, origin)) = candidates.first().cloned() else { continue };
        if let Some((other, ..)) = candidates.iter().find(|(_, other, _)| other.expose() != value.expose()) {
            return Err(Failure::new("values-disagree").with("target", shown(thing)).with("first", name).with("second", other));
        }
        return Ok(Some(Value { value, origin, origin_name: name.clone() }));
    }
    let generate = want
        .generate
        .clone()
        .or_else(|| (sources.generate && want.may_generate).then_some(Generate { length: 32, alphabet: Alphabet::default() }));
    if let Some(generate) = generate {
        let value = generate_random(generate.length, generate.alphabet.characters())?;
        return Ok(Some(Value { value, origin: "from-generator", origin_name: String::new() }));
    }
    if !sources.dry_run && std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let label = key.map_or_else(|| shown(thing), |key| format!("{} [{key}]", shown(thing)));
        return Ok(prompt(session, &label)?.map(|value| Value { value, origin: "from-prompt", origin_name: String::new() }));
    }
    Ok(None)
}

/// Asks for a value without showing anything of it, not even its length. `None` for an empty answer.
pub(crate) fn prompt(session: &Session, label: &str) -> Result<Option<Secret<String>>, Failure> {
    let question = session.say("prompt-value", &[("target", label.to_owned())]);
    let again = session.say("prompt-again", &[]);
    let mismatch = session.say("prompt-mismatch", &[]);
    let answer = inquire::Password::new(&question)
        .with_display_mode(inquire::PasswordDisplayMode::Hidden)
        .with_custom_confirmation_message(&again)
        .with_custom_confirmation_error_message(&mismatch)
        .prompt();
    match answer {
        Ok(value) => Ok(Some(Secret::new(value)).filter(|value| !value.expose().is_empty())),
        Err(inquire::InquireError::OperationInterrupted | inquire::InquireError::OperationCanceled) => {
            Err(Failure::new("interrupted").exiting(130))
        }
        Err(_) => Err(Failure::new("prompt-impossible")),
    }
}

fn origin_of(values: &BTreeMap<Option<String>, Value>) -> (&'static str, String) {
    let origins: BTreeSet<(&'static str, &str)> = values.values().map(|value| (value.origin, value.origin_name.as_str())).collect();
    match origins.iter().collect::<Vec<_>>().as_slice() {
        [(origin, name)] => (*origin, (*name).to_owned()),
        several => {
            let names: Vec<&str> = several.iter().map(|(_, name)| *name).filter(|name| !name.is_empty()).collect();
            if several.iter().all(|(origin, _)| *origin == "from-variable") {
                ("from-variable", names.join(", "))
            } else {
                ("from-several", names.join(", "))
            }
        }
    }
}

async fn write(
    reached: &Reached,
    thing: &Thing,
    item: &Item,
    values: &BTreeMap<Option<String>, Value>,
    key: Option<&str>,
) -> Result<Written, CallError> {
    let value = whole(item, values);
    match (thing, &item.how) {
        (Thing::Parameter(id), _) => {
            let new = NewParameter {
                id: id.clone(),
                value,
                key: key.map(str::to_owned),
                description: item.description.clone(),
                tags: Vec::new(),
                overwrite: false,
            };
            reached.connection.put_parameter(&new).await
        }
        (Thing::Secret { .. }, How::FirstVersion(id) | How::AddKeys(id, _)) => reached.connection.put_secret_value(id, &value).await,
        (Thing::Secret { region, account, name }, How::CreateSecret { suffix }) => {
            let connection = match account.as_deref().and_then(|account| account.parse::<AccountId>().ok()) {
                Some(account) => reached.of_account(&account).await.unwrap_or_else(|_| reached.connection.clone()),
                None => reached.connection.clone(),
            };
            let id = SecretId { region: region.clone(), id: name.clone() };
            let new = NewSecret {
                id,
                value,
                key: key.map(str::to_owned),
                description: item.description.clone(),
                tags: Vec::new(),
                arn_suffix: suffix.clone(),
            };
            connection.create_secret(&new).await
        }
        (Thing::Secret { region, name, .. }, How::PutParameter) => {
            let id = SecretId { region: region.clone(), id: name.clone() };
            reached.connection.put_secret_value(&id, &value).await
        }
    }
}

/// The text to be stored: the value itself, or a JSON object of its keys, merged into what is there.
fn whole(item: &Item, values: &BTreeMap<Option<String>, Value>) -> Secret<String> {
    if let Some(value) = values.get(&None) {
        return value.value.clone();
    }
    let keys = values.iter().filter_map(|(key, value)| Some((key.as_deref()?, &value.value)));
    match &item.how {
        How::AddKeys(_, existing) => merged(existing, keys),
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

//! Where values come from: what is given on purpose, the environment, the generator, a hidden prompt.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;

use sekisho_aws::generate_random;
use sekisho_model::Secret;
use sekisho_model::declaration::{Alphabet, Generate};

use super::missing::{Item, Thing, Want, shown};
use super::{Filled, Sources};
use crate::failure::Failure;
use crate::session::Session;

pub(super) struct Value {
    pub(super) value: Secret<String>,
    pub(super) origin: &'static str,
    pub(super) origin_name: String,
}

/// The values for `item`, or nothing where one of them has no source.
pub(super) fn resolve(
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
                let names: Vec<&str> = want.variables.iter().map(String::as_str).collect();
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
    let given = want
        .variables
        .iter()
        .chain(&want.names)
        .filter_map(|name| sources.given.get(name).map(|value| (name, value.clone(), "from-stdin")));
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let variables = want
        .variables
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
        // Its own would show eight stars.
        .with_formatter(&|_| String::new())
        .prompt();
    match answer {
        Ok(value) => Ok(Some(Secret::new(value)).filter(|value| !value.expose().is_empty())),
        Err(inquire::InquireError::OperationInterrupted | inquire::InquireError::OperationCanceled) => {
            Err(Failure::new("interrupted").exiting(130))
        }
        Err(_) => Err(Failure::new("prompt-impossible")),
    }
}

pub(super) fn origin_of(values: &BTreeMap<Option<String>, Value>) -> (&'static str, String) {
    let origins: BTreeSet<(&'static str, &str)> = values.values().map(|value| (value.origin, value.origin_name.as_str())).collect();
    match origins.iter().collect::<Vec<_>>().as_slice() {
        [(origin, name)] => (*origin, (*name).to_owned()),
        several => {
            let names: Vec<&str> = several.iter().map(|(_, name)| *name).filter(|name| !name.is_empty()).collect();
            let origins: BTreeSet<&'static str> = several.iter().map(|(origin, _)| *origin).collect();
            let origin = if origins.len() == 1 { origins.into_iter().next() } else { None };
            (origin.unwrap_or("from-several"), names.join(", "))
        }
    }
}

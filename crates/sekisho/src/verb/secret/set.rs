//! `secret set`: a new value, from a hidden prompt, stdin, a file or the generator; never from the command line, which everybody on the machine can read.

use sekisho_aws::{NewParameter, NewSecret, StoredName, Written, generate_random};
use sekisho_engine::go_json;
use sekisho_model::declaration::{Alphabet, Generate};
use sekisho_model::observed::{Lookup, Observations, ObservedValue};
use sekisho_model::{Fact, Secret};
use sekisho_report::escape;
use serde_json::json;

use super::{Chosen, Place, choose, current, declared_key, look_up, place, read_stdin, unknown};
use crate::cli::SecretSet;
use crate::failure::{Failure, Outcome, WRITE};
use crate::files;
use crate::filling::{merged, prompt};
use crate::session::Session;

pub(super) async fn run(session: &Session, arguments: &SecretSet) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    if !chosen.secret.keys.is_empty()
        && arguments.key.is_none()
        && !matches!(place(&manifest, chosen.secret, chosen.environment, &chosen.region, None)?, Place::Secret(_))
    {
        let keys: Vec<&str> = chosen.secret.keys.values().map(|key| key.value.as_str()).collect();
        return Err(Failure::new("set-needs-key").with("name", &arguments.secret).with("keys", keys.join(", ")));
    }
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, arguments.key.as_deref())?;
    declared_key(chosen.secret, &place, arguments.key.as_deref(), true)?;
    let seen = look_up(&chosen.reached, std::slice::from_ref(&place), true).await;
    let (exists, before, unseen) = match existing(&place, &seen, &arguments.secret)? {
        Some(before) => (true, before.value, before.unseen),
        None => (false, None, None),
    };
    if let (Some(why), Place::Secret(_), Some(_)) = (unseen, &place, &arguments.key) {
        // The other keys would be lost.
        return Err(why);
    }
    let value = value(session, arguments, &chosen)?;
    let value = match (&place, &arguments.key) {
        (Place::Secret(_), Some(key)) => with_key(before.as_ref(), key, &value)?,
        _ => value,
    };
    let target = match &place {
        Place::Parameter(id) => id.name.clone(),
        Place::Secret(id) => id.id.clone(),
        Place::Plaintext => return Err(no_store(&chosen)),
    };
    if before.is_some_and(|before| before.expose() == value.expose()) {
        tell(session, "set-unchanged", &target, "");
        return Ok(0);
    }
    if arguments.dry_run {
        tell(session, if exists { "set-would-change" } else { "set-would-create" }, &target, "");
        return Ok(0);
    }
    let written = write(&chosen, &place, exists, value).await?.map_err(|error| Failure::write(error, &target))?;
    let name = match written.stored {
        StoredName::Parameter(name) | StoredName::Secret(name) => name,
    };
    tell(session, if exists { "set-changed" } else { "set-created" }, &name, &written.version);
    Ok(0)
}

fn tell(session: &Session, id: &str, target: &str, version: &str) {
    if session.is_text() {
        session.print(&(session.say(id, &[("target", target.to_owned()), ("version", version.to_owned())]) + "\n"));
    } else {
        session.print_json(&format!("{}\n", json!({ "schema": 1, "action": id, "target": target, "version": version })));
    }
}

/// What is there already.
struct Before {
    /// Its current value, where it is text and could be read.
    value: Option<Secret<String>>,
    /// Why it could not be read, where that is so.
    unseen: Option<Failure>,
}

/// What is there; a look-up that failed ends the verb, because "denied" is not "absent".
fn existing(place: &Place, seen: &Observations, name: &str) -> Result<Option<Before>, Failure> {
    let (exists, value) = match place {
        Place::Parameter(id) => {
            let fact = seen.parameters.get(id);
            if let Some(because) = fact.and_then(Fact::because) {
                return Err(unknown(because, &id.name).exiting(WRITE));
            }
            (matches!(fact.and_then(Fact::value), Some(Lookup::Found(_))), seen.parameter_values.get(id))
        }
        Place::Secret(id) => {
            let fact = seen.secrets.get(id);
            if let Some(because) = fact.and_then(Fact::because) {
                return Err(unknown(because, &id.id).exiting(WRITE));
            }
            if let Some(Lookup::Found(secret)) = fact.and_then(Fact::value)
                && secret.deleted.is_some()
            {
                return Err(Failure::new("set-deleted").with("name", &secret.name).exiting(WRITE));
            }
            (matches!(fact.and_then(Fact::value), Some(Lookup::Found(_))), seen.secret_values.get(&current(id)))
        }
        Place::Plaintext => (false, None),
    };
    let (value, unseen) = match value.map(|fact| (fact.value(), fact.because())) {
        Some((Some(Lookup::Found(ObservedValue::Text(text))), _)) => (Some(text.clone()), None),
        Some((Some(Lookup::Found(ObservedValue::Binary(_))), _)) => (None, Some(Failure::new("get-binary").with("name", name).exiting(1))),
        Some((_, Some(because))) => (None, Some(unknown(because, name).exiting(WRITE))),
        _ => (None, None),
    };
    Ok(exists.then_some(Before { value, unseen }))
}

fn value(session: &Session, arguments: &SecretSet, chosen: &Chosen<'_>) -> Result<Secret<String>, Failure> {
    let text = |bytes: &[u8], what: &str| match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Failure::new("value-not-utf8").with("what", what).with("byte", error.valid_up_to() + 1)),
    };
    let value = if arguments.stdin {
        let bytes = read_stdin()?;
        let mut text = text(&bytes, "<stdin>")?;
        // `echo` and here-documents end their output with one line break that nobody means.
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        Secret::new(text)
    } else if let Some(file) = &arguments.file {
        let bytes = zeroize::Zeroizing::new(files::read(file)?);
        Secret::new(text(&bytes, &escape(&file.display().to_string()))?)
    } else if arguments.generate {
        let generate = chosen.secret.generate.clone().unwrap_or(Generate { length: 32, alphabet: Alphabet::default() });
        generate_random(generate.length, generate.alphabet.characters())?
    } else {
        prompt(session, &arguments.secret)?.ok_or_else(|| Failure::new("value-empty"))?
    };
    if value.expose().is_empty() { Err(Failure::new("value-empty")) } else { Ok(value) }
}

/// The JSON object `before` with `key` set to `value`; the other keys as they are.
fn with_key(before: Option<&Secret<String>>, key: &str, value: &Secret<String>) -> Result<Secret<String>, Failure> {
    let Some(before) = before else { return Ok(merged(&Secret::new("{}".to_owned()), std::iter::once((key, value)))) };
    let object = go_json::object(before.expose()).map_err(|error| Failure::new("get-not-json").with("key", key).with("cause", error))?;
    if object.get(key).is_none() && before.expose().trim_start().starts_with('{') {
        return Ok(merged(before, std::iter::once((key, value))));
    }
    // The key is there: its value is exchanged in the text, so that the other members keep every digit.
    sekisho_read::replace_json_member(before.expose(), key, value)
        .map(Secret::new)
        .ok_or_else(|| Failure::new("get-not-json").with("key", key).with("cause", "?"))
}

async fn write(
    chosen: &Chosen<'_>,
    place: &Place,
    exists: bool,
    value: Secret<String>,
) -> Result<Result<Written, sekisho_aws::CallError>, Failure> {
    let key = chosen.environment.kms_key.as_ref().map(|key| key.value.clone());
    let connection = &chosen.reached.connection;
    Ok(match place {
        Place::Parameter(id) => {
            // A key that is named would move an existing parameter under it; only a new one is put under the environment's.
            let key = if exists { None } else { key };
            let new = NewParameter {
                id: id.clone(),
                value,
                key,
                description: chosen.secret.description.clone(),
                tags: Vec::new(),
                overwrite: exists,
            };
            connection.put_parameter(&new).await
        }
        Place::Secret(id) if exists => connection.put_secret_value(id, &value).await,
        Place::Secret(id) => {
            let new = NewSecret {
                id: id.clone(),
                value,
                key,
                description: chosen.secret.description.clone(),
                tags: Vec::new(),
                arn_suffix: None,
            };
            connection.create_secret(&new).await
        }
        Place::Plaintext => return Err(no_store(chosen)),
    })
}

fn no_store(chosen: &Chosen<'_>) -> Failure {
    Failure::new("plaintext-has-no-store").with("name", &chosen.secret.name).with("environment", &chosen.environment.name)
}

//! `secret get`: what is kept, and the value itself where somebody may see it.

use std::io::{IsTerminal as _, Write as _};

use sekisho_engine::go_json;
use sekisho_model::observed::{Lookup, ObservedValue};
use sekisho_model::{Fact, Secret};

use super::{Place, choose, current, declared_key, look_up, place, unknown};
use crate::cli::SecretGet;
use crate::failure::{Failure, Outcome};
use crate::session::Session;

pub(super) async fn run(session: &Session, arguments: &SecretGet) -> Outcome {
    if !arguments.reveal && !std::io::stdout().is_terminal() {
        return Err(Failure::new("get-not-a-terminal"));
    }
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, arguments.key.as_deref())?;
    declared_key(chosen.secret, &place, arguments.key.as_deref(), false)?;
    let seen = look_up(&chosen.reached, std::slice::from_ref(&place), true).await;
    let absent = || Failure::new("get-absent").with("name", &arguments.secret).with("environment", &arguments.environment).exiting(1);
    let value = match &place {
        Place::Parameter(id) => match (seen.parameters.get(id).and_then(Fact::value), seen.parameter_values.get(id)) {
            (Some(Lookup::Absent), _) => return Err(absent()),
            (_, Some(fact)) => fact,
            _ => return Err(absent()),
        },
        Place::Secret(id) => match (seen.secrets.get(id), seen.secret_values.get(&current(id))) {
            (Some(fact), _) if matches!(fact.value(), Some(Lookup::Absent)) => return Err(absent()),
            (Some(fact), None) => match fact.because() {
                Some(because) => return Err(unknown(because, &id.id)),
                None => {
                    return Err(Failure::new("get-deleted")
                        .with("name", &arguments.secret)
                        .with("environment", &arguments.environment)
                        .exiting(1));
                }
            },
            (_, Some(fact)) => fact,
            (None, None) => return Err(absent()),
        },
        Place::Plaintext => {
            return Err(Failure::new("plaintext-has-no-store").with("name", &arguments.secret).with("environment", &arguments.environment));
        }
    };
    match value {
        Fact::Known { value: Lookup::Found(ObservedValue::Text(text)), .. } => {
            // In Parameter Store the key is the parameter itself.
            let key = arguments.key.as_deref().filter(|_| matches!(place, Place::Secret(_)));
            print(&keyed(text, key, &arguments.secret)?);
            Ok(0)
        }
        Fact::Known { value: Lookup::Found(ObservedValue::Binary(_)), .. } => {
            Err(Failure::new("get-binary").with("name", &arguments.secret).exiting(1))
        }
        Fact::Known { value: Lookup::Absent, .. } => Err(absent()),
        Fact::Unknown { because, .. } | Fact::Unreadable { because, .. } => Err(unknown(because, &arguments.secret)),
    }
}

fn keyed(text: &Secret<String>, key: Option<&str>, name: &str) -> Result<Secret<String>, Failure> {
    let Some(key) = key else { return Ok(text.clone()) };
    let object = go_json::object(text.expose())
        .map_err(|error| Failure::new("get-not-json").with("name", name).with("key", key).with("cause", error).exiting(1))?;
    let value = object.get(key).ok_or_else(|| Failure::new("get-no-key").with("key", key).exiting(1))?;
    Ok(Secret::new(value.rendered()))
}

/// The value as it is to a pipe; with a line break behind it to a terminal, and its control characters escaped there.
fn print(value: &Secret<String>) {
    let mut out = std::io::stdout();
    if out.is_terminal() {
        let lines: Vec<_> = value.expose().split('\n').map(sekisho_report::escape).collect();
        let shown = zeroize::Zeroizing::new(lines.join("\n"));
        let _ = writeln!(out, "{}", *shown);
    } else {
        let _ = out.write_all(value.expose().as_bytes());
        let _ = out.flush();
    }
}

//! `secret list`: every declared secret, where it is kept, and whether it is there.

use std::collections::BTreeSet;

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, Observations};
use sekisho_report::{escape, style, table};
use serde_json::json;

use super::{Place, date, look_up, place, reach};
use crate::cli::{Output, SecretList};
use crate::failure::{Outcome, UNPROVED};
use crate::session::{self, Session};

struct Row {
    secret: String,
    key: Option<String>,
    store: &'static str,
    name: String,
    kind: String,
    version: String,
    changed: String,
    state: &'static str,
}

pub(super) async fn run(session: &Session, arguments: &SecretList) -> Outcome {
    let manifest = session.needed_manifest()?;
    let environment = session::environment(&manifest.declaration, &arguments.environment)?;
    let reached = reach(session, &manifest, environment).await?;
    if arguments.unused {
        return super::unused::run(session, &manifest, environment, &reached).await;
    }
    let region = reached.connection.region().to_string();
    let mut places = Vec::new();
    for secret in manifest.declaration.secrets.values() {
        let mut seen = BTreeSet::new();
        // In Parameter Store each key is a parameter of its own.
        let keys: Vec<Option<&str>> =
            if secret.keys.is_empty() { vec![None] } else { secret.keys.values().map(|key| Some(key.value.as_str())).collect() };
        for key in keys {
            let place = place(&manifest, secret, environment, &region, key)?;
            let shown = format!("{place:?}");
            if seen.insert(shown) {
                let key = if matches!(place, Place::Parameter(_)) { key } else { None };
                places.push((secret.name.clone(), key.map(str::to_owned), place));
            }
        }
    }
    let asked: Vec<Place> = places.iter().map(|(_, _, place)| place.clone()).collect();
    let observations = look_up(&reached, &asked, false).await;
    let mut rows: Vec<Row> = places.into_iter().map(|(secret, key, place)| row(secret, key, &place, &observations)).collect();
    if arguments.missing {
        // What cannot be told is not left out: it may be missing.
        rows.retain(|row| !["state-present", "state-plaintext"].contains(&row.state));
    }
    let unknown = rows.iter().any(|row| row.state == "state-unknown");
    match session.global.output {
        Output::Text => session.print(&text(session, &rows)),
        Output::Json => session.print_json(&format!(
            "{:#}\n",
            json!({ "schema": 1, "environment": environment.name, "secrets": rows.iter().map(json_of).collect::<Vec<_>>() })
        )),
        _ => session.print_json(&rows.iter().map(|row| json_of(row).to_string() + "\n").collect::<String>()),
    }
    Ok(if unknown { UNPROVED } else { 0 })
}

fn row(secret: String, key: Option<String>, place: &Place, observations: &Observations) -> Row {
    let base = |store, name: &str, state| Row {
        secret: secret.clone(),
        key: key.clone(),
        store,
        name: name.to_owned(),
        kind: String::new(),
        version: String::new(),
        changed: String::new(),
        state,
    };
    match place {
        Place::Plaintext => base("environment", "", "state-plaintext"),
        Place::Parameter(id) => match observations.parameters.get(id).and_then(Fact::value) {
            Some(Lookup::Found(found)) => Row {
                kind: found.kind.clone(),
                version: found.version.to_string(),
                changed: date(found.modified),
                ..base("ssm", &id.name, "state-present")
            },
            Some(Lookup::Absent) => base("ssm", &id.name, "state-missing"),
            None => base("ssm", &id.name, "state-unknown"),
        },
        Place::Secret(id) => match observations.secrets.get(id).and_then(Fact::value) {
            Some(Lookup::Found(found)) => {
                let current = found.versions.iter().find(|(_, stages)| stages.iter().any(|stage| stage == "AWSCURRENT"));
                let state = match (found.deleted, current) {
                    (Some(_), _) => "state-deleted",
                    (None, None) => "state-no-value",
                    (None, Some(_)) => "state-present",
                };
                Row {
                    version: current.map(|(id, _)| id.clone()).unwrap_or_default(),
                    changed: date(found.changed),
                    ..base("secretsmanager", &found.arn, state)
                }
            }
            Some(Lookup::Absent) => base("secretsmanager", &id.id, "state-missing"),
            None => base("secretsmanager", &id.id, "state-unknown"),
        },
    }
}

fn text(session: &Session, rows: &[Row]) -> String {
    let headings =
        ["heading-secret", "heading-store", "heading-name", "heading-kind", "heading-version", "heading-changed", "heading-state"]
            .map(|id| session.say(id, &[]));
    let cells = rows.iter().map(|row| {
        let paint = match row.state {
            "state-present" => style::GOOD,
            "state-missing" | "state-deleted" | "state-no-value" => style::ERROR,
            _ => style::WARNING,
        };
        let secret = row.key.as_ref().map_or_else(|| row.secret.clone(), |key| format!("{} [{key}]", row.secret));
        let version: String = row.version.chars().take(8).collect();
        let state = session.say(row.state, &[]);
        let mut cells: Vec<String> =
            [&secret, row.store, &row.name, &row.kind, &version, &row.changed].iter().map(|cell| escape(cell).into_owned()).collect();
        cells.push(format!("{paint}{state}{paint:#}"));
        cells
    });
    table(&headings, cells.collect())
}

fn json_of(row: &Row) -> serde_json::Value {
    json!({
        "secret": row.secret, "key": row.key, "store": row.store, "name": row.name, "parameter_type": row.kind,
        "version": row.version, "changed": row.changed, "state": row.state.trim_start_matches("state-"),
    })
}

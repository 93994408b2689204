//! `secret list --unused`: what is in the stores under the environment's path, and declared nowhere.

use std::collections::BTreeSet;

use sekisho_model::declaration::{Environment, StoreKind, StoredAs};
use sekisho_report::{escape, style, table};
use serde_json::json;

use super::date;
use crate::cli::Output;
use crate::endpoint::Reached;
use crate::failure::Outcome;
use crate::files::Manifest;
use crate::session::Session;

struct Row {
    store: &'static str,
    name: String,
    kind: String,
    version: String,
    changed: String,
    state: &'static str,
}

/// Lists it. Where the path template begins with the secret itself, the path is the whole Region, and that is said.
pub(super) async fn run(session: &Session, manifest: &Manifest, environment: &Environment, reached: &Reached) -> Outcome {
    let declaration = &manifest.declaration;
    let region = reached.connection.region().as_str();
    let mut stores: BTreeSet<StoreKind> = declaration.secrets.values().map(|secret| declaration.store_of(secret, environment)).collect();
    stores.insert(environment.store);
    let declared = declared(manifest);
    let prefix = |template: &str| {
        let before = template.split("{secret}").next().unwrap_or_default();
        let prefix = declaration.expand(before, &environment.name, "", "");
        if prefix.trim_matches('/').is_empty() {
            session.tell("unused-whole-region", &[("region", region.to_owned())]);
        }
        prefix
    };
    let mut rows = Vec::new();
    if stores.contains(&StoreKind::Ssm) {
        let listed = reached.connection.list_parameters(region, &prefix(&declaration.project.path.ssm)).await?;
        rows.extend(listed.into_iter().filter(|found| !declared.contains(&found.name)).map(|found| Row {
            store: "ssm",
            name: found.name,
            kind: found.kind,
            version: found.version.to_string(),
            changed: date(found.modified),
            state: "state-unused",
        }));
    }
    if stores.contains(&StoreKind::SecretsManager) {
        session.tell("unused-lags", &[]);
        let listed = reached.connection.list_secrets(region, &prefix(&declaration.project.path.secretsmanager)).await?;
        let unused = listed.into_iter().filter(|found| !declared.contains(&found.name) && !declared.contains(&found.arn));
        rows.extend(unused.map(|found| Row {
            store: "secretsmanager",
            name: found.arn,
            kind: String::new(),
            version: String::new(),
            changed: date(found.changed),
            state: if found.deleted.is_some() { "state-deleted" } else { "state-unused" },
        }));
    }
    rows.sort_by(|one, other| (one.store, &one.name).cmp(&(other.store, &other.name)));
    match session.global.output {
        Output::Text if rows.is_empty() => session.print(&(session.say("unused-nothing", &[]) + "\n")),
        Output::Text => session.print(&text(session, &rows)),
        Output::Json => {
            let document = json!({ "schema": 1, "environment": environment.name, "unused": rows.iter().map(json_of).collect::<Vec<_>>() });
            session.print_json(&format!("{document:#}\n"));
        }
        _ => session.print_json(&rows.iter().map(|row| json_of(row).to_string() + "\n").collect::<String>()),
    }
    Ok(0)
}

/// The names and ARNs of everything that is declared, in whichever environment: with a path that does not name it, environments share their names.
fn declared(manifest: &Manifest) -> BTreeSet<String> {
    let declaration = &manifest.declaration;
    let mut names = BTreeSet::new();
    for environment in declaration.environments.values() {
        for secret in declaration.secrets.values() {
            let keys =
                std::iter::once(None).filter(|_| secret.keys.is_empty() || declaration.store_of(secret, environment) != StoreKind::Ssm);
            for key in keys.chain(secret.keys.values().map(|key| Some(key.value.as_str()))) {
                match declaration.stored_as(secret, environment, key) {
                    Ok(StoredAs::Parameter(name)) => drop(names.insert(name.to_string())),
                    Ok(StoredAs::Secret(name)) => drop(names.insert(name.to_string())),
                    Ok(StoredAs::Arn(arn)) => {
                        names.insert(arn.to_string());
                        names.extend(arn.resource.strip_prefix("parameter").map(str::to_owned));
                        names.extend(arn.resource.strip_prefix("parameter/").map(str::to_owned));
                    }
                    Ok(StoredAs::Plaintext) | Err(_) => {}
                }
            }
        }
    }
    names
}

fn text(session: &Session, rows: &[Row]) -> String {
    let headings = ["heading-store", "heading-name", "heading-kind", "heading-version", "heading-changed", "heading-state"]
        .map(|id| session.say(id, &[]));
    let cells = rows.iter().map(|row| {
        let mut cells: Vec<String> =
            [row.store, &row.name, &row.kind, &row.version, &row.changed].iter().map(|cell| escape(cell).into_owned()).collect();
        let (paint, state) = (style::WARNING, session.say(row.state, &[]));
        cells.push(format!("{paint}{state}{paint:#}"));
        cells
    });
    table(&headings, cells.collect())
}

fn json_of(row: &Row) -> serde_json::Value {
    json!({
        "store": row.store, "name": row.name, "parameter_type": row.kind, "version": row.version, "changed": row.changed,
        "state": row.state.trim_start_matches("state-"),
    })
}

//! `secret history`: every version that the store still has, without a value.

use sekisho_report::{escape, style, table};
use serde_json::json;

use super::{Place, choose, date, declared_key, place, whole_or_key};
use crate::cli::{Output, SecretHistory};
use crate::failure::{Failure, Outcome};
use crate::session::Session;

struct Row {
    version: String,
    /// Stages of a secret, labels of a parameter.
    stages: Vec<String>,
    current: bool,
    created: String,
    by: Option<String>,
}

pub(super) async fn run(session: &Session, arguments: &SecretHistory) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let key = arguments.key.as_deref();
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, key)?;
    whole_or_key(chosen.secret, &place, key)?;
    declared_key(chosen.secret, &place, key, false)?;
    let connection = &chosen.reached.connection;
    let absent = |error: sekisho_aws::CallError| match error.class {
        sekisho_aws::ErrorClass::Absent => {
            Failure::new("get-absent").with("name", &arguments.secret).with("environment", &arguments.environment).exiting(1)
        }
        _ => error.into(),
    };
    let rows: Vec<Row> = match &place {
        Place::Parameter(id) => {
            let versions = connection.parameter_history(id).await.map_err(absent)?;
            let newest = versions.last().map(|version| version.version);
            let row = |version: sekisho_aws::ParameterVersion| Row {
                current: Some(version.version) == newest,
                version: version.version.to_string(),
                stages: version.labels,
                created: date(version.modified),
                by: version.user,
            };
            versions.into_iter().map(row).collect()
        }
        Place::Secret(id) => {
            let versions = connection.secret_versions(id).await.map_err(absent)?;
            let row = |version: sekisho_aws::SecretVersion| Row {
                current: version.stages.iter().any(|stage| stage == "AWSCURRENT"),
                version: version.id,
                stages: version.stages,
                created: date(version.created),
                by: None,
            };
            versions.into_iter().map(row).collect()
        }
        Place::Plaintext => {
            return Err(Failure::new("plaintext-has-no-store").with("name", &arguments.secret).with("environment", &arguments.environment));
        }
    };
    match session.global.output {
        Output::Text => session.print(&text(session, &rows)),
        Output::Json => {
            let document = json!({
                "schema": 1, "environment": arguments.environment, "secret": arguments.secret, "key": arguments.key, "name": place.shown(),
                "versions": rows.iter().map(json_of).collect::<Vec<_>>(),
            });
            session.print_json(&format!("{document:#}\n"));
        }
        _ => session.print_json(&rows.iter().map(|row| json_of(row).to_string() + "\n").collect::<String>()),
    }
    Ok(0)
}

fn text(session: &Session, rows: &[Row]) -> String {
    let headings = ["heading-version", "heading-stages", "heading-changed", "heading-by"].map(|id| session.say(id, &[]));
    let cells = rows.iter().map(|row| {
        let mut stages: Vec<String> = row.stages.iter().map(|stage| escape(stage).into_owned()).collect();
        if row.current && !row.stages.iter().any(|stage| stage == "AWSCURRENT") {
            stages.insert(0, session.say("history-current", &[]));
        }
        let stages = stages.join(", ");
        let stages = if row.current { format!("{}{stages}{:#}", style::GOOD, style::GOOD) } else { stages };
        vec![escape(&row.version).into_owned(), stages, row.created.clone(), escape(row.by.as_deref().unwrap_or_default()).into_owned()]
    });
    table(&headings, cells.collect())
}

fn json_of(row: &Row) -> serde_json::Value {
    json!({ "version": row.version, "stages": row.stages, "current": row.current, "created": row.created, "by": row.by })
}

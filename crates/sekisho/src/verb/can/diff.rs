//! `can --diff OLD NEW`: who gains and loses what.

use std::path::Path;

use sekisho_iam::{Direction, difference};
use sekisho_report::{SCHEMA_VERSION, escape, style, table};
use serde_json::json;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::session::Session;

pub(super) fn run(session: &Session, old: &Path, new: &Path) -> Outcome {
    // What the files are attached to is told by what stands in them.
    let read = |path: &Path| -> Result<_, Failure> {
        let bytes = files::read(path)?;
        Ok(sekisho_read::policy(&path.display().to_string(), &bytes, None)?)
    };
    let changes = difference(&read(old)?, &read(new)?);
    if session.is_text() {
        if changes.is_empty() {
            session.print(&format!("{}\n", session.say("diff-nothing", &[])));
            return Ok(0);
        }
        let headings = ["heading-change", "heading-principal", "heading-action", "heading-resource"].map(|id| session.say(id, &[]));
        let rows = changes.iter().map(|change| {
            let paint = if change.direction == Direction::Gains { style::WARNING } else { style::NOTE };
            let word = session.say(
                if change.direction == Direction::Gains { "diff-gains" } else { "diff-loses" },
                &[("certain", if change.certain { "yes" } else { "no" }.to_owned())],
            );
            let plain = |text: &str| escape(text).into_owned();
            vec![
                format!("{paint}{word}{paint:#}"),
                change.principal.as_deref().map_or_else(|| "-".to_owned(), plain),
                plain(&change.action),
                plain(&change.resource),
            ]
        });
        session.print(&table(&headings, rows.collect()));
    } else {
        let listed = changes.iter().map(|change| {
            json!({
                "change": change.direction.as_str(),
                "principal": change.principal,
                "action": change.action,
                "resource": change.resource,
                "certain": change.certain,
            })
        });
        session.print_json(&format!("{:#}\n", json!({ "schema": SCHEMA_VERSION, "changes": listed.collect::<Vec<_>>() })));
    }
    // As `diff` does: 1 where they differ.
    Ok(u8::from(!changes.is_empty()))
}

//! `local status`: whether it runs, where its state is, what it can do.

use std::collections::BTreeMap;

use sekisho_local::ownership::Ownership;
use sekisho_local::{ownership, supported_operations};
use serde_json::json;

use super::place;
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(session: &Session) -> Outcome {
    let place = place(session)?;
    let found = if place.directory.exists() { Some(ownership::look(&place.directory)?) } else { None };
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (service, operation) in supported_operations() {
        services.entry(service).or_default().push(operation);
    }
    let directory = place.directory.display().to_string();
    let (state, url) = match &found {
        Some(Ownership::Owned(endpoint)) => ("running", endpoint.url.clone()),
        Some(Ownership::Busy) => ("busy", String::new()),
        Some(Ownership::Free) => ("stopped", String::new()),
        None => ("empty", String::new()),
    };
    let sealed = sekisho_local::needs_passphrase(&place.directory)?;
    let snapshots = sekisho_local::snapshots(&place.directory)?;
    if !session.is_text() {
        session.print_json(&format!(
            "{:#}\n",
            json!({ "schema": 1, "state": state, "url": url, "directory": directory, "passphrase": sealed, "snapshots": snapshots, "operations": services })
        ));
        return Ok(0);
    }
    let mut out = session.say(&format!("local-state-{state}"), &[("url", url), ("directory", directory)]) + "\n";
    if sealed {
        out += &format!("  {}\n", session.say("local-status-passphrase", &[]));
    }
    if !snapshots.is_empty() {
        out += &format!("  {}\n", session.say("local-status-snapshots", &[("names", snapshots.join(", "))]));
    }
    for (service, operations) in services {
        let list = if session.global.verbose { format!(": {}", operations.join(", ")) } else { String::new() };
        out += &format!("  {service} {}{list}\n", session.say("local-operations", &[("count", operations.len().to_string())]));
    }
    session.print(&out);
    Ok(0)
}

//! `secret diff`: which values of two environments are equal. Names and the answer are shown, never a value nor anything that is derived from one.

use aws_lc_rs::hmac;
use sekisho_report::{escape, style, table};
use serde_json::json;

use super::leaf::{Found, Leaf, found, leaves};
use super::{look_up, reach, reach_beside};
use crate::cli::{Output, SecretDiff};
use crate::failure::{Failure, Outcome, UNPROVED};
use crate::session::{self, Session};

struct Row {
    secret: String,
    key: Option<String>,
    state: &'static str,
    /// Why it cannot be told.
    because: Option<Failure>,
}

pub(super) async fn run(session: &Session, arguments: &SecretDiff) -> Outcome {
    let manifest = session.needed_manifest()?;
    let first = session::environment(&manifest.declaration, &arguments.first)?;
    let second = session::environment(&manifest.declaration, &arguments.second)?;
    let reached = reach(session, &manifest, first).await?;
    let beside = reach_beside(session, &manifest, second, Some(&reached)).await?;
    let left = leaves(&manifest, first, reached.connection.region().as_str(), &arguments.secrets)?;
    let right = leaves(&manifest, second, beside.connection.region().as_str(), &arguments.secrets)?;
    let places = |leaves: &[Leaf<'_>]| leaves.iter().map(|leaf| leaf.place.clone()).collect::<Vec<_>>();
    let (left_places, right_places) = (places(&left), places(&right));
    let (seen, seen_beside) = tokio::join!(look_up(&reached, &left_places, true), look_up(&beside, &right_places, true));
    let digest = Digest::new()?;
    let mut rows = Vec::new();
    for leaf in &left {
        let Some(other) = right.iter().find(|other| other.secret.name == leaf.secret.name && other.key == leaf.key) else { continue };
        let (state, because) = compare(&digest, found(leaf, &seen), found(other, &seen_beside));
        rows.push(Row { secret: leaf.secret.name.clone(), key: leaf.key.map(str::to_owned), state, because });
    }
    for failure in rows.iter().filter_map(|row| row.because.as_ref()) {
        session.complain(failure);
    }
    match session.global.output {
        Output::Text => session.print(&text(session, &rows, &first.name, &second.name)),
        Output::Json => {
            let document = json!({
                "schema": 1, "first": first.name, "second": second.name, "secrets": rows.iter().map(json_of).collect::<Vec<_>>(),
            });
            session.print_json(&format!("{document:#}\n"));
        }
        _ => session.print_json(&rows.iter().map(|row| json_of(row).to_string() + "\n").collect::<String>()),
    }
    let is = |states: &[&str]| rows.iter().any(|row| states.contains(&row.state));
    Ok(match () {
        () if is(&["diff-different", "diff-only-first", "diff-only-second"]) => 1,
        () if is(&["state-unknown"]) => UNPROVED,
        () => 0,
    })
}

/// A digest under a key that is drawn anew for every run and kept nowhere: what it makes of a value tells nothing afterwards.
struct Digest(hmac::Key);

impl Digest {
    fn new() -> Result<Self, Failure> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &aws_lc_rs::rand::SystemRandom::new());
        key.map(Self).map_err(|_| Failure::new("no-random"))
    }

    fn of(&self, value: &[u8]) -> hmac::Tag {
        hmac::sign(&self.0, value)
    }
}

/// The state of one row, and why it cannot be told where it cannot.
fn compare(digest: &Digest, first: Found, second: Found) -> (&'static str, Option<Failure>) {
    let tag = |found: &Found| match found {
        Found::Text(text) | Found::NotText { rendered: text, .. } => Some((false, digest.of(text.expose().as_bytes()))),
        Found::Binary(bytes) => Some((true, digest.of(bytes.expose()))),
        _ => None,
    };
    let (one, other) = (tag(&first), tag(&second));
    match (first, second) {
        (Found::Unknown(failure), _) | (_, Found::Unknown(failure)) => ("state-unknown", Some(failure)),
        (Found::Plaintext, _) | (_, Found::Plaintext) => ("state-plaintext", None),
        _ => match (one, other) {
            (Some((binary, tag)), Some((other_binary, other))) => {
                let equal = binary == other_binary && tag.as_ref() == other.as_ref();
                (if equal { "diff-equal" } else { "diff-different" }, None)
            }
            (Some(_), None) => ("diff-only-first", None),
            (None, Some(_)) => ("diff-only-second", None),
            (None, None) => ("diff-neither", None),
        },
    }
}

fn text(session: &Session, rows: &[Row], first: &str, second: &str) -> String {
    let args = [("first", first.to_owned()), ("second", second.to_owned())];
    let headings = ["heading-secret", "heading-state"].map(|id| session.say(id, &[]));
    let cells = rows.iter().map(|row| {
        let paint = match row.state {
            "diff-equal" => style::GOOD,
            "diff-different" | "diff-only-first" | "diff-only-second" => style::ERROR,
            _ => style::WARNING,
        };
        let shown = super::leaf::shown(&row.secret, row.key.as_deref());
        vec![escape(&shown).into_owned(), format!("{paint}{}{paint:#}", session.say(row.state, &args))]
    });
    table(&headings, cells.collect())
}

fn json_of(row: &Row) -> serde_json::Value {
    let state = row.state.trim_start_matches("diff-").trim_start_matches("state-");
    json!({ "secret": row.secret, "key": row.key, "state": state })
}

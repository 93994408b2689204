//! The answer, in words and for machines.

use sekisho_iam::{Candidates, DecidingStatement, Layer, Outcome, Protected, ProtectingKey, Reader, Through};
use sekisho_report::{SCHEMA_VERSION, because_json, escape, style, table};
use serde_json::{Value, json};

use crate::session::Session;

/// What was found for each secret or parameter that was asked for.
#[derive(Debug)]
pub(super) struct Answers {
    answers: Vec<(Protected, Vec<Reader>)>,
    principals: usize,
    truncated: bool,
    unreadable: Vec<String>,
}

impl Answers {
    pub(super) fn new(candidates: &Candidates, truncated: bool, protected: Vec<Protected>) -> Self {
        let answers = protected.into_iter().map(|protected| {
            let readers = candidates.who_can(&protected);
            (protected, readers)
        });
        Self { answers: answers.collect(), principals: candidates.len(), truncated, unreadable: candidates.unreadable.clone() }
    }

    /// Whether something could not be told.
    pub(super) fn is_open(&self) -> bool {
        let open = |readers: &Vec<Reader>| readers.iter().any(|reader| reader.outcome != Outcome::Allowed);
        self.truncated
            || !self.unreadable.is_empty()
            || self.answers.iter().any(|(protected, readers)| open(readers) || !gaps(protected).is_empty())
    }

    pub(super) fn tell(&self, session: &Session) {
        if session.is_text() {
            for answer in &self.answers {
                session.print(&self.text(session, answer));
            }
        } else {
            session.print_json(&format!("{:#}\n", self.json(session)));
        }
    }

    fn text(&self, session: &Session, (protected, readers): &(Protected, Vec<Reader>)) -> String {
        let strong = style::STRONG;
        let mut out = format!("{strong}{}{strong:#}\n", escape(&protected.arn));
        let may = readers.iter().filter(|reader| reader.outcome == Outcome::Allowed).count();
        let rows: Vec<Vec<String>> = readers
            .iter()
            .map(|reader| {
                let (paint, id) =
                    if reader.outcome == Outcome::Allowed { (style::WARNING, "who-can-may") } else { (style::NOTE, "who-can-perhaps") };
                let through = reader.through.first().map_or_else(|| session.say("who-can-stranger", &[]), |way| through(session, way));
                vec![format!("{paint}{}{paint:#}", session.say(id, &[])), escape(&reader.principal).into_owned(), through]
            })
            .collect();
        if rows.is_empty() {
            out += &format!("  {}\n", session.say("who-can-nobody", &[]));
        } else {
            let headings = ["heading-outcome", "heading-principal", "heading-through"].map(|id| session.say(id, &[]));
            out += &table(&headings, rows);
        }
        for (id, args) in self.caveats(protected) {
            let dim = style::DIM;
            out += &format!("{dim}{}: {}{dim:#}\n", session.say("assumed", &[]), session.say(id, &args));
        }
        let counts =
            [("principals", self.principals.to_string()), ("may", may.to_string()), ("perhaps", (readers.len() - may).to_string())];
        out + &format!("{}\n", session.say("who-can-counts", &counts))
    }

    /// What limits the answer, as message ids.
    fn caveats(&self, protected: &Protected) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
        let mut caveats: Vec<(&'static str, Vec<(&'static str, String)>)> =
            gaps(protected).into_iter().map(|id| (id, Vec::new())).collect();
        if self.truncated {
            caveats.push(("who-can-truncated", Vec::new()));
        }
        if !self.unreadable.is_empty() {
            caveats.push(("who-can-unreadable", vec![("count", self.unreadable.len().to_string()), ("names", self.unreadable.join(", "))]));
        }
        caveats.push(("who-can-assume-organisation", Vec::new()));
        caveats
    }

    fn json(&self, session: &Session) -> Value {
        let secrets = self.answers.iter().map(|(protected, readers)| {
            let readers: Vec<Value> = readers.iter().map(reader_json).collect();
            let caveats: Vec<Value> = self
                .caveats(protected)
                .into_iter()
                .map(|(id, args)| json!({ "message_id": id, "message": session.say(id, &args) }))
                .collect();
            json!({ "arn": protected.arn, "readers": readers, "caveats": caveats })
        });
        json!({ "schema": SCHEMA_VERSION, "principals": self.principals, "secrets": secrets.collect::<Vec<_>>() })
    }
}

/// What was not given and may change the answer.
fn gaps(protected: &Protected) -> Vec<&'static str> {
    let mut gaps = Vec::new();
    if matches!(protected.policy, Layer::Unknown(_)) {
        gaps.push("who-can-assume-no-secret-policy");
    }
    match &protected.key {
        ProtectingKey::Unknown => gaps.push("who-can-assume-key-unknown"),
        ProtectingKey::Customer { policy: Layer::Unknown(_), .. } => gaps.push("who-can-assume-no-key-policy"),
        _ => {}
    }
    gaps
}

/// The statements of one way, on one line.
fn through(session: &Session, way: &Through) -> String {
    let of = |statement: &DecidingStatement| {
        let args = [
            ("policy", statement.policy_name().to_owned()),
            ("number", (statement.statement + 1).to_string()),
            ("sid", statement.sid().unwrap_or("none").to_owned()),
        ];
        session.say("who-can-statement", &args)
    };
    let first = way.read.because.first().or_else(|| {
        way.read.doubts.iter().find_map(|doubt| match doubt {
            sekisho_iam::Doubt::Statement { statement, .. } => Some(statement),
            _ => None,
        })
    });
    let mut said = match first {
        Some(statement) => session.say("who-can-through", &[("action", way.action.to_owned()), ("statement", of(statement))]),
        None => way.action.to_owned(),
    };
    if let Some(statement) = way.decrypt.as_ref().and_then(|decrypt| decrypt.because.first()) {
        said += "; ";
        said += &session.say("who-can-decrypt", &[("statement", of(statement))]);
    }
    said
}

fn reader_json(reader: &Reader) -> Value {
    let ways = reader.through.iter().map(|way| {
        let because = |decision: &sekisho_iam::Decision| decision.because.iter().map(because_json).collect::<Vec<_>>();
        json!({
            "action": way.action,
            "resource": way.resource,
            "decision": way.outcome().as_str(),
            "read": { "decision": way.read.outcome.as_str(), "because": because(&way.read) },
            "decrypt": way.decrypt.as_ref().map(|decrypt| json!({ "decision": decrypt.outcome.as_str(), "because": because(decrypt) })),
        })
    });
    json!({ "principal": reader.principal, "decision": reader.outcome.as_str(), "through": ways.collect::<Vec<_>>() })
}

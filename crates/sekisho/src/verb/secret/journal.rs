//! What a verb with several writes has done. Each line is told as soon as it is true, so that an interruption leaves a record of what came before it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::leaf::shown;
use crate::cli::Output;
use crate::session::Session;

/// The record of one run.
pub(super) struct Journal<'a> {
    session: &'a Session,
    verb: &'static str,
    environment: String,
    entries: Vec<Entry>,
    /// What is being written just now.
    at: Option<String>,
    ended: bool,
}

/// One thing that was done, would be done, or need not be done.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The message that says it.
    pub(super) action: &'static str,
    pub(super) secret: String,
    pub(super) key: Option<String>,
    pub(super) target: String,
    pub(super) version: String,
}

impl<'a> Journal<'a> {
    pub(super) fn new(session: &'a Session, verb: &'static str, environment: &str) -> Self {
        Self { session, verb, environment: environment.to_owned(), entries: Vec::new(), at: None, ended: false }
    }

    /// `target` is about to be written.
    pub(super) fn begin(&mut self, target: &str) {
        self.at = Some(target.to_owned());
    }

    /// Something is done.
    pub(super) fn note(&mut self, entry: Entry) {
        self.at = None;
        match self.session.global.output {
            Output::Text => {
                let args = [
                    ("target", entry.target.clone()),
                    ("version", entry.version.clone()),
                    ("name", shown(&entry.secret, entry.key.as_deref())),
                ];
                self.session.print(&(self.session.say(entry.action, &args) + "\n"));
            }
            Output::Jsonl => self.session.print_json(&format!("{}\n", self.entry(&entry))),
            _ => {}
        }
        self.entries.push(entry);
    }

    /// Everything is done.
    pub(super) fn end(mut self) {
        self.ended = true;
        match self.session.global.output {
            Output::Text => {
                let counts: Vec<String> = self
                    .counts()
                    .into_iter()
                    .map(|(action, count)| {
                        self.session.say("journal-count", &[("action", action.to_owned()), ("count", count.to_string())])
                    })
                    .collect();
                let counts = if counts.is_empty() { self.session.say("journal-nothing", &[]) } else { counts.join(", ") };
                self.session.print(&(counts + "\n"));
            }
            Output::Jsonl => {}
            _ => self.print_document(true),
        }
    }

    fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.entries.iter().fold(BTreeMap::new(), |mut counts, entry| {
            *counts.entry(short(entry.action)).or_default() += 1;
            counts
        })
    }

    fn entry(&self, entry: &Entry) -> Value {
        json!({
            "schema": 1, "verb": self.verb, "environment": self.environment, "action": short(entry.action), "secret": entry.secret,
            "key": entry.key, "target": entry.target, "version": entry.version,
        })
    }

    fn print_document(&self, complete: bool) {
        let entries = self.entries.iter().map(|entry| {
            let mut entry = self.entry(entry);
            if let Some(members) = entry.as_object_mut() {
                ["schema", "verb", "environment"].iter().for_each(|member| drop(members.remove(*member)));
            }
            entry
        });
        let document = json!({
            "schema": 1, "verb": self.verb, "environment": self.environment, "complete": complete, "under_way": self.at,
            "changes": entries.collect::<Vec<_>>(), "counts": self.counts(),
        });
        self.session.print_json(&format!("{document:#}\n"));
    }
}

/// The word of an action in machine output: its message's id without the verb in front.
fn short(action: &'static str) -> &'static str {
    action.strip_prefix("set-").unwrap_or(action)
}

impl Drop for Journal<'_> {
    /// A write that failed, or an interruption: what came before it is told all the same.
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        if self.session.global.output == Output::Json {
            self.print_document(false);
        }
        let args = [("count", self.entries.len().to_string()), ("target", self.at.clone().unwrap_or_else(|| "none".to_owned()))];
        self.session.tell("journal-broken-off", &args);
    }
}

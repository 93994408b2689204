//! What all verbs share: words, streams, the manifest, the chosen environment.

use std::io::Write as _;
use std::sync::Arc;

use rustix::process::Rlimit;
use sekisho_model::declaration::{Declaration, Environment, Service};
use sekisho_report::{Wording, escape, escape_json, style};

use crate::cli::{Global, Output};
use crate::failure::{Failure, suggestion};
use crate::files::{self, Manifest};
use crate::stderr;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Session {
    /// The flags that every verb understands.
    pub(crate) global: Global,
    /// The words.
    pub(crate) wording: Arc<Wording>,
    /// The core limit that a child gets back.
    pub(crate) core_limit: Rlimit,
}

impl Session {
    pub(crate) fn new(global: Global, wording: Wording, core_limit: Rlimit) -> Self {
        Self { global, wording: Arc::new(wording), core_limit }
    }

    /// A message in the user's language.
    pub(crate) fn say(&self, id: &str, args: &[(&str, String)]) -> String {
        self.wording.text(id, args)
    }

    /// Prints to stdout. A closed pipe ends the output, not the verb: what was to be done is done.
    pub(crate) fn print(&self, text: &str) {
        let mut out = anstream::stdout();
        let _ = out.write_all(text.as_bytes());
        let _ = out.flush();
    }

    /// Prints JSON to stdout, with nothing in it that would paint a terminal.
    pub(crate) fn print_json(&self, json: &str) {
        self.print(&escape_json(json));
    }

    /// Tells something on stderr, unless it is to be quiet.
    pub(crate) fn tell(&self, id: &str, args: &[(&str, String)]) {
        if !self.global.quiet {
            stderr::line(self.say(id, args));
        }
    }

    /// Says on stderr why the verb ended.
    pub(crate) fn complain(&self, failure: &Failure) {
        let (error, good) = (style::ERROR, style::GOOD);
        for line in &failure.lines {
            let place = line.place.as_ref().map(|place| format!("{}: ", escape(&place.to_string()))).unwrap_or_default();
            let said = self.say(&line.id, &line.args);
            stderr::line(format_args!("{error}{}{error:#}: {place}{said}", self.say("severity-error", &[])));
            if let Some(remedy) = self.wording.remedy(&line.id, &line.args) {
                stderr::line(format_args!("  {good}{}:{good:#} {remedy}", self.say("remedy", &[])));
            }
        }
    }

    /// Whether people read the output.
    pub(crate) fn is_text(&self) -> bool {
        self.global.output == Output::Text
    }

    /// The manifest, if there is one.
    pub(crate) fn manifest(&self) -> Result<Option<Manifest>, Failure> {
        files::manifest(self.global.config.as_deref())
    }

    /// The manifest, without which the verb cannot work.
    pub(crate) fn needed_manifest(&self) -> Result<Manifest, Failure> {
        self.manifest()?.ok_or_else(|| Failure::new("manifest-none"))
    }
}

/// The environment of that name.
pub(crate) fn environment<'a>(declaration: &'a Declaration, name: &str) -> Result<&'a Environment, Failure> {
    declaration.environments.get(name).ok_or_else(|| {
        let near = suggestion(name, declaration.environments.keys().map(String::as_str));
        let known: Vec<&str> = declaration.environments.keys().map(String::as_str).collect();
        Failure::new("unknown-environment").with("name", name).with("suggestion", near).with("known", known.join(", "))
    })
}

/// The services of those names; every one where none is named.
pub(crate) fn services<'a>(declaration: &'a Declaration, names: &[String]) -> Result<Vec<&'a Service>, Failure> {
    if names.is_empty() {
        return Ok(declaration.services.values().collect());
    }
    let mut chosen: Vec<&Service> = Vec::new();
    for name in names {
        let service = declaration.services.get(name).ok_or_else(|| {
            let near = suggestion(name, declaration.services.keys().map(String::as_str));
            let known: Vec<&str> = declaration.services.keys().map(String::as_str).collect();
            Failure::new("unknown-service").with("name", name).with("suggestion", near).with("known", known.join(", "))
        })?;
        if !chosen.iter().any(|other| other.name == service.name) {
            chosen.push(service);
        }
    }
    Ok(chosen)
}

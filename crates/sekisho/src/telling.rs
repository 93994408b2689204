//! Findings in the formats that other programs read; the same for every verb that has findings.

use std::collections::BTreeMap;
use std::path::Path;

use sekisho_engine::Judgement;
use sekisho_model::task_definition::{Container, EnvironmentEntry, NamedValue};
use sekisho_model::{Fact, Secret, Source, Span};
use sekisho_read::document::{Document, Reading};
use sekisho_report::{Excerpt, Told, github, junit, markdown, sarif};

use crate::cli::Output;
use crate::failure::Failure;
use crate::files;
use crate::session::Session;

/// What is told of a run.
#[derive(Debug)]
pub(crate) struct Telling<'a> {
    /// `sekisho check`, `sekisho verify`.
    pub(crate) title: &'static str,
    /// The findings.
    pub(crate) told: &'a [Told],
    /// How many more there are.
    pub(crate) untold: usize,
    /// The files that were read.
    pub(crate) inputs: Vec<&'a str>,
    /// The counts, in one line.
    pub(crate) summary: String,
}

impl Telling<'_> {
    /// Prints it in the format of `--output`, where that is one for other programs; returns whether it was.
    pub(crate) fn print(&self, session: &Session) -> Result<bool, Failure> {
        let wording = &session.wording;
        match session.global.output {
            Output::Text | Output::Json | Output::Jsonl => return Ok(false),
            Output::Sarif => session.print_json(&format!("{:#}\n", sarif(self.told, self.untold, wording))),
            Output::Github => session.print(&github(self.told, &self.summary, wording)),
            Output::Markdown => session.print(&markdown(self.title, &self.summary, self.told, self.untold, wording)),
            Output::Junit => {
                let xml = junit(self.title, self.told, &self.inputs, wording).ok_or_else(|| Failure::new("no-junit"))?;
                session.print(&xml);
            }
        }
        Ok(true)
    }
}

/// The findings of `judgement`, each with what ECS would say and with its line, where that stands in one of `files`.
pub(crate) fn told(judgement: &Judgement, files: &[String]) -> Vec<Told> {
    let mut texts: BTreeMap<&str, Option<(String, Vec<Span>)>> = BTreeMap::new();
    let mut all = Vec::new();
    for finding in &judgement.findings {
        let mut told = Told { ecs_says: judgement.says(finding).to_vec(), ..Told::from(finding) };
        if let Some(Source::Place(place)) = &finding.source
            && let Some(file) = files.iter().find(|file| **file == *place.file)
            && let Some((text, hidden)) = texts.entry(file).or_insert_with(|| text_of(file))
        {
            told.excerpt = Excerpt::of(text, place, hidden);
        }
        all.push(told);
    }
    all
}

/// The text of a definition, and where values stand in it. A file that is none (the manifest, for one) is not shown: nobody knows what is a value there.
fn text_of(file: &str) -> Option<(String, Vec<Span>)> {
    let bytes = files::read(Path::new(file)).ok()?;
    let document = sekisho_read::document(file, &bytes, &Reading::default()).ok()?;
    if document.definitions.is_empty() {
        return None;
    }
    Some((String::from_utf8(bytes).ok()?, values(&document)))
}

/// The bytes of every value in `document`, in order, none within another. Every value counts, suspected or not: a line is there to show where something
/// stands, and the message says what.
pub(crate) fn values(document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    for definition in &document.definitions {
        for container in &definition.containers {
            of_container(container, &mut spans);
        }
    }
    for connect in document.services.iter().filter_map(|service| service.service_connect.as_ref()) {
        named(&connect.log_options, &mut spans);
    }
    for container in document.overrides.iter().flat_map(|run| &run.containers) {
        environment(&container.environment, &mut spans);
        spans.extend(container.command.iter().filter_map(span));
    }
    spans.extend(document.parameters_declared.iter().filter_map(|parameter| parameter.default.as_ref()).filter_map(span));
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

fn of_container(container: &Container, spans: &mut Vec<Span>) {
    environment(&container.environment, spans);
    for words in [&container.command, &container.entry_point, &container.health_check] {
        spans.extend(words.iter().filter_map(span));
    }
    for options in [&container.docker_labels, &container.log_options, &container.firelens_options] {
        named(options, spans);
    }
}

fn environment(entries: &[EnvironmentEntry], spans: &mut Vec<Span>) {
    spans.extend(entries.iter().filter_map(|entry| span(&entry.value)));
}

fn named(values: &[NamedValue], spans: &mut Vec<Span>) {
    spans.extend(values.iter().filter_map(|value| span(&value.value)));
}

/// A value that could not be read as text is hidden too: what stands there may be one all the same.
fn span(fact: &Fact<Secret<String>>) -> Option<Span> {
    match fact.source() {
        Source::Place(place) => Some(place.span),
        Source::Call(_) | Source::Flag(_) | Source::Derived(_) => None,
    }
}

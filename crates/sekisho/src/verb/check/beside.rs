//! What a configuration of ecspresso says of the files beside it: which service definition goes with which task definition, and from which Terraform
//! states its functions read. Nothing outside of the directories that are checked is opened for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sekisho_engine::file::{FileFact, FileKind};
use sekisho_model::Fact;
use sekisho_model::service::ServiceDefinition;
use sekisho_read::TerraformState;
use sekisho_read::document::{Document, Reading};

use super::walk::shown;
use super::{lies_below, open};

/// Most Terraform states of one configuration.
const STATES: usize = 16;

/// By canonical paths.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The service definition of a task definition.
    services: BTreeMap<PathBuf, PathBuf>,
    /// The Terraform states of a definition by the prefix of their functions; `None` where two configurations differ, so that it is unknown which is meant.
    states: BTreeMap<PathBuf, BTreeMap<String, Option<PathBuf>>>,
}

impl Beside {
    /// Notes what `document`, read of `file`, says if it is a configuration of ecspresso. What is returned was named and is not opened.
    pub(super) fn note(&mut self, file: &str, document: &Document, directories: &[PathBuf]) -> Vec<FileFact> {
        let mut facts = Vec::new();
        let Some(config) = &document.ecspresso else { return facts };
        let directory = Path::new(file).parent().unwrap_or(Path::new(""));
        let beside = |fact: Option<&Fact<String>>| {
            let path = directory.join(fact?.value()?);
            let canonical = std::fs::canonicalize(&path).ok()?;
            Some((canonical, path))
        };
        let inside = |found: Option<(PathBuf, PathBuf)>| found.filter(|(canonical, _)| lies_below(canonical, directories));
        let task = inside(beside(config.task_definition.as_ref()));
        let service = inside(beside(config.service_definition.as_ref()));
        let mut states = BTreeMap::new();
        for plugin in config.plugins.iter().filter(|plugin| plugin.name.value().is_some_and(|name| name == "tfstate")).take(STATES) {
            let Some((canonical, path)) = beside(plugin.path.as_ref()) else { continue };
            if lies_below(&canonical, directories) {
                states.insert(plugin.prefix.clone(), canonical);
            } else {
                let fact = FileFact::of(&shown(&path), FileKind::NotLookedAt, "not-looked-at");
                facts.push(fact.with("limit", "outside").with("most", 0));
            }
        }
        for definition in [&task, &service].into_iter().flatten().map(|(canonical, _)| canonical) {
            match self.states.get_mut(definition) {
                None => {
                    let states = states.clone().into_iter().map(|(prefix, state)| (prefix, Some(state))).collect();
                    self.states.insert(definition.clone(), states);
                }
                Some(known) => {
                    for (prefix, one) in &mut *known {
                        if states.get(prefix) != one.as_ref() {
                            *one = None;
                        }
                    }
                    for prefix in states.keys() {
                        known.entry(prefix.clone()).or_insert(None);
                    }
                }
            }
        }
        if let (Some((task, _)), Some((_, service))) = (task, service) {
            self.services.insert(task, service);
        }
        facts
    }

    /// What is at hand for the file at `canonical`. A state that cannot be read leaves unknown what it would have told.
    pub(super) fn reading(&self, canonical: &Path, reading: &Reading) -> Reading {
        let mut reading = reading.clone();
        for (prefix, path) in self.states.get(canonical).into_iter().flatten() {
            let bytes = path.as_ref().and_then(|path| open::read(path, false).ok().map(|bytes| (path, bytes)));
            if let Some(state) = bytes.and_then(|(path, bytes)| TerraformState::read(&shown(path), &bytes).ok()) {
                reading.states.insert(prefix.clone(), state);
            }
        }
        reading
    }

    /// The services that run the definition at `canonical`; their file's own problems are told where it is read itself.
    pub(super) fn services(&self, canonical: &Path, reading: &Reading) -> Vec<ServiceDefinition> {
        let bytes = self.services.get(canonical).and_then(|path| open::read(path, false).ok().map(|bytes| (path, bytes)));
        let document = bytes.and_then(|(path, bytes)| {
            let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            sekisho_read::document(&shown(path), &bytes, &self.reading(&canonical, reading)).ok()
        });
        document.map(|document| document.services).unwrap_or_default()
    }

    /// Whether the file at `canonical` is a service that is judged with its task definition.
    pub(super) fn is_service(&self, canonical: &Path) -> bool {
        self.services.values().any(|path| std::fs::canonicalize(path).is_ok_and(|path| path == canonical))
    }
}

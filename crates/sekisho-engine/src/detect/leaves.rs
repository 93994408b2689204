//! Where plain text can stand in what was read, and what the detector says of it.

use std::sync::OnceLock;

use sekisho_model::task_definition::{Container, EnvironmentEntry, NamedValue};
use sekisho_model::{Fact, Secret, Source};

use super::{Detected, Where, detect, detect_words};
use crate::reference::name_of;
use crate::{Case, Definition};

/// A suspicion and where it stands. INVARIANT: nothing of the value is in it.
#[derive(Clone, Debug)]
pub struct Suspicion {
    /// `service/container/NAME`, or `service/container` where the place has no names.
    pub address: String,
    /// The place.
    pub place: Where,
    /// The name beside the value; empty where the place has none.
    pub name: String,
    /// Where the value stands.
    pub source: Source,
    /// What was found.
    pub found: Detected,
}

/// The suspicions of a case, looked for once.
#[derive(Clone, Debug, Default)]
pub struct Suspicions(OnceLock<Vec<Suspicion>>);

impl Case<'_> {
    /// Everything in the definitions of this case that looks like a secret in plain text, in the order in which it stands there.
    pub fn suspicions(&self) -> &[Suspicion] {
        self.suspicions.0.get_or_init(|| self.definitions.iter().flat_map(|definition| of_definition(self, definition)).collect())
    }
}

fn of_definition(case: &Case<'_>, definition: &Definition) -> Vec<Suspicion> {
    let mut found = Vec::new();
    for container in &definition.definition.containers {
        let address = format!("{}/{}", definition.service, name_of(container));
        of_container(&address, container, &mut found);
        for file in container.environment_files.iter().filter_map(|file| file.value.value()) {
            for (name, value) in case.environment_files.get(file).into_iter().flatten() {
                let suspicion = detect(&name.value, value.expose(), Where::EnvFile);
                found.extend(suspicion.map(|found| Suspicion {
                    address: format!("{address}/{}", name.value),
                    place: Where::EnvFile,
                    name: name.value.clone(),
                    source: Source::Place(name.place.clone()),
                    found,
                }));
            }
        }
    }
    for overridden in definition.overrides.iter().flat_map(|overrides| &overrides.containers) {
        let name = overridden.name.value().map_or("?", String::as_str);
        let address = format!("{}/{name}", definition.service);
        variables(&address, &overridden.environment, &mut found);
        line(&address, &overridden.command, Where::Command, &mut found);
    }
    for connect in definition.run_by.iter().filter_map(|service| service.service_connect.as_ref()) {
        named(&format!("{}/service-connect", definition.service), &connect.log_options, Where::LogOption, &mut found);
    }
    found
}

fn of_container(address: &str, container: &Container, found: &mut Vec<Suspicion>) {
    variables(address, &container.environment, found);
    line(address, &container.command, Where::Command, found);
    line(address, &container.entry_point, Where::EntryPoint, found);
    line(address, &container.health_check, Where::HealthCheck, found);
    named(address, &container.docker_labels, Where::Label, found);
    named(address, &container.log_options, Where::LogOption, found);
    named(address, &container.firelens_options, Where::LogOption, found);
}

fn variables(address: &str, entries: &[EnvironmentEntry], found: &mut Vec<Suspicion>) {
    for entry in entries {
        let name = entry.name.value().map_or("", String::as_str);
        let Fact::Known { value, source } = &entry.value else { continue };
        let suspicion = detect(name, value.expose(), Where::Environment);
        let address = || format!("{address}/{}", if name.is_empty() { "?" } else { name });
        found.extend(suspicion.map(|found| Suspicion {
            address: address(),
            place: Where::Environment,
            name: name.to_owned(),
            source: source.clone(),
            found,
        }));
    }
}

fn named(address: &str, values: &[NamedValue], place: Where, found: &mut Vec<Suspicion>) {
    for entry in values {
        let Fact::Known { value, source } = &entry.value else { continue };
        let name = &entry.name.value;
        let suspicion = detect(name, value.expose(), place);
        found.extend(suspicion.map(|found| Suspicion {
            address: format!("{address}/{name}"),
            place,
            name: name.clone(),
            source: source.clone(),
            found,
        }));
    }
}

/// A command line: its words one by one, and a flag with the word behind it. A word that is not known keeps its place, so that no flag gets the value of
/// another.
fn line(address: &str, words: &[Fact<Secret<String>>], place: Where, found: &mut Vec<Suspicion>) {
    let texts: Vec<&str> = words.iter().map(|word| word.value().map_or("$", |text| text.expose().as_str())).collect();
    let Some((index, suspicion)) = detect_words(&texts, place) else { return };
    let Some(Fact::Known { source, .. }) = words.get(index) else { return };
    found.push(Suspicion { address: address.to_owned(), place, name: String::new(), source: source.clone(), found: suspicion });
}

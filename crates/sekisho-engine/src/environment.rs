//! The environment that ECS would build for a container.
//!
//! Source: agent `docker_task_engine.go` createContainer; facts/ecs.md §3.5. The order of merging: the definition's `environment`; secrets over it;
//! variables of env files only where the name is not yet there, the first file first; `AWS_REGION` and `AWS_DEFAULT_REGION` where neither is set.

use std::collections::BTreeMap;

use sekisho_model::observed::{Lookup, ObservedValue};
use sekisho_model::task_definition::Container;
use sekisho_model::{Fact, Secret, Spanned};

use crate::{Case, Definition, Reference, Slot, Target, go_json};

/// Where the value of a variable comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// `environment` of the task definition.
    Environment,
    /// A store, through the reference of this address; for a FireLens router also the secret log option of a container that it serves.
    Store {
        /// `service/container/VARIABLE`.
        address: String,
    },
    /// An environment file.
    EnvironmentFile {
        /// Its ARN.
        arn: String,
    },
    /// The agent, which tells the container its Region.
    Agent,
}

/// A value that stands somewhere and that the container does not get, because something stronger has the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadowed {
    /// The variable.
    pub name: String,
    /// Where the lost value stands.
    pub lost: Origin,
    /// What the container gets instead.
    pub by: Origin,
}

/// A container's environment, and what it rests on.
#[derive(Clone, Debug, Default)]
pub struct Assembled {
    /// Name to value.
    pub variables: BTreeMap<String, Secret<String>>,
    /// Where each variable comes from, those without a known value too.
    pub origins: BTreeMap<String, Origin>,
    /// What is written and has no effect.
    pub shadowed: Vec<Shadowed>,
    /// The names that come from a store.
    pub from_stores: Vec<String>,
    /// What was not looked at, as message ids with an argument.
    pub assumptions: Vec<(&'static str, String)>,
    /// References without a value: with these missing, ECS would not start the container.
    pub missing: Vec<String>,
}

/// The text that ECS would hand to the container for `reference`, where its value was read and the task would start: the whole value, or the JSON key as
/// Go prints it. `None` where it was not read or would not start.
pub fn value_for(case: &Case<'_>, reference: &Reference) -> Option<Secret<String>> {
    let Some(Lookup::Found(ObservedValue::Text(text))) = case.value(reference).and_then(Fact::value) else { return None };
    match &reference.target {
        Target::Secret { json_key: Some(key), .. } => {
            let object = go_json::object(text.expose()).ok()?;
            object.get(key).map(|value| Secret::new(value.rendered()))
        }
        // Registry credentials are no variable.
        _ if matches!(reference.slot, Slot::RegistryCredentials | Slot::VolumeCredentials) => None,
        _ => Some(text.clone()),
    }
}

/// Builds the environment of `container` (nothing where only the manifest is known) from the references that concern it.
pub fn assemble(case: &Case<'_>, service: &str, container: Option<&Container>) -> Assembled {
    let mut built = Assembled::default();
    let name = container.map(crate::reference::name_of);
    for entry in container.map(|container| container.environment.as_slice()).unwrap_or_default() {
        match (entry.name.value(), entry.value.value()) {
            (Some(name), Some(value)) => {
                built.variables.insert(name.clone(), value.clone());
                built.origins.insert(name.clone(), Origin::Environment);
            }
            (name, _) => built.assumptions.push(("assume-environment-unreadable", name.cloned().unwrap_or_else(|| "?".to_owned()))),
        }
    }
    let concerns = |reference: &&Reference| {
        let here = name.as_ref().is_none_or(|name| reference.container == *name || reference.container == "*");
        reference.service == service && here && matches!(reference.slot, Slot::Secrets | Slot::Declared)
    };
    for reference in case.references.iter().filter(concerns) {
        if reference.target != Target::Plaintext {
            built.take(&reference.name, Origin::Store { address: reference.address() });
        }
        match value_for(case, reference) {
            Some(value) => {
                built.variables.insert(reference.name.clone(), value);
                built.from_stores.push(reference.name.clone());
            }
            None if is_empty_binary(case, reference) => {
                built.variables.insert(reference.name.clone(), Secret::new(String::new()));
                built.from_stores.push(reference.name.clone());
            }
            None if reference.target == Target::Plaintext && built.variables.contains_key(&reference.name) => {}
            None => built.missing.push(reference.name.clone()),
        }
    }
    if let (Some(container), Some(definition)) = (container, case.definitions.iter().find(|definition| definition.service == service)) {
        log_options(case, definition, container, &mut built);
    }
    for file in container.map(|container| container.environment_files.as_slice()).unwrap_or_default() {
        let arn = file.value.value().cloned().unwrap_or_else(|| "?".to_owned());
        match case.environment_files.get(&arn) {
            Some(lines) => environment_file(&arn, lines, &mut built),
            None => built.assumptions.push(("assume-env-file-not-read", arn)),
        }
    }
    if let Some(region) = &case.surroundings.region {
        let is_set = ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().any(|name| built.origins.contains_key(*name));
        if !is_set {
            for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
                built.variables.insert(name.to_owned(), Secret::new(region.to_string()));
                built.origins.insert(name.to_owned(), Origin::Agent);
            }
            built.assumptions.push(("assume-region-injected", region.to_string()));
        }
    }
    let known_to_agent = "ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4, ECS_AGENT_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_EXECUTION_ENV";
    built.assumptions.push(("assume-agent-variables", known_to_agent.to_owned()));
    built.assumptions.push(("assume-image-environment", String::new()));
    built
}

impl Assembled {
    /// Lets `name` come from `origin`, which is stronger than what was there.
    fn take(&mut self, name: &str, origin: Origin) {
        if let Some(lost) = self.origins.insert(name.to_owned(), origin.clone())
            && lost != origin
        {
            self.shadowed.push(Shadowed { name: name.to_owned(), lost, by: origin });
        }
    }
}

/// A file's variables count only where the name is not yet there; within a file the last of a name does (facts/ecs.md §3.5, §3.7).
fn environment_file(arn: &str, lines: &[(Spanned<String>, Secret<String>)], built: &mut Assembled) {
    let file: BTreeMap<&str, &Secret<String>> = lines.iter().map(|(name, value)| (name.value.as_str(), value)).collect();
    for (name, value) in file {
        let origin = Origin::EnvironmentFile { arn: arn.to_owned() };
        match built.origins.get(name) {
            Some(by) => built.shadowed.push(Shadowed { name: name.to_owned(), lost: origin, by: by.clone() }),
            None => {
                built.variables.insert(name.to_owned(), value.clone());
                built.origins.insert(name.to_owned(), origin);
            }
        }
    }
}

/// A FireLens router gets the secret log options of the containers that it serves, as `OPTION_INDEX` with the index of the container (agent `task.go`;
/// facts/ecs.md §1, row 3).
fn log_options(case: &Case<'_>, definition: &Definition, container: &Container, built: &mut Assembled) {
    if container.firelens.is_none() {
        if container.log_driver.as_ref().and_then(Fact::value).is_some_and(|driver| driver == "awsfirelens") {
            built.assumptions.push(("assume-agent-variables", "FLUENT_HOST, FLUENT_PORT".to_owned()));
        }
        return;
    }
    for (index, served) in definition.definition.containers.iter().enumerate() {
        if served.log_driver.as_ref().and_then(Fact::value).is_none_or(|driver| driver != "awsfirelens") {
            continue;
        }
        let name = crate::reference::name_of(served);
        let options = case.references.iter().filter(|reference| {
            reference.service == definition.service && reference.container == name && reference.slot == Slot::SecretOptions
        });
        for reference in options {
            let variable = format!("{}_{index}", reference.name);
            built.take(&variable, Origin::Store { address: reference.address() });
            match value_for(case, reference) {
                Some(value) => {
                    built.variables.insert(variable.clone(), value);
                    built.from_stores.push(variable);
                }
                None => built.missing.push(variable),
            }
        }
    }
}

/// A binary secret without JSON key arrives as an empty variable, without an error (agent `asm.go`).
fn is_empty_binary(case: &Case<'_>, reference: &Reference) -> bool {
    let binary = matches!(case.value(reference).and_then(Fact::value), Some(Lookup::Found(ObservedValue::Binary(_))));
    binary && matches!(&reference.target, Target::Secret { json_key: None, .. })
}

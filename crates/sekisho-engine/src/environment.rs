//! The environment that ECS would build for a container.
//!
//! Source: agent `docker_task_engine.go` createContainer; facts/ecs.md §3.5. The order of merging: the definition's `environment`; secrets over it;
//! variables of env files only where the name is not yet there, the first file first; `AWS_REGION` and `AWS_DEFAULT_REGION` where neither is set.

use std::collections::BTreeMap;

use sekisho_model::observed::{Lookup, ObservedValue};
use sekisho_model::task_definition::Container;
use sekisho_model::{Fact, Secret};

use crate::{Case, Definition, Reference, Slot, Target, go_json};

/// A container's environment, and what it rests on.
#[derive(Clone, Debug, Default)]
pub struct Assembled {
    /// Name to value.
    pub variables: BTreeMap<String, Secret<String>>,
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
            }
            (name, _) => built.assumptions.push(("assume-environment-unreadable", name.cloned().unwrap_or_else(|| "?".to_owned()))),
        }
    }
    let concerns = |reference: &&Reference| {
        let here = name.as_ref().is_none_or(|name| reference.container == *name || reference.container == "*");
        reference.service == service && here && matches!(reference.slot, Slot::Secrets | Slot::Declared)
    };
    for reference in case.references.iter().filter(concerns) {
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
        built.assumptions.push(("assume-env-file-not-read", file.value.value().cloned().unwrap_or_else(|| "?".to_owned())));
    }
    if let Some(region) = &case.surroundings.region {
        let is_set = ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().any(|name| built.variables.contains_key(*name));
        if !is_set {
            for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
                built.variables.insert(name.to_owned(), Secret::new(region.to_string()));
            }
            built.assumptions.push(("assume-region-injected", region.to_string()));
        }
    }
    let known_to_agent = "ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4, ECS_AGENT_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_EXECUTION_ENV";
    built.assumptions.push(("assume-agent-variables", known_to_agent.to_owned()));
    built.assumptions.push(("assume-image-environment", String::new()));
    built
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

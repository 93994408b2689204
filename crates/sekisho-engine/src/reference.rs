//! Places that name a secret, from the manifest and from task definitions, in one form.

use sekisho_model::declaration::{Declaration, Environment, SecretDeclaration, Service, StoredAs, StoredNameError};
use sekisho_model::observed::{ParameterId, SecretId, VersionOf};
use sekisho_model::service::ServiceDefinition;
use sekisho_model::task_definition::{Container, SecretEntry, TaskDefinition};
use sekisho_model::value_from::{Form, Surroundings};
use sekisho_model::{Because, Fact, Source, ValueFrom};

use crate::Definition;

/// Which list of a container a reference stands in (facts/ecs.md §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// `secrets`.
    Secrets,
    /// `logConfiguration.secretOptions`.
    SecretOptions,
    /// `repositoryCredentials.credentialsParameter`.
    RegistryCredentials,
    /// `volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter`.
    VolumeCredentials,
    /// Only the manifest declares it; there is no task definition to read.
    Declared,
}

/// What is looked up for a reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A parameter.
    Parameter(ParameterId),
    /// A secret, and one JSON key of it or the whole.
    Secret {
        /// Which version.
        version: VersionOf,
        /// A top-level key.
        json_key: Option<String>,
    },
    /// Plain text in the task definition.
    Plaintext,
    /// Nothing: the text cannot be looked up, or its Region or account is not known.
    Nothing,
}

/// Where a task runs, as far as it decides how values are rendered and which messages are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Launch {
    /// The open agent: what its source says is certain.
    Ec2,
    /// The closed agent: what is only read in the open one is likely.
    Fargate,
    /// Either.
    Unknown,
}

/// One place that names a secret.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The service, or the task definition's file where there is no manifest.
    pub service: String,
    /// The container; `*` for every container of a declared service.
    pub container: String,
    /// Which list.
    pub slot: Slot,
    /// The environment variable or option.
    pub name: String,
    /// What is written, where a task definition is read.
    pub value_from: Option<Fact<ValueFrom>>,
    /// The logical name of the declared secret, where there is one.
    pub declared: Option<String>,
    /// Where it stands.
    pub source: Source,
    /// What is looked up.
    pub target: Target,
    /// Where it runs.
    pub launch: Launch,
}

impl Reference {
    /// `service/container/VARIABLE`.
    pub fn address(&self) -> String {
        format!("{}/{}/{}", self.service, self.container, self.name)
    }

    /// The text of the reference, where it is known.
    pub fn text(&self) -> Option<&str> {
        self.value_from.as_ref()?.value().map(|value_from| value_from.text.as_str())
    }
}

/// The references that the manifest declares for `service` in `environment`, before any task definition is read.
///
/// # Errors
/// A name that the store would refuse; the manifest's reader reports it too.
pub fn from_declaration(
    declaration: &Declaration,
    environment: &Environment,
    service: &Service,
    surroundings: &Surroundings,
) -> Result<Vec<Reference>, StoredNameError> {
    let everywhere = service.secrets.iter().map(|secret| ("*", secret));
    let single = service.containers.iter().flat_map(|(container, secrets)| secrets.iter().map(move |secret| (container.as_str(), secret)));
    let mut references = Vec::new();
    for (container, used) in everywhere.chain(single) {
        let Some(secret) = declaration.secrets.get(&used.value) else { continue };
        for (variable, key) in variables(secret) {
            let stored = declaration.stored_as(secret, environment, key)?;
            references.push(Reference {
                service: service.name.clone(),
                container: container.to_owned(),
                slot: Slot::Declared,
                name: variable.to_owned(),
                value_from: None,
                declared: Some(secret.name.clone()),
                source: Source::Place(used.place.clone()),
                target: target_of(stored, key, surroundings),
                launch: Launch::Unknown,
            });
        }
    }
    Ok(references)
}

/// The variables of a declared secret: the whole value, or one per JSON key.
fn variables(secret: &SecretDeclaration) -> Vec<(&str, Option<&str>)> {
    let whole = secret.env.iter().map(|env| (env.value.as_str(), None));
    let keyed = secret.keys.iter().map(|(variable, key)| (variable.as_str(), Some(key.value.as_str())));
    whole.chain(keyed).collect()
}

fn target_of(stored: StoredAs, key: Option<&str>, surroundings: &Surroundings) -> Target {
    let region = surroundings.region.as_ref().map(ToString::to_string);
    match (stored, region) {
        (StoredAs::Plaintext, _) => Target::Plaintext,
        (StoredAs::Arn(arn), _) => {
            let text = match key {
                Some(key) if arn.service == "secretsmanager" => format!("{arn}:{key}::"),
                _ => arn.to_string(),
            };
            target(&ValueFrom::parse(&text), surroundings)
        }
        (StoredAs::Parameter(name), Some(region)) => Target::Parameter(ParameterId { region, account: None, name: name.to_string() }),
        (StoredAs::Secret(name), Some(region)) => Target::Secret {
            version: VersionOf { secret: SecretId { region, id: name.to_string() }, stage: None, version_id: None },
            json_key: key.map(str::to_owned),
        },
        (StoredAs::Parameter(_) | StoredAs::Secret(_), None) => Target::Nothing,
    }
}

/// What ECS looks up for `value_from` in a task that runs in `surroundings`.
fn target(value_from: &ValueFrom, surroundings: &Surroundings) -> Target {
    // What ECS would look up is only known where the text has no flaw that keeps it from getting there.
    let dead = |effect| value_from.flaws.iter().any(|flaw| flaw.effect == effect);
    if dead(sekisho_model::value_from::Effect::FailsAtStart) || dead(sekisho_model::value_from::Effect::Refused) {
        return Target::Nothing;
    }
    match &value_from.form {
        Form::ParameterName(name) => match &surroundings.region {
            Some(region) => Target::Parameter(ParameterId { region: region.to_string(), account: None, name: name.clone() }),
            None => Target::Nothing,
        },
        Form::ParameterArn { arn, name } => {
            let account = surroundings.account.as_ref().is_none_or(|here| here.as_str() != arn.account).then(|| arn.account.clone());
            Target::Parameter(ParameterId {
                region: arn.region.clone(),
                account: account.filter(|account| !account.is_empty()),
                name: name.clone(),
            })
        }
        Form::Secret(reference) => Target::Secret {
            version: VersionOf {
                secret: SecretId { region: reference.arn.region.clone(), id: reference.arn.to_string() },
                stage: reference.stage.clone(),
                version_id: reference.version_id.clone(),
            },
            json_key: reference.json_key.clone(),
        },
        Form::SecretName(name) => match &surroundings.region {
            Some(region) => Target::Secret {
                version: VersionOf { secret: SecretId { region: region.to_string(), id: name.to_string() }, stage: None, version_id: None },
                json_key: None,
            },
            None => Target::Nothing,
        },
        Form::Unrendered(_) | Form::Unusable(_) => Target::Nothing,
    }
}

/// The references that stand in a task definition, in its order. `service` names it in addresses.
pub fn from_task_definition(service: &str, definition: &TaskDefinition, surroundings: &Surroundings) -> Vec<Reference> {
    all(service, definition, launch_of(definition, &[]), &[], surroundings)
}

/// The references of a definition and of the services that run it: what stands in the task definition, then the secret log options of Service Connect's
/// proxy, which no task definition shows (facts/ecs.md §1, row 10).
pub fn from_definition(definition: &Definition, surroundings: &Surroundings) -> Vec<Reference> {
    let launch = launch_of(&definition.definition, &definition.run_by);
    all(&definition.service, &definition.definition, launch, &definition.run_by, surroundings)
}

fn all(
    service: &str,
    definition: &TaskDefinition,
    launch: Launch,
    run_by: &[ServiceDefinition],
    surroundings: &Surroundings,
) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut add = |container: &str, slot, name: String, fact: &Fact<String>, source: Source| {
        let parse = |text: String| match slot {
            Slot::RegistryCredentials | Slot::VolumeCredentials => ValueFrom::parse_registry_credentials(&text),
            _ => ValueFrom::parse(&text),
        };
        // FSx takes a parameter's ARN too (facts/ecs.md §1, row 8).
        let parse =
            |text: String| if slot == Slot::VolumeCredentials && text.contains(":ssm:") { ValueFrom::parse(&text) } else { parse(text) };
        let value_from = fact.clone().map(parse);
        let target = value_from.value().map_or(Target::Nothing, |value_from| target(value_from, surroundings));
        references.push(Reference {
            service: service.to_owned(),
            container: container.to_owned(),
            slot,
            name,
            value_from: Some(value_from),
            declared: None,
            source,
            target,
            launch,
        });
    };
    for container in &definition.containers {
        let name = name_of(container);
        for (slot, entries) in [(Slot::Secrets, &container.secrets), (Slot::SecretOptions, &container.secret_options)] {
            for entry in entries {
                add(&name, slot, entry_name(entry), &entry.value_from, entry.value_from.source().clone());
            }
        }
        if let Some(credentials) = &container.repository_credentials {
            add(&name, Slot::RegistryCredentials, "repositoryCredentials".to_owned(), credentials, credentials.source().clone());
        }
    }
    for credentials in &definition.volume_credentials {
        add("volumes", Slot::VolumeCredentials, "credentialsParameter".to_owned(), credentials, credentials.source().clone());
    }
    for proxy in run_by.iter().filter_map(|service| service.service_connect.as_ref()) {
        for entry in &proxy.secret_options {
            add(SERVICE_CONNECT, Slot::SecretOptions, entry_name(entry), &entry.value_from, entry.value_from.source().clone());
        }
    }
    references
}

/// What stands for the container in addresses of Service Connect's log options.
const SERVICE_CONNECT: &str = "service-connect";

/// A container's name for addresses.
pub(crate) fn name_of(container: &Container) -> String {
    container.name.value().cloned().unwrap_or_else(|| "?".to_owned())
}

fn entry_name(entry: &SecretEntry) -> String {
    match &entry.name {
        Fact::Known { value, .. } => value.clone(),
        Fact::Unknown { because: Because::Unrendered(text), .. } => text.clone(),
        Fact::Unknown { .. } | Fact::Unreadable { .. } => "?".to_owned(),
    }
}

/// EC2's agent and Fargate's differ; a definition that allows both is judged as unknown, unless the services that run it say.
pub(crate) fn launch_of(definition: &TaskDefinition, run_by: &[ServiceDefinition]) -> Launch {
    let types: Option<Vec<&str>> = run_by.iter().map(launch_type).collect();
    if let Some([first, rest @ ..]) = types.as_deref()
        && rest.iter().all(|other| other == first)
    {
        return one_launch(&[*first]);
    }
    let known: Option<Vec<&str>> = definition.requires_compatibilities.iter().map(|fact| fact.value().map(String::as_str)).collect();
    one_launch(&known.unwrap_or_default())
}

/// What a service starts its tasks on, where it says so: its launch type, or capacity providers that are all Fargate's.
fn launch_type(service: &ServiceDefinition) -> Option<&str> {
    if let Some(launch) = &service.launch_type {
        return launch.value().map(String::as_str);
    }
    let providers = &service.capacity_providers;
    let fargate = |fact: &Fact<String>| fact.value().is_some_and(|name| matches!(name.as_str(), "FARGATE" | "FARGATE_SPOT"));
    (!providers.is_empty() && providers.iter().all(fargate)).then_some("FARGATE")
}

fn one_launch(known: &[&str]) -> Launch {
    match known {
        ["FARGATE"] => Launch::Fargate,
        [] => Launch::Unknown,
        all if all.iter().all(|one| matches!(*one, "EC2" | "EXTERNAL")) => Launch::Ec2,
        _ => Launch::Unknown,
    }
}

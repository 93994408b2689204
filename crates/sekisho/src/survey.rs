//! What the files say: task definitions, what the manifest declares, and from both the references to be verified.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sekisho_aws::LiveService;
use sekisho_engine::file::FileFact;
use sekisho_engine::task::is_executed_by;
use sekisho_engine::{
    Case, Definition, EnvironmentFiles, Judgement, Reference, Slot, Version, from_declaration, from_definition, from_task_definition,
};
use sekisho_model::declaration::{Environment, Service};
use sekisho_model::observed::Observations;
use sekisho_model::service::{RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::{Container, TaskDefinition};
use sekisho_model::value_from::Surroundings;
use sekisho_model::{AccountId, Arn, Call, Fact, Region, Source};

use crate::failure::Failure;
use crate::files::{self, Manifest};

/// One service and the task definition that was read for it.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    name: String,
    declared: Option<&'a Service>,
    definition: Option<TaskDefinition>,
    /// The service as ECS has it, where the definition came from there.
    run_by: Vec<ServiceDefinition>,
    /// What its runs override, where that was read.
    overrides: Vec<RunOverrides>,
}

impl<'a> Unit<'a> {
    /// A service of which nothing but the definition was read.
    fn new(name: String, declared: Option<&'a Service>, definition: Option<TaskDefinition>) -> Self {
        Self { name, declared, definition, run_by: Vec::new(), overrides: Vec::new() }
    }

    /// A service for which `definition` was read, and what runs it.
    pub(crate) fn of_definition(declared: Option<&'a Service>, definition: Definition) -> Self {
        let Definition { service, definition, run_by, overrides, .. } = definition;
        Self { name: service, declared, definition: Some(definition), run_by, overrides }
    }
}

/// The files, read; nothing was looked up yet.
#[derive(Debug, Default)]
pub(crate) struct Survey<'a> {
    environment: Option<(&'a Manifest, &'a Environment)>,
    units: Vec<Unit<'a>>,
    /// The files that were read.
    pub(crate) inputs: Vec<String>,
    environment_files: EnvironmentFiles,
    agent: Option<Version>,
    /// What was said of the files themselves.
    files: Vec<FileFact>,
    /// What ECS told, by the name under which it was read: it has no place in any file.
    told: Vec<(String, Call)>,
}

impl References {
    /// Whether ECS reads `reference` with the role `caller`.
    pub(crate) fn is_read_by(&self, reference: &Reference, caller: Option<&str>, surroundings: &Surroundings) -> bool {
        let definition = self.definitions.iter().find(|definition| definition.service == reference.service);
        caller.is_some() && definition.is_some_and(|definition| is_executed_by(definition, caller, surroundings))
    }
}

/// The references of a survey, and the definitions they came from.
#[derive(Debug)]
pub(crate) struct References {
    pub(crate) references: Vec<Reference>,
    pub(crate) definitions: Vec<Definition>,
}

impl<'a> Survey<'a> {
    /// Reads the task definitions that `services` name. Every unreadable file is told, not only the first.
    pub(crate) fn of_services(manifest: &'a Manifest, environment: &'a Environment, services: &[&'a Service]) -> Result<Self, Failure> {
        let mut survey =
            Self { environment: Some((manifest, environment)), inputs: vec![manifest.path.display().to_string()], ..Self::default() };
        let mut failure: Option<Failure> = None;
        for service in services {
            let definition = match &service.task_definition {
                None => None,
                Some(path) => {
                    let expanded = manifest.declaration.expand(&path.value, &environment.name, "", &service.name);
                    let file = manifest.directory().join(expanded);
                    survey.inputs.push(file.display().to_string());
                    survey.files.extend(files::tolerated(&file));
                    match files::task_definition(&file) {
                        Ok(definition) => Some(definition),
                        Err(error) => {
                            let error =
                                if error.lines.iter().all(|line| line.place.is_none()) { error.at(Some(&path.place)) } else { error };
                            match &mut failure {
                                Some(failure) => failure.lines.extend(error.lines),
                                None => failure = Some(error),
                            }
                            None
                        }
                    }
                }
            };
            survey.units.push(Unit::new(service.name.clone(), Some(service), definition));
        }
        failure.map_or(Ok(survey), Err)
    }

    /// Reads task definitions named on the command line.
    pub(crate) fn of_files(environment: Option<(&'a Manifest, &'a Environment)>, paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut units = Vec::new();
        let mut inputs = Vec::new();
        let mut said = Vec::new();
        for path in paths {
            let definition = files::task_definition(path)?;
            said.extend(files::tolerated(path));
            inputs.push(path.display().to_string());
            let family = definition.family.as_ref().and_then(Fact::value).cloned();
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let name = family.or(stem).unwrap_or_else(|| path.display().to_string());
            units.push(Unit::new(name, None, Some(definition)));
        }
        Ok(Self { environment, units, inputs, files: said, ..Self::default() })
    }

    /// Nothing yet; the services follow from ECS.
    pub(crate) fn empty(environment: Option<(&'a Manifest, &'a Environment)>) -> Self {
        let inputs = environment.iter().map(|(manifest, _)| manifest.path.display().to_string()).collect();
        Self { environment, inputs, ..Self::default() }
    }

    /// Adds the service `service` as ECS has it. It is held against the manifest's service of `named`, or of the same name.
    pub(crate) fn add_live(&mut self, live: &LiveService, service: &str, named: &[String]) -> Result<(), Failure> {
        let definition = sekisho_read::task_definitions(&live.task_definition_arn, &live.task_definition)?;
        let services = sekisho_read::document(&live.arn, &live.service, &sekisho_read::Reading::default())?.services;
        let declared = match (self.environment, named) {
            (None, _) => None,
            (Some((manifest, _)), []) => manifest.declaration.services.get(service),
            (Some((manifest, _)), named) => crate::session::services(&manifest.declaration, named)?.into_iter().next(),
        };
        let name = declared.map_or(service, |declared| declared.name.as_str()).to_owned();
        self.inputs.extend([live.arn.clone(), live.task_definition_arn.clone()]);
        self.told.extend([(live.task_definition_arn.clone(), live.call.clone()), (live.arn.clone(), live.call.clone())]);
        self.units.push(Unit { run_by: services, ..Unit::new(name, declared, Some(definition)) });
        Ok(())
    }

    /// Gives the findings on what ECS told the call in place of a place.
    pub(crate) fn unplace(&self, judgement: &mut Judgement) {
        for finding in &mut judgement.findings {
            let told = match &finding.source {
                Some(Source::Place(place)) => self.told.iter().find(|(name, _)| *name == *place.file),
                _ => None,
            };
            if let Some((_, call)) = told {
                finding.source = Some(Source::Call(call.clone()));
            }
            finding.related.retain(|place| self.told.iter().all(|(name, _)| *name != *place.file));
        }
    }

    /// Reads environment files that are at hand: `ARN=FILE`, the ARN as it stands in the task definition. A key in S3 may have `=` in it.
    pub(crate) fn with_environment_files(mut self, named: &[String]) -> Result<Self, Failure> {
        for text in named {
            let (arn, file) = text
                .rsplit_once('=')
                .filter(|(arn, file)| arn.starts_with("arn:") && !file.is_empty())
                .ok_or_else(|| Failure::new("bad-environment-file").with("text", text))?;
            let lines = sekisho_read::environment_file(file, &files::read(Path::new(file))?)?;
            self.inputs.push(file.to_owned());
            self.environment_files.insert(arn.to_owned(), lines);
        }
        Ok(self)
    }

    /// Takes note of the oldest agent of the cluster's instances.
    pub(crate) fn with_agent(mut self, version: Option<&str>) -> Result<Self, Failure> {
        self.agent = match version {
            Some(text) => Some(text.parse().map_err(|_| Failure::new("bad-agent-version").with("text", text))?),
            None => None,
        };
        Ok(self)
    }

    /// Units that were read already.
    pub(crate) fn of_read(manifest: &'a Manifest, environment: &'a Environment, units: Vec<Unit<'a>>) -> Self {
        Self { environment: Some((manifest, environment)), units, ..Self::default() }
    }

    /// How many services or definitions.
    pub(crate) fn count(&self) -> usize {
        self.units.len()
    }

    /// The container named `name` of the only unit, or its only container; what fits is listed where it is none.
    pub(crate) fn container(&self, name: Option<&str>) -> Result<Option<&Container>, Failure> {
        let Some(definition) = self.units.first().and_then(|unit| unit.definition.as_ref()) else { return Ok(None) };
        definition.container(name).map(Some).ok_or_else(|| {
            let known: Vec<String> = definition.containers.iter().filter_map(|container| container.name.value().cloned()).collect();
            Failure::new(if name.is_some() { "unknown-container" } else { "several-containers" })
                .with("name", name.unwrap_or_default())
                .with("known", known.join(", "))
        })
    }

    /// The only Region and the only account that the definitions' own ARNs name: for whoever names no other.
    pub(crate) fn hints(&self) -> (Option<Region>, Option<AccountId>) {
        let mut regions = BTreeSet::new();
        let mut accounts = BTreeSet::new();
        for definition in self.units.iter().filter_map(|unit| unit.definition.as_ref()) {
            // The definition's own ARN says where it runs; a role is global, but of the task's account.
            for fact in definition.arn.iter().chain(&definition.execution_role).chain(&definition.task_role) {
                let Some(arn) = fact.value().and_then(|text| text.parse::<Arn>().ok()) else { continue };
                regions.extend(arn.region_id());
                accounts.extend(arn.account_id());
            }
        }
        if regions.is_empty() || accounts.is_empty() {
            let (mut more_regions, mut more_accounts) = (BTreeSet::new(), BTreeSet::new());
            for definition in self.units.iter().filter_map(|unit| unit.definition.as_ref()) {
                for reference in from_task_definition("", definition, &Surroundings::default()) {
                    let Some(value_from) = reference.value_from.as_ref().and_then(Fact::value) else { continue };
                    let Some(arn) = value_from.arn() else { continue };
                    more_regions.extend(arn.region_id());
                    more_accounts.extend(arn.account_id());
                }
            }
            if regions.is_empty() {
                regions = more_regions;
            }
            if accounts.is_empty() {
                accounts = more_accounts;
            }
        }
        let region = if regions.len() == 1 { regions.pop_first() } else { None };
        let account = if accounts.len() == 1 { accounts.pop_first() } else { None };
        (region, account)
    }

    /// The references for tasks that run in `surroundings`.
    pub(crate) fn references(&self, surroundings: &Surroundings) -> Result<References, Failure> {
        let mut all = References { references: Vec::new(), definitions: Vec::new() };
        for unit in &self.units {
            let declared = match (self.environment, unit.declared) {
                (Some((manifest, environment)), Some(service)) => {
                    from_declaration(&manifest.declaration, environment, service, surroundings)
                        .map_err(|error| Failure::new("bad-name").with("cause", error).at(Some(&service.place)))?
                }
                _ => Vec::new(),
            };
            match &unit.definition {
                None => all.references.extend(declared),
                Some(definition) => {
                    let (run_by, overrides) = (unit.run_by.clone(), unit.overrides.clone());
                    let whole = Definition { run_by, overrides, ..Definition::of(&unit.name, definition.clone()) };
                    let mut found = from_definition(&whole, surroundings);
                    let missing = join(&mut found, &declared, definition);
                    all.references.extend(found);
                    all.references.extend(missing);
                    all.definitions.push(Definition { declared, ..whole });
                }
            }
        }
        Ok(all)
    }

    /// What the environment requires.
    pub(crate) fn requirements(&self) -> Vec<sekisho_model::declaration::Requirement> {
        self.environment.map(|(_, environment)| environment.require.iter().map(|required| required.value).collect()).unwrap_or_default()
    }

    /// The case that the engine looks at.
    pub(crate) fn case<'c>(
        &'c self,
        references: &'c References,
        surroundings: &'c Surroundings,
        observations: &'c Observations,
        requires: &'c [sekisho_model::declaration::Requirement],
    ) -> Case<'c> {
        Case {
            environment: self.environment.map_or("", |(_, environment)| environment.name.as_str()),
            requires,
            allow_plaintext: self.environment.is_some_and(|(_, environment)| environment.allow_plaintext),
            references: &references.references,
            definitions: &references.definitions,
            observations,
            declaration: self.environment.map(|(manifest, _)| &manifest.declaration),
            environment_files: &self.environment_files,
            agent: self.agent,
            files: &self.files,
            ..Case::of(surroundings)
        }
    }
}

/// Gives the references that a definition holds the logical names that the manifest has for them, and returns the declared ones that it lacks, one for each
/// container that should have them.
fn join(found: &mut [Reference], declared: &[Reference], definition: &TaskDefinition) -> Vec<Reference> {
    let mut missing = Vec::new();
    for declared in declared {
        let mut containers: Vec<String> = match declared.container.as_str() {
            "*" => {
                definition.containers.iter().map(|container| container.name.value().cloned().unwrap_or_else(|| "?".to_owned())).collect()
            }
            one => vec![one.to_owned()],
        };
        containers.dedup();
        for container in containers {
            let mut wired = false;
            for reference in found.iter_mut() {
                if reference.slot == Slot::Secrets && reference.container == container && reference.name == declared.name {
                    reference.declared.clone_from(&declared.declared);
                    wired = true;
                }
            }
            if !wired {
                missing.push(Reference { container, ..declared.clone() });
            }
        }
    }
    missing
}

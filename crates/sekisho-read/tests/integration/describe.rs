//! What was read, in lines.

use std::fmt::Write as _;

use sekisho_model::service::{RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::{NamedValue, TaskDefinition};
use sekisho_model::{Because, Fact, Secret};
use sekisho_read::{Document, Reading, document};

use crate::render::render;

/// Reads `text` as a file found in a tree, with nothing at hand.
pub(crate) fn read(file: &str, text: &str) -> Document {
    read_with(file, text, &Reading::default())
}

pub(crate) fn read_with(file: &str, text: &str, reading: &Reading) -> Document {
    document(file, text.as_bytes(), reading).unwrap_or_else(|problems| panic!("{}", render("en", &problems)))
}

/// One fact: its value, or why there is none, and where.
pub(crate) fn told<T: std::fmt::Debug>(fact: &Fact<T>) -> String {
    match (fact.value(), fact.because()) {
        (Some(value), _) => format!("{value:?} ({})", fact.source()),
        (_, Some(Because::WrongType { expected, found })) => format!("{expected} expected, {found} found ({})", fact.source()),
        (_, Some(Because::Unrendered(text))) => format!("unrendered {text} ({})", fact.source()),
        (_, because) => format!("{because:?}"),
    }
}

fn maybe<T: std::fmt::Debug>(fact: Option<&Fact<T>>) -> String {
    fact.map_or_else(|| "-".to_owned(), told)
}

pub(crate) fn definition(definition: &TaskDefinition) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    line(format!("family {}", maybe(definition.family.as_ref())));
    line(format!("arn {}", maybe(definition.arn.as_ref())));
    line(format!("execution role {}", maybe(definition.execution_role.as_ref())));
    line(format!("task role {}", maybe(definition.task_role.as_ref())));
    for fact in &definition.requires_compatibilities {
        line(format!("compatibility {}", told(fact)));
    }
    for fact in &definition.volume_credentials {
        line(format!("volume credentials {}", told(fact)));
    }
    for container in &definition.containers {
        line(format!("container {} at {}", told(&container.name), container.place));
        line(format!("  image {}, essential {}", maybe(container.image.as_ref()), maybe(container.essential.as_ref())));
        for entry in &container.environment {
            line(format!("  environment {} = {}", told(&entry.name), told(&entry.value)));
        }
        for file in &container.environment_files {
            line(format!("  file {} {}", told(&file.value), maybe(file.kind.as_ref())));
        }
        for secret in &container.secrets {
            line(format!("  secret {} = {} at {}", told(&secret.name), told(&secret.value_from), secret.place));
        }
        line(format!("  log driver {}", maybe(container.log_driver.as_ref())));
        for secret in &container.secret_options {
            line(format!("  option {} = {}", told(&secret.name), told(&secret.value_from)));
        }
        line(format!("  router {} {}", maybe(container.firelens.as_ref()), maybe(container.firelens_file.as_ref())));
        line(format!("  registry {}", maybe(container.repository_credentials.as_ref())));
        for spec in &container.credential_specs {
            line(format!("  credential spec {}", told(spec)));
        }
    }
    for fact in &definition.unreadable {
        line(format!("unreadable: {}", told(fact)));
    }
    text
}

/// What tests must see of a value: this is the only place that shows any.
fn exposed(fact: &Fact<Secret<String>>) -> String {
    told(&fact.clone().map(|value| value.expose().clone()))
}

/// The leaves that may hold values, shown.
pub(crate) fn values(definition: &TaskDefinition) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    for container in &definition.containers {
        for (name, words) in
            [("command", &container.command), ("entryPoint", &container.entry_point), ("healthCheck", &container.health_check)]
        {
            for word in words {
                line(format!("{name} {}", exposed(word)));
            }
        }
        let named = |name: &str, values: &[NamedValue], line: &mut dyn FnMut(String)| {
            for value in values {
                line(format!("{name} {} ({}) = {}", value.name.value, value.name.place, exposed(&value.value)));
            }
        };
        named("label", &container.docker_labels, &mut line);
        named("log option", &container.log_options, &mut line);
        named("router option", &container.firelens_options, &mut line);
        for entry in &container.environment {
            line(format!("environment {} = {}", told(&entry.name), exposed(&entry.value)));
        }
    }
    text
}

pub(crate) fn service(service: &ServiceDefinition) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    line(format!("service {} at {}", maybe(service.name.as_ref()), service.place));
    line(format!("  cluster {}", maybe(service.cluster.as_ref())));
    line(format!("  task definition {}", maybe(service.task_definition.as_ref())));
    line(format!("  launch type {}, platform {}", maybe(service.launch_type.as_ref()), maybe(service.platform_version.as_ref())));
    for provider in &service.capacity_providers {
        line(format!("  capacity provider {}", told(provider)));
    }
    for fact in &service.network.subnets {
        line(format!("  subnet {}", told(fact)));
    }
    for fact in &service.network.security_groups {
        line(format!("  security group {}", told(fact)));
    }
    line(format!("  public address {}", maybe(service.network.assign_public_ip.as_ref())));
    if let Some(connect) = &service.service_connect {
        line(format!("  service connect logs to {} at {}", maybe(connect.log_driver.as_ref()), connect.place));
        for option in &connect.log_options {
            line(format!("    {} = {}", option.name.value, exposed(&option.value)));
        }
        for secret in &connect.secret_options {
            line(format!("    option {} = {}", told(&secret.name), told(&secret.value_from)));
        }
    }
    for fact in &service.unreadable {
        line(format!("  unreadable: {}", told(fact)));
    }
    text
}

pub(crate) fn overrides(run: &RunOverrides) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    line(format!("run of {} at {}", maybe(run.task_definition.as_ref()), run.place));
    line(format!("  execution role {}, task role {}", maybe(run.execution_role.as_ref()), maybe(run.task_role.as_ref())));
    for container in &run.containers {
        line(format!("  container {}", told(&container.name)));
        for entry in &container.environment {
            line(format!("    environment {} = {}", told(&entry.name), exposed(&entry.value)));
        }
        for file in &container.environment_files {
            line(format!("    file {}", told(&file.value)));
        }
        for word in &container.command {
            line(format!("    command {}", exposed(word)));
        }
    }
    for fact in &run.unreadable {
        line(format!("  unreadable: {}", told(fact)));
    }
    text
}

/// Everything of a document.
pub(crate) fn document_of(document: &Document) -> String {
    let mut text = format!("{:?}\n", document.dialect);
    let mut line = |line: String| writeln!(text, "{}", line.trim_end()).unwrap();
    for one in &document.definitions {
        if let Some(id) = &one.logical_id {
            line(format!("{} ({:?}) at {}", id.value, one.kind, id.place));
        }
        line(definition(one));
    }
    for one in &document.services {
        if let Some(id) = &one.logical_id {
            line(format!("{} at {}", id.value, id.place));
        }
        line(service(one));
    }
    for one in &document.overrides {
        line(overrides(one));
    }
    for role in &document.roles {
        line(format!("role {} named {}, boundary {}", role.logical_id.value, maybe(role.name.as_ref()), maybe(role.boundary.as_ref())));
        for managed in &role.managed_policies {
            line(format!("  managed policy {}", told(managed)));
        }
    }
    for policy in &document.policies {
        line(format!("policy {} ({}) of {:?}", policy.name, policy.kind.as_str(), policy.roles));
        for statement in &policy.document.statements {
            let actions: Vec<&str> = statement.action.patterns.iter().map(|action| action.text.as_str()).collect();
            let resources =
                statement.resource.as_ref().map(|resource| resource.patterns.iter().map(|one| one.text.as_str()).collect::<Vec<_>>());
            let place = statement.place.as_ref().map_or_else(|| "nowhere".to_owned(), ToString::to_string);
            line(format!("  {:?} {actions:?} on {resources:?} at {place}", statement.effect));
        }
    }
    for stored in &document.stored {
        line(format!(
            "{:?} {} named {}, type {}, key {}, generated key {}",
            stored.store,
            stored.logical_id.value,
            maybe(stored.name.as_ref()),
            maybe(stored.parameter_type.as_ref()),
            maybe(stored.key.as_ref()),
            maybe(stored.generated_key.as_ref())
        ));
    }
    for parameter in &document.parameters_declared {
        let (kind, default) = (maybe(parameter.kind.as_ref()), maybe(parameter.default.as_ref()));
        line(format!("parameter {} of type {kind}, default {default}, hidden {}", parameter.name.value, parameter.hidden));
    }
    for symbol in &document.symbols {
        let attribute = symbol.attribute.as_ref().map(|attribute| format!(".{attribute}")).unwrap_or_default();
        line(format!("{}: {:?} {}{attribute} {:?}", symbol.place, symbol.before, symbol.logical_id, symbol.behind));
    }
    if let Some(config) = &document.ecspresso {
        line(format!("ecspresso: task definition {}", maybe(config.task_definition.as_ref())));
        line(format!("  service definition {}, service {}", maybe(config.service_definition.as_ref()), maybe(config.service.as_ref())));
        line(format!("  cluster {}, region {}", maybe(config.cluster.as_ref()), maybe(config.region.as_ref())));
        for plugin in &config.plugins {
            line(format!(
                "  plugin {} {:?} path {} url {}",
                told(&plugin.name),
                plugin.prefix,
                maybe(plugin.path.as_ref()),
                maybe(plugin.url.as_ref())
            ));
        }
    }
    for note in document.notes.iter().chain(&document.problems) {
        line(format!("{}: {}", note.place.as_ref().unwrap(), note.code));
    }
    for fact in &document.unreadable {
        line(format!("unreadable: {}", told(fact)));
    }
    text
}

//! Task definitions and their containers, in the API's keys or CloudFormation's.
//!
//! Every string is taken as written: a placeholder that another program was to fill in is a string too, and judged by the model
//! (`sekisho_model::ValueFrom`). What has the wrong type is [`Because::WrongType`], whose `expected` and `found` are words of JSON (`string`, `number`,
//! `boolean`, `object`, `array`, `null`), a key, or one of: `nothing` (the key is not there), `twice` (the same key stands once more further down),
//! `other-case` (the key is written in other letters).

use sekisho_model::Fact;
use sekisho_model::task_definition::{
    Container, DefinitionKind, EnvironmentEntry, EnvironmentFile, NamedValue, SecretEntry, TaskDefinition,
};

use crate::document::{self, Reading};
use crate::problem::{Problem, Problems, TASK_DEFINITION_NONE, TASK_DEFINITION_SEVERAL};
use crate::reader::Reader;
use crate::text::Text;
use crate::tree::Node;

/// Reads the one task definition of `bytes`, the content of `file`, at most 16 MiB: a bare definition, what `describe-task-definition` prints
/// (`{"taskDefinition": …}`), a list of container definitions, a single container definition, or a CloudFormation template that has one; in JSON or
/// YAML. A byte-order mark, comments and a comma too many or too few are tolerated ([`notes`] reports the latter). Keys that have nothing to do with
/// secrets are ignored; `null` counts as absent.
///
/// Source of the places that name secrets: facts/ecs.md §1. Whatever of them cannot be read is in [`TaskDefinition::unreadable`] or an unreadable leaf,
/// and the rest is read.
///
/// # Errors
/// The file is too large, no UTF-8, neither JSON nor YAML, nested too deeply, or has no task definition, or several. No value is repeated.
pub fn task_definitions(file: &str, bytes: &[u8]) -> Result<TaskDefinition, Problems> {
    task_definition_with(file, bytes, &Reading::default())
}

/// As [`task_definitions`], with what `options` have at hand.
///
/// # Errors
/// As [`task_definitions`].
pub fn task_definition_with(file: &str, bytes: &[u8], options: &Reading) -> Result<TaskDefinition, Problems> {
    let mut read = document::named(file, bytes, options)?;
    let whole = || Text::new(file, bytes, document::LIMIT).map(|text| text.place(0, text.content.trim_end().len()));
    match (read.definitions.pop(), read.definitions.len()) {
        (None, _) => Err(Problem::at(TASK_DEFINITION_NONE, whole()?).into()),
        (Some(mut definition), 0) => {
            definition.unreadable.append(&mut read.unreadable);
            Ok(definition)
        }
        (Some(second), others) => {
            let problem = Problem::at(TASK_DEFINITION_SEVERAL, second.place).with("count", others + 1);
            Err(problem.into())
        }
    }
}

/// Comments and commas too many or too few of a file in JSON: [`task_definitions`] reads over them, the AWS CLI does not. The first two hundred; empty
/// where the file cannot be read at all.
pub fn notes(file: &str, bytes: &[u8]) -> Vec<Problem> {
    document::named(file, bytes, &Reading::default()).map(|read| read.notes).unwrap_or_default()
}

/// `logConfiguration`.
#[derive(Debug, Default)]
pub(crate) struct Logs {
    pub(crate) driver: Option<Fact<String>>,
    pub(crate) options: Vec<NamedValue>,
    pub(crate) secret_options: Vec<SecretEntry>,
}

impl<'r> Reader<'r> {
    pub(crate) fn definition(&mut self, object: &'r Node<'r>) -> TaskDefinition {
        let known = [
            "containerDefinitions",
            "executionRoleArn",
            "taskRoleArn",
            "family",
            "taskDefinitionArn",
            "requiresCompatibilities",
            "networkMode",
            "runtimePlatform",
            "tags",
            "volumes",
        ];
        self.look_over(object, &known);
        if self.value(object, "containerDefinitions").is_none() {
            self.lost_as(object, "containerDefinitions", "nothing");
        }
        let elements = self.list(object, "containerDefinitions");
        let platform = self.object(object, "runtimePlatform");
        let empty_tags = self.value(object, "tags").filter(|tags| tags.list().is_some_and(<[_]>::is_empty)).map(|tags| self.place(tags));
        TaskDefinition {
            family: self.text(object, "family"),
            arn: self.text(object, "taskDefinitionArn"),
            execution_role: self.text(object, "executionRoleArn"),
            task_role: self.text(object, "taskRoleArn"),
            requires_compatibilities: self.strings(object, "requiresCompatibilities"),
            network_mode: self.text(object, "networkMode"),
            operating_system: platform.and_then(|platform| self.text(platform, "operatingSystemFamily")),
            architecture: platform.and_then(|platform| self.text(platform, "cpuArchitecture")),
            empty_tags,
            containers: self.containers(elements),
            volume_credentials: self.volume_credentials(object),
            ..TaskDefinition::empty(self.place(object))
        }
    }

    fn volume_credentials(&mut self, definition: &'r Node<'r>) -> Vec<Fact<String>> {
        let mut found = Vec::new();
        for volume in self.objects(definition, "volumes") {
            self.look_over(volume, &["fsxWindowsFileServerVolumeConfiguration"]);
            let Some(configuration) = self.object(volume, "fsxWindowsFileServerVolumeConfiguration") else { continue };
            self.look_over(configuration, &["authorizationConfig"]);
            let Some(authorization) = self.object(configuration, "authorizationConfig") else { continue };
            self.look_over(authorization, &["credentialsParameter"]);
            found.extend(self.text(authorization, "credentialsParameter"));
        }
        found
    }

    pub(crate) fn containers(&mut self, elements: &'r [Node<'r>]) -> Vec<Container> {
        self.objects_of(elements).into_iter().map(|object| self.container(object)).collect()
    }

    /// The container of an Express service (facts/ecs.md §1, row 14), whose keys are fewer and partly others.
    pub(crate) fn express(&mut self, object: &'r Node<'r>) -> Option<TaskDefinition> {
        self.look_over(object, &["primaryContainer", "executionRoleArn", "taskRoleArn", "serviceName", "tags"]);
        let primary = self.object(object, "primaryContainer")?;
        let known = ["image", "command", "environment", "secrets", "repositoryCredentials", "awsLogsConfiguration"];
        self.look_over(primary, &known);
        let container = Container {
            image: self.text(primary, "image"),
            command: self.secret_texts(primary, "command"),
            environment: self.environment(primary),
            secrets: self.secrets(primary, "secrets"),
            repository_credentials: self.repository_credentials(primary),
            ..Container::named(self.place(primary), "primaryContainer")
        };
        Some(TaskDefinition {
            kind: DefinitionKind::Express,
            family: self.text(object, "serviceName"),
            execution_role: self.text(object, "executionRoleArn"),
            task_role: self.text(object, "taskRoleArn"),
            containers: vec![container],
            ..TaskDefinition::empty(self.place(object))
        })
    }

    pub(crate) fn container(&mut self, object: &'r Node<'r>) -> Container {
        let known = [
            "name",
            "image",
            "essential",
            "command",
            "entryPoint",
            "healthCheck",
            "dockerLabels",
            "environment",
            "environmentFiles",
            "secrets",
            "logConfiguration",
            "firelensConfiguration",
            "repositoryCredentials",
            "credentialSpecs",
            "dockerSecurityOptions",
        ];
        self.look_over(object, &known);
        let logs = self.log_configuration(object);
        let (firelens, firelens_options, firelens_file) = self.firelens(object);
        let health_check = self.object(object, "healthCheck");
        Container {
            image: self.text(object, "image"),
            essential: self.value(object, "essential").map(|value| self.flag(value)),
            command: self.secret_texts(object, "command"),
            entry_point: self.secret_texts(object, "entryPoint"),
            health_check: health_check.map(|check| self.secret_texts(check, "command")).unwrap_or_default(),
            docker_labels: self.named_values(object, "dockerLabels"),
            environment: self.environment(object),
            environment_files: self.environment_files(object),
            secrets: self.secrets(object, "secrets"),
            log_driver: logs.driver,
            log_options: logs.options,
            secret_options: logs.secret_options,
            firelens,
            firelens_options,
            firelens_file,
            repository_credentials: self.repository_credentials(object),
            credential_specs: self.credential_specs(object),
            ..Container::empty(self.place(object), self.needed(object, "name"))
        }
    }

    pub(crate) fn environment(&mut self, container: &'r Node<'r>) -> Vec<EnvironmentEntry> {
        let mut entries = Vec::new();
        for entry in self.objects(container, "environment") {
            self.look_over(entry, &["name", "value"]);
            // A reference in the wrong list: the AWS CLI refuses the key, other tools drop it (facts/ecs.md §1, row 13).
            if let Some(reference) = self.value(entry, "valueFrom") {
                self.lost_as(reference, "value", "valueFrom");
            }
            let (name, value) = (self.needed(entry, "name"), self.needed_secret(entry, "value"));
            entries.push(EnvironmentEntry { place: self.place(entry), name, value });
        }
        entries
    }

    pub(crate) fn environment_files(&mut self, container: &'r Node<'r>) -> Vec<EnvironmentFile> {
        let mut files = Vec::new();
        for entry in self.objects(container, "environmentFiles") {
            self.look_over(entry, &["value", "type"]);
            files.push(EnvironmentFile { place: self.place(entry), value: self.needed(entry, "value"), kind: self.text(entry, "type") });
        }
        files
    }

    pub(crate) fn secrets(&mut self, object: &'r Node<'r>, key: &str) -> Vec<SecretEntry> {
        let mut entries = Vec::new();
        for entry in self.objects(object, key) {
            self.look_over(entry, &["name", "valueFrom"]);
            let value_from =
                self.value(entry, "valueFrom").map(|value| self.reference(value)).unwrap_or_else(|| match self.value(entry, "value") {
                    // What stands there may be a value: only that it is the wrong key is told.
                    Some(value) => self.wrong(value, "valueFrom", "value"),
                    None => self.wrong(entry, "string", "nothing"),
                });
            entries.push(SecretEntry { place: self.place(entry), name: self.needed(entry, "name"), value_from });
        }
        entries
    }

    pub(crate) fn log_configuration(&mut self, container: &'r Node<'r>) -> Logs {
        let Some(configuration) = self.object(container, "logConfiguration") else { return Logs::default() };
        self.look_over(configuration, &["logDriver", "options", "secretOptions"]);
        Logs {
            driver: self.text(configuration, "logDriver"),
            options: self.named_values(configuration, "options"),
            secret_options: self.secrets(configuration, "secretOptions"),
        }
    }

    /// The type of the router, its options, and the file it loads from S3.
    fn firelens(&mut self, container: &'r Node<'r>) -> (Option<Fact<String>>, Vec<NamedValue>, Option<Fact<String>>) {
        let Some(configuration) = self.object(container, "firelensConfiguration") else { return (None, Vec::new(), None) };
        self.look_over(configuration, &["type", "options"]);
        let options = self.named_values(configuration, "options");
        let option = |name: &str| options.iter().rfind(|option| option.name.value == name).map(|option| &option.value);
        let from_s3 = option("config-file-type").and_then(Fact::value).is_some_and(|kind| kind.expose() == "s3");
        let file = option("config-file-value").filter(|_| from_s3).map(|file| file.clone().map(|file| file.expose().clone()));
        (self.text(configuration, "type"), options, file)
    }

    fn repository_credentials(&mut self, container: &'r Node<'r>) -> Option<Fact<String>> {
        let credentials = self.object(container, "repositoryCredentials")?;
        self.look_over(credentials, &["credentialsParameter"]);
        self.text(credentials, "credentialsParameter")
    }

    fn credential_specs(&mut self, container: &'r Node<'r>) -> Vec<Fact<String>> {
        let mut found = self.strings(container, "credentialSpecs");
        let options = self.strings(container, "dockerSecurityOptions");
        found.extend(options.into_iter().filter(|option| option.value().is_none_or(|option| option.starts_with("credentialspec"))));
        found
    }
}

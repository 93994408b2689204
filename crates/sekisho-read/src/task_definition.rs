//! Task definitions in JSON, as ECS takes and exports them.
//!
//! Every string is taken as written: a placeholder that another program was to fill in is a string too, and judged by the model
//! (`sekisho_model::ValueFrom`). What has the wrong type is [`Because::WrongType`], whose `expected` and `found` are words of JSON (`string`, `number`,
//! `boolean`, `object`, `array`, `null`), a key, or one of: `nothing` (the key is not there), `twice` (the same key stands once more further down),
//! `other-case` (the key is written in other letters).

use jsonc_parser::ast::{Array, Object, Value};
use jsonc_parser::common::Ranged;
use sekisho_model::task_definition::{Container, EnvironmentEntry, EnvironmentFile, SecretEntry, TaskDefinition};
use sekisho_model::{Because, Fact, Place, Secret, Source};

use crate::json::{self, Dialect, type_of};
use crate::problem::{
    JSON_NOTE_COMMENT, JSON_NOTE_TRAILING_COMMA, Problem, Problems, TASK_DEFINITION_CLOUDFORMATION, TASK_DEFINITION_NONE,
};
use crate::text::{MEBIBYTE, Text};

/// Largest file that is read. ECS takes 64 KiB; what is much larger is something else, and its facts take some fifty times its size in memory.
const LIMIT: usize = 16 * MEBIBYTE;

/// Reads one task definition from `bytes`, the content of `file`, at most 16 MiB: a bare definition, what `describe-task-definition` prints
/// (`{"taskDefinition": …}`), a list of container definitions, or a single container definition. A byte-order mark, comments and a comma behind the last
/// entry are tolerated ([`notes`] reports the latter two). Keys that have nothing to do with secrets are ignored; `null` counts as absent.
///
/// Source of the places that name secrets: facts/ecs.md §1. Whatever of them cannot be read is in [`TaskDefinition::unreadable`] or an unreadable leaf,
/// and the rest is read.
///
/// # Errors
/// The file is too large, no UTF-8, no JSON, nested too deeply, CloudFormation, or no task definition. No value is repeated.
pub fn task_definitions(file: &str, bytes: &[u8]) -> Result<TaskDefinition, Problems> {
    let text = Text::new(file, bytes, LIMIT)?;
    let root = json::parse(&text, Dialect::Commented)?;
    let mut reader = Reader { text: &text, unreadable: Vec::new() };
    let mut definition = match recognise(&text, &root)? {
        Shape::Definition(object) => reader.definition(object),
        Shape::Containers(array) => {
            let place = reader.place(array);
            let containers = reader.containers(&array.elements);
            bare(place, containers)
        }
        Shape::Container(object) => {
            let place = reader.place(object);
            let container = reader.container(object);
            bare(place, vec![container])
        }
    };
    definition.unreadable = reader.unreadable;
    Ok(definition)
}

/// Comments and trailing commas of a task definition: [`task_definitions`] reads over them, the AWS CLI does not. The first hundred of each; empty where the file
/// cannot be read at all.
pub fn notes(file: &str, bytes: &[u8]) -> Vec<Problem> {
    let Ok(text) = Text::new(file, bytes, LIMIT) else { return Vec::new() };
    let (Ok(scan), true) = (json::scan(&text), json::parse(&text, Dialect::Commented).is_ok()) else { return Vec::new() };
    let comments = scan.comments.into_iter().map(|(start, end)| Problem::at(JSON_NOTE_COMMENT, text.place(start, end)));
    let commas = scan.trailing_commas.into_iter().map(|at| Problem::at(JSON_NOTE_TRAILING_COMMA, text.place(at, at + 1)));
    Problems::new(comments.chain(commas).collect()).problems
}

/// What a file holds.
enum Shape<'a, 't> {
    Definition(&'a Object<'t>),
    Containers(&'a Array<'t>),
    Container(&'a Object<'t>),
}

fn recognise<'a, 't>(text: &Text<'_>, root: &'a Value<'t>) -> Result<Shape<'a, 't>, Problem> {
    let none = || Problem::at(TASK_DEFINITION_NONE, text.place(root.range().start, root.range().end));
    match root {
        Value::Object(object) => {
            if has(object, &["containerDefinitions"]) {
                return Ok(Shape::Definition(object));
            }
            if let Some(Value::Object(inner)) =
                object.properties.iter().rfind(|property| property.name.as_str() == "taskDefinition").map(|property| &property.value)
            {
                return not_cloudformation(text, inner).map(|()| Shape::Definition(inner));
            }
            not_cloudformation(text, object)?;
            if is_container(object) {
                Ok(Shape::Container(object))
            } else if has(object, &["family", "taskDefinitionArn"]) {
                Ok(Shape::Definition(object))
            } else {
                Err(none())
            }
        }
        Value::Array(array) => {
            let mut objects = array.elements.iter().filter_map(Value::as_object);
            objects.clone().try_for_each(|object| not_cloudformation(text, object))?;
            if objects.any(is_container) { Ok(Shape::Containers(array)) } else { Err(none()) }
        }
        _ => Err(none()),
    }
}

fn has(object: &Object<'_>, keys: &[&str]) -> bool {
    object.properties.iter().any(|property| keys.contains(&property.name.as_str()))
}

fn is_container(object: &Object<'_>) -> bool {
    has(object, &["image", "secrets", "portMappings", "logConfiguration"])
}

/// CloudFormation and the CDK write the same names with a capital; a reader that ignored them would find no secret at all.
fn not_cloudformation(text: &Text<'_>, object: &Object<'_>) -> Result<(), Problem> {
    let keys = ["ContainerDefinitions", "AWSTemplateFormatVersion", "Resources", "TaskDefinition", "Image", "Secrets", "LogConfiguration"];
    match object.properties.iter().find(|property| keys.contains(&property.name.as_str())) {
        None => Ok(()),
        Some(property) => {
            let range = property.name.range();
            Err(Problem::at(TASK_DEFINITION_CLOUDFORMATION, text.place(range.start, range.end)).with_text("key", property.name.as_str()))
        }
    }
}

fn bare(place: Place, containers: Vec<Container>) -> TaskDefinition {
    TaskDefinition { containers, ..TaskDefinition::empty(place) }
}

struct Reader<'r> {
    text: &'r Text<'r>,
    unreadable: Vec<Fact<()>>,
}

impl Reader<'_> {
    fn place(&self, node: &impl Ranged) -> Place {
        self.text.place(node.range().start, node.range().end)
    }

    fn source(&self, node: &impl Ranged) -> Source {
        Source::Place(self.place(node))
    }

    fn wrong<T>(&self, node: &impl Ranged, expected: &'static str, found: &'static str) -> Fact<T> {
        Fact::Unreadable { because: Because::WrongType { expected, found }, source: self.source(node) }
    }

    fn lost(&mut self, node: &impl Ranged, expected: &'static str, found: &'static str) {
        let fact = self.wrong(node, expected, found);
        self.unreadable.push(fact);
    }

    /// Reports keys of `object` that are nearly those that are read here: written in other letters (Terraform takes them, the API does not), or twice
    /// (every reader of JSON takes the last, silently).
    fn look_over(&mut self, object: &Object<'_>, known: &[&'static str]) {
        for (index, property) in object.properties.iter().enumerate() {
            let name = property.name.as_str();
            let Some(key) = known.iter().copied().find(|key| key.eq_ignore_ascii_case(name)) else { continue };
            if key != name {
                self.lost(&property.name, key, "other-case");
            } else if object.properties.iter().skip(index + 1).any(|later| later.name.as_str() == name) {
                self.lost(&property.name, key, "twice");
            }
        }
    }

    /// What stands under `key`; `null` is nothing.
    fn value<'a, 't>(&self, object: &'a Object<'t>, key: &str) -> Option<&'a Value<'t>> {
        let property = object.properties.iter().rfind(|property| property.name.as_str() == key)?;
        (!matches!(property.value, Value::NullKeyword(_))).then_some(&property.value)
    }

    fn object<'a, 't>(&mut self, object: &'a Object<'t>, key: &str) -> Option<&'a Object<'t>> {
        match self.value(object, key)? {
            Value::Object(inner) => Some(inner),
            other => {
                self.lost(other, "object", type_of(other));
                None
            }
        }
    }

    fn list<'a, 't>(&mut self, object: &'a Object<'t>, key: &str) -> &'a [Value<'t>] {
        match self.value(object, key) {
            None => &[],
            Some(Value::Array(array)) => &array.elements,
            Some(other) => {
                self.lost(other, "array", type_of(other));
                &[]
            }
        }
    }

    /// The objects of the list under `key`.
    fn objects<'a, 't>(&mut self, object: &'a Object<'t>, key: &str) -> Vec<&'a Object<'t>> {
        let mut objects = Vec::new();
        for element in self.list(object, key) {
            match element {
                Value::Object(object) => objects.push(object),
                other => self.lost(other, "object", type_of(other)),
            }
        }
        objects
    }

    fn string(&self, value: &Value<'_>) -> Fact<String> {
        match value {
            Value::StringLit(string) => Fact::known(string.value.clone().into_owned(), self.source(value)),
            other => self.wrong(other, "string", type_of(other)),
        }
    }

    fn text(&self, object: &Object<'_>, key: &str) -> Option<Fact<String>> {
        self.value(object, key).map(|value| self.string(value))
    }

    /// The string under a key that must be there.
    fn needed(&self, object: &Object<'_>, key: &str) -> Fact<String> {
        self.text(object, key).unwrap_or_else(|| self.wrong(object, "string", "nothing"))
    }

    fn strings(&mut self, object: &Object<'_>, key: &str) -> Vec<Fact<String>> {
        let list = self.list(object, key);
        list.iter().map(|value| self.string(value)).collect()
    }

    fn definition(&mut self, object: &Object<'_>) -> TaskDefinition {
        let known = [
            "containerDefinitions",
            "executionRoleArn",
            "taskRoleArn",
            "family",
            "taskDefinitionArn",
            "requiresCompatibilities",
            "volumes",
        ];
        self.look_over(object, &known);
        if self.value(object, "containerDefinitions").is_none() {
            self.lost(object, "containerDefinitions", "nothing");
        }
        let elements = self.list(object, "containerDefinitions");
        TaskDefinition {
            family: self.text(object, "family"),
            arn: self.text(object, "taskDefinitionArn"),
            execution_role: self.text(object, "executionRoleArn"),
            task_role: self.text(object, "taskRoleArn"),
            requires_compatibilities: self.strings(object, "requiresCompatibilities"),
            volume_credentials: self.volume_credentials(object),
            ..bare(self.place(object), self.containers(elements))
        }
    }

    fn volume_credentials(&mut self, definition: &Object<'_>) -> Vec<Fact<String>> {
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

    fn containers(&mut self, elements: &[Value<'_>]) -> Vec<Container> {
        let mut containers = Vec::new();
        for element in elements {
            match element {
                Value::Object(object) => containers.push(self.container(object)),
                other => self.lost(other, "object", type_of(other)),
            }
        }
        containers
    }

    fn container(&mut self, object: &Object<'_>) -> Container {
        let known = [
            "name",
            "image",
            "essential",
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
        let (log_driver, secret_options) = self.log_configuration(object);
        let (firelens, firelens_file) = self.firelens(object);
        Container {
            image: self.text(object, "image"),
            essential: self.value(object, "essential").map(|value| match value {
                Value::BooleanLit(flag) => Fact::known(flag.value, self.source(value)),
                other => self.wrong(other, "boolean", type_of(other)),
            }),
            environment: self.environment(object),
            environment_files: self.environment_files(object),
            secrets: self.secrets(object, "secrets"),
            log_driver,
            secret_options,
            firelens,
            firelens_file,
            repository_credentials: self.repository_credentials(object),
            credential_specs: self.credential_specs(object),
            ..Container::empty(self.place(object), self.needed(object, "name"))
        }
    }

    fn environment(&mut self, container: &Object<'_>) -> Vec<EnvironmentEntry> {
        let mut entries = Vec::new();
        for entry in self.objects(container, "environment") {
            self.look_over(entry, &["name", "value"]);
            // A reference in the wrong list: the AWS CLI refuses the key, other tools drop it (facts/ecs.md §1, row 13).
            if let Some(reference) = self.value(entry, "valueFrom") {
                self.lost(reference, "value", "valueFrom");
            }
            let (name, value) = (self.needed(entry, "name"), self.needed(entry, "value").map(Secret::new));
            entries.push(EnvironmentEntry { place: self.place(entry), name, value });
        }
        entries
    }

    fn environment_files(&mut self, container: &Object<'_>) -> Vec<EnvironmentFile> {
        let mut files = Vec::new();
        for entry in self.objects(container, "environmentFiles") {
            self.look_over(entry, &["value", "type"]);
            files.push(EnvironmentFile { place: self.place(entry), value: self.needed(entry, "value"), kind: self.text(entry, "type") });
        }
        files
    }

    fn secrets(&mut self, object: &Object<'_>, key: &str) -> Vec<SecretEntry> {
        let mut entries = Vec::new();
        for entry in self.objects(object, key) {
            self.look_over(entry, &["name", "valueFrom"]);
            let value_from = self.text(entry, "valueFrom").unwrap_or_else(|| match self.value(entry, "value") {
                // What stands there may be a value: only that it is the wrong key is told.
                Some(value) => self.wrong(value, "valueFrom", "value"),
                None => self.wrong(entry, "string", "nothing"),
            });
            entries.push(SecretEntry { place: self.place(entry), name: self.needed(entry, "name"), value_from });
        }
        entries
    }

    fn log_configuration(&mut self, container: &Object<'_>) -> (Option<Fact<String>>, Vec<SecretEntry>) {
        let Some(configuration) = self.object(container, "logConfiguration") else { return (None, Vec::new()) };
        self.look_over(configuration, &["logDriver", "secretOptions"]);
        (self.text(configuration, "logDriver"), self.secrets(configuration, "secretOptions"))
    }

    /// The type of the router, and the file it loads from S3.
    fn firelens(&mut self, container: &Object<'_>) -> (Option<Fact<String>>, Option<Fact<String>>) {
        let Some(configuration) = self.object(container, "firelensConfiguration") else { return (None, None) };
        self.look_over(configuration, &["type", "options"]);
        let file = self.object(configuration, "options").and_then(|options| {
            let kind = self.text(options, "config-file-type")?;
            if kind.value().is_some_and(|kind| kind == "s3") { self.text(options, "config-file-value") } else { None }
        });
        (self.text(configuration, "type"), file)
    }

    fn repository_credentials(&mut self, container: &Object<'_>) -> Option<Fact<String>> {
        let credentials = self.object(container, "repositoryCredentials")?;
        self.look_over(credentials, &["credentialsParameter"]);
        self.text(credentials, "credentialsParameter")
    }

    fn credential_specs(&mut self, container: &Object<'_>) -> Vec<Fact<String>> {
        let mut found = self.strings(container, "credentialSpecs");
        let options = self.strings(container, "dockerSecurityOptions");
        found.extend(options.into_iter().filter(|option| option.value().is_none_or(|option| option.starts_with("credentialspec"))));
        found
    }
}

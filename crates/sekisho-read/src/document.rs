//! Any file of a repository: what it is, and everything in it that has to do with secrets.

use std::collections::BTreeMap;

use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_model::service::{RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::{DefinitionKind, TaskDefinition};
use sekisho_model::template::{DeclaredParameter, RoleResource, StoredResource, Symbol};
use sekisho_model::{AccountId, Because, Fact, Region, Source};

use crate::cloudformation;
use crate::ecspresso::{self, EcspressoConfig, TerraformState};
use crate::problem::{Problem, Problems};
use crate::reader::{Case, Reader};
use crate::text::{MEBIBYTE, Text};
use crate::tree::{self, Node};

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The API's own form: what ECS takes and exports.
    Ecs,
    /// CloudFormation's keys, with a capital, outside a template.
    Capitals,
    /// A CloudFormation or SAM template.
    CloudFormation,
    /// The configuration of ecspresso.
    Ecspresso,
    /// A policy document.
    Policy,
    /// Nothing of ours: a file that names no task definition, service, role or policy.
    #[default]
    Foreign,
}

/// What a reader may use beyond the file itself. By default nothing: then whatever depends on it is unknown.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Environment variables that `env` and `must_env` may read (design §9: only where the user allows it). A variable that is not in the map is
    /// not set.
    pub allow_env: Option<BTreeMap<String, String>>,
    /// Terraform states for ecspresso's `tfstate`, by the prefix of the plugin's functions; the usual one has none.
    pub states: BTreeMap<String, TerraformState>,
    /// The Region into which a template is deployed: `AWS::Region`.
    pub region: Option<Region>,
    /// The account into which a template is deployed: `AWS::AccountId`.
    pub account: Option<AccountId>,
}

/// A policy in a file.
#[derive(Clone, Debug)]
pub struct FoundPolicy {
    /// The file; in a template the logical id of the resource, with the policy's own name behind a `/` where it is one of several of a role.
    pub name: String,
    /// What it is attached to; guessed where only its content tells.
    pub kind: PolicyKind,
    /// What it says. What only the deployment decides stands as `${NAME}` in its texts.
    pub document: PolicyDocument,
    /// The logical ids of the template's roles to which it is attached.
    pub roles: Vec<String>,
}

/// What was read of one file.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the file is.
    pub dialect: Dialect,
    /// Task definitions, daemons' definitions, and the containers of Express services.
    pub definitions: Vec<TaskDefinition>,
    /// Services.
    pub services: Vec<ServiceDefinition>,
    /// Overrides of RunTask and StartTask.
    pub overrides: Vec<RunOverrides>,
    /// Policies: the file itself, or those of a template.
    pub policies: Vec<FoundPolicy>,
    /// Roles of a template.
    pub roles: Vec<RoleResource>,
    /// Secrets and parameters that a template creates.
    pub stored: Vec<StoredResource>,
    /// `Parameters` of a template.
    pub parameters_declared: Vec<DeclaredParameter>,
    /// The configuration of ecspresso.
    pub ecspresso: Option<EcspressoConfig>,
    /// Which logical ids the unknown leaves refer to, by their places.
    pub symbols: Vec<Symbol>,
    /// What is tolerated here and refused by others: comments, commas too many or too few.
    pub notes: Vec<Problem>,
    /// What is wrong with parts of the file: policies that AWS would refuse to save.
    pub problems: Vec<Problem>,
    /// What could not be read and belongs to none of the above.
    pub unreadable: Vec<Fact<()>>,
}

/// Largest file that is read. ECS takes 64 KiB, CloudFormation 1 MiB; what is much larger is something else.
pub(crate) const LIMIT: usize = 16 * MEBIBYTE;

/// Words one of which is in every file of ours. What has none of them is not even parsed.
const WORDS: [&str; 25] = [
    "containerDefinitions",
    "ContainerDefinitions",
    "executionRoleArn",
    "ExecutionRoleArn",
    "primaryContainer",
    "PrimaryContainer",
    "containerOverrides",
    "secretOptions",
    "repositoryCredentials",
    "logConfiguration",
    "AWSTemplateFormatVersion",
    "AWS::ECS::",
    "serviceName",
    "launchType",
    "networkConfiguration",
    "task_definition",
    "valueFrom",
    "AWS::IAM::",
    "taskDefinition",
    "Statement",
    "ValueFrom",
    "portMappings",
    "PortMappings",
    "essential",
    "Essential",
];

/// How many of [`WORDS`], from the first, nothing else uses: a file that has one and cannot be read is a broken file of ours. Kubernetes knows `valueFrom`
/// too, and a Helm chart is no YAML.
const TELLING: usize = 12;

/// Reads `bytes`, the content of `file`: recognises what it is, whatever its name, and reads it. A file that is nothing of ours is a document of the
/// dialect [`Dialect::Foreign`], without anything in it.
///
/// # Errors
/// The file looks like one of ours and is too large, no UTF-8, or neither JSON nor YAML. No value is repeated.
pub fn document(file: &str, bytes: &[u8], options: &Reading) -> Result<Document, Problems> {
    // Windows' shells write UTF-16, in which no word would be found.
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let has = |words: &[&str]| words.iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some());
    if !is_wide && !has(&WORDS) {
        return Ok(Document::default());
    }
    let is_telling = is_wide || has(WORDS.get(..TELLING).unwrap_or(&WORDS));
    match read(file, bytes, options, Certainty::Found) {
        Err(_) if !is_telling => Ok(Document::default()),
        outcome => outcome,
    }
}

/// Reads a file of which the user says that it is one of ours.
pub(crate) fn named(file: &str, bytes: &[u8], options: &Reading) -> Result<Document, Problems> {
    read(file, bytes, options, Certainty::Named)
}

/// How much a file must look like one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certainty {
    /// The user named it.
    Named,
    /// It was found in a tree.
    Found,
}

fn read(file: &str, bytes: &[u8], options: &Reading, certainty: Certainty) -> Result<Document, Problems> {
    let text = Text::new(file, bytes, LIMIT)?;
    let tree = tree::parse(&text, file)?;
    let mut document = Document { notes: Problems::new(tree.notes).problems, ..Document::default() };
    for root in &tree.roots {
        let case = case_of(root);
        let mut reader = Reader::new(&text, options, case);
        let dialect = recognise(&mut reader, root, certainty, &mut document);
        document.symbols.append(&mut reader.symbols);
        document.unreadable.append(&mut reader.unreadable);
        if document.dialect == Dialect::Foreign {
            document.dialect = dialect;
        }
    }
    if document.dialect == Dialect::Foreign {
        document = Document::default();
    } else {
        // What a template program adds between the lines may be anything.
        let hole = |(start, end): &(usize, usize)| {
            let written = text.content.get(*start..*end).unwrap_or_default();
            let source = Source::Place(text.place(*start, *end));
            Fact::Unknown { because: Because::Unrendered(crate::reader::shown(written)), source }
        };
        document.unreadable.extend(tree.holes.iter().map(hole));
    }
    Ok(document)
}

/// Whether the keys are CloudFormation's.
fn case_of(root: &Node<'_>) -> Case {
    let capitals = [
        "ContainerDefinitions",
        "AWSTemplateFormatVersion",
        "Resources",
        "TaskDefinition",
        "Image",
        "Secrets",
        "PrimaryContainer",
        "ServiceName",
    ];
    let is_capital = |object: &Node<'_>| {
        object.map().unwrap_or_default().iter().any(|member| {
            capitals.contains(&member.key.as_ref())
                || (member.key == "taskDefinition" && member.value.get("ContainerDefinitions").is_some())
        })
    };
    let has_capitals = match root.list() {
        Some(items) => items.iter().any(is_capital),
        None => is_capital(root),
    };
    if has_capitals && root.get("containerDefinitions").is_none() { Case::Capital } else { Case::Camel }
}

/// Finds out what `root` is, and reads it into `document`.
fn recognise<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, certainty: Certainty, document: &mut Document) -> Dialect {
    let dialect = if reader.case == Case::Capital { Dialect::Capitals } else { Dialect::Ecs };
    if let Some(items) = root.list() {
        return list(reader, root, items, document).map_or(Dialect::Foreign, |()| dialect);
    }
    if cloudformation::is_template(root) {
        cloudformation::template(reader, root, document);
        return Dialect::CloudFormation;
    }
    if is_policy(root) {
        match crate::policy::policy_at(reader, root, None) {
            Ok(policy) => {
                let kind = crate::policy::kind_of(&policy);
                document.policies.push(FoundPolicy { name: reader.text.file().to_owned(), kind, document: policy, roles: Vec::new() });
            }
            Err(problems) => document.problems.extend(problems.problems),
        }
        return Dialect::Policy;
    }
    if ecspresso::is_configuration(root) {
        document.ecspresso = Some(ecspresso::configuration(reader, root));
        return Dialect::Ecspresso;
    }
    match object(reader, root, certainty, document) {
        Some(()) => dialect,
        None => Dialect::Foreign,
    }
}

/// Whether `root` is a policy document: statements with an effect.
fn is_policy(root: &Node<'_>) -> bool {
    let Some(statement) = root.get("Statement") else { return false };
    let statements = statement.list().unwrap_or(std::slice::from_ref(statement));
    statements.iter().any(|statement| statement.get("Effect").is_some())
}

/// One object of the API: a definition, a service, an Express service, the overrides of a run, or a container.
fn object<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, certainty: Certainty, document: &mut Document) -> Option<()> {
    let has =
        |reader: &Reader<'r>, key: &str| root.map().is_some_and(|members| members.iter().any(|member| reader.case.is(&member.key, key)));
    let wrapped = |key: &str| {
        let member = root.map()?.iter().rfind(|member| member.key.eq_ignore_ascii_case(key))?;
        member.value.map().map(|_| &member.value)
    };
    if has(reader, "containerDefinitions") {
        define(reader, root, document);
        return Some(());
    }
    if let Some(inner) = wrapped("taskDefinition").or_else(|| wrapped("daemonTaskDefinition")) {
        define(reader, inner, document);
        if wrapped("daemonTaskDefinition").is_some()
            && let Some(definition) = document.definitions.last_mut()
        {
            definition.kind = DefinitionKind::Daemon;
        }
        return Some(());
    }
    if has(reader, "primaryContainer") {
        return express(reader, root, document);
    }
    if let Some(services) = root.get("services").and_then(Node::list) {
        return list(reader, root, services, document);
    }
    if let Some(service) = root.get("service").filter(|service| service.map().is_some()) {
        // `describe-express-gateway-service` shows the containers of the configurations that are active.
        let configurations = reader.objects(service, "activeConfigurations");
        if !configurations.is_empty() {
            return configurations.into_iter().try_for_each(|configuration| express(reader, configuration, document));
        }
        return object(reader, service, certainty, document);
    }
    if reader.is_run(root) {
        let overrides = reader.overrides(root);
        document.overrides.push(overrides);
        return Some(());
    }
    if reader.is_service(root) {
        serve(reader, root, document);
        return Some(());
    }
    if is_container(reader, root, certainty) {
        let mut definition = TaskDefinition::empty(reader.place(root));
        definition.containers = vec![reader.container(root)];
        definition.unreadable = std::mem::take(&mut reader.unreadable);
        document.definitions.push(definition);
        return Some(());
    }
    let beside = ["cpu", "memory", "networkMode", "requiresCompatibilities", "executionRoleArn", "taskRoleArn"];
    let is_definition = match certainty {
        Certainty::Named => has(reader, "family") || has(reader, "taskDefinitionArn"),
        Certainty::Found => has(reader, "family") && beside.into_iter().any(|key| has(reader, key)),
    };
    is_definition.then(|| define(reader, root, document))
}

fn define<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, document: &mut Document) {
    let mut definition = reader.definition(root);
    definition.unreadable = std::mem::take(&mut reader.unreadable);
    document.definitions.push(definition);
}

fn serve<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, document: &mut Document) {
    let mut service = reader.service(root);
    service.unreadable = std::mem::take(&mut reader.unreadable);
    document.services.push(service);
}

fn express<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, document: &mut Document) -> Option<()> {
    let mut definition = reader.express(root)?;
    definition.unreadable = std::mem::take(&mut reader.unreadable);
    document.definitions.push(definition);
    Some(())
}

/// A list of containers, of definitions or of services.
fn list<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, items: &'r [Node<'r>], document: &mut Document) -> Option<()> {
    let any = |reader: &Reader<'r>, is: &dyn Fn(&Reader<'r>, &'r Node<'r>) -> bool| items.iter().any(|item| is(reader, item));
    if any(reader, &|reader, item| is_container(reader, item, Certainty::Found)) {
        let mut definition = TaskDefinition::empty(reader.place(root));
        definition.containers = reader.containers(items);
        definition.unreadable = std::mem::take(&mut reader.unreadable);
        document.definitions.push(definition);
        return Some(());
    }
    let has_containers = |reader: &Reader<'r>, item: &'r Node<'r>| reader.value(item, "containerDefinitions").is_some();
    let is_service = |reader: &Reader<'r>, item: &'r Node<'r>| reader.is_service(item);
    if any(reader, &has_containers) {
        for item in reader.objects_of(items) {
            define(reader, item, document);
        }
        return Some(());
    }
    if any(reader, &is_service) {
        for item in reader.objects_of(items) {
            serve(reader, item, document);
        }
        return Some(());
    }
    None
}

/// Whether `object` is a container definition. One that was found must have a name, an image, and a list or object that other programs' files do
/// not have: a development container has a name and an image too.
fn is_container(reader: &Reader<'_>, object: &Node<'_>, certainty: Certainty) -> bool {
    let members = object.map().unwrap_or_default();
    let has = |key: &str| members.iter().any(|member| reader.case.is(&member.key, key));
    let list = |key: &str| members.iter().any(|member| reader.case.is(&member.key, key) && member.value.list().is_some());
    match certainty {
        Certainty::Named => ["image", "secrets", "portMappings", "logConfiguration"].into_iter().any(has),
        Certainty::Found => {
            let lists = ["secrets", "environment", "portMappings", "mountPoints", "environmentFiles"].into_iter().any(list);
            (has("name") && lists && (has("image") || list("secrets"))) || (has("image") && (has("essential") || has("logConfiguration")))
        }
    }
}

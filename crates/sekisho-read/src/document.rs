//! Any file of a repository: what it is, and everything in it that has to do with secrets.

use std::collections::BTreeMap;

use sekisho_model::service::{RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::TaskDefinition;
use sekisho_model::template::{DeclaredParameter, RoleResource, StoredResource, Symbol};
use sekisho_model::{AccountId, Fact, Region};

use crate::problem::{Problem, Problems};

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
    /// The Region into which a template is deployed: `AWS::Region`.
    pub region: Option<Region>,
    /// The account into which a template is deployed: `AWS::AccountId`.
    pub account: Option<AccountId>,
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
    /// Roles of a template.
    pub roles: Vec<RoleResource>,
    /// Secrets and parameters that a template creates.
    pub stored: Vec<StoredResource>,
    /// `Parameters` of a template.
    pub parameters_declared: Vec<DeclaredParameter>,
    /// Which logical ids the unknown leaves refer to, by their places.
    pub symbols: Vec<Symbol>,
    /// What is tolerated here and refused by others: comments, commas too many or too few.
    pub notes: Vec<Problem>,
    /// What could not be read and belongs to none of the above.
    pub unreadable: Vec<Fact<()>>,
}

/// Reads `bytes`, the content of `file`: recognises what it is, whatever its name, and reads it. A file that is nothing of ours is a document of the
/// dialect [`Dialect::Foreign`], without anything in it.
///
/// # Errors
/// The file looks like one of ours, or cannot be recognised, and cannot be read. No value is repeated.
pub fn document(file: &str, bytes: &[u8], _options: &Reading) -> Result<Document, Problems> {
    match crate::task_definitions(file, bytes) {
        Ok(definition) => {
            let notes = crate::task_definition::notes(file, bytes);
            Ok(Document { dialect: Dialect::Ecs, definitions: vec![definition], notes, ..Document::default() })
        }
        Err(problems) if problems.problems.iter().all(|problem| problem.code == crate::problem::TASK_DEFINITION_NONE) => {
            Ok(Document::default())
        }
        Err(problems) => Err(problems),
    }
}

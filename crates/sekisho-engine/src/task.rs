//! The calls that ECS makes for a task before its containers run, and whether the task's roles may make them.
//!
//! Facts in, decisions out: [`needs`] lists the calls, [`questions`] what has to be known to decide them, [`examine`] decides them, and [`further`] says what
//! more could turn a denial. The rules 01xx speak of what came out.

mod compiled;
mod decide;
mod diagnosis;
mod excess;
mod need;
mod report;

pub use decide::{Answer, Decided, Standing, TaskAccess, examine};
pub use diagnosis::{Cause, Named, Trust, Why};
pub use excess::Excess;
pub use need::{Need, Purpose, calls, needs};
pub(crate) use report::{about_call, addresses_of};

use std::collections::BTreeSet;

use sekisho_model::access::{AccessQuestions, role_name};
use sekisho_model::observed::Lookup;
use sekisho_model::value_from::Surroundings;
use sekisho_model::{Arn, Fact};

use crate::{Case, Definition};

/// What has to be looked up to decide the calls of every task of `case`: the roles, the policies of the keys and of the secrets, each once. A task that names
/// no role needs nothing, nor does one whose role the caller has assumed.
pub fn questions(case: &Case<'_>) -> AccessQuestions {
    let mut questions = AccessQuestions::default();
    for definition in case.definitions {
        let Some(execution) = execution_role(definition).filter(|role| !is_caller(case, role)) else { continue };
        let task = definition.definition.task_role.as_ref().and_then(Fact::value).cloned();
        questions.roles.extend([Some(execution), task].into_iter().flatten().filter(|role| role_name(role).is_some()));
        for reference in case.references.iter().filter(|reference| reference.service == definition.service) {
            if let Some(secret) = case.secret(reference).and_then(Fact::value).and_then(Lookup::found) {
                questions.secrets.insert(secret.arn.clone());
            }
            if let Some((_, fact)) = case.key(reference)
                && let Some(key) = fact.value().and_then(Lookup::found)
                && !key.aws_managed
            {
                questions.keys.insert(key.arn.clone());
            }
        }
    }
    questions
}

/// What was not looked up and could turn a denial: the grants of these keys, the versions of these secrets. By ARN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Further {
    /// Keys whose policies do not allow.
    pub grants: BTreeSet<String>,
    /// Secrets whose present key the role may not use.
    pub versions: BTreeSet<String>,
}

/// What else has to be looked up for `tasks`, whose policies have been.
pub fn further(tasks: &[TaskAccess]) -> Further {
    let mut further = Further::default();
    for decided in tasks.iter().flat_map(|task| &task.calls) {
        if let Answer::CannotTell(why) = &decided.answer {
            for why in why {
                match why {
                    Why::GrantsNotListed => _ = further.grants.insert(decided.need.call.resource.clone()),
                    Why::VersionsNotListed { secret } => _ = further.versions.insert(secret.clone()),
                    _ => {}
                }
            }
        }
    }
    further
}

/// The execution role of `definition` as it is written, where that is known and not empty.
pub(crate) fn execution_role(definition: &Definition) -> Option<String> {
    definition.definition.execution_role.as_ref().and_then(Fact::value).map(|role| role.trim().to_owned()).filter(|role| !role.is_empty())
}

/// Whether ECS reads the secrets of `definition` with the role `caller`.
pub fn is_executed_by(definition: &Definition, caller: Option<&str>, surroundings: &Surroundings) -> bool {
    let (Some(caller), Some(role)) = (caller, execution_role(definition)) else { return false };
    is_same_role(caller, &role, surroundings)
}

/// Whether `role` is the one that the caller has assumed.
pub(crate) fn is_caller(case: &Case<'_>, role: &str) -> bool {
    case.caller_role.is_some_and(|caller| is_same_role(caller, role, case.surroundings))
}

/// Names of roles are unique in an account, whatever their path.
fn is_same_role(one: &str, other: &str, surroundings: &Surroundings) -> bool {
    let own = surroundings.account.as_ref().map(ToString::to_string);
    let account = |role: &str| role.parse::<Arn>().ok().map(|arn| arn.account).or_else(|| own.clone());
    role_name(one).is_some() && role_name(one) == role_name(other) && account(one) == account(other)
}

//! The roles part of a verification: what the tasks' execution roles may, looked up and decided.

use sekisho_aws::{observe_access, observe_grants, observe_versions};
use sekisho_engine::Case;
use sekisho_engine::task::{self, TaskAccess, further};
use sekisho_model::access::{Access, Document, Kind, role_name};
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_model::{Because, Fact};

use crate::endpoint::Reached;
use crate::session::Session;

/// The role that `--assume-role` named, where the calls are really made as it. Then what it may is seen by doing it; but not on the embedded AWS, which
/// lets everybody read everything.
pub(crate) fn caller_role(session: &Session, reached: &Reached) -> Option<String> {
    if reached.is_local() {
        return None;
    }
    let named = session.global.assume_role.as_ref()?;
    let session_of = reached.identity.arn.split(":assumed-role/").nth(1)?.split('/').next()?;
    (role_name(named).as_deref() == Some(session_of)).then(|| named.clone())
}

/// Decides every call of every task of `case`. Roles, key policies and the policies of secrets are looked up first, each once; grants and the keys of
/// versions only where the policies do not allow. With `skip` nothing is looked up, and the role becomes an assumption.
pub(crate) async fn examine(session: &Session, reached: &Reached, case: &Case<'_>, skip: bool) -> Vec<TaskAccess> {
    let questions = if skip { Default::default() } else { task::questions(case) };
    let told = observe_access(&reached.connection, reached.identity.account.as_str(), &questions).await;
    let mut access: Access<PolicyDocument> = told.read(|which, fact| read(session, which, fact));
    let tasks = task::examine(case, &access);
    let further = further(&tasks);
    if further.grants.is_empty() && further.versions.is_empty() {
        return tasks;
    }
    let (grants, versions) =
        tokio::join!(observe_grants(&reached.connection, &further.grants), observe_versions(&reached.connection, &further.versions));
    for (arn, grants) in grants {
        if let Some(key) = access.keys.get_mut(&arn) {
            key.grants = grants;
        }
    }
    access.versions.extend(versions);
    let tasks = task::examine(case, &access);
    // A key whose grants do not allow leads to the question under which keys the versions are.
    let again = task::further(&tasks).versions;
    if again.is_empty() {
        return tasks;
    }
    access.versions.extend(observe_versions(&reached.connection, &again).await);
    task::examine(case, &access)
}

/// Reads one document. What AWS keeps and our reader does not understand is a fact that says so.
fn read(session: &Session, which: Document<'_>, fact: Fact<String>) -> Fact<PolicyDocument> {
    let kind = match which.kind {
        Kind::Identity => PolicyKind::Identity,
        Kind::Boundary => PolicyKind::Boundary,
        Kind::Trust => PolicyKind::Trust,
        Kind::Key | Kind::Secret => PolicyKind::Resource,
    };
    match fact {
        Fact::Known { value, source } => match sekisho_read::policy_text(&value, Some(kind)) {
            Ok(document) => Fact::Known { value: document, source },
            Err(problems) => {
                let said: Vec<String> = problems.problems.iter().take(3).map(|problem| session.say(problem.code, &problem.args)).collect();
                Fact::Unreadable { because: Because::NotTold(said.join("; ")), source }
            }
        },
        Fact::Unknown { because, source } => Fact::Unknown { because, source },
        Fact::Unreadable { because, source } => Fact::Unreadable { because, source },
    }
}

//! SEK0105 right-on-wrong-role.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// The task role may read what the execution role may not.
    ///
    /// ECS reads secrets before the container runs, with the execution role (`executionRoleArn`). The task role (`taskRoleArn`) is for the application's own
    /// calls, later. The policy is attached to the wrong one of the two.
    "SEK0105" "right-on-wrong-role" Error RightOnWrongRole |case, findings| {
        for task in case.access {
            let definition = case.definitions.iter().find(|definition| definition.service == task.service);
            let other = definition.and_then(|definition| definition.definition.task_role.as_ref()?.value().cloned()).unwrap_or_default();
            for decided in task.calls.iter().filter(|decided| decided.answer == Answer::Denied(Cause::WrongRole)) {
                let other = sekisho_model::access::role_name(&other).unwrap_or_else(|| other.clone());
                findings.extend(about_call(&META, case, task, decided).into_iter().map(|finding| finding.with("other", &other)));
            }
        }
    }
}

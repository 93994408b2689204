//! SEK0408 execution-role-is-task-role.

use crate::Finding;

rule! {
    /// One role for both: for ECS, which reads the secrets before a container starts, and for the program in the container.
    ///
    /// The program then may read every secret of the definition, and those of other containers, for as long as it runs, and whoever breaks into it too.
    "SEK0408" "execution-role-is-task-role" Warning ExecutionRoleIsTaskRole |case, findings| {
        for definition in case.definitions {
            let (Some(execution), Some(task)) = (&definition.definition.execution_role, &definition.definition.task_role) else { continue };
            let (Some(role), Some(same)) = (execution.value(), task.value()) else { continue };
            let is_role = sekisho_model::ValueFrom::parse(role).provider().is_some() && !role.trim().is_empty();
            if role == same && is_role {
                let mut finding = Finding::new(&META, &definition.service).at(task.source()).with("role", role);
                finding.related.extend(match execution.source() {
                    sekisho_model::Source::Place(place) => Some(place.clone()),
                    _ => None,
                });
                findings.push(finding);
            }
        }
    }
}

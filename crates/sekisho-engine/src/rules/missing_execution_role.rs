//! SEK0403 missing-execution-role.

use sekisho_model::Source;

use crate::Finding;

rule! {
    /// A task definition with secrets and without `executionRoleArn`. Registration refuses it: the execution role is who reads them.
    "SEK0403" "missing-execution-role" Error MissingExecutionRole |case, findings| {
        for definition in case.definitions {
            let role = &definition.definition.execution_role;
            let is_missing = role.as_ref().is_none_or(|role| role.value().is_some_and(|role| role.trim().is_empty()));
            let used: Vec<_> = case.references.iter().filter(|reference| reference.service == definition.service && reference.value_from.is_some()).collect();
            if is_missing && !used.is_empty() {
                // Every reference of it is lost, not only the task.
                for reference in used {
                    let finding = Finding::new(&META, &reference.address()).at(&Source::Place(definition.definition.place.clone()));
                    findings.push(finding.with("service", &definition.service));
                }
            }
        }
    }
}

//! SEK0424 overridden-execution-role.

use sekisho_model::Fact;

use crate::Finding;

rule! {
    /// A run that replaces the execution role. It is this role that reads the run's secrets, so that what is proved of the definition's own role says nothing
    /// about the run.
    "SEK0424" "overridden-execution-role" Warning OverriddenExecutionRole |case, findings| {
        for definition in case.definitions {
            for role in definition.overrides.iter().filter_map(|run| run.execution_role.as_ref()) {
                let own = definition.definition.execution_role.as_ref().and_then(Fact::value);
                if role.value().is_some() && role.value() == own {
                    continue;
                }
                let mut finding = Finding::new(&META, &definition.service).at(role.source());
                finding.undecided = true;
                findings.push(finding.with("role", role.value().map_or("?", String::as_str)));
            }
        }
    }
}

//! SEK0425 overridden-secret.

use sekisho_model::Source;

use crate::reference::name_of;
use crate::{Finding, Severity};

rule! {
    /// A run that sets a variable in plain text which the definition takes from a store. There is no override for secrets; whether ECS refuses the run, or the
    /// container gets the secret after all, is not confirmed.
    "SEK0425" "overridden-secret" Warning OverriddenSecret |case, findings| {
        for definition in case.definitions {
            for run in definition.overrides.iter().flat_map(|run| &run.containers) {
                let containers = definition.definition.containers.iter();
                for container in containers.filter(|container| container.name.value().is_some() && container.name.value() == run.name.value()) {
                    for entry in &run.environment {
                        let Some(name) = entry.name.value() else { continue };
                        if container.secrets.iter().any(|secret| secret.name.value() == Some(name)) {
                            let address = format!("{}/{}/{name}", definition.service, name_of(container));
                            let mut finding = Finding::new(&META, &address).as_bad_as(Severity::Warning).at(&Source::Place(entry.place.clone()));
                            finding.undecided = true;
                            findings.push(finding.with("name", name));
                        }
                    }
                }
            }
        }
    }
}

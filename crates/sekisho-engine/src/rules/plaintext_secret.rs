//! SEK0301 plaintext-secret.

use sekisho_model::Source;

use crate::reference::name_of;
use crate::{Finding, Severity, Target};

rule! {
    /// A declared secret that stands in plain text in the task definition's `environment`.
    ///
    /// Everybody with `ecs:DescribeTaskDefinition` reads it, and every revision keeps it. An environment that says `allow_plaintext` gets a note.
    "SEK0301" "plaintext-secret" Error PlaintextSecret |case, findings| {
        for definition in case.definitions {
            for declared in &definition.declared {
                for container in &definition.definition.containers {
                    if declared.container != "*" && container.name.value() != Some(&declared.container) {
                        continue;
                    }
                    let Some(entry) = container.environment.iter().find(|entry| entry.name.value() == Some(&declared.name)) else { continue };
                    let address = format!("{}/{}/{}", definition.service, name_of(container), declared.name);
                    let meant = declared.target == Target::Plaintext && case.allow_plaintext;
                    let severity = if meant { Severity::Note } else { Severity::Error };
                    let finding = Finding::new(&META, &address).as_bad_as(severity).at(&Source::Place(entry.place.clone()));
                    let message = if meant { "plaintext-secret-allowed" } else { "plaintext-secret" };
                    findings.push(finding.saying(message).with("name", &declared.name).with("environment", case.environment));
                }
            }
        }
    }
}

//! SEK0301 plaintext-secret.

use sekisho_model::Source;

use super::on_suspicion;
use crate::detect::{Kind, Where};
use crate::reference::name_of;
use crate::{Finding, Severity, Target};

rule! {
    /// A secret in plain text in the task definition's `environment`: one that the manifest declares, or a value that looks like one under its name.
    ///
    /// Everybody with `ecs:DescribeTaskDefinition` reads it, and every revision keeps it. An environment that says `allow_plaintext` gets a note.
    ///
    /// A value is judged together with its name. A key in its issuer's shape, a private key, a signed token or a password under a password's name is
    /// certain; a random value under a name that speaks of a secret is likely. Passwords in URLs are SEK0306, values that somebody meant to replace
    /// SEK0308. The value itself is shown nowhere.
    "SEK0301" "plaintext-secret" Error PlaintextSecret |case, findings| {
        let before = findings.len();
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
        for suspicion in case.suspicions().iter().filter(|suspicion| suspicion.place == Where::Environment) {
            let told = findings.iter().skip(before).any(|finding| finding.address == suspicion.address);
            if !told && !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder) {
                findings.push(on_suspicion(&META, case, suspicion).saying("plaintext-secret-detected"));
            }
        }
    }
}

//! SEK0409 shadowed-environment-file.

use crate::environment::{Origin, assemble};
use crate::judge::sureness;
use crate::reference::{launch_of, name_of};
use crate::{Finding, Severity};

rule! {
    /// A variable of an environment file that the container does not get, because `secrets`, `environment` or an earlier file has the same name.
    ///
    /// A file's variables count only where the name is not there yet; registration cannot see them, and nothing is said when one is lost.
    "SEK0409" "shadowed-environment-file" Warning ShadowedEnvironmentFile |case, findings| {
        for definition in case.definitions {
            let sure = sureness(launch_of(&definition.definition, &definition.run_by));
            for container in &definition.definition.containers {
                let is_at_hand = |arn: Option<&String>| arn.is_some_and(|arn| case.environment_files.contains_key(arn));
                if !container.environment_files.iter().any(|file| is_at_hand(file.value.value())) {
                    continue;
                }
                for lost in assemble(case, &definition.service, Some(container)).shadowed {
                    let Origin::EnvironmentFile { arn } = &lost.lost else { continue };
                    let by = match &lost.by {
                        Origin::Environment => "environment",
                        Origin::Store { .. } => "secrets",
                        Origin::EnvironmentFile { .. } => "file",
                        Origin::Agent => continue,
                    };
                    let address = format!("{}/{}/{}", definition.service, name_of(container), lost.name);
                    let mut finding = Finding::new(&META, &address).as_sure_as(sure).with("name", &lost.name).with("file", arn).with("by", by);
                    if by != "secrets" {
                        // Defaults in a file that the definition overrides are a habit of many.
                        finding = finding.as_bad_as(Severity::Note);
                    }
                    let line = case.environment_files.get(arn).and_then(|lines| lines.iter().rev().find(|(name, _)| name.value == lost.name));
                    if let Some((name, _)) = line {
                        finding = finding.at(&sekisho_model::Source::Place(name.place.clone()));
                    }
                    findings.push(finding);
                }
            }
        }
    }
}

//! SEK0406 s3-object-not-looked-up.

use crate::Finding;
use crate::reference::name_of;

rule! {
    /// An environment file, FireLens configuration or credential specification that ECS reads from S3. Sekisho does not look at S3 objects yet: that it exists
    /// and that the execution role may read it is not said by any verdict.
    "SEK0406" "s3-object-not-looked-up" Note S3ObjectNotLookedUp |case, findings| {
        for definition in case.definitions {
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                let files = container.environment_files.iter().map(|file| &file.value);
                for fact in files.chain(&container.firelens_file).chain(&container.credential_specs) {
                    let text = fact.value().map(String::as_str).unwrap_or_default();
                    findings.push(Finding::new(&META, &address).at(fact.source()).with("text", text));
                }
            }
        }
    }
}

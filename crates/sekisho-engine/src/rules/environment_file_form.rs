//! SEK0416 environment-file-form.

use sekisho_model::value_from::Form;
use sekisho_model::{Source, ValueFrom};

use crate::judge::sureness;
use crate::reference::{launch_of, name_of};
use crate::{Confidence, Finding};

rule! {
    /// An environment file that is named otherwise than ECS takes it: by the ARN of an S3 object, `arn:aws:s3:::BUCKET/KEY.env`, of the type `s3`, and at most ten
    /// for a container.
    "SEK0416" "environment-file-form" Error EnvironmentFileForm |case, findings| {
        for definition in case.definitions {
            let sure = sureness(launch_of(&definition.definition, &definition.run_by));
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                let finding = || Finding::new(&META, &address).as_sure_as(Confidence::Likely);
                let most = container.environment_files.get(10);
                if let Some(eleventh) = most {
                    let finding = finding().saying("environment-file-form-many").at(&Source::Place(eleventh.place.clone()));
                    findings.push(finding.with("count", container.environment_files.len()));
                }
                for file in &container.environment_files {
                    if let Some(kind) = &file.kind
                        && let Some(found) = kind.value().filter(|kind| *kind != "s3" && !is_templated(kind))
                    {
                        findings.push(finding().saying("environment-file-form-type").at(kind.source()).with("found", found));
                    }
                    let Some(text) = file.value.value().filter(|text| !is_templated(text)) else { continue };
                    if !is_object(text) {
                        // The agent's own pattern fails on it.
                        findings.push(finding().as_sure_as(sure).at(file.value.source()).with("text", text));
                    } else if !text.ends_with(".env") {
                        findings.push(finding().saying("environment-file-form-suffix").at(file.value.source()).with("text", text));
                    }
                }
            }
        }
    }
}

fn is_templated(text: &str) -> bool {
    matches!(ValueFrom::parse(text).form, Form::Unrendered(_))
}

/// The agent's pattern: `arn:PARTITION:s3:::BUCKET/KEY` somewhere in the text (agent `s3.go`; facts/ecs.md §1, row 6).
fn is_object(text: &str) -> bool {
    let object = text.split_once("arn:").and_then(|(_, rest)| rest.split_once(":s3:::"));
    let parts = object.filter(|(partition, _)| !partition.is_empty() && !partition.contains(':')).and_then(|(_, object)| object.split_once('/'));
    parts.is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
}

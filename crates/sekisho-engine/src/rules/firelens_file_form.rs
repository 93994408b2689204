//! SEK0415 firelens-file-form.

use sekisho_model::value_from::Form;
use sekisho_model::ValueFrom;

use crate::Finding;
use crate::reference::name_of;

rule! {
    /// The S3 object of a FireLens configuration by URL. Registration takes its ARN only: `arn:aws:s3:::BUCKET/KEY`.
    "SEK0415" "firelens-file-form" Error FirelensFileForm |case, findings| {
        for definition in case.definitions {
            for container in &definition.definition.containers {
                let Some(fact) = &container.firelens_file else { continue };
                let Some(text) = fact.value() else { continue };
                let templated = matches!(ValueFrom::parse(text).form, Form::Unrendered(_));
                if !templated && !text.starts_with("arn:") {
                    let address = format!("{}/{}", definition.service, name_of(container));
                    findings.push(Finding::new(&META, &address).at(fact.source()).with("text", text));
                }
            }
        }
    }
}

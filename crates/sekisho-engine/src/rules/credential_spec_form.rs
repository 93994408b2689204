//! SEK0420 credential-spec-form.

use sekisho_model::value_from::Form;
use sekisho_model::{Arn, ValueFrom};

use crate::judge::sureness;
use crate::reference::{launch_of, name_of};
use crate::{Confidence, Finding};

rule! {
    /// A credential specification in another form than the agent takes: `credentialspec:` or `credentialspecdomainless:` with the ARN of a parameter or of an S3
    /// object behind it, one for a container.
    "SEK0420" "credential-spec-form" Error CredentialSpecForm |case, findings| {
        for definition in case.definitions {
            let sure = sureness(launch_of(&definition.definition, &definition.run_by));
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                if let Some(second) = container.credential_specs.get(1) {
                    let finding = Finding::new(&META, &address).saying("credential-spec-form-many").as_sure_as(Confidence::Likely);
                    findings.push(finding.at(second.source()));
                }
                for fact in &container.credential_specs {
                    let Some(text) = fact.value() else { continue };
                    let templated = matches!(ValueFrom::parse(text).form, Form::Unrendered(_));
                    if !templated && !is_taken(text) {
                        findings.push(Finding::new(&META, &address).as_sure_as(sure).at(fact.source()).with("text", text));
                    }
                }
            }
        }
    }
}

/// A file on the instance is the older form (`credentialspec:file://…`); the agent hands it on as it is.
fn is_taken(text: &str) -> bool {
    let behind = text.strip_prefix("credentialspecdomainless:").or_else(|| text.strip_prefix("credentialspec:"));
    behind.is_some_and(|behind| {
        behind.starts_with("file://") || behind.parse::<Arn>().is_ok_and(|arn| matches!(arn.service.as_str(), "ssm" | "s3"))
    })
}

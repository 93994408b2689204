//! SEK0404 declared-secret-not-wired.

use sekisho_model::Source;

use crate::reference::name_of;
use crate::{Confidence, Finding};

rule! {
    /// A secret that the manifest declares for a container, and that the container's task definition does not refer to: the container never gets it.
    "SEK0404" "declared-secret-not-wired" Error DeclaredSecretNotWired |case, findings| {
        for definition in case.definitions {
            for declared in &definition.declared {
                let mut is_container = false;
                for container in &definition.definition.containers {
                    if declared.container != "*" && container.name.value() != Some(&declared.container) {
                        continue;
                    }
                    is_container = true;
                    let wired = container.secrets.iter().any(|entry| entry.name.value() == Some(&declared.name))
                        || container.environment.iter().any(|entry| entry.name.value() == Some(&declared.name));
                    // A name that could not be read may be the one.
                    let unread = container.secrets.iter().any(|entry| entry.name.value().is_none());
                    if !wired {
                        let address = format!("{}/{}/{}", definition.service, name_of(container), declared.name);
                        let sure = if unread { Confidence::Likely } else { Confidence::Certain };
                        let finding = Finding::new(&META, &address).as_sure_as(sure).at(&Source::Place(container.place.clone()));
                        findings.push(finding.with("name", &declared.name).with("secret", declared.declared.as_deref().unwrap_or_default()));
                    }
                }
                if !is_container {
                    let finding = Finding::new(&META, &declared.address()).saying("declared-secret-not-wired-container").at(&declared.source);
                    findings.push(finding.with("name", &declared.name).with("container", &declared.container));
                }
            }
        }
    }
}

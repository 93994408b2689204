//! SEK0401 secret-and-environment-clash.

use sekisho_model::Source;

use crate::Finding;
use crate::reference::name_of;

rule! {
    /// The same name in `secrets` and in `environment` of one container. Registration refuses it.
    "SEK0401" "secret-and-environment-clash" Error SecretAndEnvironmentClash |case, findings| {
        for definition in case.definitions {
            for container in &definition.definition.containers {
                for secret in &container.secrets {
                    let Some(name) = secret.name.value() else { continue };
                    if let Some(entry) = container.environment.iter().find(|entry| entry.name.value() == Some(name)) {
                        let address = format!("{}/{}/{name}", definition.service, name_of(container));
                        let mut finding = Finding::new(&META, &address).at(&Source::Place(secret.place.clone())).with("name", name);
                        finding.related.push(entry.place.clone());
                        findings.push(finding);
                    }
                }
            }
        }
    }
}

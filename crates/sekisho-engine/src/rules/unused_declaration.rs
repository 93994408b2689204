//! SEK0422 unused-declaration.

use std::collections::BTreeSet;

use sekisho_model::Source;

use crate::Finding;

rule! {
    /// A secret that the manifest declares and that no service uses. Either a service forgot it, or it can go.
    "SEK0422" "unused-declaration" Note UnusedDeclaration |case, findings| {
        let Some(declaration) = case.declaration.filter(|declaration| !declaration.services.is_empty()) else { return };
        let used: BTreeSet<&str> = declaration
            .services
            .values()
            .flat_map(|service| service.secrets.iter().chain(service.containers.values().flatten()))
            .map(|secret| secret.value.as_str())
            .collect();
        for secret in declaration.secrets.values().filter(|secret| !used.contains(secret.name.as_str())) {
            findings.push(Finding::new(&META, &secret.name).at(&Source::Place(secret.place.clone())).with("secret", &secret.name));
        }
    }
}

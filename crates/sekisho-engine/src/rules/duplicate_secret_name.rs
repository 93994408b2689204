//! SEK0402 duplicate-secret-name.

use std::collections::BTreeMap;

use sekisho_model::Source;

use crate::{Confidence, Finding, Reference, Slot};

rule! {
    /// The same name twice in one container's `secrets`. Registration is reported to refuse it; that rests on one source.
    "SEK0402" "duplicate-secret-name" Error DuplicateSecretName |case, findings| {
        for ((service, container), references) in case.by_container() {
            let mut seen: BTreeMap<&str, &Reference> = BTreeMap::new();
            for reference in references.into_iter().filter(|reference| reference.slot == Slot::Secrets) {
                if let Some(first) = seen.get(reference.name.as_str()) {
                    let address = format!("{service}/{container}/{}", reference.name);
                    let mut finding = Finding::new(&META, &address).at(&reference.source).with("name", &reference.name);
                    finding.related.extend(match &first.source {
                        Source::Place(place) => Some(place.clone()),
                        _ => None,
                    });
                    findings.push(finding.as_sure_as(Confidence::Likely));
                } else {
                    seen.insert(&reference.name, reference);
                }
            }
        }
    }
}

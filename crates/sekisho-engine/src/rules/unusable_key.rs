//! SEK0502 unusable-key.

use sekisho_model::observed::Lookup;

use sekisho_model::{Because, Fact};

use crate::{Case, Confidence, Finding, Reference, Target};

rule! {
    /// A value under a KMS key that is disabled, pending deletion, or gone. Nobody can decrypt it.
    ///
    /// After a change of its key a secret can be read with the previous one too, until a new version is written. So for a secret it is certain only once
    /// reading the value has failed, and nothing where it was read.
    "SEK0502" "unusable-key" Error UnusableKey |case, findings| {
        for reference in case.references {
            if matches!(reference.target, Target::Secret { .. }) && case.value(reference).is_some_and(|fact| fact.value().is_some()) {
                continue;
            }
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source).as_sure_as(sureness(case, reference));
            if let Some((id, fact)) = case.key(reference) {
                match fact.value() {
                    Some(Lookup::Found(key)) if !key.is_usable() => findings.push(finding().with("key", id).with("state", &key.state)),
                    Some(Lookup::Absent) => findings.push(finding().saying("unusable-key-absent").with("key", id)),
                    _ => {}
                }
            }
        }
    }
}

/// A parameter's key is the one of its current version. A secret's may be newer than its versions (Secrets Manager guide, "Change the encryption key").
fn sureness(case: &Case<'_>, reference: &Reference) -> Confidence {
    let refused = matches!(case.value(reference).and_then(Fact::because), Some(Because::KeyUnusable { .. }));
    if matches!(reference.target, Target::Parameter(_)) || refused { Confidence::Certain } else { Confidence::Likely }
}

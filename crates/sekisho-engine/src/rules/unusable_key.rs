//! SEK0502 unusable-key.

use sekisho_model::observed::Lookup;

use crate::Finding;

rule! {
    /// A value under a KMS key that is disabled, pending deletion, or gone. Nobody can decrypt it.
    "SEK0502" "unusable-key" Error UnusableKey |case, findings| {
        for reference in case.references {
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source);
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

//! SEK0217 secret-pending-deletion.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::Finding;

rule! {
    /// A secret that is marked for deletion. It cannot be read from the first moment of the waiting time on.
    "SEK0217" "secret-pending-deletion" Error SecretPendingDeletion |case, findings| {
        for reference in case.references {
            let Some(Lookup::Found(secret)) = case.secret(reference).and_then(Fact::value) else { continue };
            if let Some(deleted) = secret.deleted {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source);
                findings.push(finding.with("name", &secret.name).with("since", deleted.date()));
            }
        }
    }
}

//! SEK0229 volume-credentials-secure-string.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::{Finding, Slot};

rule! {
    /// The credentials of an FSx for Windows volume in a SecureString.
    ///
    /// For these the agent reads parameters without decryption, so that it gets the ciphertext. Secrets Manager works.
    "SEK0229" "volume-credentials-secure-string" Error VolumeCredentialsSecureString |case, findings| {
        for reference in case.references.iter().filter(|reference| reference.slot == Slot::VolumeCredentials) {
            if let Some(Lookup::Found(parameter)) = case.parameter(reference).and_then(Fact::value)
                && parameter.kind == "SecureString"
            {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source));
            }
        }
    }
}

//! SEK0235 volume-credentials-form.

use sekisho_model::Fact;
use sekisho_model::value_from::Form;

use crate::judge::sureness;
use crate::{Finding, Slot};

rule! {
    /// The credentials of an FSx for Windows volume by name. There the agent takes the ARN of a parameter or of a secret, and nothing else.
    "SEK0235" "volume-credentials-form" Error VolumeCredentialsForm |case, findings| {
        for reference in case.references.iter().filter(|reference| reference.slot == Slot::VolumeCredentials) {
            let Some(value_from) = reference.value_from.as_ref().and_then(Fact::value) else { continue };
            if let Form::SecretName(name) = &value_from.form {
                let finding = Finding::new(&META, &reference.address()).as_sure_as(sureness(reference.launch)).at(&reference.source);
                findings.push(finding.with("text", name));
            }
        }
    }
}

//! SEK0221 binary-secret.

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, ObservedValue};

use crate::judge::sureness;
use crate::{Finding, Target};

rule! {
    /// A secret that holds bytes instead of text.
    ///
    /// The whole of it arrives as an empty variable, without an error; with a JSON key the EC2 agent fails in a way that may take other tasks with it.
    "SEK0221" "binary-secret" Error BinarySecret |case, findings| {
        for reference in case.references {
            let Target::Secret { version, json_key } = &reference.target else { continue };
            if let Some(Lookup::Found(ObservedValue::Binary(_))) = case.value(reference).and_then(Fact::value) {
                let message = if json_key.is_some() { "binary-secret-key" } else { "binary-secret" };
                let finding = Finding::new(&META, &reference.address()).saying(message).at(&reference.source);
                findings.push(finding.as_sure_as(sureness(reference.launch)).with("id", &version.secret.id));
            }
        }
    }
}

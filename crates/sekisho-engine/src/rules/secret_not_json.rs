//! SEK0220 secret-not-json.

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, ObservedValue};

use crate::{Finding, Target, go_json};

rule! {
    /// A JSON key of a secret whose value is no JSON object. The task does not start, and ECS's message does not name the secret.
    "SEK0220" "secret-not-json" Error SecretNotJson |case, findings| {
        for reference in case.references {
            let Target::Secret { version, json_key: Some(key) } = &reference.target else { continue };
            let Some(Lookup::Found(ObservedValue::Text(text))) = case.value(reference).and_then(Fact::value) else { continue };
            if let Err(error) = go_json::object(text.expose()) {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("key", key).with("id", &version.secret.id);
                findings.push(finding.with("error", error));
            }
        }
    }
}

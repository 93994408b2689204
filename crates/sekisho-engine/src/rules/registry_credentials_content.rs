//! SEK0228 registry-credentials-content.

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, ObservedValue};

use crate::go_json::{self, Kind};
use crate::judge::sureness;
use crate::{Finding, Slot};

rule! {
    /// Registry credentials whose value is no JSON object with a `username` and a `password`, both strings that are not empty.
    ///
    /// The image cannot be pulled then. The EC2 agent does not look at the letter case of the two keys; whether Fargate does is not confirmed.
    "SEK0228" "registry-credentials-content" Error RegistryCredentialsContent |case, findings| {
        for reference in case.references.iter().filter(|reference| reference.slot == Slot::RegistryCredentials) {
            let Some(Lookup::Found(ObservedValue::Text(text))) = case.value(reference).and_then(Fact::value) else { continue };
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source);
            let object = match go_json::object(text.expose()) {
                Ok(object) => object,
                Err(error) => {
                    findings.push(finding().with("error", error));
                    continue;
                }
            };
            for wanted in ["username", "password"] {
                let exact = object.get(wanted);
                let other = object.keys().into_iter().find(|key| key.eq_ignore_ascii_case(wanted)).and_then(|key| object.get(key));
                let is_text = |value: Option<&go_json::Value>| value.is_some_and(|value| value.kind() == Kind::String && !value.rendered().is_empty());
                let missing = finding().saying("registry-credentials-content-key").with("key", wanted);
                if !is_text(exact) && !is_text(other) {
                    findings.push(missing);
                } else if !is_text(exact) && sureness(reference.launch) == crate::Confidence::Likely {
                    findings.push(missing.as_sure_as(crate::Confidence::Likely));
                }
            }
        }
    }
}

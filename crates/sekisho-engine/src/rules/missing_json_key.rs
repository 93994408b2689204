//! SEK0219 missing-json-key.

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, ObservedValue};

use crate::{Finding, Target, go_json};

rule! {
    /// A JSON key that the secret's value does not have. Letter case counts, and only the top level is looked at.
    "SEK0219" "missing-json-key" Error MissingJsonKey |case, findings| {
        for reference in case.references {
            let Target::Secret { version, json_key: Some(key) } = &reference.target else { continue };
            let Some(Lookup::Found(ObservedValue::Text(text))) = case.value(reference).and_then(Fact::value) else { continue };
            let Ok(object) = go_json::object(text.expose()) else { continue };
            if object.get(key).is_some() {
                continue;
            }
            let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("key", key).with("id", &version.secret.id);
            // The names of keys are no values, but only one that is nearly the same is worth showing.
            let near = object.keys().into_iter().find(|other| other.eq_ignore_ascii_case(key)).map(str::to_owned);
            findings.push(match near {
                Some(near) => finding.saying("missing-json-key-case").with("near", near),
                None => finding,
            });
        }
    }
}

//! SEK0222 json-value-rendering.

use sekisho_model::Fact;
use sekisho_model::observed::{Lookup, ObservedValue};

use crate::go_json::Kind;
use crate::judge::sureness;
use crate::{Finding, Target, go_json};

rule! {
    /// A JSON value that the container gets in another form than it is written: large numbers in scientific notation (`1000000` becomes `1e+06`), `null` as
    /// `<nil>`, objects and arrays in Go's notation.
    ///
    /// ECS prints the value with Go's `%v`. Store it as a JSON string. On Fargate the same is likely, but not confirmed.
    "SEK0222" "json-value-rendering" Error JsonValueRendering |case, findings| {
        for reference in case.references {
            let Target::Secret { version, json_key: Some(key) } = &reference.target else { continue };
            let Some(Lookup::Found(ObservedValue::Text(text))) = case.value(reference).and_then(Fact::value) else { continue };
            let Ok(object) = go_json::object(text.expose()) else { continue };
            let Some(value) = object.get(key).filter(|value| !value.is_rendered_as_written()) else { continue };
            let message = match value.kind() {
                Kind::Null => "json-value-rendering-null",
                Kind::Number if value.rendered().contains('e') => "json-value-rendering",
                Kind::Number => "json-value-rendering-number",
                _ => "json-value-rendering-structure",
            };
            let finding = Finding::new(&META, &reference.address()).saying(message).at(&reference.source).as_sure_as(sureness(reference.launch));
            findings.push(finding.with("key", key).with("id", &version.secret.id).with("kind", value.kind()));
        }
    }
}

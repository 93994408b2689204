//! SEK0501 plain-string-parameter.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::Finding;

rule! {
    /// A secret in a parameter of type `String` or `StringList`. It is not encrypted under a key of KMS, and everybody who may read parameters reads it.
    "SEK0501" "plain-string-parameter" Warning PlainStringParameter |case, findings| {
        for reference in case.references {
            let Some(Lookup::Found(parameter)) = case.parameter(reference).and_then(Fact::value) else { continue };
            let public = parameter.name.starts_with("/aws/service/");
            if matches!(parameter.kind.as_str(), "String" | "StringList") && !public {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source);
                findings.push(finding.with("name", &parameter.name).with("kind", &parameter.kind));
            }
        }
    }
}

//! SEK0501 plain-string-parameter.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::naming::is_like_a_secret;
use crate::{Finding, Severity};

rule! {
    /// A secret in a parameter of type `String` or `StringList`. It is not encrypted under a key of KMS, and everybody who may read parameters reads it.
    ///
    /// Settings that are no secrets are handed over in the same way: what the manifest does not declare, and whose variable is not named like a secret, is a
    /// note.
    "SEK0501" "plain-string-parameter" Warning PlainStringParameter |case, findings| {
        for reference in case.references {
            let Some(Lookup::Found(parameter)) = case.parameter(reference).and_then(Fact::value) else { continue };
            let public = parameter.name.starts_with("/aws/service/");
            if matches!(parameter.kind.as_str(), "String" | "StringList") && !public {
                let is_secret = reference.declared.is_some() || is_like_a_secret(&reference.name);
                let severity = if is_secret { Severity::Warning } else { Severity::Note };
                let finding = Finding::new(&META, &reference.address()).as_bad_as(severity).at(&reference.source);
                findings.push(finding.with("name", &parameter.name).with("kind", &parameter.kind));
            }
        }
    }
}

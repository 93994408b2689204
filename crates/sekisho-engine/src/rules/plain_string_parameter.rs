//! SEK0501 plain-string-parameter.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

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
                let is_secret = reference.declared.is_some() || is_named_like_a_secret(&reference.name);
                let severity = if is_secret { Severity::Warning } else { Severity::Note };
                let finding = Finding::new(&META, &reference.address()).as_bad_as(severity).at(&reference.source);
                findings.push(finding.with("name", &parameter.name).with("kind", &parameter.kind));
            }
        }
    }
}

/// Words that name secrets in variables.
const WORDS: [&str; 14] = [
    "PASSWORD", "PASSWD", "PASS", "PWD", "SECRET", "TOKEN", "KEY", "APIKEY", "CREDENTIAL", "CREDENTIALS", "PASSPHRASE", "PRIVATE", "DSN", "SALT",
];

fn is_named_like_a_secret(variable: &str) -> bool {
    variable.split(['_', '-', '.']).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

//! SEK0211 partial-secret-arn.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;
use sekisho_model::value_from::FlawKind;

use crate::{Finding, Severity, Target};

use super::on_flaw;

rule! {
    /// A Secrets Manager ARN without the six characters that AWS adds.
    ///
    /// It works while it fits exactly one secret, unless the name itself ends in a hyphen and six characters: then Secrets Manager takes it for a
    /// complete ARN and may find nothing, and ECS shows AccessDenied. The role's policy must name the complete ARN (`name-??????`) in any case.
    "SEK0211" "partial-secret-arn" Warning PartialSecretArn |case, findings| {
        for (reference, flaw) in case.flaws() {
            if flaw.kind == FlawKind::PartialArn {
                let complete = case.secret(reference).and_then(|fact| fact.value()).and_then(|lookup| lookup.found()).map(|secret| secret.arn.clone());
                // Once the account has shown that it fits, what is left is worth knowing, no more.
                let severity = if complete.is_some() { Severity::Note } else { Severity::Warning };
                findings.push(on_flaw(&META, reference, &flaw).as_bad_as(severity).with("complete", complete.unwrap_or_else(|| "none".to_owned())));
            }
        }
        for reference in case.references {
            let Target::Secret { version, .. } = &reference.target else { continue };
            let by_name = case.observations.secrets_by_name.get(&version.secret);
            if let Some(Lookup::Found(secret)) = by_name.and_then(Fact::value) {
                let finding = Finding::new(&META, &reference.address()).saying("partial-secret-arn-read-as-complete").as_bad_as(Severity::Error);
                findings.push(finding.at(&reference.source).with("text", reference.text().unwrap_or(&version.secret.id)).with("complete", &secret.arn));
            }
        }
    }
}

//! SEK0130 for-all-values-with-allow.

use sekisho_model::policy::{Comparison, Effect, SetQualifier};

use crate::Severity;

rule! {
    /// `ForAllValues` in an Allow: it also holds where the request does not carry the key at all.
    ///
    /// Whoever leaves the key out is let in. Demand the key too (`"Null": { "KEY": "false" }`), or use `ForAnyValue` where one value is enough. KMS
    /// refuses `ForAllValues` with an encryption context, so there it is an error.
    "SEK0130" "for-all-values-with-allow" Warning ForAllValuesWithAllow |case, findings| {
        for stated in case.statements().filter(|stated| stated.statement.effect == Effect::Allow) {
            for condition in stated.statement.conditions.iter().filter(|condition| condition.operator.set == Some(SetQualifier::ForAllValues)) {
                let key = condition.key.text.as_str();
                let demanded = stated.statement.conditions.iter().any(|other| {
                    other.operator.comparison == Comparison::Null
                        && other.key.text.eq_ignore_ascii_case(key)
                        && other.values.iter().all(|value| value.text.eq_ignore_ascii_case("false"))
                });
                let finding = stated.finding(&META, condition.key.place.as_ref()).with("key", key);
                if key.to_ascii_lowercase().starts_with("kms:encryptioncontext:") {
                    findings.push(finding.saying("for-all-values-with-allow-kms").as_bad_as(Severity::Error));
                } else if !demanded {
                    findings.push(finding);
                }
            }
        }
    }
}

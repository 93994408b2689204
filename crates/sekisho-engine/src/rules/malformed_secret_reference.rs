//! SEK0201 malformed-secret-reference.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A Secrets Manager reference whose parts behind the account are not 2 and not 5, or whose secret id no secret can have.
    ///
    /// ECS registers `…:secret:db-AbCdEf:password` and every task then fails to start: the agent takes the ARN alone (2 parts) or the ARN with JSON
    /// key, stage and version id (5 parts, each may be empty), and nothing else.
    ///
    /// Write `…:secret:db-AbCdEf:password::`.
    "SEK0201" "malformed-secret-reference" Error MalformedSecretReference |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::SecretParts { found } => Some(finding().saying("malformed-secret-reference").with("found", found)),
                FlawKind::SecretResource => Some(finding().saying("malformed-secret-reference-resource")),
                FlawKind::SecretIdEmpty => Some(finding().saying("malformed-secret-reference-empty")),
                FlawKind::SecretCharacter { character } => Some(finding().saying("malformed-secret-reference-character").with("character", format!("{character:?}"))),
                _ => None,
            });
        }
    }
}

//! SEK0204 secret-name-without-arn.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// The name of a Secrets Manager secret, with a JSON-key suffix, where ECS needs its ARN.
    ///
    /// ECS takes everything that is no Secrets Manager ARN for a parameter's name, and refuses the colons in it with a message that speaks of
    /// Systems Manager.
    "SEK0204" "secret-name-without-arn" Error SecretNameWithoutArn |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::SecretNameWithSuffix { name } => Some(finding().with("name", name)),
                _ => None,
            });
        }
    }
}

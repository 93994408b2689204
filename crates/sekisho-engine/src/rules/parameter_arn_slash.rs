//! SEK0207 parameter-arn-slash.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// Not exactly one slash behind the word `parameter` in a parameter's ARN.
    ///
    /// The name's leading slash is the ARN's separator: `/prod/db` is `…:parameter/prod/db`.
    "SEK0207" "parameter-arn-slash" Error ParameterArnSlash |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::ParameterArnSlash => Some(finding()),
                _ => None,
            });
        }
    }
}

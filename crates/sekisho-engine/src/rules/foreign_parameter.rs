//! SEK0208 foreign-parameter.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A parameter of another account.
    ///
    /// Registration has refused such ARNs ("Cross-account access for ARNs is not currently supported"). Whether parameters shared through RAM changed
    /// that is not confirmed, so this is never certain. Secrets Manager does allow other accounts.
    "SEK0208" "foreign-parameter" Error ForeignParameter |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::ParameterOfOtherAccount { there, here } => Some(finding().with("there", there).with("here", here)),
                _ => None,
            });
        }
    }
}

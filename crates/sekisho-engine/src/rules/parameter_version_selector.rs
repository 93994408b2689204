//! SEK0203 parameter-version-selector.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A version or label behind a parameter's name.
    ///
    /// Parameter Store reads `name:3`, ECS does not: registration refuses it, and a task always gets the latest version. Behind an ARN it is not
    /// confirmed what ECS does.
    "SEK0203" "parameter-version-selector" Error ParameterVersionSelector |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::ParameterSelector { selector } => Some(finding().with("selector", selector)),
                FlawKind::ParameterArnSelector { selector } => Some(finding().saying("parameter-version-selector-arn").with("selector", selector)),
                _ => None,
            });
        }
    }
}

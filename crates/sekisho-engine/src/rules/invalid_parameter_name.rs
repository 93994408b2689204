//! SEK0202 invalid-parameter-name.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A parameter name that registration refuses, or that no parameter can have.
    ///
    /// Registration takes letters, digits and `_.-/`, up to 2048 of them. Parameter Store itself is stricter: a hierarchy begins with `/`, has at
    /// most 15 levels, and nothing begins with `aws` or `ssm`. A name that only Parameter Store refuses fails every task, and the nine other
    /// parameters of its batch with it.
    "SEK0202" "invalid-parameter-name" Error InvalidParameterName |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::ParameterCharacter { character } => Some(finding().with("character", format!("{character:?}"))),
                FlawKind::SurroundingSpace => Some(finding().saying("invalid-parameter-name-space")),
                FlawKind::Long { length } => Some(finding().saying("invalid-parameter-name-long").with("length", length)),
                FlawKind::ParameterCannotExist { error } => {
                    use sekisho_model::ParameterNameError as Error;
                    let message = match error {
                        Error::NoLeadingSlash { .. } => "invalid-parameter-name-slash",
                        Error::EmptyLevel { .. } => "invalid-parameter-name-level",
                        Error::Reserved { .. } => "invalid-parameter-name-reserved",
                        Error::Deep { .. } => "invalid-parameter-name-deep",
                        Error::Long { .. } | Error::Empty | Error::Character { .. } => "invalid-parameter-name-limit",
                    };
                    Some(finding().saying(message))
                }
                _ => None,
            });
        }
    }
}

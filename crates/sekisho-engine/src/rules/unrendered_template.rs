//! SEK0205 unrendered-template.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A placeholder that another program was to fill in.
    ///
    /// Registered as it stands, ECS refuses it. What it would become is not known here, so nothing about it can be proved.
    "SEK0205" "unrendered-template" Error UnrenderedTemplate |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                // What CloudFormation resolves is SEK0234's.
                FlawKind::Unrendered { placeholder } if !placeholder.starts_with(super::resolve_in_value_from::RESOLVE) => Some(finding().with("placeholder", placeholder)),
                _ => None,
            });
        }
    }
}

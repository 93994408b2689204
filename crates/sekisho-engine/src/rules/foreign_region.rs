//! SEK0209 foreign-region.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A reference to another Region than the task's.
    ///
    /// It works with a full ARN, and needs a way there: interface endpoints serve their own Region only, and Region-deny policies see the Region of the
    /// endpoint that is called.
    "SEK0209" "foreign-region" Note ForeignRegion |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::OtherRegion { there, here } => Some(finding().as_bad_as(crate::Severity::Note).with("there", there).with("here", here)),
                _ => None,
            });
        }
    }
}

//! SEK0210 foreign-partition.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A reference into another partition. Credentials are bound to their partition: it can never be read.
    "SEK0210" "foreign-partition" Error ForeignPartition |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::OtherPartition { there, here } => Some(finding().with("there", there).with("here", here)),
                _ => None,
            });
        }
    }
}

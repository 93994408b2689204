//! SEK0225 empty-value-from.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// An empty `valueFrom`, usually because a look-up in a pipeline returned nothing.
    "SEK0225" "empty-value-from" Error EmptyValueFrom |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::Empty => Some(finding()),
                _ => None,
            });
        }
    }
}

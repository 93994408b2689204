//! SEK0212 version-id-form.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A stage where the version id belongs, the other way round, or both at once.
    ///
    /// The suffix is `:json-key:version-stage:version-id`. A version id has 32 to 64 characters; a stage label in its place fails every task.
    "SEK0212" "version-id-form" Warning VersionIdForm |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::VersionIdLength { found } => Some(finding().with("found", found)),
                FlawKind::StageLooksLikeVersionId => Some(finding().saying("version-id-form-stage")),
                FlawKind::StageAndVersionId => Some(finding().saying("version-id-form-both")),
                _ => None,
            });
        }
    }
}

//! SEK0213 json-key-form.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// A JSON key that looks like a path, or white space around a part of the suffix.
    ///
    /// ECS looks up one literal key on the top level; there is no path syntax, and white space belongs to the key.
    "SEK0213" "json-key-form" Warning JsonKeyForm |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::JsonKeyPath { key } => {
                    // Where the value was read, SEK0219 knows better whether the key is there.
                    let read = case.value(reference).is_some_and(|fact| fact.value().is_some());
                    (!read).then(|| finding().with("key", key))
                }
                FlawKind::SpaceInSuffix { part } => Some(finding().saying("json-key-form-space").with("where", part)),
                _ => None,
            });
        }
    }
}

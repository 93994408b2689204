//! SEK0905 malformed-suppression.

use super::on_file;
use crate::file::FileKind;

rule! {
    /// A comment `sekisho: allow` that suppresses nothing, because it names no rule that exists, or gives no reason.
    ///
    /// A suppression is a decision that somebody will want to understand later: without a reason it does not count.
    ///
    /// Write `sekisho: allow SEK0301 why this is all right`.
    "SEK0905" "malformed-suppression" Error MalformedSuppression |case, findings| {
        findings.extend(case.files.iter().filter(|fact| fact.kind == FileKind::Suppression).map(|fact| on_file(&META, fact)));
    }
}

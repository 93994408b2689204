//! SEK0904 stale-suppression.

use super::on_file;
use crate::file::FileKind;

rule! {
    /// A suppression that matches no finding any more.
    ///
    /// What it excused is gone, or moved. If it stays, it hides the next finding of the same kind, which nobody looked at.
    ///
    /// Remove it. It is told only where the files that it speaks of were looked at, and not for rules that need an account.
    "SEK0904" "stale-suppression" Warning StaleSuppression |case, findings| {
        findings.extend(case.files.iter().filter(|fact| fact.kind == FileKind::Stale).map(|fact| on_file(&META, fact)));
    }
}

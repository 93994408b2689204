//! SEK0906 not-looked-at.

use super::on_file;
use crate::file::FileKind;

rule! {
    /// A part of the tree that was not looked at, because a limit of `check` was reached: of files, of bytes, of depth, or of time.
    ///
    /// Nothing is known about what lies there. With `--strict` the check fails for it.
    ///
    /// Name the paths that hold task definitions, or list in `.gitignore` what is generated.
    "SEK0906" "not-looked-at" Warning NotLookedAt |case, findings| {
        for fact in case.files.iter().filter(|fact| fact.kind == FileKind::NotLookedAt) {
            let mut finding = on_file(&META, fact);
            finding.undecided = true;
            findings.push(finding);
        }
    }
}

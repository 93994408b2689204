//! SEK0903 unreadable-file.

use super::on_file;
use crate::file::FileKind;

rule! {
    /// A file that may hold task definitions or policies, and could not be read, or not to its end: broken syntax, too large, nested too deeply, not a
    /// regular file, or without permission.
    ///
    /// What could not be read was not judged. A check that passed over it would say less than it seems to.
    ///
    /// Mend the file, or keep it out of what is checked with `.gitignore` or by naming the paths.
    "SEK0903" "unreadable-file" Error UnreadableFile |case, findings| {
        findings.extend(case.files.iter().filter(|fact| fact.kind == FileKind::Unreadable).map(|fact| on_file(&META, fact)));
    }
}

//! What people read while a verb works. Where nobody can read it, behind a closed pipe or on a full disk, the verb goes on all the same: it must not
//! break off between two writes because of a line.

use std::fmt::Display;
use std::io::Write as _;

/// One line.
pub(crate) fn line(text: impl Display) {
    print(format!("{text}\n"));
}

/// Text with its own line breaks.
pub(crate) fn print(text: impl Display) {
    let _ = anstream::stderr().write_all(text.to_string().as_bytes());
}

//! Opening files of a tree that somebody else may have written: nothing special, nothing through a link, nothing without end.

use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use crate::failure::cause;

/// Largest file of a tree that is read, in bytes: one byte more than the readers take, so that they say how large it may be.
pub(super) const LIMIT: u64 = 16 * 1024 * 1024 + 1;

/// The content of the regular file at `path`, of which no more than [`LIMIT`] bytes are read; with `follow`, `path` itself may be a link.
///
/// # Errors
/// A word for the message `unreadable-file`: `denied`, `special`, `outside`, or what the system says.
pub(super) fn read(path: &Path, follow: bool) -> Result<Vec<u8>, String> {
    // A pipe without a writer would block the opening, a device may do anything; what was looked at before may have been exchanged since.
    let mut flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    if !follow {
        flags |= OFlags::NOFOLLOW;
    }
    let before = if follow { std::fs::metadata(path) } else { std::fs::symlink_metadata(path) }.map_err(|error| cause(&error))?;
    if !before.is_file() {
        return Err("special".to_owned());
    }
    let file = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| cause(&error.into()))?;
    let file = std::fs::File::from(file);
    let meta = file.metadata().map_err(|error| cause(&error))?;
    if !meta.is_file() || (meta.dev(), meta.ino()) != (before.dev(), before.ino()) {
        return Err("changed".to_owned());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(LIMIT)).unwrap_or_default());
    file.take(LIMIT).read_to_end(&mut bytes).map_err(|error| cause(&error))?;
    Ok(bytes)
}

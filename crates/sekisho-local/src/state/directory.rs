//! The directory and its files: ours alone, and never half-written.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::OpenError;

pub(super) fn io_error<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> OpenError + 'a {
    move |source| OpenError::Io { action, path: path.to_owned(), source }
}

/// Makes the directory where it is missing, and refuses one that others own or may enter.
pub(super) fn prepare(path: &Path) -> Result<(), OpenError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).or_else(|error| {
        // Something that is no directory is reported as such below.
        if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(io_error("make the directory", path)(error)) }
    })?;
    check(path, true)
}

/// Whether the file exists; an error where it is not ours alone.
pub(super) fn check_file(path: &Path) -> Result<bool, OpenError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        _ => check(path, false).map(|()| true),
    }
}

fn check(path: &Path, directory: bool) -> Result<(), OpenError> {
    // The directory itself may be reached through links, a file in it may not be one.
    let metadata = if directory { fs::metadata(path) } else { fs::symlink_metadata(path) }.map_err(io_error("look at", path))?;
    if metadata.is_dir() != directory || metadata.is_file() == directory {
        return Err(OpenError::Kind { path: path.to_owned(), expected: if directory { "a directory" } else { "a file" } });
    }
    let (owner, user) = (metadata.uid(), rustix::process::geteuid().as_raw());
    if owner != user {
        return Err(OpenError::OtherUser { path: path.to_owned(), owner, user });
    }
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(OpenError::Exposed { path: path.to_owned(), mode });
    }
    Ok(())
}

/// A new empty file that only we may read.
pub(super) fn create_private(path: &Path) -> Result<File, OpenError> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path).map_err(io_error("create", path))
}

/// Writes a file as a whole: nobody ever sees a part of it, not even after a crash.
pub(super) fn write_private(directory: &Path, name: &str, content: &[u8]) -> Result<(), OpenError> {
    let draft = directory.join(format!("{name}.new"));
    remove(&draft)?;
    let mut file = create_private(&draft)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(io_error("write", &draft))?;
    rename(&draft, &directory.join(name))?;
    sync(directory)
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), OpenError> {
    fs::rename(from, to).map_err(io_error("rename", from))
}

/// Removes a file that may be absent.
pub(super) fn remove(path: &Path) -> Result<(), OpenError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Makes renames and removals in the directory durable.
pub(super) fn sync(directory: &Path) -> Result<(), OpenError> {
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(io_error("sync", directory))
}

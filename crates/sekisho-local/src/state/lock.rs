//! One owner at a time: a lock on a file, which the system releases when the owner ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::directory::io_error;
use super::{OpenError, ownership};

pub(super) const LOCK: &str = "lock";
const STEP: Duration = Duration::from_millis(20);

/// Takes the lock, waiting up to `patience` for another process to release it.
pub(super) fn acquire(directory: &Path, patience: Duration) -> Result<File, OpenError> {
    let path = directory.join(LOCK);
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(io_error("open", &path))?;
    let begin = Instant::now();
    let mut sightings = 0;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                // A server keeps the state for as long as it runs: waiting for it would be in vain. One sighting may be of what a killed server
                // left, in the moment before the new owner removes it.
                let endpoint = ownership::read_endpoint(directory).map(Box::new);
                sightings += u32::from(endpoint.is_some());
                if sightings > 2 || begin.elapsed() >= patience {
                    return Err(OpenError::Owned { path: directory.to_owned(), endpoint, waited: begin.elapsed() });
                }
                sleep(STEP.min(patience));
            }
            Err(TryLockError::Error(error)) => return Err(io_error("lock", &path)(error)),
        }
    }
}

/// Whether some process holds the lock now.
pub(super) fn is_held(directory: &Path) -> io::Result<bool> {
    let file = match File::open(directory.join(LOCK)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    };
    // Shared, so that two who look do not see each other.
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

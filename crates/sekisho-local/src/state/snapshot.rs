//! Snapshots of the state by name: `snapshots/NAME.redb`, sealed under the state's own key.

use std::fs;
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase as _, ReadableTable as _};
use thiserror::Error;

use super::seal::Seal;
use super::{META, OpenError, RECORDS, State, WITNESS, check_format, directory, migrate, open_database, reseal};
use crate::api::{ApiError, key};

const DIRECTORY: &str = "snapshots";
const ENDING: &str = ".redb";
const RESEALED: &str = ".redb.resealed";

/// Why a snapshot cannot be made or used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// Names are part of a file's name: letters and digits with hyphens between them, at most 64.
    #[error("`{name}` is no name of a snapshot")]
    Name {
        /// The name.
        name: String,
    },
    /// One of this name is there, and it was not asked to be replaced.
    #[error("a snapshot `{name}` is there already")]
    Exists {
        /// The name.
        name: String,
    },
    /// None of this name is there.
    #[error("there is no snapshot `{name}`")]
    Missing {
        /// The name.
        name: String,
        /// Those that are.
        known: Vec<String>,
    },
    /// The file cannot be read or written.
    #[error("the snapshot cannot be used")]
    File(#[from] OpenError),
    /// The state cannot be read or written.
    #[error("{0}")]
    State(String),
}

impl From<ApiError> for SnapshotError {
    fn from(error: ApiError) -> Self {
        Self::State(error.message)
    }
}

fn checked(name: &str) -> Result<(), SnapshotError> {
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let fits = !name.is_empty() && name.len() <= 64 && letters(name) && !name.starts_with('-') && !name.ends_with('-');
    if fits { Ok(()) } else { Err(SnapshotError::Name { name: name.to_owned() }) }
}

fn file(directory: &Path, name: &str) -> PathBuf {
    directory.join(DIRECTORY).join(format!("{name}{ENDING}"))
}

/// The names of the snapshots, in order.
pub(super) fn names(directory: &Path) -> Result<Vec<String>, OpenError> {
    ending_with(directory, ENDING)
}

fn ending_with(directory: &Path, ending: &str) -> Result<Vec<String>, OpenError> {
    let path = directory.join(DIRECTORY);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let read = directory::io_error("read", &path);
    let mut names: Vec<String> = fs::read_dir(&path)
        .map_err(read)?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(ending).map(str::to_owned))
        .filter(|name| checked(name).is_ok())
        .collect();
    names.sort();
    Ok(names)
}

impl State {
    /// The names of the snapshots, in order.
    pub(crate) fn snapshots(&self) -> Result<Vec<String>, OpenError> {
        names(&self.directory)
    }

    /// Keeps everything under `name`.
    pub(crate) fn save(&self, name: &str, replace: bool) -> Result<(), SnapshotError> {
        checked(name)?;
        let path = file(&self.directory, name);
        directory::prepare(&self.directory.join(DIRECTORY))?;
        if directory::check_file(&path)? && !replace {
            return Err(SnapshotError::Exists { name: name.to_owned() });
        }
        let draft = path.with_extension("redb.new");
        directory::remove(&draft)?;
        drop(directory::create_private(&draft)?);
        let damaged = |error: redb::Error| OpenError::Damaged { path: draft.clone(), source: Box::new(error) };
        self.copy_to(&draft).map_err(damaged)?;
        directory::rename(&draft, &path)?;
        directory::sync(&self.directory.join(DIRECTORY))?;
        Ok(())
    }

    fn copy_to(&self, draft: &Path) -> Result<(), redb::Error> {
        let from = self.database.begin_read()?;
        let copy = Database::create(draft)?;
        let to = copy.begin_write()?;
        {
            let (mut records, mut meta) = (to.open_table(RECORDS)?, to.open_table(META)?);
            for entry in from.open_table(RECORDS)?.iter()? {
                let (key, record) = entry?;
                records.insert(key.value(), record.value())?;
            }
            for entry in from.open_table(META)?.iter()? {
                let (key, value) = entry?;
                meta.insert(key.value(), value.value())?;
            }
        }
        to.commit()?;
        Ok(())
    }

    /// Puts what `name` keeps in the place of everything, at once or not at all. The server's own key stays, so that one that is running is reached as
    /// before.
    pub(crate) fn load(&self, name: &str) -> Result<(), SnapshotError> {
        checked(name)?;
        let path = file(&self.directory, name);
        if !directory::check_file(&path)? {
            return Err(SnapshotError::Missing { name: name.to_owned(), known: self.snapshots()? });
        }
        let snapshot = open_database(&path)?;
        let (format, witness) = check_format(&snapshot, &path)?;
        if self.seal.open(WITNESS, &witness).is_none() {
            return Err(OpenError::OtherKey { path }.into());
        }
        let records = read_all(&snapshot).map_err(|error| OpenError::Damaged { path, source: Box::new(error) })?;
        let server = key(&["server", ""]);
        let stays = |name: &str| name == WITNESS || name.starts_with(&server);
        self.write(|state| {
            for (name, _) in state.scan("", None, usize::MAX)? {
                if !stays(&name) {
                    state.delete(&name)?;
                }
            }
            for (name, sealed) in &records {
                if !stays(name) {
                    let record = self.seal.open(name, sealed);
                    state.put(name, &record.ok_or_else(|| ApiError::internal("a record of the snapshot was changed"))?)?;
                }
            }
            migrate::run(state, format)
        })?;
        Ok(())
    }
}

fn read_all(database: &Database) -> Result<Vec<(String, Vec<u8>)>, redb::Error> {
    let transaction = database.begin_read()?;
    let table = transaction.open_table(RECORDS)?;
    let mut records = Vec::new();
    for entry in table.iter()? {
        let (key, record) = entry?;
        records.push((key.value().to_owned(), record.value().to_vec()));
    }
    Ok(records)
}

/// Copies of every snapshot under a new key, beside them.
pub(super) fn reseal_all(directory: &Path, old: &Seal, new: &Seal) -> Result<(), OpenError> {
    for name in names(directory)? {
        let path = file(directory, &name);
        let copy = path.with_extension("redb.resealed");
        directory::remove(&copy)?;
        let mut made = directory::create_private(&copy)?;
        let mut original = fs::File::open(&path).map_err(directory::io_error("read", &path))?;
        std::io::copy(&mut original, &mut made).map_err(directory::io_error("write", &copy))?;
        drop(made);
        let damaged = |error: redb::Error| OpenError::Damaged { path: copy.clone(), source: Box::new(error) };
        let database = open_database(&copy)?;
        let transaction = database.begin_write().map_err(|error| damaged(error.into()))?;
        reseal::reseal_records(&transaction, old, new).map_err(|error| error.map_or(OpenError::Cipher, damaged))?;
        transaction.commit().map_err(|error| damaged(error.into()))?;
    }
    Ok(())
}

/// Forgets the copies of [`reseal_all`].
pub(super) fn drop_resealed(directory: &Path) -> Result<(), OpenError> {
    ending_with(directory, RESEALED)?.iter().try_for_each(|name| directory::remove(&resealed(directory, name)))
}

/// Puts the copies of [`reseal_all`] in the place of the snapshots.
pub(super) fn keep_resealed(directory: &Path) -> Result<(), OpenError> {
    for name in ending_with(directory, RESEALED)? {
        directory::rename(&resealed(directory, &name), &file(directory, &name))?;
    }
    let path = directory.join(DIRECTORY);
    if path.exists() { directory::sync(&path) } else { Ok(()) }
}

fn resealed(directory: &Path, name: &str) -> PathBuf {
    directory.join(DIRECTORY).join(format!("{name}{RESEALED}"))
}

/// Removes every snapshot.
pub(super) fn remove_all(directory: &Path) -> Result<(), OpenError> {
    let path = directory.join(DIRECTORY);
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(directory::io_error("remove", &path)(error)),
        _ => Ok(()),
    }
}

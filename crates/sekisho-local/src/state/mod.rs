//! The state: sealed records in one file of one directory, owned by one process at a time.
//!
//! INVARIANT: what `write` acknowledged is on the disk; what it did not acknowledge leaves nothing behind.

mod directory;
mod error;
mod lock;
mod migrate;
pub mod ownership;
mod passphrase;
mod reseal;
mod seal;
mod snapshot;

use std::fmt;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use sekisho_model::Secret;
use zeroize::Zeroizing;

pub use error::OpenError;
pub use snapshot::SnapshotError;

use crate::api::{ApiError, Opened, Records};
use seal::{Protection, Seal};

/// What this version writes, and the newest that it reads.
///
/// 1: the first. 2: a parameter directly below the root is kept under its name without the slash, so that `/x` and `x` are one.
const FORMAT: u64 = 2;
const DATABASE: &str = "state.redb";
const KEY: &str = "state.key";

const RECORDS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("records");
/// Unsealed, so that a version of Sekisho can say that the state is too new for it whatever that newer one changed.
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
/// A sealed record of known content: whoever cannot open it has the wrong key.
pub(crate) const WITNESS: &str = "sekisho";

/// An opened state.
pub(crate) struct State {
    directory: PathBuf,
    database: Database,
    seal: Seal,
    /// Held until the state is dropped, after the database is closed (fields drop in order).
    _lock: File,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("directory", &self.directory).finish_non_exhaustive()
    }
}

/// Forgets everything in `state_dir`: every record, every snapshot and the key that sealed them. Fails as [`crate::EmbeddedAws::open`] does where another process
/// owns the state.
pub fn reset(state_dir: &Path, lock_patience: Duration) -> Result<(), OpenError> {
    directory::prepare(state_dir)?;
    let _lock = lock::acquire(state_dir, lock_patience)?;
    // The records first: a key without records is what an interrupted first start leaves as well, records without a key are an error.
    snapshot::remove_all(state_dir)?;
    for name in [DATABASE, KEY, reseal::NEXT_KEY, ownership::ENDPOINT] {
        directory::remove(&state_dir.join(name))?;
    }
    directory::sync(state_dir)
}

/// Whether the key of the state in `state_dir` needs a passphrase. `false` where there is none.
///
/// # Errors
/// Where the key's file cannot be read.
pub fn needs_passphrase(state_dir: &Path) -> Result<bool, OpenError> {
    let path = state_dir.join(KEY);
    if !state_dir.exists() || !directory::check_file(&path)? {
        return Ok(false);
    }
    let text = Zeroizing::new(std::fs::read(&path).map_err(directory::io_error("read", &path))?);
    Ok(std::str::from_utf8(&text).is_ok_and(passphrase::is_wrapped))
}

/// The names of the snapshots of the state in `state_dir`, in order.
///
/// # Errors
/// Where the directory cannot be read.
pub fn snapshots(state_dir: &Path) -> Result<Vec<String>, OpenError> {
    snapshot::names(state_dir)
}

impl State {
    /// Opens the state in `directory`, or makes it where there is none: then, with `passphrase`, under a key that needs it. A state of an older format
    /// becomes one of this version's, and what an interrupted [`reseal`] left is finished or undone.
    pub(crate) fn open(directory: &Path, patience: Duration, passphrase: Option<&Secret<String>>) -> Result<Self, OpenError> {
        directory::prepare(directory)?;
        let lock = lock::acquire(directory, patience)?;
        // We own the state, so whoever published an endpoint is gone.
        directory::remove(&directory.join(ownership::ENDPOINT))?;
        let (path, key) = (directory.join(DATABASE), directory.join(KEY));
        let existed = directory::check_file(&path)?;
        if !existed {
            let seal = if directory::check_file(&key)? {
                Seal::read(&key, passphrase)?
            } else {
                Seal::create(directory, KEY, passphrase.map_or(Protection::File, Protection::Passphrase))?
            };
            create(directory, &seal)?;
        }
        let database = open_database(&path)?;
        let (format, witness) = check_format(&database, &path)?;
        let seal = reseal::key_of(directory, &witness, passphrase)?;
        let state = Self { directory: directory.to_owned(), database, seal, _lock: lock };
        if format < FORMAT {
            state.migrate(format)?;
        }
        Ok(state)
    }

    /// The directory.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Brings the records from an older format to this version's, all or none.
    fn migrate(&self, from: u64) -> Result<(), OpenError> {
        let path = self.directory.join(DATABASE);
        let damaged = |error: redb::Error| OpenError::Damaged { path: path.clone(), source: Box::new(error) };
        let transaction = self.database.begin_write().map_err(|error| damaged(error.into()))?;
        self.write_in(&transaction, |records| migrate::run(records, from))
            .map_err(|error| OpenError::Unusable { path: self.directory.clone(), reason: error.message })?;
        set_format(&transaction).map_err(damaged)?;
        transaction.commit().map_err(|error| damaged(error.into()))
    }

    /// Runs `work` within a transaction that somebody else commits.
    fn write_in<T>(
        &self,
        transaction: &redb::WriteTransaction,
        work: impl FnOnce(&mut dyn Records) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let table = transaction.open_table(RECORDS).map_err(storage)?;
        work(&mut Writing { table, seal: &self.seal })
    }

    /// Runs `work` on a snapshot.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut dyn Records) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let transaction = self.database.begin_read().map_err(storage)?;
        let table = transaction.open_table(RECORDS).map_err(storage)?;
        work(&mut Reading { table, seal: &self.seal })
    }

    /// Runs `work` alone, and commits what it wrote before returning; where it fails, nothing was written.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut dyn Records) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let transaction = self.database.begin_write().map_err(storage)?;
        match self.write_in(&transaction, work) {
            Ok(done) => transaction.commit().map_err(storage).map(|()| done),
            Err(error) => transaction.abort().map_err(storage).and(Err(error)),
        }
    }
}

/// The format of a database and its witness, where this version can read it.
fn check_format(database: &Database, path: &Path) -> Result<(u64, Vec<u8>), OpenError> {
    let damaged = |error: redb::Error| OpenError::Damaged { path: path.to_owned(), source: Box::new(error) };
    let read = || -> Result<(Option<u64>, Option<Vec<u8>>), redb::Error> {
        let transaction = database.begin_read()?;
        let format = transaction.open_table(META)?.get("format")?.map(|found| found.value());
        let witness = transaction.open_table(RECORDS)?.get(WITNESS)?.map(|found| found.value().to_vec());
        Ok((format, witness))
    };
    let (format, witness) = match read() {
        // A redb file with other tables: somebody else's.
        Err(redb::Error::TableDoesNotExist(_) | redb::Error::TableTypeMismatch { .. }) => (None, None),
        other => other.map_err(damaged)?,
    };
    match (format, witness) {
        (Some(found), _) if found > FORMAT => Err(OpenError::Newer { path: path.to_owned(), found, known: FORMAT }),
        (Some(found), Some(witness)) if found > 0 => Ok((found, witness)),
        _ => Err(OpenError::NotOurs { path: path.to_owned() }),
    }
}

fn set_format(transaction: &redb::WriteTransaction) -> Result<(), redb::Error> {
    transaction.open_table(META)?.insert("format", FORMAT)?;
    Ok(())
}

/// Makes the file under another name and renames it, so that an interruption leaves no half-made state.
fn create(directory: &Path, seal: &Seal) -> Result<(), OpenError> {
    let draft = directory.join("state.redb.new");
    directory::remove(&draft)?;
    drop(directory::create_private(&draft)?);
    let failed = |error: redb::Error| OpenError::Damaged { path: draft.clone(), source: Box::new(error) };
    let witness = seal.close(WITNESS, WITNESS.as_bytes()).ok_or(OpenError::Cipher)?;
    let fill = || -> Result<(), redb::Error> {
        let database = Database::create(&draft)?;
        let transaction = database.begin_write()?;
        set_format(&transaction)?;
        transaction.open_table(RECORDS)?.insert(WITNESS, witness.as_slice())?;
        transaction.commit()?;
        Ok(())
    };
    fill().map_err(failed)?;
    directory::rename(&draft, &directory.join(DATABASE))?;
    directory::sync(directory)
}

fn open_database(path: &Path) -> Result<Database, OpenError> {
    let open = || Database::builder().set_check_integrity_on_open(true).open(path);
    // redb checks what it reads, yet says of itself that an altered file may make it panic.
    match catch_unwind(AssertUnwindSafe(open)) {
        Ok(Ok(database)) => Ok(database),
        Ok(Err(error)) => Err(OpenError::Damaged { path: path.to_owned(), source: Box::new(error.into()) }),
        Err(_) => {
            Err(OpenError::Damaged { path: path.to_owned(), source: Box::new(redb::Error::Corrupted("unreadable structure".into())) })
        }
    }
}

fn storage(error: impl Into<redb::Error>) -> ApiError {
    ApiError::internal(format!("the state cannot be used: {}", error.into()))
}

struct Reading<'a> {
    table: redb::ReadOnlyTable<&'static str, &'static [u8]>,
    seal: &'a Seal,
}

struct Writing<'a, 'txn> {
    table: redb::Table<'txn, &'static str, &'static [u8]>,
    seal: &'a Seal,
}

fn get(table: &impl ReadableTable<&'static str, &'static [u8]>, seal: &Seal, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
    match table.get(key).map_err(storage)? {
        None => Ok(None),
        Some(sealed) => unseal(seal, key, sealed.value()).map(Some),
    }
}

fn unseal(seal: &Seal, key: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    seal.open(key, sealed).ok_or_else(|| ApiError::internal("a record of the state was changed by something else than Sekisho"))
}

fn scan(
    table: &impl ReadableTable<&'static str, &'static [u8]>,
    seal: &Seal,
    prefix: &str,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Opened>, ApiError> {
    let start = after.map_or(prefix, |after| after.max(prefix));
    let mut found = Vec::new();
    for entry in table.range(start..).map_err(storage)? {
        let (key, sealed) = entry.map_err(storage)?;
        let key = key.value();
        if !key.starts_with(prefix) || found.len() >= limit {
            break;
        }
        if after.is_none_or(|after| key > after) {
            found.push((key.to_owned(), unseal(seal, key, sealed.value())?));
        }
    }
    Ok(found)
}

impl Records for Reading<'_> {
    fn get(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
        get(&self.table, self.seal, key)
    }

    fn put(&mut self, _: &str, _: &[u8]) -> Result<(), ApiError> {
        Err(ApiError::must_write())
    }

    fn delete(&mut self, _: &str) -> Result<(), ApiError> {
        Err(ApiError::must_write())
    }

    fn scan(&self, prefix: &str, after: Option<&str>, limit: usize) -> Result<Vec<Opened>, ApiError> {
        scan(&self.table, self.seal, prefix, after, limit)
    }
}

impl Records for Writing<'_, '_> {
    fn get(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
        get(&self.table, self.seal, key)
    }

    fn put(&mut self, key: &str, record: &[u8]) -> Result<(), ApiError> {
        let sealed = self.seal.close(key, record).ok_or_else(|| ApiError::internal("a record could not be sealed"))?;
        self.table.insert(key, sealed.as_slice()).map_err(storage).map(|_| ())
    }

    fn delete(&mut self, key: &str) -> Result<(), ApiError> {
        self.table.remove(key).map_err(storage).map(|_| ())
    }

    fn scan(&self, prefix: &str, after: Option<&str>, limit: usize) -> Result<Vec<Opened>, ApiError> {
        scan(&self.table, self.seal, prefix, after, limit)
    }
}

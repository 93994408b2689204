//! Another key for everything, because it gets a passphrase or loses it.
//!
//! The order makes an interruption harmless: the next key is durable first, then the snapshots' new copies, then in one transaction every record with
//! the witness. From that moment the next key is the key, and the rest is renaming, which whoever opens the state next finishes.

use std::path::Path;

use redb::ReadableTable as _;
use sekisho_model::Secret;

use super::seal::{Protection, Seal};
use super::{DATABASE, KEY, OpenError, RECORDS, State, WITNESS, directory, snapshot};

pub(super) const NEXT_KEY: &str = "state.key.next";

impl State {
    /// Seals every record and every snapshot under a new key, which needs `passphrase` from now on, or nothing.
    pub(crate) fn reseal(self, passphrase: Option<&Secret<String>>) -> Result<(), OpenError> {
        let next = Seal::create(&self.directory, NEXT_KEY, passphrase.map_or(Protection::File, Protection::Passphrase))?;
        snapshot::reseal_all(&self.directory, &self.seal, &next)?;
        let path = self.directory.join(DATABASE);
        let damaged = |error: redb::Error| OpenError::Damaged { path: path.clone(), source: Box::new(error) };
        let transaction = self.database.begin_write().map_err(|error| damaged(error.into()))?;
        reseal_records(&transaction, &self.seal, &next).map_err(|error| error.map_or(OpenError::Cipher, damaged))?;
        transaction.commit().map_err(|error| damaged(error.into()))?;
        finish(&self.directory)
    }
}

/// `None` where a record does not open or close.
pub(super) fn reseal_records(transaction: &redb::WriteTransaction, old: &Seal, new: &Seal) -> Result<(), Option<redb::Error>> {
    let mut table = transaction.open_table(RECORDS).map_err(|error| Some(error.into()))?;
    let mut keys = Vec::new();
    for entry in table.iter().map_err(|error| Some(error.into()))? {
        keys.push(entry.map_err(|error| Some(error.into()))?.0.value().to_owned());
    }
    for key in keys {
        let sealed = match table.get(key.as_str()).map_err(|error| Some(error.into()))? {
            Some(sealed) => old.open(&key, sealed.value()).and_then(|record| new.close(&key, &record)).ok_or(None)?,
            None => continue,
        };
        table.insert(key.as_str(), sealed.as_slice()).map_err(|error| Some(error.into()))?;
    }
    Ok(())
}

/// The key that opens `witness`, which is a state's sealed record of known content: the state's key, or the next one where an interruption left both.
pub(super) fn key_of(directory: &Path, witness: &[u8], passphrase: Option<&Secret<String>>) -> Result<Seal, OpenError> {
    let (key, next) = (directory.join(KEY), directory.join(NEXT_KEY));
    let opens = |seal: &Seal| seal.open(WITNESS, witness).is_some();
    let first = if directory::check_file(&key)? {
        Seal::read(&key, passphrase).and_then(|seal| if opens(&seal) { Ok(seal) } else { Err(OpenError::OtherKey { path: key }) })
    } else {
        Err(OpenError::KeyMissing { path: key })
    };
    if !directory::check_file(&next)? {
        return first;
    }
    match first {
        Ok(seal) => {
            // Interrupted before the records were written: nothing has happened yet.
            snapshot::drop_resealed(directory)?;
            directory::remove(&next)?;
            Ok(seal)
        }
        Err(error) => match Seal::read(&next, passphrase) {
            Ok(seal) if opens(&seal) => finish(directory).map(|()| seal),
            // Which of the two keys it is cannot be known before one of them is opened.
            Err(other @ (OpenError::PassphraseMissing { .. } | OpenError::PassphraseWrong { .. })) => Err(other),
            _ => Err(error),
        },
    }
}

/// What comes after the records.
fn finish(directory: &Path) -> Result<(), OpenError> {
    snapshot::keep_resealed(directory)?;
    directory::rename(&directory.join(NEXT_KEY), &directory.join(KEY))?;
    directory::sync(directory)
}

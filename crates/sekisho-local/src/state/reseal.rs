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
        self.reseal_all(passphrase)?;
        finish(&self.directory)
    }

    /// Everything but the renaming.
    fn reseal_all(&self, passphrase: Option<&Secret<String>>) -> Result<(), OpenError> {
        let next = Seal::create(&self.directory, NEXT_KEY, passphrase.map_or(Protection::File, Protection::Passphrase))?;
        snapshot::reseal_all(&self.directory, &self.seal, &next)?;
        let path = self.directory.join(DATABASE);
        let damaged = |error: redb::Error| OpenError::Damaged { path: path.clone(), source: Box::new(error) };
        let transaction = self.database.begin_write().map_err(|error| damaged(error.into()))?;
        reseal_records(&transaction, &self.seal, &next).map_err(|error| error.map_or(OpenError::Cipher, damaged))?;
        transaction.commit().map_err(|error| damaged(error.into()))
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use super::*;
    use crate::api::{ApiError, key};
    use crate::state::set_format;

    fn directory() -> (tempfile::TempDir, PathBuf) {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("state");
        (temporary, path)
    }

    fn open(path: &Path, passphrase: Option<&str>) -> Result<State, OpenError> {
        State::open(path, Duration::ZERO, passphrase.map(|text| Secret::new(text.to_owned())).as_ref())
    }

    fn put(state: &State, name: &str) {
        state.write(|records| records.put(name, b"kept")).unwrap();
    }

    fn has(state: &State, name: &str) -> bool {
        state.read(|records| Ok::<_, ApiError>(records.get(name)?.is_some())).unwrap()
    }

    #[test]
    fn an_interruption_before_the_records_leaves_the_old_key() {
        let (_temporary, path) = directory();
        let state = open(&path, None).unwrap();
        put(&state, "a");
        state.save("one", false).unwrap();
        let next = Seal::create(&path, NEXT_KEY, Protection::Passphrase(&Secret::new("p".to_owned()))).unwrap();
        snapshot::reseal_all(&path, &state.seal, &next).unwrap();
        drop(state);
        let state = open(&path, None).unwrap();
        assert!(has(&state, "a"));
        assert!(!path.join(NEXT_KEY).exists());
        state.load("one").unwrap();
        assert_eq!(std::fs::read_dir(path.join("snapshots")).unwrap().count(), 1);
    }

    #[test]
    fn an_interruption_behind_the_records_is_finished_with_the_new_key() {
        let (_temporary, path) = directory();
        let state = open(&path, None).unwrap();
        put(&state, "a");
        state.save("one", false).unwrap();
        state.reseal_all(Some(&Secret::new("p".to_owned()))).unwrap();
        drop(state);
        assert!(matches!(open(&path, None), Err(OpenError::PassphraseMissing { .. })));
        assert!(matches!(open(&path, Some("q")), Err(OpenError::PassphraseWrong { .. })));
        let state = open(&path, Some("p")).unwrap();
        assert!(has(&state, "a"));
        assert!(!path.join(NEXT_KEY).exists());
        put(&state, "b");
        state.load("one").unwrap();
        assert!(has(&state, "a") && !has(&state, "b"));
        drop(state);
        assert!(open(&path, Some("p")).is_ok());
    }

    #[test]
    fn a_state_of_the_first_format_becomes_one_of_this() {
        let (_temporary, path) = directory();
        let state = open(&path, None).unwrap();
        let name = |name| key(&["ssm-parameter", "000000000000", "us-east-1", name]);
        put(&state, &name("/x"));
        let transaction = state.database.begin_write().unwrap();
        transaction.open_table(crate::state::META).unwrap().insert("format", 1).unwrap();
        transaction.commit().unwrap();
        state.save("old", false).unwrap();
        drop(state);
        let state = open(&path, None).unwrap();
        assert!(has(&state, &name("x")) && !has(&state, &name("/x")));
        // A snapshot of that time as well.
        state.load("old").unwrap();
        assert!(has(&state, &name("x")) && !has(&state, &name("/x")));
        let transaction = state.database.begin_write().unwrap();
        set_format(&transaction).unwrap();
        let format = transaction.open_table(crate::state::META).unwrap().get("format").unwrap().unwrap().value();
        assert_eq!(format, crate::state::FORMAT);
    }
}

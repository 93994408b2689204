//! The cipher over the records. Its key is a file beside them: against casual reading and accidental copies, not against whoever holds both; with a
//! passphrase, against them too.

use std::fs;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::rand;
use sekisho_model::Secret;
use zeroize::Zeroizing;

use super::OpenError;
use super::directory::{self, io_error};
use super::passphrase;

const PREFIX: &str = "sekisho-state-key-1 ";
const NONCE: usize = 12;

pub(super) struct Seal(RandomizedNonceKey);

/// What keeps the key from whoever reads its file.
#[derive(Clone, Copy)]
pub(super) enum Protection<'a> {
    /// Nothing but the file's permissions.
    File,
    /// A passphrase, which is kept nowhere.
    Passphrase(&'a Secret<String>),
}

impl Seal {
    /// A new key, kept in `directory` under `name`.
    pub(super) fn create(directory: &Path, name: &str, protection: Protection<'_>) -> Result<Self, OpenError> {
        let mut key = Zeroizing::new([0_u8; 32]);
        rand::fill(key.as_mut_slice()).map_err(|_| OpenError::Cipher)?;
        let text = match protection {
            Protection::File => Zeroizing::new(format!("{PREFIX}{}\n", Zeroizing::new(hex::encode(key.as_slice())).as_str())),
            Protection::Passphrase(passphrase) => Zeroizing::new(passphrase::wrap(&key, passphrase)?),
        };
        directory::write_private(directory, name, text.as_bytes())?;
        Self::from_bytes(key.as_slice())
    }

    /// The key that `path` keeps, unwrapped with `passphrase` where it needs one.
    pub(super) fn read(path: &Path, passphrase: Option<&Secret<String>>) -> Result<Self, OpenError> {
        let malformed = || OpenError::KeyMalformed { path: path.to_owned() };
        let bytes = Zeroizing::new(fs::read(path).map_err(io_error("read", path))?);
        let text = std::str::from_utf8(&bytes).map_err(|_| malformed())?;
        if passphrase::is_wrapped(text) {
            let passphrase = passphrase.ok_or_else(|| OpenError::PassphraseMissing { path: path.to_owned() })?;
            return Self::from_bytes(passphrase::unwrap(path, text, passphrase)?.as_slice());
        }
        let text = text.strip_prefix(PREFIX).ok_or_else(malformed)?;
        let key = Zeroizing::new(hex::decode(text.trim_end()).map_err(|_| malformed())?);
        if key.len() == 32 { Self::from_bytes(&key) } else { Err(malformed()) }
    }

    fn from_bytes(key: &[u8]) -> Result<Self, OpenError> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self).map_err(|_| OpenError::Cipher)
    }

    /// Nonce and ciphertext of a record. The record's key is authenticated with it, so that no record passes for another.
    pub(super) fn close(&self, key: &str, record: &[u8]) -> Option<Vec<u8>> {
        // With room for the tag: growing would leave a copy of the record behind.
        let mut body = Vec::with_capacity(record.len() + AES_256_GCM.tag_len());
        body.extend_from_slice(record);
        let nonce = self.0.seal_in_place_append_tag(Aad::from(key.as_bytes()), &mut body).ok()?;
        let mut sealed = Vec::with_capacity(NONCE + body.len());
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&body);
        Some(sealed)
    }

    /// What [`Seal::close`] sealed under the same key.
    pub(super) fn open(&self, key: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, body) = sealed.split_at_checked(NONCE)?;
        let mut body = Zeroizing::new(body.to_vec());
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let length = self.0.open_in_place(nonce, Aad::from(key.as_bytes()), &mut body).ok()?.len();
        body.truncate(length);
        Some(body)
    }
}

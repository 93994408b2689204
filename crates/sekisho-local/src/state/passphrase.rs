//! A key that is wrapped with a passphrase: `sekisho-state-key-2 argon2id m=…,t=…,p=… SALT WRAPPED`.
//!
//! Argon2id (RFC 9106) makes a key from the passphrase, AES-256-GCM wraps the state's key with it and authenticates the line's beginning.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::rand;
use sekisho_model::Secret;
use zeroize::Zeroizing;

use super::OpenError;

const PREFIX: &str = "sekisho-state-key-2 argon2id ";
/// Memory in KiB, passes, lanes: the second recommendation of OWASP's password storage cheat sheet, since the program as a whole is to stay small.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// What a file may ask for at most: whoever writes it must not be able to use up the machine.
const MOST: (u32, u32, u32) = (1 << 20, 64, 16);
const SALT: usize = 16;
const NONCE: usize = 12;

pub(super) fn is_wrapped(text: &str) -> bool {
    text.starts_with(PREFIX)
}

/// The content of the key's file.
pub(super) fn wrap(key: &[u8; 32], passphrase: &Secret<String>) -> Result<String, OpenError> {
    let mut salt = [0_u8; SALT];
    rand::fill(&mut salt).map_err(|_| OpenError::Cipher)?;
    let (memory, passes, lanes) = COST;
    let head = format!("{PREFIX}m={memory},t={passes},p={lanes} {}", hex::encode(salt));
    let cipher = cipher(passphrase, &salt, COST)?;
    let mut wrapped = Zeroizing::new(Vec::with_capacity(key.len() + AES_256_GCM.tag_len()));
    wrapped.extend_from_slice(key);
    let nonce = cipher.seal_in_place_append_tag(Aad::from(head.as_bytes()), &mut *wrapped).map_err(|_| OpenError::Cipher)?;
    Ok(format!("{head} {}{}\n", hex::encode(nonce.as_ref()), hex::encode(wrapped.as_slice())))
}

/// The key in `text`, the content of the file at `path`.
pub(super) fn unwrap(path: &Path, text: &str, passphrase: &Secret<String>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let malformed = || OpenError::KeyMalformed { path: path.to_owned() };
    let (head, wrapped) = text.trim_end().rsplit_once(' ').ok_or_else(malformed)?;
    let (cost, salt) = head.strip_prefix(PREFIX).and_then(|rest| rest.split_once(' ')).ok_or_else(malformed)?;
    let cost = read_cost(cost).ok_or_else(malformed)?;
    let salt = hex::decode(salt).map_err(|_| malformed())?;
    let wrapped = hex::decode(wrapped).map_err(|_| malformed())?;
    let (nonce, body) = wrapped.split_at_checked(NONCE).ok_or_else(malformed)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| malformed())?;
    let cipher = cipher(passphrase, &salt, cost)?;
    let mut key = Zeroizing::new(body.to_vec());
    let length = cipher
        .open_in_place(nonce, Aad::from(head.as_bytes()), &mut key)
        .map_err(|_| OpenError::PassphraseWrong { path: path.to_owned() })?
        .len();
    key.truncate(length);
    if key.len() == 32 { Ok(key) } else { Err(malformed()) }
}

fn read_cost(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split(',');
    let mut next = |name: &str, most: u32| parts.next()?.strip_prefix(name)?.parse().ok().filter(|number| *number <= most);
    Some((next("m=", MOST.0)?, next("t=", MOST.1)?, next("p=", MOST.2)?))
}

fn cipher(passphrase: &Secret<String>, salt: &[u8], (memory, passes, lanes): (u32, u32, u32)) -> Result<RandomizedNonceKey, OpenError> {
    let parameters = Params::new(memory, passes, lanes, Some(32)).map_err(|_| OpenError::Cipher)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.expose().as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| OpenError::Cipher)?;
    RandomizedNonceKey::new(&AES_256_GCM, key.as_slice()).map_err(|_| OpenError::Cipher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_out_with_its_passphrase_only() {
        let key = [7; 32];
        let passphrase = Secret::new("関所 open".to_owned());
        let text = wrap(&key, &passphrase).unwrap();
        assert!(is_wrapped(&text) && !text.contains(&hex::encode(key)));
        let path = Path::new("k");
        assert_eq!(unwrap(path, &text, &passphrase).unwrap().as_slice(), key);
        let wrong = unwrap(path, &text, &Secret::new("other".to_owned()));
        assert!(matches!(wrong, Err(OpenError::PassphraseWrong { .. })));
        // Neither another cost nor a damaged line is taken for a wrong passphrase that might be tried again for ever.
        for damaged in [text.replace("t=2", "t=1000"), text.replace("m=", "x="), text.chars().take(40).collect()] {
            assert!(matches!(unwrap(path, &damaged, &passphrase), Err(OpenError::KeyMalformed { .. })), "{damaged}");
        }
    }
}

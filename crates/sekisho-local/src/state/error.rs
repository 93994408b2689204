//! Why a state cannot be opened.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// Why a state cannot be opened. Nothing was overwritten.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file system refused.
    #[error("cannot {action} `{path}`")]
    Io {
        /// What was tried, such as `read`.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process has it.
    #[error("the state in `{path}` is in use by {}", owner(.endpoint.as_deref(), waited))]
    Owned {
        /// The state's directory.
        path: PathBuf,
        /// The server that owns it, if it is one.
        endpoint: Option<Box<super::ownership::Endpoint>>,
        /// How long was waited for it.
        waited: Duration,
    },
    /// The path is something else than a directory, or a file of the state is something else than a file.
    #[error("`{path}` is not {expected}")]
    Kind {
        /// The path.
        path: PathBuf,
        /// What it should be: `a directory` or `a file`.
        expected: &'static str,
    },
    /// Somebody else owns the path.
    #[error("`{path}` belongs to user {owner}, not to user {user} who runs this")]
    OtherUser {
        /// The path.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
        /// Who runs this.
        user: u32,
    },
    /// Others may read or write the path.
    #[error("`{path}` is open to other users (mode {mode:03o}): take their rights away with `chmod go= {path}`")]
    Exposed {
        /// The path.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A newer version wrote it.
    #[error("`{path}` was written by a newer Sekisho (format {found}; this one knows format {known})")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest format that this version knows.
        known: u64,
    },
    /// A database, but not ours.
    #[error("`{path}` is not a state of Sekisho")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Records, but no key to open them.
    #[error("the key `{path}` of the state is missing, and without it the state cannot be read: put it back, or reset the state")]
    KeyMissing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The key's file is no key.
    #[error("`{path}` is not a key of Sekisho's state")]
    KeyMalformed {
        /// The file.
        path: PathBuf,
    },
    /// A key, but of another state.
    #[error("`{path}` is the key of another state: put the right one back, or reset the state")]
    OtherKey {
        /// The key's file.
        path: PathBuf,
    },
    /// The key is wrapped with a passphrase, and none was given.
    #[error("the key `{path}` of the state needs its passphrase")]
    PassphraseMissing {
        /// The key's file.
        path: PathBuf,
    },
    /// The passphrase does not open the key.
    #[error("the passphrase does not open `{path}`")]
    PassphraseWrong {
        /// The key's file.
        path: PathBuf,
    },
    /// The file cannot be read as what it is.
    #[error("the state in `{path}` is damaged: restore it, or reset the state")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: Box<redb::Error>,
    },
    /// The cipher or the random generator failed.
    #[error("the cipher that seals the state failed")]
    Cipher,
    /// A record that every state has cannot be used.
    #[error("the state in `{path}` cannot be used: {reason}")]
    Unusable {
        /// The state's directory.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

fn owner(endpoint: Option<&super::ownership::Endpoint>, waited: &Duration) -> String {
    match endpoint {
        Some(endpoint) => format!("the server at {} (process {})", endpoint.url, endpoint.pid),
        None => format!("another process, still after {:.1} s of waiting", waited.as_secs_f64()),
    }
}

//! Who owns a state directory: a verb that finds a running server there becomes its client.

use std::fmt;
use std::fs;
use std::path::Path;

use sekisho_model::Secret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::directory::{self, io_error};
use super::{OpenError, lock};

pub(super) const ENDPOINT: &str = "endpoint.json";

/// Who owns a state directory at this moment.
#[derive(Clone, Debug)]
pub enum Ownership {
    /// A running server: talk to it.
    Owned(Endpoint),
    /// A process that is no server, so that it will soon be done: [`crate::EmbeddedAws::open`] waits for it.
    Busy,
    /// Nobody.
    Free,
}

/// A running server, as it published itself in the state directory.
#[derive(Clone)]
pub struct Endpoint {
    /// Such as `http://127.0.0.1:4566`.
    pub url: String,
    /// An access key that works in the server's default account.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: Secret<String>,
    /// For the paths under `/_sekisho/`, in the header `x-sekisho-admin-token`.
    pub admin_token: Secret<String>,
    /// The server's process.
    pub pid: u32,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &self.url)
            .field("access_key_id", &self.access_key_id)
            .field("pid", &self.pid)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct File<'a> {
    url: &'a str,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    admin_token: &'a str,
    pid: u32,
}

/// Who owns `state_dir` now. A published endpoint counts only while its process holds the lock, so that one left by a killed server is not believed.
pub fn look(state_dir: &Path) -> Result<Ownership, OpenError> {
    if !state_dir.exists() {
        return Ok(Ownership::Free);
    }
    directory::prepare(state_dir)?;
    if !lock::is_held(state_dir).map_err(io_error("lock", state_dir))? {
        return Ok(Ownership::Free);
    }
    Ok(read_endpoint(state_dir).map_or(Ownership::Busy, Ownership::Owned))
}

/// What the owner published, if it did and the file is ours.
pub(super) fn read_endpoint(directory: &Path) -> Option<Endpoint> {
    let path = directory.join(ENDPOINT);
    if !directory::check_file(&path).ok()? {
        return None;
    }
    let text = Zeroizing::new(fs::read(&path).ok()?);
    let file: File<'_> = serde_json::from_slice(&text).ok()?;
    Some(Endpoint {
        url: file.url.to_owned(),
        access_key_id: file.access_key_id.to_owned(),
        secret_access_key: Secret::new(file.secret_access_key.to_owned()),
        admin_token: Secret::new(file.admin_token.to_owned()),
        pid: file.pid,
    })
}

/// Publishes a server. The caller owns the state.
pub(crate) fn publish(directory: &Path, endpoint: &Endpoint) -> Result<(), OpenError> {
    let file = File {
        url: &endpoint.url,
        access_key_id: &endpoint.access_key_id,
        secret_access_key: endpoint.secret_access_key.expose(),
        admin_token: endpoint.admin_token.expose(),
        pid: endpoint.pid,
    };
    let text = Zeroizing::new(serde_json::to_vec(&file).map_err(|error| io_error("write", &directory.join(ENDPOINT))(error.into()))?);
    directory::write_private(directory, ENDPOINT, &text)
}

/// Takes back what [`publish`] said.
pub(crate) fn withdraw(directory: &Path) -> Result<(), OpenError> {
    directory::remove(&directory.join(ENDPOINT))
}

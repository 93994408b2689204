//! The embedded AWS as its users hold it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::rand;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use sekisho_model::{AccountId, Secret};
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

use crate::api::key;
use crate::bytes64;
use crate::front::{Front, Trust};
use crate::state::{OpenError, SnapshotError, State};

/// How to open the embedded AWS.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Where the state is kept. It is made where it is missing.
    pub state_dir: PathBuf,
    /// The account of callers whose access key names none.
    pub default_account: AccountId,
    /// How long to wait for another process to release the state.
    pub lock_patience: Duration,
    /// Opens the key of a state that needs one. A state that is made gets a key that needs it.
    pub passphrase: Option<Secret<String>>,
}

impl OpenOptions {
    /// With five seconds of patience.
    pub fn new(state_dir: impl Into<PathBuf>, default_account: AccountId) -> Self {
        Self { state_dir: state_dir.into(), default_account, lock_patience: Duration::from_secs(5), passphrase: None }
    }
}

/// The embedded AWS over its state, which this process owns until the value is dropped.
pub struct EmbeddedAws {
    state: State,
    default_account: AccountId,
    secret_key: Secret<String>,
    clock: Box<dyn Fn() -> OffsetDateTime + Send + Sync>,
}

impl fmt::Debug for EmbeddedAws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedAws").field("state", &self.state).field("default_account", &self.default_account).finish_non_exhaustive()
    }
}

impl EmbeddedAws {
    /// Opens the state, and makes it where there is none. It blocks for up to the lock's patience.
    ///
    /// # Errors
    /// Where the state belongs to somebody else, is in use, cannot be read, or was written by a newer version. Nothing is overwritten then.
    pub fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let state = State::open(&options.state_dir, options.lock_patience, options.passphrase.as_ref())?;
        let secret_key = secret_key(&state)?;
        Ok(Self { state, default_account: options.default_account, secret_key, clock: Box::new(OffsetDateTime::now_utc) })
    }

    /// Takes the time from `clock` instead of the system: for tests and rehearsals.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Answers a request of this process. The signature is not checked; account and Region come from the `Authorization` header's credential
    /// scope, so that the same request means the same over the network. Credentials that STS issued must still be valid and come with their token.
    ///
    /// It blocks while other calls write; it may be called from several threads at once.
    pub fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.answer(request, Trust::InProcess)
    }

    /// Answers a request, and wipes its body unless somebody else still holds it.
    pub(crate) fn answer(&self, request: Request<Bytes>, trust: Trust) -> Response<Bytes> {
        let answer = || {
            let front = Front {
                state: &self.state,
                default_account: &self.default_account,
                secret_key: self.secret_key.expose(),
                now: (self.clock)(),
            };
            front.answer(&request, trust)
        };
        // An unfinished write is rolled back as its transaction is dropped, so that nothing half-done is seen later.
        let response = catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|_| failure());
        if let Ok(mut body) = request.into_body().try_into_mut() {
            body.as_mut().zeroize();
        }
        response
    }

    /// Forgets every record of every service. The access key of the server stays.
    pub(crate) fn forget(&self) -> Result<(), crate::api::ApiError> {
        let kept = secret_key_record();
        self.state.write(|records| {
            for (name, _) in records.scan("", None, usize::MAX)? {
                if name != kept && name != crate::state::WITNESS {
                    records.delete(&name)?;
                }
            }
            Ok(())
        })
    }

    /// Keeps everything under `name`, which is made of lower-case letters, digits and hyphens. One of that name is only replaced where `replace` says so.
    ///
    /// # Errors
    /// Where the name is none or taken, or the file cannot be written.
    pub fn save(&self, name: &str, replace: bool) -> Result<(), SnapshotError> {
        self.state.save(name, replace)
    }

    /// Puts what [`EmbeddedAws::save`] kept under `name` in the place of everything. The keys of a running server stay.
    ///
    /// # Errors
    /// Where there is none of that name, or it cannot be read. Nothing has changed then.
    pub fn load(&self, name: &str) -> Result<(), SnapshotError> {
        self.state.load(name)
    }

    /// The names of what was saved, in order.
    ///
    /// # Errors
    /// Where the directory cannot be read.
    pub fn snapshots(&self) -> Result<Vec<String>, OpenError> {
        self.state.snapshots()
    }

    /// Seals everything under a new key, snapshots included. From now on it needs `passphrase`; without one, only the key's file.
    ///
    /// # Errors
    /// Where the files cannot be written. However it ends, the next to open the state finds one key that opens everything.
    pub fn reseal(self, passphrase: Option<&Secret<String>>) -> Result<(), OpenError> {
        self.state.reseal(passphrase)
    }

    /// Where the state is kept.
    pub fn state_dir(&self) -> &Path {
        self.state.directory()
    }

    /// The account of callers whose access key names none.
    pub fn default_account(&self) -> &AccountId {
        &self.default_account
    }

    /// The secret of every access key that STS did not issue. It is one random text per state.
    pub(crate) fn secret_key(&self) -> &Secret<String> {
        &self.secret_key
    }
}

/// The answer to a request that this crate failed at. It says nothing of the request.
pub(crate) fn failure() -> Response<Bytes> {
    refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure", "this request met a defect of Sekisho")
}

/// An answer that no service gives.
pub(crate) fn refusal(status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let body = serde_json::json!({ "__type": code, "message": format!("Sekisho's embedded AWS: {message}") });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
    if let Ok(id) = HeaderValue::from_str(&Uuid::new_v4().to_string()) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

fn secret_key_record() -> String {
    key(&["server", "secret-access-key"])
}

fn secret_key(state: &State) -> Result<Secret<String>, OpenError> {
    let name = secret_key_record();
    let unusable = |error: crate::api::ApiError| OpenError::Unusable { path: state.directory().to_owned(), reason: error.message };
    let text = |bytes: Zeroizing<Vec<u8>>| Secret::new(String::from_utf8_lossy(&bytes).into_owned());
    if let Some(found) = state.read(|records| records.get(&name)).map_err(unusable)? {
        return Ok(text(found));
    }
    let mut bytes = Zeroizing::new([0_u8; 30]);
    rand::fill(bytes.as_mut_slice()).map_err(|_| OpenError::Cipher)?;
    let secret = Zeroizing::new(bytes64::encode(bytes.as_slice()).into_bytes());
    state.write(|records| records.put(&name, &secret)).map_err(unusable)?;
    Ok(text(secret))
}

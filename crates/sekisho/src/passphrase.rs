//! The passphrase of the embedded AWS's state: from `SEKISHO_STATE_PASSPHRASE`, which no child inherits, or from a hidden prompt.

use std::io::IsTerminal as _;

use sekisho_local::{EmbeddedAws, OpenError, OpenOptions};
use sekisho_model::Secret;

use crate::failure::Failure;
use crate::session::Session;

/// What no child gets.
pub(crate) const VARIABLES: [&str; 2] = [VARIABLE, NEXT_VARIABLE];
/// The passphrase.
const VARIABLE: &str = "SEKISHO_STATE_PASSPHRASE";
/// The one that is to be, where there is one already.
const NEXT_VARIABLE: &str = "SEKISHO_STATE_NEW_PASSPHRASE";

/// Opens the state; where its key needs a passphrase and the environment has none, people are asked for it.
pub(crate) fn open(session: &Session, options: OpenOptions) -> Result<EmbeddedAws, OpenFailure> {
    let options = OpenOptions { passphrase: from_environment(), ..options };
    match EmbeddedAws::open(options.clone()) {
        Err(OpenError::PassphraseMissing { path }) if is_interactive() => {
            let passphrase = ask(session, "passphrase-prompt").map_err(OpenFailure::Other)?;
            let passphrase = passphrase.ok_or(OpenFailure::Open(OpenError::PassphraseMissing { path }))?;
            EmbeddedAws::open(OpenOptions { passphrase: Some(passphrase), ..options }).map_err(OpenFailure::Open)
        }
        other => other.map_err(OpenFailure::Open),
    }
}

/// Why it could not be opened.
pub(crate) enum OpenFailure {
    Open(OpenError),
    Other(Failure),
}

impl From<OpenFailure> for Failure {
    fn from(failure: OpenFailure) -> Self {
        match failure {
            OpenFailure::Open(error) => error.into(),
            OpenFailure::Other(failure) => failure,
        }
    }
}

/// A new passphrase, typed twice; from the environment once. Where there is one already (`sealed`), the environment has the next one under a name of its own.
pub(crate) fn new(session: &Session, sealed: bool) -> Result<Secret<String>, Failure> {
    if let Some(passphrase) = variable(if sealed { NEXT_VARIABLE } else { VARIABLE }) {
        return Ok(passphrase);
    }
    if !is_interactive() {
        return Err(Failure::new("passphrase-none").with("variable", if sealed { NEXT_VARIABLE } else { VARIABLE }));
    }
    let first = ask(session, "passphrase-new")?.ok_or_else(|| Failure::new("value-empty"))?;
    let second = ask(session, "passphrase-again")?;
    if second.is_some_and(|second| second.expose() == first.expose()) { Ok(first) } else { Err(Failure::new("passphrase-mismatch")) }
}

fn from_environment() -> Option<Secret<String>> {
    variable(VARIABLE)
}

fn variable(name: &str) -> Option<Secret<String>> {
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    std::env::var(name).ok().filter(|passphrase| !passphrase.is_empty()).map(Secret::new)
}

fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn ask(session: &Session, id: &str) -> Result<Option<Secret<String>>, Failure> {
    let question = session.say(id, &[]);
    let prompt = inquire::Password::new(&question).with_display_mode(inquire::PasswordDisplayMode::Hidden).without_confirmation();
    match prompt.prompt() {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty()).map(Secret::new)),
        Err(_) => Err(Failure::new("interrupted").exiting(130)),
    }
}

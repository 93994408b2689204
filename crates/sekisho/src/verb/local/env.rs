//! `local env`: what points other programs at the running server, for `eval`.

use sekisho_local::ownership;
use sekisho_local::ownership::Ownership;
use sekisho_model::AccountId;

use super::{exports, place};
use crate::cli::LocalEnv;
use crate::failure::{Failure, Outcome};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &LocalEnv) -> Outcome {
    let place = place(session)?;
    let account = match &arguments.account {
        Some(account) => account.parse::<AccountId>().map_err(|_| Failure::new("bad-account").with("text", account))?.to_string(),
        None => place.account.clone(),
    };
    let not_running = || Failure::new("local-not-running").with("directory", place.directory.display()).exiting(3);
    if !place.directory.exists() {
        return Err(not_running());
    }
    match ownership::look(&place.directory)? {
        Ownership::Owned(endpoint) => {
            session.print(&exports(&endpoint.url, &account, endpoint.secret_access_key.expose(), &place.region));
            Ok(0)
        }
        Ownership::Busy | Ownership::Free => Err(not_running()),
    }
}

//! `local reset`: forgets everything.

use std::io::IsTerminal as _;
use std::time::Duration;

use super::place;
use crate::cli::LocalReset;
use crate::failure::{Failure, Outcome};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &LocalReset) -> Outcome {
    let place = place(session)?;
    let directory = place.directory.display().to_string();
    if !place.directory.exists() {
        session.tell("local-state-empty", &[("directory", directory), ("url", String::new())]);
        return Ok(0);
    }
    if !arguments.yes {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(Failure::new("reset-needs-yes"));
        }
        let question = session.say("reset-question", &[("directory", directory.clone())]);
        match inquire::Confirm::new(&question).with_default(false).prompt() {
            Ok(true) => {}
            Ok(false) => return Ok(0),
            Err(_) => return Err(Failure::new("interrupted").exiting(130)),
        }
    }
    sekisho_local::reset(&place.directory, Duration::from_secs(1))?;
    session.tell("local-reset", &[("directory", directory)]);
    Ok(0)
}

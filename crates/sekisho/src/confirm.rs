//! Questions that only a person may answer with yes.

use std::io::IsTerminal as _;

use crate::failure::Failure;
use crate::session::Session;

/// Asks `question` unless `yes` is given. Without a terminal nothing is done: silence is no consent.
pub(crate) fn confirm(session: &Session, yes: bool, question: &str, args: &[(&'static str, String)]) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let said = session.say(question, args);
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Failure::new("confirm-impossible").with("question", said));
    }
    match inquire::Confirm::new(&said).with_default(false).prompt() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::new("confirm-refused")),
        Err(_) => Err(Failure::new("interrupted").exiting(130)),
    }
}

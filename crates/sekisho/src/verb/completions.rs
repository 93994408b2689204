//! `completions`: for the user's shell.

use crate::cli::Completions;
use crate::failure::Outcome;
use crate::help;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut help::command(&session.wording), "sekisho", &mut script);
    session.print(&String::from_utf8_lossy(&script));
    Ok(0)
}

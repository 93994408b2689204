//! `generate`: files that are right by construction.

mod calls;
mod policy;

use crate::cli::Generate;
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Generate) -> Outcome {
    match arguments {
        Generate::Policy(arguments) => policy::run(session, arguments),
    }
}

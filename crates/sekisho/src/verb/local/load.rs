//! `local load`: puts what was saved in the place of everything.

use super::{Owner, blocking, owner, place};
use crate::cli::LocalLoad;
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &LocalLoad) -> Outcome {
    let place = place(session)?;
    match owner(session, &place)? {
        Owner::Server(endpoint) => blocking(sekisho_local::admin::load(&endpoint, &arguments.name))?,
        Owner::Us(aws) => aws.load(&arguments.name)?,
    }
    session.tell("local-loaded", &[("name", arguments.name.clone()), ("directory", place.directory.display().to_string())]);
    Ok(0)
}

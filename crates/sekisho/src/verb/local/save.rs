//! `local save`: keeps everything under a name.

use super::{Owner, blocking, owner, place};
use crate::cli::LocalSave;
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &LocalSave) -> Outcome {
    let place = place(session)?;
    match owner(session, &place)? {
        Owner::Server(endpoint) => blocking(sekisho_local::admin::save(&endpoint, &arguments.name, arguments.replace))?,
        Owner::Us(aws) => aws.save(&arguments.name, arguments.replace)?,
    }
    session.tell("local-saved", &[("name", arguments.name.clone()), ("directory", place.directory.display().to_string())]);
    Ok(0)
}

//! `man`: the manual pages, in the chosen language.

use std::path::Path;

use clap::Command;

use crate::cli::Man;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::help;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Man) -> Outcome {
    let mut command = help::command(&session.wording);
    command.build();
    match &arguments.directory {
        None => session.print(&page(command)?),
        Some(directory) => write(session, &command, "sekisho", directory)?,
    }
    Ok(0)
}

fn page(command: Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| Failure::new("no-runtime").with("cause", error.kind()))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// One page for each verb. Pages that are there already are replaced only by the user's removing them.
fn write(session: &Session, command: &Command, name: &str, directory: &Path) -> Result<(), Failure> {
    let file = directory.join(format!("{name}.1"));
    files::write_new(&file, &page(command.clone().name(name.to_owned()))?)?;
    session.tell("wrote", &[("file", file.display().to_string())]);
    for sub in command.get_subcommands() {
        write(session, sub, &format!("{name}-{}", sub.get_name()), directory)?;
    }
    Ok(())
}

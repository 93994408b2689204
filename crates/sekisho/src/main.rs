//! `sekisho`: the command line. It parses, opens what the verb needs, and exits with the verb's code.

mod access;
mod cli;
mod confirm;
mod convention;
mod endpoint;
mod failure;
mod files;
mod filling;
mod harden;
mod help;
mod needs;
mod passphrase;
mod private_file;
mod progress;
mod redact;
mod session;
mod stderr;
mod survey;
mod telling;
mod verb;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::session::Session;

fn main() -> ExitCode {
    harden::quiet_panics();
    let core_limit = harden::harden();
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let wording = help::wording(help::language(&arguments));
    let cli = match help::parse(arguments, &wording) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    cli.global.color.apply();
    if cli.global.allow_env {
        files::allow_environment();
    }
    let session = Session::new(cli.global, wording, core_limit);
    match verb::run(&session, cli.verb) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => report(&session, &failure),
    }
}

fn report(session: &Session, failure: &Failure) -> ExitCode {
    session.complain(failure);
    ExitCode::from(failure.exit)
}

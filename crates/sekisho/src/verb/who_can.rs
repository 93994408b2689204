//! `who-can`: who may read a secret, and through which statements. From an account's authorization details in a file, or live.

mod answer;
mod live;
mod question;

use sekisho_iam::Candidates;

use crate::cli::WhoCan;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::session::Session;

/// Largest file of account details.
const DETAILS_LIMIT: u64 = 512 * 1024 * 1024;

pub(super) fn run(session: &Session, arguments: &WhoCan) -> Outcome {
    let answers = match &arguments.account_details {
        Some(file) => {
            let protected = question::from_files(session, arguments)?;
            let bytes = files::read_up_to(file, DETAILS_LIMIT)?;
            let details = sekisho_read::account_details(&file.display().to_string(), &bytes)?;
            let candidates = Candidates::new(&details);
            answer::Answers::new(&candidates, details.truncated, protected)
        }
        None => super::on_runtime(live::ask(session, arguments))?,
    };
    answers.tell(session);
    // Nobody who reads is a good answer, and somebody who reads too: only what cannot be told is not.
    Ok(if answers.is_open() { crate::failure::UNPROVED } else { 0 })
}

/// A secret that the manifest does not declare.
fn unknown_secret(name: &str, known: &[&str]) -> Failure {
    let near = crate::failure::suggestion(name, known.iter().copied());
    Failure::new("who-can-unknown-secret").with("name", name).with("suggestion", near).with("known", known.join(", "))
}

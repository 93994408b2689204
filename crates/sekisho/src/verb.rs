//! The verbs, one file each.

mod can;
mod check;
mod completions;
mod explain;
mod generate;
mod init;
mod local;
mod man;
mod run;
mod schema;
mod secret;
mod verify;
mod who_can;

use crate::cli::Verb;
use crate::failure::{Failure, Outcome};
use crate::session::Session;

/// Does what `verb` says.
pub(crate) fn run(session: &Session, verb: Verb) -> Outcome {
    if session.global.output.is_of_findings() && matches!(verb, Verb::Secret(_) | Verb::Local(_)) {
        return Err(Failure::new("output-of-findings"));
    }
    match verb {
        Verb::Check(arguments) => check::run(session, &arguments),
        Verb::Init(arguments) => init::run(session, &arguments),
        Verb::Explain(arguments) => explain::run(session, &arguments),
        Verb::Verify(arguments) => on_runtime(verify::run(session, &arguments)),
        Verb::Run(arguments) => run::run(session, &arguments),
        Verb::Secret(arguments) => on_runtime(secret::run(session, &arguments)),
        Verb::Can(arguments) => can::run(session, &arguments),
        Verb::WhoCan(arguments) => who_can::run(session, &arguments),
        Verb::Generate(arguments) => generate::run(session, &arguments),
        Verb::Local(arguments) => local::run(session, &arguments),
        Verb::Schema(arguments) => schema::run(session, &arguments),
        Verb::Completions(arguments) => completions::run(session, &arguments),
        Verb::Man(arguments) => man::run(session, &arguments),
    }
}

/// Runs `future` to its end, or to the user's interruption.
fn on_runtime<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new("no-runtime").with("cause", error.kind()))?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = future => result,
            _ = tokio::signal::ctrl_c() => Err(Failure::new("interrupted").exiting(130)),
        }
    });
    // A request that hangs in a blocking thread must not keep the program.
    runtime.shutdown_background();
    result
}

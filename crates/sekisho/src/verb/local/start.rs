//! `local start`: in the foreground, until it is interrupted.

use std::sync::Arc;

use sekisho_local::{Server, ServerOptions};

use super::{exports, options, place};
use crate::cli::LocalStart;
use crate::failure::{Failure, Outcome};
use crate::passphrase;
use crate::session::Session;

/// The account that suites written for moto expect.
const TEST_ACCOUNT: &str = "123456789012";

pub(super) fn run(session: &Session, arguments: &LocalStart) -> Outcome {
    let mut place = place(session)?;
    if arguments.test_mode {
        TEST_ACCOUNT.clone_into(&mut place.account);
    }
    let aws = Arc::new(passphrase::open(session, options(&place)?)?);
    let options = ServerOptions {
        addr: arguments.listen,
        port: arguments.port,
        allow_host: arguments.allow_host.clone(),
        test_mode: arguments.test_mode,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new("no-runtime").with("cause", error.kind()))?;
    runtime.block_on(async {
        let failed = |error: sekisho_local::ServerError| Failure::new("server-failed").with("cause", error);
        let server = Server::bind(aws, options).map_err(failed)?;
        let credentials = server.credentials();
        session.tell("local-started", &[("url", server.url().to_owned()), ("directory", place.directory.display().to_string())]);
        if arguments.test_mode {
            session.tell("local-test-mode", &[]);
        }
        if !arguments.listen.is_loopback() {
            session.tell("local-not-loopback", &[]);
        }
        session.print(&exports(server.url(), &credentials.access_key_id, credentials.secret_access_key.expose(), &place.region));
        server.run(stop()).await.map_err(failed)?;
        session.tell("local-stopped", &[]);
        Ok(0)
    })
}

/// Ctrl-C, or the signal that supervisors send.
async fn stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

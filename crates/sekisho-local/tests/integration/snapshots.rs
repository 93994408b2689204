//! What is saved under a name, loaded again, and sealed with a passphrase.

use std::sync::Arc;

use sekisho_local::{EmbeddedAws, OpenError, OpenOptions, Server, ServerOptions, SnapshotError, admin, needs_passphrase, reset, snapshots};
use sekisho_model::Secret;
use serde_json::json;

use crate::aws::{Aws, aws, options};

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

#[test]
fn what_was_saved_takes_the_place_of_everything() {
    let aws = aws();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "first", "Type": "SecureString"}));
    aws.embedded.save("before", false).unwrap();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "second", "Type": "SecureString", "Overwrite": true}));
    aws.ssm_ok("PutParameter", json!({"Name": "/b", "Value": "new", "Type": "String"}));
    aws.embedded.load("before").unwrap();
    let answer = aws.ssm_ok("GetParameter", json!({"Name": "/a", "WithDecryption": true}));
    assert_eq!(answer["Parameter"]["Value"], "first");
    assert_eq!(aws.ssm("GetParameter", json!({"Name": "/b"})).status, 400);
    assert!(matches!(aws.embedded.save("before", false), Err(SnapshotError::Exists { .. })));
    aws.embedded.save("before", true).unwrap();
    assert!(matches!(aws.embedded.load("other"), Err(SnapshotError::Missing { known, .. }) if known == ["before"]));
    for name in ["", "../state", "A", "-a", "a-", &"a".repeat(65)] {
        assert!(matches!(aws.embedded.save(name, false), Err(SnapshotError::Name { .. })), "{name}");
    }
    assert_eq!(aws.embedded.snapshots().unwrap(), ["before"]);
}

#[test]
fn a_passphrase_is_needed_from_then_on_and_for_what_was_saved_before() {
    let Aws { embedded, directory, .. } = aws();
    let state = embedded.state_dir().to_owned();
    embedded.save("plain", false).unwrap();
    Arc::into_inner(embedded).unwrap().reseal(Some(&secret("open sesame"))).unwrap();
    assert!(needs_passphrase(&state).unwrap());
    assert!(matches!(EmbeddedAws::open(options(&directory)), Err(OpenError::PassphraseMissing { .. })));
    let with = |passphrase: &str| OpenOptions { passphrase: Some(secret(passphrase)), ..options(&directory) };
    assert!(matches!(EmbeddedAws::open(with("open barley")), Err(OpenError::PassphraseWrong { .. })));
    let aws = EmbeddedAws::open(with("open sesame")).unwrap();
    aws.load("plain").unwrap();
    aws.reseal(None).unwrap();
    assert!(!needs_passphrase(&state).unwrap());
    EmbeddedAws::open(options(&directory)).unwrap().load("plain").unwrap();
    reset(&state, std::time::Duration::ZERO).unwrap();
    assert!(snapshots(&state).unwrap().is_empty());
}

#[test]
fn a_new_state_is_sealed_from_the_beginning_where_a_passphrase_is_given() {
    let directory = tempfile::tempdir().unwrap();
    let opened = OpenOptions { passphrase: Some(secret("p")), ..options(&directory) };
    let state = EmbeddedAws::open(opened).unwrap().state_dir().to_owned();
    assert!(needs_passphrase(&state).unwrap());
}

#[test]
fn a_running_server_saves_and_loads_and_stays_reachable() {
    let Aws { embedded: aws, directory: _directory, .. } = aws();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let server = Server::bind(Arc::clone(&aws), ServerOptions::default()).unwrap();
    let endpoint = server.endpoint().clone();
    runtime.block_on(async {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        admin::save(&endpoint, "one", false).await.unwrap();
        let taken = admin::save(&endpoint, "one", false).await.unwrap_err();
        assert!(matches!(taken, admin::AdminError::Snapshot(SnapshotError::Exists { .. })), "{taken}");
        admin::load(&endpoint, "one").await.unwrap();
        let missing = admin::load(&endpoint, "two").await.unwrap_err();
        assert!(matches!(missing, admin::AdminError::Snapshot(SnapshotError::Missing { known, .. }) if known == ["one"]));
        // Its key is still the one that it published.
        admin::save(&endpoint, "one", true).await.unwrap();
        let foreign = sekisho_local::ownership::Endpoint { admin_token: secret("wrong"), ..endpoint.clone() };
        assert!(admin::save(&foreign, "three", false).await.is_err());
        assert_eq!(aws.snapshots().unwrap(), ["one"]);
        stop.send(()).unwrap();
        running.await.unwrap().unwrap();
        assert!(matches!(admin::load(&endpoint, "one").await, Err(admin::AdminError::Unreachable { .. })));
    });
}

//! Ownership, durability, and everything that can be wrong with a state directory.

use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sekisho_local::ownership::{Ownership, look};
use sekisho_local::{EmbeddedAws, OpenError, OpenOptions, reset};
use serde_json::json;
use tempfile::TempDir;

use crate::aws::{ACCOUNT, Aws, aws, options, read, request};

const CREDENTIAL: &str = "123456789012/20260101/ap-northeast-1/ssm/aws4_request";

fn put(aws: &EmbeddedAws, name: &str, value: &str) -> u16 {
    let input = json!({"Name": name, "Value": value, "Type": "SecureString", "Overwrite": true});
    read(aws.handle(request("AmazonSSM.PutParameter", CREDENTIAL, &input))).status
}

fn get(aws: &EmbeddedAws, name: &str) -> Option<String> {
    let input = json!({"Name": name, "WithDecryption": true});
    let answer = read(aws.handle(request("AmazonSSM.GetParameter", CREDENTIAL, &input)));
    answer.body["Parameter"]["Value"].as_str().map(str::to_owned)
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let Aws { embedded, directory, .. } = aws();
    assert_eq!(put(&embedded, "/a", "kept"), 200);
    drop(embedded);
    let again = EmbeddedAws::open(options(&directory)).unwrap();
    assert_eq!(get(&again, "/a").as_deref(), Some("kept"));
    for entry in fs::read_dir(again.state_dir()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
    }
    assert_eq!(fs::metadata(again.state_dir()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn one_owner_at_a_time() {
    let Aws { embedded, directory, .. } = aws();
    assert!(matches!(look(embedded.state_dir()).unwrap(), Ownership::Busy));
    let begin = Instant::now();
    let refused = EmbeddedAws::open(options(&directory)).unwrap_err();
    assert!(matches!(refused, OpenError::Owned { endpoint: None, .. }), "{refused}");
    assert!(begin.elapsed() >= Duration::from_millis(200));
    assert!(matches!(reset(embedded.state_dir(), Duration::ZERO), Err(OpenError::Owned { .. })));
    // Whoever waits long enough gets it.
    let options = OpenOptions { lock_patience: Duration::from_secs(20), ..options(&directory) };
    let waiting = std::thread::spawn(move || EmbeddedAws::open(options).map(|aws| get(&aws, "/a")));
    assert_eq!(put(&embedded, "/a", "first"), 200);
    std::thread::sleep(Duration::from_millis(100));
    let state = embedded.state_dir().to_owned();
    drop(embedded);
    assert_eq!(waiting.join().unwrap().unwrap().as_deref(), Some("first"));
    assert!(matches!(look(&state).unwrap(), Ownership::Free));
    assert!(matches!(look(&state.join("none")).unwrap(), Ownership::Free));
}

#[test]
fn a_state_that_others_may_enter_is_refused() {
    let Aws { embedded, directory, .. } = aws();
    let state = embedded.state_dir().to_owned();
    drop(embedded);
    let open = || EmbeddedAws::open(options(&directory)).map(drop);
    for path in [state.clone(), state.join("state.redb"), state.join("state.key")] {
        let before = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(before.mode() | 0o040)).unwrap();
        assert!(matches!(open(), Err(OpenError::Exposed { .. })), "{path:?}");
        fs::set_permissions(&path, before).unwrap();
    }
    open().unwrap();
    fs::rename(state.join("state.redb"), state.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", state.join("state.redb")).unwrap();
    assert!(matches!(open(), Err(OpenError::Kind { .. })));
}

#[test]
fn a_damaged_state_or_another_key_is_told_and_nothing_is_overwritten() {
    let Aws { embedded, directory, .. } = aws();
    assert_eq!(put(&embedded, "/a", "kept"), 200);
    let state = embedded.state_dir().to_owned();
    drop(embedded);
    let (database, key) = (state.join("state.redb"), state.join("state.key"));
    let (good, good_key) = (fs::read(&database).unwrap(), fs::read(&key).unwrap());
    let open = || EmbeddedAws::open(options(&directory)).map(drop);
    let write = |path, bytes: &[u8]| fs::write(path, bytes).unwrap();

    write(&key, b"sekisho-state-key-1 0000000000000000000000000000000000000000000000000000000000000000\n");
    assert!(matches!(open(), Err(OpenError::OtherKey { .. })), "{:?}", open());
    write(&key, b"something");
    assert!(matches!(open(), Err(OpenError::KeyMalformed { .. })));
    fs::remove_file(&key).unwrap();
    assert!(matches!(open(), Err(OpenError::KeyMissing { .. })));
    assert!(!key.exists(), "no new key over old records");
    write(&key, &good_key);
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();

    for damaged in [&b"no database at all, but long enough to be looked at"[..], &good[..good.len() / 3], &[]] {
        write(&database, damaged);
        let refused = open();
        assert!(matches!(refused, Err(OpenError::Damaged { .. } | OpenError::NotOurs { .. })), "{refused:?}");
    }
    write(&database, &good);
    assert_eq!(get(&EmbeddedAws::open(options(&directory)).unwrap(), "/a").as_deref(), Some("kept"));
}

#[test]
fn flipped_bytes_never_show_a_wrong_value() {
    let Aws { embedded, directory, .. } = aws();
    assert_eq!(put(&embedded, "/a", "kept"), 200);
    let database = embedded.state_dir().join("state.redb");
    drop(embedded);
    let good = fs::read(&database).unwrap();
    let used: Vec<usize> = (0..good.len()).filter(|at| good[*at] != 0).collect();
    for at in used.iter().step_by(used.len() / 40) {
        let mut damaged = good.clone();
        damaged[*at] ^= 0x10;
        fs::write(&database, &damaged).unwrap();
        if let Ok(aws) = EmbeddedAws::open(options(&directory)) {
            let value = get(&aws, "/a");
            assert!(value.is_none() || value.as_deref() == Some("kept"), "byte {at}: {value:?}");
        }
    }
}

#[test]
fn a_newer_format_is_refused() {
    let Aws { embedded, directory, .. } = aws();
    let database = embedded.state_dir().join("state.redb");
    drop(embedded);
    let meta: redb::TableDefinition<'_, &str, u64> = redb::TableDefinition::new("meta");
    let newer = redb::Database::open(&database).unwrap();
    let transaction = newer.begin_write().unwrap();
    transaction.open_table(meta).unwrap().insert("format", 99).unwrap();
    transaction.commit().unwrap();
    drop(newer);
    let refused = EmbeddedAws::open(options(&directory)).unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 99, known: 2, .. }), "{refused}");
}

#[test]
fn reset_forgets_everything() {
    let Aws { embedded, directory, .. } = aws();
    assert_eq!(put(&embedded, "/a", "kept"), 200);
    let state = embedded.state_dir().to_owned();
    drop(embedded);
    let key = fs::read(state.join("state.key")).unwrap();
    reset(&state, Duration::ZERO).unwrap();
    let again = EmbeddedAws::open(options(&directory)).unwrap();
    assert_eq!(get(&again, "/a"), None);
    assert_ne!(fs::read(state.join("state.key")).unwrap(), key);
}

#[test]
fn an_interrupted_first_start_is_begun_anew() {
    let directory = tempfile::tempdir().unwrap();
    drop(EmbeddedAws::open(options(&directory)).unwrap());
    let state = directory.path().join("state");
    fs::rename(state.join("state.redb"), state.join("state.redb.new")).unwrap();
    fs::write(state.join("state.key.new"), "half").unwrap();
    assert_eq!(put(&EmbeddedAws::open(options(&directory)).unwrap(), "/a", "v"), 200);
}

#[test]
fn readers_and_writers_at_once_see_whole_states() {
    let aws = aws();
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let embedded = &aws.embedded;
            scope.spawn(move || (0..10).for_each(|n| assert_eq!(put(embedded, &format!("/w/{writer}"), &n.to_string()), 200)));
        }
        for _ in 0..3 {
            let embedded = &aws.embedded;
            scope.spawn(move || {
                for _ in 0..50 {
                    let value = get(embedded, "/w/1");
                    assert!(value.is_none_or(|value| value.parse::<u32>().unwrap() < 10));
                }
            });
        }
    });
    for writer in 0..3 {
        assert_eq!(get(&aws.embedded, &format!("/w/{writer}")).as_deref(), Some("9"));
    }
}

#[test]
fn a_defect_fails_one_request_only() {
    let directory = TempDir::new().unwrap();
    let defect = std::sync::atomic::AtomicBool::new(true);
    let aws = EmbeddedAws::open(options(&directory)).unwrap().with_clock(move || {
        assert!(!defect.swap(false, std::sync::atomic::Ordering::SeqCst), "a defect");
        time::OffsetDateTime::UNIX_EPOCH
    });
    assert_eq!(put(&aws, "/a", "v"), 500);
    assert_eq!(put(&aws, "/a", "v"), 200);
}

/// Where the re-executed test binary finds the state directory.
const WRITER: &str = "SEKISHO_TEST_WRITER";

/// Not a test of its own: the process that `killed_writers_lose_nothing_acknowledged` kills.
#[test]
fn writer_process() {
    #[allow(clippy::disallowed_methods, reason = "the parent test says so through the environment")]
    let Ok(path) = std::env::var(WRITER) else { return };
    let aws = EmbeddedAws::open(OpenOptions::new(path, ACCOUNT.parse().unwrap())).unwrap();
    let first = get(&aws, "/count").map_or(0, |value| value.parse::<u64>().unwrap());
    for n in first + 1.. {
        assert_eq!(put(&aws, "/count", &n.to_string()), 200);
        println!("acknowledged {n}");
    }
}

#[test]
fn killed_writers_lose_nothing_acknowledged() {
    let directory = TempDir::new().unwrap();
    let state = directory.path().join("state");
    let mut previous = 0;
    for round in 0..12_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "state::writer_process", "--nocapture"])
            .env(WRITER, &state)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = previous;
        let mut note = |line: String| {
            if let Some(n) = line.rsplit_once("acknowledged ").and_then(|(_, n)| n.parse().ok()) {
                acknowledged = n;
            }
        };
        // Every round is killed at another moment; the first ones while the state is being made.
        let wanted = round / 3;
        for _ in 0..wanted * 3 {
            note(lines.next().unwrap().unwrap());
        }
        if wanted > 0 {
            assert!(matches!(EmbeddedAws::open(options(&directory)), Err(OpenError::Owned { .. })), "the writer owns the state");
        }
        std::thread::sleep(Duration::from_millis(round * 3));
        child.kill().unwrap();
        child.wait().unwrap();
        lines.map_while(Result::ok).for_each(note);
        let aws = EmbeddedAws::open(options(&directory)).unwrap();
        let kept = get(&aws, "/count").map_or(0, |value| value.parse::<u64>().unwrap());
        // The last write may have been finished without having been acknowledged any more.
        assert!(kept == acknowledged || kept == acknowledged + 1, "round {round}: {acknowledged} acknowledged, {kept} kept");
        previous = kept;
    }
}

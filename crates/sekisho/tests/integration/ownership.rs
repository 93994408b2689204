//! One state, several processes: whoever comes second waits or becomes the client of the first; whoever is killed loses nothing that was acknowledged.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sekisho_aws::{Connection, ErrorClass, Keys, NewParameter, Settings, Watch};
use sekisho_model::observed::ParameterId;
use serde_json::Value;

use crate::world::{Said, World};

const ACCOUNT: &str = "123456789012";
const REGION: &str = "ap-northeast-1";

/// `sekisho local start` in the foreground of a process of its own. It is killed with the test.
pub struct Server {
    child: Child,
    /// What it printed: variables that point other programs at it.
    pub variables: Vec<(String, String)>,
}

impl Server {
    pub fn start(world: &World) -> Self {
        let mut server = Self::spawn(world);
        assert!(server.is_up(), "{}", std::io::read_to_string(server.child.stderr.take().unwrap()).unwrap());
        server
    }

    /// Starts it, and returns when it is up or has given up.
    fn spawn(world: &World) -> Self {
        let mut child = world.command(&["local", "start"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let variables = exported(lines.take(5));
        Self { child, variables }
    }

    fn is_up(&self) -> bool {
        self.variables.len() == 5
    }

    pub fn variable(&self, name: &str) -> &str {
        &self.variables.iter().find(|(other, _)| other == name).unwrap().1
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Sends `signal` and waits for the end: the exit code, and what stood on stderr.
    fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        kill_process(self.pid(), signal).unwrap();
        let status = wait(&mut self.child);
        let stderr = std::io::read_to_string(self.child.stderr.take().unwrap()).unwrap();
        (status.code(), stderr)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The variables that lines for a shell set.
pub fn exported(lines: impl Iterator<Item = String>) -> Vec<(String, String)> {
    lines
        .filter_map(|line| {
            let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
            Some((name.to_owned(), value.trim_matches('\'').to_owned()))
        })
        .collect()
}

/// Waits for the end of `child`, half a minute at most.
fn wait(child: &mut Child) -> std::process::ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < deadline, "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A project with `count` secrets in Parameter Store, on the embedded AWS.
fn world(count: usize) -> World {
    let mut manifest = format!(
        "[project]\nname = \"shared\"\nregion = \"{REGION}\"\npath = {{ ssm = \"/{{secret}}\" }}\n\
         [environments.test]\naccount = \"{ACCOUNT}\"\nstore = \"ssm\"\nendpoint = \"local\"\n"
    );
    let names: Vec<String> = (0..count).map(|n| format!("\"s{n}\"")).collect();
    for n in 0..count {
        manifest += &format!("[secrets.s{n}]\nenv = \"S{n}\"\n");
    }
    World::with_manifest(&format!("{manifest}[services.app]\nsecrets = [{}]\n", names.join(", ")))
}

fn endpoint_file(world: &World) -> PathBuf {
    let status = status(world);
    let directory = status["directory"].as_str().unwrap().replacen('@', &world.path().to_string_lossy(), 1);
    PathBuf::from(directory).join("endpoint.json")
}

fn status(world: &World) -> Value {
    serde_json::from_str(&world.run(&["local", "status", "--output", "json"]).out).unwrap()
}

fn set(world: &World, n: usize, value: &str) -> Said {
    world.run_stdin(&["secret", "set", "test", &format!("s{n}"), "--stdin"], value)
}

#[track_caller]
fn get(world: &World, n: usize) -> String {
    let said = world.run(&["secret", "get", "test", &format!("s{n}"), "--reveal"]);
    assert_eq!(said.code, 0, "{said:?}");
    said.out
}

/// Sixteen writers and two verifications at once.
fn crowd(world: &World) {
    std::thread::scope(|scope| {
        for n in 0..16 {
            scope.spawn(move || {
                let said = set(world, n, &format!("value {n}"));
                assert_eq!(said.code, 0, "{said:?}");
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                let said = world.run(&["verify", "test"]);
                assert!(said.code == 0 || said.code == 1, "{said:?}");
                assert!(said.out.contains("16 references") && said.out.contains("0 cannot tell"), "{said:?}");
            });
        }
    });
    for n in 0..16 {
        assert_eq!(get(world, n), format!("value {n}"));
    }
    let verified = world.run(&["verify", "test", "--check-values"]);
    assert_eq!(verified.code, 0, "{verified:?}");
}

#[test]
fn sixteen_writers_at_once_wait_for_each_other() {
    crowd(&world(16));
}

#[test]
fn sixteen_writers_at_once_are_clients_of_one_server() {
    let world = world(16);
    let server = Server::start(&world);
    crowd(&world);
    assert_eq!(status(&world)["state"], "running");
    assert_eq!(server.end(Signal::TERM).0, Some(0));
    assert_eq!(get(&world, 7), "value 7");
}

#[test]
fn beside_a_server_every_verb_says_what_it_said_without() {
    let world = World::shop();
    let created = world.run(&["verify", "development", "--create"]);
    assert_eq!(created.code, 0, "{created:?}");
    let verbs = [
        &["verify", "development"][..],
        &["verify", "development", "--check-values", "--output", "json"],
        &["secret", "list", "development"],
        &["secret", "get", "development", "database/password", "--reveal"],
        &["run", "development", "api", "--clean", "--", "/usr/bin/env"],
    ];
    let alone: Vec<Said> = verbs.iter().map(|verb| world.run(verb)).collect();
    let server = Server::start(&world);
    for (verb, alone) in verbs.iter().zip(&alone) {
        let said = world.run(verb);
        assert_eq!((said.code, &said.out, &said.err), (alone.code, &alone.out, &alone.err), "{verb:?}");
    }
    assert_eq!(status(&world)["url"], server.variable("AWS_ENDPOINT_URL"));
}

#[test]
fn local_env_prints_what_start_printed() {
    let world = world(1);
    let before = world.run(&["local", "env"]);
    assert_eq!((before.code, before.out.as_str()), (3, ""), "{before:?}");
    let server = Server::start(&world);
    let said = world.run(&["local", "env"]);
    assert_eq!(exported(said.out.lines().map(str::to_owned)), server.variables);
    let other = world.run(&["local", "env", "--account", "999988887777"]);
    assert!(other.out.contains("AWS_ACCESS_KEY_ID='999988887777'"), "{other:?}");
}

#[test]
fn a_second_server_and_a_reset_are_refused() {
    let world = world(1);
    assert_eq!(set(&world, 0, "kept").code, 0);
    let server = Server::start(&world);
    for arguments in [&["local", "start"][..], &["local", "reset", "--yes"]] {
        let said = world.run(arguments);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(server.variable("AWS_ENDPOINT_URL")), "{said:?}");
    }
    assert_eq!(get(&world, 0), "kept");
}

#[test]
fn a_signal_stops_the_server_cleanly() {
    for signal in [Signal::TERM, Signal::INT] {
        let world = world(1);
        let server = Server::start(&world);
        let published = endpoint_file(&world);
        assert!(published.exists());
        assert_eq!(set(&world, 0, "kept").code, 0);
        let (code, stderr) = server.end(signal);
        assert_eq!(code, Some(0), "{stderr}");
        assert!(stderr.contains("stopped"), "{stderr}");
        assert!(!published.exists());
        assert_eq!(status(&world)["state"], "stopped");
        assert_eq!(get(&world, 0), "kept");
    }
}

#[test]
fn what_a_killed_server_published_is_not_believed() {
    let world = world(1);
    let server = Server::start(&world);
    assert_eq!(set(&world, 0, "kept").code, 0);
    let published = endpoint_file(&world);
    assert_eq!(server.end(Signal::KILL).0, None);
    assert!(published.exists(), "it could not take it back");
    assert_eq!(status(&world)["state"], "stopped");
    assert_eq!(world.run(&["local", "env"]).code, 3);
    // The first verbs that come, several at once, find the state and not the server.
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_eq!(get(&world, 0), "kept"));
        }
    });
    assert!(!published.exists());
    let again = Server::start(&world);
    assert_eq!(get(&world, 0), "kept");
    assert_eq!(again.end(Signal::TERM).0, Some(0));
}

/// Writes ever higher numbers to `s0` through `server` until it does not answer any more, and notes what was acknowledged.
fn count_up(server: &Server, first: u64, acknowledged: &AtomicU64) -> ErrorClass {
    let settings = Settings {
        region: Some(REGION.parse().unwrap()),
        endpoint_url: Some(server.variable("AWS_ENDPOINT_URL").to_owned()),
        keys: Some(Keys {
            access_key_id: server.variable("AWS_ACCESS_KEY_ID").to_owned(),
            secret_access_key: server.variable("AWS_SECRET_ACCESS_KEY").to_owned().into(),
        }),
        ..Settings::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let connection = Connection::open(settings, Watch::silent()).await.unwrap();
        for number in first.. {
            let new = NewParameter {
                id: ParameterId { region: REGION.to_owned(), account: None, name: "/s0".to_owned() },
                value: number.to_string().into(),
                kind: None,
                tier: None,
                key: None,
                description: None,
                tags: Vec::new(),
                overwrite: true,
            };
            match connection.put_parameter(&new).await {
                Ok(_) => acknowledged.store(number, Ordering::SeqCst),
                Err(error) => return error.class,
            }
        }
        unreachable!()
    })
}

#[test]
fn a_server_killed_while_somebody_writes_loses_no_acknowledged_write() {
    let world = world(1);
    let mut previous = 0;
    for round in 0..5 {
        let server = Server::start(&world);
        let acknowledged = AtomicU64::new(previous);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| count_up(&server, previous + 1, &acknowledged));
            // Every round is killed after another number of writes, in the midst of the next.
            let wanted = previous + 5 + 3 * round;
            let deadline = Instant::now() + Duration::from_secs(60);
            while acknowledged.load(Ordering::SeqCst) < wanted {
                assert!(Instant::now() < deadline && !writer.is_finished(), "{acknowledged:?}");
                std::thread::yield_now();
            }
            kill_process(server.pid(), Signal::KILL).unwrap();
            assert_eq!(writer.join().unwrap(), ErrorClass::Unreachable);
        });
        drop(server);
        let acknowledged = acknowledged.into_inner();
        let kept: u64 = get(&world, 0).parse().unwrap();
        // The last write may have been finished without having been acknowledged any more.
        assert!(kept == acknowledged || kept == acknowledged + 1, "round {round}: {acknowledged} acknowledged, {kept} kept");
        previous = kept;
    }
}

#[test]
fn verbs_that_write_while_their_server_is_killed_and_started_lose_nothing() {
    let world = world(3);
    let (stop, rounds) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3)
            .map(|n| {
                let (world, stop, rounds) = (&world, &stop, &rounds);
                scope.spawn(move || {
                    // The last acknowledged value, and what was tried after it.
                    let mut candidates = Vec::new();
                    for number in 0_u64.. {
                        if stop.load(Ordering::SeqCst) {
                            break;
                        }
                        let said = set(world, n, &number.to_string());
                        assert!([0, 3, 4].contains(&said.code), "{said:?}");
                        if said.code == 0 {
                            candidates.clear();
                            rounds.fetch_add(1, Ordering::SeqCst);
                        } else {
                            assert!(said.err.contains("no connection") || said.err.contains("no answer"), "{said:?}");
                        }
                        candidates.push(number.to_string());
                    }
                    candidates
                })
            })
            .collect();
        for _ in 0..3 {
            // A start may lose the race for the state against the writers.
            let deadline = Instant::now() + Duration::from_secs(60);
            let server = loop {
                let mut server = Server::spawn(&world);
                if server.is_up() {
                    break server;
                }
                assert_eq!(wait(&mut server.child).code(), Some(2));
                assert!(Instant::now() < deadline);
            };
            let before = rounds.load(Ordering::SeqCst);
            while rounds.load(Ordering::SeqCst) < before + 6 {
                assert!(Instant::now() < deadline, "nobody writes");
                std::thread::sleep(Duration::from_millis(5));
            }
            kill_process(server.pid(), Signal::KILL).unwrap();
            drop(server);
        }
        stop.store(true, Ordering::SeqCst);
        for (n, writer) in writers.into_iter().enumerate() {
            let candidates = writer.join().unwrap();
            let kept = get(&world, n);
            assert!(candidates.contains(&kept), "s{n}: {kept} is none of {candidates:?}");
        }
    });
}

#[test]
fn a_killed_writer_leaves_a_state_that_opens() {
    let world = world(1);
    let mut last = "0".to_owned();
    assert_eq!(set(&world, 0, &last).code, 0);
    for round in 1_u64..12 {
        let mut command: Command = world.command(&["secret", "set", "test", "s0", "--file", "value"]);
        world.write("value", round.to_string());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Another moment every time.
        std::thread::sleep(Duration::from_millis(round * 6));
        let _ = child.kill();
        let acknowledged = child.wait().unwrap().code() == Some(0);
        let kept = get(&world, 0);
        assert!(kept == round.to_string() || (!acknowledged && kept == last), "round {round}: {kept}");
        last = kept;
    }
}

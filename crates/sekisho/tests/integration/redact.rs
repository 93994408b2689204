//! `run --redact`: the child's output without the values, and the child itself as it would be.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;

use crate::world::{Said, World};

const VALUE: &str = "hunter2&\"\u{e9}";

/// A project whose service gets one long and one short value.
fn world() -> World {
    let world = World::with_manifest(
        r#"
[project]
name = "redact"
region = "ap-northeast-1"
[environments.a]
account = "123456789012"
store = "ssm"
endpoint = "local"
[secrets.token]
env = "TOKEN"
[secrets.pin]
env = "PIN"
[services.app]
secrets = ["token", "pin"]
"#,
    );
    let said = world.run_stdin(&["secret", "import", "a", "--stdin"], json!({ "TOKEN": VALUE, "PIN": "12" }).to_string());
    assert_eq!(said.code, 0, "{said:?}");
    world
}

fn redacted(world: &World, script: &str) -> Said {
    world.run(&["run", "a", "app", "--redact", "--", "sh", "-c", script])
}

#[test]
fn values_are_masked_in_both_streams_and_what_is_too_short_is_said() {
    let said = redacted(&world(), "echo \"token $TOKEN.\"; echo \"err $TOKEN\" >&2; printf %s \"$TOKEN\" | base64; echo pin $PIN");
    assert_eq!((said.code, said.out.as_str()), (0, "token ****.\n****\npin 12\n"));
    assert!(said.err.contains("err ****\n") && said.err.contains("not masked, because") && said.err.contains(": PIN"), "{said:?}");
    assert!(!said.err.contains("hunter2"));
}

#[test]
fn a_value_that_comes_in_pieces_is_masked() {
    let said = redacted(
        &world(),
        "for part in hun te r2 '&\"'; do printf %s \"$part\"; sleep 0.05; done; printf '\\303'; sleep 0.05; printf '\\251!'",
    );
    assert_eq!(said.out, "****!");
}

#[test]
fn the_exit_code_and_a_deadly_signal_are_passed_on() {
    let world = world();
    assert_eq!(redacted(&world, "exit 7").code, 7);
    assert_eq!(redacted(&world, "kill -TERM $$").code, 128 + 15);
    assert_eq!(world.run(&["run", "a", "app", "--redact", "--", "/no/such/program"]).code, 127);
}

#[test]
fn stdin_is_the_childs_and_signals_reach_it() {
    let world = world();
    let command = world.command(&["run", "a", "app", "--redact", "--", "sh", "-c", "read line; echo \"got $line $TOKEN\""]);
    assert_eq!(world.finish(command, "it\n").out, "got it ****\n");
    let script = "trap 'echo \"caught $TOKEN\"; exit 3' TERM; echo ready; while :; do sleep 0.05; done";
    let mut command = world.command(&["run", "a", "app", "--redact", "--", "sh", "-c", script]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut begin = [0; 6];
    std::io::Read::read_exact(&mut out, &mut begin).unwrap();
    assert_eq!(&begin, b"ready\n");
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::TERM).unwrap();
    assert_eq!(std::io::read_to_string(out).unwrap(), "caught ****\n");
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

#[test]
fn a_prompt_without_a_line_break_is_seen_before_it_is_answered() {
    let world = world();
    let mut command = world.command(&["run", "a", "app", "--redact", "--", "sh", "-c", "printf 'Name: '; read name; echo \"hello $name\""]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut begin = [0; 6];
    std::io::Read::read_exact(&mut out, &mut begin).unwrap();
    assert_eq!(&begin, b"Name: ");
    child.stdin.take().unwrap().write_all(b"you\n").unwrap();
    assert_eq!(std::io::read_to_string(out).unwrap(), "hello you\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

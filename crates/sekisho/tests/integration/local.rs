//! `local status`, `env` and `reset`; `start` is driven by the modules with real clients.

use serde_json::Value;

use crate::embedded::{DEVELOPMENT, parameter};
use crate::terminal::Terminal;
use crate::world::World;

#[test]
fn status_tells_where_the_state_is_and_what_it_can_do() {
    let world = World::shop();
    let empty = world.run(&["local", "status"]);
    assert_eq!((empty.code, empty.err.as_str()), (0, ""));
    let state = empty.out.lines().next().unwrap().to_owned();
    assert!(state.starts_with("not running, and no state in @/state/sekisho/shop-") && state.ends_with(" yet"), "{state}");
    parameter(&world, DEVELOPMENT, "/x", "y");
    let stopped = world.run(&["local", "status", "--lang", "ja"]);
    assert!(stopped.out.starts_with("停止中（状態の保存先: @/state/sekisho/shop-"), "{}", stopped.out);
    assert!(stopped.out.contains("  ssm "), "{}", stopped.out);
    let verbose = world.run(&["-v", "local", "status"]);
    assert!(verbose.out.contains("GetParametersByPath"), "{}", verbose.out);
    let report: Value = serde_json::from_str(&world.run(&["local", "status", "--output", "json"]).out).unwrap();
    assert_eq!((&report["state"], &report["url"]), (&"stopped".into(), &"".into()));
}

#[test]
fn two_checkouts_have_states_of_their_own_and_the_flag_names_another() {
    let directory = |world: &World, arguments: &[&str]| -> String {
        let report: Value =
            serde_json::from_str(&world.run(&[&["local", "status", "--output", "json"][..], arguments].concat()).out).unwrap();
        report["directory"].as_str().unwrap().to_owned()
    };
    let (one, two) = (World::shop(), World::shop());
    assert_ne!(directory(&one, &[]), directory(&two, &[]));
    assert_eq!(directory(&one, &["--state", "here"]), "here");
    assert_eq!(directory(&World::empty(), &[]), "@/state/sekisho/default");
}

#[test]
fn without_a_place_for_the_state_one_is_asked_for() {
    let world = World::shop();
    let mut command = world.command(&["local", "status"]);
    command.env_remove("HOME").env("XDG_STATE_HOME", "relative");
    let said = world.finish(command, "");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: neither XDG_STATE_HOME nor HOME is set
      remedy: name a directory with --state
    ");
}

#[test]
fn env_needs_a_running_server() {
    let world = World::shop();
    let said = world.run(&["local", "env"]);
    assert_eq!((said.code, said.out.as_str()), (3, ""));
    assert!(said.err.contains("does not run") && said.err.contains("start it with `sekisho local start`"), "{}", said.err);
    let wrong = world.run(&["local", "env", "--account", "12"]);
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!(wrong.err, @"
    error: `12` is not an account id
      remedy: an account id has exactly 12 digits
    ");
}

#[test]
fn reset_forgets_everything_where_it_may() {
    let world = World::shop();
    world.run(&["verify", "development", "--create"]);
    let refused = world.run(&["local", "reset"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    insta::assert_snapshot!(refused.err, @"
    error: there is no terminal to ask on
      remedy: use --yes
    ");
    assert!(world.run(&["secret", "list", "development"]).out.contains("present"));
    let done = world.run(&["local", "reset", "--yes"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(!world.run(&["secret", "list", "development"]).out.contains("present"));
    let nothing = World::shop().run(&["local", "reset", "--yes"]);
    assert_eq!(nothing.code, 0, "{nothing:?}");
}

#[test]
fn reset_asks_at_a_terminal_and_no_is_the_default() {
    let world = World::shop();
    world.run(&["verify", "development", "--create"]);
    let mut terminal = Terminal::start(world.command(&["local", "reset"]));
    terminal.wait_for("Forget everything in");
    terminal.type_line("");
    assert_eq!(terminal.end().0, 0);
    assert!(world.run(&["secret", "list", "development"]).out.contains("present"));
    let mut terminal = Terminal::start(world.command(&["local", "reset"]));
    terminal.wait_for("Forget everything in");
    terminal.type_line("y");
    assert_eq!(terminal.end().0, 0);
    assert!(!world.run(&["secret", "list", "development"]).out.contains("present"));
}

#[test]
fn a_state_that_cannot_be_opened_is_told_and_left_as_it_is() {
    let world = World::shop();
    world.write("state-file", "not a directory");
    let said = world.run(&["--state", "state-file", "secret", "list", "development"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("the embedded AWS cannot open its state"), "{}", said.err);
    assert_eq!(std::fs::read_to_string(world.path().join("state-file")).unwrap(), "not a directory");
}

#[test]
fn what_was_saved_is_loaded_again() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/x", "before");
    assert_eq!(world.run(&["local", "save", "one"]).code, 0);
    let taken = world.run(&["local", "save", "one"]);
    assert_eq!(taken.code, 2);
    insta::assert_snapshot!(taken.err, @"
    error: something was saved as `one` already
      remedy: choose another name, or replace it with --replace
    ");
    assert_eq!(world.run(&["verify", "development", "--create"]).code, 0);
    assert_eq!(world.run(&["local", "load", "one"]).code, 0);
    assert!(world.run(&["secret", "list", "development"]).out.contains("missing"));
    let near = world.run(&["local", "load", "on"]);
    assert_eq!(near.code, 2);
    insta::assert_snapshot!(near.err, @"
    error: nothing was saved as `on`; did you mean `one`?
      remedy: saved are: one
    ");
    assert!(world.run(&["local", "status"]).out.contains("  saved: one\n"));
}

#[test]
fn a_sealed_state_opens_with_its_passphrase_only() {
    let world = World::shop();
    assert_eq!(world.run(&["verify", "development", "--create"]).code, 0);
    let with = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = world.command(arguments);
        command.envs(variables.iter().copied());
        world.finish(command, "")
    };
    let (first, second) = ("planted-pass-1", "planted-pass-2");
    let present = ("SEKISHO_STATE_PASSPHRASE", first);
    assert_eq!(with(&[present], &["local", "seal"]).code, 0);
    let without = world.run(&["verify", "development"]);
    assert_eq!(without.code, 2);
    assert!(without.err.contains("needs its passphrase") && without.err.contains("SEKISHO_STATE_PASSPHRASE"), "{}", without.err);
    assert_eq!(with(&[("SEKISHO_STATE_PASSPHRASE", second)], &["verify", "development"]).code, 2);
    assert_eq!(with(&[present], &["verify", "development"]).code, 0);
    // The child of `run` learns nothing of it.
    let child = with(&[present, ("SEKISHO_STATE_NEW_PASSPHRASE", second)], &["run", "development", "api", "--", "env"]);
    assert_eq!(child.code, 0, "{}", child.err);
    assert!(!child.out.contains("planted-pass"), "{}", child.out);
    assert_eq!(with(&[present, ("SEKISHO_STATE_NEW_PASSPHRASE", second)], &["local", "seal"]).code, 0);
    assert_eq!(with(&[present], &["verify", "development"]).code, 2);
    assert_eq!(with(&[("SEKISHO_STATE_PASSPHRASE", second)], &["local", "seal", "--remove"]).code, 0);
    assert_eq!(world.run(&["verify", "development"]).code, 0);
}

#[test]
fn test_mode_listens_on_loopback_only() {
    let world = World::shop();
    let refused = world.run(&["local", "start", "--test-mode", "--listen", "0.0.0.0"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("test mode looks at no signature"), "{}", refused.err);
}

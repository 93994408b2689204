//! Every day's work with secrets: versions, removal, copies, comparisons, files of values, demands of the manifest.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::embedded::{call, parameter, parameter_value, secret, secret_value, steady};
use crate::stand_in::{Answer, StandIn};
use crate::terminal::Terminal;
use crate::world::{Said, World};

const ACCOUNT: &str = "123456789012";

/// A project with both stores on the embedded AWS, and two environments of the same kind.
fn world() -> World {
    with("")
}

/// The same with these lines under `[project]`.
fn with(project: &str) -> World {
    World::with_manifest(&format!(
        r#"
[project]
name = "books"
region = "ap-northeast-1"
{project}

[environments.parameters]
account = "{ACCOUNT}"
store = "ssm"
endpoint = "local"

[environments.manager]
account = "{ACCOUNT}"
store = "secretsmanager"
endpoint = "local"

[environments.guarded]
account = "{ACCOUNT}"
store = "ssm"
endpoint = "local"
protected = true

[secrets.token]
env = "TOKEN"
description = "signs the tokens"

[secrets."database/login"]
keys = {{ DB_USER = "user", DB_PASSWORD = "password" }}
"#
    ))
}

#[track_caller]
fn ok(said: &Said) -> String {
    assert_eq!(said.code, 0, "{said:?}");
    steady(&said.out)
}

fn set(world: &World, environment: &str, name: &str, value: &str) {
    let mut arguments = vec!["secret", "set", environment, name, "--stdin", "--yes"];
    if let Some(key) = name.strip_prefix("database/login/") {
        arguments[3] = "database/login";
        arguments.extend(["--key", key]);
    }
    ok(&world.run_stdin(&arguments, value));
}

fn json_of(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

#[test]
fn a_parameter_goes_back_to_an_earlier_value_as_a_new_version() {
    let world = world();
    for value in ["one", "two", "three"] {
        set(&world, "parameters", "token", value);
    }
    let rollback = |more: &[&str]| world.run(&[&["secret", "rollback", "parameters", "token"][..], more].concat());
    insta::assert_snapshot!(ok(&rollback(&["--dry-run"])), @"would change arn:aws:ssm:ap-northeast-1:123456789012:parameter/parameters/token");
    insta::assert_snapshot!(ok(&rollback(&[])), @"changed /parameters/token (version 4)");
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/token"), "two");
    insta::assert_snapshot!(ok(&rollback(&["--to", "1"])), @"changed /parameters/token (version 5)");
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/token"), "one");
    insta::assert_snapshot!(ok(&rollback(&["--to", "1"])), @"/parameters/token has this value already; nothing was written");
    let none = rollback(&["--to", "9"]);
    assert_eq!(none.code, 1, "{none:?}");
    insta::assert_snapshot!(none.err, @"
    error: `token` has no such earlier version (`9`)
      remedy: see `sekisho secret history parameters token`
    ");
    let history = json_of(&world.run(&["secret", "history", "parameters", "token", "--output", "json"]));
    let versions: Vec<&str> = history["versions"].as_array().unwrap().iter().map(|version| version["version"].as_str().unwrap()).collect();
    assert_eq!((versions.as_slice(), &history["versions"][4]["current"]), (["1", "2", "3", "4", "5"].as_slice(), &json!(true)));
}

#[test]
fn a_secret_goes_back_by_its_stage_and_forth_again() {
    let world = world();
    set(&world, "manager", "token", "one");
    set(&world, "manager", "token", "two");
    let rollback = |more: &[&str]| world.run(&[&["secret", "rollback", "manager", "token"][..], more].concat());
    insta::assert_snapshot!(ok(&rollback(&["--dry-run"])), @"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/token-SUFFIX: would make version VERSION the current one again");
    insta::assert_snapshot!(ok(&rollback(&[])), @"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/token-SUFFIX: version VERSION is the current one again");
    assert_eq!(secret_value(&world, ACCOUNT, "manager/token"), "one");
    ok(&rollback(&[]));
    assert_eq!(secret_value(&world, ACCOUNT, "manager/token"), "two");
    let history = ok(&world.run(&["secret", "history", "manager", "token"]));
    assert_eq!(history.lines().count(), 3, "no version was made for it: {history}");
    assert!(history.contains("AWSCURRENT") && history.contains("AWSPREVIOUS") && !history.contains("SEKISHO"), "{history}");
}

#[test]
fn one_key_of_a_json_secret_goes_back_and_the_others_stay() {
    let world = world();
    set(&world, "manager", "database/login/user", "u1");
    set(&world, "manager", "database/login/password", "p1");
    set(&world, "manager", "database/login/user", "u2");
    ok(&world.run(&["secret", "rollback", "manager", "database/login", "--key", "user"]));
    assert_eq!(secret_value(&world, ACCOUNT, "manager/database/login"), r#"{"user":"u1","password":"p1"}"#);
}

#[test]
fn a_write_is_refused_where_another_version_is_there_than_was_said() {
    let world = world();
    for environment in ["parameters", "manager"] {
        set(&world, environment, "token", "one");
        let history = json_of(&world.run(&["secret", "history", environment, "token", "--output", "json"]));
        let first = history["versions"][0]["version"].as_str().unwrap().to_owned();
        set(&world, environment, "token", "two");
        let write = |more: &[&str]| {
            world.run_stdin(&[&["secret", "set", environment, "token", "--stdin", "--if-version", &first][..], more].concat(), "three")
        };
        let refused = write(&[]);
        assert_eq!((refused.code, refused.out.as_str()), (4, ""), "{refused:?}");
        assert!(refused.err.contains("somebody else has changed it since it was read"), "{refused:?}");
        assert_eq!(world.run(&["secret", "get", environment, "token", "--reveal"]).out, "two");
        let rolled = world.run(&["secret", "rollback", environment, "token", "--if-version", &first]);
        assert_eq!(rolled.code, 4, "{rolled:?}");
        assert_eq!(world.run(&["secret", "get", environment, "token", "--reveal"]).out, "two");
    }
}

#[test]
fn a_writer_who_comes_between_reading_and_writing_is_noticed() {
    // Whoever asks sees version 1 at first, and version 2 directly before the write.
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => Answer::identity(ACCOUNT),
        "ssm:DescribeParameters" => {
            Answer::json(&json!({ "Parameters": [{ "Name": "/parameters/token", "Type": "SecureString", "Version": 1 }] }))
        }
        "ssm:GetParameters" => {
            let version = if asked.before == 0 { 1 } else { 2 };
            Answer::json(
                &json!({ "Parameters": [{ "Name": "/parameters/token", "Type": "SecureString", "Version": version, "Value": "old" }] }),
            )
        }
        _ => Answer::json(&json!({ "Version": 3 })),
    });
    let world = world();
    let keys = [("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")];
    let run = |more: &[&str]| {
        let mut command =
            world.command(&[&["secret", "set", "parameters", "token", "--stdin", "--endpoint-url", &server.url][..], more].concat());
        command.envs(keys);
        world.finish(command, "new")
    };
    let refused = run(&[]);
    assert_eq!(refused.code, 4, "{refused:?}");
    insta::assert_snapshot!(refused.err, @"
    error: `/parameters/token` was not written: somebody else has changed it since it was read (its version is 2 now)
      remedy: look at it again, with `sekisho secret history` for one, and repeat; --force writes over it
    ");
    assert!(server.asked().iter().all(|asked| asked.operation != "ssm:PutParameter"), "nothing was written");
    assert_eq!(run(&["--force"]).code, 0);
}

#[test]
fn overwriting_keeps_key_tier_description_and_tags() {
    let world = world();
    let key = call(&world, ACCOUNT, "TrentService.CreateKey", &json!({}));
    let key = key["KeyMetadata"]["KeyId"].as_str().unwrap();
    let body = json!({
        "Name": "/parameters/token", "Value": "one", "Type": "SecureString", "KeyId": key, "Tier": "Advanced", "Description": "theirs",
        "Tags": [{ "Key": "owner", "Value": "them" }],
    });
    call(&world, ACCOUNT, "AmazonSSM.PutParameter", &body);
    set(&world, "parameters", "token", "two");
    let described = call(&world, ACCOUNT, "AmazonSSM.DescribeParameters", &json!({}));
    let found = &described["Parameters"][0];
    assert_eq!((&found["KeyId"], &found["Tier"], &found["Description"]), (&json!(key), &json!("Advanced"), &json!("theirs")));
    let tags =
        call(&world, ACCOUNT, "AmazonSSM.ListTagsForResource", &json!({ "ResourceType": "Parameter", "ResourceId": "/parameters/token" }));
    assert_eq!(tags["TagList"], json!([{ "Key": "owner", "Value": "them" }]));
    call(&world, ACCOUNT, "AmazonSSM.PutParameter", &json!({ "Name": "/parameters/database/login/user", "Value": "u", "Type": "String" }));
    let said = world.run_stdin(&["secret", "set", "parameters", "database/login", "--key", "user", "--stdin"], "v");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("is no SecureString"), "{said:?}");
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/database/login/user"), "v");
}

#[test]
fn what_is_removed_from_secrets_manager_can_be_restored() {
    let world = world();
    set(&world, "manager", "token", "one");
    let dry = world.run(&["secret", "remove", "manager", "token", "--dry-run"]);
    insta::assert_snapshot!(ok(&dry), @"
    would remove arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/token-SUFFIX
    1 to remove
    ");
    let said = world.run(&["secret", "remove", "manager", "token", "--recovery-days", "7"]);
    assert!(ok(&said).contains("it can be restored until"), "{said:?}");
    let again = world.run(&["secret", "remove", "manager", "token"]);
    assert!(ok(&again).contains("is being deleted already"), "{again:?}");
    let refused = world.run_stdin(&["secret", "set", "manager", "token", "--stdin"], "two");
    assert_eq!(refused.code, 4, "{refused:?}");
    insta::assert_snapshot!(refused.err, @"
    error: `token` is being deleted
      remedy: restore it first with `sekisho secret restore manager token`
    ");
    assert!(ok(&world.run(&["secret", "restore", "manager", "token", "--dry-run"])).starts_with("would restore arn:aws:"));
    assert!(ok(&world.run(&["secret", "restore", "manager", "token"])).starts_with("restored arn:aws:"));
    assert_eq!(secret_value(&world, ACCOUNT, "manager/token"), "one");
    assert!(ok(&world.run(&["secret", "restore", "manager", "token"])).contains("nothing was done"));
    let forever = world.run(&["secret", "remove", "manager", "token", "--force-delete"]);
    assert_eq!((forever.code, forever.out.as_str()), (2, ""), "{forever:?}");
    ok(&world.run(&["secret", "remove", "manager", "token", "--force-delete", "--yes"]));
    let gone = world.run(&["secret", "restore", "manager", "token"]);
    assert_eq!(gone.code, 1, "{gone:?}");
}

#[test]
fn what_is_removed_from_parameter_store_is_gone_and_that_is_asked_first() {
    let world = world();
    set(&world, "parameters", "database/login/user", "u");
    set(&world, "parameters", "database/login/password", "p");
    let remove = |more: &[&str]| world.run(&[&["secret", "remove", "parameters", "database/login"][..], more].concat());
    let refused = remove(&[]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    insta::assert_snapshot!(refused.err, @"
    error: there is no terminal to ask on: Remove /parameters/database/login/password, /parameters/database/login/user from parameters for ever? It cannot be restored.
      remedy: use --yes if that is meant
    ");
    ok(&remove(&["--key", "user", "--yes"]));
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/database/login/password"), "p");
    insta::assert_snapshot!(ok(&remove(&["--yes"])), @"
    removed arn:aws:ssm:ap-northeast-1:123456789012:parameter/parameters/database/login/password for ever
    /parameters/database/login/user is not there; nothing to remove
    1 not there, 1 removed
    ");
    let restored = world.run(&["secret", "restore", "parameters", "token"]);
    assert_eq!(restored.code, 2, "{restored:?}");
    set(&world, "parameters", "token", "one");
    let mut terminal = Terminal::start(world.command(&["secret", "remove", "parameters", "token"]));
    terminal.wait_for("for ever? It cannot be restored.");
    terminal.type_line("n");
    assert_eq!(terminal.end().0, 2);
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/token"), "one");
}

#[test]
fn one_key_is_removed_from_a_json_secret_and_every_other_byte_stays() {
    let world = world();
    secret(&world, ACCOUNT, "manager/database/login", r#"{ "user":"u", "n": 12345678901234567890.10, "password" : "p" }"#);
    ok(&world.run(&["secret", "remove", "manager", "database/login", "--key", "password"]));
    assert_eq!(secret_value(&world, ACCOUNT, "manager/database/login"), r#"{ "user":"u", "n": 12345678901234567890.10 }"#);
}

#[test]
fn values_are_copied_between_stores_and_only_what_differs_is_written() {
    let world = world();
    set(&world, "parameters", "token", "t");
    set(&world, "parameters", "database/login/user", "u");
    secret(&world, ACCOUNT, "manager/database/login", r#"{"other":1,"user":"old"}"#);
    let copy = |arguments: &[&str]| world.run(&[&["secret", "copy"][..], arguments].concat());
    insta::assert_snapshot!(ok(&copy(&["parameters", "manager", "--dry-run"])), @"
    database/login [password]: not there (/parameters/database/login/password), nothing to copy
    would change arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/database/login-SUFFIX
    would create arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/token-??????
    1 not there, 1 to change, 1 to create
    ");
    insta::assert_snapshot!(ok(&copy(&["parameters", "manager"])), @"
    database/login [password]: not there (/parameters/database/login/password), nothing to copy
    changed arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/database/login-SUFFIX (version VERSION)
    created arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:manager/token-SUFFIX (version VERSION)
    1 changed, 1 not there, 1 created
    ");
    assert_eq!(secret_value(&world, ACCOUNT, "manager/database/login"), r#"{"other":1,"user":"u"}"#);
    assert!(ok(&copy(&["parameters", "manager"])).ends_with("1 not there, 2 unchanged\n"));
    // Back into the other store, where each key is a parameter.
    set(&world, "manager", "database/login/password", "p");
    ok(&copy(&["manager", "parameters", "database/login"]));
    assert_eq!(parameter_value(&world, ACCOUNT, "/parameters/database/login/password"), "p");
    assert_eq!(copy(&["manager", "manager"]).code, 2);
}

#[test]
fn values_move_from_one_store_into_the_other_of_the_same_environment() {
    let world = world();
    parameter(&world, ACCOUNT, "/manager/token", "t");
    parameter(&world, ACCOUNT, "/manager/database/login/user", "u");
    ok(&world.run(&["secret", "copy", "manager", "manager", "--from-store", "ssm"]));
    assert_eq!(secret_value(&world, ACCOUNT, "manager/token"), "t");
    assert_eq!(secret_value(&world, ACCOUNT, "manager/database/login"), r#"{"user":"u"}"#);
}

#[test]
fn a_json_value_that_ecs_renders_otherwise_is_not_copied() {
    let world = world();
    secret(&world, ACCOUNT, "manager/database/login", r#"{"user":10000000,"password":5432}"#);
    let said = world.run(&["secret", "copy", "manager", "parameters"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    insta::assert_snapshot!(said.err, @"
    error: `database/login [user]` in manager is a JSON number that the container gets otherwise than it is written
      remedy: store it as a string, or leave it out
    ");
}

#[test]
fn diff_tells_what_is_equal_and_shows_no_value() {
    let world = world();
    let diff = |more: &[&str]| world.run(&[&["secret", "diff", "parameters", "manager"][..], more].concat());
    set(&world, "parameters", "token", "zq-same");
    set(&world, "manager", "token", "zq-same");
    assert_eq!(diff(&["token"]).code, 0);
    set(&world, "parameters", "database/login/user", "zq-one");
    set(&world, "manager", "database/login/user", "zq-two");
    set(&world, "manager", "database/login/password", "zq-only");
    let said = diff(&[]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    insta::assert_snapshot!(said.out, @"
    SECRET                     STATE
    database/login [password]  only in manager
    database/login [user]      different
    token                      equal
    ");
    let japanese = diff(&["--lang", "ja"]);
    insta::assert_snapshot!(japanese.out, @"
    シークレット               状態
    database/login [password]  manager にのみあり
    database/login [user]      異なる
    token                      同じ
    ");
    let machine = diff(&["--output", "json"]);
    let states: Vec<Value> = json_of(&machine)["secrets"].as_array().unwrap().iter().map(|row| row["state"].clone()).collect();
    assert_eq!(states, [json!("only-second"), json!("different"), json!("equal")]);
    assert!(!format!("{said:?}{machine:?}").contains("zq-"));
    assert_eq!(json_of(&diff(&["--output", "json"])), json_of(&machine), "the key of the digest is in nothing");
}

#[test]
fn what_is_exported_is_imported_as_it_was_in_every_format() {
    let world = world();
    let values = ["it's \"$HOME\" `x` \\ #1", " spaces \u{3000}\t\r\nlines\u{85}\u{2028}\u{feff}\u{1f511}", "no: [yaml] {here} - ~"];
    for (format, extension) in [("dotenv", "env"), ("json", "json"), ("yaml", "yaml")] {
        for (name, value) in [("token", values[0]), ("database/login/user", values[1]), ("database/login/password", values[2])] {
            let mut arguments = vec!["secret", "set", "parameters", "token", "--stdin"];
            if let Some(key) = name.strip_prefix("database/login/") {
                arguments[3] = "database/login";
                arguments.extend(["--key", key]);
            }
            // One line break at the end of stdin is nobody's.
            ok(&world.run_stdin(&arguments, format!("{value}\n")));
        }
        let file = format!("out.{extension}");
        let said = world.run(&["secret", "export", "parameters", "--file", &file]);
        assert_eq!(ok(&said), format!("wrote 3 values to {file}, readable for its owner alone\n"), "{format}");
        let meta = std::fs::metadata(world.path().join(&file)).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
        ok(&world.run(&["secret", "import", "manager", "--file", &file]));
        assert_eq!(secret_value(&world, ACCOUNT, "manager/token"), values[0], "{format}");
        let login: Value = serde_json::from_str(&secret_value(&world, ACCOUNT, "manager/database/login")).unwrap();
        assert_eq!((&login["user"], &login["password"]), (&json!(values[1]), &json!(values[2])), "{format}");
        assert!(ok(&world.run(&["secret", "import", "parameters", "--file", &file])).ends_with("3 unchanged\n"));
        for name in ["manager/token", "manager/database/login"] {
            call(&world, ACCOUNT, "secretsmanager.DeleteSecret", &json!({ "SecretId": name, "ForceDeleteWithoutRecovery": true }));
        }
    }
}

#[test]
fn export_makes_a_new_file_and_nothing_else() {
    let world = world();
    set(&world, "parameters", "token", "zq-81");
    let export = |more: &[&str]| world.run(&[&["secret", "export", "parameters", "token"][..], more].concat());
    assert_eq!(export(&[]).code, 2);
    assert_eq!(export(&["--reveal"]).out, "TOKEN='zq-81'\n");
    assert_eq!(export(&["--reveal", "--names", "logical", "--format", "json"]).out, "{\n  \"token\": \"zq-81\"\n}\n");
    ok(&export(&["--file", "dry.env", "--dry-run"]));
    assert!(!world.path().join("dry.env").exists());
    world.write("there.env", "kept");
    std::os::unix::fs::symlink(world.path().join("elsewhere"), world.path().join("link.env")).unwrap();
    for file in ["there.env", "link.env"] {
        let refused = export(&["--file", file]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains("it exists already"), "{refused:?}");
    }
    assert_eq!(std::fs::read_to_string(world.path().join("there.env")).unwrap(), "kept");
    assert!(!world.path().join("elsewhere").exists());
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git").args(arguments).current_dir(world.path()).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
    };
    git(&["init", "-q"]);
    world.write("tracked.env", "x");
    git(&["add", "-f", "tracked.env"]);
    std::fs::remove_file(world.path().join("tracked.env")).unwrap();
    let refused = export(&["--file", "tracked.env"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    insta::assert_snapshot!(refused.err, @"
    error: git tracks `tracked.env`
      remedy: values do not belong into a repository: choose a place outside of it
    ");
    assert!(!world.path().join("tracked.env").exists());
}

#[test]
fn import_tells_every_name_that_it_cannot_place_and_writes_nothing() {
    let world = world();
    let said = world.run_stdin(&["secret", "import", "parameters", "--stdin"], "TOKEN=a\ntokn=b\nNOBODY=c\n");
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    insta::assert_snapshot!(said.err, @"
    error: <stdin>:2:1: nothing that is declared is called `tokn`
      remedy: did you mean `token`?
    error: <stdin>:3:1: nothing that is declared is called `NOBODY`
      remedy: use a declared variable or a logical name, or take the line out
    ");
    let said = world.run_stdin(&["secret", "import", "parameters", "--stdin"], json!({ "TOKEN": "a", "token": "b" }).to_string());
    assert_eq!(said.code, 2, "{said:?}");
    assert!(world.run(&["secret", "list", "parameters", "--missing"]).out.matches("missing").count() == 3);
    for (name, hostile) in [
        ("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x]\nb: *a\n".to_owned()),
        ("deep.yaml", "[".repeat(100_000)),
        ("deep.json", "[".repeat(100_000)),
        ("large.env", "A=".to_owned() + &"x".repeat(2_000_000)),
    ] {
        world.write(name, hostile);
        let said = world.run(&["secret", "import", "parameters", "--file", name]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{name}: {}", said.err.len());
    }
}

/// An SSM on which nothing is there yet and the second write hangs.
fn half_way() -> StandIn {
    StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => Answer::identity(ACCOUNT),
        "ssm:PutParameter" if asked.before == 0 => Answer::json(&json!({ "Version": 1 })),
        "ssm:PutParameter" => Answer::Hangs,
        _ => Answer::json(&json!({ "Parameters": [] })),
    })
}

#[test]
fn an_interrupted_import_says_what_it_had_done() {
    let world = world();
    let server = half_way();
    for output in ["text", "json", "jsonl"] {
        let mut command = world.command(&["secret", "import", "parameters", "--stdin", "--endpoint-url", &server.url, "--output", output]);
        command.env("AWS_ACCESS_KEY_ID", "x").env("AWS_SECRET_ACCESS_KEY", "y");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let before = server.asked().iter().filter(|asked| asked.operation == "ssm:PutParameter").count();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"TOKEN=t\nDB_USER=u\n").unwrap();
        let deadline = Instant::now() + Duration::from_secs(30);
        // The stand-in's first answer of all is the only one that comes.
        while server.asked().iter().filter(|asked| asked.operation == "ssm:PutParameter").count() < before + if before == 0 { 2 } else { 1 }
        {
            assert!(Instant::now() < deadline, "no second write");
            std::thread::sleep(Duration::from_millis(10));
        }
        rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT).unwrap();
        let said = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
        assert_eq!(said.status.code(), Some(130), "{err}");
        assert!(err.contains("broken off") && err.contains("may or may not be written"), "{err}");
        match output {
            "text" => assert_eq!(out, "created /parameters/database/login/user (version 1)\n"),
            "json" => {
                let document: Value = serde_json::from_str(&out).unwrap();
                assert_eq!(document["complete"], json!(false));
                assert_eq!(document["under_way"], json!("/parameters/database/login/user"));
            }
            _ => assert_eq!(out, ""),
        }
    }
}

#[test]
fn an_import_that_was_broken_off_is_completed_by_the_next() {
    let world = world();
    // What an interruption leaves: the first is written, the second is not.
    set(&world, "parameters", "database/login/user", "u");
    let said = world.run_stdin(&["secret", "import", "parameters", "--stdin"], "DB_USER=u\nTOKEN=t\n");
    insta::assert_snapshot!(ok(&said), @"
    /parameters/database/login/user has this value already; nothing was written
    created /parameters/token (version 1)
    1 created, 1 unchanged
    ");
}

#[test]
fn required_tags_and_names_are_demanded_of_every_write() {
    let world = with("tags = { project = \"{project}\" }\nrequired_tags = [\"project\"]\nnaming = \"/?(parameters|manager)/[a-z/]+\"");
    set(&world, "parameters", "token", "one");
    set(&world, "manager", "token", "one");
    let tags = || {
        call(&world, ACCOUNT, "AmazonSSM.ListTagsForResource", &json!({ "ResourceType": "Parameter", "ResourceId": "/parameters/token" }))
    };
    assert_eq!(tags()["TagList"], json!([{ "Key": "project", "Value": "books" }]));
    let described = call(&world, ACCOUNT, "secretsmanager.DescribeSecret", &json!({ "SecretId": "manager/token" }));
    assert_eq!(described["Tags"], json!([{ "Key": "project", "Value": "books" }]));
    // One that somebody else made gets what is required, and keeps what it has.
    parameter(&world, ACCOUNT, "/parameters/database/login/user", "u");
    set(&world, "parameters", "database/login/user", "v");
    let body = json!({ "ResourceType": "Parameter", "ResourceId": "/parameters/database/login/user" });
    assert_eq!(call(&world, ACCOUNT, "AmazonSSM.ListTagsForResource", &body)["TagList"], json!([{ "Key": "project", "Value": "books" }]));
    let refused = world.run_stdin(&["secret", "set", "guarded", "token", "--stdin"], "x");
    assert_eq!(refused.code, 2, "{refused:?}");
    insta::assert_snapshot!(refused.err, @"
    error: the manifest allows no name `/guarded/token`: it must match `^(?:/?(parameters|manager)/[a-z/]+)$`
      remedy: mend the secret's name or the path template, or `naming` in the manifest
    ");
    let untagged = with("required_tags = [\"owner\"]");
    for arguments in [&["secret", "set", "parameters", "token", "--stdin"][..], &["secret", "import", "manager", "--stdin"]] {
        let refused = untagged.run_stdin(arguments, "TOKEN=x");
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains("would lack required tags: owner"), "{refused:?}");
    }
}

#[test]
fn list_tells_what_is_missing_and_what_nobody_declares() {
    let world = world();
    set(&world, "parameters", "token", "one");
    parameter(&world, ACCOUNT, "/parameters/stray", "x");
    parameter(&world, ACCOUNT, "/elsewhere/stray", "x");
    secret(&world, ACCOUNT, "manager/stray", "x");
    let missing = world.run(&["secret", "list", "parameters", "--missing"]);
    let names: Vec<&str> = missing.out.lines().skip(1).map(|line| line.trim_start().split("  ").next().unwrap()).collect();
    assert_eq!((missing.code, names.as_slice()), (0, ["database/login [password]", "database/login [user]"].as_slice()));
    let unused = json_of(&world.run(&["secret", "list", "parameters", "--unused", "--output", "json"]));
    let names: Vec<&str> = unused["unused"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["/parameters/stray"]);
    let manager = ok(&world.run(&["secret", "list", "manager", "--unused"]));
    assert!(manager.contains("secret:manager/stray-SUFFIX") && manager.lines().count() == 2, "{manager}");
}

#[test]
fn a_protected_environment_is_changed_only_with_a_yes() {
    let world = world();
    let set = |more: &[&str], value: &str| world.run_stdin(&[&["secret", "set", "guarded", "token", "--stdin"][..], more].concat(), value);
    assert_eq!(set(&[], "one").code, 0, "what is new destroys nothing");
    let refused = set(&[], "two");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    insta::assert_snapshot!(refused.err, @"
    error: there is no terminal to ask on: Change /guarded/token in the protected environment guarded?
      remedy: use --yes if that is meant
    ");
    assert_eq!(set(&["--dry-run"], "two").code, 0);
    assert_eq!(set(&["--yes"], "two").code, 0);
    assert_eq!(world.run_stdin(&["secret", "import", "guarded", "--stdin"], "TOKEN=three").code, 2);
    assert_eq!(world.run(&["secret", "rollback", "guarded", "token"]).code, 2);
    assert_eq!(parameter_value(&world, ACCOUNT, "/guarded/token"), "two");
}

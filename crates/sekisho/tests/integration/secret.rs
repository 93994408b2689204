//! `secret`: one declared secret at a time.

use serde_json::{Value, json};

use crate::embedded::{DEVELOPMENT, PRODUCTION, call, parameter, parameter_value, secret, secret_value, steady};
use crate::terminal::Terminal;
use crate::world::World;

/// A project whose secrets are in Secrets Manager, on the embedded AWS.
fn books() -> World {
    World::with_manifest(
        r#"
[project]
name = "books"
region = "ap-northeast-1"

[environments.production]
account = "123456789012"
store = "secretsmanager"
endpoint = "local"

[environments.laptop]
store = "environment"
endpoint = "local"
allow_plaintext = true

[secrets."database/login"]
keys = { DB_USER = "user", DB_PASSWORD = "password" }

[secrets."token"]
env = "TOKEN"
description = "signs the tokens"
"#,
    )
}

#[test]
fn list_tells_where_each_secret_is_and_whether_it_is_there() {
    let world = World::shop();
    call(&world, DEVELOPMENT, "AmazonSSM.PutParameter", &json!({ "Name": "/development/stripe/key", "Value": "x", "Type": "String" }));
    let said = world.run(&["secret", "list", "development"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(steady(&without_dates(&said.out)), @"
    SECRET                         STORE  NAME                                      TYPE    VERSION  CHANGED           STATE
    database/password              ssm    /development/database/password                                               missing
    database/reporting [password]  ssm    /development/database/reporting/password                                     missing
    database/reporting [username]  ssm    /development/database/reporting/username                                     missing
    session/key                    ssm    /development/session/key                                                     missing
    stripe/key                     ssm    /development/stripe/key                   String  1        YYYY-MM-DD HH:MM  present
    ");
    let japanese = world.run(&["secret", "list", "development", "--lang", "ja"]);
    insta::assert_snapshot!(steady(&without_dates(&japanese.out)), @"
    シークレット                   ストア  名前                                      型      バージョン  更新日時          状態
    database/password              ssm     /development/database/password                                                  なし
    database/reporting [password]  ssm     /development/database/reporting/password                                        なし
    database/reporting [username]  ssm     /development/database/reporting/username                                        なし
    session/key                    ssm     /development/session/key                                                        なし
    stripe/key                     ssm     /development/stripe/key                   String  1           YYYY-MM-DD HH:MM  あり
    ");
}

#[test]
fn list_tells_what_is_being_deleted_or_has_no_value() {
    let world = books();
    secret(&world, PRODUCTION, "production/database/login", "{}");
    call(&world, PRODUCTION, "secretsmanager.DeleteSecret", &json!({ "SecretId": "production/database/login" }));
    call(&world, PRODUCTION, "secretsmanager.CreateSecret", &json!({ "Name": "production/token", "ClientRequestToken": "0".repeat(32) }));
    let said = world.run(&["secret", "list", "production", "--output", "json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let list: Value = serde_json::from_str(&said.out).unwrap();
    let states: Vec<_> = list["secrets"].as_array().unwrap().iter().map(|row| (&row["secret"], &row["state"])).collect();
    assert_eq!(states, [(&json!("database/login"), &json!("deleted")), (&json!("token"), &json!("no-value"))]);
    let plain = world.run(&["secret", "list", "laptop", "--output", "jsonl"]);
    assert!(plain.out.lines().all(|line| line.contains(r#""state":"plaintext""#)), "{}", plain.out);
}

/// Times of day made the same every time.
fn without_dates(text: &str) -> String {
    regex_lite::Regex::new(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}").unwrap().replace_all(text, "YYYY-MM-DD HH:MM").into_owned()
}

#[test]
fn get_refuses_to_print_a_value_where_no_terminal_is_unless_it_may() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/development/stripe/key", "zq-81-value");
    let refused = world.run(&["secret", "get", "development", "stripe/key"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    insta::assert_snapshot!(refused.err, @"
    error: the output is no terminal
      remedy: use --reveal to print the value there all the same
    ");
    let revealed = world.run(&["secret", "get", "development", "stripe/key", "--reveal"]);
    assert_eq!((revealed.code, revealed.out.as_str(), revealed.err.as_str()), (0, "zq-81-value", ""));
}

#[test]
fn get_prints_a_value_to_a_terminal_and_shows_what_would_paint_it() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/development/stripe/key", "zq-81\u{1b}[31mred");
    let terminal = Terminal::start(world.command(&["secret", "get", "development", "stripe/key"]));
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim_end()), (0, "zq-81\\u{1b}[31mred"));
}

#[test]
fn get_prints_one_json_key_as_the_container_would_get_it() {
    let world = books();
    secret(&world, PRODUCTION, "production/database/login", r#"{"user":"u","password":"p","port":5432}"#);
    let get = |key: &[&str]| world.run(&[&["secret", "get", "production", "database/login", "--reveal"][..], key].concat());
    assert_eq!(get(&["--key", "port"]).out, "5432");
    assert_eq!(get(&[]).out, r#"{"user":"u","password":"p","port":5432}"#);
    let missing = get(&["--key", "User"]);
    assert_eq!((missing.code, missing.out.as_str()), (1, ""));
    insta::assert_snapshot!(missing.err, @"
    error: the value has no key `User`
      remedy: letter case counts
    ");
}

#[test]
fn get_tells_why_there_is_no_value() {
    let world = books();
    let get = |arguments: &[&str]| {
        let said = world.run(&[&["secret", "get", "--reveal"][..], arguments].concat());
        assert_eq!(said.out, "");
        format!("{} {}", said.code, said.err.trim_end())
    };
    insta::assert_snapshot!(get(&["production", "token"]), @"
    1 error: `token` is not there in production
      remedy: create it with `sekisho secret set production token`
    ");
    call(
        &world,
        PRODUCTION,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "production/token", "SecretBinary": "AAEC", "ClientRequestToken": "0".repeat(32) }),
    );
    insta::assert_snapshot!(get(&["production", "token"]), @"
    1 error: `token` holds bytes, not text
      remedy: read it with `aws secretsmanager get-secret-value`
    ");
    call(&world, PRODUCTION, "secretsmanager.DeleteSecret", &json!({ "SecretId": "production/token" }));
    insta::assert_snapshot!(get(&["production", "token"]), @"
    1 error: `token` is being deleted
      remedy: restore it with `sekisho secret restore production token`
    ");
    insta::assert_snapshot!(get(&["production", "tokn"]), @"
    2 error: there is no secret `tokn` in the manifest
      remedy: did you mean `token`? It has: database/login, token
    ");
    insta::assert_snapshot!(get(&["laptop", "token"]), @"
    2 error: `token` stands in plain text in the task definition in laptop; there is no store to ask
      remedy: look at the task definition, or choose a store
    ");
}

#[test]
fn set_reads_stdin_and_takes_one_line_break_off() {
    let world = World::shop();
    for (given, kept) in [("plain", "plain"), ("line\n", "line"), ("two\n\n", "two\n"), ("dos\r\n", "dos"), (" spaces ", " spaces ")] {
        let said = world.run_stdin(&["secret", "set", "development", "stripe/key", "--stdin"], given);
        assert_eq!(said.code, 0, "{said:?}");
        assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/stripe/key"), kept);
    }
}

#[test]
fn set_tells_what_it_created_changed_or_left() {
    let world = World::shop();
    let set = |value: &str, more: &[&str]| {
        let said = world.run_stdin(&[&["secret", "set", "development", "stripe/key", "--stdin"][..], more].concat(), value);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        said.out
    };
    insta::assert_snapshot!(set("one", &["--dry-run"]), @"would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/stripe/key");
    insta::assert_snapshot!(set("one", &[]), @"created /development/stripe/key (version 1)");
    insta::assert_snapshot!(set("one", &[]), @"/development/stripe/key has this value already; nothing was written");
    insta::assert_snapshot!(set("two", &["--dry-run"]), @"would change arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/stripe/key");
    insta::assert_snapshot!(set("two", &["--lang", "ja"]), @"/development/stripe/key を変更しました（バージョン 2）");
    insta::assert_snapshot!(set("three", &["--output", "json"]), @r#"{"action":"set-changed","schema":1,"target":"/development/stripe/key","version":"3"}"#);
    let history = call(&world, DEVELOPMENT, "AmazonSSM.GetParameterHistory", &json!({ "Name": "/development/stripe/key" }));
    assert_eq!(history["Parameters"].as_array().unwrap().len(), 3);
}

#[test]
fn set_reads_a_file_to_its_last_byte() {
    let world = books();
    world.write("key.pem", "-----BEGIN KEY-----\nAA==\n-----END KEY-----\n");
    let said = world.run(&["secret", "set", "production", "token", "--file", "key.pem"]);
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(steady(&said.out), @"created arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/token-SUFFIX (version VERSION)");
    assert_eq!(secret_value(&world, PRODUCTION, "production/token"), "-----BEGIN KEY-----\nAA==\n-----END KEY-----\n");
    let described = call(&world, PRODUCTION, "secretsmanager.DescribeSecret", &json!({ "SecretId": "production/token" }));
    assert_eq!(described["Description"], "signs the tokens");
}

#[test]
fn set_generates_what_the_manifest_says() {
    let world = World::shop();
    let said = world.run(&["secret", "set", "development", "session/key", "--generate"]);
    assert_eq!(said.code, 0, "{said:?}");
    let first = parameter_value(&world, DEVELOPMENT, "/development/session/key");
    assert!(first.len() == 64 && first.bytes().all(|byte| byte.is_ascii_hexdigit()));
    world.run(&["secret", "set", "development", "session/key", "--generate"]);
    assert_ne!(parameter_value(&world, DEVELOPMENT, "/development/session/key"), first);
    assert!(!said.out.contains(&first) && !said.err.contains(&first));
}

#[test]
fn set_exchanges_one_json_key_and_keeps_the_others_byte_for_byte() {
    let world = books();
    let before = "{ \"user\":\"u\", \"big\": 12345678901234567890.10,\n \"password\" : \"old\" }";
    secret(&world, PRODUCTION, "production/database/login", before);
    let said = world.run_stdin(&["secret", "set", "production", "database/login", "--key", "password", "--stdin"], "n\"ew");
    assert_eq!(said.code, 0, "{said:?}");
    let expected = "{ \"user\":\"u\", \"big\": 12345678901234567890.10,\n \"password\" : \"n\\\"ew\" }";
    assert_eq!(secret_value(&world, PRODUCTION, "production/database/login"), expected);
}

#[test]
fn set_makes_a_json_secret_of_its_keys_one_after_the_other() {
    let world = books();
    for (key, value) in [("user", "u"), ("password", "p")] {
        let said = world.run_stdin(&["secret", "set", "production", "database/login", "--key", key, "--stdin"], value);
        assert_eq!(said.code, 0, "{said:?}");
    }
    assert_eq!(secret_value(&world, PRODUCTION, "production/database/login"), r#"{"user":"u","password":"p"}"#);
}

#[test]
fn set_never_replaces_a_value_whose_other_keys_it_cannot_see() {
    let world = books();
    call(
        &world,
        PRODUCTION,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "production/database/login", "SecretBinary": "AAEC", "ClientRequestToken": "0".repeat(32) }),
    );
    let binary = world.run_stdin(&["secret", "set", "production", "database/login", "--key", "user", "--stdin"], "u");
    assert_eq!((binary.code, binary.out.as_str()), (1, ""), "{binary:?}");
    insta::assert_snapshot!(binary.err, @"
    error: `database/login` holds bytes, not text
      remedy: read it with `aws secretsmanager get-secret-value`
    ");
    secret(&world, PRODUCTION, "production/token", "no json");
    let text = world.run_stdin(&["secret", "set", "production", "token", "--key", "user", "--stdin"], "u");
    assert_eq!((text.code, text.out.as_str()), (2, ""), "{text:?}");
    assert_eq!(secret_value(&world, PRODUCTION, "production/token"), "no json");
}

#[test]
fn keys_are_parameters_of_their_own_in_parameter_store() {
    let world = World::shop();
    let whole = world.run_stdin(&["secret", "set", "development", "database/reporting", "--stdin"], "x");
    assert_eq!((whole.code, whole.out.as_str()), (2, ""));
    insta::assert_snapshot!(whole.err, @"
    error: `database/reporting` has a parameter for each of its keys
      remedy: name one with --key: password, username
    ");
    let key = world.run_stdin(&["secret", "set", "development", "database/reporting", "--key", "username", "--stdin"], "u");
    assert_eq!(key.code, 0, "{key:?}");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/database/reporting/username"), "u");
    let wrong = world.run_stdin(&["secret", "set", "development", "database/reporting", "--key", "usrname", "--stdin"], "u");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:?}");
    insta::assert_snapshot!(wrong.err, @"
    error: the manifest declares no key `usrname` of `database/reporting`
      remedy: did you mean `username`? It declares: password, username
    ");
    assert_eq!(world.run(&["secret", "get", "development", "database/reporting", "--key", "username", "--reveal"]).out, "u");
}

#[test]
fn set_does_not_touch_what_is_being_deleted() {
    let world = books();
    secret(&world, PRODUCTION, "production/token", "old");
    call(&world, PRODUCTION, "secretsmanager.DeleteSecret", &json!({ "SecretId": "production/token" }));
    let said = world.run_stdin(&["secret", "set", "production", "token", "--stdin"], "new");
    assert_eq!((said.code, said.out.as_str()), (4, ""));
    insta::assert_snapshot!(said.err, @"
    error: `token` is being deleted
      remedy: restore it first with `sekisho secret restore production token`
    ");
}

#[test]
fn set_asks_at_a_terminal_and_shows_nothing_of_the_answer() {
    let world = World::shop();
    let mut terminal = Terminal::start(world.command(&["secret", "set", "development", "stripe/key"]));
    terminal.wait_for("Value of stripe/key:");
    terminal.type_line("zq81-hidden");
    terminal.wait_for("The same again:");
    terminal.type_line("zq81-hidden");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("created /development/stripe/key (version 1)"), "{shown}");
    assert!(!shown.contains("zq81") && !shown.contains('*') && !shown.contains('•'), "{shown}");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/stripe/key"), "zq81-hidden");
}

#[test]
fn set_asks_again_where_the_two_answers_differ_and_ends_where_it_is_interrupted() {
    let world = World::shop();
    let mut command = world.command(&["secret", "set", "development", "stripe/key"]);
    command.env("LC_ALL", "ja_JP.UTF-8");
    let mut terminal = Terminal::start(command);
    terminal.wait_for("stripe/key の値:");
    terminal.type_line("zq81");
    terminal.wait_for("もう一度同じ値:");
    terminal.type_line("zq82");
    terminal.wait_for("2 つの値が一致しません");
    terminal.press("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, 130, "{shown}");
    assert!(!shown.contains("zq81") && !shown.contains("zq82"), "{shown}");
    assert!(!world.run(&["secret", "list", "development"]).out.contains("present"));
}

#[test]
fn verify_asks_at_a_terminal_for_what_nothing_else_gives() {
    let world = books();
    world.write("api.json", json!({ "family": "api", "executionRoleArn": "arn:aws:iam::123456789012:role/x", "containerDefinitions": [{ "name": "api", "secrets": [{ "name": "T", "valueFrom": "/t" }] }] }).to_string());
    let mut terminal = Terminal::start(world.command(&["verify", "production", "--task-definition", "api.json", "--create"]));
    terminal.wait_for("Value of /t:");
    terminal.type_line("zq81-hidden");
    terminal.wait_for("The same again:");
    terminal.type_line("zq81-hidden");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("created /t (version 1) from the prompt") && !shown.contains("zq81") && !shown.contains('*'), "{shown}");
    assert_eq!(parameter_value(&world, PRODUCTION, "/t"), "zq81-hidden");
}

#[test]
fn without_a_terminal_or_a_source_set_says_what_to_use() {
    let said = World::shop().run(&["secret", "set", "development", "stripe/key"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: there is no terminal to ask on
      remedy: use --stdin, --file or --generate
    ");
}

//! `run`: the environment that ECS would build, and a command that is itself afterwards.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;

use serde_json::json;

use crate::embedded::{DEVELOPMENT, call, parameter};
use crate::world::{Said, World};

/// The shop, its development secrets in place.
fn shop() -> World {
    let world = World::shop();
    let given = json!({ "DB_PASSWORD": "db-pw", "SESSION_KEY": "session", "STRIPE_KEY": "two\nlines", "REPORT_DB_USER": "u", "REPORT_DB_PASSWORD": "p" });
    let said = world.run_stdin(&["-q", "verify", "development", "--create", "--stdin"], given.to_string());
    assert_eq!(said.code, 0, "{said:?}");
    world
}

/// What `env -0` printed.
fn environment(said: &Said) -> BTreeMap<String, String> {
    assert_eq!(said.code, 0, "{said:?}");
    let pairs = said.out.split_terminator('\0').map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The shop with another `api.json`: this container, and no execution role.
fn with_containers(containers: &serde_json::Value) -> World {
    let world = shop();
    world.write(
        "deploy/development/api.json",
        json!({ "family": "api", "executionRoleArn": "arn:aws:iam::111122223333:role/x", "containerDefinitions": containers }).to_string(),
    );
    world
}

#[test]
fn clean_is_nothing_but_the_environment_that_ecs_would_build() {
    let said = shop().run(&["run", "development", "api", "--clean", "--", "env", "-0"]);
    let expected = [
        ("AWS_DEFAULT_REGION", "ap-northeast-1"),
        ("AWS_REGION", "ap-northeast-1"),
        ("DB_PASSWORD", "db-pw"),
        ("LOG_LEVEL", "debug"),
        ("PASSWORD_MIN_LENGTH", "12"),
        ("SESSION_KEY", "session"),
        ("STRIPE_KEY", "two\nlines"),
    ];
    assert_eq!(environment(&said), pairs(&expected));
    insta::assert_snapshot!(said.err, @"
    assumed: AWS_REGION and AWS_DEFAULT_REGION are set to `ap-northeast-1`, as the agent does where neither the definition nor the image sets them
    assumed: what only the agent knows is not set: ECS_CONTAINER_METADATA_URI, ECS_CONTAINER_METADATA_URI_V4, ECS_AGENT_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_EXECUTION_ENV
    assumed: the variables that the image itself sets are not known here
    ");
}

#[test]
fn without_clean_the_callers_environment_stays_below() {
    let world = shop();
    let said = world
        .run_with(&["run", "development", "api", "--", "env", "-0"], &[("MINE", "1"), ("LOG_LEVEL", "trace"), ("DB_PASSWORD", "mine")]);
    let found = environment(&said);
    assert_eq!((found["MINE"].as_str(), found["LOG_LEVEL"].as_str(), found["DB_PASSWORD"].as_str()), ("1", "debug", "db-pw"));
    assert_eq!(found["HOME"], "@/home");
}

#[test]
fn secrets_stand_over_the_environment_and_a_region_of_the_definition_stays() {
    let world = with_containers(&json!([{
        "name": "api",
        "environment": [
            { "name": "DB_PASSWORD", "value": "in plain text" },
            { "name": "AWS_REGION", "value": "eu-west-1" },
            { "name": "EMPTY", "value": "" }
        ],
        "secrets": [{ "name": "DB_PASSWORD", "valueFrom": "/development/database/password" }],
        "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::bucket/api.env" }]
    }]));
    let said = world.run(&["run", "development", "api", "--clean", "--", "env", "-0"]);
    assert_eq!(environment(&said), pairs(&[("AWS_REGION", "eu-west-1"), ("DB_PASSWORD", "db-pw"), ("EMPTY", "")]));
    assert!(said.err.contains("arn:aws:s3:::bucket/api.env"), "{}", said.err);
    // What is declared only is not set: ECS would not know of it.
    assert!(said.err.contains("`SESSION_KEY, STRIPE_KEY`: declared, but the task definition does not refer to it"), "{}", said.err);
}

#[test]
fn json_values_arrive_as_go_prints_them() {
    let text = |key: &str| json!({ "name": key.to_uppercase(), "valueFrom": format!("arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:json-AbCdEf:{key}::") });
    let world =
        with_containers(&json!([{ "name": "api", "secrets": [text("number"), text("null"), text("list"), text("flag"), text("text")] }]));
    let value = r#"{"number":123456789012,"null":null,"list":[1,"x"],"flag":false,"text":"t"}"#;
    call(
        &world,
        DEVELOPMENT,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "json", "SecretString": value, "ClientRequestToken": "0".repeat(32) }),
    );
    let said = world.run(&["run", "development", "api", "--clean", "--", "env", "-0"]);
    let mut found = environment(&said);
    found.retain(|name, _| !name.starts_with("AWS_"));
    assert_eq!(found, pairs(&[("FLAG", "false"), ("LIST", "[1 x]"), ("NULL", "<nil>"), ("NUMBER", "1.23456789012e+11"), ("TEXT", "t")]));
}

#[test]
fn one_of_several_containers_is_chosen_and_gets_its_own_values_only() {
    let secret = |name: &str, from: &str| json!([{ "name": name, "valueFrom": from }]);
    let world = with_containers(&json!([
        { "name": "api", "secrets": secret("A", "/development/database/password") },
        { "name": "worker", "secrets": secret("B", "/development/session/key") }
    ]));
    let worker = world.run(&["run", "development", "api", "--container", "worker", "--clean", "--", "env", "-0"]);
    let mut found = environment(&worker);
    found.retain(|name, _| !name.starts_with("AWS_"));
    assert_eq!(found, pairs(&[("B", "session")]));
    let several = world.run(&["run", "development", "api", "--", "true"]);
    assert_eq!(several.code, 125);
    insta::assert_snapshot!(several.err, @"
    error: the task definition has several containers
      remedy: choose one with --container: api, worker
    ");
    let unknown = world.run(&["run", "development", "api", "--container", "wroker", "--", "true"]);
    assert_eq!(unknown.code, 125);
    insta::assert_snapshot!(unknown.err, @"
    error: the task definition has no container `wroker`
      remedy: it has: api, worker
    ");
}

#[test]
fn a_firelens_router_gets_the_secret_log_options_of_the_containers_that_it_serves() {
    let options = json!([{ "name": "apikey", "valueFrom": "/development/session/key" }]);
    let world = with_containers(&json!([
        { "name": "router", "firelensConfiguration": { "type": "fluentbit" } },
        { "name": "app", "logConfiguration": { "logDriver": "awsfirelens", "secretOptions": options } }
    ]));
    let said = world.run(&["run", "development", "api", "--container", "router", "--clean", "--", "env", "-0"]);
    assert_eq!(environment(&said)["apikey_1"], "session");
    let app = world.run(&["run", "development", "api", "--container", "app", "--clean", "--", "env", "-0"]);
    assert!(!environment(&app).contains_key("apikey"), "{app:?}");
}

#[test]
fn another_task_definition_can_stand_in_for_the_manifests() {
    let world = shop();
    let said =
        world.run(&["run", "development", "api", "--task-definition", "deploy/development/graphql.json", "--clean", "--", "env", "-0"]);
    let found = environment(&said);
    assert_eq!((found["REPORT_DB_USER"].as_str(), found["REPORT_DB_PASSWORD"].as_str()), ("u", "p"), "{said:?}");
}

#[test]
fn without_a_task_definition_what_the_manifest_declares_is_set() {
    let world = shop();
    let manifest = std::fs::read_to_string(world.path().join("sekisho.toml")).unwrap();
    world.write("sekisho.toml", manifest.lines().filter(|line| !line.starts_with("task_definition")).collect::<Vec<_>>().join("\n"));
    let said = world.run(&["run", "development", "grpc", "--clean", "--", "env", "-0"]);
    assert_eq!(environment(&said)["DB_PASSWORD"], "db-pw");
    assert!(said.err.contains("no task definition is named for `grpc`"), "{}", said.err);
}

#[test]
fn the_exit_code_is_the_commands() {
    let world = shop();
    for code in [0, 1, 42, 255] {
        let said = world.run(&["-q", "run", "development", "grpc", "--", "sh", "-c", &format!("exit {code}")]);
        assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (code, "", ""));
    }
}

#[test]
fn a_signal_is_the_commands_too() {
    let world = shop();
    for (name, number) in [("TERM", 15), ("INT", 2), ("KILL", 9)] {
        let status = world.command(&["-q", "run", "development", "grpc", "--", "sh", "-c", &format!("kill -{name} $$")]).status().unwrap();
        assert_eq!(status.signal(), Some(number), "{status:?}");
    }
}

#[test]
fn the_command_is_the_process_itself() {
    let world = shop();
    let mut child = world
        .command(&["-q", "run", "development", "grpc", "--", "sh", "-c", "echo $$"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    let mut out = String::new();
    std::io::Read::read_to_string(child.stdout.as_mut().unwrap(), &mut out).unwrap();
    child.wait().unwrap();
    assert_eq!(out, format!("{id}\n"));
}

#[test]
fn stdin_and_arguments_reach_the_command_as_they_are() {
    let world = shop();
    let said = world.run_stdin(
        &["-q", "run", "development", "grpc", "--", "sh", "-c", "cat; printf '<%s>' \"$@\"", "sh", "a b", "--create", "$X", ""],
        "from stdin\n",
    );
    assert_eq!((said.code, said.out.as_str()), (0, "from stdin\n<a b><--create><$X><>"));
}

#[test]
fn what_cannot_be_started_is_126_or_127() {
    let world = shop();
    let absent = world.run(&["-q", "run", "development", "grpc", "--", "no-such-command"]);
    assert_eq!((absent.code, absent.out.as_str()), (127, ""));
    insta::assert_snapshot!(absent.err, @"
    error: `no-such-command` cannot be run: it does not exist
      remedy: check that it is there and may be executed
    ");
    world.write("script", "echo never");
    let forbidden = world.run(&["-q", "run", "development", "grpc", "--", "./script"]);
    assert_eq!((forbidden.code, forbidden.out.as_str()), (126, ""));
    insta::assert_snapshot!(forbidden.err, @"
    error: `./script` cannot be run: permission denied
      remedy: check that it is there and may be executed
    ");
}

#[test]
fn a_missing_value_is_125_with_its_reason_and_nothing_is_started() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/development/session/key", "session");
    let said = world.run(&["-q", "run", "development", "api", "--", "touch", "started"]);
    assert_eq!((said.code, said.out.as_str()), (125, ""));
    insta::assert_snapshot!(said.err, @"
    error[SEK0215] api/api/DB_PASSWORD missing-parameter
      the parameter `/development/database/password` does not exist in ap-northeast-1
      --> deploy/development/api.json:33:38
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region
    error[SEK0215] api/api/STRIPE_KEY missing-parameter
      the parameter `/development/stripe/key` does not exist in ap-northeast-1
      --> deploy/development/api.json:41:38
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region
    error: development would not start `api`: no value for DB_PASSWORD, STRIPE_KEY
      remedy: see what `sekisho verify development api` says
    ");
    assert!(!world.path().join("started").exists());
}

#[test]
fn names_that_could_take_over_the_process_are_refused_unless_they_are_allowed() {
    let world = with_containers(&json!([{
        "name": "api",
        "environment": [{ "name": "PYTHONPATH", "value": "/app" }],
        "secrets": [
            { "name": "LD_PRELOAD", "valueFrom": "/development/database/password" },
            { "name": "NODE_OPTIONS", "valueFrom": "/development/session/key" }
        ]
    }]));
    let said = world.run(&["-q", "run", "development", "api", "--", "env", "-0"]);
    assert_eq!((said.code, said.out.as_str()), (125, ""));
    insta::assert_snapshot!(said.err, @"
    error: a store sets LD_PRELOAD, NODE_OPTIONS, by which it could take over the process
      remedy: allow what is meant with --allow-name
    ");
    let half = world.run(&["-q", "run", "development", "api", "--allow-name", "LD_PRELOAD", "--", "env", "-0"]);
    assert_eq!(half.code, 125, "{half:?}");
    let allowed = world.run(&[
        "-q",
        "run",
        "development",
        "api",
        "--clean",
        "--allow-name",
        "LD_PRELOAD",
        "--allow-name",
        "NODE_OPTIONS",
        "--",
        "env",
        "-0",
    ]);
    let found = environment(&allowed);
    assert_eq!((found["NODE_OPTIONS"].as_str(), found["PYTHONPATH"].as_str()), ("session", "/app"));
}

#[test]
fn a_value_that_no_environment_can_hold_is_refused() {
    let world = with_containers(
        &json!([{ "name": "api", "secrets": [{ "name": "KEY", "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:nul-AbCdEf:key::" }] }]),
    );
    call(
        &world,
        DEVELOPMENT,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "nul", "SecretString": r#"{"key":"secret\u0000zq7"}"#, "ClientRequestToken": "0".repeat(32) }),
    );
    let said = world.run(&["-q", "run", "development", "api", "--", "true"]);
    assert_eq!(said.code, 125);
    insta::assert_snapshot!(said.err, @"
    error: the variable `KEY` cannot be set: its name or value has a character that no environment can hold
      remedy: mend the value in the store
    ");
}

#[test]
fn the_command_gets_the_callers_core_limit_back() {
    let world = shop();
    let program = crate::world::program();
    let mut command = world.command(&[]);
    let script = r#"ulimit -S -c 0; ulimit -S -c 7 2>/dev/null || exit 77; exec "$0" -q run development grpc -- sh -c 'ulimit -S -c'"#;
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(script).arg(program).current_dir(world.path()).env_clear();
    for (name, value) in command.get_envs() {
        shell.env(name, value.unwrap());
    }
    command = shell;
    let said = world.finish(command, "");
    // A machine whose hard limit is 0 has nothing to give back.
    if said.code != 77 {
        assert_eq!((said.code, said.out.as_str()), (0, "7\n"), "{said:?}");
    }
}

#[test]
fn the_reasons_are_japanese_too() {
    let said = World::shop().run(&["-q", "--lang", "ja", "run", "development", "grpc", "--", "true"]);
    assert_eq!(said.code, 125);
    insta::assert_snapshot!(said.err, @"
    エラー[SEK0215] grpc/grpc/DB_PASSWORD missing-parameter
      パラメータ `/development/database/password` は ap-northeast-1 に存在しません
      --> deploy/development/grpc.json:29:38
      対処: 作成する（`sekisho verify … --create`）か、名前またはリージョンを直してください
    エラー: development の `grpc` は起動しません。値がない変数: DB_PASSWORD
      対処: `sekisho verify development grpc` の結果を確認してください
    ");
}

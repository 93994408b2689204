//! Whatever comes in: the answer says what, where, why and what to do, and nothing raw or secret comes out.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use crate::embedded::{DEVELOPMENT, call, parameter};
use crate::world::{Said, World};

const SMALL: &str = r#"
[project]
name = "small"
region = "ap-northeast-1"

[environments.development]
account = "111122223333"
store = "ssm"
endpoint = "local"

[secrets."token"]
env = "TOKEN"

[services.api]
task_definition = "api.json"
secrets = ["token"]
"#;

/// A refusal as configuration: code 2, nothing on stdout.
#[track_caller]
fn refused(said: Said) -> String {
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    said.err
}

/// What a manifest with `from` replaced by `to` leads to.
fn with_manifest_changed(from: &str, to: &str) -> String {
    let changed = SMALL.replace(from, to);
    assert_ne!(changed, SMALL);
    refused(World::with_manifest(&changed).run(&["verify", "development"]))
}

#[test]
fn unknown_environments_services_and_secrets_get_suggestions() {
    let world = World::shop();
    insta::assert_snapshot!(refused(world.run(&["verify", "develpoment"])), @"
    error: there is no environment `develpoment` in the manifest
      remedy: did you mean `development`? It has: development, production
    ");
    insta::assert_snapshot!(refused(world.run(&["verify", "qqq", "--lang", "ja"])), @"
    エラー: マニフェストに環境 `qqq` はありません
      対処: 定義されている環境: development, production
    ");
    insta::assert_snapshot!(refused(world.run(&["verify", "development", "api", "grahpql"])), @"
    error: there is no service `grahpql` in the manifest
      remedy: did you mean `graphql`? It has: api, graphql, grpc
    ");
    insta::assert_snapshot!(refused(world.run(&["secret", "get", "development", "strip/key", "--reveal", "--lang", "ja"])), @"
    エラー: マニフェストにシークレット `strip/key` はありません
      対処: `stripe/key` の間違いではありませんか（宣言されているシークレット: database/password, database/reporting, session/key, stripe/key）
    ");
    let run = world.run(&["run", "development", "apy", "--", "true"]);
    assert_eq!(run.code, 125);
    insta::assert_snapshot!(run.err, @"
    error: there is no service `apy` in the manifest
      remedy: did you mean `api`? It has: api, graphql, grpc
    ");
}

#[test]
fn without_a_manifest_the_ways_on_are_told() {
    insta::assert_snapshot!(refused(World::empty().run(&["verify", "development"])), @"
    error: there is no `sekisho.toml` here or above, up to the repository's root
      remedy: draft one with `sekisho init`, name one with --config, or use `sekisho verify --task-definition FILE`
    ");
}

#[test]
fn two_manifests_on_the_way_up_are_refused() {
    let world = World::shop();
    world.write("deploy/sekisho.toml", SMALL);
    let mut command = world.command(&["verify", "development"]);
    command.current_dir(world.path().join("deploy"));
    insta::assert_snapshot!(refused(world.finish(command, "")), @"
    error: there are two manifests on the way up, `sekisho.toml` and `@/sekisho.toml`
      remedy: name the one that is meant with --config
    ");
    let mut named = world.command(&["--config", "../sekisho.toml", "verify", "development"]);
    named.current_dir(world.path().join("deploy"));
    assert_eq!(world.finish(named, "").code, 1);
}

#[test]
fn a_manifest_above_the_repository_is_not_found() {
    let world = World::shop();
    std::fs::create_dir_all(world.path().join("inner/.git")).unwrap();
    let mut command = world.command(&["verify", "development"]);
    command.current_dir(world.path().join("inner"));
    assert!(refused(world.finish(command, "")).starts_with("error: there is no `sekisho.toml`"));
}

mod needs_root {
    use super::{World, refused};

    #[test]
    fn a_manifest_of_somebody_else_is_refused() {
        let world = World::shop();
        std::os::unix::fs::chown(world.path().join("sekisho.toml"), Some(12345), None).unwrap();
        insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
        error: the manifest `sekisho.toml` belongs to another user (id 12345)
          remedy: it decides where secrets are written: make it yours with chown, or use one of your own
        ");
        insta::assert_snapshot!(refused(world.run(&["secret", "list", "development", "--lang", "ja"])), @"
        エラー: マニフェスト `sekisho.toml` の所有者は別のユーザー（ID 12345）です
          対処: シークレットの書き込み先を決めるファイルです。chown で自分のものにするか、自分のマニフェストを使ってください
        ");
    }
}

#[test]
fn a_manifest_that_everybody_can_write_is_refused() {
    let world = World::shop();
    std::fs::set_permissions(world.path().join("sekisho.toml"), std::fs::Permissions::from_mode(0o666)).unwrap();
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: the manifest `sekisho.toml` can be written by everybody
      remedy: chmod o-w the file
    ");
}

#[test]
fn a_config_that_is_missing_or_a_directory_is_named() {
    let world = World::shop();
    insta::assert_snapshot!(refused(world.run(&["--config", "other.toml", "verify", "development"])), @"
    error: the manifest `other.toml` cannot be read: it does not exist
      remedy: check the path and its permissions
    ");
    insta::assert_snapshot!(refused(world.run(&["--config", "deploy", "verify", "development"])), @"
    error: `deploy` is no regular file
      remedy: name a file
    ");
    insta::assert_snapshot!(refused(world.run(&["--config", "sekisho.toml/x", "verify", "development", "--lang", "ja"])), @"
    エラー: マニフェスト `sekisho.toml/x` を読めません: パスの途中にディレクトリではないものがあります
      対処: パスとアクセス権を確認してください
    ");
}

#[test]
fn mistakes_in_the_manifest_are_told_all_at_once_with_their_places() {
    let text = SMALL
        .replace("store = \"ssm\"", "store = \"smm\"")
        .replace("env = ", "enw = ")
        .replace("secrets = [\"token\"]", "secrets = [\"tokn\"]");
    insta::assert_snapshot!(refused(World::with_manifest(&text).run(&["verify", "development"])), @r#"
    error: sekisho.toml:8:10: `environments.development.store` does not know `smm`
      remedy: did you mean `ssm`?
    error: sekisho.toml:11:11: `secrets.token` has neither `env` nor `keys`, so no container would receive it
      remedy: add `env = "VARIABLE"` for the whole value, or `keys` for single keys of a JSON value
    error: sekisho.toml:12:1: unknown key `enw` in `secrets.token`
      remedy: did you mean `env`?
    error: sekisho.toml:16:13: the service `api` uses the secret `tokn`, which is not declared
      remedy: did you mean `token`?
    "#);
}

#[test]
fn an_empty_path_template_is_refused() {
    insta::assert_snapshot!(with_manifest_changed("region =", "path = { ssm = \"\" }\nregion ="), @"
    error: sekisho.toml:4:16: `project.path.ssm` is empty
      remedy: write something there, or remove the key
    ");
}

#[test]
fn names_over_the_limits_are_refused() {
    let long = "n".repeat(1100);
    insta::assert_snapshot!(with_manifest_changed("\"token\"", &format!("\"{long}\"")).replace(&long, "nnn…"), @"
    error: sekisho.toml:11:11: the secret `…` has no legal name in the environment `development`: Parameter Store would refuse it, because with 1162 characters it is too long
      remedy: change the logical name, the path template, or give the secret a `name` of its own in this environment
    ");
    let deep = ["d"; 16].join("/");
    insta::assert_snapshot!(with_manifest_changed("\"token\"", &format!("\"{deep}\"")), @"
    error: sekisho.toml:11:11: the secret `d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d` has no legal name in the environment `development`: Parameter Store would refuse it, because with 17 levels it is too deep
      remedy: change the logical name, the path template, or give the secret a `name` of its own in this environment
    ");
    let world = World::with_manifest(SMALL);
    let far = format!("/{}", "f".repeat(2050));
    let definition = json!({ "family": "f", "executionRoleArn": "arn:aws:iam::111122223333:role/x", "containerDefinitions": [{ "name": "api", "secrets": [
        { "name": "FAR", "valueFrom": far }, { "name": "TOKEN", "valueFrom": "/development/token" }
    ] }] });
    world.write("api.json", definition.to_string());
    let said = world.run(&["verify", "development"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("error[SEK0202] api/api/FAR invalid-parameter-name"), "{}", said.out);
}

#[test]
fn a_value_that_is_too_long_for_its_store_is_refused_by_aws_and_not_shown() {
    let world = World::shop();
    let value = "zq81".repeat(1280);
    let parameter = world.run_stdin(&["secret", "set", "development", "stripe/key", "--stdin"], &value);
    assert_eq!((parameter.code, parameter.out.as_str()), (4, ""));
    insta::assert_snapshot!(parameter.err, @"
    error: `/development/stripe/key` could not be written
    error: ssm:PutParameter (ap-northeast-1): ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
      remedy: look at what AWS says
    ");
    let value = "zq81".repeat(16_640);
    let secret = world.run_stdin(&["--endpoint-url", "local", "secret", "set", "production", "stripe/key", "--stdin"], &value);
    assert_eq!((secret.code, secret.out.as_str()), (4, ""));
    insta::assert_snapshot!(secret.err, @"
    error: `production/stripe/key` could not be written
    error: secretsmanager:CreateSecret (ap-northeast-1): ValidationException: 1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536
      remedy: look at what AWS says
    ");
    let created =
        world.run_stdin(&["verify", "development", "api", "--create", "--stdin"], json!({ "STRIPE_KEY": "zq81".repeat(1280) }).to_string());
    assert_eq!(created.code, 4, "{created:?}");
    assert!(!created.out.contains("zq81") && !created.err.contains("zq81"), "{created:?}");
    assert!(created.out.contains("created /development/session/key"), "what was written before is not told: {}", created.out);
}

#[test]
fn stdin_without_bounds_is_refused() {
    let said = World::shop().run_stdin(&["secret", "set", "development", "stripe/key", "--stdin"], "x".repeat(1024 * 1024 + 1));
    insta::assert_snapshot!(refused(said), @"
    error: stdin has more than 1 MiB
      remedy: give it the values only
    ");
}

#[test]
fn an_empty_value_is_refused() {
    insta::assert_snapshot!(refused(World::shop().run_stdin(&["secret", "set", "development", "stripe/key", "--stdin"], "\n")), @"
    error: the value is empty
      remedy: give one that is not
    ");
}

#[test]
fn what_is_not_utf8_is_told_with_its_place() {
    let world = World::with_manifest(SMALL);
    world.write("sekisho.toml", [SMALL.as_bytes(), b"# caf\xe9\n"].concat());
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: sekisho.toml:17:6: byte 242 of the file does not belong to UTF-8 text
      remedy: save the file as UTF-8
    ");
    world.write("sekisho.toml", SMALL);
    world.write("api.json", b"{\"family\": \"caf\xe9\"}");
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: api.json:1:16: byte 16 of the file does not belong to UTF-8 text
      remedy: save the file as UTF-8
    ");
    insta::assert_snapshot!(refused(world.run_stdin(&["secret", "set", "development", "token", "--stdin"], b"zq81\xff")), @"
    error: the value from <stdin> is not UTF-8 (byte 5)
      remedy: encode it first, with base64 for one
    ");
    world.write("api.json", definition());
    insta::assert_snapshot!(refused(world.run_stdin(&["verify", "development", "--create", "--stdin"], b"TOKEN=zq81\xff\n")), @"
    error: <stdin>:1:11: byte 11 of the file does not belong to UTF-8 text
      remedy: save the file as UTF-8
    ");
    world.write("value", b"zq81\xff");
    insta::assert_snapshot!(refused(world.run(&["secret", "set", "development", "token", "--file", "value", "--lang", "ja"])), @"
    エラー: value の値は UTF-8 ではありません（5 バイト目）
      対処: Base64 などで符号化してください
    ");
}

/// A task definition that fits the small manifest.
fn definition() -> String {
    let secrets = json!([{ "name": "TOKEN", "valueFrom": "/development/token" }]);
    json!({ "family": "api", "executionRoleArn": "arn:aws:iam::111122223333:role/x", "containerDefinitions": [{ "name": "api", "secrets": secrets }] })
        .to_string()
}

#[test]
fn a_bad_line_of_dotenv_is_told_with_its_number_and_without_its_text() {
    let world = World::with_manifest(SMALL);
    world.write("api.json", definition());
    let verify = |stdin: &str| refused(world.run_stdin(&["verify", "development", "--create", "--stdin"], stdin));
    insta::assert_snapshot!(verify("# values\nA=1\nzq81 without an equals sign\nB='zq82\n"), @"
    error: <stdin>:3:1: this line is neither `NAME=VALUE` nor a comment
      remedy: write `NAME=VALUE`; a value of several lines belongs in quotation marks
    error: <stdin>:4:3: the value of `B` begins with a quotation mark that is never closed
      remedy: close it, or put a value that holds quotation marks itself in those of the other kind
    ");
    insta::assert_snapshot!(verify("A=1\nA=2\n1B=zq81\nC=\"zq82\" zq83\n"), @"
    error: <stdin>:2:1: `A` is defined twice; the first time on line 1
      remedy: remove one of the two: which value is meant cannot be told
    error: <stdin>:3:1: the name before the `=` cannot be the name of an environment variable
      remedy: use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
    error: <stdin>:4:9: something follows behind the closing quotation mark of `C`
      remedy: put the whole value in quotation marks, and a space before a comment
    ");
    insta::assert_snapshot!(verify("{\"A\": \"zq81\", \"B\": {\"zq82\": 1}}"), @"
    error: <stdin>:1:20: the value of `B` is an object, but must be a string
      remedy: put it in double quotes
    ");
    insta::assert_snapshot!(verify("{\"A\": \"zq81\""), @"
    error: <stdin>:1:1: this object has no end
      remedy: correct the syntax; nothing of the file could be read
    ");
}

#[test]
fn without_a_region_the_ways_to_name_one_are_told() {
    let text = SMALL.replace("region = \"ap-northeast-1\"\n", "");
    let world = World::with_manifest(&text);
    world.write("api.json", json!({ "family": "api", "containerDefinitions": [{ "name": "api", "secrets": [{ "name": "TOKEN", "valueFrom": "/development/token" }] }] }).to_string());
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: no Region is set
      remedy: set `region` in the manifest, --region, or AWS_REGION
    ");
    insta::assert_snapshot!(refused(world.run(&["--region", "nowhere!", "verify", "development"])), @"
    error: `nowhere!` has not the form of a Region
      remedy: write one such as `ap-northeast-1`
    ");
    assert_eq!(world.run(&["--region", "eu-west-1", "verify", "development"]).code, 1);
}

#[test]
fn a_task_definition_that_is_missing_or_a_directory_is_told_at_the_manifests_line() {
    let world = World::with_manifest(SMALL);
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: sekisho.toml:15:20: `api.json` cannot be read: it does not exist
      remedy: check the path and its permissions
    ");
    std::fs::create_dir(world.path().join("api.json")).unwrap();
    insta::assert_snapshot!(refused(world.run(&["verify", "development", "--lang", "ja"])), @"
    エラー: sekisho.toml:15:20: `api.json` は通常のファイルではありません
      対処: ファイルを指定してください
    ");
    insta::assert_snapshot!(refused(world.run(&["verify", "development", "--task-definition", "nowhere.json"])), @"
    error: `nowhere.json` cannot be read: it does not exist
      remedy: check the path and its permissions
    ");
}

#[test]
fn every_unreadable_task_definition_is_told_not_only_the_first() {
    let world = World::shop();
    std::fs::remove_file(world.path().join("deploy/development/api.json")).unwrap();
    world.write("deploy/development/grpc.json", "{ \"family\": \"grpc\",\n  \"containerDefinitions\": [ { ]\n}");
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: sekisho.toml:43:20: `deploy/development/api.json` cannot be read: it does not exist
      remedy: check the path and its permissions
    error: deploy/development/grpc.json:2:31: a key must be a string in double quotes
      remedy: correct the syntax; nothing of the file could be read
    ");
}

#[test]
fn broken_json_is_told_with_file_line_and_column() {
    let world = World::empty();
    let run = || world.run(&["verify", "--task-definition", "td.json", "--endpoint-url", "local", "--region", "eu-west-1"]);
    let verify = || refused(run());
    // What is meant is plain, and nobody else reads it: told, and no pass.
    world.write("td.json", "{\n  \"family\": \"x\"\n  \"containerDefinitions\": []\n}");
    let comma = run();
    assert_eq!(comma.code, 1, "{comma:?}");
    assert!(comma.out.contains("td.json:2:16") && comma.out.contains("a comma is missing here"), "{comma:?}");
    // Whatever is filled in later, the rest is read.
    world.write("td.json", "{\"family\": {{ .Family }}, \"containerDefinitions\": [{\"name\": \"app\", \"image\": \"a\", \"secrets\": [{\"name\": \"A\", \"valueFrom\": \"/a\"}]}]}");
    let placeholder = run();
    assert!(placeholder.out.contains("1 reference in 1 service") && placeholder.out.contains("/a"), "{placeholder:?}");
    world.write("td.json", "{\"family\": \"x\", \"containerDefinitions\": [ { ]\n}");
    insta::assert_snapshot!(verify(), @"
    error: td.json:1:45: a key must be a string in double quotes
      remedy: correct the syntax; nothing of the file could be read
    ");
    world.write("td.json", "[".repeat(100_000));
    insta::assert_snapshot!(verify(), @"
    error: td.json:1:129: objects and lists are nested more than 128 deep here
      remedy: no task definition is that deep: check that this is the file you meant
    ");
    world.write("td.json", "");
    insta::assert_snapshot!(verify(), @"
    error: td.json:1:1: the file holds no JSON
      remedy: correct the syntax; nothing of the file could be read
    ");
}

#[test]
fn services_and_files_are_not_mixed() {
    let world = World::shop();
    let said = world.run(&["verify", "development", "api", "--task-definition", "deploy/development/api.json"]);
    insta::assert_snapshot!(refused(said), @"
    error: services are named, and --task-definition too
      remedy: name one or the other
    ");
}

/// Whether `text` has something that would paint or turn a terminal.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|character| character == '\n' || !(character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character)))
}

#[test]
fn escape_sequences_from_files_and_aws_come_out_escaped() {
    let world = World::with_manifest(SMALL);
    let hostile = "\u{1b}[2J\u{1b}]0;x\u{7}\u{202e}\u{9b}31m\r";
    let secrets = json!([{ "name": format!("A{hostile}"), "valueFrom": format!("/dev/{hostile}") }, { "name": "TOKEN", "valueFrom": "/development/token" }]);
    let containers = json!([{ "name": format!("api{hostile}"), "secrets": secrets }]);
    world.write("api.json", json!({ "family": hostile, "executionRoleArn": hostile, "containerDefinitions": containers }).to_string());
    call(
        &world,
        DEVELOPMENT,
        "AmazonSSM.PutParameter",
        &json!({ "Name": "/development/token", "Value": "v", "Type": "String", "Description": format!("d{hostile}") }),
    );
    for arguments in [
        &["verify", "development"][..],
        &["verify", "development", "--check-values"],
        &["-v", "verify", "development", "--output", "json"],
        &["verify", "development", "--output", "jsonl"],
        &["verify", "development", "--create"],
        &["verify", "--task-definition", "api.json", "--endpoint-url", "local", "--region", "eu-west-1"],
        &["secret", "list", "development"],
        &["secret", "list", "development", "--output", "json"],
        &["run", "development", "api", "--container", "x\u{1b}[2J", "--", "true"],
        &["run", "development", "api", "--", "x\u{1b}[2J"],
        &["verify", "\u{1b}[2J"],
        &["verify", "development", "\u{1b}[2J"],
        &["\u{1b}[2J"],
        &["--\u{1b}[2J"],
        &["verify", "development", "--fail-on", "\u{1b}[2J"],
        &["--region", "\u{1b}[2J", "verify", "development"],
        &["--config", "\u{1b}[2J", "verify", "development"],
        &["init", "--dry-run"],
        &["init", "--dry-run", "--name", "\u{1b}[2J"],
        &["verify", "development", "--task-definition", "\u{1b}[2J"],
    ] {
        let said = world.run(arguments);
        assert_ne!(said.code, 101, "{arguments:?}: {said:?}");
        assert!(is_harmless(&said.out) && is_harmless(&said.err), "{arguments:?}: {said:?}");
    }
}

#[test]
fn escape_sequences_in_the_manifest_come_out_escaped() {
    let hostile = r"\u001B[2J\u202E";
    for (from, to) in [
        ("\"small\"", format!("\"{hostile}\"")),
        ("\"ap-northeast-1\"", format!("\"{hostile}\"")),
        ("\"111122223333\"", format!("\"{hostile}\"")),
        ("\"ssm\"", format!("\"{hostile}\"")),
        ("\"local\"", format!("\"http://{hostile}\"")),
        ("[secrets.\"token\"]", format!("[secrets.\"{hostile}\"]")),
        ("\"TOKEN\"", format!("\"{hostile}\"")),
        ("\"api.json\"", format!("\"{hostile}\"")),
        ("[\"token\"]\n", format!("[\"{hostile}\"]\n")),
        ("secrets =", format!("\"{hostile}\" =")),
        ("[services.api]", format!("[services.\"{hostile}\"]")),
    ] {
        let said = with_manifest_changed(from, &to);
        assert!(is_harmless(&said) && said.contains("error: sekisho.toml:"), "{from}: {said:?}");
    }
    let raw = SMALL.replace("\"small\"", "\"\u{1b}[2J\"");
    let said = refused(World::with_manifest(&raw).run(&["verify", "development"]));
    assert!(is_harmless(&said), "{said:?}");
}

#[test]
fn a_description_with_escape_sequences_is_written_and_never_paints() {
    let text = SMALL.replace("env = \"TOKEN\"", "env = \"TOKEN\"\ndescription = \"d\\u001B[2J\"");
    let world = World::with_manifest(&text);
    world.write("api.json", definition());
    let said = world.run_with(&["verify", "development", "--create"], &[("TOKEN", "zq81")]);
    assert!(is_harmless(&said.out) && is_harmless(&said.err), "{said:?}");
}

#[test]
fn special_files_are_not_read() {
    let world = World::with_manifest(SMALL);
    std::os::unix::fs::symlink("/dev/zero", world.path().join("api.json")).unwrap();
    insta::assert_snapshot!(refused(world.run(&["verify", "development"])), @"
    error: sekisho.toml:15:20: `api.json` is no regular file
      remedy: name a file
    ");
    insta::assert_snapshot!(refused(world.run(&["--config", "/dev/null", "verify", "development"])), @"
    error: `/dev/null` is no regular file
      remedy: name a file
    ");
}

#[test]
fn a_manifest_for_a_newer_program_is_refused() {
    insta::assert_snapshot!(refused(World::with_manifest(&format!("required_version = \">=99.0\"\n{SMALL}")).run(&["verify", "development"])), @"
    error: sekisho.toml:1:21: the manifest requires Sekisho >=99.0, this is 0.1.0
      remedy: install the version that it requires
    ");
}

#[test]
fn no_error_shows_the_value_that_led_to_it() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/development/stripe/key", "zq81-old");
    for (arguments, stdin) in [
        (&["secret", "set", "development", "stripe/key", "--stdin", "--key", "x"][..], "zq81-new"),
        (&["secret", "set", "development", "nothing", "--stdin"], "zq81-new"),
        (&["secret", "set", "nowhere", "stripe/key", "--stdin"], "zq81-new"),
        (&["secret", "get", "development", "stripe/key", "--key", "x", "--reveal"], ""),
        (&["verify", "development", "--create", "--stdin"], "STRIPE_KEY zq81"),
    ] {
        let said = world.run_stdin(arguments, stdin);
        assert_ne!(said.code, 0, "{arguments:?}");
        assert!(!said.out.contains("zq81") && !said.err.contains("zq81"), "{arguments:?}: {said:?}");
    }
}

//! `check`, as it is read, and in the hands of a hostile repository.

use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::world::World;

mod baseline;
mod beside;
mod fix;
mod formats;
mod hostile;
mod needs_sarif;
mod suppression;

pub(crate) const SECRET: &str = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret";

/// A definition of the family `family` with one container `app` that has these members.
pub(crate) fn definition(family: &str, members: &str) -> String {
    format!(
        r#"{{
  "family": "{family}",
  "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
  "requiresCompatibilities": ["FARGATE"],
  "containerDefinitions": [
    {{
      "name": "app",
      "image": "app",
      {members}
    }}
  ]
}}
"#
    )
}

/// One secret on a line of its own.
pub(crate) fn secrets(entries: &[(&str, &str)]) -> String {
    let lines: Vec<String> =
        entries.iter().map(|(name, from)| format!(r#"        {{ "name": "{name}", "valueFrom": "{from}" }}"#)).collect();
    format!("\"secrets\": [\n{}\n      ]", lines.join(",\n"))
}

/// The findings of `check --output json`: rule and address.
pub(crate) fn findings(out: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| (finding["name"].as_str().unwrap().to_owned(), finding["address"].as_str().unwrap().to_owned())).collect()
}

pub(crate) fn names(out: &str) -> Vec<String> {
    findings(out).into_iter().map(|(name, _)| name).collect()
}

pub(crate) fn json_of(world: &World, arguments: &[&str]) -> Value {
    let said = world.run(&[&["check", "--output", "json"], arguments].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"))
}

#[test]
fn where_there_is_nothing_to_check_that_is_said_and_all_is_well() {
    let world = World::empty();
    world.write("README.md", "nothing of ECS");
    world.write("package.json", r#"{ "name": "x", "image": "y" }"#);
    let said = world.run(&["check", "."]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(said.out, @"
    looked at 2 files in .
      2 with nothing of ECS in them
      not entered: 0 by .gitignore, 1 directory of tools, 0 symbolic links
    nothing to check: no task definition, service or policy was found
    ");
}

#[test]
fn what_is_wrong_is_shown_where_it_stands_with_what_ecs_would_say_and_the_remedy() {
    let world = World::empty();
    world.write(
        "deploy/api.json",
        definition("api", &secrets(&[("DB_PASSWORD", &format!("{SECRET}:db-AbCdEf:password")), ("OK", "/prod/ok")])),
    );
    let said = world.run(&["check"]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.out, @r#"
    error[SEK0201] api/app/DB_PASSWORD malformed-secret-reference
      the secret reference has 3 colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts
      --> deploy/api.json:10:47
         |
      10 |         { "name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password" },
         |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret
      remedy: write `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::`

    api: no task starts; of all that is wrong ECS shows first
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret (nothing else)

    looked at 1 file in .
      1 read: task definitions and services, as ECS takes them
      not entered: 0 by .gitignore, 1 directory of tools, 0 symbolic links
    2 references in 1 definition: 1 would fail; 1 error, 0 warnings, 0 notes, 0 cannot tell
    1 finding can be mended with --fix
    "#);
}

#[test]
fn japanese_speakers_read_japanese_and_carets_stand_under_wide_characters() {
    let world = World::empty();
    world.write(
        "定義.json",
        definition("api", "\"dockerLabels\": { \"説明\": \"関所\" }, \"secrets\": [{ \"name\": \"鍵\", \"valueFrom\": \"/本番/鍵\" }]"),
    );
    let said = world.run_with(&["check"], &[("LC_ALL", "ja_JP.UTF-8")]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.out, @r#"
    エラー[SEK0202] api/app/鍵 invalid-parameter-name
      パラメータ名に '本' が含まれています。タスク定義の登録が拒否されます
      --> 定義.json:9:79
        |
      9 |       "dockerLabels": { "説明": "********" }, "secrets": [{ "name": "鍵", "valueFrom": "/本番/鍵" }]
        |                                                                                        ^^^^^^^^^^
      登録時の ECS のメッセージ: The Systems Manager parameter name specified for secret 鍵 is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
      対処: パラメータ名に使えるのは英数字と `_.-/` だけです。Secrets Manager のシークレットなら ARN を書いてください

    警告[SEK0407] api/app/鍵 variable-name
      `鍵` という名前の変数はシェルから使えません
      --> 定義.json:9:51
        |
      9 |       "dockerLabels": { "説明": "********" }, "secrets": [{ "name": "鍵", "valueFrom": "/本番/鍵" }]
        |                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      対処: プログラム自身がこの名前を必要としない限り、英数字と `_` だけを使い、数字で始めないでください

    api: 登録が拒否されます。問題のうち ECS が最初に示すのは次のものです
      登録時の ECS のメッセージ: The Systems Manager parameter name specified for secret 鍵 is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.- （ほかにはありません）

    . の 1 ファイルを調べました
      読み取り 1 件: タスク定義とサービス（ECS の形式）
      対象外: .gitignore 0 件、ツールのディレクトリ 1 件、シンボリックリンク 0 件
    1 定義の参照 1 件: 失敗する見込み 1。エラー 1、警告 1、注記 0、判定不能 0
    "#);
}

#[test]
fn a_value_is_never_shown_though_it_stands_on_the_line() {
    let world = World::empty();
    let members = r#""environment": [{ "name": "DB_PASSWORD", "value": "hunter2-Zq81" }], "command": ["run", "--token=Zq81-token"], "secrets": [{ "name": "DB_PASSWORD", "valueFrom": "/prod//db" }]"#;
    world.write("api.json", definition("api", members));
    for format in ["text", "json", "jsonl", "sarif", "junit", "github", "markdown"] {
        let said = world.run(&["check", "--output", format]);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(!said.out.contains("Zq81") && !said.err.contains("Zq81"), "{format}: {}", said.out);
    }
    let said = world.run(&["check", "--fix", "--dry-run"]);
    assert!(!said.out.contains("Zq81"), "{}", said.out);
    assert!(said.out.contains("********"), "{}", said.out);
}

#[test]
fn what_the_tree_holds_is_counted_by_what_became_of_it() {
    let world = World::empty();
    world.write(".gitignore", "build/\n*.generated.json\n!kept.generated.json\n");
    world.write("a.json", definition("a", &secrets(&[("A", "/a")])));
    world.write("kept.generated.json", definition("b", &secrets(&[("A", "/a")])));
    world.write("dropped.generated.json", "{");
    world.write("build/c.json", "{");
    world.write("node_modules/d/d.json", "{");
    world.write(".aws/task-definition.json", definition("e", &secrets(&[("A", "/a")])));
    world.write("main.tf", "resource {}");
    world.write("broken.json", "{ \"containerDefinitions\": [ }");
    world.write("tsconfig.json", "{ \"compilerOptions\": { }");
    symlink(world.path().join("a.json"), world.path().join("link.json")).unwrap();
    let report = json_of(&world, &[]);
    assert_eq!(report["inputs"], json!([".aws/task-definition.json", "a.json", "kept.generated.json"]));
    insta::assert_snapshot!(report["looked_at"].to_string(), @r#"{"files":7,"ignored":2,"left_out":0,"links":1,"not_ours":2,"read":{"ecs":3},"refused":1,"skipped_directories":2,"terraform":1}"#);
    assert_eq!(report["counts"]["references"], 3);
    let told = names(&report.to_string());
    assert_eq!(told, ["unreadable-file", "not-looked-at"]);
}

#[test]
fn a_repository_is_read_the_same_from_a_directory_below_its_gitignore() {
    let world = World::empty();
    world.write(".gitignore", "/deploy/out/\n");
    world.write("deploy/out/a.json", definition("a", &secrets(&[("A", "/a")])));
    world.write("deploy/b.json", definition("b", &secrets(&[("A", "/a")])));
    let mut command = world.command(&["check", "--output", "json"]);
    let said = world.finish(command_in(&mut command, "deploy", &world), "");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["inputs"], json!(["b.json"]));
    // What is named is looked at, ignored or not.
    assert_eq!(json_of(&world, &["deploy/out"])["inputs"], json!(["deploy/out/a.json"]));
}

fn command_in(command: &mut std::process::Command, directory: &str, world: &World) -> std::process::Command {
    let mut other = std::process::Command::new(command.get_program());
    other.args(command.get_args()).current_dir(world.path().join(directory)).env_clear().env("LC_ALL", "C").env("NO_COLOR", "1");
    other
}

#[test]
fn a_file_that_is_named_and_holds_nothing_of_ours_is_no_pass() {
    let world = World::empty();
    world.write("notes.txt", "hello");
    let said = world.run(&["check", "notes.txt"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("notes.txt"), "{}", said.out);
    assert_eq!(world.run(&["check", "nowhere"]).code, 2);
}

#[test]
fn what_cannot_be_told_fails_only_where_that_is_asked_for() {
    let world = World::empty();
    world.write("main.tf", "");
    assert_eq!(world.run(&["check"]).code, 0);
    assert_eq!(world.run(&["check", "--strict"]).code, 3);
}

#[test]
fn the_gate_is_where_it_was_put() {
    let world = World::empty();
    world.write("api.json", format!("// a comment\n{}", definition("api", &secrets(&[("A", "/a")]))));
    assert_eq!(world.run(&["check"]).code, 0);
    assert_eq!(world.run(&["check", "--fail-on", "note"]).code, 1);
}

#[test]
fn the_services_of_a_manifest_are_judged_in_each_environment() {
    let world = World::shop();
    let said = world.run(&["check", "--output", "json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert!(report["counts"]["definitions"].as_u64().unwrap() >= 3, "{report:#}");
    // The same definition in two environments is one definition, and what is wrong with it is told once.
    let all = findings(&said.out);
    let mut once = all.clone();
    once.dedup();
    assert_eq!(all, once);
}

#[test]
fn a_definition_that_the_manifest_names_and_that_is_not_there_is_a_finding() {
    let world = World::with_manifest(
        "[project]\nname = \"x\"\nregion = \"ap-northeast-1\"\n[environments.production]\nstore = \"ssm\"\n[services.api]\ntask_definition = \"gone.json\"\n",
    );
    let said = world.run(&["check"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("SEK0903") && said.out.contains("gone.json"), "{}", said.out);
}

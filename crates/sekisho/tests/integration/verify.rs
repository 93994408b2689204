//! `verify`, as it is read.

use serde_json::{Value, json};

use crate::embedded::{DEVELOPMENT, PRODUCTION, call, parameter, secret, secret_value, steady};
use crate::world::World;

mod values;

const EXECUTION_ROLE: &str = "arn:aws:iam::123456789012:role/execution";

/// A service whose task definition has these secrets (`VARIABLE` to `valueFrom`), in Secrets Manager on the embedded AWS.
pub(crate) fn service(compatibility: &str, secrets: &[(&str, &str)]) -> World {
    let world = World::with_manifest(
        r#"
[project]
name = "books"
region = "ap-northeast-1"

[environments.production]
account = "123456789012"
store = "secretsmanager"
endpoint = "local"

[services.api]
task_definition = "api.json"
"#,
    );
    let secrets: Vec<Value> = secrets.iter().map(|(name, from)| json!({ "name": name, "valueFrom": from })).collect();
    let definition = json!({
        "family": "books-api",
        "executionRoleArn": EXECUTION_ROLE,
        "requiresCompatibilities": [compatibility],
        "containerDefinitions": [{ "name": "api", "image": "books", "secrets": secrets }],
    });
    world.write("api.json", format!("{definition:#}"));
    world
}

pub(crate) fn arn(rest: &str) -> String {
    format!("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:{rest}")
}

/// The rules of the findings in an answer in JSON, with the addresses.
fn findings(out: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| (finding["name"].as_str().unwrap().to_owned(), finding["address"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn without_create_everything_that_is_missing_is_told_at_once() {
    let said = World::shop().run(&["verify", "development"]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.err, @"looking up 5 parameters and 0 secrets");
    insta::assert_snapshot!(said.out, @r#"
    development: account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE            STORE  NAME                                      VERSION  VERDICT
      api      api        DB_PASSWORD         ssm    /development/database/password            -        fails
      api      api        SESSION_KEY         ssm    /development/session/key                  -        fails
      api      api        STRIPE_KEY          ssm    /development/stripe/key                   -        fails
      graphql  graphql    DB_PASSWORD         ssm    /development/database/password            -        fails
      graphql  graphql    REPORT_DB_USER      ssm    /development/database/reporting/username  -        fails
      graphql  graphql    REPORT_DB_PASSWORD  ssm    /development/database/reporting/password  -        fails
      grpc     grpc       DB_PASSWORD         ssm    /development/database/password            -        fails

    error[SEK0215] api/api/DB_PASSWORD missing-parameter
      the parameter `/development/database/password` does not exist in ap-northeast-1
      --> deploy/development/api.json:33:38
         |
      33 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/password
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] api/api/SESSION_KEY missing-parameter
      the parameter `/development/session/key` does not exist in ap-northeast-1
      --> deploy/development/api.json:37:38
         |
      37 |                         "valueFrom": "/development/session/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/session/key
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] api/api/STRIPE_KEY missing-parameter
      the parameter `/development/stripe/key` does not exist in ap-northeast-1
      --> deploy/development/api.json:41:38
         |
      41 |                         "valueFrom": "/development/stripe/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/stripe/key
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] graphql/graphql/DB_PASSWORD missing-parameter
      the parameter `/development/database/password` does not exist in ap-northeast-1
      --> deploy/development/graphql.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/password
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] graphql/graphql/REPORT_DB_PASSWORD missing-parameter
      the parameter `/development/database/reporting/password` does not exist in ap-northeast-1
      --> deploy/development/graphql.json:37:38
         |
      37 |                         "valueFrom": "/development/database/reporting/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/reporting/password
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] graphql/graphql/REPORT_DB_USER missing-parameter
      the parameter `/development/database/reporting/username` does not exist in ap-northeast-1
      --> deploy/development/graphql.json:33:38
         |
      33 |                         "valueFrom": "/development/database/reporting/username"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/reporting/username
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    error[SEK0215] grpc/grpc/DB_PASSWORD missing-parameter
      the parameter `/development/database/password` does not exist in ap-northeast-1
      --> deploy/development/grpc.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/password
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    7 references in 3 services: 0 proved, 7 failed, 0 cannot tell
    "#);
}

#[test]
fn with_create_the_missing_is_created_and_the_second_run_finds_everything_in_order() {
    let world = World::shop();
    let first = world.run(&["verify", "development", "--create"]);
    assert_eq!(first.code, 0, "{first:?}");
    insta::assert_snapshot!(first.out, @"
    development: account 111122223333, ap-northeast-1, the embedded AWS
      + created /development/database/password (version 1) from the generator
      + created /development/database/reporting/password (version 1) from the generator
      + created /development/database/reporting/username (version 1) from the generator
      + created /development/session/key (version 1) from the generator
      + created /development/stripe/key (version 1) from the generator

      SERVICE  CONTAINER  VARIABLE            STORE  NAME                                      VERSION  VERDICT
      api      api        DB_PASSWORD         ssm    /development/database/password            1        proved
      api      api        SESSION_KEY         ssm    /development/session/key                  1        proved
      api      api        STRIPE_KEY          ssm    /development/stripe/key                   1        proved
      graphql  graphql    DB_PASSWORD         ssm    /development/database/password            1        proved
      graphql  graphql    REPORT_DB_USER      ssm    /development/database/reporting/username  1        proved
      graphql  graphql    REPORT_DB_PASSWORD  ssm    /development/database/reporting/password  1        proved
      grpc     grpc       DB_PASSWORD         ssm    /development/database/password            1        proved

    assumed: that the execution role may read and decrypt them was not examined
    assumed: values were read only where a JSON key is referenced (`--check-values` reads all)

    7 references in 3 services: 7 proved, 0 failed, 0 cannot tell; 5 created
    ");
    let second = world.run(&["verify", "development", "--create"]);
    assert_eq!(second.code, 0, "{second:?}");
    insta::assert_snapshot!(second.out, @"
    development: account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE            STORE  NAME                                      VERSION  VERDICT
      api      api        DB_PASSWORD         ssm    /development/database/password            1        proved
      api      api        SESSION_KEY         ssm    /development/session/key                  1        proved
      api      api        STRIPE_KEY          ssm    /development/stripe/key                   1        proved
      graphql  graphql    DB_PASSWORD         ssm    /development/database/password            1        proved
      graphql  graphql    REPORT_DB_USER      ssm    /development/database/reporting/username  1        proved
      graphql  graphql    REPORT_DB_PASSWORD  ssm    /development/database/reporting/password  1        proved
      grpc     grpc       DB_PASSWORD         ssm    /development/database/password            1        proved

    assumed: that the execution role may read and decrypt them was not examined
    assumed: values were read only where a JSON key is referenced (`--check-values` reads all)

    7 references in 3 services: 7 proved, 0 failed, 0 cannot tell; 0 created
    ");
    let third = world.run(&["verify", "development"]);
    assert_eq!((third.code, third.out), (0, second.out.replace("; 0 created", "")));
}

#[test]
fn the_report_is_japanese_and_its_tables_stay_aligned() {
    let world = World::shop();
    let first = world.run(&["verify", "development", "api", "--lang", "ja"]);
    assert_eq!(first.code, 1, "{first:?}");
    insta::assert_snapshot!(first.out, @r#"
    development: アカウント 111122223333、ap-northeast-1、組み込み AWS

      サービス  コンテナ  変数         ストア  名前                            バージョン  判定
      api       api       DB_PASSWORD  ssm     /development/database/password  -           失敗
      api       api       SESSION_KEY  ssm     /development/session/key        -           失敗
      api       api       STRIPE_KEY   ssm     /development/stripe/key         -           失敗

    エラー[SEK0215] api/api/DB_PASSWORD missing-parameter
      パラメータ `/development/database/password` は ap-northeast-1 に存在しません
      --> deploy/development/api.json:33:38
         |
      33 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate のメッセージ（見込み）: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/password
      対処: 作成する（`sekisho verify … --create`）か、名前またはリージョンを直してください

    エラー[SEK0215] api/api/SESSION_KEY missing-parameter
      パラメータ `/development/session/key` は ap-northeast-1 に存在しません
      --> deploy/development/api.json:37:38
         |
      37 |                         "valueFrom": "/development/session/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate のメッセージ（見込み）: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/session/key
      対処: 作成する（`sekisho verify … --create`）か、名前またはリージョンを直してください

    エラー[SEK0215] api/api/STRIPE_KEY missing-parameter
      パラメータ `/development/stripe/key` は ap-northeast-1 に存在しません
      --> deploy/development/api.json:41:38
         |
      41 |                         "valueFrom": "/development/stripe/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate のメッセージ（見込み）: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/stripe/key
      対処: 作成する（`sekisho verify … --create`）か、名前またはリージョンを直してください

    1 サービスの参照 3 件: 証明済み 0、失敗 3、判定不能 0
    "#);
    let second = world.run_with(&["verify", "development", "--create"], &[("LC_ALL", "ja_JP.UTF-8")]);
    assert_eq!(second.code, 0, "{second:?}");
    insta::assert_snapshot!(second.out, @"
    development: アカウント 111122223333、ap-northeast-1、組み込み AWS
      + /development/database/password を作成しました（バージョン 1、値の出所: 自動生成）
      + /development/database/reporting/password を作成しました（バージョン 1、値の出所: 自動生成）
      + /development/database/reporting/username を作成しました（バージョン 1、値の出所: 自動生成）
      + /development/session/key を作成しました（バージョン 1、値の出所: 自動生成）
      + /development/stripe/key を作成しました（バージョン 1、値の出所: 自動生成）

      サービス  コンテナ  変数                ストア  名前                                      バージョン  判定
      api       api       DB_PASSWORD         ssm     /development/database/password            1           証明済み
      api       api       SESSION_KEY         ssm     /development/session/key                  1           証明済み
      api       api       STRIPE_KEY          ssm     /development/stripe/key                   1           証明済み
      graphql   graphql   DB_PASSWORD         ssm     /development/database/password            1           証明済み
      graphql   graphql   REPORT_DB_USER      ssm     /development/database/reporting/username  1           証明済み
      graphql   graphql   REPORT_DB_PASSWORD  ssm     /development/database/reporting/password  1           証明済み
      grpc      grpc      DB_PASSWORD         ssm     /development/database/password            1           証明済み

    前提: 実行ロールがこれらを読み取り・復号できるかは調べていません
    前提: 値は JSON キーが参照されている場合だけ読みました（`--check-values` ですべて読みます）

    3 サービスの参照 7 件: 証明済み 7、失敗 0、判定不能 0、作成 5
    ");
}

#[test]
fn wide_characters_keep_the_table_aligned() {
    let world = service("FARGATE", &[("DB_PASSWORD", "/books/db")]);
    let definition = std::fs::read_to_string(world.path().join("api.json")).unwrap().replace(r#""name": "api""#, r#""name": "受付""#);
    world.write("api.json", definition);
    let said = world.run(&["verify", "production", "--lang", "ja"]);
    let columns = |line: &str, word: &str| {
        let before = &line[..line.find(word).unwrap_or_else(|| panic!("{word} in {line}"))];
        before.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<usize>()
    };
    let lines: Vec<&str> = said.out.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    assert_eq!(columns(lines[0], "変数"), columns(lines[1], "DB_PASSWORD"), "{}", said.out);
    assert_eq!(columns(lines[0], "判定"), columns(lines[1], "失敗"), "{}", said.out);
}

#[test]
fn only_the_services_that_are_named_are_verified() {
    let said = World::shop().run(&["verify", "development", "grpc"]);
    assert_eq!(said.code, 1);
    assert!(said.out.ends_with("1 reference in 1 service: 0 proved, 1 failed, 0 cannot tell\n"), "{}", said.out);
}

#[test]
fn json_output_keeps_its_schema() {
    let world = World::shop();
    let schema = report_schema(&world, "verification");
    for arguments in [
        &["verify", "development", "--output", "json"][..],
        &["verify", "development", "--create", "--output", "json"],
        &["verify", "development", "--check-values", "--output", "json", "--lang", "ja"],
        &["verify", "--task-definition", "deploy/production/api.json", "--endpoint-url", "local", "--output", "json"],
    ] {
        let said = world.run(arguments);
        let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {said:?}"));
        let mut problems = Vec::new();
        conforms(&report, &schema, "$", &mut problems);
        assert!(problems.is_empty(), "{arguments:?}: {problems:#?}");
    }
}

/// The schema of one verb's report, with every reference to a definition replaced by it.
pub(crate) fn report_schema(world: &World, of: &str) -> Value {
    fn inline(schema: &Value, definitions: &Value) -> Value {
        match schema {
            Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
                Some(reference) => inline(&definitions[reference.trim_start_matches("#/$defs/")], definitions),
                None => members
                    .iter()
                    .map(|(name, member)| (name.clone(), inline(member, definitions)))
                    .collect::<serde_json::Map<_, _>>()
                    .into(),
            },
            Value::Array(items) => items.iter().map(|item| inline(item, definitions)).collect(),
            other => other.clone(),
        }
    }
    let whole: Value = serde_json::from_str(&world.run(&["schema", "report"]).out).unwrap();
    assert!(whole["oneOf"].as_array().unwrap().contains(&json!({ "$ref": format!("#/$defs/{of}") })));
    inline(&whole["$defs"][of], &whole["$defs"])
}

/// What of `value` is not as the parts of JSON Schema that ours uses say.
pub(crate) fn conforms(value: &Value, schema: &Value, path: &str, problems: &mut Vec<String>) {
    let known =
        ["type", "properties", "required", "additionalProperties", "items", "enum", "const", "pattern", "minimum", "$schema", "title"];
    for keyword in schema.as_object().unwrap().keys() {
        assert!(known.contains(&keyword.as_str()), "{path}: nobody checks {keyword} here");
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(|allowed| allowed == kind),
        allowed => allowed == kind,
    };
    let is_listed = schema["enum"].as_array().is_none_or(|values| values.contains(value));
    let is_constant = schema.get("const").is_none_or(|constant| constant == value);
    let fits = schema["pattern"].as_str().is_none_or(|pattern| regex_lite::Regex::new(pattern).unwrap().is_match(value.as_str().unwrap()));
    let is_enough = schema["minimum"].as_u64().is_none_or(|least| value.as_u64().is_some_and(|number| number >= least));
    if !(allowed && is_listed && is_constant && fits && is_enough) {
        problems.push(format!("{path}: {value} is not {schema}"));
    }
    if let Some(members) = value.as_object() {
        for required in schema["required"].as_array().into_iter().flatten() {
            if !members.contains_key(required.as_str().unwrap()) {
                problems.push(format!("{path}: {required} is missing"));
            }
        }
        for (name, member) in members {
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(schema), _) => conforms(member, schema, &format!("{path}.{name}"), problems),
                (None, Value::Object(schema)) => conforms(member, &schema.clone().into(), &format!("{path}.{name}"), problems),
                (None, allowed) => {
                    if *allowed == json!(false) {
                        problems.push(format!("{path}: {name} is not in the schema"));
                    }
                }
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        conforms(item, &schema["items"], &format!("{path}[{index}]"), problems);
    }
}

#[test]
fn json_keys_and_ids_are_the_same_in_both_languages() {
    let world = World::shop();
    let report = |language: &str| -> Value {
        let said = world.run(&["verify", "development", "--output", "json", "--lang", language]);
        let mut report: Value = serde_json::from_str(&said.out).unwrap();
        for finding in report["findings"].as_array_mut().unwrap() {
            assert_ne!(finding["message"], finding["message_id"]);
            finding["message"] = Value::Null;
            finding["remedy"] = Value::Null;
        }
        report
    };
    assert_eq!(report("en"), report("ja"));
}

#[test]
fn json_lines_have_the_head_then_findings_then_verdicts() {
    let said = World::shop().run(&["verify", "development", "--output", "jsonl"]);
    assert_eq!(said.code, 1);
    let lines: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let types: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    let expected = [vec!["verification"], vec!["finding"; 7], vec!["verdict"; 7]].concat();
    assert_eq!(types, expected);
    let access = json!({ "roles": 0, "calls": 0, "allowed": 0, "denied": 0, "cannot_tell": 0 });
    assert_eq!(lines[0]["counts"], json!({ "services": 3, "references": 7, "pass": 0, "fail": 7, "cannot_tell": 0, "access": access }));
}

#[test]
fn a_missing_json_key_is_added_and_the_rest_of_the_text_stays_byte_for_byte() {
    let world = service("EC2", &[("DB_USER", &arn("books/json-AbCdEf:user::")), ("DB_PASSWORD", &arn("books/json-AbCdEf:password::"))]);
    let before = "{ \"user\" : \"u\",\n  \"big\": 12345678901234567890.10 ,\"user\":\"last\" }\n";
    secret(&world, PRODUCTION, "books/json", before);
    let said = world.run_with(&["verify", "production", "--create"], &[("DB_PASSWORD", "p\"w")]);
    assert!(said.out.contains("+ added a JSON key to"), "{said:?}");
    assert_eq!(
        secret_value(&world, PRODUCTION, "books/json"),
        "{ \"user\" : \"u\",\n  \"big\": 12345678901234567890.10 ,\"user\":\"last\",\"password\":\"p\\\"w\"}"
    );
}

#[test]
fn the_keys_of_one_missing_secret_become_one_secret() {
    let world = service("EC2", &[("DB_USER", &arn("books/json-AbCdEf:user::")), ("DB_PASSWORD", &arn("books/json-AbCdEf:password::"))]);
    let half = world.run_with(&["verify", "production", "--create"], &[("DB_USER", "u")]);
    assert_eq!(half.code, 1, "{half:?}");
    assert!(half.out.ends_with("; 0 created\n"), "half a secret was written: {}", half.out);
    let said = world.run_with(&["verify", "production", "--create"], &[("DB_USER", "u"), ("DB_PASSWORD", "p")]);
    assert!(said.out.contains("from the variable DB_PASSWORD, DB_USER"), "{said:?}");
    assert_eq!(secret_value(&world, PRODUCTION, "books/json"), r#"{"password":"p","user":"u"}"#);
}

#[test]
fn a_secret_without_current_value_is_found_and_given_its_first() {
    let world = service("EC2", &[("TOKEN", &arn("books/token-AbCdEf"))]);
    call(&world, PRODUCTION, "secretsmanager.CreateSecret", &json!({ "Name": "books/token", "ClientRequestToken": "0".repeat(32) }));
    let said = world.run(&["verify", "production", "--output", "json"]);
    assert_eq!(said.code, 1);
    assert!(findings(&said.out).contains(&("missing-secret-version".to_owned(), "api/api/TOKEN".to_owned())), "{}", said.out);
    let filled = world.run_with(&["verify", "production", "--create", "--fail-on", "error"], &[("TOKEN", "first")]);
    assert_eq!(filled.code, 0, "{filled:?}");
    assert!(filled.out.contains("its first current value"), "{}", filled.out);
    assert_eq!(secret_value(&world, PRODUCTION, "books/token"), "first");
}

#[test]
fn a_secret_that_is_being_deleted_fails_and_is_not_made_anew() {
    let world = service("EC2", &[("TOKEN", &arn("books/token-AbCdEf"))]);
    secret(&world, PRODUCTION, "books/token", "old");
    call(&world, PRODUCTION, "secretsmanager.DeleteSecret", &json!({ "SecretId": "books/token", "RecoveryWindowInDays": 7 }));
    let said = world.run_with(&["verify", "production", "--create", "--output", "json"], &[("TOKEN", "new")]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(findings(&said.out).contains(&("secret-pending-deletion".to_owned(), "api/api/TOKEN".to_owned())), "{}", said.out);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["changes"], json!([]));
}

#[test]
fn pinned_stages_and_versions_are_looked_for_and_cannot_be_created() {
    let id = "11111111-2222-3333-4444-555555555555";
    let gone = "99999999-2222-3333-4444-555555555555";
    let world = service(
        "EC2",
        &[
            ("PREVIOUS", &arn("books/token::AWSPREVIOUS:")),
            ("VERSION", &arn(&format!("books/token:::{id}"))),
            ("GONE", &arn(&format!("books/token:::{gone}"))),
            ("STAGE", &arn("books/token::green:")),
            ("NEW", &arn("books/new::AWSPREVIOUS:")),
        ],
    );
    call(
        &world,
        PRODUCTION,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "books/token", "SecretString": "one", "ClientRequestToken": id }),
    );
    call(
        &world,
        PRODUCTION,
        "secretsmanager.PutSecretValue",
        &json!({ "SecretId": "books/token", "SecretString": "two", "ClientRequestToken": "22222222-2222-3333-4444-555555555555" }),
    );
    let said = world.run_with(&["verify", "production", "--create", "--output", "json"], &[("NEW", "n"), ("STAGE", "s"), ("GONE", "g")]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.err, @"
    looking up 0 parameters and 2 secrets
    api/api/NEW: `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/new::AWSPREVIOUS:` asks for a certain stage or version, which cannot be created
    ");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let verdicts: Vec<String> = report["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| format!("{} {}", verdict["subject"].as_str().unwrap(), verdict["verdict"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!(verdicts.join("\n"), @"
    api/api/PREVIOUS pass
    api/api/VERSION pass
    api/api/GONE fail
    api/api/STAGE fail
    api/api/NEW fail
    ");
    assert_eq!(report["changes"], json!([]));
}

#[test]
fn a_plain_string_parameter_is_a_warning_and_the_gate_decides() {
    let world = World::shop();
    call(
        &world,
        DEVELOPMENT,
        "AmazonSSM.PutParameter",
        &json!({ "Name": "/development/database/password", "Value": "x", "Type": "String" }),
    );
    let code = |fail_on: &str| world.run(&["verify", "development", "grpc", "--fail-on", fail_on]).code;
    assert_eq!((code("note"), code("warning"), code("error")), (1, 1, 0));
    assert_eq!(world.run(&["verify", "development", "grpc"]).code, 1);
}

#[test]
fn a_task_definition_needs_no_manifest() {
    let world = World::shop();
    std::fs::remove_file(world.path().join("sekisho.toml")).unwrap();
    let arguments = ["verify", "--task-definition", "deploy/development/grpc.json", "--endpoint-url", "local"];
    let said = world.run(&arguments);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.out, @r#"
    account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE                CONTAINER  VARIABLE     STORE  NAME                            VERSION  VERDICT
      shop-development-grpc  grpc       DB_PASSWORD  ssm    /development/database/password  -        fails

    error[SEK0215] shop-development-grpc/grpc/DB_PASSWORD missing-parameter
      the parameter `/development/database/password` does not exist in ap-northeast-1
      --> deploy/development/grpc.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /development/database/password
      remedy: create it (`sekisho verify … --create`), or mend the name or the Region

    1 reference in 1 service: 0 proved, 1 failed, 0 cannot tell
    "#);
    let created = world.run_with(&[&arguments[..], &["--create"]].concat(), &[("DB_PASSWORD", "x")]);
    assert_eq!(created.code, 0, "{created:?}");
}

#[test]
fn what_the_definition_lacks_is_told_with_its_place() {
    let world = World::shop();
    let path = world.path().join("deploy/development/grpc.json");
    let text = std::fs::read_to_string(&path).unwrap().replace("\"DB_PASSWORD\"", "\"DB_PASSWD\"");
    std::fs::write(path, text).unwrap();
    parameter(&world, DEVELOPMENT, "/development/database/password", "x1y2z3");
    let said = world.run(&["verify", "development", "grpc"]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.out, @r#"
    development: account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE     STORE  NAME                            VERSION  VERDICT
      grpc     grpc       DB_PASSWD    ssm    /development/database/password  1        proved
      grpc     grpc       DB_PASSWORD  ssm    /development/database/password  1        fails

    error[SEK0404] grpc/grpc/DB_PASSWORD declared-secret-not-wired
      `DB_PASSWORD` is declared (secret `database/password`), but the task definition does not refer to it: the container never gets it
      --> deploy/development/grpc.json:5:13
        |
      5 |             {
        |             ^
      remedy: add `DB_PASSWORD` to the container's `secrets`, or take it out of the manifest

    warning[SEK0421] grpc/grpc/DB_PASSWD undeclared-reference
      `DB_PASSWD` comes from `/development/database/password`, which the manifest declares as `database/password`, but not for the service `grpc`
      --> deploy/development/grpc.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: list `database/password` among the secrets of `grpc`

    assumed: that the execution role may read and decrypt them was not examined
    assumed: values were read only where a JSON key is referenced (`--check-values` reads all)

    2 references in 1 service: 1 proved, 1 failed, 0 cannot tell
    "#);
}

#[test]
fn quiet_leaves_nothing_on_stderr_and_verbose_tells_the_calls() {
    let world = World::shop();
    let quiet = world.run(&["-q", "verify", "development"]);
    assert_eq!(quiet.err, "");
    let verbose = world.run(&["-v", "verify", "development"]);
    assert!(verbose.err.contains("DescribeParameters"), "{}", verbose.err);
    assert_eq!(quiet.out, verbose.out);
}

#[test]
fn colours_are_written_where_they_are_asked_for_and_nowhere_else() {
    let world = World::shop();
    assert!(!world.run(&["verify", "development"]).out.contains('\u{1b}'));
    assert!(world.run(&["--color", "always", "verify", "development"]).out.contains("\u{1b}[1m\u{1b}[31m"));
}

#[test]
fn what_cannot_be_told_is_no_pass_and_exits_with_3() {
    let world = World::with_manifest(
        r#"
[project]
name = "plain"
region = "ap-northeast-1"

[environments.laptop]
store = "environment"
endpoint = "local"
allow_plaintext = true

[secrets."token"]
env = "TOKEN"

[services.api]
secrets = ["token"]
"#,
    );
    let said = world.run(&["verify", "laptop"]);
    assert_eq!(said.code, 3, "{said:?}");
    insta::assert_snapshot!(said.out, @"
    laptop: account 000000000000, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE  STORE        NAME  VERSION  VERDICT
      api      *          TOKEN     environment        -        cannot tell

    cannot tell[SEK0901] api/*/TOKEN not-observed
      `TOKEN` is kept in plain text in the task definition, and none is named
      --> sekisho.toml:15:13
      remedy: name the service's task definition in the manifest, or choose a store

    1 reference in 1 service: 0 proved, 0 failed, 1 cannot tell
    ");
}

#[test]
fn a_key_that_is_disabled_fails_and_is_never_taken_for_missing() {
    let world = World::shop();
    let key = call(&world, DEVELOPMENT, "TrentService.CreateKey", &json!({}));
    let id = key["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    let new = json!({ "Name": "/development/database/password", "Value": "zq81", "Type": "SecureString", "KeyId": id });
    call(&world, DEVELOPMENT, "AmazonSSM.PutParameter", &new);
    call(&world, DEVELOPMENT, "TrentService.DisableKey", &json!({ "KeyId": id }));
    let said = world.run_with(&["verify", "development", "grpc", "--create", "--check-values"], &[("DB_PASSWORD", "other")]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(steady(&said.out.replace(&id, "KEY")), @r#"
    development: account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE     STORE  NAME                            VERSION  VERDICT
      grpc     grpc       DB_PASSWORD  ssm    /development/database/password  1        fails

    error[SEK0502] grpc/grpc/DB_PASSWORD unusable-key
      the KMS key `KEY` is Disabled: nobody can decrypt the value
      --> deploy/development/grpc.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … InvalidKeyId: …
      remedy: enable the key, or cancel its deletion; else store the value again under another key

    cannot tell[SEK0901] grpc/grpc/DB_PASSWORD not-observed
      the value could not be looked up: its key cannot be used (ssm:GetParameters (ap-northeast-1): arn:aws:kms:ap-northeast-1:111122223333:key/KEY is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Request ID: VERSION; Proxy: null))
      --> deploy/development/grpc.json:29:38
         |
      29 |                         "valueFrom": "arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: look at the key's state and policy

    1 reference in 1 service: 0 proved, 1 failed, 0 cannot tell; 0 created
    "#);
}

use sekisho_model::task_definition::TaskDefinition;
use sekisho_read::task_definition::notes;
use sekisho_read::{Problems, task_definitions};

use crate::describe::{definition as describe, told};
use crate::render::render;

fn read(text: &str) -> TaskDefinition {
    task_definitions("api.json", text.as_bytes()).unwrap_or_else(|problems| panic!("{}", render("en", &problems)))
}

fn refused(text: &str) -> String {
    render("en", &task_definitions("api.json", text.as_bytes()).unwrap_err())
}

#[test]
fn every_place_of_a_reference_is_read() {
    let definition = read(include_str!("../fixtures/every_place_of_a_reference.json"));
    assert_eq!(definition.unreadable, []);
    assert_eq!(definition.reference_count(), 4);
    assert_eq!(definition.containers[0].environment[0].value.value().unwrap().expose(), "hunter2");
    let described = describe(&definition);
    assert!(!described.contains("hunter2"));
    insta::assert_snapshot!(described, @r#"
    family "api" (api.json:3:15)
    arn "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/api:7" (api.json:4:26)
    execution role "arn:aws:iam::123456789012:role/execution" (api.json:5:25)
    task role -
    compatibility "FARGATE" (api.json:7:33)
    volume credentials "arn:aws:ssm:ap-northeast-1:123456789012:parameter/fsx" (api.json:40:60)
    container "api" (api.json:11:17) at api.json:10:7
      image "registry.example.com/api:1" (api.json:12:18), essential true (api.json:13:22)
      environment "LEVEL" (api.json:15:35) = Secret(…) (api.json:15:53)
      file "arn:aws:s3:::bucket/api.env" (api.json:16:55) "s3" (api.json:16:40)
      secret "DB_PASSWORD" (api.json:18:21) = "/production/database/password" (api.json:18:49) at api.json:18:11
      secret "DB_PASSWORD" (api.json:19:21) = "${db_password_arn}" (api.json:19:49) at api.json:19:11
      log driver "awsfirelens" (api.json:22:24)
      option "apikey" (api.json:24:39) = "datadog" (api.json:24:62)
      router - -
      registry "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:registry-AbCdEf" (api.json:14:60)
      credential spec "credentialspecdomainless:arn:aws:ssm:ap-northeast-1:123456789012:parameter/spec" (api.json:26:29)
      credential spec "credentialspec:arn:aws:s3:::bucket/spec.json" (api.json:27:56)
    container "router" (api.json:30:17) at api.json:29:7
      image "fluent-bit" (api.json:31:18), essential -
      log driver -
      router "fluentbit" (api.json:32:44) "arn:aws:s3:::bucket/fluent.conf" (api.json:32:117)
      registry -
    "#);
}

#[test]
fn wrong_leaves_do_not_hide_right_ones() {
    let definition = read(include_str!("../fixtures/wrong_leaves_beside_right_ones.json"));
    let described = describe(&definition);
    assert!(!format!("{definition:?}").contains("hunter2"));
    insta::assert_snapshot!(described, @r#"
    family "7" (api.json:2:13)
    arn -
    execution role string expected, array found (api.json:3:23)
    task role -
    container "api" (api.json:8:15) at api.json:7:5
      image -, essential boolean expected, string found (api.json:9:20)
      environment "PORT" (api.json:11:19) = Secret(…) (api.json:11:36)
      environment "DB_PASSWORD" (api.json:12:19) = string expected, nothing found (api.json:12:9)
      environment "FINE" (api.json:13:19) = Secret(…) (api.json:13:36)
      log driver "awslogs" (api.json:17:42)
      router - -
      registry -
    container string expected, nothing found (api.json:20:5) at api.json:20:5
      image "worker" (api.json:21:16), essential -
      secret "A" (api.json:23:19) = valueFrom expected, value found (api.json:23:33) at api.json:23:9
      secret "B" (api.json:24:19) = string expected, nothing found (api.json:24:9) at api.json:24:9
      secret "5" (api.json:25:19) = string expected, boolean found (api.json:25:35) at api.json:25:9
      secret "C" (api.json:26:19) = "second" (api.json:26:59) at api.json:26:9
      log driver -
      router - -
      registry -
    container "twice" (api.json:31:15) at api.json:30:5
      image -, essential -
      secret "D" (api.json:33:29) = string expected, nothing found (api.json:33:19) at api.json:33:19
      secret "E" (api.json:33:70) = "/e" (api.json:33:88) at api.json:33:60
      log driver -
      router - -
      registry -
    unreadable: string expected, number found (api.json:2:13)
    unreadable: array expected, string found (api.json:4:30)
    unreadable: object expected, string found (api.json:6:5)
    unreadable: secretOptions expected, other-case found (api.json:17:53)
    unreadable: object expected, array found (api.json:14:9)
    unreadable: string expected, number found (api.json:11:36)
    unreadable: value expected, valueFrom found (api.json:12:47)
    unreadable: array expected, object found (api.json:16:18)
    unreadable: object expected, string found (api.json:18:32)
    unreadable: object expected, string found (api.json:27:9)
    unreadable: string expected, number found (api.json:25:19)
    unreadable: valueFrom expected, twice found (api.json:26:24)
    unreadable: secrets expected, twice found (api.json:32:7)
    unreadable: valueFrom expected, other-case found (api.json:33:34)
    unreadable: array expected, string found (api.json:36:14)
    "#);
}

#[test]
fn each_form_of_a_file_is_recognised() {
    let container = r#"{"name": "api", "image": "x", "secrets": [{"name": "A", "valueFrom": "/a"}]}"#;
    for text in [
        format!(r#"{{"containerDefinitions": [{container}]}}"#),
        format!(r#"{{"family": "api", "containerDefinitions": [{container}]}}"#),
        format!(r#"{{"taskDefinition": {{"containerDefinitions": [{container}]}}, "tags": []}}"#),
        format!("[{container}]"),
        container.to_owned(),
        format!("\u{feff}{container}"),
        format!("// a comment\n{container} /* another */"),
        format!("[{container},]"),
    ] {
        let definition = read(&text);
        assert_eq!(definition.containers[0].secrets[0].value_from.value().unwrap(), "/a", "{text}");
        assert_eq!(definition.unreadable, [], "{text}");
    }
    let nothing = read(r#"{"family": "api"}"#);
    assert_eq!(nothing.unreadable.iter().map(told).collect::<Vec<_>>(), ["containerDefinitions expected, nothing found (api.json:1:1)"]);
}

#[test]
fn what_is_no_task_definition_is_refused() {
    for text in [
        "{}",
        "[]",
        "[1]",
        "\"a\"",
        "null",
        r#"{"taskDefinition": "api:1"}"#,
        r#"{"name": "package", "version": "1"}"#,
        r#"{"taskDefinition": []}"#,
        r#"{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}"#,
        r#"{"cpu": {{ must_env `CPU` }}}"#,
    ] {
        let problems = task_definitions("api.json", text.as_bytes()).unwrap_err();
        assert_eq!(problems.problems[0].code, "task-definition-none", "{text}");
    }
    insta::assert_snapshot!(refused("{\"environment\": [{\"value\": hunter2}]}"), @r"
    api.json:1:28: a word without quotation marks stands here
      = put it in double quotes
    ");
    insta::assert_snapshot!(refused(&"[".repeat(200)), @r"
    api.json:1:129: objects and lists are nested more than 128 deep here
      = no task definition is that deep: check that this is the file you meant
    ");
    insta::assert_snapshot!(refused(""), @r"
    api.json:1:1: the file holds no JSON
      = correct the syntax; nothing of the file could be read
    ");
}

#[test]
fn capital_keys_within_a_definition_are_reported() {
    let definition =
        read(r#"{"containerDefinitions": [{"name": "api", "Secrets": [{"name": "A", "valueFrom": "/a"}]}], "ExecutionRoleArn": "x"}"#);
    let found: Vec<String> = definition.unreadable.iter().map(told).collect();
    assert_eq!(
        found,
        ["executionRoleArn expected, other-case found (api.json:1:92)", "secrets expected, other-case found (api.json:1:43)"]
    );
}

#[test]
fn what_only_we_tolerate_is_noted() {
    let text = "// one\n{\n  \"family\": \"a//b\", /* two */\n  \"volumes\": [1, ],\n  // three\n}\n";
    assert!(task_definitions("api.json", text.as_bytes()).is_ok());
    insta::assert_snapshot!(render("en", &Problems { problems: notes("api.json", text.as_bytes()) }), @r"
    api.json:1:1: there is a comment here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
      = remove the comment
    api.json:3:21: there is a comment here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
      = remove the comment
    api.json:4:16: there is a comma behind the last entry here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
      = remove the comma
    api.json:4:19: there is a comma behind the last entry here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
      = remove the comma
    api.json:5:3: there is a comment here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
      = remove the comment
    ");
    assert_eq!(notes("api.json", br#"{"family": "a"}"#), []);
    assert_eq!(notes("api.json", b"{"), []);
}

#[test]
fn a_large_file_on_one_line_takes_no_quadratic_time() {
    let secret = r#"{"name":"A","valueFrom":"/\u95a2"},"#.repeat(60_000);
    let text = format!(r#"{{"containerDefinitions":[{{"name":"api","secrets":[{}]}}]}}"#, secret.trim_end_matches(','));
    let before = std::time::Instant::now();
    let definition = read(&text);
    assert_eq!(definition.reference_count(), 60_000);
    assert!(before.elapsed() < std::time::Duration::from_secs(20), "{:?}", before.elapsed());
}

use sekisho_read::{Dialect, Reading, document};

use crate::describe::{document_of, read, values};
use crate::render::render;

#[test]
fn services_are_read_from_what_describe_services_prints() {
    insta::assert_snapshot!(document_of(&read("services.json", include_str!("../fixtures/ecs/describe-services.json"))), @r#"
    Ecs
    service "api" (services.json:4:22) at services.json:3:5
      cluster "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shop" (services.json:5:21)
      task definition "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/api:7" (services.json:6:25)
      launch type -, platform "1.4.0" (services.json:8:26)
      capacity provider "FARGATE_SPOT" (services.json:7:58)
      public address -
      service connect logs to "splunk" (services.json:14:48) at services.json:14:33
        option "splunk-token" (services.json:14:86) = "/splunk/token" (services.json:14:115)
    service "web" (services.json:19:22) at services.json:19:5
      cluster -
      task definition -
      launch type "7" (services.json:19:43), platform -
      public address -
      unreadable: string expected, number found (services.json:19:43)
    "#);
}

#[test]
fn overrides_of_a_run_are_read() {
    insta::assert_snapshot!(document_of(&read("run.json", include_str!("../fixtures/ecs/run-task.json"))), @r#"
    Ecs
    run of "api:7" (run.json:3:21) at run.json:4:16
      execution role "arn:aws:iam::123456789012:role/other" (run.json:5:25), task role -
      container "api" (run.json:8:17)
        environment "A" (run.json:10:35) = "1" (run.json:10:49)
        file "arn:aws:s3:::bucket/run.env" (run.json:11:55)
        command "migrate" (run.json:9:21)
      unreadable: nothing expected, secrets found (run.json:12:20)
    "#);
    let bare = read("overrides.json", r#"{"containerOverrides": [{"name": "api"}], "taskRoleArn": "arn"}"#);
    assert_eq!(bare.overrides[0].task_role.as_ref().unwrap().value().unwrap(), "arn");
}

#[test]
fn express_services_are_read_from_input_and_output() {
    let container = r#""primaryContainer": {"image": "nginx", "secrets": [{"name": "A", "valueFrom": "/a"}]}, "executionRoleArn": "arn""#;
    for text in [
        format!(r#"{{"serviceName": "front", {container}}}"#),
        format!(r#"{{"service": {{"serviceName": "front", "activeConfigurations": [{{{container}}}]}}}}"#),
    ] {
        let read = read("express.json", &text);
        assert_eq!(read.definitions.len(), 1, "{text}");
        assert_eq!(read.definitions[0].execution_role.as_ref().unwrap().value().unwrap(), "arn");
        assert_eq!(read.definitions[0].containers[0].secrets[0].value_from.value().unwrap(), "/a");
        assert_eq!(read.definitions[0].containers[0].name.value().unwrap(), "primaryContainer");
    }
}

#[test]
fn daemons_and_lists_of_definitions_are_read() {
    let definition =
        r#"{"family": "a", "containerDefinitions": [{"name": "a", "image": "x", "secrets": [{"name": "A", "valueFrom": "/a"}]}]}"#;
    let daemon = read("daemon.json", &format!(r#"{{"daemonTaskDefinition": {definition}}}"#));
    assert_eq!(format!("{:?}", daemon.definitions[0].kind), "Daemon");
    assert_eq!(read("all.json", &format!("[{definition}, {definition}]")).definitions.len(), 2);
}

#[test]
fn a_policy_is_read_with_its_places() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ssm:GetParameters\", \"Resource\": \"*\"}]\n}";
    insta::assert_snapshot!(document_of(&read("policy.json", text)), @r#"
    Policy
    policy policy.json (identity) of []
      Allow ["ssm:GetParameters"] on Some(["*"]) at policy.json:3:17
    "#);
    let refused =
        read("policy.json", r#"{"Statement": [{"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "*", "Sid": "a b"}]}"#);
    assert_eq!(refused.problems[0].code, "policy-sid");
}

#[test]
fn other_programs_files_are_foreign() {
    for (file, text) in [
        ("package.json", r#"{"name": "x", "version": "1"}"#),
        ("devcontainer.json", r#"{"name": "x", "image": "mcr.example.com/base", "secrets": {"TOKEN": {}}, "remoteEnv": {}}"#),
        ("compose.yaml", "services:\n  api:\n    image: x\n    secrets: [a]\n    environment:\n      A: b\n"),
        (
            "pod.yaml",
            "kind: Pod\nspec:\n  containers:\n    - name: a\n      image: x\n      env:\n        - name: A\n          valueFrom: {secretKeyRef: {name: a, key: b}}\n",
        ),
        ("chart.yaml", "{{- if .Values.x }}\nenv:\n  - valueFrom: {{ toYaml .Values.y | indent 4 }}\n{{- end }}\n: ["),
        ("task.json", r#"{"taskDefinition": "api:1", "cluster": "x"}"#),
        ("workflow.yml", "on: push\njobs:\n  a:\n    steps:\n      - with: {task-definition: ${{ steps.x.outputs.taskDefinition }}}\n"),
        ("empty.json", ""),
        ("list.json", r#"[{"serviceName": "x"}]"#),
    ] {
        let read = document(file, text.as_bytes(), &Reading::default()).unwrap_or_else(|problems| panic!("{file}: {problems}"));
        assert_eq!(read.dialect, Dialect::Foreign, "{file}");
        assert!(read.notes.is_empty() && read.unreadable.is_empty(), "{file}");
    }
}

#[test]
fn a_broken_file_of_ours_is_not_foreign() {
    let refused = |file: &str, bytes: &[u8]| render("en", &document(file, bytes, &Reading::default()).unwrap_err());
    insta::assert_snapshot!(refused("task.json", b"{\"containerDefinitions\": [\"a\" \"b\"]}"), @r"
    task.json:1:30: a comma is missing here
      = correct the syntax; nothing of the file could be read
    ");
    insta::assert_snapshot!(refused("task.yaml", b"containerDefinitions:\n  - name: a\n   image: b\n"), @r"
    task.yaml:3:4: from here on this is no YAML
      = correct the syntax; nothing of the file could be read
    ");
    insta::assert_snapshot!(refused("task.json", b"\xff\xfe{\0}\0"), @r"
    task.json:1:1: byte 1 of the file does not belong to UTF-8 text
      = save the file as UTF-8
    ");
    let mut large = b"{\"containerDefinitions\": [".to_vec();
    large.resize(50 * 1024 * 1024, b' ');
    insta::assert_snapshot!(refused("task.json", &large), @r"
    `task.json` is larger than 16 MiB, the limit for files of this kind
      = check that this is the file you meant
    ");
    let many = format!("{{\"containerDefinitions\": [{}1]}}", "1,".repeat(500_000));
    insta::assert_snapshot!(refused("task.json", many.as_bytes()), @r"
    task.json:1:1000023: the file has more than 500000 values; it was read no further than here
      = no task definition or template is that large: check that this is the file you meant
    ");
    let deep = format!("{{\"containerDefinitions\": {}", "[".repeat(100_000));
    insta::assert_snapshot!(refused("task.json", deep.as_bytes()), @r"
    task.json:1:153: objects and lists are nested more than 128 deep here
      = no task definition is that deep: check that this is the file you meant
    ");
}

#[test]
fn templating_does_not_hide_the_rest() {
    let text = include_str!("../fixtures/templating/every_kind_of_placeholder.json");
    let read = read("task.json.tpl", text);
    insta::assert_snapshot!(document_of(&read), @r#"
    Ecs
    family "<FAMILY>" (task.json.tpl:2:13)
    arn -
    execution role "arn:aws:iam::${{ secrets.ACCOUNT }}:role/execution" (task.json.tpl:4:23)
    task role -
    container "api" (task.json.tpl:7:15) at task.json.tpl:6:5
      image "%IMAGE%" (task.json.tpl:8:16), essential unrendered @@ESSENTIAL@@ (task.json.tpl:9:20)
      secret "${secret.name}" (task.json.tpl:13:19) = "${secret.arn}:password::" (task.json.tpl:13:50) at task.json.tpl:13:9
      secret "ANGLE" (task.json.tpl:15:19) = "arn:aws:ssm:<REGION>:<ACCOUNT>:parameter/a" (task.json.tpl:15:41) at task.json.tpl:15:9
      secret "BARE" (task.json.tpl:16:19) = unrendered $SECRET_ARN (task.json.tpl:16:40) at task.json.tpl:16:9
      secret "FINE" (task.json.tpl:17:19) = "/fine" (task.json.tpl:17:40) at task.json.tpl:17:9
      log driver -
      router - -
      registry -
    unreadable: unrendered <%= sidecar %> (task.json.tpl:21:5)
    unreadable: string expected, number found (task.json.tpl:19:49)
    unreadable: unrendered ${… (task.json.tpl:10:22)
    unreadable: unrendered %{ for secret in secrets ~} (task.json.tpl:12:9)
    unreadable: unrendered %{ endfor ~} (task.json.tpl:14:9)
    task.json.tpl:16:53: json-note-missing-comma
    "#);
    insta::assert_snapshot!(values(&read.definitions[0]), @r#"
    command "run" (task.json.tpl:19:19)
    command "--token={{ TOKEN }}" (task.json.tpl:19:26)
    command "5" (task.json.tpl:19:49)
    "#);
}

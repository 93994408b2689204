use sekisho_read::{Dialect, Reading, document};

use crate::describe::{document_of, read};

#[test]
fn a_task_definition_in_yaml_has_places() {
    let text = "# 関所\nfamily: api\nexecutionRoleArn: arn:aws:iam::123456789012:role/execution\ncontainerDefinitions:\n  - name: api\n    image: \"名前:1\"\n    environment:\n      - {name: 名前, value: 5}\n    secrets:\n      - name: A\n        valueFrom: >-\n          arn:aws:ssm:ap-northeast-1:123456789012:parameter/a\n      - name: 'B'\n        valueFrom: \"/\\u0062\"\n";
    insta::assert_snapshot!(document_of(&read("task.yml", text)), @r#"
    Ecs
    family "api" (task.yml:2:9)
    arn -
    execution role "arn:aws:iam::123456789012:role/execution" (task.yml:3:19)
    task role -
    container "api" (task.yml:5:11) at task.yml:5:5
      image "名前:1" (task.yml:6:12), essential -
      environment "名前" (task.yml:8:16) = Secret(…) (task.yml:8:27)
      secret "A" (task.yml:10:15) = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a" (task.yml:12:11) at task.yml:10:9
      secret "B" (task.yml:13:15) = "/b" (task.yml:14:20) at task.yml:13:9
      log driver -
      router - -
      registry -
    unreadable: string expected, number found (task.yml:8:27)
    "#);
}

#[test]
fn aliases_and_merges_are_followed() {
    let text = "logs: &logs {logDriver: splunk, secretOptions: [{name: splunk-token, valueFrom: /token}]}\nbase: &base\n  image: x\n  logConfiguration: *logs\ncontainerDefinitions:\n  - <<: *base\n    name: a\n  - <<: [*base]\n    name: b\n    image: y\n";
    let read = read("task.yml", text);
    let told: Vec<_> = read.definitions[0]
        .containers
        .iter()
        .map(|container| (container.image.as_ref().unwrap().value().unwrap().as_str(), container.secret_options.len()))
        .collect();
    assert_eq!(told, [("x", 1), ("y", 1)]);
}

#[test]
fn several_documents_are_all_read() {
    let one = "containerDefinitions: [{name: a, image: x}]\n";
    assert_eq!(read("all.yaml", &format!("{one}---\nkind: other\n---\n{one}...\n")).definitions.len(), 2);
}

#[test]
fn aliases_do_not_multiply_without_end() {
    let mut bomb = "a0: &a0 [containerDefinitions, x]\n".to_owned();
    for level in 1..60 {
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")));
    }
    let problems = document("bomb.yaml", bomb.as_bytes(), &Reading::default()).unwrap_err();
    assert_eq!(problems.problems[0].code, "file-many");
    let mut chain = "a0: &a0 [containerDefinitions]\n".to_owned();
    for level in 1..200 {
        chain.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(document("chain.yaml", chain.as_bytes(), &Reading::default()).unwrap_err().problems[0].code, "json-depth");
    for deep in [format!("containerDefinitions: {}", "[".repeat(100_000)), format!("containerDefinitions:\n{}", "- ".repeat(100_000))] {
        assert_eq!(document("deep.yaml", deep.as_bytes(), &Reading::default()).unwrap_err().problems[0].code, "json-depth");
    }
    for odd in ["containerDefinitions: &a [*a]", "containerDefinitions: *a"] {
        assert_eq!(document("odd.yaml", odd.as_bytes(), &Reading::default()).unwrap_err().problems[0].code, "yaml-syntax", "{odd}");
    }
}

#[test]
fn templating_in_yaml_does_not_hide_the_rest() {
    let text = "{{- if .Values.on }}\nfamily: {{ .Values.family }}-x\ncpu: %CPU%\nexecutionRoleArn: @@ROLE@@\ncontainerDefinitions:\n  - name: {{ name }}\n    image: \"x:${TAG}\"\n    secrets:\n      - {name: A, valueFrom: ${ARN}}\n      - name: B\n        valueFrom: /b # {{ comment }}\n{{- end }}\n";
    let read = read("task.yaml", text);
    assert_eq!(read.dialect, Dialect::Ecs);
    insta::assert_snapshot!(document_of(&read), @r#"
    Ecs
    family "{{ .Values.family }}-x" (task.yaml:2:9)
    arn -
    execution role "@@ROLE@@" (task.yaml:4:19)
    task role -
    container "{{ name }}" (task.yaml:6:11) at task.yaml:6:5
      image "x:${TAG}" (task.yaml:7:12), essential -
      secret "A" (task.yaml:9:16) = "${ARN}" (task.yaml:9:30) at task.yaml:9:9
      secret "B" (task.yaml:10:15) = "/b" (task.yaml:11:20) at task.yaml:10:9
      log driver -
      router - -
      registry -
    unreadable: unrendered {{- if .Values.on }} (task.yaml:1:1)
    unreadable: unrendered {{- end }} (task.yaml:12:1)
    "#);
}

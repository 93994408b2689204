use std::collections::BTreeMap;

use sekisho_read::{Reading, TerraformState};

use crate::describe::{document_of, read, read_with, values};

const DEFINITION: &str = include_str!("../fixtures/ecspresso/ecs-task-def.json");
const STATE: &[u8] = include_bytes!("../fixtures/ecspresso/terraform.tfstate");

#[test]
fn the_configuration_leads_to_its_files() {
    let config = read("ecspresso.yml", include_str!("../fixtures/ecspresso/ecspresso.yml"));
    insta::assert_snapshot!(document_of(&config), @r#"
    Ecspresso
    ecspresso: task definition "ecs-task-def.json" (ecspresso.yml:5:18)
      service definition "ecs-service-def.json" (ecspresso.yml:4:21), service "api" (ecspresso.yml:3:10)
      cluster "shop" (ecspresso.yml:2:10), region unrendered {{ must_env `AWS_REGION` }} (ecspresso.yml:1:9)
      plugin "tfstate" (ecspresso.yml:8:11) "" path "terraform.tfstate" (ecspresso.yml:10:13) url -
      plugin "tfstate" (ecspresso.yml:11:11) "network_" path - url "s3://bucket/network.tfstate" (ecspresso.yml:14:12)
    "#);
    let json = r#"{"region": "ap-northeast-1", "service": "api", "task_definition": "ecs-task-def.jsonnet"}"#;
    let config = read("ecspresso.json", json).ecspresso.unwrap();
    assert_eq!(config.task_definition.unwrap().value().unwrap(), "ecs-task-def.jsonnet");
}

#[test]
fn without_anything_at_hand_its_functions_are_unknown() {
    let definition = read("ecs-task-def.json", DEFINITION);
    insta::assert_snapshot!(document_of(&definition), @r#"
    Ecs
    family "api" (ecs-task-def.json:2:13)
    arn -
    execution role unrendered {{ tfstate `aws_iam_role.execution.arn` }} (ecs-task-def.json:4:23)
    task role unrendered {{ network_tfstate `aws_iam_role.task.arn` }} (ecs-task-def.json:5:18)
    container "api" (ecs-task-def.json:11:15) at ecs-task-def.json:10:5
      image unrendered {{… (ecs-task-def.json:12:16), essential -
      environment "FROM_STORE" (ecs-task-def.json:14:19) = unrendered {{ ssm `/api/value` | json_escape }} (ecs-task-def.json:14:42)
      environment "URL" (ecs-task-def.json:15:19) = Secret(…) (ecs-task-def.json:15:35)
      environment "OTHER" (ecs-task-def.json:16:19) = Secret(…) (ecs-task-def.json:16:37)
      secret "NAME" (ecs-task-def.json:19:19) = unrendered {{ must_env `PREFIX` }} (ecs-task-def.json:19:40) at ecs-task-def.json:19:9
      secret "ARN" (ecs-task-def.json:20:19) = unrendered {{ secretsmanager_arn `api/database` }} (ecs-task-def.json:20:39) at ecs-task-def.json:20:9
      secret "FOREIGN" (ecs-task-def.json:21:19) = "{{ .Values.secret }}" (ecs-task-def.json:21:43) at ecs-task-def.json:21:9
      log driver -
      router - -
      registry -
    unreadable: unrendered {{ if env `DEBUG` `` }} (ecs-task-def.json:6:3)
    unreadable: unrendered {{ end }} (ecs-task-def.json:8:3)
    "#);
    insta::assert_snapshot!(values(&definition.definitions[0]), @r#"
    environment "FROM_STORE" (ecs-task-def.json:14:19) = unrendered {{ ssm `/api/value` | json_escape }} (ecs-task-def.json:14:42)
    environment "URL" (ecs-task-def.json:15:19) = "https://{{ must_env \"HOST\" }}/api" (ecs-task-def.json:15:35)
    environment "OTHER" (ecs-task-def.json:16:19) = "{{ .Values.other }}" (ecs-task-def.json:16:37)
    "#);
}

#[test]
fn what_is_at_hand_is_rendered() {
    let variables = [("PREFIX", "/production/api"), ("TAG", ""), ("HOST", "api.example.com")];
    let reading = Reading {
        allow_env: Some(variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()),
        states: BTreeMap::from([(String::new(), TerraformState::read("terraform.tfstate", STATE).unwrap())]),
        ..Reading::default()
    };
    let definition = read_with("ecs-task-def.json", DEFINITION, &reading);
    insta::assert_snapshot!(document_of(&definition), @r#"
    Ecs
    family "api" (ecs-task-def.json:2:13)
    arn -
    execution role "arn:aws:iam::123456789012:role/execution" (ecs-task-def.json:4:23)
    task role unrendered {{ network_tfstate `aws_iam_role.task.arn` }} (ecs-task-def.json:5:18)
    container "api" (ecs-task-def.json:11:15) at ecs-task-def.json:10:5
      image "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/api:latest" (ecs-task-def.json:12:16), essential -
      environment "FROM_STORE" (ecs-task-def.json:14:19) = unrendered {{ ssm `/api/value` | json_escape }} (ecs-task-def.json:14:42)
      environment "URL" (ecs-task-def.json:15:19) = Secret(…) (ecs-task-def.json:15:35)
      environment "OTHER" (ecs-task-def.json:16:19) = Secret(…) (ecs-task-def.json:16:37)
      secret "NAME" (ecs-task-def.json:19:19) = "/production/api/password" (ecs-task-def.json:19:40) at ecs-task-def.json:19:9
      secret "ARN" (ecs-task-def.json:20:19) = unrendered {{ secretsmanager_arn `api/database` }} (ecs-task-def.json:20:39) at ecs-task-def.json:20:9
      secret "FOREIGN" (ecs-task-def.json:21:19) = "{{ .Values.secret }}" (ecs-task-def.json:21:43) at ecs-task-def.json:21:9
      log driver -
      router - -
      registry -
    unreadable: unrendered {{ if env `DEBUG` `` }} (ecs-task-def.json:6:3)
    unreadable: unrendered {{ end }} (ecs-task-def.json:8:3)
    "#);
    insta::assert_snapshot!(values(&definition.definitions[0]), @r#"
    environment "FROM_STORE" (ecs-task-def.json:14:19) = unrendered {{ ssm `/api/value` | json_escape }} (ecs-task-def.json:14:42)
    environment "URL" (ecs-task-def.json:15:19) = "https://api.example.com/api" (ecs-task-def.json:15:35)
    environment "OTHER" (ecs-task-def.json:16:19) = "{{ .Values.other }}" (ecs-task-def.json:16:37)
    "#);
    assert!(!format!("{reading:?}").contains("execution"), "a state holds secrets");
}

#[test]
fn addresses_of_a_state_are_looked_up_as_ecspresso_does() {
    let states = || BTreeMap::from([("net_".to_owned(), TerraformState::read("terraform.tfstate", STATE).unwrap())]);
    let look_up = |address: &str| {
        let text =
            format!(r#"[{{"name": "a", "image": "x", "secrets": [{{"name": "S", "valueFrom": "{{{{ net_tfstate `{address}` }}}}"}}]}}]"#);
        let reading = Reading { states: states(), ..Reading::default() };
        let read = read_with("a.json", &text, &reading);
        read.definitions[0].containers[0].secrets[0].value_from.value().cloned()
    };
    for (address, value) in [
        ("output.region", Some("ap-northeast-1")),
        ("aws_iam_role.execution.arn", Some("arn:aws:iam::123456789012:role/execution")),
        ("aws_iam_role.execution.tags['a.b']", Some("c")),
        ("aws_ecr_repository.all['web'].repository_url", Some("123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/web")),
        ("module.network[0].module.vpc.data.aws_subnet.private[1].id", Some("subnet-1")),
        ("module.network[0].module.vpc.data.aws_subnet.private[0].ids[1]", Some("b")),
        ("aws_iam_role.execution.tags", None),
        ("aws_iam_role.execution", None),
        ("aws_iam_role.other.arn", None),
        ("data.aws_iam_role.execution.arn", None),
        ("aws_ecr_repository.all['none'].repository_url", None),
        ("..", None),
        ("a[", None),
    ] {
        assert_eq!(look_up(address).as_deref(), value, "{address}");
    }
}

#[test]
fn a_service_definition_is_read() {
    let service = read("ecs-service-def.json", include_str!("../fixtures/ecspresso/ecs-service-def.json"));
    insta::assert_snapshot!(document_of(&service), @r#"
    Ecs
    service - at ecs-service-def.json:1:1
      cluster -
      task definition -
      launch type "FARGATE" (ecs-service-def.json:2:17), platform "LATEST" (ecs-service-def.json:3:22)
      subnet unrendered {{ tfstate `aws_subnet.a.id` }} (ecs-service-def.json:5:66)
      public address "DISABLED" (ecs-service-def.json:5:142)
      service connect logs to "awslogs" (ecs-service-def.json:8:40) at ecs-service-def.json:8:25
        awslogs-group = "connect" (ecs-service-def.json:8:81)
        option "token" (ecs-service-def.json:8:122) = "/connect/token" (ecs-service-def.json:8:144)
    "#);
}

#[test]
fn what_is_no_state_is_refused() {
    for bytes in [&b"{}"[..], b"[", b"{\"version\": 3}", b""] {
        assert_eq!(TerraformState::read("s", bytes).unwrap_err().problems[0].code, "state-format");
    }
}

#[test]
fn jsonnet_is_called_by_its_name() {
    let text = "local x = 1;\n{ containerDefinitions: [{ name: 'api', secrets: [] }] }\n";
    let problems = sekisho_read::document("ecs-task-def.jsonnet", text.as_bytes(), &Reading::default()).unwrap_err();
    insta::assert_snapshot!(crate::render::render("en", &problems), @r"
    ecs-task-def.jsonnet:1:1: this file is Jsonnet, a program that has to be run before it is a task definition; Sekisho runs nothing on its own
      = render it, for instance with `jsonnet FILE > task.json`, and read what comes out
    ");
    // What `jsonnet` printed is JSON, whatever the file was called.
    assert_eq!(read("ecs-task-def.jsonnet", r#"{"containerDefinitions": []}"#).definitions.len(), 1);
}

//! What stands beside a definition: ecspresso's configuration with its Terraform states, the environment, a service by itself.

use super::{SECRET, json_of, names, secrets};
use crate::world::World;

const STATE: &str = r#"{ "version": 4, "outputs": {
  "db": { "value": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password", "type": "string" },
  "ok": { "value": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf", "type": "string" }
}, "resources": [] }"#;

fn definition(from: &str) -> String {
    super::definition("api", &secrets(&[("DB", from)]))
}

fn with_state(state: &str) -> World {
    let world = World::empty();
    let plugins = format!("plugins:\n  - name: tfstate\n    config:\n      path: {state}\n");
    world.write("repo/ecspresso.yml", format!("service: api\ncluster: main\ntask_definition: task.json\n{plugins}"));
    world.write("repo/task.json", definition("{{ tfstate `output.db` }}"));
    world
}

#[test]
fn what_a_terraform_state_that_ecspresso_names_tells_is_judged() {
    let world = with_state("terraform.tfstate");
    world.write("repo/terraform.tfstate", STATE);
    assert_eq!(names(&json_of(&world, &["repo"]).to_string()), ["malformed-secret-reference"]);
    world.write("repo/task.json", definition("{{ tfstate `output.ok` }}"));
    assert!(names(&json_of(&world, &["repo"]).to_string()).is_empty());
}

#[test]
fn a_terraform_state_outside_of_the_tree_is_not_opened_and_that_is_told() {
    let world = with_state("../terraform.tfstate");
    world.write("terraform.tfstate", STATE);
    let told = names(&json_of(&world, &["repo"]).to_string());
    assert!(told.contains(&"not-looked-at".to_owned()) && !told.contains(&"malformed-secret-reference".to_owned()), "{told:?}");
    // A link leads out as well.
    let world = with_state("terraform.tfstate");
    world.write("terraform.tfstate", STATE);
    std::os::unix::fs::symlink(world.path().join("terraform.tfstate"), world.path().join("repo/terraform.tfstate")).unwrap();
    let told = names(&json_of(&world, &["repo"]).to_string());
    assert!(told.contains(&"not-looked-at".to_owned()) && !told.contains(&"malformed-secret-reference".to_owned()), "{told:?}");
}

#[test]
fn where_two_configurations_name_different_states_neither_is_believed() {
    let world = with_state("one.tfstate");
    world.write("repo/one.tfstate", STATE);
    world.write("repo/two.tfstate", STATE);
    let plugins = "plugins:\n  - name: tfstate\n    config:\n      path: two.tfstate\n";
    world.write("repo/ecspresso-two.yml", format!("service: api\ncluster: main\ntask_definition: task.json\n{plugins}"));
    assert!(!names(&json_of(&world, &["repo"]).to_string()).contains(&"malformed-secret-reference".to_owned()));
}

#[test]
fn the_environment_is_read_only_where_that_is_asked_for() {
    let world = World::empty();
    world.write("task.json", definition("{{ must_env `DB_ARN` }}"));
    let broken = format!("{SECRET}:db-AbCdEf:password");
    let variables = [("DB_ARN", broken.as_str())];
    let said = world.run_with(&["check", "--output", "json"], &variables);
    assert!(!names(&said.out).contains(&"malformed-secret-reference".to_owned()));
    let said = world.run_with(&["check", "--allow-env", "--output", "json"], &variables);
    assert_eq!(names(&said.out), ["malformed-secret-reference"]);
}

#[test]
fn a_service_definition_alone_is_judged_by_its_own_references() {
    let world = World::empty();
    let service = |from: &str| {
        format!(
            r#"{{ "serviceName": "api", "launchType": "FARGATE", "serviceConnectConfiguration": {{ "enabled": true, "logConfiguration": {{
  "logDriver": "splunk", "secretOptions": [{{ "name": "splunk-token", "valueFrom": "{from}" }}] }} }} }}"#
        )
    };
    world.write("service.json", service(&format!("{SECRET}:splunk-AbCdEf:token")));
    assert_eq!(names(&json_of(&world, &[]).to_string()), ["malformed-secret-reference"]);
    world.write("service.json", service(&format!("{SECRET}:splunk-AbCdEf:token::")));
    assert!(names(&json_of(&world, &[]).to_string()).is_empty());
    // With its task definition it is judged once.
    world.write("service.json", service(&format!("{SECRET}:splunk-AbCdEf:token")));
    world.write("ecspresso.yml", "service: api\ncluster: main\ntask_definition: task.json\nservice_definition: service.json\n");
    world.write("task.json", definition("/prod/db"));
    assert_eq!(names(&json_of(&world, &[]).to_string()), ["malformed-secret-reference"]);
}

#[test]
fn what_stands_behind_a_secret_of_the_same_template_is_judged() {
    let template = |from: &str| {
        format!(
            "Resources:\n  Db:\n    Type: AWS::SecretsManager::Secret\n    Properties: {{}}\n  Flag:\n    Type: AWS::SSM::Parameter\n    Properties: \
             {{Type: String, Value: x}}\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: api\n      ExecutionRoleArn: \
             arn:aws:iam::123456789012:role/execution\n      ContainerDefinitions:\n        - Name: app\n          Image: app\n          \
             Secrets:\n            - Name: A\n              ValueFrom: {from}\n"
        )
    };
    let told = |from: &str| {
        let world = World::empty();
        world.write("stack.yaml", template(from));
        let names = names(&json_of(&world, &[]).to_string());
        names.into_iter().filter(|name| name == "malformed-secret-reference" || name == "parameter-version-selector").collect::<Vec<_>>()
    };
    assert_eq!(told("!Sub '${Db}:password'"), ["malformed-secret-reference"]);
    assert_eq!(told("!Join ['', [!Ref Db, ':password']]"), ["malformed-secret-reference"]);
    assert_eq!(told("!Sub '${Flag}:3'"), ["parameter-version-selector"]);
    // The right forms, what another function adds, and what is not of the template are left alone.
    for silent in
        ["!Ref Db", "!Sub '${Db}:password::'", "!Ref Flag", "!Join ['', [!Ref Db, ':', !ImportValue Rest]]", "!Sub '${Other}:password'"]
    {
        assert_eq!(told(silent), Vec::<String>::new(), "{silent}");
    }
}

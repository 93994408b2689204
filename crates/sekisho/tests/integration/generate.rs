//! `generate policy`.

use crate::world::World;

#[test]
fn a_services_policy_names_what_its_tasks_read() {
    let world = World::shop();
    let said = world.run(&["generate", "policy", "--environment", "production", "--service", "api"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    let policy: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let sids: Vec<&str> = policy["Statement"].as_array().unwrap().iter().filter_map(|statement| statement["Sid"].as_str()).collect();
    for sid in ["ReadSecrets", "DecryptSecrets", "PullImages", "SignInToRegistry"] {
        assert!(sids.contains(&sid), "{sid}: {sids:?}");
    }
    assert!(
        said.out.contains("secret:production/stripe/key-") && said.out.contains("\"kms:ResourceAliases\": \"alias/production-secrets\""),
        "{}",
        said.out
    );
    assert_eq!(world.run(&["generate", "policy", "--environment", "production", "--service", "api"]).out, said.out);
}

#[test]
fn terraform_gets_the_same_with_the_references_as_comments() {
    let said = World::shop().run(&["generate", "policy", "--environment", "production", "--service", "grpc", "--format", "hcl"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.starts_with("data \"aws_iam_policy_document\" \"shop_production_grpc\" {\n"), "{}", said.out);
    assert!(said.out.contains("  # grpc/grpc/DB_PASSWORD\n"), "{}", said.out);
}

#[test]
fn a_task_definition_needs_no_manifest() {
    let world = World::empty();
    world.write("td.json", r#"{"family":"api","executionRoleArn":"arn:aws:iam::123456789012:role/exec","containerDefinitions":[{"name":"app","secrets":[{"name":"A","valueFrom":"arn:aws:ssm:eu-west-1:123456789012:parameter/a/b"}]}]}"#);
    let said = world.run(&["generate", "policy", "--task-definition", "td.json"]);
    assert!(said.code == 0 && said.out.contains("arn:aws:ssm:eu-west-1:123456789012:parameter/a/b"), "{said:?}");
}

#[test]
fn our_own_verbs_tell_what_they_need() {
    let world = World::empty();
    let said = world.run(&["generate", "policy", "--for", "verify"]);
    assert!(said.code == 0 && said.out.contains("ssm:DescribeParameters") && !said.out.contains("ssm:PutParameter"), "{said:?}");
    assert!(world.run(&["generate", "policy", "--for", "verify", "--write"]).out.contains("ssm:PutParameter"));
    let said = world.run(&["generate", "policy", "--for", "completions"]);
    assert!(said.code == 2 && said.err.contains("verify"), "{said:?}");
}

#[test]
fn what_is_not_known_is_not_made_up() {
    let world = World::shop();
    let said = world.run(&["generate", "policy"]);
    assert!(said.code == 2 && said.err.contains("development, production"), "{said:?}");
    let empty = World::empty();
    empty.write(
        "td.json",
        r#"{"family":"api","executionRoleArn":"r","containerDefinitions":[{"name":"app","secrets":[{"name":"A","valueFrom":"/a/b"}]}]}"#,
    );
    let said = empty.run(&["generate", "policy", "--task-definition", "td.json", "--region", "eu-west-1"]);
    assert!(said.code == 2 && said.err.contains("--account"), "{said:?}");
}

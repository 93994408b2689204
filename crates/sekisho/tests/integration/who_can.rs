//! `who-can` from account details.

use serde_json::{Value, json};

use crate::world::World;

fn details() -> String {
    let role = |name: &str, action: &str, resource: &str| {
        json!({ "Arn": format!("arn:aws:iam::123456789012:role/{name}"), "RoleName": name, "AttachedManagedPolicies": [],
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] },
            "RolePolicyList": [{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Sid": "S", "Effect": "Allow", "Action": action, "Resource": resource }] } }] })
    };
    let secret = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/database/password-??????";
    let roles = [role("api", "secretsmanager:GetSecretValue", secret), role("admin", "*", "*"), role("reader", "ssm:GetParameters", "*")];
    json!({ "UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": [] }).to_string()
}

const KEY_POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/api"},"Action":"kms:Decrypt","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}"#;

#[test]
fn a_declared_secret_is_asked_about_by_its_logical_name() {
    let world = World::shop();
    world.write("details.json", details());
    world.write("key.json", KEY_POLICY);
    let asked = [
        "who-can",
        "production",
        "database/password",
        "--account-details",
        "details.json",
        "--key-policy",
        "key.json",
        "--no-secret-policy",
    ];
    let said = world.run(&asked);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    for told in
        ["role/api", "role/admin", "secretsmanager:GetSecretValue through p, statement 1 (S)", "3 principals: 2 may read, 0 cannot tell"]
    {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    assert!(!said.out.contains("role/reader"), "{}", said.out);
    let json: Value = serde_json::from_str(&world.run(&[&asked[..], &["--output", "json"]].concat()).out).unwrap();
    assert_eq!(json["secrets"][0]["readers"][0]["through"][0]["decrypt"]["decision"], "allowed");
}

#[test]
fn what_is_not_given_is_told_and_is_code_3() {
    let world = World::shop();
    world.write("details.json", details());
    let said = world.run(&["who-can", "production", "database/password", "--account-details", "details.json"]);
    assert_eq!(said.code, 3, "{said:?}");
    for told in ["the secret's policy was not given", "the key's policy was not given", "2 cannot tell"] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
}

#[test]
fn an_arn_needs_no_manifest() {
    let world = World::empty();
    world.write("details.json", details());
    let arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/production/x";
    let said = world.run(&["who-can", "--arn", arn, "--account-details", "details.json", "--aws-managed-key"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("role/admin") && said.out.contains("role/reader") && !said.out.contains("role/api"), "{}", said.out);
    for (arn, code) in [("arn:aws:s3:::a", 2), ("x", 2)] {
        assert_eq!(world.run(&["who-can", "--arn", arn, "--account-details", "details.json"]).code, code);
    }
}

#[test]
fn mistakes_are_told() {
    let world = World::shop();
    world.write("details.json", "{}");
    let said = world.run(&["who-can", "production", "database/pasword", "--account-details", "details.json"]);
    assert!(said.code == 2 && said.err.contains("database/password"), "{said:?}");
    let said = world.run(&["who-can", "production", "database/password", "--account-details", "details.json"]);
    assert!(said.code == 2 && said.err.contains("get-account-authorization-details"), "{said:?}");
}

//! `can`: one request, a batch, a difference.

use serde_json::{Value, json};

use crate::world::World;

const ROLE: &str = "arn:aws:iam::123456789012:role/exec";
const PARAMETER: &str = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/production/database/password";

fn policy(action: &str, resource: &str) -> String {
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Sid\": \"Read\", \"Effect\": \"Allow\", \"Action\": \"{action}\", \"Resource\": \"{resource}\"}}]}}\n"
    )
}

fn asked(more: &[&'static str]) -> Vec<&'static str> {
    let mut arguments = vec!["can", "--principal", ROLE, "--action", "ssm:GetParameters", "--resource", PARAMETER];
    arguments.extend(more);
    arguments
}

#[test]
fn an_allowed_request_names_its_statement_and_what_was_taken_for_granted() {
    let world = World::empty();
    world.write("p.json", policy("ssm:GetParameters", PARAMETER));
    let said = world.run(&asked(&["--identity-policy", "p.json"]));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    let first = format!("allowed: {ROLE} asks for ssm:GetParameters on {PARAMETER}\n");
    assert!(said.out.starts_with(&first), "{}", said.out);
    for told in ["statement 1 (Read) of `p.json`", "--> p.json:1:", "assumed: no service control policy was given"] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
}

#[test]
fn a_denied_request_says_what_is_nearest() {
    let world = World::empty();
    world.write("p.json", policy("ssm:GetParameter", PARAMETER));
    let said = world.run(&asked(&["--identity-policy", "p.json"]));
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.starts_with("denied, because nothing allows it: "), "{}", said.out);
    for told in
        ["the principal's policies would have to allow it", "nearest: statement 1 (Read) of `p.json`", "what does not match: Action"]
    {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
}

#[test]
fn what_is_not_known_is_code_3_and_says_what_to_tell() {
    let world = World::empty();
    world.write("p.json", r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ssm:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}"#);
    let open = world.run(&asked(&["--identity-policy", "p.json"]));
    assert_eq!(open.code, 3, "{open:?}");
    assert!(open.out.contains("aws:SourceIp"), "{}", open.out);
    assert_eq!(world.run(&asked(&["--identity-policy", "p.json", "--context", "aws:SourceIp=10.1.2.3"])).code, 0);
    assert_eq!(world.run(&asked(&["--identity-policy", "p.json", "--absent", "aws:SourceIp"])).code, 1);
    assert_eq!(world.run(&asked(&["--identity-policy", "p.json", "--complete"])).code, 1);
    world.write("all.json", policy("*", "*"));
    assert_eq!(world.run(&asked(&["--identity-policy", "all.json", "--unknown", "scp"])).code, 3);
}

#[test]
fn levels_of_an_organisation_are_grouped_by_name() {
    let world = World::empty();
    world.write("all.json", policy("*", "*"));
    world.write("kms.json", policy("kms:*", "*"));
    let with = |levels: &[&'static str]| world.run(&asked(&[&["--identity-policy", "all.json"], levels].concat())).code;
    assert_eq!(with(&["--scp", "root=all.json", "--scp", "ou=kms.json"]), 1);
    assert_eq!(with(&["--scp", "root=all.json", "--scp", "root=kms.json"]), 0);
    assert_eq!(with(&["--scp", "all.json", "--scp", "kms.json"]), 0);
}

#[test]
fn a_key_without_its_policy_is_not_known() {
    let world = World::empty();
    world.write("all.json", policy("*", "*"));
    let key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    let said = world.run(&["can", "--principal", ROLE, "--action", "kms:Decrypt", "--resource", key, "--identity-policy", "all.json"]);
    assert_eq!(said.code, 3, "{said:?}");
}

#[test]
fn bad_arguments_and_files_are_refused() {
    let world = World::empty();
    world.write("bad.json", "{\"Statement\": [{\"Effect\": \"Allow\"}]}");
    let refused = |arguments: &[&str]| {
        let said = world.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
        said.err
    };
    assert!(refused(&asked(&["--identity-policy", "bad.json"])).contains("bad.json:1:"));
    assert!(refused(&asked(&["--identity-policy", "none.json"])).contains("none.json"));
    assert!(refused(&asked(&["--context", "novalue"])).contains("novalue"));
    assert!(refused(&["can", "--principal", "ann", "--action", "ssm:GetParameters"]).contains("ann"));
    assert!(refused(&["can", "--principal", ROLE, "--action", "ssm:*"]).contains("ssm:*"));
    refused(&["can"]);
}

#[test]
fn json_has_the_decision_with_places() {
    let world = World::empty();
    world.write("p.json", policy("ssm:GetParameters", PARAMETER));
    let said = world.run(&asked(&["--identity-policy", "p.json", "--output", "json"]));
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&answer["decision"], &answer["because"][0]["sid"], &answer["because"][0]["place"]["line"]),
        (&json!("allowed"), &json!("Read"), &json!(1))
    );
}

fn line(name: &str, more: Value) -> String {
    let mut line = json!({
        "name": name,
        "request": { "principal": ROLE, "action": "ssm:GetParameters", "resource": { "resource": PARAMETER, "accountId": "123456789012" }, "context": {} },
    });
    for (key, value) in more.as_object().unwrap() {
        line[key] = value.clone();
    }
    format!("{line}\n")
}

fn allow() -> Value {
    json!([{ "name": "p", "policy": { "Version": "2012-10-17", "Statement": [{ "Sid": "A", "Effect": "Allow", "Action": "ssm:*", "Resource": "*" }] } }])
}

#[test]
fn a_batch_answers_in_order_and_a_bad_line_stops_nothing() {
    let deny = json!([{ "orgIdentifier": "r", "policies": [{ "name": "d", "policy": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" }, { "Effect": "Deny", "Action": "ssm:GetParameters", "Resource": "*" }] } }] }]);
    let batch = [
        line("one", json!({ "identityPolicies": allow() })),
        line("two", json!({})),
        "no json\n".to_owned(),
        line("three", json!({ "identityPolicies": allow(), "serviceControlPolicies": deny })),
        "\n".to_owned(),
        line("four", json!({ "identityPolicies": null })),
        line(
            "five",
            json!({ "identityPolicies": allow(), "request": { "principal": "ann", "action": "a:b", "resource": { "resource": "*" } } }),
        ),
    ]
    .concat();
    let world = World::empty();
    world.write("batch.jsonl", &batch);
    let said = world.run(&["can", "--batch", "batch.jsonl"]);
    assert_eq!(said.code, 2, "{said:?}");
    let answers: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let decided: Vec<(&Value, &Value)> = answers.iter().map(|answer| (&answer["name"], &answer["decision"])).collect();
    let expected = [
        (json!("one"), json!("allowed")),
        (json!("two"), json!("implicitly-denied")),
        (Value::Null, Value::Null),
        (json!("three"), json!("explicitly-denied")),
        (json!("four"), json!("cannot-tell")),
        (json!("five"), Value::Null),
    ];
    assert_eq!(decided, expected.iter().map(|(name, decision)| (name, decision)).collect::<Vec<_>>());
    assert_eq!(answers[0]["because"], json!([{ "layer": "identity", "policy": "p", "statement": 0, "sid": "A", "effect": "Allow" }]));
    assert_eq!(answers[3]["because"][0]["layer"], "scp");
    assert!(answers[2]["error"].is_string() && answers[5]["error"].as_str().unwrap().contains("ann"));
    assert_eq!(world.run_stdin(&["can", "--batch", "-"], &batch).out, said.out);
    let good = world.run_stdin(&["can", "--batch", "-"], line("one", json!({ "identityPolicies": allow() })));
    assert_eq!((good.code, good.err.as_str()), (0, ""));
}

#[test]
fn a_difference_says_who_gains_what() {
    let world = World::empty();
    world.write("old.json", policy("ssm:GetParameters", PARAMETER));
    world.write("new.json", policy("secretsmanager:GetSecretValue", "*"));
    let said = world.run(&["can", "--diff", "old.json", "new.json"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("gains") && said.out.contains("loses") && said.out.contains("secretsmanager:GetSecretValue"), "{}", said.out);
    let same = world.run(&["can", "--diff", "old.json", "old.json", "--lang", "ja"]);
    assert_eq!((same.code, same.out.as_str()), (0, "2 つの版が許可する内容は同じです\n"));
}

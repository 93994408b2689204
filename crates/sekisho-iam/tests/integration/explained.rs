//! What would change a decision.

use std::fmt::Write as _;

use sekisho_iam::{Change, DecidingStatement, Doubt, Failed, Request, decide, explain};
use serde_json::{Value, json};

use crate::world;

fn named(statement: &DecidingStatement) -> String {
    let sid = statement.sid().map_or_else(String::new, |sid| format!(" ({sid})"));
    format!("{} {} {}{sid}", statement.layer.as_str(), statement.policy_name(), statement.statement)
}

fn elements(failed: &[Failed]) -> String {
    let each = failed.iter().map(|element| match element {
        Failed::Principal => "principal".to_owned(),
        Failed::Action => "action".to_owned(),
        Failed::Resource => "resource".to_owned(),
        Failed::Condition { operator, key, missing } => format!("{operator} {key}{}", if *missing { ", which is missing" } else { "" }),
    });
    each.collect::<Vec<_>>().join("; ")
}

fn told(doubt: &Doubt) -> String {
    match doubt {
        Doubt::LayerUnknown { layer, .. } => format!("{} is unknown", layer.as_str()),
        Doubt::PolicyUnreadable { layer, policy } => format!("{} of {} could not be read", policy, layer.as_str()),
        Doubt::Statement { statement, unclear } => format!("{} may match: {}", named(statement), elements(unclear)),
        Doubt::ResourceAccount => "whose resource it is".to_owned(),
        Doubt::ServiceLinkedRole => "whether the role is one of a service".to_owned(),
    }
}

fn explained(case: &Value) -> String {
    let (request, layers) = (world::request(&case["request"]), world::layers(case));
    let decision = decide(&request, &layers);
    let mut text = format!("{}\n", decision.outcome);
    for statement in &decision.because {
        writeln!(text, "because {}", named(statement)).unwrap();
    }
    for change in explain(&request, &layers, &decision) {
        let line = match &change {
            Change::Allow { layer } => format!("{} has to allow it", layer.as_str()),
            Change::Nearest { statement, failed } => format!("  nearest {}: {}", named(statement), elements(failed)),
            Change::Deny { statement } => format!("{} denies it", named(statement)),
            Change::Know { doubt } => told(doubt),
        };
        writeln!(text, "{line}").unwrap();
    }
    text
}

fn case(action: &str, resource: &str, layers: &Value) -> Value {
    let mut case = json!({"request": {
        "principal": "arn:aws:sts::123456789012:assumed-role/exec/task", "role": "arn:aws:iam::123456789012:role/exec",
        "action": action, "resource": resource, "context": {"aws:RequestedRegion": "us-east-1"},
    }});
    for (key, layer) in layers.as_object().unwrap() {
        case[key] = layer.clone();
    }
    case
}

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

#[test]
fn the_statements_that_come_nearest_are_told_with_what_fails() {
    let identity = json!([{"name": "read", "policy": {"Version": "2012-10-17", "Statement": [
        {"Sid": "Other", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"},
        {"Sid": "NoSuffix", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"},
        {"Sid": "Wrong", "Effect": "Allow", "Action": "secretsmanager:DescribeSecret", "Resource": SECRET},
        {"Sid": "Source", "Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:*:*"}}},
    ]}}]);
    insta::assert_snapshot!(explained(&case("secretsmanager:GetSecretValue", SECRET, &json!({"identityPolicies": identity}))), @r"
    implicitly-denied
    identity has to allow it
      nearest identity read 1 (NoSuffix): resource
      nearest identity read 3 (Source): ArnLike aws:SourceArn, which is missing
      nearest identity read 2 (Wrong): action
    ");
}

#[test]
fn every_layer_that_lacks_an_allow_is_told() {
    let s3 =
        json!([{"name": "s3", "policy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}]);
    let layers = json!({"identityPolicies": s3, "permissionBoundaryPolicies": s3, "serviceControlPolicies": [{"orgIdentifier": "ou-1", "policies": s3}]});
    insta::assert_snapshot!(explained(&case("secretsmanager:GetSecretValue", SECRET, &layers)), @r"
    implicitly-denied
    identity has to allow it
    boundary has to allow it
    scp has to allow it
    ");
}

#[test]
fn a_key_policy_that_does_not_delegate_is_what_has_to_allow_it() {
    let key = "arn:aws:kms:us-east-1:123456789012:key/k";
    let identity = json!([{"name": "own", "policy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key}}}]);
    let policy = json!({"Version": "2012-10-17", "Statement": {"Sid": "Admin", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/admin"}, "Action": "kms:*", "Resource": "*"}});
    insta::assert_snapshot!(explained(&case("kms:Decrypt", key, &json!({"identityPolicies": identity, "resourcePolicy": policy}))), @r"
    implicitly-denied
    resource has to allow it
      nearest resource resource 0 (Admin): principal
    ");
}

#[test]
fn statements_that_deny_are_told() {
    let identity = json!([{"name": "own", "policy": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Sid": "Region", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
    ]}}]);
    insta::assert_snapshot!(explained(&case("secretsmanager:GetSecretValue", SECRET, &json!({"identityPolicies": identity}))), @r"
    explicitly-denied
    because identity own 1 (Region)
    identity own 1 (Region) denies it
    ");
}

#[test]
fn what_has_to_be_known_is_told() {
    let identity = json!([
        {"name": "own", "policy": {"Version": "2012-10-17", "Statement": [
            {"Sid": "Ignored", "Effect": "Allow", "Action": "*", "Resource": "arn:aws:*:*:*:*"},
            {"Sid": "Office", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
        ]}},
        {"name": "lost", "policy": null},
    ]);
    let mut case = case(
        "secretsmanager:GetSecretValue",
        SECRET,
        &json!({"identityPolicies": identity, "resourcePolicy": null, "serviceControlPolicies": null}),
    );
    case["request"]["context"]["aws:SourceIp"] = Value::Null;
    insta::assert_snapshot!(explained(&case), @r"
    cannot-tell
    lost of identity could not be read
    scp is unknown
    resource is unknown
    identity own 0 (Ignored) may match: resource
    identity own 1 (Office) may match: NotIpAddress aws:SourceIp
    ");
}

#[test]
fn the_usual_keys_are_those_that_aws_sets() {
    let request = |principal: &str, role: Option<&str>| -> Request {
        world::request(
            &json!({"principal": principal, "role": role, "action": "kms:Decrypt", "resource": "arn:aws:kms:us-east-1:210987654321:key/k"}),
        )
        .with_usual_keys()
    };
    let keys = |request: &Request| request.context().iter().map(|(key, value)| format!("{key} {value:?}\n")).collect::<String>();
    insta::assert_snapshot!(keys(&request("arn:aws:sts::123456789012:assumed-role/exec/task", Some("arn:aws:iam::123456789012:role/ecs/exec"))), @r#"
    aws:principalaccount One("123456789012")
    aws:principalarn One("arn:aws:iam::123456789012:role/ecs/exec")
    aws:principalisawsservice One("false")
    aws:principaltype One("AssumedRole")
    aws:resourceaccount One("210987654321")
    aws:username Absent
    kms:calleraccount One("123456789012")
    "#);
    insta::assert_snapshot!(keys(&request("arn:aws:sts::123456789012:assumed-role/exec/task", None)), @r#"
    aws:principalaccount One("123456789012")
    aws:principalarn Like("arn:aws:iam::123456789012:role/*exec")
    aws:principalisawsservice One("false")
    aws:principaltype One("AssumedRole")
    aws:resourceaccount One("210987654321")
    aws:username Absent
    kms:calleraccount One("123456789012")
    "#);
    insta::assert_snapshot!(keys(&request("ecs-tasks.amazonaws.com", None)), @r#"
    aws:principalaccount Unknown
    aws:principalarn Unknown
    aws:principalisawsservice One("true")
    aws:principaltype Unknown
    aws:resourceaccount One("210987654321")
    aws:username Unknown
    kms:calleraccount Unknown
    "#);
}

#[test]
fn a_key_that_is_given_is_never_replaced_by_a_usual_one() {
    let request = json!({"principal": "arn:aws:iam::123456789012:user/ann", "action": "kms:Decrypt", "resource": "*", "context": {"AWS:PrincipalArn": null}});
    let context = world::request(&request).with_usual_keys();
    assert_eq!(context.context().get("aws:PrincipalArn"), &sekisho_iam::ContextValue::Unknown);
}

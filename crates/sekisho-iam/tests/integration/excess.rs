//! What policies allow beyond a task, and what changes between two versions.

use std::sync::Arc;

use sekisho_iam::{Call, CompiledPolicy, PolicySet, difference, excess};
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use serde_json::{Value, json};

const PARAMETER: &str = "arn:aws:ssm:eu-west-1:123456789012:parameter";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret";

fn document(statements: Value, kind: PolicyKind) -> PolicyDocument {
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    sekisho_read::policy_text(&text, Some(kind)).unwrap()
}

fn identity(statements: Value) -> PolicyDocument {
    document(statements, PolicyKind::Identity)
}

fn beyond(action: &str, resource: &str) -> Vec<(&'static str, String, bool)> {
    let calls = [
        Call::new("ssm:GetParameters", format!("{PARAMETER}/production/a"), "x"),
        Call::new("secretsmanager:GetSecretValue", format!("{SECRET}:db-AbCdEf"), "x"),
    ];
    let document = identity(json!([{ "Effect": "Allow", "Action": action, "Resource": resource }]));
    let set = PolicySet::new([Arc::new(CompiledPolicy::new("p", PolicyKind::Identity, document))]);
    excess(&set, &calls).into_iter().map(|excess| (excess.action, excess.resource, excess.needed)).collect()
}

#[test]
fn what_the_task_needs_is_no_excess() {
    assert_eq!(beyond("ssm:GetParameters", &format!("{PARAMETER}/production/a")), []);
    assert_eq!(beyond("secretsmanager:GetSecretValue", &format!("{SECRET}:db-??????")), []);
    assert_eq!(beyond("secretsmanager:DescribeSecret", "*"), []);
}

#[test]
fn what_reaches_further_is_told_apart_from_what_is_not_needed() {
    let wide = format!("{PARAMETER}/production/*");
    assert_eq!(beyond("ssm:GetParameters", &wide), [("ssm:GetParameters", wide.clone(), true)]);
    let other = format!("{SECRET}:other-AbCdEf");
    assert_eq!(beyond("secretsmanager:GetSecretValue", &other), [("secretsmanager:GetSecretValue", other.clone(), false)]);
    let all: Vec<&str> = beyond("ssm:Get*", &wide).iter().map(|(action, _, _)| *action).collect();
    assert_eq!(all, ["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParametersByPath", "ssm:GetParameterHistory"]);
    assert_eq!(beyond("kms:Decrypt", "*"), [("kms:Decrypt", "*".to_owned(), false)]);
}

fn changes(old: Value, new: Value, kind: PolicyKind) -> Vec<String> {
    let changed = difference(&document(old, kind), &document(new, kind));
    changed
        .into_iter()
        .map(|change| {
            let sure = if change.certain { "" } else { " perhaps" };
            format!(
                "{}{sure} {}{} on {}",
                change.direction.as_str(),
                change.principal.map(|name| name + " ").unwrap_or_default(),
                change.action,
                change.resource
            )
        })
        .collect()
}

fn allow(action: Value, resource: &str) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

#[test]
fn the_same_said_otherwise_is_no_change() {
    let one = json!([allow(json!(["ssm:GetParameters", "ssm:GetParameter"]), "*")]);
    let other = json!([
        allow(json!("ssm:GETPARAMETER"), "*"),
        allow(json!("ssm:GetParameters"), "*"),
        allow(json!("ssm:GetParameters"), PARAMETER)
    ]);
    assert_eq!(changes(one.clone(), other.clone(), PolicyKind::Identity), [""; 0]);
    assert_eq!(changes(other, one, PolicyKind::Identity), [""; 0]);
}

#[test]
fn what_is_gained_and_lost_is_told_by_action_and_resource() {
    let old = json!([allow(json!("ssm:GetParameter*"), &format!("{PARAMETER}/a/*"))]);
    let new = json!([allow(json!("ssm:GetParameters"), &format!("{PARAMETER}/*"))]);
    assert_eq!(
        changes(old, new, PolicyKind::Identity),
        [
            format!("gains perhaps ssm:GetParameters on {PARAMETER}/*"),
            format!("loses ssm:GetParameter on {PARAMETER}/a/*"),
            format!("loses ssm:GetParameterHistory on {PARAMETER}/a/*"),
            format!("loses ssm:GetParametersByPath on {PARAMETER}/a/*"),
        ]
    );
}

#[test]
fn a_condition_makes_it_less_and_a_deny_takes_it_away() {
    let plain = allow(json!("secretsmanager:GetSecretValue"), "*");
    let mut tagged = plain.clone();
    tagged["Condition"] = json!({ "StringEquals": { "aws:ResourceTag/team": "a" } });
    assert_eq!(changes(json!([plain]), json!([tagged]), PolicyKind::Identity), ["loses perhaps secretsmanager:GetSecretValue on *"]);
    let denied = json!([plain, { "Effect": "Deny", "Action": "secretsmanager:GetSecretValue", "Resource": format!("{SECRET}:x-??????") }]);
    assert_eq!(
        changes(json!([plain]), denied, PolicyKind::Identity),
        [format!("loses secretsmanager:GetSecretValue on {SECRET}:x-??????")]
    );
}

#[test]
fn in_a_resources_policy_somebody_gains_it() {
    let of = |principal: &str| json!([{ "Effect": "Allow", "Principal": { "AWS": principal }, "Action": "secretsmanager:GetSecretValue", "Resource": "*" }]);
    let changed = changes(of("arn:aws:iam::123456789012:role/a"), of("arn:aws:iam::123456789012:role/b"), PolicyKind::Resource);
    assert_eq!(
        changed,
        [
            "gains AWS:arn:aws:iam::123456789012:role/b secretsmanager:GetSecretValue on *",
            "loses AWS:arn:aws:iam::123456789012:role/a secretsmanager:GetSecretValue on *",
        ]
    );
}

#[test]
fn all_actions_of_a_service_are_told_as_one() {
    assert_eq!(
        changes(
            json!([allow(json!("kms:ListKeys"), "*")]),
            json!([allow(json!("kms:ListKeys"), "*"), allow(json!("ecr:*"), "*")]),
            PolicyKind::Identity
        ),
        ["gains ecr:* on *"]
    );
}

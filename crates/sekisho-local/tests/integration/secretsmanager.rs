//! Secrets Manager: secrets, their values, versions and labels. Its further families are in modules of their own.

mod family;
mod finding;
mod lifecycle;
mod replicas;

use serde_json::{Value, json};

use crate::aws::{Answer, Aws};

pub(crate) const DAY: i64 = 86_400;

/// A token, which is a version's id, that a test can tell from others.
pub(crate) fn token(number: u8) -> String {
    format!("{number:08}-0000-0000-0000-000000000000")
}

pub(crate) fn sm(aws: &Aws, operation: &str, body: Value) -> Answer {
    aws.call(&format!("secretsmanager.{operation}"), body)
}

#[track_caller]
pub(crate) fn ok(aws: &Aws, operation: &str, body: Value) -> Value {
    aws.ok(&format!("secretsmanager.{operation}"), body)
}

/// Code and message of the error that must come.
#[track_caller]
pub(crate) fn refused(aws: &Aws, operation: &str, body: Value) -> String {
    let answer = sm(aws, operation, body);
    assert_eq!(answer.status, 400, "{operation}: {answer:?}");
    format!("{}: {}", answer.code(), answer.message())
}

/// Makes a secret whose first version is `token(1)`, and returns its ARN.
#[track_caller]
pub(crate) fn make(aws: &Aws, name: &str, value: &str) -> String {
    let input = json!({"Name": name, "SecretString": value, "ClientRequestToken": token(1)});
    ok(aws, "CreateSecret", input)["ARN"].as_str().unwrap().to_owned()
}

#[track_caller]
pub(crate) fn put(aws: &Aws, id: &str, number: u8, value: &str) {
    ok(aws, "PutSecretValue", json!({"SecretId": id, "SecretString": value, "ClientRequestToken": token(number)}));
}

#[track_caller]
pub(crate) fn value(aws: &Aws, id: &str) -> String {
    ok(aws, "GetSecretValue", json!({"SecretId": id}))["SecretString"].as_str().unwrap().to_owned()
}

#[track_caller]
pub(crate) fn describe(aws: &Aws, id: &str) -> Value {
    ok(aws, "DescribeSecret", json!({"SecretId": id}))
}

/// Labels by the versions' numbers.
#[track_caller]
pub(crate) fn stages(aws: &Aws, id: &str) -> Vec<String> {
    let described = describe(aws, id);
    let of = |(version, stages): (&String, &Value)| {
        let stages: Vec<&str> = stages.as_array().unwrap().iter().map(|stage| stage.as_str().unwrap()).collect();
        format!("{} {}", version.split_at(8).0.trim_start_matches('0'), stages.join(","))
    };
    described["VersionIdsToStages"].as_object().map(|versions| versions.iter().map(of).collect()).unwrap_or_default()
}

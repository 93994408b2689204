//! What is in the embedded AWS before the program comes, put there without it.

use bytes::Bytes;
use sekisho_local::{EmbeddedAws, OpenOptions};
use serde_json::{Value, json};

use crate::world::World;

/// The accounts of `examples/shop`.
pub const DEVELOPMENT: &str = "111122223333";
pub const PRODUCTION: &str = "123456789012";
pub const REGION: &str = "ap-northeast-1";

/// Calls the embedded AWS of `world` as an SDK would, and returns its answer.
#[track_caller]
pub fn call(world: &World, account: &str, target: &str, body: &Value) -> Value {
    let service = match target.split('.').next().unwrap() {
        "AmazonSSM" => "ssm",
        "TrentService" => "kms",
        other => other,
    };
    let status: Value = serde_json::from_str(&world.run(&["local", "status", "--output", "json"]).out).unwrap();
    let directory = status["directory"].as_str().unwrap().replacen('@', &world.path().to_string_lossy(), 1);
    let aws = EmbeddedAws::open(OpenOptions::new(directory, account.parse().unwrap())).unwrap();
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential={account}/20260101/{REGION}/{service}/aws4_request, SignedHeaders=host, Signature=00");
    let request = http::Request::post("http://localhost/")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", target)
        .header("authorization", authorization)
        // The end of the ARNs of what is made here.
        .header("x-sekisho-arn-suffix", "AbCdEf")
        .body(Bytes::from(body.to_string()))
        .unwrap();
    let answer = aws.handle(request);
    assert_eq!(answer.status(), 200, "{target}: {answer:?}");
    serde_json::from_slice(answer.body()).unwrap()
}

/// A SecureString.
pub fn parameter(world: &World, account: &str, name: &str, value: &str) {
    call(world, account, "AmazonSSM.PutParameter", &json!({ "Name": name, "Value": value, "Type": "SecureString", "Overwrite": true }));
}

/// The value of a parameter.
pub fn parameter_value(world: &World, account: &str, name: &str) -> String {
    let answer = call(world, account, "AmazonSSM.GetParameter", &json!({ "Name": name, "WithDecryption": true }));
    answer["Parameter"]["Value"].as_str().unwrap().to_owned()
}

/// A secret, whose ARN ends with `-AbCdEf`.
pub fn secret(world: &World, account: &str, name: &str, value: &str) {
    let body = json!({ "Name": name, "SecretString": value, "ClientRequestToken": "0".repeat(32) });
    call(world, account, "secretsmanager.CreateSecret", &body);
}

/// The current value of a secret.
pub fn secret_value(world: &World, account: &str, id: &str) -> String {
    let answer = call(world, account, "secretsmanager.GetSecretValue", &json!({ "SecretId": id }));
    answer["SecretString"].as_str().unwrap().to_owned()
}

/// `text` with what AWS draws at random made the same every time, width for width: suffixes of ARNs, version ids and their beginnings.
pub fn steady(text: &str) -> String {
    let version = regex_lite::Regex::new(r"\b([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b").unwrap();
    let suffix = regex_lite::Regex::new(r"(:secret:[\w/+=.@-]+?)-[A-Za-z0-9]{6}\b").unwrap();
    let beginning = regex_lite::Regex::new(r" [0-9a-f]{8} ").unwrap();
    let text = version.replace_all(text, "VERSION");
    let text = suffix.replace_all(&text, "$1-SUFFIX");
    beginning.replace_all(&text, " VVVVVVVV ").into_owned()
}

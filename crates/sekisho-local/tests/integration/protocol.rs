//! What is the same for all services: authentication's errors, unknown operations, malformed input.

use bytes::Bytes;
use http::Request;
use serde_json::json;

use crate::aws::{ACCOUNT, REGION, aws, read, request};

#[test]
fn a_request_without_authorization_is_told_so() {
    let aws = aws();
    let bare = Request::post("/").header("x-amz-target", "AmazonSSM.GetParameter").body(Bytes::from("{}")).unwrap();
    assert_eq!(read(aws.embedded.handle(bare)).code(), "MissingAuthenticationTokenException");
    let half = Request::post("/")
        .header("x-amz-target", "AmazonSSM.GetParameter")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e")
        .body(Bytes::from("{}"))
        .unwrap();
    assert_eq!(read(aws.embedded.handle(half)).code(), "IncompleteSignatureException");
}

#[test]
fn what_is_not_there_is_named_and_names_us() {
    let aws = aws();
    for target in ["AmazonSSM.SendCommand", "DynamoDB_20120810.GetItem", "nonsense"] {
        let answer = read(aws.embedded.handle(request(target, "1/2/us-east-1/ssm/aws4_request", &json!({}))));
        assert_eq!(answer.code(), "UnknownOperationException", "{target}");
        assert!(answer.message().contains("Sekisho"), "{answer:?}");
    }
    let operations = sekisho_local::supported_operations();
    assert!(operations.contains(&("ssm", "GetParameters")) && operations.is_sorted());
}

#[test]
fn malformed_bodies_are_serialization_errors() {
    let aws = aws();
    let credential = format!("{ACCOUNT}/20260101/{REGION}/ssm/aws4_request");
    for body in ["{", "[]", "\"planted\"", "{\"Name\": 1}", "{\"Name\": [\"planted\"]}"] {
        let mut bad = request("AmazonSSM.GetParameter", &credential, &json!({}));
        *bad.body_mut() = Bytes::from(body.to_owned());
        let answer = read(aws.embedded.handle(bad));
        assert_eq!((answer.status, answer.code()), (400, "SerializationException"), "{body}");
        assert!(!answer.message().contains("planted"));
    }
}

#[test]
fn constraints_are_worded_as_aws_words_them() {
    let aws = aws();
    let missing = aws.ssm("GetParameter", json!({"Name": null}));
    assert_eq!(
        missing.message(),
        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"
    );
    let eleven: Vec<String> = (0..11).map(|n| format!("/{n}")).collect();
    let many = aws.ssm("GetParameters", json!({"Names": eleven}));
    assert_eq!(
        many.message(),
        "1 validation error detected: Value '[/0, /1, /2, /3, /4, /5, /6, /7, /8, /9, /10]' at 'names' failed to satisfy constraint: Member \
         must have length less than or equal to 10"
    );
}

//! Who calls, and temporary credentials, through the query protocol.

use bytes::Bytes;
use http::Request;
use serde_json::json;

use crate::aws::{ACCOUNT, Aws, REGION, aws, read};

fn ask(aws: &Aws, key: &str, token: Option<&str>, form: &str) -> (u16, String) {
    let authorization = format!("AWS4-HMAC-SHA256 Credential={key}/20260101/{REGION}/sts/aws4_request, SignedHeaders=host, Signature=00");
    let mut request = Request::post("http://localhost/")
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .header("authorization", authorization);
    if let Some(token) = token {
        request = request.header("x-amz-security-token", token);
    }
    let response = aws.embedded.handle(request.body(Bytes::from(format!("Version=2011-06-15&{form}"))).unwrap());
    assert_eq!(response.headers()["content-type"], "text/xml");
    (response.status().as_u16(), String::from_utf8(response.body().to_vec()).unwrap())
}

fn member<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once(&format!("</{name}>")).unwrap().0
}

const ASSUME: &str = "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A210987654321%3Arole%2Fteam%2Fdeploy&RoleSessionName=me";

#[test]
fn the_caller_is_the_account_of_the_key() {
    let aws = aws();
    let (status, xml) = ask(&aws, ACCOUNT, None, "Action=GetCallerIdentity");
    assert_eq!(status, 200);
    assert_eq!(member(&xml, "Arn"), "arn:aws:iam::123456789012:root");
    assert_eq!(member(&xml, "Account"), ACCOUNT);
    assert_eq!(member(&ask(&aws, "000000000001", None, "Action=GetCallerIdentity").1, "Account"), "000000000001");
}

#[test]
fn an_assumed_role_works_in_its_account_until_it_ends() {
    let aws = aws();
    let (status, xml) = ask(&aws, ACCOUNT, None, &format!("{ASSUME}&DurationSeconds=900"));
    assert_eq!(status, 200, "{xml}");
    let (key, token) = (member(&xml, "AccessKeyId"), member(&xml, "SessionToken"));
    assert_eq!(member(&xml, "Expiration"), "2026-01-01T00:15:00Z");
    let who = |token| ask(&aws, key, token, "Action=GetCallerIdentity");
    assert_eq!(member(&who(Some(token)).1, "Arn"), "arn:aws:sts::210987654321:assumed-role/deploy/me");
    assert_eq!(member(&who(Some(token)).1, "UserId"), member(&xml, "AssumedRoleId"));
    let (status, refused) = who(None);
    assert_eq!((status, member(&refused, "Code")), (403, "InvalidClientTokenId"));
    let (_, chained) = ask(&aws, key, Some(token), &format!("{ASSUME}&DurationSeconds=7200"));
    assert_eq!(member(&chained, "Code"), "ValidationError");
    aws.later(900);
    let (status, expired) = who(Some(token));
    assert_eq!((status, member(&expired, "Code")), (403, "ExpiredToken"));
}

#[test]
fn wrong_requests_are_refused() {
    let aws = aws();
    let code = |form: &str| member(&ask(&aws, ACCOUNT, None, form).1, "Code").to_owned();
    assert_eq!(code(&format!("{ASSUME}&DurationSeconds=60")), "ValidationError");
    assert_eq!(code(&format!("{ASSUME}&DurationSeconds=x")), "MalformedInput");
    assert_eq!(code("Action=AssumeRole&RoleArn=arn:aws:iam::210987654321:user/me&RoleSessionName=me"), "ValidationError");
    assert_eq!(code("Action=GetFederationToken"), "InvalidAction");
    let unknown = ask(&aws, "ASIAAAAAAAAAAAAAAAAA", Some("x"), "Action=GetCallerIdentity").1;
    assert_eq!(member(&unknown, "Code"), "InvalidClientTokenId");
    let session = ask(&aws, ACCOUNT, None, "Action=GetSessionToken").1;
    assert!(member(&session, "AccessKeyId").starts_with("ASIA"));
}

#[test]
fn other_services_call_the_same_refusals_by_their_json_names() {
    let aws = aws();
    let request = crate::aws::request("AmazonSSM.GetParameter", "ASIAX/20260101/us-east-1/ssm/aws4_request", &json!({"Name": "/a"}));
    assert_eq!(read(aws.embedded.handle(request)).code(), "UnrecognizedClientException");
}

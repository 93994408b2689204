//! How a secret is named, and how secrets are listed.

use serde_json::{Value, json};

use super::{describe, make, ok, put, refused, sm, token, value};
use crate::aws::{ACCOUNT, Aws, REGION, aws, read, request, texts};

const NOT_FOUND: &str = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";

#[test]
fn a_secret_is_found_by_name_by_arn_and_by_partial_arn() {
    let aws = aws();
    let arn = make(&aws, "shop/db", "v");
    let partial = arn.rsplit_once('-').unwrap().0;
    for id in ["shop/db", &arn, partial] {
        assert_eq!(value(&aws, id), "v", "{id}");
    }
    let other_suffix = format!("{partial}-ZZZZZZ");
    for id in [&other_suffix, &arn.replace(REGION, "us-east-1"), &arn.replace("arn:aws:", "arn:aws-cn:"), "db"] {
        assert_eq!(refused(&aws, "GetSecretValue", json!({"SecretId": id})), NOT_FOUND, "{id}");
    }
    for id in ["a b", "${SECRET}", "arn:aws:ssm:x:1:parameter/a", &format!("{arn}:password::")] {
        assert!(refused(&aws, "GetSecretValue", json!({"SecretId": id})).starts_with("ValidationException: Invalid name."), "{id}");
    }
}

#[test]
fn a_name_like_a_complete_arn_is_misread_in_a_partial_one() {
    let aws = aws();
    let arn = make(&aws, "test-secret", "v");
    let partial = arn.rsplit_once('-').unwrap().0;
    assert_eq!(refused(&aws, "GetSecretValue", json!({"SecretId": partial})), NOT_FOUND);
    assert_eq!((value(&aws, &arn), value(&aws, "test-secret")), ("v".into(), "v".into()));
}

#[test]
fn a_suffix_can_be_chosen_so_that_a_copy_keeps_its_arns() {
    let aws = aws();
    let create = |name: &str, suffix: &str| {
        let credential = format!("{ACCOUNT}/20260101/{REGION}/secretsmanager/aws4_request");
        let mut request = request("secretsmanager.CreateSecret", &credential, &json!({"Name": name}));
        request.headers_mut().insert("x-sekisho-arn-suffix", suffix.parse().unwrap());
        read(aws.embedded.handle(request))
    };
    let arn = format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:a-AbCdEf");
    assert_eq!(create("a", "AbCdEf").body["ARN"], arn.as_str());
    assert_eq!(create("a", "AbCdEf").code(), "ResourceExistsException");
    assert_eq!(create("b", "AbCdEf").status, 200);
    for suffix in ["", "AbCdE", "AbCdEfG", "AbCd-f"] {
        assert_eq!(create("c", suffix).code(), "InvalidParameterException", "{suffix}");
    }
}

#[test]
fn accounts_and_regions_are_apart() {
    let aws = aws();
    let arn = make(&aws, "s", "v");
    let call = |account: &str, region: &str, operation: &str, id: &str| {
        aws.call_as(account, region, &format!("secretsmanager.{operation}"), json!({"SecretId": id}))
    };
    assert_eq!(call(ACCOUNT, "us-east-1", "DescribeSecret", "s").code(), "ResourceNotFoundException");
    assert_eq!(call("210987654321", REGION, "DescribeSecret", "s").code(), "ResourceNotFoundException");
    let answer = call("210987654321", REGION, "GetSecretValue", &arn);
    assert_eq!(answer.code(), "AccessDeniedException");
    assert!(answer.message().contains("because no resource-based policy allows the secretsmanager:GetSecretValue action"), "{answer:?}");
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
        "Principal": {"AWS": "arn:aws:iam::210987654321:root"}}]});
    ok(&aws, "PutResourcePolicy", json!({"SecretId": "s", "ResourcePolicy": policy.to_string()}));
    assert_eq!(call("210987654321", REGION, "DescribeSecret", &arn).body["Name"], "s");
    // The key that AWS manages lets in nobody from another account.
    assert_eq!(call("210987654321", REGION, "GetSecretValue", &arn).message(), "Access to KMS is not allowed");
    let put = json!({"SecretId": arn, "SecretString": "x", "ClientRequestToken": token(2)});
    let answer = aws.call_as("210987654321", REGION, "secretsmanager.PutSecretValue", put);
    assert_eq!(answer.message(), "Access to KMS is not allowed");
}

fn names(aws: &Aws, input: Value) -> Vec<String> {
    texts(&ok(aws, "ListSecrets", input)["SecretList"], "Name")
}

#[test]
fn lists_are_sorted_and_paged() {
    let aws = aws();
    for name in ["b", "c", "a"] {
        make(&aws, name, "v");
        aws.later(10);
    }
    put(&aws, "c", 2, "w");
    assert_eq!(names(&aws, json!({})), ["b", "c", "a"]);
    assert_eq!(names(&aws, json!({"SortOrder": "desc"})), ["a", "c", "b"]);
    assert_eq!(names(&aws, json!({"SortBy": "name"})), ["a", "b", "c"]);
    assert_eq!(names(&aws, json!({"SortBy": "name", "SortOrder": "desc"})), ["c", "b", "a"]);
    assert_eq!(names(&aws, json!({"SortBy": "last-changed-date"})), ["b", "a", "c"]);
    for order in ["asc", "desc"] {
        let (mut all, mut next) = (Vec::new(), Value::Null);
        loop {
            let page = ok(&aws, "ListSecrets", json!({"MaxResults": 1, "SortOrder": order, "NextToken": next}));
            all.extend(texts(&page["SecretList"], "Name"));
            next = page["NextToken"].clone();
            if next.is_null() {
                break;
            }
        }
        assert_eq!(all, names(&aws, json!({"SortOrder": order})));
    }
    assert!(refused(&aws, "ListSecrets", json!({"NextToken": "x"})).starts_with("InvalidNextTokenException"));
    assert_eq!(sm(&aws, "ListSecrets", json!({"MaxResults": 101})).code(), "ValidationException");
}

#[test]
fn filters_choose() {
    let aws = aws();
    let create = |name: &str, description: &str, key: &str, value: &str| {
        ok(&aws, "CreateSecret", json!({"Name": name, "Description": description, "Tags": [{"Key": key, "Value": value}]}));
        aws.later(1);
    };
    create("prod/OrderDatabase", "the Orders' store", "Team", "payments");
    create("prod/session", "Redis", "team", "web");
    create("dev/session", "the local one", "Owner", "web");
    let by = |key: &str, values: Value| names(&aws, json!({"Filters": [{"Key": key, "Values": values}]}));
    assert_eq!(by("name", json!(["prod/"])), ["prod/OrderDatabase", "prod/session"]);
    assert_eq!(by("name", json!(["Prod/"])), Vec::<String>::new());
    assert_eq!(by("name", json!(["!prod/"])), ["dev/session"]);
    assert_eq!(by("tag-key", json!(["Te"])), ["prod/OrderDatabase"]);
    assert_eq!(by("tag-value", json!(["web"])), ["prod/session", "dev/session"]);
    assert_eq!(by("description", json!(["THE loc"])), ["dev/session"]);
    assert_eq!(by("all", json!(["database"])), ["prod/OrderDatabase"]);
    assert_eq!(by("all", json!(["redis", "pay"])), ["prod/OrderDatabase", "prod/session"]);
    assert_eq!(by("all", json!(["session web"])), ["prod/session", "dev/session"]);
    assert_eq!(by("owning-service", json!(["rds"])), Vec::<String>::new());
    let both = json!({"Filters": [{"Key": "name", "Values": ["prod/"]}, {"Key": "tag-value", "Values": ["web"]}]});
    assert_eq!(names(&aws, both), ["prod/session"]);
    assert_eq!(refused(&aws, "ListSecrets", json!({"Filters": [{"Values": ["x"]}]})), "InvalidParameterException: Invalid filter key");
    assert!(refused(&aws, "ListSecrets", json!({"Filters": [{"Key": "colour", "Values": ["x"]}]})).starts_with("ValidationException"));
}

#[test]
fn tags_are_added_and_taken() {
    let aws = aws();
    make(&aws, "s", "v");
    assert_eq!(describe(&aws, "s").get("Tags"), None);
    let tag = |tags: Value| sm(&aws, "TagResource", json!({"SecretId": "s", "Tags": tags}));
    tag(json!([{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]));
    tag(json!([{"Key": "a", "Value": "3"}]));
    assert_eq!(describe(&aws, "s")["Tags"], json!([{"Key": "a", "Value": "3"}, {"Key": "b", "Value": "2"}]));
    ok(&aws, "UntagResource", json!({"SecretId": "s", "TagKeys": ["a", "b", "c"]}));
    assert_eq!(describe(&aws, "s")["Tags"], json!([]));
    assert_eq!(tag(json!([{"Key": "aws:x", "Value": "1"}])).code(), "InvalidParameterException");
    let many: Vec<Value> = (0..51).map(|number| json!({"Key": format!("k{number}"), "Value": ""})).collect();
    assert_eq!(tag(many.into()).code(), "LimitExceededException");
}

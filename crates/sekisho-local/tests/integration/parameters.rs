//! PutParameter, reading, selectors, versions, labels, tags, deletion.

use serde_json::{Value, json};

use crate::aws::{aws, texts};

#[test]
fn what_was_put_is_got() {
    let aws = aws();
    let put = aws.ssm_ok("PutParameter", json!({"Name": "/dev/db/password", "Value": "s3cret", "Type": "SecureString"}));
    assert_eq!(put, json!({"Version": 1, "Tier": "Standard"}));
    let got = aws.ssm_ok("GetParameter", json!({"Name": "/dev/db/password", "WithDecryption": true}));
    let parameter = &got["Parameter"];
    assert_eq!(parameter["Value"], "s3cret");
    assert_eq!(parameter["ARN"], "arn:aws:ssm:ap-northeast-1:123456789012:parameter/dev/db/password");
    assert_eq!((&parameter["Version"], &parameter["DataType"]), (&json!(1), &json!("text")));
    assert!(parameter.get("Selector").is_none());
    let described = aws.ssm_ok("DescribeParameters", json!({}));
    assert_eq!(described["Parameters"][0]["KeyId"], "alias/aws/ssm");
    assert_eq!(described["Parameters"][0]["LastModifiedUser"], "arn:aws:iam::123456789012:root");
}

#[test]
fn without_decryption_a_secure_string_is_ciphertext() {
    let aws = aws();
    let key = aws.kms_ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "hunter2", "Type": "SecureString", "KeyId": key}));
    let shown = aws.ssm_ok("GetParameter", json!({"Name": "/a"}))["Parameter"]["Value"].as_str().unwrap().to_owned();
    assert!(!shown.contains("hunter2") && shown.len() > 40, "{shown}");
    let context = json!({"PARAMETER_ARN": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a"});
    let opened = aws.kms_ok("Decrypt", json!({"CiphertextBlob": shown, "EncryptionContext": context}));
    assert_eq!(opened["Plaintext"], "aHVudGVyMg==");
    assert_eq!(aws.kms_error("Decrypt", json!({"CiphertextBlob": shown})), "InvalidCiphertextException");
}

#[test]
fn a_parameter_is_not_overwritten_unasked() {
    let aws = aws();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "1", "Type": "String"}));
    assert_eq!(aws.ssm_error("PutParameter", json!({"Name": "/a", "Value": "2", "Type": "String"})), "ParameterAlreadyExists");
    let put = aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "2", "Overwrite": true}));
    assert_eq!(put["Version"], 2);
    assert_eq!(aws.ssm_ok("GetParameter", json!({"Name": "/a"}))["Parameter"]["Value"], "2");
    let tagged = json!({"Name": "/a", "Value": "3", "Overwrite": true, "Tags": [{"Key": "k", "Value": "v"}]});
    assert_eq!(aws.ssm_error("PutParameter", tagged), "ValidationException");
}

#[test]
fn names_keep_the_rules() {
    let aws = aws();
    let code = |name: &str| aws.ssm_error("PutParameter", json!({"Name": name, "Value": "v", "Type": "String"}));
    for name in ["aws-x", "SSMx", "/ssm/x", "a/b", "/a b", "/a//b", "/日本"] {
        assert_eq!(code(name), "ValidationException", "{name}");
    }
    assert_eq!(code("/aws/reference/secretsmanager/x"), "AccessDeniedException");
    assert_eq!(code("/aws/x"), "AccessDeniedException");
    assert_eq!(code(&"/a".repeat(16)), "HierarchyLevelLimitExceededException");
    aws.ssm_ok("PutParameter", json!({"Name": format!("  {} ", "/a".repeat(15)), "Value": "v", "Type": "String"}));
    aws.ssm_ok("GetParameter", json!({"Name": "/a".repeat(15)}));
}

#[test]
fn values_keep_the_rules_and_are_not_repeated() {
    let aws = aws();
    let put = |value: &str, more: Value| {
        let mut input = json!({"Name": "/a", "Value": value, "Type": "String", "Overwrite": true});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = aws.ssm("PutParameter", input);
        assert!(value.is_empty() || !answer.body.to_string().contains(value), "{answer:?}");
        answer
    };
    assert_eq!(put("", json!({})).code(), "ValidationException");
    assert_eq!(put("planted{{ssm:x}}", json!({})).code(), "ValidationException");
    assert_eq!(put(&"é".repeat(2048), json!({})).status, 200);
    assert_eq!(put(&"x".repeat(4097), json!({})).code(), "ValidationException");
    assert_eq!(put("planted", json!({"AllowedPattern": "^\\d+$"})).code(), "ParameterPatternMismatchException");
    assert_eq!(put("planted", json!({"AllowedPattern": "("})).code(), "InvalidAllowedPatternException");
    assert_eq!(put("planted", json!({"DataType": "Text"})).code(), "ValidationException");
    assert_eq!(put("planted", json!({"Type": "Binary"})).code(), "ValidationException");
    assert_eq!(put("planted", json!({"AllowedPattern": "^p"})).status, 200);
    assert_eq!(put("qlanted", json!({})).code(), "ParameterPatternMismatchException", "the pattern stays");
    assert_eq!(aws.ssm_error("PutParameter", json!({"Name": "/b", "Value": "v"})), "ValidationException");
}

#[test]
fn tiers_go_one_way() {
    let aws = aws();
    let put = |value: &str, tier: &str| {
        aws.ssm("PutParameter", json!({"Name": "/a", "Value": value, "Type": "String", "Overwrite": true, "Tier": tier}))
    };
    assert_eq!(put("v", "Intelligent-Tiering").body["Tier"], "Standard");
    assert_eq!(put(&"v".repeat(5000), "Intelligent-Tiering").body["Tier"], "Advanced");
    assert_eq!(put("v", "Intelligent-Tiering").body["Tier"], "Advanced");
    assert_eq!(put("v", "Standard").code(), "ValidationException");
    assert_eq!(put(&"v".repeat(8193), "Advanced").code(), "ValidationException");
    assert_eq!(aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "v", "Overwrite": true}))["Tier"], "Advanced");
}

#[test]
fn an_expired_parameter_is_gone() {
    let aws = aws();
    let policies = json!([{"Type": "Expiration", "Version": "1.0", "Attributes": {"Timestamp": "2026-01-01T01:00:00Z"}}]).to_string();
    let input = json!({"Name": "/a", "Value": "v", "Type": "String", "Tier": "Standard", "Policies": policies});
    assert_eq!(aws.ssm_error("PutParameter", input), "ValidationException");
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "v", "Type": "String", "Tier": "Advanced", "Policies": policies}));
    aws.ssm_ok("GetParameter", json!({"Name": "/a"}));
    aws.later(3600);
    assert_eq!(aws.ssm_error("GetParameter", json!({"Name": "/a"})), "ParameterNotFound");
    assert_eq!(aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "w", "Type": "String"}))["Version"], 1);
    let history = aws.ssm_ok("GetParameterHistory", json!({"Name": "/a"}));
    assert_eq!(texts(&history["Parameters"], "Value"), ["w"]);
    let wrong = json!([{"Type": "Expiry"}]).to_string();
    let put = json!({"Name": "/a", "Value": "v", "Overwrite": true, "Tier": "Advanced", "Policies": wrong});
    assert_eq!(aws.ssm_error("PutParameter", put), "InvalidPolicyTypeException");
}

#[test]
fn selectors_choose_versions_and_are_echoed() {
    let aws = aws();
    for value in ["one", "two", "three"] {
        aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": value, "Type": "String", "Overwrite": true}));
    }
    let labelled = aws.ssm_ok("LabelParameterVersion", json!({"Name": "/a", "ParameterVersion": 2, "Labels": ["good", "1bad", "aws"]}));
    assert_eq!(labelled, json!({"InvalidLabels": ["1bad", "aws"], "ParameterVersion": 2}));
    let get = |name: &str| aws.ssm("GetParameter", json!({"Name": name}));
    let arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a";
    for (name, value, selector) in [("/a:1", "one", ":1"), ("/a:good", "two", ":good"), (&format!("{arn}:3"), "three", ":3")] {
        let answer = get(name).body;
        assert_eq!((&answer["Parameter"]["Value"], &answer["Parameter"]["Selector"]), (&json!(value), &json!(selector)), "{name}");
        assert_eq!(answer["Parameter"]["Name"], "/a");
    }
    assert_eq!(get(arn).body["Parameter"]["Value"], "three");
    assert_eq!(get("/a:4").code(), "ParameterVersionNotFound");
    assert_eq!(get("/a:nothing").code(), "ParameterVersionNotFound");
    let missing = get("/b");
    assert_eq!((missing.status, missing.code(), missing.message()), (400, "ParameterNotFound", ""));
    assert_eq!(get("arn:aws:ssm:us-east-1:123456789012:parameter/a").code(), "ParameterNotFound");
    assert_eq!(get("arn:aws:ssm:ap-northeast-1:999999999999:parameter/a").code(), "AccessDeniedException");
    let many = aws.ssm_ok("GetParameters", json!({"Names": ["/z", "/a:good", "/a", "/a:9"]}));
    assert_eq!(texts(&many["Parameters"], "Value"), ["three", "two"]);
    assert_eq!(many["InvalidParameters"], json!(["/z", "/a:9"]));
    // A label moves.
    aws.ssm_ok("LabelParameterVersion", json!({"Name": "/a", "Labels": ["good"]}));
    assert_eq!(get("/a:good").body["Parameter"]["Value"], "three");
    let removed = aws.ssm_ok("UnlabelParameterVersion", json!({"Name": "/a", "ParameterVersion": 3, "Labels": ["good", "other"]}));
    assert_eq!(removed, json!({"RemovedLabels": ["good"], "InvalidLabels": ["other"]}));
}

#[test]
fn accounts_and_regions_do_not_see_each_other() {
    let aws = aws();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "here", "Type": "String"}));
    let code = |account: &str, region: &str| aws.call_as(account, region, "AmazonSSM.GetParameter", json!({"Name": "/a"})).status;
    assert_eq!(code("123456789012", "us-east-1"), 400);
    assert_eq!(code("210987654321", "ap-northeast-1"), 400);
    // An access key that is no account is of the default account.
    assert_eq!(code("AKIAIOSFODNN7EXAMPLE", "ap-northeast-1"), 200);
    let put = aws.call_as("210987654321", "cn-north-1", "AmazonSSM.PutParameter", json!({"Name": "x", "Value": "v", "Type": "String"}));
    assert_eq!(put.status, 200);
    let got = aws.call_as("210987654321", "cn-north-1", "AmazonSSM.GetParameter", json!({"Name": "x"}));
    assert_eq!(got.body["Parameter"]["ARN"], "arn:aws-cn:ssm:cn-north-1:210987654321:parameter/x");
}

#[test]
fn a_hundred_versions_are_kept_unless_the_oldest_has_a_label() {
    let aws = aws();
    let put = |n: u32| aws.ssm("PutParameter", json!({"Name": "/a", "Value": n.to_string(), "Type": "String", "Overwrite": true}));
    for n in 1..=101 {
        assert_eq!(put(n).body["Version"], n);
    }
    assert_eq!(aws.ssm_error("GetParameter", json!({"Name": "/a:1"})), "ParameterVersionNotFound");
    aws.ssm_ok("LabelParameterVersion", json!({"Name": "/a", "ParameterVersion": 2, "Labels": ["keep"]}));
    assert_eq!(put(102).code(), "ParameterMaxVersionLimitExceeded");
    assert_eq!(aws.ssm_ok("GetParameter", json!({"Name": "/a"}))["Parameter"]["Value"], "101", "the refused write left nothing");
    aws.ssm_ok("LabelParameterVersion", json!({"Name": "/a", "ParameterVersion": 50, "Labels": ["keep"]}));
    assert_eq!(put(102).body["Version"], 102);
    let mut versions = Vec::new();
    let mut token = Value::Null;
    loop {
        let page = aws.ssm_ok("GetParameterHistory", json!({"Name": "/a", "MaxResults": 40, "NextToken": token}));
        versions.extend(page["Parameters"].as_array().unwrap().iter().map(|entry| entry["Version"].as_u64().unwrap()));
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(versions, (3..=102).collect::<Vec<_>>());
}

#[test]
fn tags_are_added_listed_and_removed() {
    let aws = aws();
    aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "v", "Type": "String", "Tags": [{"Key": "team", "Value": "shop"}]}));
    let resource = json!({"ResourceType": "Parameter", "ResourceId": "/a"});
    let with = |more: Value| {
        let mut input = resource.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    aws.ssm_ok("AddTagsToResource", with(json!({"Tags": [{"Key": "env", "Value": "dev"}]})));
    aws.ssm_ok("RemoveTagsFromResource", with(json!({"TagKeys": ["team", "none"]})));
    assert_eq!(aws.ssm_ok("ListTagsForResource", resource.clone())["TagList"], json!([{"Key": "env", "Value": "dev"}]));
    assert_eq!(aws.ssm_error("ListTagsForResource", json!({"ResourceType": "Parameter", "ResourceId": "/b"})), "InvalidResourceId");
    assert_eq!(aws.ssm_error("ListTagsForResource", json!({"ResourceType": "Document", "ResourceId": "/a"})), "InvalidResourceType");
    let many: Vec<Value> = (0..60).map(|n| json!({"Key": format!("k{n}"), "Value": ""})).collect();
    assert_eq!(aws.ssm_error("AddTagsToResource", with(json!({"Tags": many}))), "TooManyTagsError");
}

#[test]
fn what_was_deleted_is_gone_with_its_history() {
    let aws = aws();
    for name in ["/a", "/b"] {
        for _ in 0..2 {
            aws.ssm_ok("PutParameter", json!({"Name": name, "Value": "v", "Type": "String", "Overwrite": true}));
        }
    }
    let deleted = aws.ssm_ok("DeleteParameters", json!({"Names": ["/a", "/none"]}));
    assert_eq!(deleted, json!({"DeletedParameters": ["/a"], "InvalidParameters": ["/none"]}));
    aws.ssm_ok("DeleteParameter", json!({"Name": "/b"}));
    assert_eq!(aws.ssm_error("DeleteParameter", json!({"Name": "/b"})), "ParameterNotFound");
    assert_eq!(aws.ssm_ok("PutParameter", json!({"Name": "/a", "Value": "v", "Type": "String"}))["Version"], 1);
    assert_eq!(aws.ssm_error("GetParameter", json!({"Name": "/a:2"})), "ParameterVersionNotFound");
}

#[test]
fn a_key_that_cannot_be_used_fails_the_whole_batch() {
    let aws = aws();
    let key = aws.kms_ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    aws.ssm_ok("PutParameter", json!({"Name": "/plain", "Value": "v", "Type": "String"}));
    aws.ssm_ok("PutParameter", json!({"Name": "/sealed", "Value": "v", "Type": "SecureString", "KeyId": key}));
    let read = || aws.ssm("GetParameters", json!({"Names": ["/plain", "/sealed"], "WithDecryption": true}));
    aws.kms_ok("DisableKey", json!({"KeyId": key}));
    let refused = read();
    assert_eq!(refused.code(), "InvalidKeyId");
    assert!(refused.message().contains("is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException"), "{refused:?}");
    assert_eq!(aws.ssm("GetParameters", json!({"Names": ["/plain", "/sealed"]})).status, 200, "metadata and ciphertext need no key");
    aws.kms_ok("EnableKey", json!({"KeyId": key}));
    assert_eq!(read().status, 200);
    aws.kms_ok("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7}));
    assert_eq!(read().code(), "InvalidKeyId");
    aws.kms_ok("CancelKeyDeletion", json!({"KeyId": key}));
    assert_eq!(read().code(), "InvalidKeyId", "a cancelled deletion leaves the key disabled");
    let put = json!({"Name": "/other", "Value": "v", "Type": "SecureString", "KeyId": "alias/none"});
    assert_eq!(aws.ssm_error("PutParameter", put), "InvalidKeyId");
    assert_eq!(aws.ssm_error("GetParameter", json!({"Name": "/other"})), "ParameterNotFound", "nothing of it was written");
}

#[test]
fn secrets_are_read_through_parameter_store() {
    let aws = aws();
    aws.ok(
        "secretsmanager.CreateSecret",
        json!({"Name": "dev/db", "SecretString": "s3cret", "ClientRequestToken": "00000000-0000-4000-8000-000000000001"}),
    );
    let name = "/aws/reference/secretsmanager/dev/db";
    let got = aws.ssm_ok("GetParameters", json!({"Names": [name, "/aws/reference/secretsmanager/none"], "WithDecryption": true}));
    let parameter = &got["Parameters"][0];
    assert_eq!((&parameter["Name"], &parameter["Value"], &parameter["Version"]), (&json!(name), &json!("s3cret"), &json!(0)));
    assert!(parameter["ARN"].as_str().unwrap().starts_with("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:dev/db-"));
    let source: Value = serde_json::from_str(parameter["SourceResult"].as_str().unwrap()).unwrap();
    assert_eq!(source["VersionStages"], json!(["AWSCURRENT"]));
    assert_eq!(got["InvalidParameters"], json!(["/aws/reference/secretsmanager/none"]));
    assert_eq!(
        aws.ssm("GetParameter", json!({"Name": format!("{name}:AWSCURRENT"), "WithDecryption": true})).body["Parameter"]["Selector"],
        ":AWSCURRENT"
    );
    assert_eq!(aws.ssm_error("GetParameter", json!({"Name": name})), "ValidationException");
}

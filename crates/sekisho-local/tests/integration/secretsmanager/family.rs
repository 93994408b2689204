//! Values, labels, keys, errors.

use serde_json::json;

use super::{DAY, describe, make, ok, put, refused, sm, stages, token, value};
use crate::aws::{ACCOUNT, REGION, aws, texts};

#[test]
fn what_was_created_is_read() {
    let aws = aws();
    let made = ok(&aws, "CreateSecret", json!({"Name": "a/b", "SecretString": "hunter2", "ClientRequestToken": token(1)}));
    let arn = made["ARN"].as_str().unwrap();
    let suffix = arn.strip_prefix(&format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:a/b-")).unwrap();
    assert!(suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{arn}");
    let read = ok(&aws, "GetSecretValue", json!({"SecretId": "a/b"}));
    let expected = json!({"ARN": arn, "Name": "a/b", "VersionId": token(1), "SecretString": "hunter2",
        "VersionStages": ["AWSCURRENT"], "CreatedDate": 1_767_225_600.0});
    assert_eq!(read, expected);
    ok(&aws, "PutSecretValue", json!({"SecretId": "a/b", "SecretBinary": "AP8=", "ClientRequestToken": token(2)}));
    let read = ok(&aws, "GetSecretValue", json!({"SecretId": "a/b"}));
    assert_eq!((read["SecretBinary"].as_str(), read.get("SecretString")), (Some("AP8="), None));
}

#[test]
fn a_secret_without_a_value_can_be_described_but_not_read() {
    let aws = aws();
    let made = ok(&aws, "CreateSecret", json!({"Name": "empty"}));
    assert_eq!(made.as_object().unwrap().keys().collect::<Vec<_>>(), ["ARN", "Name"]);
    let described = describe(&aws, "empty");
    assert_eq!(described.as_object().unwrap().keys().collect::<Vec<_>>(), ["ARN", "CreatedDate", "LastChangedDate", "Name"]);
    assert_eq!(
        refused(&aws, "GetSecretValue", json!({"SecretId": "empty"})),
        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"
    );
    assert_eq!(
        refused(&aws, "GetSecretValue", json!({"SecretId": "empty", "VersionId": token(7)})),
        format!("ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: {}", token(7))
    );
    assert_eq!(
        refused(&aws, "GetSecretValue", json!({"SecretId": "none"})),
        "ResourceNotFoundException: Secrets Manager can't find the specified secret."
    );
}

#[test]
fn labels_move_as_aws_moves_them() {
    let aws = aws();
    make(&aws, "s", "one");
    put(&aws, "s", 2, "two");
    assert_eq!(stages(&aws, "s"), ["1 AWSPREVIOUS", "2 AWSCURRENT"]);
    put(&aws, "s", 3, "three");
    assert_eq!(stages(&aws, "s"), ["2 AWSPREVIOUS", "3 AWSCURRENT"]);
    let pending = json!({"SecretId": "s", "SecretString": "four", "ClientRequestToken": token(4), "VersionStages": ["AWSPENDING", "BLUE"]});
    assert_eq!(ok(&aws, "PutSecretValue", pending)["VersionStages"], json!(["AWSPENDING", "BLUE"]));
    assert_eq!(value(&aws, "s"), "three");
    let stage = |label: &str, more: serde_json::Value| {
        let mut input = json!({"SecretId": "s", "VersionStage": label});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        sm(&aws, "UpdateSecretVersionStage", input)
    };
    assert!(stage("AWSCURRENT", json!({"MoveToVersionId": token(4)})).message().contains("RemoveFromVersionId can't be empty"));
    assert_eq!(stage("AWSCURRENT", json!({"MoveToVersionId": token(4), "RemoveFromVersionId": token(3)})).status, 200);
    assert_eq!(stages(&aws, "s"), ["3 AWSPREVIOUS", "4 AWSPENDING,BLUE,AWSCURRENT"]);
    assert_eq!(stage("AWSPENDING", json!({"RemoveFromVersionId": token(4)})).status, 200);
    let label = |label: &str| ok(&aws, "GetSecretValue", json!({"SecretId": "s", "VersionStage": label}))["SecretString"].clone();
    assert_eq!((label("AWSPREVIOUS"), label("BLUE")), (json!("three"), json!("four")));
    assert!(
        stage("AWSCURRENT", json!({"RemoveFromVersionId": token(4)})).message().starts_with("You can only move staging label AWSCURRENT")
    );
    let both = |label: &str| json!({"SecretId": "s", "VersionId": token(4), "VersionStage": label});
    assert_eq!(ok(&aws, "GetSecretValue", both("BLUE"))["SecretString"], "four");
    assert!(refused(&aws, "GetSecretValue", both("AWSPREVIOUS")).starts_with("InvalidRequestException: You provided a VersionStage"));
    // Deprecated, but still there.
    assert_eq!(ok(&aws, "GetSecretValue", json!({"SecretId": "s", "VersionId": token(1)}))["SecretString"], "one");
}

#[test]
fn versions_are_listed_and_old_ones_without_labels_pruned() {
    let aws = aws();
    make(&aws, "s", "1");
    for number in 2..=101 {
        put(&aws, "s", number, "x");
        aws.later(60);
    }
    let all = |token: Option<&str>, size: u8| {
        let mut input = json!({"SecretId": "s", "IncludeDeprecated": true, "MaxResults": size});
        if let Some(token) = token {
            input["NextToken"] = token.into();
        }
        ok(&aws, "ListSecretVersionIds", input)
    };
    let first = all(None, 100);
    let second = all(first["NextToken"].as_str(), 100);
    assert_eq!((first["Versions"].as_array().unwrap().len(), second["Versions"].as_array().unwrap().len()), (100, 1));
    assert_eq!(second.get("NextToken"), None);
    let labelled = ok(&aws, "ListSecretVersionIds", json!({"SecretId": "s"}));
    assert_eq!(texts(&labelled["Versions"], "VersionId"), [token(100), token(101)]);
    assert_eq!(labelled["Versions"][1]["KmsKeyIds"], json!(["DefaultEncryptionKey"]));
    assert_eq!(
        refused(&aws, "ListSecretVersionIds", json!({"SecretId": "s", "NextToken": "forged"})),
        "InvalidNextTokenException: The NextToken value is invalid."
    );
    aws.later(2 * DAY);
    put(&aws, "s", 102, "x");
    assert_eq!(all(None, 100)["Versions"].as_array().unwrap().len(), 100);
    assert!(refused(&aws, "GetSecretValue", json!({"SecretId": "s", "VersionId": token(2)})).contains("VersionId"));
}

#[test]
fn the_same_token_means_the_same_call() {
    let aws = aws();
    let arn = make(&aws, "s", "one");
    let create = |value: &str, number: u8| json!({"Name": "s", "SecretString": value, "ClientRequestToken": token(number)});
    let change = |value: &str, number: u8| json!({"SecretId": "s", "SecretString": value, "ClientRequestToken": token(number)});
    assert_eq!(ok(&aws, "CreateSecret", create("one", 1))["ARN"], arn.as_str());
    assert_eq!(ok(&aws, "PutSecretValue", change("one", 1))["VersionStages"], json!(["AWSCURRENT"]));
    assert_eq!(ok(&aws, "UpdateSecret", change("one", 1))["VersionId"], token(1));
    let in_use = format!(
        "ResourceExistsException: You can't use ClientRequestToken {} because that value is already in use for a version of secret {arn}.",
        token(1)
    );
    assert_eq!(refused(&aws, "CreateSecret", create("two", 1)), in_use);
    assert_eq!(refused(&aws, "PutSecretValue", change("two", 1)), in_use);
    assert_eq!(refused(&aws, "UpdateSecret", change("two", 1)), in_use);
    let exists = "ResourceExistsException: The operation failed because the secret s already exists.";
    assert_eq!(refused(&aws, "CreateSecret", create("one", 2)), exists);
    assert_eq!(refused(&aws, "CreateSecret", json!({"Name": "s"})), exists);
    let without = json!({"Name": "t", "SecretString": "x"});
    assert!(refused(&aws, "CreateSecret", without).starts_with("InvalidRequestException: You must provide a ClientRequestToken"));
    let short = json!({"Name": "t", "SecretString": "x", "ClientRequestToken": "short"});
    assert!(refused(&aws, "CreateSecret", short).contains("at 'clientRequestToken' failed to satisfy constraint: Member must have length"));
}

#[test]
fn values_are_bounded_and_never_repeated_in_a_refusal() {
    let aws = aws();
    let planted = "planted-Zq9-value";
    make(&aws, "there", "v");
    for input in [
        json!({"SecretString": planted.repeat(4000), "ClientRequestToken": token(2)}),
        json!({"SecretString": planted, "SecretBinary": "cGxhbnRlZA==", "ClientRequestToken": token(2)}),
        json!({"SecretBinary": "cGxhbnRlZ*", "ClientRequestToken": token(2)}),
        json!({"SecretString": [planted], "ClientRequestToken": token(2)}),
        json!({"SecretString": planted, "ClientRequestToken": token(1)}),
        json!({"SecretString": planted}),
        json!({"SecretString": "", "ClientRequestToken": token(2)}),
        json!({}),
    ] {
        for (operation, member) in [("CreateSecret", "Name"), ("PutSecretValue", "SecretId")] {
            let mut input = input.clone();
            input[member] = "there".into();
            let answer = sm(&aws, operation, input);
            assert_eq!(answer.status, 400, "{answer:?}");
            let text = answer.body.to_string();
            assert!(!text.contains("planted") && !text.contains("cGxhbnRl"), "{text}");
        }
    }
    let edge = json!({"SecretId": "there", "SecretString": "x".repeat(65_536), "ClientRequestToken": token(3)});
    ok(&aws, "PutSecretValue", edge);
    assert_eq!(value(&aws, "there").len(), 65_536);
    assert_eq!(
        refused(&aws, "PutSecretValue", json!({"SecretId": "there", "ClientRequestToken": token(4)})),
        "InvalidRequestException: You must provide either SecretString or SecretBinary."
    );
}

#[test]
fn no_value_is_in_the_files_of_the_state() {
    let aws = aws();
    make(&aws, "s", "planted-Zq9-value");
    value(&aws, "s");
    let state = aws.embedded.state_dir().to_owned();
    drop(aws.embedded);
    for entry in std::fs::read_dir(&state).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for needle in [b"planted".as_slice(), b"cGxhbnRlZ"] {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle));
        }
    }
}

#[test]
fn a_key_of_the_customer_seals_the_value_and_both_keys_open_it_after_a_change() {
    let aws = aws();
    let key = || aws.kms_ok("CreateKey", json!({}))["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
    let (old, new) = (key(), key());
    ok(&aws, "CreateSecret", json!({"Name": "s", "SecretString": "one", "ClientRequestToken": token(1), "KmsKeyId": old}));
    assert_eq!(describe(&aws, "s")["KmsKeyId"], old.as_str());
    put(&aws, "s", 2, "two");
    put(&aws, "s", 3, "three");
    let changed = ok(&aws, "UpdateSecret", json!({"SecretId": "s", "KmsKeyId": new}));
    assert_eq!(changed.get("VersionId"), None);
    let keys = |number: u8| {
        let listed = ok(&aws, "ListSecretVersionIds", json!({"SecretId": "s", "IncludeDeprecated": true}));
        let of = listed["Versions"].as_array().unwrap().iter().find(|version| version["VersionId"] == token(number)).unwrap();
        of["KmsKeyIds"].clone()
    };
    assert_eq!((keys(1), keys(3)), (json!([old]), json!([old, new])));
    let read = |number: u8| sm(&aws, "GetSecretValue", json!({"SecretId": "s", "VersionId": token(number)}));
    aws.kms_ok("DisableKey", json!({"KeyId": old}));
    assert_eq!((read(2).status, read(3).status), (200, 200));
    assert_eq!(read(1).code(), "DecryptionFailure");
    aws.kms_ok("EnableKey", json!({"KeyId": old}));
    aws.kms_ok("ScheduleKeyDeletion", json!({"KeyId": new, "PendingWindowInDays": 7}));
    assert_eq!((read(1).status, read(3).status), (200, 200));
    let next = json!({"SecretId": "s", "SecretString": "four", "ClientRequestToken": token(4)});
    assert!(refused(&aws, "PutSecretValue", next).starts_with("EncryptionFailure: "));
    assert_eq!(stages(&aws, "s"), ["2 AWSPREVIOUS", "3 AWSCURRENT"]);
    ok(&aws, "UpdateSecret", json!({"SecretId": "s", "KmsKeyId": "", "Description": "d"}));
    assert_eq!(describe(&aws, "s").get("KmsKeyId"), None);
    put(&aws, "s", 4, "four");
    assert_eq!(keys(4), json!(["DefaultEncryptionKey"]));
    let none = json!({"Name": "t", "SecretString": "x", "ClientRequestToken": token(1), "KmsKeyId": "alias/none"});
    assert!(refused(&aws, "CreateSecret", none).starts_with("EncryptionFailure: "));
    let theirs = format!("arn:aws:kms:{REGION}:210987654321:key/00000000-0000-0000-0000-000000000000");
    let theirs = json!({"Name": "t", "SecretString": "x", "ClientRequestToken": token(1), "KmsKeyId": theirs});
    assert_eq!(refused(&aws, "CreateSecret", theirs), "AccessDeniedException: Access to KMS is not allowed");
}

#[test]
fn the_key_that_aws_manages_is_not_shown_however_it_is_named() {
    let aws = aws();
    make(&aws, "first", "x");
    let managed = aws.kms_ok("DescribeKey", json!({"KeyId": "alias/aws/secretsmanager"}))["KeyMetadata"]["Arn"].clone();
    let alias = format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/secretsmanager");
    for (number, key) in [json!(""), json!("alias/aws/secretsmanager"), json!(alias), managed].into_iter().enumerate() {
        let name = format!("s{number}");
        ok(&aws, "CreateSecret", json!({"Name": name, "KmsKeyId": key}));
        assert_eq!(describe(&aws, &name).get("KmsKeyId"), None, "{key}");
    }
}

#[test]
fn dates_tell_what_happened_when() {
    let aws = aws();
    make(&aws, "s", "one");
    assert_eq!(describe(&aws, "s").get("LastAccessedDate"), None);
    aws.later(DAY / 2);
    value(&aws, "s");
    let described = describe(&aws, "s");
    assert_eq!(described["LastAccessedDate"], 1_767_225_600.0, "the day, not the time");
    assert_eq!(described["LastChangedDate"], 1_767_225_600.0, "reading changes nothing");
    aws.later(DAY);
    value(&aws, "s");
    let described = describe(&aws, "s");
    assert_eq!(described["LastAccessedDate"], 1_767_312_000.0);
    ok(&aws, "TagResource", json!({"SecretId": "s", "Tags": [{"Key": "k", "Value": "v"}]}));
    let described = describe(&aws, "s");
    assert_eq!((&described["LastChangedDate"], &described["CreatedDate"]), (&json!(1_767_355_200.0), &json!(1_767_225_600.0)));
    let versions = ok(&aws, "ListSecretVersionIds", json!({"SecretId": "s"}))["Versions"].clone();
    assert_eq!(versions[0]["LastAccessedDate"], 1_767_312_000.0);
}

#[test]
fn a_batch_reads_what_it_can_and_tells_the_rest() {
    let aws = aws();
    make(&aws, "a", "1");
    make(&aws, "b", "2");
    make(&aws, "gone", "3");
    ok(&aws, "CreateSecret", json!({"Name": "empty"}));
    ok(&aws, "DeleteSecret", json!({"SecretId": "gone"}));
    let batch = ok(&aws, "BatchGetSecretValue", json!({"SecretIdList": ["b", "none", "gone", "a", "empty"]}));
    assert_eq!(texts(&batch["SecretValues"], "SecretString"), ["2", "1"]);
    assert_eq!(texts(&batch["Errors"], "SecretId"), ["none", "gone", "empty"]);
    assert_eq!(texts(&batch["Errors"], "ErrorCode"), ["ResourceNotFoundException", "InvalidRequestException", "ResourceNotFoundException"]);
    let page = ok(&aws, "BatchGetSecretValue", json!({"Filters": [{"Key": "name", "Values": ["a", "b"]}], "MaxResults": 1}));
    let filters = json!({"Filters": [{"Key": "name", "Values": ["a", "b"]}], "NextToken": page["NextToken"]});
    let rest = ok(&aws, "BatchGetSecretValue", filters);
    assert_eq!((texts(&page["SecretValues"], "Name"), texts(&rest["SecretValues"], "Name")), (vec!["a".into()], vec!["b".into()]));
    for input in [json!({}), json!({"SecretIdList": ["a"], "Filters": []}), json!({"SecretIdList": ["a"], "MaxResults": 1})] {
        assert!(refused(&aws, "BatchGetSecretValue", input).starts_with("InvalidParameterException: "));
    }
}

#[test]
fn parameter_store_passes_secrets_through() {
    let aws = aws();
    let arn = make(&aws, "db/password", "hunter2");
    let got = aws.ssm_ok("GetParameter", json!({"Name": "/aws/reference/secretsmanager/db/password", "WithDecryption": true}));
    assert_eq!((&got["Parameter"]["Value"], &got["Parameter"]["ARN"]), (&json!("hunter2"), &json!(arn)));
    let missing = json!({"Name": "/aws/reference/secretsmanager/none", "WithDecryption": true});
    assert_eq!(aws.ssm_error("GetParameter", missing), "ParameterNotFound");
}

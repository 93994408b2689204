//! Deletion, rotation, policies, passwords.

use serde_json::{Value, json};

use super::{DAY, describe, make, ok, refused, sm, stages, token, value};
use crate::aws::{aws, texts};

const MARKED: &str = "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.";

#[test]
fn a_secret_marked_for_deletion_is_out_of_reach_until_it_is_restored() {
    let aws = aws();
    make(&aws, "s", "v");
    let deleted = ok(&aws, "DeleteSecret", json!({"SecretId": "s", "RecoveryWindowInDays": 7}));
    assert_eq!(deleted["DeletionDate"], 1_767_225_600.0 + 604_800.0);
    for (operation, input) in [
        ("GetSecretValue", json!({})),
        ("PutSecretValue", json!({"SecretString": "x", "ClientRequestToken": token(2)})),
        ("UpdateSecret", json!({"Description": "d"})),
        ("UpdateSecretVersionStage", json!({"VersionStage": "X", "MoveToVersionId": token(1)})),
        ("TagResource", json!({"Tags": []})),
        ("UntagResource", json!({"TagKeys": []})),
        ("RotateSecret", json!({})),
        ("CancelRotateSecret", json!({})),
        ("GetResourcePolicy", json!({})),
        ("DeleteResourcePolicy", json!({})),
        ("DeleteSecret", json!({})),
    ] {
        let mut input = input;
        input["SecretId"] = "s".into();
        assert_eq!(refused(&aws, operation, input), MARKED, "{operation}");
    }
    assert_eq!(describe(&aws, "s")["DeletedDate"], deleted["DeletionDate"]);
    assert_eq!(ok(&aws, "ListSecrets", json!({}))["SecretList"], json!([]));
    let all = ok(&aws, "ListSecrets", json!({"IncludePlannedDeletion": true}));
    assert_eq!(texts(&all["SecretList"], "Name"), ["s"]);
    assert_eq!(
        refused(&aws, "CreateSecret", json!({"Name": "s"})),
        "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion."
    );
    ok(&aws, "RestoreSecret", json!({"SecretId": "s"}));
    assert_eq!(describe(&aws, "s").get("DeletedDate"), None);
    assert_eq!(value(&aws, "s"), "v");
}

#[test]
fn a_secret_is_gone_when_its_window_is_over() {
    let aws = aws();
    let arn = make(&aws, "s", "v");
    ok(&aws, "DeleteSecret", json!({"SecretId": "s"}));
    aws.later(30 * DAY - 1);
    assert_eq!(refused(&aws, "GetSecretValue", json!({"SecretId": "s"})), MARKED);
    aws.later(1);
    assert!(refused(&aws, "DescribeSecret", json!({"SecretId": "s"})).starts_with("ResourceNotFoundException"));
    assert!(refused(&aws, "RestoreSecret", json!({"SecretId": "s"})).starts_with("ResourceNotFoundException"));
    let again = make(&aws, "s", "w");
    assert_ne!(again, arn);
    assert!(refused(&aws, "GetSecretValue", json!({"SecretId": arn})).starts_with("ResourceNotFoundException"));
    assert_eq!(value(&aws, "s"), "w");
    assert_eq!(ok(&aws, "ListSecretVersionIds", json!({"SecretId": "s"}))["Versions"].as_array().unwrap().len(), 1);
}

#[test]
fn a_forced_deletion_is_immediate() {
    let aws = aws();
    make(&aws, "s", "v");
    let force = |id: &str| sm(&aws, "DeleteSecret", json!({"SecretId": id, "ForceDeleteWithoutRecovery": true}));
    ok(&aws, "DeleteSecret", json!({"SecretId": "s"}));
    assert_eq!((force("s").status, force("s").status, force("none").status), (200, 200, 200));
    make(&aws, "s", "w");
    let window = "InvalidParameterException: RecoveryWindowInDays value must be between 7 and 30 days (inclusive).";
    for days in [-1, 0, 6, 31] {
        assert_eq!(refused(&aws, "DeleteSecret", json!({"SecretId": "s", "RecoveryWindowInDays": days})), window);
    }
    let both = json!({"SecretId": "s", "RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": true});
    assert!(refused(&aws, "DeleteSecret", both).contains("ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays"));
}

#[test]
fn a_rotation_waits_for_somebody_to_play_the_function() {
    let aws = aws();
    make(&aws, "s", "one");
    let lambda = "arn:aws:lambda:ap-northeast-1:123456789012:function:rotate";
    let rotate = |more: Value| {
        let mut input = json!({"SecretId": "s"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(
        refused(&aws, "RotateSecret", rotate(json!({"ClientRequestToken": token(2)}))),
        "InvalidRequestException: No Lambda rotation function ARN is associated with this secret."
    );
    assert_eq!(describe(&aws, "s").get("RotationEnabled"), None);
    for rules in [
        json!({"AutomaticallyAfterDays": 0}),
        json!({"AutomaticallyAfterDays": 1001}),
        json!({"AutomaticallyAfterDays": 1, "ScheduleExpression": "rate(1 day)"}),
        json!({"ScheduleExpression": "rate(1 hour)"}),
        json!({"AutomaticallyAfterDays": 1, "Duration": "3d"}),
    ] {
        let answer =
            sm(&aws, "RotateSecret", rotate(json!({"RotationLambdaARN": lambda, "RotationRules": rules, "RotateImmediately": false})));
        assert_eq!(answer.status, 400, "{rules}");
    }
    let later = json!({"RotationLambdaARN": lambda, "RotationRules": {"AutomaticallyAfterDays": 30}, "RotateImmediately": false});
    ok(&aws, "RotateSecret", rotate(later));
    let described = describe(&aws, "s");
    assert_eq!((&described["RotationEnabled"], &described["RotationLambdaARN"]), (&json!(true), &json!(lambda)));
    assert_eq!(described["RotationRules"], json!({"AutomaticallyAfterDays": 30}));
    assert_eq!(described["NextRotationDate"], 1_767_225_600.0 + 31.0 * 86_400.0 - 1.0);
    assert_eq!(stages(&aws, "s"), ["1 AWSCURRENT"]);

    assert_eq!(ok(&aws, "RotateSecret", rotate(json!({"ClientRequestToken": token(2)})))["VersionId"], token(2));
    assert_eq!(stages(&aws, "s"), ["1 AWSCURRENT", "2 AWSPENDING"]);
    let versions = ok(&aws, "ListSecretVersionIds", json!({"SecretId": "s"}));
    assert_eq!(texts(&versions["Versions"], "VersionId"), [token(1)], "a version without a value is not listed");
    assert!(refused(&aws, "GetSecretValue", json!({"SecretId": "s", "VersionStage": "AWSPENDING"})).contains("AWSPENDING"));
    assert!(refused(&aws, "RotateSecret", rotate(json!({"ClientRequestToken": token(3)}))).contains("previous rotation isn't complete"));
    let input = json!({"SecretId": "s", "SecretString": "two", "ClientRequestToken": token(2), "VersionStages": ["AWSPENDING"]});
    ok(&aws, "PutSecretValue", input);
    assert_eq!(value(&aws, "s"), "one");
    let finish = json!({"SecretId": "s", "VersionStage": "AWSCURRENT", "MoveToVersionId": token(2), "RemoveFromVersionId": token(1)});
    ok(&aws, "UpdateSecretVersionStage", finish);
    assert_eq!(value(&aws, "s"), "two");
    assert_eq!(describe(&aws, "s")["LastRotatedDate"], 1_767_225_600.0);
    assert_eq!(stages(&aws, "s"), ["1 AWSPREVIOUS", "2 AWSPENDING,AWSCURRENT"]);
    ok(&aws, "RotateSecret", rotate(json!({"ClientRequestToken": token(3)})));
    assert_eq!(ok(&aws, "CancelRotateSecret", rotate(json!({})))["VersionId"], token(3));
    let described = describe(&aws, "s");
    assert_eq!((&described["RotationEnabled"], described.get("NextRotationDate")), (&json!(false), None));
    assert_eq!(described["RotationLambdaARN"], lambda);
}

#[test]
fn policies_are_kept_and_public_ones_refused_where_asked() {
    let aws = aws();
    make(&aws, "s", "v");
    assert_eq!(ok(&aws, "GetResourcePolicy", json!({"SecretId": "s"})).get("ResourcePolicy"), None);
    let policy = |principal: Value| {
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*", "Principal": principal}]})
            .to_string()
    };
    let (ours, public) = (policy(json!({"AWS": "arn:aws:iam::123456789012:root"})), policy(json!("*")));
    ok(&aws, "PutResourcePolicy", json!({"SecretId": "s", "ResourcePolicy": ours, "BlockPublicPolicy": true}));
    assert_eq!(ok(&aws, "GetResourcePolicy", json!({"SecretId": "s", "PolicyName": "default"}))["ResourcePolicy"], ours.as_str());
    let blocked = json!({"SecretId": "s", "ResourcePolicy": public, "BlockPublicPolicy": true});
    assert!(refused(&aws, "PutResourcePolicy", blocked).starts_with("PublicPolicyException"));
    let broken = json!({"SecretId": "s", "ResourcePolicy": "some policy"});
    assert!(refused(&aws, "PutResourcePolicy", broken).starts_with("MalformedPolicyDocumentException"));
    let named = json!({"SecretId": "s", "ResourcePolicy": ours, "PolicyName": "other"});
    assert!(refused(&aws, "PutResourcePolicy", named).starts_with("InvalidParameterException"));
    let passed = |policy: &str| ok(&aws, "ValidateResourcePolicy", json!({"ResourcePolicy": policy}))["PolicyValidationPassed"].clone();
    assert_eq!((passed(&ours), passed(&public)), (json!(true), json!(false)));
    ok(&aws, "DeleteResourcePolicy", json!({"SecretId": "s"}));
    assert_eq!(ok(&aws, "GetResourcePolicy", json!({"SecretId": "s"})).get("ResourcePolicy"), None);
}

#[test]
fn passwords_obey_their_options() {
    let aws = aws();
    let password = |input: Value| ok(&aws, "GetRandomPassword", input)["RandomPassword"].as_str().unwrap().to_owned();
    let usual = password(json!({}));
    assert_eq!(usual.len(), 32);
    assert_ne!(usual, password(json!({})));
    for _ in 0..20 {
        let short = password(json!({"PasswordLength": 4}));
        let has = |kind: fn(&char) -> bool| short.chars().any(|character| kind(&character));
        assert!(
            has(char::is_ascii_digit) && has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_punctuation)
        );
    }
    let digits = json!({"PasswordLength": 4096, "ExcludePunctuation": true, "ExcludeLowercase": true, "ExcludeUppercase": true, "ExcludeCharacters": "01"});
    assert!(password(digits).chars().all(|character| ('2'..='9').contains(&character)));
    assert!(password(json!({"PasswordLength": 20, "IncludeSpace": true})).contains(' '));
    assert_eq!(password(json!({"PasswordLength": 4, "IncludeSpace": true})).len(), 4);
    for input in [json!({"PasswordLength": 3}), json!({"PasswordLength": 4097}), json!({"PasswordLength": 0})] {
        assert_eq!(sm(&aws, "GetRandomPassword", input).status, 400);
    }
}

#[test]
fn what_is_not_supported_says_so() {
    let aws = aws();
    assert_eq!(sm(&aws, "AssociateCrossAccountReplica", json!({})).code(), "UnknownOperationException");
    let replica = json!({"Name": "s", "CrossAccountPrimaryARN": "arn:aws:secretsmanager:ap-northeast-1:210987654321:secret:a-AbCdEf"});
    assert!(refused(&aws, "CreateSecret", replica).contains("Sekisho"));
}

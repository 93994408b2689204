//! Keys, aliases, policies, cryptography.

use serde_json::{Value, json};

use crate::aws::{ACCOUNT, Aws, REGION, aws, texts};

fn key(aws: &Aws) -> String {
    aws.kms_ok("CreateKey", json!({"Description": "of a test"}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
}

#[test]
fn what_was_encrypted_is_decrypted_under_the_same_context_only() {
    let aws = aws();
    let id = key(&aws);
    let sealed = aws.kms_ok("Encrypt", json!({"KeyId": id, "Plaintext": "aHVudGVyMg==", "EncryptionContext": {"a": "b"}}));
    let blob = &sealed["CiphertextBlob"];
    assert_eq!(sealed["KeyId"], format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}"));
    let decrypt = |input: Value| aws.kms("Decrypt", input);
    assert_eq!(decrypt(json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "b"}})).body["Plaintext"], "aHVudGVyMg==");
    assert_eq!(decrypt(json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "c"}})).code(), "InvalidCiphertextException");
    let other = key(&aws);
    let wrong = json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "b"}, "KeyId": other});
    assert_eq!(decrypt(wrong).code(), "IncorrectKeyException");
    let moved = json!({"CiphertextBlob": blob, "SourceEncryptionContext": {"a": "b"}, "DestinationKeyId": other});
    let moved = aws.kms_ok("ReEncrypt", moved);
    assert_eq!(decrypt(json!({"CiphertextBlob": moved["CiphertextBlob"], "KeyId": other})).body["Plaintext"], "aHVudGVyMg==");
    let there = aws.call_as(ACCOUNT, "us-east-1", "TrentService.Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "b"}}));
    assert_eq!(there.code(), "InvalidCiphertextException");
    let them =
        aws.call_as("210987654321", REGION, "TrentService.Decrypt", json!({"CiphertextBlob": blob, "EncryptionContext": {"a": "b"}}));
    assert_eq!(them.code(), "AccessDeniedException");
}

#[test]
fn data_keys_open_again() {
    let aws = aws();
    let id = key(&aws);
    let made = aws.kms_ok("GenerateDataKey", json!({"KeyId": id, "KeySpec": "AES_256"}));
    assert_eq!(aws.kms_ok("Decrypt", json!({"CiphertextBlob": made["CiphertextBlob"]}))["Plaintext"], made["Plaintext"]);
    let blind = aws.kms_ok("GenerateDataKeyWithoutPlaintext", json!({"KeyId": id, "NumberOfBytes": 3}));
    assert!(blind.get("Plaintext").is_none());
    assert_eq!(aws.kms_ok("Decrypt", json!({"CiphertextBlob": blind["CiphertextBlob"]}))["Plaintext"].as_str().unwrap().len(), 4);
    assert_eq!(aws.kms_error("GenerateDataKey", json!({"KeyId": id})), "ValidationException");
    assert_eq!(aws.kms_ok("GenerateRandom", json!({"NumberOfBytes": 3}))["Plaintext"].as_str().unwrap().len(), 4);
    assert_eq!(aws.kms_error("Encrypt", json!({"KeyId": id, "Plaintext": "aGk=", "DryRun": true})), "DryRunOperationException");
}

#[test]
fn states_of_a_key_decide_what_it_does() {
    let aws = aws();
    let id = key(&aws);
    let encrypt = || aws.kms("Encrypt", json!({"KeyId": id, "Plaintext": "aGk="})).code().to_owned();
    aws.kms_ok("DisableKey", json!({"KeyId": id}));
    assert_eq!(encrypt(), "DisabledException");
    assert_eq!(aws.kms_ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["Enabled"], false);
    let scheduled = aws.kms_ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    assert_eq!(scheduled["KeyState"], "PendingDeletion");
    assert_eq!(encrypt(), "KMSInvalidStateException");
    assert_eq!(aws.kms_error("EnableKey", json!({"KeyId": id})), "KMSInvalidStateException");
    assert_eq!(aws.kms_error("ScheduleKeyDeletion", json!({"KeyId": id})), "KMSInvalidStateException");
    aws.later(7 * 86_400);
    assert_eq!(encrypt(), "NotFoundException");
    assert_eq!(aws.kms_ok("ListKeys", json!({}))["Keys"], json!([]));
}

#[test]
fn aliases_lead_to_keys() {
    let aws = aws();
    let (first, second) = (key(&aws), key(&aws));
    aws.kms_ok("CreateAlias", json!({"AliasName": "alias/shop", "TargetKeyId": first}));
    let of = |name: &str| aws.kms_ok("DescribeKey", json!({"KeyId": name}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    assert_eq!(of("alias/shop"), first);
    assert_eq!(of(&format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/shop")), first);
    assert_eq!(of(&format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{first}")), first);
    assert_eq!(aws.kms_error("CreateAlias", json!({"AliasName": "alias/shop", "TargetKeyId": second})), "AlreadyExistsException");
    aws.kms_ok("UpdateAlias", json!({"AliasName": "alias/shop", "TargetKeyId": second}));
    assert_eq!(of("alias/shop"), second);
    assert_eq!(texts(&aws.kms_ok("ListAliases", json!({"KeyId": second}))["Aliases"], "AliasName"), ["alias/shop"]);
    aws.kms_ok("DeleteAlias", json!({"AliasName": "alias/shop"}));
    assert_eq!(aws.kms_error("DescribeKey", json!({"KeyId": "alias/shop"})), "NotFoundException");
    assert_eq!(aws.kms_error("CreateAlias", json!({"AliasName": "shop", "TargetKeyId": first})), "ValidationException");
    assert_eq!(aws.kms_error("CreateAlias", json!({"AliasName": "alias/aws/shop", "TargetKeyId": first})), "NotAuthorizedException");
    assert_eq!(aws.kms_error("DescribeKey", json!({"KeyId": "no-uuid"})), "NotFoundException");
    assert_eq!(
        aws.kms_error("DescribeKey", json!({"KeyId": format!("arn:aws:kms:{REGION}:210987654321:key/{first}")})),
        "AccessDeniedException"
    );
}

#[test]
fn keys_of_aws_are_made_when_first_asked_for_and_refuse_edits() {
    let aws = aws();
    let made = aws.kms_ok("DescribeKey", json!({"KeyId": "alias/aws/ssm"}));
    let metadata = &made["KeyMetadata"];
    assert_eq!((&metadata["KeyManager"], &metadata["Enabled"]), (&json!("AWS"), &json!(true)));
    assert_eq!(aws.kms_ok("DescribeKey", json!({"KeyId": "alias/aws/ssm"})), made, "and only once");
    let id = &metadata["KeyId"];
    for (operation, input) in [
        ("DisableKey", json!({"KeyId": id})),
        ("ScheduleKeyDeletion", json!({"KeyId": id})),
        ("PutKeyPolicy", json!({"KeyId": id, "Policy": "{\"Statement\":[]}"})),
        ("Encrypt", json!({"KeyId": "alias/aws/ssm", "Plaintext": "aGk="})),
    ] {
        assert_eq!(aws.kms_error(operation, input), "AccessDeniedException", "{operation}");
    }
    assert_eq!(aws.kms_error("DescribeKey", json!({"KeyId": "alias/aws/nothing"})), "NotFoundException");
    assert_eq!(aws.kms_ok("GetKeyRotationStatus", json!({"KeyId": id}))["KeyRotationEnabled"], true);
}

#[test]
fn policies_rotation_tags_and_descriptions_are_kept() {
    let aws = aws();
    let id = key(&aws);
    let policy = aws.kms_ok("GetKeyPolicy", json!({"KeyId": id, "PolicyName": "default"}))["Policy"].as_str().unwrap().to_owned();
    assert!(policy.contains(&format!("arn:aws:iam::{ACCOUNT}:root")), "{policy}");
    let own = json!({"Version": "2012-10-17", "Statement": []}).to_string();
    aws.kms_ok("PutKeyPolicy", json!({"KeyId": id, "Policy": own}));
    assert_eq!(aws.kms_ok("GetKeyPolicy", json!({"KeyId": id}))["Policy"], own);
    assert_eq!(aws.kms_error("PutKeyPolicy", json!({"KeyId": id, "Policy": "{"})), "MalformedPolicyDocumentException");
    assert_eq!(aws.kms_ok("GetKeyRotationStatus", json!({"KeyId": id}))["KeyRotationEnabled"], false);
    aws.kms_ok("EnableKeyRotation", json!({"KeyId": id, "RotationPeriodInDays": 90}));
    assert_eq!(aws.kms_ok("GetKeyRotationStatus", json!({"KeyId": id}))["RotationPeriodInDays"], 90);
    aws.kms_ok("DisableKeyRotation", json!({"KeyId": id}));
    assert_eq!(aws.kms_ok("ListKeyPolicies", json!({"KeyId": id}))["PolicyNames"], json!(["default"]));
    aws.kms_ok("TagResource", json!({"KeyId": id, "Tags": [{"TagKey": "a", "TagValue": "1"}, {"TagKey": "b", "TagValue": "2"}]}));
    aws.kms_ok("UntagResource", json!({"KeyId": id, "TagKeys": ["a"]}));
    assert_eq!(aws.kms_ok("ListResourceTags", json!({"KeyId": id}))["Tags"], json!([{"TagKey": "b", "TagValue": "2"}]));
    assert_eq!(aws.kms_error("TagResource", json!({"KeyId": id, "Tags": [{"TagKey": "aws:x", "TagValue": ""}]})), "TagException");
    aws.kms_ok("UpdateKeyDescription", json!({"KeyId": id, "Description": "new"}));
    assert_eq!(aws.kms_ok("DescribeKey", json!({"KeyId": id}))["KeyMetadata"]["Description"], "new");
    assert_eq!(aws.kms_error("CreateKey", json!({"KeySpec": "RSA_2048"})), "UnsupportedOperationException");
}

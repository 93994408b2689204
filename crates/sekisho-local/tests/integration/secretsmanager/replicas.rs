//! Replicas in other Regions.

use serde_json::{Value, json};

use super::{describe, make, ok, put, refused, token};
use crate::aws::{ACCOUNT, Answer, Aws, REGION, aws};

const OTHER: &str = "us-east-1";

fn there(aws: &Aws, operation: &str, body: Value) -> Answer {
    aws.call_as(ACCOUNT, OTHER, &format!("secretsmanager.{operation}"), body)
}

#[test]
fn a_replica_follows_its_primary_and_can_only_be_read() {
    let aws = aws();
    let arn = make(&aws, "s", "one");
    let replicated = ok(&aws, "ReplicateSecretToRegions", json!({"SecretId": "s", "AddReplicaRegions": [{"Region": OTHER}]}));
    assert_eq!(replicated["ReplicationStatus"][0]["Status"], "InSync");
    let replica = arn.replace(REGION, OTHER);
    let read = || there(&aws, "GetSecretValue", json!({"SecretId": replica})).body;
    assert_eq!((&read()["SecretString"], &read()["ARN"]), (&json!("one"), &json!(replica)));
    put(&aws, "s", 2, "two");
    assert_eq!(read()["SecretString"], "two");
    let described = there(&aws, "DescribeSecret", json!({"SecretId": "s"})).body;
    assert_eq!((&described["PrimaryRegion"], described["VersionIdsToStages"].as_object().unwrap().len()), (&json!(REGION), 2));
    let write = there(&aws, "PutSecretValue", json!({"SecretId": "s", "SecretString": "x", "ClientRequestToken": token(9)}));
    assert!(write.message().starts_with("Operation not permitted on a replica secret."), "{write:?}");
    // But for its encryption key.
    let key = aws.call_as(ACCOUNT, OTHER, "TrentService.CreateKey", json!({})).body["KeyMetadata"]["Arn"].clone();
    assert_eq!(there(&aws, "UpdateSecret", json!({"SecretId": "s", "KmsKeyId": key})).status, 200);
    assert_eq!(describe(&aws, "s")["ReplicationStatus"][0]["KmsKeyId"], key);
    put(&aws, "s", 3, "three");
    assert_eq!(read()["SecretString"], "three");
    assert_eq!(there(&aws, "DescribeSecret", json!({"SecretId": "s"})).body["KmsKeyId"], key);
    assert!(refused(&aws, "DeleteSecret", json!({"SecretId": "s"})).contains("still has replica regions [us-east-1]"));
    ok(&aws, "RemoveRegionsFromReplication", json!({"SecretId": "s", "RemoveReplicaRegions": [OTHER]}));
    assert_eq!(there(&aws, "DescribeSecret", json!({"SecretId": "s"})).code(), "ResourceNotFoundException");
    ok(&aws, "DeleteSecret", json!({"SecretId": "s"}));
}

#[test]
fn a_replica_does_not_replace_a_secret_unless_it_is_forced() {
    let aws = aws();
    make(&aws, "s", "ours");
    there(&aws, "CreateSecret", json!({"Name": "s", "SecretString": "theirs", "ClientRequestToken": token(1)}));
    let replicate = |force: bool| json!({"SecretId": "s", "AddReplicaRegions": [{"Region": OTHER}], "ForceOverwriteReplicaSecret": force});
    let failed = ok(&aws, "ReplicateSecretToRegions", replicate(false));
    assert_eq!(failed["ReplicationStatus"][0]["Status"], "Failed");
    assert_eq!(there(&aws, "GetSecretValue", json!({"SecretId": "s"})).body["SecretString"], "theirs");
    ok(&aws, "ReplicateSecretToRegions", replicate(true));
    assert_eq!(there(&aws, "GetSecretValue", json!({"SecretId": "s"})).body["SecretString"], "ours");
    for region in [REGION, "nowhere", "cn-north-1"] {
        let input = json!({"SecretId": "s", "AddReplicaRegions": [{"Region": region}]});
        assert_eq!(refused(&aws, "ReplicateSecretToRegions", input), "InvalidParameterException: Invalid replica region.");
    }
}

#[test]
fn a_replica_that_is_let_go_stands_alone() {
    let aws = aws();
    let input = json!({"Name": "s", "SecretString": "one", "ClientRequestToken": token(1), "AddReplicaRegions": [{"Region": OTHER}]});
    assert_eq!(ok(&aws, "CreateSecret", input)["ReplicationStatus"][0]["Region"], OTHER);
    assert_eq!(there(&aws, "StopReplicationToReplica", json!({"SecretId": "s"})).status, 200);
    put(&aws, "s", 2, "two");
    assert_eq!(there(&aws, "GetSecretValue", json!({"SecretId": "s"})).body["SecretString"], "one");
    assert_eq!(there(&aws, "UpdateSecret", json!({"SecretId": "s", "Description": "own"})).status, 200);
    assert_eq!(describe(&aws, "s").get("ReplicationStatus"), None);
}

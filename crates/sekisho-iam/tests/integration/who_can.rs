//! Who may read a secret, from an account's details.

use std::sync::Arc;

use sekisho_iam::{Candidates, CompiledPolicy, Layer, Outcome, PolicySet, Protected, ProtectingKey, Reader};
use sekisho_model::Because;
use sekisho_model::policy::PolicyKind;
use serde_json::{Value, json};

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/db-AbCdEf";
const PARAMETER: &str = "arn:aws:ssm:eu-west-1:123456789012:parameter/production/db/password";
const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/1";

fn allow(action: &str, resource: &str) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "S", "Effect": "Allow", "Action": action, "Resource": resource }] })
}

fn role(name: &str, policies: &[Value]) -> Value {
    let inline: Vec<Value> =
        policies.iter().enumerate().map(|(index, policy)| json!({ "PolicyName": format!("p{index}"), "PolicyDocument": policy })).collect();
    let trust = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] });
    json!({ "Arn": format!("arn:aws:iam::123456789012:role/{name}"), "RoleName": name, "AssumeRolePolicyDocument": trust, "RolePolicyList": inline, "AttachedManagedPolicies": [] })
}

fn candidates(roles: &[Value]) -> Candidates {
    let details = json!({ "UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": [] });
    Candidates::new(&sekisho_read::account_details("details.json", details.to_string().as_bytes()).unwrap())
}

fn set(document: &Value) -> PolicySet {
    let document = sekisho_read::policy_text(&document.to_string(), Some(PolicyKind::Resource)).unwrap();
    PolicySet::new([Arc::new(CompiledPolicy::new("policy", PolicyKind::Resource, document))])
}

fn secret(policy: Layer<PolicySet>) -> Protected {
    Protected { arn: SECRET.into(), policy, key: ProtectingKey::AwsManaged }
}

fn parameter() -> Protected {
    Protected { arn: PARAMETER.into(), policy: Layer::DoesNotExist, key: ProtectingKey::AwsManaged }
}

fn names(readers: &[Reader]) -> Vec<(&str, &str)> {
    readers.iter().map(|reader| (reader.principal.rsplit('/').next().unwrap(), reader.outcome.as_str())).collect()
}

#[test]
fn whoever_is_allowed_is_told_with_the_statement() {
    let candidates = candidates(&[
        role("exact", &[allow("secretsmanager:GetSecretValue", SECRET)]),
        role("wide", &[allow("secretsmanager:*", "*")]),
        role("six", &[allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/db-??????")]),
        role(
            "other",
            &[allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/x-AbCdEf")],
        ),
        role("list", &[allow("secretsmanager:ListSecrets", "*")]),
        role(
            "denied",
            &[
                allow("*", "*"),
                json!({ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*" } }),
            ],
        ),
    ]);
    let readers = candidates.who_can(&secret(Layer::DoesNotExist));
    assert_eq!(names(&readers), [("exact", "allowed"), ("wide", "allowed"), ("six", "allowed")]);
    let statement = &readers[0].through[0].read.because[0];
    assert_eq!((statement.policy_name(), statement.sid()), ("p0", Some("S")));
}

#[test]
fn a_path_reads_what_lies_below_it() {
    let of = |resource: &str| format!("arn:aws:ssm:eu-west-1:123456789012:parameter{resource}");
    let candidates = candidates(&[
        role("path", &[allow("ssm:GetParametersByPath", &of("/production"))]),
        role("history", &[allow("ssm:GetParameterHistory", PARAMETER)]),
        role("elsewhere", &[allow("ssm:GetParametersByPath", &of("/development"))]),
        role("itself", &[allow("ssm:GetParametersByPath", PARAMETER)]),
    ]);
    let readers = candidates.who_can(&parameter());
    assert_eq!(names(&readers), [("path", "allowed"), ("history", "allowed")]);
    assert_eq!(
        (readers[0].through[0].action, readers[0].through[0].resource.as_str()),
        ("ssm:GetParametersByPath", of("/production").as_str())
    );
}

#[test]
fn whoever_may_not_decrypt_may_not_read() {
    let with = |key_policy: Layer<PolicySet>| Protected {
        key: ProtectingKey::Customer { arn: KEY.into(), policy: key_policy },
        ..secret(Layer::DoesNotExist)
    };
    let root = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "kms:*", "Resource": "*" } });
    let read = allow("secretsmanager:GetSecretValue", SECRET);
    let decrypt = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY,
        "Condition": { "StringEquals": { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com", "kms:EncryptionContext:SecretARN": SECRET } } } });
    let candidates = candidates(&[role("both", &[read.clone(), decrypt]), role("one", &[read])]);
    assert_eq!(names(&candidates.who_can(&with(Layer::Known(set(&root))))), [("both", "allowed")]);
    // The key's policy may name a role by itself: without it nothing is certain.
    let unknown = candidates.who_can(&with(Layer::unknown(Because::NotAsked)));
    assert_eq!(names(&unknown), [("both", "cannot-tell"), ("one", "cannot-tell")]);
    let nobody_told = Protected { key: ProtectingKey::Unknown, ..secret(Layer::DoesNotExist) };
    assert!(candidates.who_can(&nobody_told).iter().all(|reader| reader.outcome == Outcome::CannotTell));
}

#[test]
fn the_secrets_policy_lets_in_and_keeps_out() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::123456789012:role/named", "arn:aws:iam::999999999999:role/stranger"] }, "Action": "secretsmanager:GetSecretValue", "Resource": "*" },
        { "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*", "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/kept-out" } } },
        { "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }
    ] });
    let candidates = candidates(&[role("named", &[]), role("kept-out", &[allow("*", "*")]), role("own", &[allow("*", "*")])]);
    let readers = candidates.who_can(&secret(Layer::Known(set(&policy))));
    assert_eq!(names(&readers), [("named", "allowed"), ("own", "allowed"), ("stranger", "cannot-tell")]);
    // Not given: those whom their own policies let in cannot be told, and nobody else is guessed at.
    let unknown = candidates.who_can(&secret(Layer::unknown(Because::NotAsked)));
    assert_eq!(names(&unknown), [("kept-out", "cannot-tell"), ("own", "cannot-tell")]);
}

#[test]
fn a_policy_that_cannot_be_read_is_no_denial() {
    let mut broken = role("broken", &[]);
    broken["RolePolicyList"] =
        json!([{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": { "Effect": "Allow" } } }]);
    let mut elsewhere = role("elsewhere", &[]);
    elsewhere["AttachedManagedPolicies"] = json!([{ "PolicyName": "m", "PolicyArn": "arn:aws:iam::aws:policy/m" }]);
    let readers = candidates(&[broken, elsewhere, role("nothing", &[])]).who_can(&secret(Layer::DoesNotExist));
    assert_eq!(names(&readers), [("broken", "cannot-tell"), ("elsewhere", "cannot-tell")]);
}

#[test]
fn the_six_characters_that_are_not_known_are_not_guessed() {
    let asked = Protected {
        arn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/db-??????".into(),
        ..secret(Layer::DoesNotExist)
    };
    let candidates = candidates(&[
        role("complete", &[allow("secretsmanager:GetSecretValue", SECRET)]),
        role("six", &[allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/db-??????")]),
        role("other", &[allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:production/x-*")]),
    ]);
    assert_eq!(names(&candidates.who_can(&asked)), [("complete", "cannot-tell"), ("six", "allowed")]);
}

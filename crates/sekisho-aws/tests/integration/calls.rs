//! How many calls of which kind a question costs (design §6.3).

use std::collections::BTreeSet;
use std::sync::Arc;

use sekisho_aws::observe;
use sekisho_model::observed::{Lookup, Observations, ObservedValue, ParameterId, Questions, SecretId, VersionOf};
use sekisho_model::{Because, Fact};
use serde_json::{Value, json};

use crate::fake::{ACCOUNT, Answer, Asked, Fake, REGION};

fn parameters(count: usize) -> BTreeSet<ParameterId> {
    (0..count).map(|n| parameter(&format!("/app/{n:03}"))).collect()
}

fn parameter(name: &str) -> ParameterId {
    ParameterId { region: REGION.to_owned(), account: None, name: name.to_owned() }
}

fn secret(name: &str) -> SecretId {
    SecretId { region: REGION.to_owned(), id: name.to_owned() }
}

fn current(name: &str) -> VersionOf {
    VersionOf { secret: secret(name), stage: None, version_id: None }
}

fn arn(name: &str) -> String {
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-AbCdEf")
}

/// An account where everything that is asked for exists, under one key for each store.
fn everything(asked: &Asked) -> Answer {
    match asked.operation.as_str() {
        "ssm:DescribeParameters" => {
            let names = asked.body["ParameterFilters"][0]["Values"].as_array().unwrap();
            let told: Vec<Value> = names
                .iter()
                .map(|name| json!({ "Name": name, "Type": "SecureString", "Tier": "Standard", "KeyId": "alias/own-ssm", "Version": 1 }))
                .collect();
            Answer::json(&json!({ "Parameters": told }))
        }
        "ssm:GetParameters" => {
            let told: Vec<Value> = asked
                .list("Names")
                .iter()
                .map(|name| json!({ "Name": name, "Type": "SecureString", "Value": format!("value of {name}"), "Version": 1 }))
                .collect();
            Answer::json(&json!({ "Parameters": told, "InvalidParameters": [] }))
        }
        "secretsmanager:DescribeSecret" => {
            let name = asked.body["SecretId"].as_str().unwrap();
            Answer::json(&json!({
                "ARN": arn(name), "Name": name, "KmsKeyId": "alias/own-secrets", "VersionIdsToStages": { "one": ["AWSCURRENT"] }
            }))
        }
        "secretsmanager:BatchGetSecretValue" => {
            let told: Vec<Value> = asked
                .list("SecretIdList")
                .iter()
                .map(|id| json!({ "ARN": id, "Name": id, "SecretString": "{\"key\":\"v\"}", "VersionId": "one", "VersionStages": ["AWSCURRENT"] }))
                .collect();
            Answer::json(&json!({ "SecretValues": told, "Errors": [] }))
        }
        "secretsmanager:GetSecretValue" => Answer::json(&json!({
            "ARN": asked.body["SecretId"], "Name": "a", "SecretString": "{\"key\":\"v\"}", "VersionId": "one"
        })),
        "kms:DescribeKey" => Answer::json(&json!({
            "KeyMetadata": { "KeyId": "1", "Arn": format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/1"), "KeyState": "Enabled", "KeyManager": "CUSTOMER" }
        })),
        other => panic!("{other} was not expected"),
    }
}

async fn look(fake: &Arc<Fake>, questions: &Questions) -> Observations {
    observe(&fake.connect().await, ACCOUNT, questions).await
}

fn counts(fake: &Fake) -> Vec<(String, usize)> {
    fake.counts()
}

fn expected(counts: &[(&str, usize)]) -> Vec<(String, usize)> {
    counts.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

#[tokio::test]
async fn parameters_are_described_by_fifty_names_a_call_and_no_value_is_read() {
    let fake = Fake::new(everything);
    let questions = Questions { parameters: parameters(120), ..Questions::default() };
    let seen = look(&fake, &questions).await;
    assert_eq!(counts(&fake), expected(&[("kms:DescribeKey", 1), ("ssm:DescribeParameters", 3)]));
    let mut sizes: Vec<usize> = fake
        .asked_of("ssm:DescribeParameters")
        .iter()
        .map(|asked| asked.body["ParameterFilters"][0]["Values"].as_array().unwrap().len())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [20, 50, 50]);
    for asked in fake.asked_of("ssm:DescribeParameters") {
        assert_eq!(
            (&asked.body["ParameterFilters"][0]["Key"], &asked.body["ParameterFilters"][0]["Option"]),
            (&json!("Name"), &json!("Equals"))
        );
    }
    assert_eq!(seen.parameters.len(), 120);
    assert!(seen.parameters.values().all(|fact| matches!(fact.value(), Some(Lookup::Found(_)))));
    assert_eq!(seen.keys.len(), 1);
    assert!(seen.parameter_values.is_empty());
}

#[tokio::test]
async fn a_listing_of_several_pages_is_read_to_its_end() {
    let fake = Fake::new(|asked| match asked.body["NextToken"].as_str() {
        None => Answer::json(&json!({ "Parameters": [], "NextToken": "more" })),
        Some("more") => Answer::json(&json!({ "Parameters": [{ "Name": "/app/000", "Type": "String", "Version": 1 }], "NextToken": "" })),
        Some(other) => panic!("{other}"),
    });
    let seen = look(&fake, &Questions { parameters: parameters(2), ..Questions::default() }).await;
    assert_eq!(counts(&fake), expected(&[("ssm:DescribeParameters", 2)]));
    assert!(matches!(seen.parameters[&parameter("/app/000")].value(), Some(Lookup::Found(_))));
    assert_eq!(seen.parameters[&parameter("/app/001")].value(), Some(&Lookup::Absent));
}

#[tokio::test]
async fn each_secret_is_described_once_and_each_key_once() {
    let fake = Fake::new(everything);
    let questions = Questions { secrets: (0..30).map(|n| secret(&format!("app/{n}"))).collect(), ..Questions::default() };
    look(&fake, &questions).await;
    assert_eq!(counts(&fake), expected(&[("kms:DescribeKey", 1), ("secretsmanager:DescribeSecret", 30)]));
}

#[tokio::test]
async fn keys_of_aws_itself_are_not_described() {
    let fake = Fake::new(|_| {
        Answer::json(&json!({ "Parameters": [{ "Name": "/app/000", "Type": "SecureString", "KeyId": "alias/aws/ssm", "Version": 1 }] }))
    });
    look(&fake, &Questions { parameters: parameters(1), ..Questions::default() }).await;
    assert_eq!(counts(&fake), expected(&[("ssm:DescribeParameters", 1)]));
}

#[tokio::test]
async fn values_are_read_ten_parameters_and_twenty_secrets_a_call() {
    let fake = Fake::new(everything);
    let names: Vec<String> = (0..45).map(|n| format!("app/{n:02}")).collect();
    let questions = Questions {
        parameters: parameters(25),
        parameter_values: parameters(25),
        secrets: names.iter().map(|name| secret(name)).collect(),
        secret_values: names.iter().map(|name| current(name)).collect(),
    };
    let seen = look(&fake, &questions).await;
    let expected = expected(&[
        ("kms:DescribeKey", 2),
        ("secretsmanager:BatchGetSecretValue", 3),
        ("secretsmanager:DescribeSecret", 45),
        ("ssm:DescribeParameters", 1),
        ("ssm:GetParameters", 3),
    ]);
    assert_eq!(counts(&fake), expected);
    assert!(fake.asked_of("ssm:GetParameters").iter().all(|asked| asked.list("Names").len() <= 10 && asked.body["WithDecryption"] == true));
    assert!(fake.asked_of("secretsmanager:BatchGetSecretValue").iter().all(|asked| asked.list("SecretIdList").len() <= 20));
    assert!(seen.parameter_values.values().all(|fact| matches!(fact.value(), Some(Lookup::Found(ObservedValue::Text(_))))));
    assert!(seen.secret_values.values().all(|fact| matches!(fact.value(), Some(Lookup::Found(ObservedValue::Text(_))))));
}

#[tokio::test]
async fn only_the_values_that_are_asked_for_are_read() {
    let fake = Fake::new(everything);
    let questions = Questions {
        parameters: parameters(12),
        secrets: [secret("with-key"), secret("whole")].into(),
        secret_values: [current("with-key")].into(),
        ..Questions::default()
    };
    look(&fake, &questions).await;
    let read = fake.asked_of("secretsmanager:GetSecretValue");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].body["SecretId"], "with-key");
    assert!(fake.asked_of("ssm:GetParameters").is_empty());
    assert!(fake.asked_of("secretsmanager:BatchGetSecretValue").is_empty());
}

#[tokio::test]
async fn a_pinned_version_is_read_by_itself() {
    let fake = Fake::new(everything);
    let pinned = VersionOf { stage: Some("AWSPREVIOUS".to_owned()), ..current("a") };
    let by_id = VersionOf { version_id: Some("one".to_owned()), ..current("a") };
    let questions = Questions {
        secrets: [secret("a"), secret("b"), secret("c")].into(),
        secret_values: [pinned, by_id, current("a"), current("b"), current("c")].into(),
        ..Questions::default()
    };
    look(&fake, &questions).await;
    assert_eq!(fake.asked_of("secretsmanager:BatchGetSecretValue").len(), 1);
    let read = fake.asked_of("secretsmanager:GetSecretValue");
    let pins: BTreeSet<String> = read.iter().map(|asked| format!("{}{}", asked.body["VersionStage"], asked.body["VersionId"])).collect();
    assert_eq!(pins, ["\"AWSPREVIOUS\"null".to_owned(), "null\"one\"".to_owned()].into());
}

#[tokio::test]
async fn what_does_not_exist_or_is_being_deleted_is_not_read() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::json(&json!({ "Parameters": [] })),
        "secretsmanager:DescribeSecret" if asked.body["SecretId"] == "gone" => {
            Answer::json(&json!({ "ARN": arn("gone"), "Name": "gone", "DeletedDate": 1_700_000_000.0 }))
        }
        "secretsmanager:DescribeSecret" => Answer::error("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
        other => panic!("{other}"),
    });
    let questions = Questions {
        parameters: parameters(3),
        parameter_values: parameters(3),
        secrets: [secret("absent"), secret("gone")].into(),
        secret_values: [current("absent"), current("gone")].into(),
    };
    let seen = look(&fake, &questions).await;
    assert_eq!(counts(&fake), expected(&[("secretsmanager:DescribeSecret", 2), ("ssm:DescribeParameters", 1)]));
    assert!(seen.parameters.values().all(|fact| fact.value() == Some(&Lookup::Absent)));
}

#[tokio::test]
async fn whoever_may_not_describe_reads_names_in_tens_without_decryption() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::error("AccessDeniedException", "not authorized to perform: ssm:DescribeParameters"),
        _ => everything(asked),
    });
    let seen = look(&fake, &Questions { parameters: parameters(25), ..Questions::default() }).await;
    assert_eq!(counts(&fake), expected(&[("ssm:DescribeParameters", 1), ("ssm:GetParameters", 3)]));
    assert!(fake.asked_of("ssm:GetParameters").iter().all(|asked| asked.body["WithDecryption"] == false));
    for fact in seen.parameters.values() {
        let Some(Lookup::Found(found)) = fact.value() else { panic!("{fact:?}") };
        assert!(matches!(found.tier.because(), Some(Because::NotTold(_))));
        assert!(matches!(found.key.because(), Some(Because::NotTold(_))));
    }
    assert!(seen.parameter_values.is_empty());
}

#[tokio::test]
async fn one_name_that_may_not_be_read_hides_no_other() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::error("AccessDeniedException", "not authorized to perform: ssm:DescribeParameters"),
        _ if asked.list("Names").iter().any(|name| name == "/app/003") => {
            Answer::error("AccessDeniedException", "not authorized to perform: ssm:GetParameters")
        }
        _ => everything(asked),
    });
    let seen = look(&fake, &Questions { parameters: parameters(12), ..Questions::default() }).await;
    for (id, fact) in &seen.parameters {
        match fact {
            Fact::Unknown { because: Because::Denied { .. }, .. } => assert_eq!(id.name, "/app/003"),
            other => assert!(matches!(other.value(), Some(Lookup::Found(_))), "{other:?}"),
        }
    }
    // Ten together, each of them by itself, and the other two.
    assert_eq!(fake.asked_of("ssm:GetParameters").len(), 12);
}

#[tokio::test]
async fn whoever_may_read_nothing_gets_an_unknown_for_each_name() {
    let fake = Fake::new(|_| Answer::error("AccessDeniedException", "explicit deny"));
    let questions = Questions {
        parameters: parameters(12),
        secrets: [secret("a")].into(),
        secret_values: [current("a")].into(),
        ..Questions::default()
    };
    let seen = look(&fake, &questions).await;
    let denied = |because: Option<&Because>| matches!(because, Some(Because::Denied { .. }));
    assert_eq!(seen.parameters.len(), 12);
    assert!(seen.parameters.values().all(|fact| denied(fact.because())));
    assert!(denied(seen.secrets[&secret("a")].because()));
    assert!(denied(seen.secret_values[&current("a")].because()));
}

#[tokio::test]
async fn a_batch_that_is_denied_says_nothing_of_the_single_secret() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "secretsmanager:BatchGetSecretValue" => {
            Answer::error("AccessDeniedException", "not authorized to perform: secretsmanager:BatchGetSecretValue")
        }
        _ => everything(asked),
    });
    let questions = Questions {
        secrets: [secret("a"), secret("b")].into(),
        secret_values: [current("a"), current("b")].into(),
        ..Questions::default()
    };
    let seen = look(&fake, &questions).await;
    assert_eq!(fake.asked_of("secretsmanager:GetSecretValue").len(), 2);
    assert!(seen.secret_values.values().all(|fact| matches!(fact.value(), Some(Lookup::Found(_)))));
}

#[tokio::test]
async fn every_request_names_us() {
    let fake = Fake::new(everything);
    let questions = Questions { parameters: parameters(1), secrets: [secret("a")].into(), ..Questions::default() };
    look(&fake, &questions).await;
    let ours = format!("app/sekisho-{}", env!("CARGO_PKG_VERSION"));
    for asked in fake.asked() {
        let agent = asked.headers["user-agent"].to_str().unwrap().to_owned();
        assert!(agent.contains(&ours), "{}: {agent}", asked.operation);
    }
    assert!(fake.asked().len() >= 3);
}

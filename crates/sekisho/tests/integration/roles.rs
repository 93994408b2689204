//! `verify` looks at the roles: what the execution role may is decided on the policies that AWS tells.

use serde_json::{Value, json};

use crate::stand_in::{Answer, Asked, StandIn};
use crate::world::{Said, World};

const ACCOUNT: &str = "123456789012";
const REGION: &str = "ap-northeast-1";
const KEY: &str = "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const READS: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Sid":"Parameters","Effect":"Allow","Action":"ssm:GetParameters","Resource":"arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db"},
    {"Sid":"Secrets","Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-??????"},
    {"Sid":"Keys","Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555"}]}"#;
const DELEGATES: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}"#;

fn secret_arn() -> String {
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:shop/token-AbCdEf")
}

/// The definition of a task with a parameter under a key of the customer's and a secret under AWS's.
fn definition() -> Value {
    json!({
        "family": "api",
        "executionRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/execution"),
        "taskRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/application"),
        "requiresCompatibilities": ["EC2"],
        "containerDefinitions": [{
            "name": "api", "image": "api",
            "secrets": [{ "name": "DB", "valueFrom": "/shop/db" }, { "name": "TOKEN", "valueFrom": secret_arn() }]
        }]
    })
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// An account whose execution role has the policy `reads`, and whose task role `application` has `other`.
fn account(reads: &'static str, other: &'static str) -> impl Fn(&Asked) -> Answer + Send + Sync {
    move |asked| {
        let is_execution = asked.form.contains("RoleName=execution");
        match asked.operation.as_str() {
            "sts:GetCallerIdentity" => Answer::identity(ACCOUNT),
            "ssm:DescribeParameters" => Answer::json(&json!({
                "Parameters": [{ "Name": "/shop/db", "Type": "SecureString", "Tier": "Standard", "KeyId": "alias/shop", "Version": 3 }]
            })),
            "secretsmanager:DescribeSecret" => Answer::json(&json!({
                "ARN": secret_arn(), "Name": "shop/token", "VersionIdsToStages": { "0123456789abcdef0123456789abcdef": ["AWSCURRENT"] }
            })),
            "kms:DescribeKey" => {
                Answer::json(&json!({ "KeyMetadata": { "KeyId": "1", "Arn": KEY, "KeyState": "Enabled", "KeyManager": "CUSTOMER" } }))
            }
            "kms:GetKeyPolicy" => Answer::json(&json!({ "Policy": DELEGATES })),
            "kms:ListGrants" => Answer::json(&json!({ "Grants": [], "Truncated": false })),
            "secretsmanager:GetResourcePolicy" => Answer::json(&json!({ "ARN": secret_arn(), "Name": "shop/token" })),
            "iam:GetRole" => {
                let name = if is_execution { "execution" } else { "application" };
                Answer::iam(
                    "GetRole",
                    &format!(
                        "<Role><Path>/</Path><RoleName>{name}</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::{ACCOUNT}:role/{name}</Arn>\
                         <CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role>",
                        encoded(TRUST)
                    ),
                )
            }
            "iam:ListRolePolicies" => {
                Answer::iam("ListRolePolicies", "<PolicyNames><member>read-secrets</member></PolicyNames><IsTruncated>false</IsTruncated>")
            }
            "iam:GetRolePolicy" => Answer::iam(
                "GetRolePolicy",
                &format!(
                    "<RoleName>r</RoleName><PolicyName>read-secrets</PolicyName><PolicyDocument>{}</PolicyDocument>",
                    encoded(if is_execution { reads } else { other })
                ),
            ),
            "iam:ListAttachedRolePolicies" => {
                Answer::iam("ListAttachedRolePolicies", "<AttachedPolicies></AttachedPolicies><IsTruncated>false</IsTruncated>")
            }
            other => panic!("{other} was not expected"),
        }
    }
}

const NOTHING: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}"#;

fn project() -> World {
    let world = World::empty();
    world.write("api.json", definition().to_string());
    world
}

fn verify(world: &World, server: &StandIn, more: &[&str]) -> Said {
    let arguments = [&["verify", "--task-definition", "api.json", "--region", REGION, "--endpoint-url", &server.url], more].concat();
    world.run_with(&arguments, &[("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")])
}

#[test]
fn a_role_that_may_read_and_decrypt_is_proved_by_policy() {
    let server = StandIn::start_with_iam(account(READS, NOTHING));
    let world = project();
    let said = verify(&world, &server, &[]);
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(said.out.replace(&server.url, "URL"), @r"
    account 123456789012, ap-northeast-1, URL

      SERVICE  CONTAINER  VARIABLE  STORE           NAME                                                                         VERSION   VERDICT
      api      api        DB        ssm             /shop/db                                                                     3         proved
      api      api        TOKEN     secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf  01234567  proved

    assumed: that the policy of the VPC endpoint which the task goes through, if there is one, allows it
    assumed: that no resource control policy of the organisation denies it: nobody in the account can see those
    assumed: that no service control policy of the organisation denies it: nobody in the account can see those
    assumed: values were read only where a JSON key is referenced (`--check-values` reads all)

    1 execution role examined, 4 calls of ECS decided: 4 allowed, 0 refused, 0 cannot tell
    2 references in 1 service: 2 proved, 0 failed, 0 cannot tell
    ");
    let mut asked = server.operations();
    asked.sort();
    // Two roles, each looked at once; no grants, since the policies allow.
    insta::assert_snapshot!(asked.join("\n"), @r"
    iam:GetRole
    iam:GetRole
    iam:GetRolePolicy
    iam:GetRolePolicy
    iam:ListAttachedRolePolicies
    iam:ListAttachedRolePolicies
    iam:ListRolePolicies
    iam:ListRolePolicies
    kms:DescribeKey
    kms:GetKeyPolicy
    secretsmanager:DescribeSecret
    secretsmanager:GetResourcePolicy
    ssm:DescribeParameters
    sts:GetCallerIdentity
    ");
    let report: Value = serde_json::from_str(&verify(&world, &server, &["--output", "json"]).out).unwrap();
    assert_eq!(report["verdicts"][0]["proof"], "by-policy");
    assert_eq!(report["counts"]["access"], json!({ "roles": 1, "calls": 4, "allowed": 4, "denied": 0, "cannot_tell": 0 }));
}

#[test]
fn what_the_role_lacks_is_told_with_the_statement_to_add() {
    let server = StandIn::start_with_iam(account(NOTHING, NOTHING));
    let said = verify(&project(), &server, &[]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.out.replace(&server.url, "URL"), @r#"
    account 123456789012, ap-northeast-1, URL

      SERVICE  CONTAINER  VARIABLE  STORE           NAME                                                                         VERSION   VERDICT
      api      api        DB        ssm             /shop/db                                                                     3         fails
      api      api        TOKEN     secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf  01234567  fails

    error[SEK0101] api/api/DB missing-action
      the execution role `execution` may not `ssm:GetParameters` on `arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db`: no policy of it allows that
      --> api.json:1:90
        |
      1 | …age":"api","name":"api","secrets":[{"name":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:1…
        |                                                              ^^^^^^^^^^
      the agent on EC2 would say (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db because no identity-based policy allows the ssm:GetParameters action
      remedy: add to a policy of the execution role: `{"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db"}`

    error[SEK0103] api/api/DB missing-kms-decrypt
      the execution role `execution` may not `kms:Decrypt` under the key `arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555`, with which the value is encrypted
      --> api.json:1:90
        |
      1 | …age":"api","name":"api","secrets":[{"name":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:1…
        |                                                              ^^^^^^^^^^
      the agent on EC2 would say (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: AccessDeniedException: …
      remedy: add to a policy of the execution role: `{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555", "Condition": {"StringEquals": {"kms:ViaService": "ssm.ap-northeast-1.amazonaws.com"}}}`

    error[SEK0101] api/api/TOKEN missing-action
      the execution role `execution` may not `secretsmanager:GetSecretValue` on `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf`: no policy of it allows that
      --> api.json:1:130
        |
      1 | …e":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf"}]}…
        |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      the agent on EC2 would say (likely): Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action
      remedy: add to a policy of the execution role: `{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf"}`

    1 execution role examined, 4 calls of ECS decided: 1 allowed, 3 refused, 0 cannot tell
    2 references in 1 service: 0 proved, 2 failed, 0 cannot tell
    "#);
    // Grants are asked for only now, once for the key.
    assert_eq!(server.count("kms:ListGrants"), 1);
    let japanese = verify(&project(), &server, &["--lang", "ja"]);
    insta::assert_snapshot!(japanese.out.replace(&server.url, "URL"), @r#"
    アカウント 123456789012、ap-northeast-1、URL

      サービス  コンテナ  変数   ストア          名前                                                                         バージョン  判定
      api       api       DB     ssm             /shop/db                                                                     3           失敗
      api       api       TOKEN  secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf  01234567    失敗

    エラー[SEK0101] api/api/DB missing-action
      実行ロール `execution` は `arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db` に対する `ssm:GetParameters` を許可されていません。許可するポリシーがありません
      --> api.json:1:90
        |
      1 | …age":"api","name":"api","secrets":[{"name":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:1…
        |                                                              ^^^^^^^^^^
      EC2 のエージェントのメッセージ（見込み）: Fetching secret data from SSM Parameter Store in ap-northeast-1: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db because no identity-based policy allows the ssm:GetParameters action
      対処: 実行ロールのポリシーに次を追加してください: `{"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db"}`

    エラー[SEK0103] api/api/DB missing-kms-decrypt
      実行ロール `execution` は、値を暗号化しているキー `arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555` に対する `kms:Decrypt` を許可されていません
      --> api.json:1:90
        |
      1 | …age":"api","name":"api","secrets":[{"name":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:1…
        |                                                              ^^^^^^^^^^
      EC2 のエージェントのメッセージ（見込み）: Fetching secret data from SSM Parameter Store in ap-northeast-1: AccessDeniedException: …
      対処: 実行ロールのポリシーに次を追加してください: `{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555", "Condition": {"StringEquals": {"kms:ViaService": "ssm.ap-northeast-1.amazonaws.com"}}}`

    エラー[SEK0101] api/api/TOKEN missing-action
      実行ロール `execution` は `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf` に対する `secretsmanager:GetSecretValue` を許可されていません。許可するポリシーがありません
      --> api.json:1:130
        |
      1 | …e":"DB","valueFrom":"/shop/db"},{"name":"TOKEN","valueFrom":"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf"}]}…
        |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      EC2 のエージェントのメッセージ（見込み）: Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/… is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action
      対処: 実行ロールのポリシーに次を追加してください: `{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop/token-AbCdEf"}`

    調べた実行ロール 1 件、ECS の呼び出し 4 件: 許可 1、拒否 3、判定不能 0
    1 サービスの参照 2 件: 証明済み 0、失敗 2、判定不能 0
    "#);
}

#[test]
fn a_right_on_the_task_role_is_recognised() {
    let server = StandIn::start_with_iam(account(NOTHING, READS));
    let said = verify(&project(), &server, &["--output", "json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let mut rules: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|finding| finding["name"].as_str().unwrap()).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["right-on-wrong-role", "right-on-wrong-role", "right-on-wrong-role"]);
    assert_eq!(said.code, 1);
}

#[test]
fn a_caller_who_may_not_read_roles_proves_nothing_and_is_told_so() {
    let server = StandIn::start_with_iam(|asked| match asked.operation.as_str() {
        "iam:GetRole" => Answer::xml_error(403, "AccessDenied", "User: a is not authorized to perform: iam:GetRole"),
        _ => account(READS, NOTHING)(asked),
    });
    let world = project();
    let said = verify(&world, &server, &[]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.out.contains("cannot tell[SEK0111]") && said.out.contains("not authorized to perform: iam:GetRole"), "{said:?}");
    assert!(said.out.contains("0 proved, 0 failed, 2 cannot tell"), "{said:?}");
    // Who does not want to look says so, and gets an assumption.
    let skipped = verify(&world, &server, &["--no-roles"]);
    assert_eq!(skipped.code, 0, "{skipped:?}");
    assert!(skipped.out.contains("that the execution role may read and decrypt them was not examined"), "{skipped:?}");
}

#[test]
fn a_policy_that_cannot_be_understood_is_never_a_pass() {
    let server = StandIn::start_with_iam(account(
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringResembles":{"a":"b"}}}]}"#,
        NOTHING,
    ));
    let said = verify(&project(), &server, &[]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.out.contains("the document of the policy `read-secrets` could not be read"), "{said:?}");
}

#[test]
fn a_role_that_does_not_exist_fails_every_reference() {
    let server = StandIn::start_with_iam(|asked| match asked.operation.as_str() {
        "iam:GetRole" => Answer::xml_error(404, "NoSuchEntity", "The role with name execution cannot be found."),
        _ => account(READS, NOTHING)(asked),
    });
    let said = verify(&project(), &server, &[]);
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!(said.out.matches("execution-role-absent").count(), 2, "{said:?}");
}

#[test]
fn with_the_role_assumed_the_read_itself_is_the_proof() {
    let assumed = format!("arn:aws:sts::{ACCOUNT}:assumed-role/execution/sekisho");
    let arn = assumed.clone();
    let server = StandIn::start_with_iam(move |asked| match asked.operation.as_str() {
        "sts:AssumeRole" => Answer::Says(
            200,
            "text/xml",
            format!(
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>\
                 <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                 <AssumedRoleUser><Arn>{arn}</Arn><AssumedRoleId>AROA:sekisho</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"
            ),
        ),
        "sts:GetCallerIdentity" => Answer::caller(ACCOUNT, &arn),
        // What ECS itself calls is all that the role may.
        "ssm:GetParameters" if asked.body["WithDecryption"] == true => Answer::json(&json!({
            "Parameters": [{ "Name": "/shop/db", "Type": "SecureString", "Value": "hunter2-hunter2", "Version": 3 }], "InvalidParameters": []
        })),
        "secretsmanager:GetSecretValue" if asked.before == 0 => Answer::error(
            "AccessDeniedException",
            "not authorized to perform: secretsmanager:GetSecretValue because no identity-based policy allows it",
        ),
        "ssm:DescribeParameters" | "ssm:GetParameters" | "secretsmanager:DescribeSecret" | "secretsmanager:BatchGetSecretValue" => {
            Answer::error("AccessDeniedException", "not authorized")
        }
        other => panic!("{other} was not expected"),
    });
    let role = format!("arn:aws:iam::{ACCOUNT}:role/execution");
    let said = verify(&project(), &server, &["--assume-role", &role, "--output", "json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let told: Vec<(&str, &str)> = report["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| (verdict["verdict"].as_str().unwrap(), verdict["proof"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(told, [("pass", "live-as-the-role"), ("fail", "-")]);
    assert_eq!(report["findings"][0]["message_id"], "missing-action-live");
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{said:?}");
    assert!(!said.out.contains("hunter2"), "{said:?}");
    assert!(server.operations().iter().all(|operation| !operation.starts_with("iam:")), "{:?}", server.operations());
}

#[test]
fn a_role_that_is_assumed_on_the_embedded_aws_proves_nothing() {
    let world = project();
    let role = format!("arn:aws:iam::{ACCOUNT}:role/execution");
    let local = ["verify", "--task-definition", "api.json", "--region", REGION, "--endpoint-url", "local", "--assume-role", &role];
    let said = world.run(&[&local[..], &["--output", "json"]].concat());
    let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    assert!(report["verdicts"].as_array().unwrap().iter().all(|verdict| verdict["proof"] != "live-as-the-role"), "{said:?}");
}

/// An account with a service in ECS.
fn live(asked: &Asked) -> Answer {
    let arn = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/api:7");
    match asked.operation.as_str() {
        "ecs:DescribeServices" if asked.body["services"][0] == "api" => Answer::json(&json!({
            "services": [{
                "serviceName": "api", "serviceArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/api"), "clusterArn": "shop",
                "status": "ACTIVE", "taskDefinition": arn, "launchType": "FARGATE",
                "deployments": [{ "status": "PRIMARY", "serviceConnectConfiguration": {
                    "enabled": true,
                    "logConfiguration": { "logDriver": "splunk", "secretOptions": [{ "name": "splunk-token", "valueFrom": secret_arn() }] }
                } }]
            }],
            "failures": []
        })),
        "ecs:DescribeServices" => Answer::json(&json!({ "services": [], "failures": [{ "arn": "a", "reason": "MISSING" }] })),
        "ecs:DescribeTaskDefinition" => {
            let mut told = definition();
            told["taskDefinitionArn"] = arn.into();
            Answer::json(&json!({ "taskDefinition": told, "tags": [] }))
        }
        _ => account(READS, NOTHING)(asked),
    }
}

fn verify_live(world: &World, server: &StandIn, more: &[&str]) -> Said {
    let arguments = [&["verify", "--region", REGION, "--endpoint-url", &server.url], more].concat();
    world.run_with(&arguments, &[("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")])
}

#[test]
fn a_live_service_is_verified_with_the_revision_that_it_runs() {
    let server = StandIn::start_with_iam(live);
    let said = verify_live(&World::empty(), &server, &["--live", "shop/api", "--output", "json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let subjects: Vec<&Value> = report["verdicts"].as_array().unwrap().iter().map(|verdict| &verdict["subject"]).collect();
    // The last stands in the service, and in no task definition.
    assert_eq!(subjects, ["api/api/DB", "api/api/TOKEN", "api/service-connect/splunk-token"]);
    let arn = |rest: &str| format!("arn:aws:ecs:{REGION}:{ACCOUNT}:{rest}");
    assert_eq!(report["inputs"], json!([arn("service/shop/api"), arn("task-definition/api:7")]));
}

#[test]
fn a_live_service_is_held_against_the_manifest() {
    let world = World::with_manifest(
        r#"
[project]
name = "shop"
region = "ap-northeast-1"

[environments.production]
account = "123456789012"
store = "ssm"

[secrets."session/key"]
env = "SESSION_KEY"

[services.api]
secrets = ["session/key"]
"#,
    );
    let server = StandIn::start_with_iam(live);
    let said = verify_live(&world, &server, &["production", "--live", "shop/api", "--output", "json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    let missing: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["name"] == "declared-secret-not-wired").collect();
    assert_eq!(missing.len(), 1, "{said:?}");
    assert_eq!(missing[0]["address"], "api/api/SESSION_KEY");
    assert_eq!(said.code, 1);
}

#[test]
fn a_live_service_that_is_not_there_is_told() {
    let server = StandIn::start_with_iam(live);
    let absent = verify_live(&World::empty(), &server, &["--live", "shop/other"]);
    assert_eq!(absent.code, 2, "{absent:?}");
    assert!(absent.err.contains("no active service `other` in the cluster `shop`"), "{absent:?}");
    for bad in ["shop", "/api", "shop/", "a/b/c"] {
        let said = verify_live(&World::empty(), &server, &["--live", bad]);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains("does not name a service"), "{said:?}");
    }
}

#[test]
fn an_environment_without_assumptions_has_them_accepted_one_by_one() {
    let world = World::with_manifest(
        r#"
[project]
name = "shop"
region = "ap-northeast-1"

[environments.production]
account = "123456789012"
store = "ssm"
require = ["no-assumptions"]

[services.api]
task_definition = "api.json"
"#,
    );
    world.write("api.json", definition().to_string());
    let server = StandIn::start_with_iam(account(READS, NOTHING));
    let first = verify_live(&world, &server, &["production", "--fail-on", "error"]);
    assert_eq!(first.code, 3, "{first:?}");
    assert!(first.out.contains("--accept assume-no-scp") && first.out.contains("0 proved, 0 failed, 2 cannot tell"), "{first:?}");
    let accepts = ["assume-no-scp", "assume-no-rcp", "assume-no-endpoint-policy", "assume-value-not-read"];
    let all: Vec<&str> = ["production", "--fail-on", "error"].into_iter().chain(accepts.iter().flat_map(|id| ["--accept", *id])).collect();
    let second = verify_live(&world, &server, &all);
    assert_eq!(second.code, 0, "{second:?}");
    let wrong = verify_live(&world, &server, &["production", "--accept", "assume-no-spc"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `assume-no-scp`"), "{wrong:?}");
}

mod needs_moto {
    use super::*;
    use crate::clients::needs_moto::{ACCOUNT, Moto};

    fn policy(statements: &Value) -> String {
        json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
    }

    fn trust(service: &str) -> String {
        policy(&json!([{ "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" }]))
    }

    /// The rules of what a report finds, each once, in order, and its exit code.
    fn found(said: &Said) -> (Vec<String>, i32) {
        let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        let all = report["findings"].as_array().unwrap().iter().map(|finding| finding["name"].as_str().unwrap().to_owned());
        let mut rules: Vec<String> = all.collect();
        rules.sort();
        rules.dedup();
        (rules, said.code)
    }

    /// An account on moto, step by step from no role at all to one that may read everything, over a real connection.
    #[test]
    fn each_step_towards_a_right_role_is_seen() {
        let world = World::empty();
        let moto = Moto::start(&world);
        let aws = |arguments: &[&str]| moto.aws(&world, arguments);
        let key = aws(&["kms", "create-key"])["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
        aws(&["ssm", "put-parameter", "--name", "/staging/db", "--type", "SecureString", "--value", "x1y2z3", "--key-id", &key]);
        let secret =
            aws(&["secretsmanager", "create-secret", "--name", "staging/token", "--secret-string", "x1y2z3", "--kms-key-id", &key]);
        let secret = secret["ARN"].as_str().unwrap().to_owned();
        let role = format!("arn:aws:iam::{ACCOUNT}:role/api-execution");
        let definition = json!({
            "family": "api", "executionRoleArn": role, "requiresCompatibilities": ["EC2"],
            "containerDefinitions": [{
                "name": "api", "image": "api", "memory": 128,
                "secrets": [{ "name": "DB", "valueFrom": "/staging/db" }, { "name": "TOKEN", "valueFrom": secret }]
            }]
        });
        world.write("api.json", definition.to_string());
        let verify = |more: &[&str]| {
            let arguments = [&["verify", "--region", "ap-northeast-1", "--output", "json"], more].concat();
            found(&moto.run(&world, &arguments))
        };
        let file = || verify(&["--task-definition", "api.json"]);
        let rules = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();

        assert_eq!(file(), (rules(&["execution-role-absent"]), 1));

        aws(&["iam", "create-role", "--role-name", "api-execution", "--assume-role-policy-document", &trust("ec2.amazonaws.com")]);
        assert_eq!(file(), (rules(&["missing-action", "missing-kms-decrypt", "trust-policy"]), 1));

        let tasks = trust("ecs-tasks.amazonaws.com");
        aws(&["iam", "update-assume-role-policy", "--role-name", "api-execution", "--policy-document", &tasks]);
        let reads = policy(&json!([
            { "Effect": "Allow", "Action": "ssm:GetParameters", "Resource": format!("arn:aws:ssm:ap-northeast-1:{ACCOUNT}:parameter/staging/db") },
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret },
        ]));
        aws(&["iam", "put-role-policy", "--role-name", "api-execution", "--policy-name", "reads", "--policy-document", &reads]);
        assert_eq!(file(), (rules(&["missing-kms-decrypt"]), 1));

        let decrypts = policy(&json!([{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": key }]));
        let managed = aws(&["iam", "create-policy", "--policy-name", "decrypts", "--policy-document", &decrypts]);
        let managed = managed["Policy"]["Arn"].as_str().unwrap().to_owned();
        aws(&["iam", "attach-role-policy", "--role-name", "api-execution", "--policy-arn", &managed]);
        assert_eq!(file(), (rules(&[]), 0));

        // The live service says the same as the file.
        aws(&["ecs", "create-cluster", "--cluster-name", "shop"]);
        aws(&["ecs", "register-task-definition", "--cli-input-json", &definition.to_string()]);
        aws(&["ecs", "create-service", "--cluster", "shop", "--service-name", "api", "--task-definition", "api", "--desired-count", "0"]);
        assert_eq!(verify(&["--live", "shop/api"]), (rules(&[]), 0));

        let closed = policy(
            &json!([{ "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{ACCOUNT}:user/ann") }, "Action": "kms:*", "Resource": "*" }]),
        );
        aws(&["kms", "put-key-policy", "--key-id", &key, "--policy-name", "default", "--policy", &closed]);
        assert_eq!(file(), (rules(&["key-policy"]), 1));
        aws(&["kms", "create-grant", "--key-id", &key, "--grantee-principal", &role, "--operations", "Decrypt"]);
        assert_eq!(file(), (rules(&[]), 0), "a grant is the third way");

        let deny = policy(&json!([{ "Sid": "Stop", "Effect": "Deny", "Action": "ssm:*", "Resource": "*" }]));
        aws(&["iam", "put-role-policy", "--role-name", "api-execution", "--policy-name", "stop", "--policy-document", &deny]);
        assert_eq!(file(), (rules(&["explicit-deny"]), 1));
        aws(&["iam", "delete-role-policy", "--role-name", "api-execution", "--policy-name", "stop"]);

        let edge = policy(&json!([{ "Effect": "Allow", "Action": "ssm:*", "Resource": "*" }]));
        let edge = aws(&["iam", "create-policy", "--policy-name", "edge", "--policy-document", &edge]);
        let edge = edge["Policy"]["Arn"].as_str().unwrap().to_owned();
        aws(&["iam", "put-role-permissions-boundary", "--role-name", "api-execution", "--permissions-boundary", &edge]);
        let (found, code) = file();
        assert!(found.contains(&"boundary-blocks".to_owned()) && code == 1, "{found:?}");
    }
}

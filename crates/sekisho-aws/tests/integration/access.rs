//! How roles, policies and services are looked up: each thing once, and what was refused is never an absence.

use std::collections::BTreeSet;
use std::sync::Arc;

use sekisho_aws::{ErrorClass, account_details, live_service, observe_access, observe_grants, observe_versions};
use sekisho_model::access::{Access, AccessQuestions, Enforcement};
use sekisho_model::observed::Lookup;
use sekisho_model::{Because, Fact};
use serde_json::{Value, json};

use crate::fake::{ACCOUNT, Answer, Asked, Fake, REGION};

const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:GetParameters","Resource":"*"}]}"#;
const MANAGED: &str = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const BOUNDARY: &str = "arn:aws:iam::123456789012:policy/edge";

fn role(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

fn key(id: &str) -> String {
    format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}")
}

fn secret(name: &str) -> String {
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-AbCdEf")
}

/// The document as IAM writes it.
fn encoded() -> String {
    DOCUMENT.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// An account where every role has an inline policy, a managed one and a boundary.
fn everything(asked: &Asked) -> Answer {
    let document = encoded();
    match asked.operation.as_str() {
        "iam:GetRole" => {
            let name = asked.member("RoleName");
            Answer::iam(
                "GetRole",
                &format!(
                    "<Role><Path>/</Path><RoleName>{name}</RoleName><RoleId>AROA</RoleId><Arn>{}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
                     <AssumeRolePolicyDocument>{document}</AssumeRolePolicyDocument>\
                     <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>{BOUNDARY}</PermissionsBoundaryArn></PermissionsBoundary>\
                     <Tags><member><Key>team</Key><Value>books</Value></member></Tags></Role>",
                    role(name)
                ),
            )
        }
        "iam:ListRolePolicies" if asked.member("Marker").is_empty() => Answer::iam(
            "ListRolePolicies",
            "<PolicyNames><member>first</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>more</Marker>",
        ),
        "iam:ListRolePolicies" => {
            Answer::iam("ListRolePolicies", "<PolicyNames><member>second</member></PolicyNames><IsTruncated>false</IsTruncated>")
        }
        "iam:GetRolePolicy" => Answer::iam(
            "GetRolePolicy",
            &format!(
                "<RoleName>r</RoleName><PolicyName>{}</PolicyName><PolicyDocument>{document}</PolicyDocument>",
                asked.member("PolicyName")
            ),
        ),
        "iam:ListAttachedRolePolicies" => Answer::iam(
            "ListAttachedRolePolicies",
            &format!(
                "<AttachedPolicies><member><PolicyName>AmazonECSTaskExecutionRolePolicy</PolicyName><PolicyArn>{MANAGED}</PolicyArn></member>\
                 </AttachedPolicies><IsTruncated>false</IsTruncated>"
            ),
        ),
        "iam:GetPolicy" => Answer::iam("GetPolicy", "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>"),
        "iam:GetPolicyVersion" => {
            assert_eq!(asked.member("VersionId"), "v3");
            Answer::iam(
                "GetPolicyVersion",
                &format!("<PolicyVersion><Document>{document}</Document><VersionId>v3</VersionId></PolicyVersion>"),
            )
        }
        "kms:GetKeyPolicy" => Answer::json(&json!({ "Policy": DOCUMENT, "PolicyName": "default" })),
        "kms:ListGrants" if asked.body["Marker"].is_null() => {
            Answer::json(&json!({ "Grants": [], "Truncated": true, "NextMarker": "more" }))
        }
        "kms:ListGrants" => Answer::json(&json!({
            "Grants": [{
                "KeyId": asked.body["KeyId"], "GrantId": "1", "GranteePrincipal": role("execution"), "Operations": ["Decrypt"],
                "Constraints": { "EncryptionContextSubset": { "PARAMETER_ARN": "arn" } }
            }],
            "Truncated": false
        })),
        "secretsmanager:GetResourcePolicy" if asked.body["SecretId"] == secret("shared").as_str() => {
            Answer::json(&json!({ "ARN": asked.body["SecretId"], "Name": "shared", "ResourcePolicy": DOCUMENT }))
        }
        "secretsmanager:GetResourcePolicy" => Answer::json(&json!({ "ARN": asked.body["SecretId"], "Name": "own" })),
        other => panic!("{other} was not expected"),
    }
}

fn questions(roles: &[&str]) -> AccessQuestions {
    AccessQuestions {
        roles: roles.iter().map(|name| role(name)).collect(),
        keys: [key("1"), key("2")].into(),
        secrets: [secret("own"), secret("shared")].into(),
    }
}

async fn look(fake: &Arc<Fake>, questions: &AccessQuestions) -> Access<String> {
    observe_access(&fake.connect().await, ACCOUNT, questions).await
}

fn expected(counts: &[(&str, usize)]) -> Vec<(String, usize)> {
    counts.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

#[tokio::test]
async fn each_policy_is_read_once_however_many_roles_have_it() {
    let fake = Fake::new(everything);
    let seen = look(&fake, &questions(&["execution", "task", "other"])).await;
    assert_eq!(
        fake.counts(),
        expected(&[
            ("iam:GetPolicy", 2),
            ("iam:GetPolicyVersion", 2),
            ("iam:GetRole", 3),
            ("iam:GetRolePolicy", 6),
            ("iam:ListAttachedRolePolicies", 3),
            ("iam:ListRolePolicies", 6),
            ("kms:GetKeyPolicy", 2),
            ("secretsmanager:GetResourcePolicy", 2),
        ])
    );
    assert_eq!(seen.enforcement, Enforcement::Examined);
    let Some(Lookup::Found(found)) = seen.roles[&role("execution")].value() else { panic!("{seen:?}") };
    assert_eq!(found.arn, role("execution"));
    assert_eq!(found.tags["team"], "books");
    assert_eq!(found.trust.value().map(String::as_str), Some(DOCUMENT));
    let policies = found.policies().unwrap();
    let names: Vec<_> = policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(names, ["first", "second", "AmazonECSTaskExecutionRolePolicy"]);
    assert!(policies.iter().all(|policy| policy.document.value().is_some_and(|text| text == DOCUMENT)));
    assert_eq!(found.boundary.as_ref().unwrap().arn.as_deref(), Some(BOUNDARY));
    assert!(found.gaps().is_empty());
    assert_eq!(seen.keys[&key("1")].policy.value().unwrap().found().unwrap(), DOCUMENT);
    assert_eq!(seen.keys[&key("1")].grants.because(), Some(&Because::NotAsked));
    assert_eq!(seen.secrets[&secret("own")].value(), Some(&Lookup::Absent));
    assert_eq!(seen.secrets[&secret("shared")].value().unwrap().found().unwrap(), DOCUMENT);
}

#[tokio::test]
async fn grants_are_listed_to_the_last_page() {
    let fake = Fake::new(everything);
    let keys: BTreeSet<String> = [key("1")].into();
    let grants = observe_grants(&fake.connect().await, &keys).await;
    let [grant] = grants[&key("1")].value().unwrap().as_slice() else { panic!("{grants:?}") };
    assert_eq!((grant.grantee.as_str(), grant.operations.as_slice()), (role("execution").as_str(), &["Decrypt".to_owned()][..]));
    assert_eq!(grant.context_subset["PARAMETER_ARN"], "arn");
    assert_eq!(fake.asked_of("kms:ListGrants").len(), 2);
}

#[tokio::test]
async fn the_versions_of_a_secret_name_the_keys_that_read_them() {
    let fake = Fake::new(|asked| match asked.body["NextToken"].as_str() {
        None => Answer::json(&json!({ "Versions": [{ "VersionId": "one", "KmsKeyIds": ["a", "b"] }], "NextToken": "more" })),
        Some(_) => Answer::json(&json!({ "Versions": [{ "VersionId": "two", "CreatedDate": 1_700_000_000.0 }] })),
    });
    let versions = observe_versions(&fake.connect().await, &[secret("own")].into()).await;
    let versions = versions[&secret("own")].value().unwrap();
    assert_eq!(versions["one"].keys, ["a", "b"]);
    assert_eq!(versions["two"].created.map(time::OffsetDateTime::unix_timestamp), Some(1_700_000_000));
}

#[tokio::test]
async fn where_there_is_no_iam_nothing_else_is_asked() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "iam:GetRole" => Answer::xml_error(400, "InvalidAction", "Could not find operation GetRole for version 2010-05-08"),
        other => panic!("{other} was not expected"),
    });
    let seen = look(&fake, &questions(&["execution"])).await;
    assert_eq!(seen.enforcement, Enforcement::Missing);
    assert!(seen.roles.is_empty() && seen.keys.is_empty() && seen.secrets.is_empty());
}

#[tokio::test]
async fn only_what_is_in_question_is_asked() {
    let fake = Fake::new(everything);
    let seen = look(&fake, &AccessQuestions::default()).await;
    assert_eq!(seen.enforcement, Enforcement::NotExamined);
    assert!(fake.asked().is_empty());
    let seen = look(&fake, &questions(&[])).await;
    assert_eq!(seen.enforcement, Enforcement::NotExamined);
    assert_eq!(fake.counts(), expected(&[("kms:GetKeyPolicy", 2), ("secretsmanager:GetResourcePolicy", 2)]));
    assert_eq!((seen.keys.len(), seen.secrets.len()), (2, 2));
}

#[tokio::test]
async fn a_role_that_does_not_exist_is_absent_and_one_that_may_not_be_read_is_not() {
    let fake = Fake::new(|asked| match (asked.operation.as_str(), asked.member("RoleName")) {
        ("iam:GetRole", "gone") => Answer::xml_error(404, "NoSuchEntity", "The role with name gone cannot be found."),
        ("iam:GetRole", "withheld") => Answer::xml_error(403, "AccessDenied", "not authorized to perform: iam:GetRole"),
        _ => everything(asked),
    });
    let seen = look(&fake, &questions(&["gone", "withheld", "execution"])).await;
    assert_eq!(seen.roles[&role("gone")].value(), Some(&Lookup::Absent));
    assert!(matches!(seen.roles[&role("withheld")].because(), Some(Because::Denied { .. })));
    assert!(matches!(seen.roles[&role("execution")].value(), Some(Lookup::Found(_))));
}

#[tokio::test]
async fn one_policy_that_may_not_be_read_leaves_a_gap_and_hides_no_other() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "iam:GetPolicyVersion" if asked.form.contains("edge") => Answer::xml_error(403, "AccessDenied", "no"),
        "iam:GetRolePolicy" if asked.member("PolicyName") == "second" => Answer::xml_error(403, "AccessDenied", "no"),
        "iam:ListAttachedRolePolicies" if asked.member("RoleName") == "task" => Answer::xml_error(403, "AccessDenied", "no"),
        _ => everything(asked),
    });
    let seen = look(&fake, &questions(&["execution", "task"])).await;
    let found = |name: &str| seen.roles[&role(name)].value().unwrap().found().unwrap();
    let gaps: Vec<_> = found("execution").gaps().into_iter().map(|(name, _)| name).collect();
    assert_eq!(gaps, [Some("second")]);
    assert!(matches!(found("execution").boundary.as_ref().unwrap().document.because(), Some(Because::Denied { .. })));
    assert_eq!(found("task").policies(), None, "half a listing is none");
    assert_eq!(found("task").gaps().len(), 2);
}

#[tokio::test]
async fn a_key_policy_or_a_secrets_policy_that_may_not_be_read_is_unknown() {
    let fake = Fake::new(|asked| match asked.operation.as_str() {
        "kms:GetKeyPolicy" | "secretsmanager:GetResourcePolicy" => Answer::error("AccessDeniedException", "no"),
        _ => everything(asked),
    });
    let seen = look(&fake, &questions(&["execution"])).await;
    assert!(matches!(seen.keys[&key("1")].policy.because(), Some(Because::Denied { .. })));
    assert!(matches!(seen.secrets[&secret("own")].because(), Some(Because::Denied { .. })));
}

#[tokio::test]
async fn a_role_of_another_account_is_not_looked_up_by_its_name() {
    let fake = Fake::new(everything);
    let foreign = "arn:aws:iam::999999999999:role/execution".to_owned();
    let seen = look(&fake, &AccessQuestions { roles: [foreign.clone()].into(), ..AccessQuestions::default() }).await;
    assert!(matches!(seen.roles[&foreign].because(), Some(Because::Refused { .. })));
    assert!(fake.asked().is_empty());
}

fn service(asked: &Asked) -> Answer {
    let arn = format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/api:7");
    match asked.operation.as_str() {
        "ecs:DescribeServices" => Answer::json(&json!({
            "services": [{ "serviceArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/api"), "status": "ACTIVE", "taskDefinition": arn, "somethingNew": 1 }],
            "failures": []
        })),
        "ecs:DescribeTaskDefinition" => {
            assert_eq!(asked.body["taskDefinition"], arn.as_str());
            Answer::json(
                &json!({ "taskDefinition": { "taskDefinitionArn": arn, "family": "api", "somethingNew": true, "containerDefinitions": [] } }),
            )
        }
        other => panic!("{other} was not expected"),
    }
}

#[tokio::test]
async fn a_live_service_is_handed_on_as_ecs_wrote_it() {
    let fake = Fake::new(service);
    let live = live_service(&fake.connect().await, "shop", "api").await.unwrap();
    assert_eq!(fake.counts(), expected(&[("ecs:DescribeServices", 1), ("ecs:DescribeTaskDefinition", 1)]));
    let told: Value = serde_json::from_slice(&live.task_definition).unwrap();
    assert_eq!(told["taskDefinition"]["somethingNew"], true, "what this SDK does not know is not lost");
    let told: Value = serde_json::from_slice(&live.service).unwrap();
    assert_eq!(told["services"][0]["somethingNew"], 1);
    assert_eq!(live.task_definition_arn, format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/api:7"));
}

#[tokio::test]
async fn a_service_that_is_missing_or_inactive_is_absent() {
    let missing = Fake::new(|_| Answer::json(&json!({ "services": [], "failures": [{ "arn": "a", "reason": "MISSING" }] })));
    let inactive = Fake::new(|_| Answer::json(&json!({ "services": [{ "status": "INACTIVE", "taskDefinition": "a" }], "failures": [] })));
    let no_cluster = Fake::new(|_| Answer::error("ClusterNotFoundException", "Cluster not found."));
    for (fake, code) in [(missing, "MISSING"), (inactive, "INACTIVE"), (no_cluster, "ClusterNotFoundException")] {
        let error = live_service(&fake.connect().await, "shop", "api").await.unwrap_err();
        assert_eq!((error.class, error.code.as_deref()), (ErrorClass::Absent, Some(code)));
    }
}

#[tokio::test]
async fn account_details_are_one_document_over_all_pages() {
    let fake = Fake::new(|asked| {
        let (name, end) = match asked.member("Marker") {
            "" => ("one", "<IsTruncated>true</IsTruncated><Marker>more</Marker>"),
            _ => ("two", "<IsTruncated>false</IsTruncated>"),
        };
        Answer::iam(
            "GetAccountAuthorizationDetails",
            &format!(
                "<RoleDetailList><member><RoleName>{name}</RoleName><Arn>{}</Arn><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument>\
                 <RolePolicyList><member><PolicyName>p</PolicyName><PolicyDocument>{}</PolicyDocument></member></RolePolicyList>\
                 <AttachedManagedPolicies><member><PolicyName>m</PolicyName><PolicyArn>{MANAGED}</PolicyArn></member></AttachedManagedPolicies>\
                 </member></RoleDetailList>\
                 <Policies><member><PolicyName>m</PolicyName><Arn>{MANAGED}</Arn><DefaultVersionId>v1</DefaultVersionId><PolicyVersionList><member>\
                 <VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>{}</Document></member></PolicyVersionList></member></Policies>{end}",
                role(name),
                encoded(),
                encoded(),
                encoded()
            ),
        )
    });
    let bytes = account_details(&fake.connect().await).await.unwrap();
    let told: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(told["RoleDetailList"].as_array().unwrap().len(), 2);
    assert_eq!(told["RoleDetailList"][1]["RolePolicyList"][0]["PolicyDocument"], encoded());
    assert_eq!(told["Policies"][0]["PolicyVersionList"][0]["IsDefaultVersion"], true);
    assert!(told["RoleDetailList"][0].get("PermissionsBoundary").is_none());
    let denied = Fake::new(|_| Answer::xml_error(403, "AccessDenied", "no"));
    assert_eq!(account_details(&denied.connect().await).await.unwrap_err().class, ErrorClass::Denied);
}

/// Every fact that a look-up leaves says which call told it.
#[tokio::test]
async fn every_answer_names_its_call() {
    let fake = Fake::new(everything);
    let seen = look(&fake, &questions(&["execution"])).await;
    let source = |fact: &Fact<Lookup<String>>| fact.source().to_string();
    assert_eq!(seen.roles[&role("execution")].source().to_string(), format!("iam:GetRole ({REGION})"));
    assert_eq!(source(&seen.keys[&key("1")].policy), format!("kms:GetKeyPolicy ({REGION})"));
    assert_eq!(source(&seen.secrets[&secret("own")]), format!("secretsmanager:GetResourcePolicy ({REGION})"));
}

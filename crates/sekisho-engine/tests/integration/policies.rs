//! Rules on policies that stand in files.

use sekisho_engine::{Confidence, Finding, ReadPolicy, Severity};
use sekisho_model::policy::PolicyKind;

use crate::world::{World, manifest};

const PARAMETER: &str = "arn:aws:ssm:ap-northeast-1:123456789012:parameter";
const SECRET: &str = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret";
const KEY: &str = "arn:aws:kms:ap-northeast-1:123456789012:key/0";

pub(crate) fn policy(name: &str, kind: Option<PolicyKind>, statements: &str) -> ReadPolicy {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let document = sekisho_read::policy(name, text.as_bytes(), kind).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    ReadPolicy { name: name.into(), kind: kind.unwrap_or_else(|| sekisho_read::kind_of(&document)), document }
}

/// One statement of a role's policy.
fn allow(action: &str, resource: &str) -> World {
    allow_if(action, resource, "")
}

fn allow_if(action: &str, resource: &str, condition: &str) -> World {
    named("p.json", action, resource, condition)
}

fn named(name: &str, action: &str, resource: &str, condition: &str) -> World {
    let condition = if condition.is_empty() { String::new() } else { format!(r#","Condition":{{{condition}}}"#) };
    let resource = if resource.starts_with('[') { resource.to_owned() } else { format!("\"{resource}\"") };
    World::nothing().policy(policy(
        name,
        None,
        &format!(r#"{{"Sid":"S","Effect":"Allow","Action":{action:?},"Resource":{resource}{condition}}}"#),
    ))
}

fn trust(service: &str, action: &str, condition: &str) -> World {
    let condition = if condition.is_empty() { String::new() } else { format!(r#","Condition":{{{condition}}}"#) };
    let statement = format!(r#"{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"{action}"{condition}}}"#);
    World::nothing().policy(policy("trust.json", Some(PolicyKind::Trust), &statement))
}

const MANIFEST: &str = r#"
[project]
name = "shop"
region = "ap-northeast-1"
[environments.development]
store = "ssm"
endpoint = "local"
[environments.production]
account = "123456789012"
store = "secretsmanager"
kms_key = "alias/production-secrets"
[secrets."database/password"]
env = "DB_PASSWORD"
"#;

/// One situation for each message.
pub(crate) fn situations() -> Vec<(&'static str, World)> {
    let resource_of = |principal: &str| {
        let statement =
            format!(r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"secretsmanager:GetSecretValue","Resource":"*"}}"#);
        World::nothing().policy(policy("secret.json", Some(PolicyKind::Resource), &statement))
    };
    let not_action = r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#;
    let any_environment = || named("p.json", "ssm:GetParameters", &format!("{PARAMETER}/*/database/password"), "");
    let both = format!(r#"["{PARAMETER}/production/a","{PARAMETER}/development/a"]"#);
    vec![
        ("alias-as-resource", allow("kms:Decrypt", "arn:aws:kms:ap-northeast-1:123456789012:alias/production")),
        ("resource-on-wildcard-only-action", allow("ssm:DescribeParameters", &format!("{PARAMETER}/*"))),
        ("secret-without-suffix-in-policy", allow("secretsmanager:GetSecretValue", &format!("{SECRET}:production/db"))),
        ("secret-without-suffix-in-policy-wide", allow("secretsmanager:GetSecretValue", &format!("{SECRET}:production/db-*"))),
        ("leading-slash-in-policy", allow("secretsmanager:GetSecretValue", &format!("{SECRET}:/production/*"))),
        ("leading-slash-in-policy-parameter", allow("ssm:GetParameters", &format!("{PARAMETER}//production/a"))),
        ("json-key-in-policy", allow("secretsmanager:GetSecretValue", &format!("{SECRET}:db-AbCdEf:password::"))),
        (
            "condition-never-present",
            allow_if(
                "ssm:GetParameters",
                &format!("{PARAMETER}/a"),
                r#""ArnLike":{"aws:SourceArn":"arn:aws:ecs:ap-northeast-1:123456789012:*"}"#,
            ),
        ),
        (
            "condition-never-present-service",
            allow_if(
                "ssm:GetParameters",
                &format!("{PARAMETER}/a"),
                r#""StringEquals":{"kms:ViaService":"ssm.ap-northeast-1.amazonaws.com"}"#,
            ),
        ),
        ("grant-of-all-secrets", allow("ssm:GetParameters", &format!("{PARAMETER}/*"))),
        ("cross-environment-grant", named("policies/development.json", "ssm:GetParameters", &format!("{PARAMETER}/production/a"), "")),
        ("cross-environment-grant-mixed", named("p.json", "ssm:GetParameters", &both, "")),
        ("cross-environment-grant-wildcard", any_environment().declaring(manifest(MANIFEST))),
        ("wildcard-that-aws-ignores", allow("ssm:GetParameters", "arn:*:ssm:ap-northeast-1:123456789012:parameter/a")),
        ("wildcard-that-aws-ignores-short", allow("ssm:GetParameters", "arn:aws:ssm:*:parameter/a")),
        ("dangling-principal", resource_of("AROAEXAMPLEEXAMPLE123")),
        ("for-all-values-with-allow", allow_if("ecs:RunTask", "*", r#""ForAllValues:StringEquals":{"aws:TagKeys":["team"]}"#)),
        (
            "for-all-values-with-allow-kms",
            allow_if("kms:Decrypt", KEY, r#""ForAllValues:StringEquals":{"kms:EncryptionContext:PARAMETER_ARN":["a"]}"#),
        ),
        ("statement-never-applies", allow("secretsmanager:GetSecretValue", &format!("{PARAMETER}/a"))),
        ("unknown-action", allow("ssm:GetParametres", &format!("{PARAMETER}/a"))),
        ("unknown-action-service", allow("secretmanager:GetSecretValue", &format!("{SECRET}:a-??????"))),
        ("allow-of-everything-else", World::nothing().policy(policy("p.json", None, not_action))),
        ("trust-of-tasks", trust("ecs.amazonaws.com", "sts:AssumeRole", "")),
        ("trust-of-tasks-action", trust("ecs-tasks.amazonaws.com", "sts:TagSession", "")),
        ("trust-of-tasks-external-id", trust("ecs-tasks.amazonaws.com", "sts:AssumeRole", r#""StringEquals":{"sts:ExternalId":"x"}"#)),
        (
            "trust-of-tasks-source",
            trust(
                "ecs-tasks.amazonaws.com",
                "sts:AssumeRole",
                r#""ArnLike":{"aws:SourceArn":"arn:aws:lambda:ap-northeast-1:123456789012:*"}"#,
            ),
        ),
        (
            "trust-of-tasks-narrow",
            trust(
                "ecs-tasks.amazonaws.com",
                "sts:AssumeRole",
                r#""ArnLike":{"aws:SourceArn":"arn:aws:ecs:ap-northeast-1:123456789012:cluster/shop"}"#,
            ),
        ),
        ("trust-without-source", trust("ecs-tasks.amazonaws.com", "sts:AssumeRole", "")),
        ("reading-beyond-the-task", allow("ssm:GetParametersByPath", &format!("{PARAMETER}/a"))),
        ("reading-beyond-the-task-singular", allow("ssm:GetParameter", &format!("{PARAMETER}/a"))),
        ("reading-without-decrypt", allow("ssm:GetParameters", &format!("{PARAMETER}/a"))),
        ("grant-in-any-account", allow("ssm:GetParameters", "arn:aws:ssm:ap-northeast-1:*:parameter/a")),
        ("grant-in-any-account-region", allow("ssm:GetParameters", "arn:aws:ssm:*:123456789012:parameter/a")),
        ("grant-by-prefix", allow("ssm:GetParameters", &format!("{PARAMETER}/production/*"))),
    ]
}

fn messages(world: &World) -> Vec<&'static str> {
    world.judge().findings.iter().map(|finding| finding.message).collect()
}

fn finding(world: &World, message: &str) -> Finding {
    let findings = world.judge().findings;
    let found = findings.iter().find(|finding| finding.message == message).cloned();
    found.unwrap_or_else(|| panic!("{message}: {:?}", findings.iter().map(|finding| finding.message).collect::<Vec<_>>()))
}

fn arg<'f>(finding: &'f Finding, name: &str) -> &'f str {
    finding.args.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

#[test]
fn a_finding_names_the_statement_and_its_place() {
    let finding = finding(&allow("secretsmanager:GetSecretValue", &format!("{SECRET}:production/db")), "secret-without-suffix-in-policy");
    assert_eq!(finding.address, "p.json/S");
    assert!(finding.source.unwrap().to_string().starts_with("p.json:1:"));
}

#[test]
fn an_exact_policy_is_clean() {
    let statements = format!(
        r#"{{"Effect":"Allow","Action":"ssm:GetParameters","Resource":"{PARAMETER}/production/a"}},
           {{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":["{SECRET}:production/db-??????","{SECRET}:production/x-AbCdEf"]}},
           {{"Effect":"Allow","Action":"kms:Decrypt","Resource":"{KEY}","Condition":{{"StringEquals":{{"kms:ViaService":"ssm.ap-northeast-1.amazonaws.com"}}}}}},
           {{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}},
           {{"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:BatchCheckLayerAvailability"],"Resource":"arn:aws:ecr:ap-northeast-1:123456789012:repository/shop/api"}},
           {{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/api:*"}},
           {{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::config/api.env"}},
           {{"Effect":"Allow","Action":"s3:GetBucketLocation","Resource":"arn:aws:s3:::config"}},
           {{"Effect":"Deny","Action":"ssm:GetParameters","Resource":"{PARAMETER}/development/*"}}"#
    );
    let world = World::nothing().policy(policy("production/api.json", None, &statements));
    assert_eq!(world.judge().findings, []);
}

#[test]
fn a_trust_policy_for_this_account_is_clean() {
    let condition =
        r#""StringEquals":{"aws:SourceAccount":"123456789012"},"ArnLike":{"aws:SourceArn":"arn:aws:ecs:ap-northeast-1:123456789012:*"}"#;
    assert_eq!(messages(&trust("ecs-tasks.amazonaws.com", "sts:AssumeRole", condition)), [""; 0]);
}

#[test]
fn the_alias_belongs_to_the_operations_on_aliases() {
    let alias = "arn:aws:kms:ap-northeast-1:123456789012:alias/production";
    assert!(!messages(&allow("kms:UpdateAlias", alias)).contains(&"alias-as-resource"));
    let found = finding(&allow("kms:Decrypt", alias), "alias-as-resource");
    assert_eq!(arg(&found, "instead"), "arn:aws:kms:ap-northeast-1:123456789012:key/*");
    // What is said of the alias is not said again of the resource's kind.
    assert!(!messages(&allow("kms:Decrypt", alias)).contains(&"statement-never-applies"));
}

#[test]
fn without_the_token_no_image_can_be_pulled() {
    let world = allow("ecr:GetAuthorizationToken", "arn:aws:ecr:ap-northeast-1:123456789012:repository/a");
    assert_eq!(finding(&world, "resource-on-wildcard-only-action").severity, Severity::Error);
    assert!(messages(&allow("ecr:GetAuthorizationToken", "*")).is_empty());
    assert!(!messages(&allow("ssm:Get*", &format!("{PARAMETER}/a"))).contains(&"resource-on-wildcard-only-action"));
}

#[test]
fn the_suffix_of_a_secret_is_six_characters() {
    for (resource, expected) in
        [("production/db", "production/db-??????"), ("production/db-*", "production/db-??????"), ("production/db*", "production/db-??????")]
    {
        let world = allow("secretsmanager:GetSecretValue", &format!("{SECRET}:{resource}"));
        let findings = world.judge().findings;
        let found = findings.iter().find(|finding| finding.rule.id == "SEK0122").unwrap();
        assert_eq!(arg(found, "instead"), format!("{SECRET}:{expected}"));
    }
    for resource in ["production/db-AbCdEf", "production/db-??????", "production/*", "production/db-${suffix}"] {
        let world = allow("secretsmanager:GetSecretValue", &format!("{SECRET}:{resource}"));
        assert!(!world.judge().findings.iter().any(|finding| finding.rule.id == "SEK0122"), "{resource}");
    }
}

#[test]
fn a_slash_that_the_names_do_not_have_is_certain_where_they_are_known() {
    let world = || allow("secretsmanager:GetSecretValue", &format!("{SECRET}:/production/*"));
    let likely = finding(&world(), "leading-slash-in-policy");
    assert_eq!((likely.severity, likely.confidence), (Severity::Warning, Confidence::Likely));
    let certain = finding(&world().declaring(manifest(MANIFEST)), "leading-slash-in-policy");
    assert_eq!((certain.severity, certain.confidence), (Severity::Error, Confidence::Certain));
    assert_eq!(arg(&certain, "instead"), format!("{SECRET}:production/*"));
    let slashed = MANIFEST
        .replace("region = \"ap-northeast-1\"\n", "region = \"ap-northeast-1\"\npath = { secretsmanager = \"/{environment}/{secret}\" }\n");
    assert!(!messages(&world().declaring(manifest(&slashed))).contains(&"leading-slash-in-policy"));
}

#[test]
fn a_condition_that_holds_without_its_key_is_no_mistake() {
    for condition in [
        r#""ArnLikeIfExists":{"aws:SourceArn":"arn:aws:ecs:*:123456789012:*"}"#,
        r#""StringNotEquals":{"aws:SourceAccount":"999999999999"}"#,
        r#""Null":{"aws:SourceArn":"true"}"#,
        r#""StringEquals":{"aws:PrincipalTag/team":"a"}"#,
    ] {
        let world = allow_if("ssm:GetParameters", &format!("{PARAMETER}/a"), condition);
        assert!(!messages(&world).iter().any(|message| message.starts_with("condition-never-present")), "{condition}");
    }
}

#[test]
fn a_condition_on_tags_leaves_less_than_everything() {
    let all = |condition: &str| messages(&allow_if("secretsmanager:GetSecretValue", "*", condition));
    assert!(all("").contains(&"grant-of-all-secrets"));
    assert!(!all(r#""StringEquals":{"aws:ResourceTag/service":"api"}"#).contains(&"grant-of-all-secrets"));
}

#[test]
fn the_manifest_says_which_names_belong_to_an_environment() {
    let world = named(
        "modules/development/policy.json",
        "secretsmanager:GetSecretValue",
        &format!("{SECRET}:production/database/password-??????"),
        "",
    );
    let found = finding(&world.declaring(manifest(MANIFEST)), "cross-environment-grant");
    assert_eq!((found.severity, found.confidence), (Severity::Error, Confidence::Certain));
    assert_eq!((arg(&found, "own"), arg(&found, "other")), ("development", "production"));
    let own = named(
        "modules/production/policy.json",
        "secretsmanager:GetSecretValue",
        &format!("{SECRET}:production/database/password-??????"),
        "",
    );
    assert!(!messages(&own.declaring(manifest(MANIFEST))).iter().any(|message| message.starts_with("cross-environment")));
}

#[test]
fn a_misspelt_action_is_certain_and_a_new_one_is_not() {
    let misspelt = finding(&allow("ssm:GetParametres", &format!("{PARAMETER}/a")), "unknown-action");
    assert_eq!((arg(&misspelt, "suggestion"), misspelt.confidence), ("ssm:GetParameters", Confidence::Certain));
    let new = finding(&allow("ssm:ZipEverything", "*"), "unknown-action");
    assert_eq!((arg(&new, "suggestion"), new.confidence), ("none", Confidence::Likely));
    assert!(!messages(&allow("dynamodb:Anything", "*")).iter().any(|message| message.starts_with("unknown-action")));
}

#[test]
fn what_is_filled_in_later_is_no_wildcard() {
    let world = allow("ssm:GetParameters", "arn:aws:ssm:${region}:${account}:parameter/${environment}/a");
    assert_eq!(messages(&world), ["reading-without-decrypt"]);
}

/// The policy for parameters of a widely read guide: what is too wide, what ECS does not call, and what is missing (facts/guide.md §3.1).
#[test]
fn the_guides_policy_on_parameters_is_too_wide_and_lacks_decrypt() {
    let resource = "arn:aws:ssm:ap-northeast-1:*:parameter/production/*";
    let statement = format!(r#"{{"Effect":"Allow","Action":["ssm:GetParameter","ssm:GetParameters"],"Resource":"{resource}"}}"#);
    let world = World::nothing().policy(policy("production-ssm.json", None, &statement)).declaring(manifest(MANIFEST));
    let mut said = messages(&world);
    said.sort_unstable();
    assert_eq!(said, ["grant-by-prefix", "grant-in-any-account", "reading-beyond-the-task", "reading-without-decrypt"]);
    assert_eq!(finding(&world, "reading-without-decrypt").severity, Severity::Warning);
}

/// The same guide's policy for secrets matches nothing: its own secrets have no leading slash (facts/guide.md §3.2).
#[test]
fn the_guides_policy_on_secrets_matches_nothing() {
    let resource = "arn:aws:secretsmanager:ap-northeast-1:*:secret:/production/*";
    let statement = format!(r#"{{"Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":"{resource}"}}"#);
    let world = World::nothing().policy(policy("production-secrets.json", None, &statement)).declaring(manifest(MANIFEST));
    let mut said = messages(&world);
    said.sort_unstable();
    assert_eq!(said, ["grant-by-prefix", "grant-in-any-account", "leading-slash-in-policy", "reading-without-decrypt"]);
    let slash = finding(&world, "leading-slash-in-policy");
    assert_eq!((slash.severity, slash.confidence), (Severity::Error, Confidence::Certain));
    assert_eq!(arg(&slash, "instead"), "arn:aws:secretsmanager:ap-northeast-1:*:secret:production/*");
}

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sekisho_engine::predict::{Fate, Shown, Speaker};
use sekisho_engine::rules::RULES;
use sekisho_engine::{Blocks, Confidence, Outcome, Prediction, Severity, predict};
use sekisho_model::{Secret, Spanned};

use crate::rules::situations;
use crate::world::{ACCOUNT, REGION, World, secret_arn};

const DB: &str = "db-AbCdEf";

fn prediction(world: &World) -> Prediction {
    predict(&world.case()).pop().expect("one definition")
}

/// A definition for Fargate, or for whoever comes, with these secrets in its only container.
fn secrets(compatibilities: &str, entries: &[(String, String)]) -> World {
    let entries: Vec<String> = entries
        .iter()
        .map(|(name, text)| format!(r#"{{"name":"{name}","valueFrom":{}}}"#, serde_json::Value::from(text.as_str())))
        .collect();
    World::definition(&format!(
        r#"{{"executionRoleArn":"arn:aws:iam::{ACCOUNT}:role/exec","requiresCompatibilities":[{compatibilities}],"containerDefinitions":[{{"name":"app","secrets":[{}]}}]}}"#,
        entries.join(",")
    ))
}

fn parameters(names: impl IntoIterator<Item = String>) -> World {
    let entries: Vec<(String, String)> = names.into_iter().enumerate().map(|(at, name)| (format!("V{at}"), name)).collect();
    secrets(r#""EC2""#, &entries)
}

fn shown(prediction: &Prediction) -> Vec<&str> {
    prediction.first.iter().map(|shown| shown.text.as_deref().unwrap_or("-")).collect()
}

/// Every fixture of the rules, with what becomes of its first reference and what is printed because of it. A changed line is a changed promise.
#[test]
fn each_fixture_has_its_outcome_and_its_message() {
    let mut table = String::new();
    for (message, mut world) in crate::fixtures::found() {
        // Nobody says who runs it, so that both speak.
        world.definition.definition.requires_compatibilities.clear();
        let judgement = world.judge();
        let Some(prediction) = judgement.predictions.first() else { continue };
        let Some(finding) = judgement.findings.iter().find(|finding| finding.message == message) else { continue };
        let says = judgement.says(finding);
        let of = prediction.references.iter().find(|reference| reference.address == finding.address);
        if finding.blocks == Blocks::Nothing && of.is_none_or(|of| matches!(of.outcome, Outcome::Resolved | Outcome::CannotTell)) {
            continue;
        }
        let outcome = of.map_or("-", |of| of.outcome.as_str());
        writeln!(table, "{message}: {outcome}, {}", finding.confidence.as_str()).unwrap();
        for said in says {
            writeln!(table, "  {} ({}): {}", said.by.as_str(), said.confidence.as_str(), said.text.replace(&"a".repeat(2049), "aaa"))
                .unwrap();
        }
    }
    insta::assert_snapshot!(table, @r"
    agent-too-old: fails-at-start, certain
    agent-too-old-placed: fails-at-start, certain
    binary-secret: silently-empty, certain
    binary-secret-key: fails-at-start, certain
    broken-arn: refused-at-registration, certain
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    broken-arn-account: fails-at-start, certain
    broken-arn-partition: fails-at-start, likely
    broken-arn-region: fails-at-start, certain
    broken-arn-service: refused-at-registration, certain
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    credential-spec-form: -, likely
      ec2 (likely): Unsupported credentialspec ARN, only s3/ssm ARNs are valid
    credential-spec-form-many: -, likely
    duplicate-secret-name: refused-at-registration, likely
      registration (likely): Duplicate secret names found: S. Each secret name must be unique.
    empty-tags: -, likely
      registration (likely): Tags can not be empty
    empty-value: silently-empty, certain
    empty-value-from: refused-at-registration, certain
      registration (likely): secret.valueFrom should not be null or empty
    environment-file-form: -, likely
      ec2 (certain): ResourceInitializationError: resource cannot be initialized for task …: unable to parse bucket and key from s3 ARN specified in environmentFile s3://bucket/app.env, error: …
    environment-file-form-many: -, likely
    environment-file-form-suffix: -, likely
    environment-file-form-type: -, likely
    firelens-file-form: -, certain
      registration (certain): Invalid arn syntax.
    firelens-router-missing: -, likely
      registration (likely): When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified
    foreign-parameter: refused-at-registration, likely
      registration (likely): The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is 123456789012 and the ARN account ID is 999999999999. Cross-account access for ARNs is not currently supported.
    foreign-partition: fails-at-start, certain
    invalid-parameter-name: refused-at-registration, certain
      registration (certain): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    invalid-parameter-name-deep: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … ValidationException: Parameter name: …
    invalid-parameter-name-level: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … ValidationException: Parameter name: …
    invalid-parameter-name-limit: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … ValidationException: Parameter name: …
    invalid-parameter-name-long: refused-at-registration, certain
      registration (certain): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    invalid-parameter-name-reserved: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … ValidationException: Parameter name: …
    invalid-parameter-name-slash: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … ValidationException: Parameter name: …
    invalid-parameter-name-space: refused-at-registration, likely
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    json-value-rendering: wrongly-rendered, certain
    json-value-rendering-null: wrongly-rendered, certain
    json-value-rendering-number: wrongly-rendered, certain
    json-value-rendering-structure: wrongly-rendered, certain
    malformed-secret-reference: fails-at-start, certain
      ec2 (certain): Trying to retrieve secret with value arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret
    malformed-secret-reference-character: fails-at-start, certain
      ec2 (likely): Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:a b-AbCdEf: …: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:a b-AbCdEf from secrets manager: …
    malformed-secret-reference-empty: fails-at-start, certain
      ec2 (likely): Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:: …: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret: from secrets manager: …
    malformed-secret-reference-resource: fails-at-start, certain
      ec2 (certain): Trying to retrieve secret with value arn:aws:secretsmanager:ap-northeast-1:123456789012:secret/x resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret
    missing-execution-role: refused-at-registration, certain
      registration (certain): When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.
    missing-json-key: fails-at-start, certain
      ec2 (certain): Retrieved secret from Secrets Manager did not contain json key password
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password
    missing-json-key-case: fails-at-start, certain
      ec2 (certain): Retrieved secret from Secrets Manager did not contain json key password
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password
    missing-parameter: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: /a/b
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /a/b
    missing-parameter-root: fails-at-start, likely
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: arn:aws:ssm:ap-northeast-1:123456789012:parameter/a
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: arn:aws:ssm:ap-northeast-1:123456789012:parameter/a
    missing-secret: fails-at-start, certain
      ec2 (likely): ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: … ResourceNotFoundException: Secrets Manager can't find the specified secret.
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.
    missing-secret-version: fails-at-start, certain
      ec2 (likely): ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: … ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT
    missing-secret-version-both: fails-at-start, certain
      ec2 (likely): ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: … ResourceNotFoundException: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: ResourceNotFoundException: …
    missing-secret-version-id: fails-at-start, certain
      ec2 (likely): ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: … ResourceNotFoundException: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: ResourceNotFoundException: …
    mixed-accounts-parameter: refused-at-registration, likely
      registration (likely): The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is 123456789012 and the ARN account ID is 999999999999. Cross-account access for ARNs is not currently supported.
    mixed-partitions: fails-at-start, certain
    nul-in-value: fails-at-start, likely
    parameter-arn-slash: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: arn:aws:ssm:ap-northeast-1:123456789012:parameter//a/b
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: arn:aws:ssm:ap-northeast-1:123456789012:parameter//a/b
    parameter-version-selector: refused-at-registration, certain
      registration (certain): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    parameter-version-selector-arn: refused-at-registration, likely
    platform-version-too-old: fails-at-start, certain
    registry-credentials-content: fails-at-start, certain
      ec2 (likely): Asm fetching authorization data: unable to unmarshal secret value, invalid schema
    registry-credentials-content-key: fails-at-start, certain
      ec2 (likely): Asm fetching password: AuthorizationData is malformed, empty field
    registry-credentials-form: fails-at-start, certain
      ec2 (likely): Asm fetching secret from the service for arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:a::: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching secret from the service for arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:a::: …
    registry-credentials-form-parameter: fails-at-start, certain
      ec2 (likely): Asm fetching secret from the service for arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/b: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching secret from the service for arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/b: …
    resolve-in-value-from: refused-at-registration, likely
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    resolve-in-value-from-template: refused-at-registration, likely
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    secret-and-environment-clash: refused-at-registration, certain
      registration (certain): The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'S'.
    secret-name-without-arn: refused-at-registration, certain
      registration (certain): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    secret-not-json: fails-at-start, certain
      ec2 (certain): Invalid character '…' looking for beginning of value
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character '…' looking for beginning of value
    secret-option-without-driver: silently-empty, likely
    secret-pending-deletion: fails-at-start, certain
      ec2 (likely): Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.
    unreadable-leaf: refused-at-registration, certain
    unrendered-template: cannot-tell, likely
      registration (likely): The Systems Manager parameter name specified for secret S is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-
    unusable-key: fails-at-start, certain
      ec2 (likely): Fetching secret data from SSM Parameter Store in ap-northeast-1: … InvalidKeyId: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): … InvalidKeyId: …
    variable-name-none: refused-at-registration, likely
    version-id-form: fails-at-start, certain
      ec2 (likely): Secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf: … ValidationException: …: … ValidationException: …
      fargate (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf from secrets manager: InvalidParameter: 1 validation error(s) found. - minimum field size of 32, GetSecretValueInput.VersionId.
    volume-credentials-form: fails-at-start, certain
      ec2 (likely): Unsupported credentialsParameter, only ssm/secretsmanager ARNs are valid
    volume-credentials-secure-string: fails-at-start, certain
    ");
}

/// What is an error is something that ECS does, or is listed here as a matter of the house's own.
#[test]
fn an_error_is_something_that_ecs_does() {
    let own = [
        "plaintext-secret",
        "plaintext-in-command",
        "plaintext-in-label",
        "plaintext-in-health-check",
        "plaintext-in-log-option",
        "credential-in-url",
        "customer-key-required",
        "rotation-required",
        "declared-secret-not-wired",
        "placeholder-value",
        "not-observed",
        // What stands in no definition is not handed to ECS.
        "unreadable-file",
        "malformed-suppression",
    ];
    for (_, world) in situations() {
        let judgement = world.judge();
        let errors = judgement.findings.iter().filter(|finding| finding.severity == Severity::Error && !finding.undecided);
        // A policy in a file does not say which task's role it will be attached to.
        let errors = errors.filter(|finding| !("SEK0120"..="SEK0149").contains(&finding.rule.id));
        for finding in errors.filter(|finding| !own.iter().any(|own| finding.rule.name.starts_with(own))) {
            let of = judgement.predictions.iter().flat_map(|prediction| &prediction.references).find(|of| of.address == finding.address);
            let does = finding.blocks > Blocks::Nothing
                || of.is_some_and(|of| matches!(of.outcome, Outcome::SilentlyEmpty | Outcome::WronglyRendered));
            assert!(does, "{} is an error, and ECS does nothing about it", finding.message);
        }
    }
}

#[test]
fn a_trouble_names_a_rule_that_exists_and_an_address_where_it_was_found() {
    for (_, world) in situations() {
        let judgement = world.judge();
        for trouble in judgement.predictions.iter().flat_map(|prediction| &prediction.troubles) {
            assert!(RULES.iter().any(|rule| rule.meta().name == trouble.rule));
            for address in &trouble.addresses {
                let found = judgement.findings.iter().any(|finding| finding.rule.name == trouble.rule && finding.address == *address);
                assert!(found, "{} at {address}", trouble.rule);
            }
        }
    }
}

#[test]
fn missing_parameters_of_one_batch_are_told_together() {
    let world = parameters(["/a".to_owned(), "/b".to_owned(), "/c".to_owned()])
        .lacks_parameter("/a")
        .has_parameter("/b", "SecureString", None)
        .lacks_parameter("/c");
    let prediction = prediction(&world);
    assert_eq!(shown(&prediction), ["Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: /a,/c"]);
    assert_eq!(prediction.first[0].troubles.len(), 2);
    assert_eq!(prediction.behind(&prediction.first[0]).count(), 0);
}

#[test]
fn the_eleventh_parameter_is_in_another_batch_and_either_may_be_first() {
    let mut world = parameters((0..11).map(|at| format!("/p{at}"))).lacks_parameter("/p0").lacks_parameter("/p10");
    for at in 1..10 {
        world = world.has_parameter(&format!("/p{at}"), "SecureString", None);
    }
    let prediction = prediction(&world);
    assert_eq!(
        shown(&prediction),
        [
            "Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: /p0",
            "Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: /p10",
        ]
    );
    assert!(prediction.first.iter().all(|shown| shown.confidence == Confidence::Likely));
    assert_eq!(prediction.behind(&prediction.first[0]).count(), 1);
}

#[test]
fn parameters_of_another_region_are_another_call() {
    let there = format!("arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/x/y");
    let mut world = parameters(["/a".to_owned(), there]).lacks_parameter("/a");
    let id = sekisho_model::observed::ParameterId { region: "eu-west-1".into(), account: None, name: "/x/y".into() };
    world.seen.parameters.insert(id, sekisho_model::Fact::known(sekisho_model::observed::Lookup::Absent, crate::world::source()));
    assert_eq!(shown(&prediction(&world)).len(), 2);
}

#[test]
fn a_name_that_parameter_store_refuses_hides_the_missing_ones_of_its_batch() {
    let world = parameters(["/a".to_owned(), "a/b".to_owned()]).lacks_parameter("/a");
    let prediction = prediction(&world);
    assert_eq!(
        shown(&prediction),
        ["Fetching secret data from SSM Parameter Store in ap-northeast-1: … ValidationException: Parameter name: …"]
    );
    assert_eq!(prediction.behind(&prediction.first[0]).map(|trouble| trouble.rule).collect::<Vec<_>>(), ["missing-parameter"]);
}

#[test]
fn errors_of_secrets_are_joined_on_ec2_and_single_on_fargate() {
    let entries = [("A".to_owned(), format!("{}:a", secret_arn(DB))), ("B".to_owned(), format!("{}:b", secret_arn(DB)))];
    let ec2 = prediction(&secrets(r#""EC2""#, &entries));
    assert_eq!(ec2.first.len(), 1);
    let text = ec2.first[0].text.clone().unwrap();
    assert!(text.starts_with("Trying to retrieve secret with value ") && text.contains(";trying to retrieve secret"), "{text}");
    // Fargate's message does not name the reference, so that both troubles are one.
    let fargate = prediction(&secrets(r#""FARGATE""#, &entries));
    assert!(fargate.first.iter().all(|shown| shown.by == Speaker::Fargate && shown.confidence == Confidence::Likely));
    let anybody = prediction(&secrets("", &entries));
    assert_eq!(anybody.first.iter().map(|shown: &Shown| shown.by).filter(|by| *by == Speaker::Ec2).count(), 1);
}

#[test]
fn registration_comes_before_every_start() {
    let entries = [("A".to_owned(), "/a:3".to_owned()), ("B".to_owned(), format!("{}:b", secret_arn(DB)))];
    let prediction = prediction(&secrets(r#""EC2""#, &entries));
    assert_eq!(prediction.fate, Fate::Refused);
    assert_eq!(prediction.first.len(), 1);
    assert_eq!((prediction.first[0].by, prediction.first[0].confidence), (Speaker::Registration, Confidence::Certain));
    assert!(prediction.first[0].text.as_deref().unwrap().contains("specified for secret A is invalid"));
    assert_eq!(prediction.behind(&prediction.first[0]).map(|trouble| trouble.rule).collect::<Vec<_>>(), ["malformed-secret-reference"]);
}

#[test]
fn parameters_and_secrets_that_fail_both_leave_open_which_is_shown() {
    let entries = [("A".to_owned(), "/a".to_owned()), ("B".to_owned(), format!("{}:b", secret_arn(DB)))];
    let prediction = prediction(&secrets(r#""EC2""#, &entries).lacks_parameter("/a"));
    assert_eq!(prediction.first.len(), 2);
    assert!(prediction.first.iter().all(|shown| shown.confidence == Confidence::Likely));
    assert_eq!(prediction.fate, Fate::FailsToStart);
}

#[test]
fn what_is_whole_starts_and_what_is_not_known_cannot_be_told() {
    let whole = World::secret("/a").has_parameter("/a", "SecureString", None);
    assert_eq!((prediction(&whole).fate, prediction(&whole).references[0].outcome), (Fate::Starts, Outcome::Resolved));
    let unknown = World::secret("/a");
    assert_eq!((prediction(&unknown).fate, prediction(&unknown).references[0].outcome), (Fate::CannotTell, Outcome::CannotTell));
    assert_eq!(prediction(&unknown).first, []);
    let template = World::secret("${DB_ARN}");
    assert_eq!((prediction(&template).fate, prediction(&template).references[0].outcome), (Fate::CannotTell, Outcome::CannotTell));
}

#[test]
fn findings_that_keep_a_task_from_starting_come_first() {
    let entries =
        [("A".to_owned(), format!("{}:b", secret_arn(DB))), ("B".to_owned(), "/b:3".to_owned()), ("C".to_owned(), secret_arn("x"))];
    let judgement = secrets(r#""EC2""#, &entries).judge();
    let order: Vec<Blocks> = judgement.findings.iter().map(|finding| finding.blocks).collect();
    assert!(order.is_sorted_by(|a, b| a >= b) && order.first() == Some(&Blocks::Registration), "{order:?}");
    assert!(order.contains(&Blocks::Start) && order.contains(&Blocks::Nothing));
}

#[test]
fn the_environment_is_merged_as_the_agent_merges_it() {
    let file = "arn:aws:s3:::bucket/app.env";
    let mut world = World::container(&format!(
        r#""environment":[{{"name":"PLAIN","value":"p"}}],"secrets":[{{"name":"S","valueFrom":"/a"}}],"environmentFiles":[{{"type":"s3","value":"{file}"}},{{"type":"s3","value":"arn:aws:s3:::bucket/other.env"}}]"#
    ));
    let lines = sekisho_read::environment_file("app.env", b"S=file\nPLAIN=file\nONLY=1\nONLY=2\n").unwrap();
    world.environment_files.insert(file.to_owned(), lines);
    let judgement = world.judge();
    let container = &judgement.predictions[0].containers[0];
    let table: Vec<String> =
        container.variables.iter().map(|one| format!("{} {:?} {}", one.name, one.origin, one.outcome.as_str())).collect();
    insta::assert_snapshot!(table.join("\n"), @r#"
    AWS_DEFAULT_REGION Agent resolved
    AWS_REGION Agent resolved
    ONLY EnvironmentFile { arn: "arn:aws:s3:::bucket/app.env" } resolved
    PLAIN Environment resolved
    S Store { address: "api/app/S" } cannot-tell
    "#);
    let lost: Vec<&str> = container.shadowed.iter().map(|lost| lost.name.as_str()).collect();
    assert_eq!(lost, ["PLAIN", "S"]);
    assert!(container.assumptions.iter().any(|(id, what)| *id == "assume-env-file-not-read" && what.ends_with("other.env")));
    let built = sekisho_engine::environment::assemble(&world.case(), "api", Some(&world.definition.definition.containers[0]));
    assert_eq!(built.variables["ONLY"].expose(), "2");
    assert_eq!(built.variables["PLAIN"].expose(), "p");
}

#[test]
fn the_first_environment_file_that_has_a_name_wins() {
    let mut world = World::container(
        r#""environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/1.env"},{"type":"s3","value":"arn:aws:s3:::b/2.env"}]"#,
    );
    for (arn, value) in [("arn:aws:s3:::b/1.env", "one"), ("arn:aws:s3:::b/2.env", "two")] {
        let place = sekisho_model::Place::locate(&"x.env".into(), "", sekisho_model::Span::new(0, 0));
        world.environment_files.insert(arn.to_owned(), vec![(Spanned::new("N".to_owned(), place), Secret::new(value.to_owned()))]);
    }
    let built = sekisho_engine::environment::assemble(&world.case(), "api", Some(&world.definition.definition.containers[0]));
    assert_eq!(built.variables["N"].expose(), "one");
    assert_eq!(built.shadowed.len(), 1);
}

#[test]
fn a_firelens_router_gets_the_secret_options_of_whom_it_serves() {
    let world = World::definition(
        r#"{"executionRoleArn":"r","requiresCompatibilities":["EC2"],"containerDefinitions":[
            {"name":"app","logConfiguration":{"logDriver":"awsfirelens","secretOptions":[{"name":"apikey","valueFrom":"/key"}]}},
            {"name":"router","firelensConfiguration":{"type":"fluentbit"}}]}"#,
    );
    let prediction = prediction(&world);
    let names = |at: usize| prediction.containers[at].variables.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(1), ["AWS_DEFAULT_REGION", "AWS_REGION", "apikey_0"]);
    assert!(!names(0).contains(&"apikey_0".to_owned()));
}

#[test]
fn the_log_options_of_service_connect_are_references_of_the_definition() {
    let mut world = World::container(r#""secrets":[]"#);
    let place = world.definition.definition.place.clone();
    let fact = |text: &str| sekisho_model::Fact::known(text.to_owned(), sekisho_model::Source::Place(place.clone()));
    let mut service = sekisho_model::service::ServiceDefinition::empty(place.clone());
    service.launch_type = Some(fact("FARGATE"));
    service.service_connect = Some(sekisho_model::service::ServiceConnect {
        place: place.clone(),
        log_driver: Some(fact("splunk")),
        log_options: Vec::new(),
        secret_options: vec![sekisho_model::task_definition::SecretEntry {
            place: place.clone(),
            name: fact("splunk-token"),
            value_from: fact("/token:3"),
        }],
    });
    world.definition.run_by.push(service);
    world.references = sekisho_engine::from_definition(&world.definition, &world.surroundings);
    let prediction = prediction(&world);
    assert_eq!(prediction.launch, sekisho_engine::Launch::Fargate);
    assert_eq!(prediction.references[0].address, "api/service-connect/splunk-token");
    assert_eq!(prediction.references[0].outcome, Outcome::RefusedAtRegistration);
}

#[test]
fn no_prediction_shows_a_value() {
    let by_message: BTreeMap<&str, World> = situations().into_iter().collect();
    for (message, world) in by_message {
        let shown = format!("{:?}", predict(&world.case()));
        for value in ["hunter2", "change-me", "\"v\"", "v\\n", REGION.repeat(2).as_str()] {
            assert!(!shown.contains(value), "{message}: {value} in {shown}");
        }
    }
}

#[test]
fn a_right_that_the_role_lacks_is_told_as_ecs_tells_it() {
    let said = |wanted: &str| {
        let (_, mut world) = crate::access::situations().into_iter().find(|(message, _)| *message == wanted).expect("a situation");
        world.definition.definition.requires_compatibilities.clear();
        let judgement = world.judge();
        let finding = judgement.findings.iter().find(|finding| finding.message == wanted).expect("the finding");
        assert_eq!(finding.blocks, Blocks::Start, "{wanted}");
        judgement.says(finding).iter().map(|said| format!("{}: {}", said.by.as_str(), said.text)).collect::<Vec<_>>().join("\n")
    };
    let missing = said("missing-action");
    assert!(
        missing.contains("ec2: Fetching secret data from SSM Parameter Store in ap-northeast-1: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/… is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db because no identity-based policy allows the ssm:GetParameters action"),
        "{missing}"
    );
    assert!(missing.contains("fargate: ResourceInitializationError: unable to pull secrets or registry auth:"), "{missing}");
    // Which layer denies is not in words that are known beforehand.
    assert!(!said("explicit-deny").contains("no identity-based policy"));
}

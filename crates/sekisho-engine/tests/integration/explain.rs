//! The catalogue behind `explain`: which message is of which class, and what is taken from it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sekisho_engine::Confidence;
use sekisho_engine::explain::{CLASSES, Match, Topic, explain};

const ARN: &str = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf";
const USER: &str = "User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b2c is not authorized to perform:";

fn best(text: &str) -> Match {
    explain(text).into_iter().next().unwrap_or_else(|| panic!("nothing for {text}"))
}

fn class(text: &str) -> &'static str {
    best(text).class.id
}

/// Every message of facts/ecs.md §4.2–4.5 and §5, in the forms in which it is seen.
fn messages() -> Vec<(String, &'static str)> {
    let fargate = |tail: &str| {
        format!("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: {tail}")
    };
    let newer = |tail: &str| format!("ResourceInitializationError: unable to pull secrets or registry auth: {tail}");
    let ssm_denied = format!(
        "AccessDeniedException: {USER} ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/a because no identity-based policy allows the ssm:GetParameters action"
    );
    let asm_denied = format!(
        "AccessDeniedException: {USER} secretsmanager:GetSecretValue on resource: {ARN} because no identity-based policy allows the secretsmanager:GetSecretValue action"
    );
    let retried = "service call has been retried 1 time(s):";
    let sdk2 = |operation: &str, error: &str| {
        format!("operation error {operation}, https response error StatusCode: 400, RequestID: 0a-1b, api error {error}")
    };
    vec![
        // EC2, SDK v1 and v2, capitalised and not.
        ("Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /a,/b".into(), "parameter-not-found"),
        ("fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: a".into(), "parameter-not-found"),
        (format!("Fetching secret data from SSM Parameter Store in ap-northeast-1: {ssm_denied} status code: 400, request id: 1"), "parameter-denied"),
        (format!("Fetching secret data from SSM Parameter Store in ap-northeast-1: {}", sdk2("SSM: GetParameters", &ssm_denied)), "parameter-denied"),
        ("Fetching secret data from SSM Parameter Store in eu-west-1: RequestError: send request failed\ncaused by: Post \"https://ssm.eu-west-1.amazonaws.com/\": net/http: request canceled (Client.Timeout exceeded while awaiting headers)".into(), "parameter-store-unreachable"),
        ("Fetching secret data from SSM Parameter Store in eu-west-1: operation error SSM: GetParameters, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://ssm.eu-west-1.amazonaws.com/\": dial tcp 10.0.0.1:443: i/o timeout".into(), "parameter-store-unreachable"),
        (format!("ResourceNotFoundException: The task can't retrieve the secret with ARN '{ARN}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: secret {ARN}: {}", sdk2("Secrets Manager: GetSecretValue", "ResourceNotFoundException: Secrets Manager can't find the specified secret.")), "secret-not-found"),
        (format!("ResourceNotFoundException: The task can't retrieve the secret with ARN '{ARN}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"), "secret-stage-missing"),
        (format!("Secret {ARN}: {asm_denied}: {asm_denied}"), "secret-denied"),
        (format!("Fetching secret data from AWS Secrets Manager in region ap-northeast-1: secret {ARN}: {asm_denied}"), "secret-denied"),
        (format!("Fetching secret data from AWS Secrets Manager in region ap-northeast-1: secret {ARN}: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."), "secret-marked-for-deletion"),
        ("Retrieved secret from Secrets Manager did not contain json key password".into(), "secret-json-key-missing"),
        ("Trying to retrieve secret with value arn:aws:secretsmanager:eu-west-1:123456789012:secret:x:y resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.".into(), "secret-reference-malformed"),
        ("Unexpected ARN format with parameters when trying to retrieve ASM secret".into(), "secret-reference-malformed"),
        ("Could not find a secretsmanager secretID from value x".into(), "secret-id-missing"),
        ("Unable to create ASM client: bad region".into(), "store-client-not-created"),
        ("Ssm secret resource: unable to find execution role credentials".into(), "execution-role-credentials-missing"),
        ("Asm fetching secret from the service for prod/registry: AccessDeniedException: no".into(), "registry-secret-unreadable"),
        ("Asm fetching password: AuthorizationData is malformed, empty field".into(), "registry-secret-malformed"),
        ("Missing secret value for secret DB".into(), "agent-lost-the-secret"),
        ("The provided SSM parameter:x is in an invalid format".into(), "credential-specification"),
        ("Unsupported credentialsParameter, only ssm/secretsmanager ARNs are valid".into(), "volume-credentials"),
        ("ResourceInitializationError: resource cannot be initialized for task arn:aws:ecs:eu-west-1:123456789012:task/c/1: unable to parse bucket and key from s3 ARN specified in environmentFile x, error: y".into(), "environment-file-unusable"),
        // Fargate: before and after the wording changed, 1.3 with the agent's strings.
        (fargate(&format!("unable to retrieve secrets from ssm: {retried} {ssm_denied}")), "parameter-denied"),
        (newer(&format!("unable to retrieve secrets from ssm: {retried} {}", sdk2("SSM: GetParameters", &ssm_denied))), "parameter-denied"),
        (format!("Fetching secret data from SSM Parameter Store in us-east-1: {ssm_denied}"), "parameter-denied"),
        (fargate(&format!("unable to retrieve secrets from ssm: {retried} invalid ssm parameters: /a/b")), "parameter-not-found"),
        (newer("unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. operation error SSM: GetParameters, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded"), "parameter-store-unreachable"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} failed to fetch secret {ARN} from secrets manager: {}", sdk2("Secrets Manager: GetSecretValue", &asm_denied))), "secret-denied"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} failed to fetch secret {ARN} from secrets manager: AccessDeniedException: Access to KMS is not allowed")), "kms-denied"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} failed to fetch secret {ARN} from secrets manager: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.")), "secret-marked-for-deletion"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} failed to fetch secret {ARN} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.")), "secret-not-found"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} failed to fetch secret {ARN} from secrets manager: InvalidParameter: 1 validation error(s) found. - minimum field size of 32, GetSecretValueInput.VersionId.")), "secret-version-id-short"),
        (newer("unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration."), "secrets-manager-unreachable"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} retrieved secret from Secrets Manager did not contain json key host")), "secret-json-key-missing"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} invalid character 'p' looking for beginning of value")), "secret-not-json"),
        ("unexpected end of JSON input".into(), "secret-not-json"),
        ("json: cannot unmarshal array into Go value of type map[string]interface {}".into(), "secret-not-json"),
        (fargate("unable to get registry auth from asm: service call has been retried 5 time(s): asm fetching secret from the service for reg: RequestError: send request failed"), "registry-secret-unreadable"),
        (fargate(&format!("unable to retrieve secret from asm: {retried} unexpected ARN format with parameters when trying to retrieve ASM secret")), "secret-reference-malformed"),
        (fargate("unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp 203.0.113.7:443: i/o timeout. Please check your task network configuration."), "ecr-auth-unreachable"),
        (newer("The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration."), "ecr-auth-unreachable"),
        ("pull command failed: : signal: killed".into(), "registry-unreachable"),
        ("ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, RequestID: a, HostID: b, api error Forbidden: Forbidden.".into(), "environment-file-denied"),
        ("ResourceInitializationError: failed to download env files: file download command: non-empty error stream: RequestCanceled: request context canceled".into(), "environment-file-unreachable"),
        ("ResourceInitializationError: failed to validate logger args: : signal: killed".into(), "logging-unreachable"),
        ("ResourceInitializationError: failed to initialize logging driver: x".into(), "logging-driver"),
        ("ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: x".into(), "container-did-not-start"),
        ("CannotPullContainerError: The task can\u{2019}t pull the image. Check your network configuration. x".into(), "registry-unreachable"),
        ("CannotPullContainerError: The task can\u{2019}t pull the image. Check whether the image exists. x".into(), "image-missing"),
        // Control plane and registration.
        ("(service api) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/exec' that was provided for this task.)".into(), "role-not-assumable"),
        ("ECS deployment circuit breaker: tasks failed to start.".into(), "circuit-breaker"),
        ("Invalid request provided: Create TaskDefinition: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.".into(), "registration-no-execution-role"),
        ("The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'X'.".into(), "registration-name-clash"),
        ("Duplicate secret names found: X. Each secret name must be unique.".into(), "registration-duplicate-name"),
        ("Fargate requires task definition to have execution role ARN to support log driver awslogs.".into(), "registration-fargate-role"),
        ("ClientException: secret.valueFrom should not be null or empty".into(), "registration-empty-value-from"),
        ("An error occurred (ClientException) when calling the RegisterTaskDefinition operation: Invalid arn syntax.".into(), "registration-s3-arn"),
    ]
}

#[test]
fn every_message_of_the_facts_is_of_its_class() {
    for (message, wanted) in messages() {
        assert_eq!(class(&message), wanted, "{message}");
    }
}

#[test]
fn the_example_of_each_class_is_of_that_class_and_ids_stay() {
    for one in CLASSES {
        assert_eq!(class(one.example), one.id, "{}", one.example);
    }
    let ids: BTreeSet<&str> = CLASSES.iter().map(|class| class.id).collect();
    assert_eq!(ids.len(), CLASSES.len());
    for id in CLASSES.iter().flat_map(|class| class.alternatives) {
        assert!(ids.contains(id), "no class {id}");
    }
    // Append only, one a line.
    let stays = [
        "parameter-not-found",
        "parameter-denied",
        "parameter-denied-elsewhere",
        "parameter-empty-response",
        "parameter-store-unreachable",
        "parameter-name-impossible",
        "kms-denied",
        "kms-key-unusable",
        "store-client-not-created",
        "secret-not-found",
        "secret-stage-missing",
        "secret-partial-arn",
        "secret-denied",
        "secret-marked-for-deletion",
        "secret-version-id-short",
        "secret-json-key-missing",
        "secret-not-json",
        "secret-reference-malformed",
        "secret-id-missing",
        "secrets-manager-unreachable",
        "secret-name-invalid",
        "execution-role-credentials-missing",
        "registry-secret-unreadable",
        "registry-secret-malformed",
        "agent-lost-the-secret",
        "credential-specification",
        "volume-credentials",
        "store-throttled",
        "parameter-not-found-elsewhere",
        "registration-no-execution-role",
        "registration-parameter-name",
        "registration-name-clash",
        "registration-duplicate-name",
        "registration-foreign-parameter",
        "registration-fargate-role",
        "registration-firelens",
        "registration-s3-arn",
        "registration-empty-tags",
        "registration-empty-value-from",
        "value-from-in-environment",
        "role-not-assumable",
        "pass-role-denied",
        "circuit-breaker",
        "instance-lacks-secrets",
        "ecr-auth-unreachable",
        "ecr-auth-denied",
        "image-pull-denied",
        "image-missing",
        "registry-unreachable",
        "image-pull-limit",
        "environment-file-denied",
        "environment-file-missing",
        "environment-file-unreachable",
        "environment-file-unusable",
        "logging-unreachable",
        "log-group-missing",
        "logging-denied",
        "logging-driver",
        "container-did-not-start",
        "environment-too-large",
        "command-not-found",
        "out-of-memory",
        "essential-container-exited",
        "health-check-failed",
        "host-went-away",
        "scaled-or-replaced",
        "no-capacity",
        "network-interface",
        "disk-full",
        "secrets-envelope",
        "parameter-store-envelope",
        "secrets-manager-envelope",
        "resource-envelope",
    ];
    assert_eq!(CLASSES.iter().map(|class| class.id).collect::<Vec<_>>(), stays);
}

#[test]
fn a_message_survives_what_consoles_and_logs_do_to_it() {
    for (message, wanted) in messages() {
        // Wrapped anywhere, even within a word.
        let wrapped: Vec<String> = message.chars().collect::<Vec<_>>().chunks(37).map(|chunk| chunk.iter().collect()).collect();
        assert_eq!(class(&wrapped.join("\n")), wanted, "wrapped: {message}");
        // Somewhere in a log, with timestamps and colours.
        let log = format!(
            "2026-11-24T10:00:00.000Z deploying…\n2026-11-24T10:00:01.000Z \u{1b}[31m{message}\u{1b}[0m\n2026-11-24T10:00:02.000Z exit 1\n"
        );
        assert_eq!(class(&log), wanted, "log: {message}");
        // In an answer of ECS.
        let answer = serde_json::json!({ "tasks": [{ "lastStatus": "STOPPED", "stoppedReason": message, "containers": [{ "name": "app", "reason": "" }] }], "failures": [] });
        assert_eq!(class(&format!("{answer:#}")), wanted, "answer: {message}");
        // In an event, as a string in a string.
        let event = serde_json::json!({ "detail-type": "ECS Task State Change", "detail": { "stoppedReason": message } });
        let quoted = serde_json::Value::from(event.to_string()).to_string();
        assert_eq!(class(&quoted), wanted, "event: {message}");
    }
}

#[test]
fn a_cut_message_is_recognised_or_told_as_an_envelope_with_alternatives() {
    let whole = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadli...";
    let found = best(whole);
    assert_eq!((found.class.id, found.confidence), ("parameter-store-unreachable", Confidence::Certain));
    let cut = best("unable to retrieve secrets from ssm: service call has been retried 5 time(s): context deadli...");
    assert_eq!((cut.class.id, cut.confidence), ("parameter-store-unreachable", Confidence::Likely));
    let found = explain("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retr");
    assert_eq!(found[0].class.topic, Topic::Wrapper);
    assert_eq!(found[0].confidence, Confidence::Likely);
    assert!(found.len() > 3 && found[1..].iter().all(|one| one.count == 0));
    for length in [255, 1024] {
        for (message, _) in messages() {
            let cut: String = message.chars().take(length).collect();
            assert!(!explain(&cut).is_empty(), "nothing for {cut}");
        }
    }
}

#[test]
fn a_denial_on_an_arn_without_suffix_suspects_the_name_first() {
    let partial = ARN.strip_suffix("-AbCdEf").unwrap();
    let message = format!(
        "unable to retrieve secret from asm: failed to fetch secret {partial} from secrets manager: {USER} secretsmanager:GetSecretValue on resource: {partial} because no identity-based policy allows"
    );
    let ids: Vec<&str> = explain(&message).iter().map(|one| one.class.id).collect();
    assert_eq!(ids, ["secret-partial-arn", "secret-denied"]);
    let whole: Vec<&str> = explain(&message.replace(partial, ARN)).iter().map(|one| one.class.id).collect();
    assert_eq!(whole, ["secret-denied"]);
}

#[test]
fn the_end_of_a_denial_tells_the_layer() {
    for (tail, layer, effect) in [
        ("because no identity-based policy allows the ssm:GetParameters action", "identity", "implicit"),
        ("because no permissions boundary allows the ssm:GetParameters action", "boundary", "implicit"),
        ("with an explicit deny in a service control policy", "scp", "explicit"),
        ("with an explicit deny in a resource control policy", "rcp", "explicit"),
        ("because no VPC endpoint policy allows the ssm:GetParameters action", "endpoint", "implicit"),
        ("because no resource-based policy allows the ssm:GetParameters action", "resource", "implicit"),
        ("because no session policy allows the ssm:GetParameters action", "session", "implicit"),
    ] {
        let found = best(&format!(
            "AccessDeniedException: {USER} ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/a {tail}"
        ));
        assert_eq!((found.get("layer"), found.get("effect")), (Some(layer), Some(effect)), "{tail}");
    }
}

#[test]
fn commands_are_filled_in_and_quoted() {
    let found = best("Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /a/b,/c");
    assert_eq!(found.commands[0], "aws ssm get-parameters --names /a/b /c --region eu-west-1 --query InvalidParameters");
    let hostile = "failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:x$(touch${IFS}y)-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.";
    for command in best(hostile).commands {
        assert!(!command.contains("$(") || command.contains("'"), "{command}");
    }
}

#[test]
fn the_three_messages_of_the_guide_are_answered_with_what_is_behind_them() {
    assert_eq!(
        class("エラー: The Systems Manager parameter name specified for secret DB_PASSWORD is invalid"),
        "registration-parameter-name"
    );
    assert_eq!(
        class(
            "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/exec/x is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/a"
        ),
        "parameter-denied"
    );
    let third = explain("ParameterNotFound: パラメータが見つかりません");
    assert_eq!(third[0].class.id, "parameter-not-found-elsewhere");
    assert!(third.iter().any(|one| one.class.id == "parameter-not-found"));
}

#[test]
fn what_is_not_about_secrets_says_so_and_what_is_not_known_is_nothing() {
    for text in [
        "OutOfMemoryError: Container killed due to memory usage",
        "Essential container in task exited",
        "Task failed ELB health checks in (target-group x)",
    ] {
        assert_eq!(best(text).class.topic, Topic::Other, "{text}");
    }
    assert_eq!(explain("segmentation fault"), []);
    assert_eq!(explain(""), []);
}

#[test]
fn two_failures_of_one_text_are_both_told() {
    let text = format!(
        "Secret {ARN}: AccessDeniedException: Access to KMS is not allowed;retrieved secret from Secrets Manager did not contain json key host"
    );
    let ids: BTreeSet<&str> = explain(&text).iter().filter(|one| one.count > 0).map(|one| one.class.id).collect();
    assert_eq!(ids, ["kms-denied", "secret-json-key-missing"].into());
}

#[test]
fn nothing_of_a_secret_in_the_text_comes_out() {
    let token = format!("gh{}{}", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
    let text = format!(
        "error unmarshalling credentialspec domainless {{\"password\":\"hunter2\"}} did not contain json key {token}, postgres://app:hunter2@db"
    );
    let shown = format!("{:?}", explain(&text));
    assert!(!shown.contains("hunter2") && !shown.contains(&token), "{shown}");
}

#[test]
fn every_class_has_its_words_in_both_languages() {
    for words in [sekisho_engine::EXPLAIN_FTL_EN, sekisho_engine::EXPLAIN_FTL_JA] {
        for one in CLASSES {
            let at = words.find(&format!("\nexplain-{} = ", one.id)).unwrap_or_else(|| panic!("{} has no words", one.id));
            let attributes: Vec<&str> = words[at + 1..].lines().skip(1).take(2).map(|line| line.split(" = ").next().unwrap()).collect();
            assert_eq!(attributes, ["    .proof", "    .remedy"], "{}", one.id);
        }
    }
}

proptest! {
    /// Any text is answered, and what is taken from it is printable.
    #[test]
    fn any_text_is_answered(front in "\\PC{0,60}", index in 0..CLASSES.len(), end in r#"(\PC|[\n"\\]){0,60}"#) {
        let text = format!("{front}{}{end}", CLASSES[index].example);
        let found = explain(&text);
        prop_assert!(!found.is_empty());
        for (_, value) in found.iter().flat_map(|one| &one.extracted) {
            prop_assert!(!value.is_empty() && !value.chars().any(char::is_control));
        }
    }
}

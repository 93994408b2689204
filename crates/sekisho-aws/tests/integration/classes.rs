//! The table of error classes, held to errors as AWS words them, in each protocol that we speak.

use sekisho_aws::{CallError, ErrorClass, NewParameter, NewSecret, observe};
use sekisho_model::observed::{KeyId, Lookup, Observations, ParameterId, Questions, SecretId};
use sekisho_model::{Because, Fact, Secret};
use serde_json::json;

use crate::fake::{ACCOUNT, Answer, Asked, Fake, REGION};

const VALUE: &str = "Zq8-planted-\"value\"-x7K";

fn parameter() -> ParameterId {
    ParameterId { region: REGION.to_owned(), account: None, name: "/a".to_owned() }
}

fn secret() -> SecretId {
    SecretId { region: REGION.to_owned(), id: "a".to_owned() }
}

/// What PutParameter ends with when it is answered so.
async fn put(answer: Answer) -> CallError {
    let fake = Fake::new(move |_| answer.clone());
    let new = NewParameter {
        id: parameter(),
        value: Secret::new(VALUE.to_owned()),
        kind: None,
        tier: None,
        key: None,
        description: None,
        tags: Vec::new(),
        overwrite: false,
    };
    fake.connect().await.put_parameter(&new).await.unwrap_err()
}

/// What CreateSecret ends with when it is answered so.
async fn create(answer: Answer) -> CallError {
    let fake = Fake::new(move |_| answer.clone());
    let new =
        NewSecret { id: secret(), value: Secret::new(VALUE.to_owned()), key: None, description: None, tags: Vec::new(), arn_suffix: None };
    fake.connect().await.create_secret(&new).await.unwrap_err()
}

/// What GetCallerIdentity ends with when it is answered so.
async fn identity(answer: Answer) -> CallError {
    Fake::new(move |_| answer.clone()).connect().await.identity().await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn errors_of_parameter_store_have_their_class() {
    let table = [
        (
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
            ErrorClass::Exists,
        ),
        ("ParameterNotFound", "", ErrorClass::Absent),
        (
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/a is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/a because no identity-based policy allows the ssm:PutParameter action",
            ErrorClass::Denied,
        ),
        (
            "AccessDeniedException",
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)",
            ErrorClass::KeyUnusable,
        ),
        ("InvalidKeyId", "Invalid keyId alias/none", ErrorClass::KeyUnusable),
        ("ThrottlingException", "Rate exceeded", ErrorClass::Throttled),
        ("TooManyUpdates", "", ErrorClass::Throttled),
        ("ExpiredTokenException", "The security token included in the request is expired", ErrorClass::Unauthenticated),
        ("UnrecognizedClientException", "The security token included in the request is invalid.", ErrorClass::Unauthenticated),
        (
            "InvalidSignatureException",
            "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
            ErrorClass::Unauthenticated,
        ),
        ("InternalServerError", "", ErrorClass::Unreachable),
        ("ServiceUnavailableException", "", ErrorClass::Unreachable),
        ("ParameterPatternMismatchException", "Parameter value can't be validated based on allowed pattern.", ErrorClass::Invalid),
        ("ValidationException", "Standard tier parameters support a maximum parameter value of 4096 characters.", ErrorClass::Invalid),
    ];
    for (code, message, class) in table {
        let status = if class == ErrorClass::Unreachable { 500 } else { 400 };
        let error = put(Answer { status, ..Answer::error(code, message) }).await;
        assert_eq!((error.class, error.code.as_deref()), (class, Some(code)), "{error}");
        assert!(message.is_empty() || error.message == message, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn errors_of_secrets_manager_have_their_class() {
    let table = [
        ("ResourceExistsException", "The operation failed because the secret a already exists.", ErrorClass::Exists),
        ("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", ErrorClass::Absent),
        (
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
            ErrorClass::PendingDeletion,
        ),
        (
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
            ErrorClass::PendingDeletion,
        ),
        ("AccessDeniedException", "Access to KMS is not allowed", ErrorClass::KeyUnusable),
        (
            "EncryptionFailure",
            "Secrets Manager can't encrypt the protected secret text using the provided KMS key.",
            ErrorClass::KeyUnusable,
        ),
        (
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/a is not authorized to perform: secretsmanager:CreateSecret",
            ErrorClass::Denied,
        ),
        ("ThrottlingException", "Rate exceeded", ErrorClass::Throttled),
        ("InternalServiceError", "An error occurred on the server side.", ErrorClass::Unreachable),
        ("InvalidParameterException", "The parameter name or value is invalid.", ErrorClass::Invalid),
    ];
    for (code, message, class) in table {
        let status = if class == ErrorClass::Unreachable { 500 } else { 400 };
        let error = create(Answer { status, ..Answer::error(code, message) }).await;
        assert_eq!((error.class, error.message.as_str()), (class, message), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn errors_of_sts_have_their_class() {
    let table = [
        (403, "ExpiredToken", ErrorClass::Unauthenticated),
        (403, "InvalidClientTokenId", ErrorClass::Unauthenticated),
        (403, "SignatureDoesNotMatch", ErrorClass::Unauthenticated),
        (403, "MissingAuthenticationToken", ErrorClass::Unauthenticated),
        (400, "IncompleteSignature", ErrorClass::Unauthenticated),
        (403, "AccessDenied", ErrorClass::Denied),
        (400, "Throttling", ErrorClass::Throttled),
        (503, "ServiceUnavailable", ErrorClass::Unreachable),
        (500, "InternalFailure", ErrorClass::Unreachable),
        (400, "ValidationError", ErrorClass::Invalid),
    ];
    for (status, code, class) in table {
        let error = identity(Answer::xml_error(status, code, "a &amp; b")).await;
        assert_eq!((error.class, error.code.as_deref(), error.message.as_str()), (class, Some(code), "a & b"), "{error}");
        assert_eq!(error.call.to_string(), format!("sts:GetCallerIdentity ({REGION})"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_is_read_in_each_spelling_of_its_member() {
    for (answer, message) in [
        (json!({ "__type": "com.amazonaws.ssm#AccessDeniedException", "Message": "capital" }), "capital"),
        (json!({ "__type": "AccessDeniedException", "message": "small" }), "small"),
        (json!({ "__type": "AccessDeniedException" }), "AWS gave no message"),
    ] {
        let error = put(Answer { status: 400, ..Answer::json(&answer) }).await;
        assert_eq!((error.class, error.message.as_str()), (ErrorClass::Denied, message));
    }
}

/// A parameter and a secret under keys of their own; `answer` for DescribeKey.
async fn with_key(answer: Answer) -> Observations {
    let fake = Fake::new(move |asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::json(
            &json!({ "Parameters": [{ "Name": "/a", "Type": "SecureString", "Tier": "Standard", "KeyId": "alias/own", "Version": 1 }] }),
        ),
        "kms:DescribeKey" => answer.clone(),
        other => panic!("{other}"),
    });
    let questions = Questions { parameters: [parameter()].into(), ..Questions::default() };
    observe(&fake.connect().await, ACCOUNT, &questions).await
}

#[tokio::test(start_paused = true)]
async fn errors_of_kms_become_facts_of_their_class() {
    let id = KeyId { region: REGION.to_owned(), id: "alias/own".to_owned() };
    let absent = with_key(Answer::error("NotFoundException", "Alias arn:aws:kms:eu-west-1:123456789012:alias/own is not found.")).await;
    assert_eq!(absent.keys[&id].value(), Some(&Lookup::Absent));
    let denied = with_key(Answer::error("AccessDeniedException", "User: … is not authorized to perform: kms:DescribeKey")).await;
    assert!(matches!(denied.keys[&id].because(), Some(Because::Denied { .. })));
    let unusable = with_key(Answer::error("KMSInvalidStateException", "arn:aws:kms:… is pending deletion.")).await;
    assert!(matches!(unusable.keys[&id].because(), Some(Because::KeyUnusable { .. })));
    let throttled = with_key(Answer::error("ThrottlingException", "You have exceeded the rate at which you may call KMS.")).await;
    assert!(matches!(throttled.keys[&id].because(), Some(Because::Throttled { .. })));
    let unreachable = with_key(Answer { status: 500, ..Answer::error("KMSInternalException", "") }).await;
    assert!(matches!(unreachable.keys[&id].because(), Some(Because::Unreachable { .. })));
}

#[tokio::test(start_paused = true)]
async fn every_class_but_absent_leaves_a_fact_that_is_unknown() {
    for (code, status) in [
        ("AccessDeniedException", 400),
        ("ExpiredTokenException", 400),
        ("ThrottlingException", 400),
        ("InternalServiceError", 500),
        ("DecryptionFailure", 400),
        ("InvalidRequestException", 400),
        ("InvalidParameterException", 400),
    ] {
        let fake = Fake::new(move |_: &Asked| Answer { status, ..Answer::error(code, "something") });
        let questions = Questions { secrets: [secret()].into(), parameters: [parameter()].into(), ..Questions::default() };
        let seen = observe(&fake.connect().await, ACCOUNT, &questions).await;
        assert!(matches!(seen.secrets[&secret()], Fact::Unknown { .. }), "{code}");
        assert!(matches!(seen.parameters[&parameter()], Fact::Unknown { .. }), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_echoes_the_value_is_told_without_it() {
    let beginning: String = VALUE.chars().take(12).collect();
    for echoed in [VALUE.to_owned(), format!("{beginning}..."), VALUE.replace('"', "&quot;"), VALUE.replace('"', "\\\"")] {
        let message = format!("1 validation error detected: Value '{echoed}' at 'value' failed to satisfy constraint");
        for error in
            [put(Answer::error("ValidationException", &message)).await, create(Answer::error("InvalidParameterException", &message)).await]
        {
            let shown = format!("{error} {error:?}");
            assert!(!VALUE.as_bytes().windows(8).any(|part| shown.contains(std::str::from_utf8(part).unwrap())), "{shown}");
            assert!(error.message.starts_with("1 validation error detected: Value '…"), "{shown}");
            assert!(error.message.ends_with("' at 'value' failed to satisfy constraint"), "{shown}");
        }
    }
}

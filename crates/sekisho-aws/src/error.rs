//! The one classification of AWS's errors.

use std::collections::HashSet;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use sekisho_model::{Because, Call};
use thiserror::Error;

/// What an error of AWS means for us.
///
/// | class | AWS's codes | what follows |
/// |---|---|---|
/// | denied | AccessDenied…, UnauthorizedOperation, AuthorizationError | never taken for absent; cannot tell |
/// | unauthenticated | expired, invalid or missing credentials, wrong signature or clock | nothing else is asked |
/// | absent | ParameterNotFound, ResourceNotFoundException, NotFoundException, … | a fact: it does not exist |
/// | exists | ParameterAlreadyExists, ResourceExistsException, AlreadyExistsException | somebody was faster |
/// | pending deletion | InvalidRequestException that says so | restore it |
/// | key unusable | InvalidKeyId, KMS…, DecryptionFailure, DisabledException, "Access to KMS is not allowed" | look at the key |
/// | throttled | Throttling…, TooManyRequests…, RequestLimitExceeded, … | asked again, slower |
/// | unreachable | no answer, a time-out, 5xx, an answer that is not AWS's | asked again, cannot tell |
/// | invalid | everything else | our request or the user's text is wrong |
///
/// Sources: botocore's service models and retry tables; facts/ecs.md §4 for the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// The caller may not.
    Denied,
    /// AWS does not know who calls.
    Unauthenticated,
    /// It does not exist.
    Absent,
    /// It exists already.
    Exists,
    /// It is marked for deletion.
    PendingDeletion,
    /// The KMS key cannot be used.
    KeyUnusable,
    /// Too many requests.
    Throttled,
    /// No answer that can be understood.
    Unreachable,
    /// The request is refused for what it says.
    Invalid,
}

impl ErrorClass {
    /// The word in machine output and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Unauthenticated => "unauthenticated",
            Self::Absent => "absent",
            Self::Exists => "exists",
            Self::PendingDeletion => "pending-deletion",
            Self::KeyUnusable => "key-unusable",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
            Self::Invalid => "invalid",
        }
    }
}

/// An error of one call, classified.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{call}: {}{}: {message}", class.as_str(), code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
pub struct CallError {
    /// The call.
    pub call: Call,
    /// What it means.
    pub class: ErrorClass,
    /// AWS's code, where AWS answered.
    pub code: Option<String>,
    /// AWS's message, or what the connection said. Never a value: [`CallError::without`] takes out what a service echoes.
    pub message: String,
}

impl CallError {
    /// The same error with whatever its message shares with `value` taken out: services echo what they refuse, whole, cut short or with some characters
    /// written otherwise.
    pub(crate) fn without(mut self, value: &str) -> Self {
        self.message = masked(&self.message, value);
        self
    }
}

/// Characters that a message may share with a value by chance.
const BY_CHANCE: usize = 7;

/// `message` with every run of more than [`BY_CHANCE`] characters that `value` has too, and every occurrence of a shorter `value`, replaced by `…`.
fn masked(message: &str, value: &str) -> String {
    let value: Vec<char> = value.chars().collect();
    let text: Vec<char> = message.chars().collect();
    let length = value.len().min(BY_CHANCE + 1);
    if length == 0 {
        return message.to_owned();
    }
    let runs: HashSet<&[char]> = value.windows(length).collect();
    let mut out = String::new();
    // The first character behind the run that is being left out.
    let mut hidden = 0;
    for (at, character) in text.iter().enumerate() {
        if text.get(at..at + length).is_some_and(|run| runs.contains(run)) {
            if at >= hidden {
                out.push('…');
            }
            hidden = at + length;
        }
        if at >= hidden {
            out.push(*character);
        }
    }
    out
}

impl From<CallError> for Because {
    fn from(error: CallError) -> Self {
        let CallError { call, class, code, message } = error;
        match class {
            ErrorClass::Denied | ErrorClass::Unauthenticated => Self::Denied { call, detail: message },
            ErrorClass::Throttled => Self::Throttled { call },
            ErrorClass::Unreachable => Self::Unreachable { call, detail: message },
            ErrorClass::KeyUnusable => Self::KeyUnusable { call, detail: message },
            ErrorClass::Absent | ErrorClass::Exists | ErrorClass::PendingDeletion | ErrorClass::Invalid => {
                Self::Refused { call, code: code.unwrap_or_default(), detail: message }
            }
        }
    }
}

/// Why a value was not exchanged for another.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExchangeError {
    /// Somebody else has written since the value was read.
    #[error("the version has moved since it was read")]
    Moved {
        /// The version that is there now, where there is one.
        now: Option<String>,
    },
    /// A call failed.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Why an endpoint is refused before anything is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EndpointFlaw {
    /// It is no URL.
    #[error("it is no URL")]
    NoUrl,
    /// It names no host.
    #[error("it names no host")]
    NoHost,
    /// Plain http beyond loopback: signatures do not hide values.
    #[error("plain http is for the loopback interface only")]
    PlainHttp,
    /// Neither http nor https.
    #[error("it begins neither with http:// nor with https://")]
    Scheme,
    /// It is not AWS's, and nobody named it on purpose.
    #[error("it is not AWS's, and only the environment or the profile names it")]
    NotNamed,
}

impl EndpointFlaw {
    /// The word in message arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoUrl => "no-url",
            Self::NoHost => "no-host",
            Self::PlainHttp => "plain-http",
            Self::Scheme => "scheme",
            Self::NotNamed => "not-named",
        }
    }
}

/// Why there is no connection at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConnectError {
    /// Neither a flag, nor the manifest, nor the SDK's chain names a Region.
    #[error("no region is set")]
    NoRegion,
    /// The endpoint's URL cannot be used.
    #[error("the endpoint `{url}` cannot be used: {why}")]
    Endpoint {
        /// The URL.
        url: String,
        /// Why.
        why: EndpointFlaw,
    },
    /// A call that everything else rests on failed.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Classifies what the SDK says of `call`.
pub(crate) fn classify<E>(call: &Call, error: &SdkError<E, HttpResponse>) -> CallError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let say = |class, code: Option<&str>, message: &str| CallError {
        call: call.clone(),
        class,
        code: code.map(str::to_owned),
        message: message.to_owned(),
    };
    match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let message = answer.err().message().unwrap_or("AWS gave no message");
            match answer.err().code() {
                Some(code) => say(class_of(code, message, status), Some(code), message),
                None if status == 429 => say(ErrorClass::Throttled, None, "HTTP status 429"),
                None => say(ErrorClass::Unreachable, None, &format!("HTTP status {status} with a body that is not AWS's")),
            }
        }
        SdkError::ResponseError(answer) => {
            let status = answer.raw().status().as_u16();
            say(ErrorClass::Unreachable, None, &format!("HTTP status {status} with a body that is not AWS's"))
        }
        SdkError::TimeoutError(_) => say(ErrorClass::Unreachable, None, "no answer in time"),
        SdkError::DispatchFailure(failure) => {
            let credentials = failure.as_connector_error().and_then(|error| find::<CredentialsError>(error));
            match credentials {
                Some(error) => credentials_error(error, say),
                None if failure.is_timeout() => say(ErrorClass::Unreachable, None, "no answer in time"),
                None if failure.is_io() => say(ErrorClass::Unreachable, None, "no connection"),
                None => say(ErrorClass::Unreachable, None, "the request could not be sent"),
            }
        }
        SdkError::ConstructionFailure(_) | _ => match find::<CredentialsError>(error) {
            Some(error) => credentials_error(error, say),
            None => say(ErrorClass::Invalid, None, "the request could not be built"),
        },
    }
}

fn credentials_error(error: &CredentialsError, say: impl Fn(ErrorClass, Option<&str>, &str) -> CallError) -> CallError {
    match error {
        CredentialsError::CredentialsNotLoaded(_) => say(ErrorClass::Unauthenticated, None, "no credentials were found"),
        CredentialsError::ProviderTimedOut(_) => say(ErrorClass::Unreachable, None, "the provider of credentials gave no answer in time"),
        CredentialsError::InvalidConfiguration(_) => say(ErrorClass::Unauthenticated, None, "the credentials' configuration is invalid"),
        _ => say(ErrorClass::Unauthenticated, None, "the provider of credentials failed"),
    }
}

/// The first error of type `T` among `error` and its causes.
fn find<'a, T: std::error::Error + 'static>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// The class of an AWS error code.
fn class_of(code: &str, message: &str, status: u16) -> ErrorClass {
    // XML protocols prefix nothing; JSON protocols may: `com.amazonaws.ssm#ParameterNotFound`.
    let code = code.rsplit('#').next().unwrap_or(code);
    let kms_in_text = message.contains("Access to KMS is not allowed") || message.contains("ciphertext refers to a customer master key");
    match code {
        _ if kms_in_text => ErrorClass::KeyUnusable,
        "ParameterNotFound" | "ParameterVersionNotFound" | "ResourceNotFoundException" | "NotFoundException" | "NoSuchEntity" => {
            ErrorClass::Absent
        }
        "ParameterAlreadyExists" | "ResourceExistsException" | "AlreadyExistsException" => ErrorClass::Exists,
        "InvalidRequestException" if (message.contains("deletion") || message.contains("marked deleted")) => ErrorClass::PendingDeletion,
        "InvalidKeyId"
        | "DisabledException"
        | "KMSInvalidStateException"
        | "KMSAccessDeniedException"
        | "DecryptionFailure"
        | "EncryptionFailure"
        | "KMSNotFoundException"
        | "KMSDisabledException"
        | "InvalidKeyUsageException"
        | "KeyUnavailableException" => ErrorClass::KeyUnusable,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded"
        | "SlowDown"
        | "PriorRequestNotComplete"
        | "TooManyUpdates"
        | "TransactionInProgressException" => ErrorClass::Throttled,
        "ExpiredToken"
        | "ExpiredTokenException"
        | "RequestExpired"
        | "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "InvalidAccessKeyId"
        | "AuthFailure"
        | "NotSignedUp"
        | "OptInRequired" => ErrorClass::Unauthenticated,
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "AuthorizationError"
        | "AuthorizationErrorException"
        | "Forbidden" => ErrorClass::Denied,
        _ if status >= 500 => ErrorClass::Unreachable,
        _ => ErrorClass::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_by_kms_is_told_from_a_denial_by_iam() {
        assert_eq!(class_of("AccessDeniedException", "Access to KMS is not allowed", 400), ErrorClass::KeyUnusable);
        assert_eq!(class_of("AccessDeniedException", "User: … is not authorized to perform: ssm:GetParameters", 400), ErrorClass::Denied);
    }

    #[test]
    fn an_unknown_code_is_unreachable_only_when_the_server_failed() {
        assert_eq!(class_of("InternalServerError", "", 500), ErrorClass::Unreachable);
        assert_eq!(class_of("SomethingNew", "", 400), ErrorClass::Invalid);
        assert_eq!(class_of("com.amazonaws.ssm#ParameterNotFound", "", 400), ErrorClass::Absent);
    }
}

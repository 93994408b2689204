//! From a request to its answer: which operation, who asks, what it says.

mod answer;
mod credential;
mod form;
mod sigv4;

use bytes::Bytes;
use http::{Request, Response};
use sekisho_model::{AccountId, Arn, Region};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroize as _;

use crate::api::{Access, ApiError, Call, Caller, Operation, Records};
use crate::as_moto;
use crate::services::{Protocol, Service};
use crate::shape::serialization;
use crate::state::State;
use crate::sts;
use answer::Style;
use credential::Authorization;

/// The header that is explained at [`Call::arn_suffix`].
const ARN_SUFFIX: &str = "x-sekisho-arn-suffix";

/// Whether the signature was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The caller is this process: the credential scope is believed.
    InProcess,
    /// The caller is somebody on the network: the signature decides.
    Signature,
    /// The caller is a foreign test suite (`local start --test-mode`): its keys were never issued here, and its credential scope is believed.
    TestMode,
}

/// What every call is answered with.
pub(crate) struct Front<'a> {
    pub(crate) state: &'a State,
    pub(crate) default_account: &'a AccountId,
    /// The secret of every access key that was not issued by STS.
    pub(crate) secret_key: &'a str,
    pub(crate) now: OffsetDateTime,
}

/// A request whose operation is known.
struct Asked {
    service: &'static Service,
    operation: String,
    input: Map<String, Value>,
}

impl Front<'_> {
    /// Answers one request.
    pub(crate) fn answer(&self, request: &Request<Bytes>, trust: Trust) -> Response<Bytes> {
        let id = Uuid::new_v4();
        let (style, result) = match asked(request) {
            Err(refused) => {
                let (style, error) = *refused;
                (style, Err(error))
            }
            Ok(asked) => (Style::of(asked.service, &asked.operation), self.run(request, asked, trust)),
        };
        style.response(result, &id)
    }

    fn run(&self, request: &Request<Bytes>, asked: Asked, trust: Trust) -> Result<Value, ApiError> {
        let Asked { service, operation, input } = asked;
        let operation = service.operation(&operation).ok_or_else(|| unknown_operation(service, &operation))?;
        let (caller, region) = self.authenticate(request, service, trust)?;
        let arn_suffix = request.headers().get(ARN_SUFFIX).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let as_moto = trust == Trust::TestMode;
        let asked = Authenticated { operation, caller, region, now: self.now, arn_suffix, as_moto };
        let result = match operation.access {
            Access::Write => None,
            Access::Read => match self.state.read(|records| asked.call(records, input.clone())) {
                Err(error) if error.is_must_write() => None,
                other => Some(other),
            },
        };
        match result {
            Some(result) => {
                wipe_map(input);
                result
            }
            None => self.state.write(|records| asked.call(records, input)),
        }
    }

    /// Who asks, and in which Region.
    fn authenticate(&self, request: &Request<Bytes>, service: &Service, trust: Trust) -> Result<(Caller, Region), ApiError> {
        let authorization = Authorization::of(request)?;
        let session = match sts::is_temporary(&authorization.access_key_id) {
            true => Some(self.session(request, &authorization)?),
            false => None,
        };
        if trust == Trust::Signature {
            let secret = session.as_ref().map_or(self.secret_key, |session| session.secret_access_key.expose());
            sigv4::verify(request, &authorization, service, secret, self.now)?;
        }
        let region: Region = authorization
            .region
            .parse()
            .map_err(|_| ApiError::new("InvalidSignatureException", "Credential should be scoped to a valid region."))?;
        let caller = match session {
            Some(session) => session.caller()?,
            None => {
                let account = authorization.access_key_id.parse().unwrap_or_else(|_| self.default_account.clone());
                let arn = Arn::new(region.partition().as_str(), "iam", "", account.as_str(), "root");
                Caller { user_id: account.to_string(), account, arn }
            }
        };
        Ok((caller, region))
    }

    /// The session that STS issued the access key for. It must be presented with its token and before it ends.
    fn session(&self, request: &Request<Bytes>, authorization: &Authorization) -> Result<sts::Session, ApiError> {
        let invalid = || ApiError::new("UnrecognizedClientException", "The security token included in the request is invalid.");
        let session = self.state.read(|records| sts::session(records, &authorization.access_key_id))?.ok_or_else(invalid)?;
        let token = request.headers().get("x-amz-security-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if aws_lc_rs::constant_time::verify_slices_are_equal(token.as_bytes(), session.token.expose().as_bytes()).is_err() {
            return Err(invalid());
        }
        if session.expires <= self.now {
            return Err(ApiError::new("ExpiredTokenException", "The security token included in the request is expired"));
        }
        Ok(session)
    }
}

/// A call but for its records.
struct Authenticated {
    operation: &'static Operation,
    caller: Caller,
    region: Region,
    now: OffsetDateTime,
    arn_suffix: Option<String>,
    as_moto: bool,
}

impl Authenticated {
    fn call(&self, records: &mut dyn Records, input: Map<String, Value>) -> Result<Value, ApiError> {
        let (caller, region, arn_suffix) = (self.caller.clone(), self.region.clone(), self.arn_suffix.clone());
        let mut call = Call { caller, region, now: self.now, input, arn_suffix, as_moto: self.as_moto, records };
        let mut result = (self.operation.run)(&mut call);
        if self.as_moto {
            result = result.map_err(|error| as_moto::reword(self.operation.name, &call.input, error));
        }
        wipe_map(std::mem::take(&mut call.input));
        result
    }
}

/// What the request asks, or how to say that nothing here answers it.
fn asked(request: &Request<Bytes>) -> Result<Asked, Box<(Style, ApiError)>> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(target) = header("x-amz-target") {
        let style = Style::unknown_json(header("content-type").unwrap_or_default());
        let (service, operation) = Service::of_target(target).ok_or_else(|| Box::new((style, unknown_service(target))))?;
        let operation = operation.to_owned();
        let input = json_input(request.body()).map_err(|error| Box::new((Style::of(service, &operation), error)))?;
        return Ok(Asked { service, operation, input });
    }
    let body = if header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        request.body().as_ref()
    } else {
        &[]
    };
    let members = form::parse(request.uri().query().unwrap_or_default().as_bytes()).chain(form::parse(body));
    let mut input: Map<String, Value> = members.map(|(name, value)| (name, Value::String(value))).collect();
    let mut take = |name: &str| match input.remove(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (operation, version) = (take("Action"), take("Version"));
    match Service::of_version(&version) {
        Some(service) if !operation.is_empty() => Ok(Asked { service, operation, input }),
        _ if operation.is_empty() => Err(Box::new((Style::unknown_json(""), unknown_service("a request without an operation")))),
        _ => {
            let message =
                format!("Could not find operation {operation} for version {version} (Sekisho's embedded AWS does not have this service)");
            Err(Box::new((Style::unknown_query(), ApiError::new("InvalidAction", message))))
        }
    }
}

fn json_input(body: &Bytes) -> Result<Map<String, Value>, ApiError> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(input)) => Ok(input),
        // The parser's own message may quote what it met.
        _ => Err(serialization("the body of the request is not a JSON object")),
    }
}

fn unknown_operation(service: &Service, operation: &str) -> ApiError {
    let name = service.signing_name;
    match service.protocol {
        Protocol::Json { .. } => {
            ApiError::new("UnknownOperationException", format!("Sekisho's embedded AWS does not have {name}:{operation}"))
        }
        Protocol::Query { version, .. } => ApiError::new(
            "InvalidAction",
            format!("Could not find operation {operation} for version {version} (Sekisho's embedded AWS does not have {name}:{operation})"),
        ),
    }
}

fn unknown_service(asked: &str) -> ApiError {
    ApiError {
        status: 404,
        ..ApiError::new("UnknownOperationException", format!("Sekisho's embedded AWS has no service that answers {asked}"))
    }
}

/// Overwrites every text of an input or an answer: it may be a secret's value.
pub(crate) fn wipe(value: Value) {
    match value {
        Value::String(mut text) => text.zeroize(),
        Value::Array(items) => items.into_iter().for_each(wipe),
        Value::Object(members) => wipe_map(members),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn wipe_map(members: Map<String, Value>) {
    members.into_iter().for_each(|(_, value)| wipe(value));
}

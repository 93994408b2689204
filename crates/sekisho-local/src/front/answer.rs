//! Answers and errors as each protocol writes them.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde_json::{Map, Value};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::wipe;
use crate::api::ApiError;
use crate::services::{Protocol, Service};

/// How to write an answer.
pub(super) enum Style {
    Json { version: &'static str, message: &'static str, internal_error: &'static str },
    Query { operation: String, namespace: &'static str, internal_error: &'static str },
}

impl Style {
    pub(super) fn of(service: &Service, operation: &str) -> Self {
        let internal_error = service.internal_error;
        match service.protocol {
            Protocol::Json { version, message, .. } => Self::Json { version, message, internal_error },
            Protocol::Query { namespace, .. } => Self::Query { operation: operation.to_owned(), namespace, internal_error },
        }
    }

    /// For a service that is not here.
    pub(super) fn unknown_json(content_type: &str) -> Self {
        let version = if content_type.ends_with("1.0") { "1.0" } else { "1.1" };
        Self::Json { version, message: "message", internal_error: "InternalFailure" }
    }

    /// For a service that is not here.
    pub(super) fn unknown_query() -> Self {
        Self::Query {
            operation: String::new(),
            namespace: "http://webservices.amazon.com/AWSFault/2005-15-09",
            internal_error: "InternalFailure",
        }
    }

    pub(super) fn response(&self, result: Result<Value, ApiError>, id: &Uuid) -> Response<Bytes> {
        let (status, body) = match result {
            Ok(output) => {
                let body = match self {
                    Self::Json { .. } => json(&output),
                    Self::Query { operation, namespace, .. } => xml(operation, namespace, &output, id),
                };
                wipe(output);
                (StatusCode::OK, body)
            }
            Err(error) => self.error(error, id),
        };
        let kind = match self {
            Self::Json { version: "1.0", .. } => "application/x-amz-json-1.0",
            Self::Json { .. } => "application/x-amz-json-1.1",
            Self::Query { .. } => "text/xml",
        };
        // The bytes are wiped when the last reader of the answer drops them.
        let mut response = Response::new(Bytes::from_owner(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert("x-amzn-requestid", id);
        }
        response
    }

    fn error(&self, error: ApiError, id: &Uuid) -> (StatusCode, Zeroizing<Vec<u8>>) {
        let own = error.status >= 500;
        match self {
            Self::Json { message, internal_error, .. } => {
                let mut members = Map::from_iter([("__type".to_owned(), Value::from(if own { *internal_error } else { &error.code }))]);
                if !error.message.is_empty() {
                    members.insert((*message).to_owned(), error.message.into());
                }
                members.extend(error.members);
                (status(error.status), json(&Value::Object(members)))
            }
            Self::Query { namespace, internal_error, .. } => {
                let (code, status_code) = match error.code.as_str() {
                    _ if own => (*internal_error, error.status),
                    // The query protocol has other names and statuses for the same refusals (STS, "Common errors").
                    "InvalidSignatureException" => ("SignatureDoesNotMatch", 403),
                    "MissingAuthenticationTokenException" => ("MissingAuthenticationToken", 403),
                    "IncompleteSignatureException" => ("IncompleteSignature", 400),
                    "UnrecognizedClientException" => ("InvalidClientTokenId", 403),
                    "ExpiredTokenException" => ("ExpiredToken", 403),
                    "AccessDeniedException" => ("AccessDenied", 403),
                    "ValidationException" => ("ValidationError", 400),
                    other => (other, error.status),
                };
                let fault = if own { "Receiver" } else { "Sender" };
                let body = format!(
                    "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{fault}</Type><Code>{}</Code><Message>{}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>",
                    escaped(code),
                    escaped(&error.message)
                );
                (status(status_code), Zeroizing::new(body.into_bytes()))
            }
        }
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn json(value: &Value) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(serde_json::to_vec(value).unwrap_or_default())
}

fn xml(operation: &str, namespace: &str, output: &Value, id: &Uuid) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(format!("<{operation}Response xmlns=\"{namespace}\"><{operation}Result>"));
    element(output, &mut text);
    text.push_str(&format!("</{operation}Result><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{operation}Response>"));
    Zeroizing::new(std::mem::take(&mut *text).into_bytes())
}

fn element(value: &Value, text: &mut String) {
    match value {
        Value::Null => {}
        Value::String(content) => text.push_str(&escaped(content)),
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::Array(items) => items.iter().for_each(|item| tagged("member", item, text)),
        Value::Object(members) => members.iter().for_each(|(name, member)| tagged(name, member, text)),
    }
}

fn tagged(name: &str, value: &Value, text: &mut String) {
    text.push_str(&format!("<{name}>"));
    element(value, text);
    text.push_str(&format!("</{name}>"));
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 cannot hold other control characters at all.
            character if character.is_control() && !"\n\r\t".contains(character) => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

//! The server's own paths, below `/_sekisho/`, for whoever has its admin token, and the client that asks for them.
//!
//! | request | what it does |
//! |---|---|
//! | `GET /_sekisho/health` | says who answers |
//! | `PUT /_sekisho/snapshots/NAME`, with `?replace` | [`crate::EmbeddedAws::save`] |
//! | `POST /_sekisho/snapshots/NAME/load` | [`crate::EmbeddedAws::load`] |

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::net::TcpStream;

use crate::embedded::{EmbeddedAws, refusal};
use crate::state::SnapshotError;
use crate::state::ownership::Endpoint;

pub(crate) const PREFIX: &str = "/_sekisho/";
pub(crate) const TOKEN: &str = "x-sekisho-admin-token";
const SNAPSHOTS: &str = "/_sekisho/snapshots/";

/// Answers a request whose token is right.
pub(crate) fn answer(aws: &EmbeddedAws, method: &Method, path: &str, query: Option<&str>) -> Response<Bytes> {
    let done = |result: Result<(), SnapshotError>| match result {
        Ok(()) => said(StatusCode::OK, &json!({})),
        Err(error) => refused(&error),
    };
    match (method, path.strip_prefix(SNAPSHOTS)) {
        (&Method::GET, _) if path == "/_sekisho/health" => {
            said(StatusCode::OK, &json!({ "name": "sekisho", "version": env!("CARGO_PKG_VERSION") }))
        }
        (&Method::PUT, Some(name)) => done(aws.save(name, query == Some("replace"))),
        (&Method::POST, Some(rest)) if rest.ends_with("/load") => done(aws.load(rest.trim_end_matches("/load"))),
        _ => refusal(StatusCode::NOT_FOUND, "UnknownOperationException", "there is no such path of the server's own"),
    }
}

fn said(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response
}

fn refused(error: &SnapshotError) -> Response<Bytes> {
    let (status, code, known) = match error {
        SnapshotError::Name { .. } => (StatusCode::BAD_REQUEST, "name", &[][..]),
        SnapshotError::Exists { .. } => (StatusCode::CONFLICT, "exists", &[][..]),
        SnapshotError::Missing { known, .. } => (StatusCode::NOT_FOUND, "missing", known.as_slice()),
        SnapshotError::File(_) | SnapshotError::State(_) => (StatusCode::INTERNAL_SERVER_ERROR, "failed", &[][..]),
    };
    let cause = match error {
        SnapshotError::File(cause) => cause.to_string(),
        other => other.to_string(),
    };
    said(status, &json!({ "code": code, "message": cause, "known": known }))
}

/// Why a server did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AdminError {
    /// No connection, or none that speaks HTTP.
    #[error("the server at `{url}` does not answer")]
    Unreachable {
        /// Its URL.
        url: String,
    },
    /// The state said no.
    #[error("{0}")]
    Snapshot(#[from] SnapshotError),
}

/// [`EmbeddedAws::save`] by the server that owns the state.
///
/// # Errors
/// Where it does not answer, and where saving fails.
pub async fn save(endpoint: &Endpoint, name: &str, replace: bool) -> Result<(), AdminError> {
    let query = if replace { "?replace" } else { "" };
    ask(endpoint, Method::PUT, name, query).await
}

/// [`EmbeddedAws::load`] by the server that owns the state.
///
/// # Errors
/// Where it does not answer, and where loading fails.
pub async fn load(endpoint: &Endpoint, name: &str) -> Result<(), AdminError> {
    ask(endpoint, Method::POST, name, "/load").await
}

async fn ask(endpoint: &Endpoint, method: Method, name: &str, rest: &str) -> Result<(), AdminError> {
    let unreachable = || AdminError::Unreachable { url: endpoint.url.clone() };
    // A name that is none would make another path of it.
    if name.is_empty() || name.bytes().any(|byte| !byte.is_ascii_alphanumeric() && byte != b'-') {
        return Err(SnapshotError::Name { name: name.to_owned() }.into());
    }
    let authority = endpoint.url.strip_prefix("http://").ok_or_else(unreachable)?;
    let stream = TcpStream::connect(authority).await.map_err(|_| unreachable())?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|_| unreachable())?;
    tokio::spawn(connection);
    let request = Request::builder()
        .method(method)
        .uri(format!("{SNAPSHOTS}{name}{rest}"))
        .header(http::header::HOST, authority)
        .header(TOKEN, endpoint.admin_token.expose())
        .body(Empty::<Bytes>::new())
        .map_err(|_| unreachable())?;
    let response = sender.send_request(request).await.map_err(|_| unreachable())?;
    if response.status() == StatusCode::OK {
        return Ok(());
    }
    let body = Limited::new(response.into_body(), 1 << 20).collect().await.map_err(|_| unreachable())?.to_bytes();
    let body: Value = serde_json::from_slice(&body).map_err(|_| unreachable())?;
    let text = |member: &str| body.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let known = body.get("known").and_then(Value::as_array).into_iter().flatten();
    let name = name.to_owned();
    Err(AdminError::Snapshot(match text("code").as_str() {
        "name" => SnapshotError::Name { name },
        "exists" => SnapshotError::Exists { name },
        "missing" => SnapshotError::Missing { name, known: known.filter_map(|name| name.as_str().map(str::to_owned)).collect() },
        _ => SnapshotError::State(text("message")),
    }))
}

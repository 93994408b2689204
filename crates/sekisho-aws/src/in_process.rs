//! An HTTP client that hands requests to a function instead of a socket.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// Anything that answers a request, such as the embedded AWS. It may block: it is called off the async threads.
pub trait RequestHandler: Send + Sync {
    /// The answer to `request`.
    fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes>;
}

#[derive(Clone)]
pub(crate) struct InProcess(pub(crate) Arc<dyn RequestHandler>);

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let handler = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move {
            let other = |why: &'static str| ConnectorError::other(why.into(), None);
            let request = request.try_into_http1x().map_err(|_| other("the request is none of HTTP/1.1"))?;
            let (parts, body) = request.into_parts();
            let body = Bytes::copy_from_slice(body.bytes().ok_or_else(|| other("the request's body is a stream"))?);
            let answer = tokio::task::spawn_blocking(move || handler.handle(http::Request::from_parts(parts, body)))
                .await
                .map_err(|_| other("the handler stopped"))?;
            HttpResponse::try_from(answer.map(SdkBody::from)).map_err(|_| other("the answer is none of HTTP/1.1"))
        })
    }
}

impl HttpClient for InProcess {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

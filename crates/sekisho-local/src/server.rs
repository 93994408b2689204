//! The loopback server: bounded in every direction, for signed requests only.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::rand;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sekisho_model::Secret;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::admin;
use crate::embedded::{EmbeddedAws, failure, refusal};
use crate::front::Trust;
use crate::host::HostRule;
use crate::state::OpenError;
use crate::state::ownership::{self, Endpoint};

/// Greater than any request that AWS would take: a secret of 64 KiB, every byte of it escaped, fits.
const BODY: usize = 1024 * 1024;
const HEADERS: usize = 64 * 1024;
const CONNECTIONS: usize = 256;
const HEADER_TIME: Duration = Duration::from_secs(10);
const BODY_TIME: Duration = Duration::from_secs(30);
/// How long requests that are being answered may take when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Where the server listens.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The address. Anything but a loopback address lets others in who know the secret key: for containers.
    pub addr: IpAddr,
    /// The port; any free one where it is not given.
    pub port: Option<u16>,
    /// Names that requests may use for this host, beside those of loopback, such as `host.docker.internal`.
    pub allow_host: Vec<String>,
    /// For test suites that were written for moto: no signature is looked at, and `POST /moto-api/reset` forgets every record. Only on loopback.
    pub test_mode: bool,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self { addr: Ipv4Addr::LOCALHOST.into(), port: None, allow_host: Vec::new(), test_mode: false }
    }
}

/// Why the server cannot start or go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The endpoint cannot be published in the state directory.
    #[error("cannot publish the server in the state directory")]
    Publish(#[source] OpenError),
    /// Without signatures everybody who reaches the port gets in.
    #[error("test mode looks at no signature, and `{address}` is no loopback address")]
    TestModeBeyondLoopback {
        /// The address.
        address: IpAddr,
    },
    /// The random generator failed.
    #[error("no random bytes for the admin token")]
    Random,
}

/// A key that works in the server's default account.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The default account's id: every access key of 12 digits is that account.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: Secret<String>,
}

/// The embedded AWS on a port. From [`Server::bind`] on, [`ownership::look`] finds it; no longer when it is dropped or [`Server::run`] returned.
#[derive(Debug)]
pub struct Server {
    listener: std::net::TcpListener,
    shared: Arc<Shared>,
    published: Published,
}

#[derive(Debug)]
struct Shared {
    aws: Arc<EmbeddedAws>,
    hosts: HostRule,
    admin_token: Secret<String>,
    test_mode: bool,
}

/// Takes the endpoint back when the server ends in an orderly way. Otherwise the free lock tells that it is stale.
#[derive(Debug)]
struct Published {
    aws: Arc<EmbeddedAws>,
    endpoint: Endpoint,
}

impl Drop for Published {
    fn drop(&mut self) {
        let _ = ownership::withdraw(self.aws.state_dir());
    }
}

impl Server {
    /// Listens and publishes the endpoint. Requests wait until [`Server::run`].
    ///
    /// # Errors
    /// Where the address is taken, or the state directory cannot be written.
    pub fn bind(aws: Arc<EmbeddedAws>, options: ServerOptions) -> Result<Self, ServerError> {
        let address = SocketAddr::new(options.addr, options.port.unwrap_or(0));
        if options.test_mode && !options.addr.is_loopback() {
            return Err(ServerError::TestModeBeyondLoopback { address: options.addr });
        }
        let failed = |source| ServerError::Listen { address, source };
        let listener = std::net::TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let reachable = match bound.ip() {
            ip if !ip.is_unspecified() => ip,
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        let mut token = [0_u8; 32];
        rand::fill(&mut token).map_err(|_| ServerError::Random)?;
        let endpoint = Endpoint {
            url: format!("http://{}", SocketAddr::new(reachable, bound.port())),
            access_key_id: aws.default_account().to_string(),
            secret_access_key: aws.secret_key().clone(),
            admin_token: Secret::new(hex::encode(token)),
            pid: std::process::id(),
        };
        ownership::publish(aws.state_dir(), &endpoint).map_err(ServerError::Publish)?;
        let hosts = HostRule::new(options.addr, options.allow_host);
        let shared = Shared { aws: Arc::clone(&aws), hosts, admin_token: endpoint.admin_token.clone(), test_mode: options.test_mode };
        Ok(Self { listener, shared: Arc::new(shared), published: Published { aws, endpoint } })
    }

    /// Such as `http://127.0.0.1:4566`.
    pub fn url(&self) -> &str {
        &self.published.endpoint.url
    }

    /// A key that works.
    pub fn credentials(&self) -> Credentials {
        let Endpoint { access_key_id, secret_access_key, .. } = self.published.endpoint.clone();
        Credentials { access_key_id, secret_access_key }
    }

    /// As it is published in the state directory.
    pub fn endpoint(&self) -> &Endpoint {
        &self.published.endpoint
    }

    /// Answers until `shutdown` is done, then finishes what was begun.
    ///
    /// # Errors
    /// Where the listener cannot be used in this runtime.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), ServerError> {
        let address = self.listener.local_addr().unwrap_or_else(|_| SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)));
        let listener = TcpListener::from_std(self.listener).map_err(|source| ServerError::Listen { address, source })?;
        let (stop, stopped) = watch::channel(false);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut connections = JoinSet::new();
        let mut shutdown = pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                accepted = accept(&listener, &places) => accepted,
            };
            while connections.try_join_next().is_some() {}
            match accepted {
                Ok((stream, place)) => {
                    let (shared, stopped) = (Arc::clone(&self.shared), stopped.clone());
                    connections.spawn(async move {
                        serve(stream, shared, stopped).await;
                        drop(place);
                    });
                }
                // Such as too many open files: others must end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        drop(listener);
        let _ = stop.send(true);
        let _ = timeout(LAST_WORDS, async { while connections.join_next().await.is_some() {} }).await;
        drop(self.published);
        Ok(())
    }
}

/// The next connection, when there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    listener.accept().await.map(|(stream, _)| (stream, place))
}

async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn serve(stream: TcpStream, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(shared.answer(request).await.map(Full::new)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        () = told(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

impl Shared {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Bytes> {
        // A browser sends an Origin with every request that a page makes across origins, and our clients are no browsers.
        if request.headers().contains_key(http::header::ORIGIN) {
            return refusal(StatusCode::FORBIDDEN, "AccessDeniedException", "requests of web pages are not answered");
        }
        if !self.hosts.allows(&request) {
            return refusal(StatusCode::FORBIDDEN, "AccessDeniedException", "this host name is not one of the server's: see --allow-host");
        }
        if request.uri().path().starts_with(admin::PREFIX) {
            return self.admin(&request).await;
        }
        if self.test_mode && request.uri().path().starts_with("/moto-api/") {
            return self.moto_api(&request);
        }
        let (parts, body) = request.into_parts();
        let body = match timeout(BODY_TIME, Limited::new(body, BODY).collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                return refusal(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeException", "the body is greater than 1 MiB");
            }
            Ok(Err(_)) => return refusal(StatusCode::BAD_REQUEST, "SerializationException", "the body could not be read"),
            Err(_) => return refusal(StatusCode::REQUEST_TIMEOUT, "RequestTimeoutException", "the body did not arrive in time"),
        };
        let request = Request::from_parts(parts, body);
        let answered = tokio::task::spawn_blocking(move || {
            let trust = if self.test_mode { Trust::TestMode } else { Trust::Signature };
            self.aws.answer(request, trust)
        })
        .await;
        answered.unwrap_or_else(|_| failure())
    }

    /// What a suite that was written for moto asks of its server between two tests.
    fn moto_api(&self, request: &Request<Incoming>) -> Response<Bytes> {
        match (request.method(), request.uri().path()) {
            (&http::Method::POST, "/moto-api/reset") => match self.aws.forget() {
                Ok(()) => Response::new(Bytes::from_static(b"{\"status\": \"ok\"}")),
                Err(_) => failure(),
            },
            _ => refusal(StatusCode::NOT_FOUND, "UnknownOperationException", "of moto's own paths there is only POST /moto-api/reset"),
        }
    }

    async fn admin(self: Arc<Self>, request: &Request<Incoming>) -> Response<Bytes> {
        let token = request.headers().get(admin::TOKEN).map(http::HeaderValue::as_bytes).unwrap_or_default();
        if aws_lc_rs::constant_time::verify_slices_are_equal(token, self.admin_token.expose().as_bytes()).is_err() {
            return refusal(StatusCode::FORBIDDEN, "AccessDeniedException", "the admin token is missing or wrong");
        }
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let query = request.uri().query().map(str::to_owned);
        let answered = tokio::task::spawn_blocking(move || admin::answer(&self.aws, &method, &path, query.as_deref())).await;
        answered.unwrap_or_else(|_| failure())
    }
}

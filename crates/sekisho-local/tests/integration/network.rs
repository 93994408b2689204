//! The server: who is let in, what is bounded, how it stops.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use sekisho_local::ownership::{Ownership, look};
use sekisho_local::{EmbeddedAws, OpenError, Server, ServerOptions};
use tokio::sync::oneshot;

use crate::aws::{Aws, aws, options};

/// A server in a thread of its own.
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) secret: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn start(aws: &Arc<EmbeddedAws>) -> Self {
        let server = Server::bind(Arc::clone(aws), ServerOptions::default()).unwrap();
        let (url, secret) = (server.url().to_owned(), server.credentials().secret_access_key.expose().clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(server.run(async { drop(stopped.await) })).unwrap();
        });
        Self { url, secret, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn stop(mut self) {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap();
    }

    fn host(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// Sends bytes, reads all that comes.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The server may answer and close before all was sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn send(&self, headers: &[(String, String)], body: &str) -> String {
        let mut request = format!("POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(format!("{request}\r\n{body}").as_bytes())
    }
}

/// A request as an SDK signs it; `change` may spoil it afterwards.
struct Signed {
    service: &'static str,
    region: &'static str,
    key: String,
    secret: String,
    time: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Signed {
    fn new(server: &Running, time: &str) -> Self {
        Self {
            service: "ssm",
            region: "us-east-1",
            key: "123456789012".to_owned(),
            secret: server.secret.clone(),
            time: time.to_owned(),
            headers: vec![
                ("content-type".to_owned(), "application/x-amz-json-1.1".to_owned()),
                ("host".to_owned(), server.host().to_owned()),
                ("x-amz-date".to_owned(), time.to_owned()),
                ("x-amz-target".to_owned(), "AmazonSSM.DescribeParameters".to_owned()),
            ],
            body: "{}".to_owned(),
        }
    }

    fn headers(&self) -> Vec<(String, String)> {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let lines: String = self.headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let hash = |text: &str| hex::encode(digest(&SHA256, text.as_bytes()));
        let canonical = format!("POST\n/\n\n{lines}\n{}\n{}", names.join(";"), hash(&self.body));
        let (date, _) = self.time.split_at(8);
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", self.time, hash(&canonical));
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for part in [date, self.region, self.service, "aws4_request", &to_sign] {
            key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), part.as_bytes()).as_ref().to_vec();
        }
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}", self.key, names.join(";"), hex::encode(key));
        let mut headers = self.headers.clone();
        headers.push(("authorization".to_owned(), authorization));
        headers
    }

    fn send(&self, server: &Running) -> String {
        server.send(&self.headers(), &self.body)
    }
}

const NOW: &str = "20260101T000000Z";

#[track_caller]
fn assert_refused(answer: &str, status: u16, code: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) && answer.contains(code), "{answer}");
}

#[test]
fn a_signature_decides() {
    let Aws { embedded, directory: _kept, .. } = aws();
    let server = Running::start(&embedded);
    let good = Signed::new(&server, NOW);
    assert_refused(&good.send(&server), 200, "Parameters");

    assert_refused(&Signed { secret: "wrong".into(), ..Signed::new(&server, NOW) }.send(&server), 400, "InvalidSignatureException");
    let mut other_body = good.headers();
    assert_refused(&server.send(&other_body, "{\"MaxResults\": 1}"), 400, "InvalidSignatureException");
    let authorization = other_body.last_mut().unwrap();
    authorization.1 = authorization.1.replace("x-amz-date;", "");
    assert_refused(&server.send(&other_body, "{}"), 400, "must be a 'SignedHeader'");
    let mut unsigned = good.headers();
    unsigned.push(("x-sekisho-arn-suffix".to_owned(), "AbCdEf".to_owned()));
    assert_refused(&server.send(&unsigned, "{}"), 400, "must be a 'SignedHeader'");
    assert_refused(&Signed { service: "kms", ..Signed::new(&server, NOW) }.send(&server), 400, "correct service: 'ssm'");
    assert_refused(&Signed { region: "nowhere", ..Signed::new(&server, NOW) }.send(&server), 400, "valid region");
    assert_refused(&Signed { key: "ASIAUNKNOWN".into(), ..Signed::new(&server, NOW) }.send(&server), 400, "UnrecognizedClientException");
    assert_refused(&Signed::new(&server, "20251231T235459Z").send(&server), 400, "Signature expired: 20251231T235459Z is now earlier than");
    assert_refused(&Signed::new(&server, "20260101T000501Z").send(&server), 400, "Signature not yet current");
    assert_refused(&Signed::new(&server, "20260101T000459Z").send(&server), 200, "Parameters");
    assert_refused(
        &server.send(&[("host".into(), "localhost".into()), ("x-amz-target".into(), "AmazonSSM.GetParameter".into())], "{}"),
        400,
        "MissingAuthenticationToken",
    );
    server.stop();
}

#[test]
fn pages_and_other_names_are_kept_out_and_bodies_bounded() {
    let Aws { embedded, directory: _kept, .. } = aws();
    let server = Running::start(&embedded);
    let mut from_page = Signed::new(&server, NOW).headers();
    from_page.push(("origin".to_owned(), "https://evil.example".to_owned()));
    assert_refused(&server.send(&from_page, "{}"), 403, "web pages");
    let mut renamed = Signed::new(&server, NOW);
    renamed.headers[1].1 = "evil.example".to_owned();
    assert_refused(&renamed.send(&server), 403, "--allow-host");
    let large = Signed { body: " ".repeat(1024 * 1024 + 1), ..Signed::new(&server, NOW) };
    assert_refused(&large.send(&server), 413, "RequestEntityTooLarge");
    let header = format!("POST / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "x".repeat(200_000));
    assert!(server.raw(header.as_bytes()).starts_with("HTTP/1.1 431"));
    assert!(server.raw(b"nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert_refused(&Signed::new(&server, NOW).send(&server), 200, "Parameters");
    server.stop();
}

#[test]
fn a_running_server_is_found_and_a_stopped_one_is_not() {
    let Aws { embedded, directory, .. } = aws();
    let server = Running::start(&embedded);
    let Ownership::Owned(endpoint) = look(embedded.state_dir()).unwrap() else { panic!("not found") };
    assert_eq!((&endpoint.url, endpoint.pid), (&server.url, std::process::id()));
    assert_eq!(endpoint.secret_access_key.expose(), &server.secret);
    assert!(!format!("{endpoint:?}").contains(&server.secret));
    // Nobody waits for a server.
    let refused =
        EmbeddedAws::open(sekisho_local::OpenOptions { lock_patience: Duration::from_secs(60), ..options(&directory) }).unwrap_err();
    assert!(matches!(&refused, OpenError::Owned { endpoint: Some(found), .. } if found.url == server.url), "{refused}");

    let health = |token: &str| {
        server.raw(
            format!("GET /_sekisho/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-sekisho-admin-token: {token}\r\n\r\n")
                .as_bytes(),
        )
    };
    assert_refused(&health(endpoint.admin_token.expose()), 200, env!("CARGO_PKG_VERSION"));
    assert_refused(&health("x"), 403, "admin token");

    let state = embedded.state_dir().to_owned();
    let published = fs::read(state.join("endpoint.json")).unwrap();
    server.stop();
    assert!(!state.join("endpoint.json").exists());
    assert!(matches!(look(&state).unwrap(), Ownership::Busy));
    drop(embedded);
    // What a killed server leaves behind is not believed, and cleared away.
    fs::write(state.join("endpoint.json"), published).unwrap();
    fs::set_permissions(state.join("endpoint.json"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(matches!(look(&state).unwrap(), Ownership::Free));
    let _again = EmbeddedAws::open(options(&directory)).unwrap();
    assert!(!state.join("endpoint.json").exists());
}

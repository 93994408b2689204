//! Requests to the embedded AWS. Laws: no request makes it panic (it would answer 500), and whatever it answers is an HTTP response.
//!
//! The input is a request as text: method and path, headers, an empty line, the body.
#![no_main]

use std::cell::RefCell;

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Request};
use libfuzzer_sys::fuzz_target;
use sekisho_local::{EmbeddedAws, OpenOptions};
use tempfile::TempDir;

/// After so many requests the state begins anew, so that it stays small and a finding depends on little.
const REQUESTS: usize = 500;

struct Running {
    // Dropped before its directory.
    aws: EmbeddedAws,
    _directory: TempDir,
    requests: usize,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

fn start() -> Running {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let account = "123456789012".parse().expect("an account");
    let aws = EmbeddedAws::open(OpenOptions::new(directory.path().join("state"), account)).expect("the embedded AWS opens");
    Running { aws, _directory: directory, requests: 0 }
}

/// Parts that HTTP itself would refuse are left out, so that every input reaches what is tested.
fn request(bytes: &[u8]) -> Request<Bytes> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = Method::POST;
    if let Some((method, path)) = lines.next().and_then(|line| str::from_utf8(line).ok()?.split_once(' ')) {
        *request.method_mut() = method.parse().unwrap_or(Method::POST);
        *request.uri_mut() = path.parse().unwrap_or_default();
    }
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(line[colon + 1..].trim_ascii())) {
            request.headers_mut().append(name, value);
        }
    }
    request
}

fuzz_target!(|bytes: &[u8]| {
    let request = request(bytes);
    RUNNING.with_borrow_mut(|running| {
        if running.as_ref().is_some_and(|running| running.requests >= REQUESTS) {
            *running = None;
        }
        let running = running.get_or_insert_with(start);
        running.requests += 1;
        let response = running.aws.handle(request);
        assert_ne!(response.status().as_u16(), 500, "{:?}", response.body());
    });
});

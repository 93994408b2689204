//! The embedded AWS in a directory of its own, and calls of it as an SDK makes them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use sekisho_local::{EmbeddedAws, OpenOptions};
use serde_json::Value;
use tempfile::TempDir;
use time::OffsetDateTime;

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "ap-northeast-1";

pub(crate) struct Aws {
    pub(crate) embedded: Arc<EmbeddedAws>,
    /// Seconds since 1970.
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) directory: TempDir,
}

pub(crate) fn options(directory: &TempDir) -> OpenOptions {
    OpenOptions { lock_patience: Duration::from_millis(200), ..OpenOptions::new(directory.path().join("state"), ACCOUNT.parse().unwrap()) }
}

pub(crate) fn aws() -> Aws {
    let directory = tempfile::tempdir().unwrap();
    let clock = Arc::new(AtomicI64::new(1_767_225_600));
    let read = Arc::clone(&clock);
    let embedded = EmbeddedAws::open(options(&directory))
        .unwrap()
        .with_clock(move || OffsetDateTime::from_unix_timestamp(read.load(Ordering::SeqCst)).unwrap());
    Aws { embedded: Arc::new(embedded), clock, directory }
}

/// Status and body of an answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.body["__type"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().or(self.body["Message"].as_str()).unwrap_or_default()
    }
}

pub(crate) fn request(target: &str, credential: &str, body: &Value) -> Request<Bytes> {
    let authorization = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00");
    Request::post("http://localhost/")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", target)
        .header("authorization", authorization)
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

pub(crate) fn read(response: Response<Bytes>) -> Answer {
    let status = response.status().as_u16();
    assert!(response.headers().contains_key("x-amzn-requestid"), "{response:?}");
    Answer { status, body: serde_json::from_slice(response.body()).unwrap() }
}

impl Aws {
    /// A call in account and Region of this module.
    pub(crate) fn call(&self, target: &str, body: Value) -> Answer {
        self.call_as(ACCOUNT, REGION, target, body)
    }

    pub(crate) fn call_as(&self, access_key: &str, region: &str, target: &str, body: Value) -> Answer {
        let service = match target.split('.').next().unwrap() {
            "AmazonSSM" => "ssm",
            "TrentService" => "kms",
            other => other,
        };
        let credential = format!("{access_key}/20260101/{region}/{service}/aws4_request");
        read(self.embedded.handle(request(target, &credential, &body)))
    }

    #[track_caller]
    pub(crate) fn ok(&self, target: &str, body: Value) -> Value {
        let answer = self.call(target, body);
        assert_eq!(answer.status, 200, "{target}: {answer:?}");
        answer.body
    }

    pub(crate) fn ssm(&self, operation: &str, body: Value) -> Answer {
        self.call(&format!("AmazonSSM.{operation}"), body)
    }

    #[track_caller]
    pub(crate) fn ssm_ok(&self, operation: &str, body: Value) -> Value {
        self.ok(&format!("AmazonSSM.{operation}"), body)
    }

    /// The code of the error that must come.
    #[track_caller]
    pub(crate) fn ssm_error(&self, operation: &str, body: Value) -> String {
        let answer = self.ssm(operation, body);
        assert!(answer.status >= 400, "{operation}: {answer:?}");
        answer.code().to_owned()
    }

    pub(crate) fn kms(&self, operation: &str, body: Value) -> Answer {
        self.call(&format!("TrentService.{operation}"), body)
    }

    #[track_caller]
    pub(crate) fn kms_ok(&self, operation: &str, body: Value) -> Value {
        self.ok(&format!("TrentService.{operation}"), body)
    }

    #[track_caller]
    pub(crate) fn kms_error(&self, operation: &str, body: Value) -> String {
        let answer = self.kms(operation, body);
        assert!(answer.status >= 400, "{operation}: {answer:?}");
        answer.code().to_owned()
    }

    pub(crate) fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// The texts of the items' member `name`.
pub(crate) fn texts(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

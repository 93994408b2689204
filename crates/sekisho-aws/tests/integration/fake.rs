//! A handler that answers as a test says and remembers what it was asked.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sekisho_aws::{Connection, Keys, RequestHandler, Settings, Watch};
use serde_json::{Value, json};

pub const REGION: &str = "eu-west-1";
pub const ACCOUNT: &str = "123456789012";

/// One request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `ssm:GetParameters`.
    pub operation: String,
    /// The body; null for what is no JSON.
    pub body: Value,
    pub headers: http::HeaderMap,
    /// The body as text: a form, for the services that speak in forms.
    pub form: String,
}

impl Asked {
    /// The texts of the list `member`.
    pub fn list(&self, member: &str) -> Vec<String> {
        self.body[member].as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    /// The value of `member` in a form, still encoded.
    pub fn member(&self, member: &str) -> &str {
        self.form.split('&').find_map(|part| part.split_once('=').filter(|(name, _)| *name == member)).map_or("", |(_, value)| value)
    }

    fn of(request: &http::Request<Bytes>) -> Self {
        let text = String::from_utf8_lossy(request.body()).into_owned();
        let operation = match request.headers().get("x-amz-target") {
            Some(target) => {
                let (service, operation) = target.to_str().unwrap().split_once('.').unwrap();
                let service = match service {
                    "AmazonSSM" => "ssm",
                    "secretsmanager" => "secretsmanager",
                    "TrentService" => "kms",
                    "AmazonEC2ContainerServiceV20141113" => "ecs",
                    other => other,
                };
                format!("{service}:{operation}")
            }
            None => {
                let service = if text.contains("Version=2010-05-08") { "iam" } else { "sts" };
                format!("{service}:{}", text.split('&').find_map(|part| part.strip_prefix("Action=")).unwrap_or("?"))
            }
        };
        Self { operation, body: serde_json::from_str(&text).unwrap_or_default(), headers: request.headers().clone(), form: text }
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: String,
}

impl Answer {
    pub fn json(body: &Value) -> Self {
        Self { status: 200, content_type: "application/x-amz-json-1.1", body: body.to_string() }
    }

    /// An error as services that speak JSON 1.1 tell it.
    pub fn error(code: &str, message: &str) -> Self {
        Self { status: 400, ..Self::json(&json!({ "__type": code, "message": message })) }
    }

    /// An error as STS tells it.
    pub fn xml_error(status: u16, code: &str, message: &str) -> Self {
        let body = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>\
             <Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
        );
        Self { status, content_type: "text/xml", body }
    }

    /// What IAM answers to `operation`, `result` in XML.
    pub fn iam(operation: &str, result: &str) -> Self {
        let body = format!(
            "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{operation}Result>{result}</{operation}Result>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{operation}Response>"
        );
        Self { status: 200, content_type: "text/xml", body }
    }

    pub fn html(status: u16) -> Self {
        let body = "<!DOCTYPE html><html><body><h1>Welcome</h1><p>Please sign in.</p></body></html>";
        Self { status, content_type: "text/html", body: body.to_owned() }
    }

    pub fn identity() -> Self {
        let body = format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <Arn>arn:aws:iam::{ACCOUNT}:user/a</Arn><UserId>A</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        );
        Self { status: 200, content_type: "text/xml", body }
    }
}

/// The handler.
pub struct Fake {
    answer: Box<dyn Fn(&Asked) -> Answer + Send + Sync>,
    asked: Mutex<Vec<Asked>>,
}

impl Fake {
    pub fn new(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { answer: Box::new(answer), asked: Mutex::default() })
    }

    /// A connection to it that tells nobody anything.
    pub async fn connect(self: &Arc<Self>) -> Connection {
        self.connect_watched(Watch::silent()).await
    }

    pub async fn connect_watched(self: &Arc<Self>, watch: Watch) -> Connection {
        let settings = Settings {
            region: Some(REGION.parse().unwrap()),
            keys: Some(Keys { access_key_id: ACCOUNT.to_owned(), secret_access_key: "x".to_owned().into() }),
            handler: Some(Arc::clone(self) as Arc<dyn RequestHandler>),
            ..Settings::default()
        };
        Connection::open(settings, watch).await.unwrap()
    }

    /// Everything that it was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// What it was asked of `operation`.
    pub fn asked_of(&self, operation: &str) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.operation == operation).collect()
    }

    /// How often it was asked, by operation.
    pub fn counts(&self) -> Vec<(String, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for asked in self.asked() {
            *counts.entry(asked.operation).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}

impl RequestHandler for Fake {
    fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let asked = Asked::of(&request);
        self.asked.lock().unwrap().push(asked.clone());
        let answer = (self.answer)(&asked);
        http::Response::builder().status(answer.status).header("content-type", answer.content_type).body(Bytes::from(answer.body)).unwrap()
    }
}

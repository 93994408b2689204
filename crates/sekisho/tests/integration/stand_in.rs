//! A small HTTP server in place of AWS: it answers as a test says and remembers what it was asked.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// One request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `ssm:GetParameters`.
    pub operation: String,
    /// The body; null for what is no JSON.
    pub body: Value,
    /// The body as text: a form, for the services that speak in forms.
    pub form: String,
    pub user_agent: String,
    /// How many requests of this operation were made before.
    pub before: usize,
}

impl Asked {
    /// The texts of the list `member`.
    pub fn list(&self, member: &str) -> Vec<String> {
        self.body[member].as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Status, content type, body.
    Says(u16, &'static str, String),
    /// The connection stays open and nothing comes.
    Hangs,
}

impl Answer {
    pub fn json(body: &Value) -> Self {
        Self::Says(200, "application/x-amz-json-1.1", body.to_string())
    }

    /// An error as services that speak JSON tell it.
    pub fn error(code: &str, message: &str) -> Self {
        Self::Says(400, "application/x-amz-json-1.1", json!({ "__type": code, "message": message }).to_string())
    }

    /// An error as STS tells it.
    pub fn xml_error(status: u16, code: &str, message: &str) -> Self {
        let error = format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId>");
        Self::Says(status, "text/xml", format!("<ErrorResponse xmlns=\"{STS}\">{error}</ErrorResponse>"))
    }

    pub fn html(status: u16) -> Self {
        Self::Says(status, "text/html", "<!DOCTYPE html><html><body><p>Please sign in.</p></body></html>".to_owned())
    }

    /// What IAM answers to `operation`, `result` in XML.
    pub fn iam(operation: &str, result: &str) -> Self {
        let body = format!(
            "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{operation}Result>{result}</{operation}Result>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{operation}Response>"
        );
        Self::Says(200, "text/xml", body)
    }

    /// GetCallerIdentity's, for whoever has this ARN.
    pub fn caller(account: &str, arn: &str) -> Self {
        let Self::Says(status, kind, body) = Self::identity(account) else { return Self::Hangs };
        Self::Says(status, kind, body.replace(&format!("arn:aws:iam::{account}:user/a"), arn))
    }

    /// GetCallerIdentity's.
    pub fn identity(account: &str) -> Self {
        let who = format!("<Arn>arn:aws:iam::{account}:user/a</Arn><UserId>A</UserId><Account>{account}</Account>");
        let body = format!(
            "<GetCallerIdentityResponse xmlns=\"{STS}\"><GetCallerIdentityResult>{who}</GetCallerIdentityResult>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        );
        Self::Says(200, "text/xml", body)
    }
}

const STS: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The server. It lives as long as the test's process.
pub struct StandIn {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    has_iam: bool,
}

impl StandIn {
    /// One that has no IAM: there are no roles to be looked at, and nobody is asked for them.
    pub fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let server = Self::start_with_iam(move |asked| match asked.operation.strip_prefix("iam:") {
            Some(operation) => Answer::xml_error(400, "InvalidAction", &format!("Could not find operation {operation}")),
            None => answer(asked),
        });
        Self { has_iam: false, ..server }
    }

    /// One that is asked for roles too.
    pub fn start_with_iam(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                std::thread::spawn(move || serve(&stream, &kept, &*answer));
            }
        });
        Self { url, asked, has_iam: true }
    }

    /// Everything that it was asked so far; where it has no IAM, that it was asked for it is left out.
    pub fn asked(&self) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| self.has_iam || !asked.operation.starts_with("iam:")).cloned().collect()
    }

    /// The operations that it was asked for, in order.
    pub fn operations(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.operation).collect()
    }

    pub fn count(&self, operation: &str) -> usize {
        self.operations().iter().filter(|asked| *asked == operation).count()
    }
}

fn serve(stream: &TcpStream, kept: &Mutex<Vec<Asked>>, answer: &(dyn Fn(&Asked) -> Answer + Send + Sync)) {
    let mut reader = BufReader::new(stream);
    while let Some(mut asked) = request(&mut reader) {
        {
            let mut kept = kept.lock().unwrap();
            asked.before = kept.iter().filter(|other| other.operation == asked.operation).count();
            kept.push(asked.clone());
        }
        let Answer::Says(status, content_type, body) = answer(&asked) else {
            // Until the client gives up.
            let _ = reader.read(&mut [0]);
            return;
        };
        let head = format!("HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n", body.len());
        let mut writer = stream;
        if writer.write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}

/// The next request of a connection.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<Asked> {
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default();
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let text = String::from_utf8_lossy(&body).into_owned();
    let operation = match header("x-amz-target").split_once('.') {
        Some(("AmazonSSM", operation)) => format!("ssm:{operation}"),
        Some(("TrentService", operation)) => format!("kms:{operation}"),
        Some(("AmazonEC2ContainerServiceV20141113", operation)) => format!("ecs:{operation}"),
        Some((service, operation)) => format!("{service}:{operation}"),
        None => {
            let service = if text.contains("Version=2010-05-08") { "iam" } else { "sts" };
            format!("{service}:{}", text.split('&').find_map(|part| part.strip_prefix("Action=")).unwrap_or("?"))
        }
    };
    let body = serde_json::from_str(&text).unwrap_or_default();
    Some(Asked { operation, body, form: text, user_agent: header("user-agent"), before: 0 })
}

//! One suite for every store behind our connection: the embedded AWS in this process, the same on loopback, and moto. What holds on one holds on all.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use sekisho_aws::{
    CallError, Connection, ErrorClass, Event, ExchangeError, Keys, NewParameter, NewSecret, PENDING, Recovery, RequestHandler, Settings,
    StoredName, Watch, Written,
};
use sekisho_local::{EmbeddedAws, OpenOptions};
use sekisho_model::Secret;
use sekisho_model::observed::{ObservedValue, ParameterId, SecretId, VersionOf};

use crate::ownership::Server;
use crate::world::World;

const ACCOUNT: &str = "123456789012";
const REGION: &str = "ap-northeast-1";
const WRITERS: usize = 16;

fn parameter(name: &str) -> ParameterId {
    ParameterId { region: REGION.to_owned(), account: None, name: name.to_owned() }
}

fn new(name: &str, value: &str, overwrite: bool) -> NewParameter {
    let tags = if overwrite { Vec::new() } else { vec![("made".to_owned(), "at first".to_owned())] };
    NewParameter {
        id: parameter(name),
        value: value.to_owned().into(),
        kind: None,
        tier: None,
        key: None,
        description: Some("a description".to_owned()),
        tags,
        overwrite,
    }
}

fn secret(name: &str) -> SecretId {
    SecretId { region: REGION.to_owned(), id: name.to_owned() }
}

fn new_secret(name: &str, value: &str) -> NewSecret {
    let tags = vec![("made".to_owned(), "at first".to_owned())];
    NewSecret { id: secret(name), value: value.to_owned().into(), key: None, description: None, tags, arn_suffix: None }
}

fn version(name: &str, id: Option<&str>, stage: Option<&str>) -> VersionOf {
    VersionOf { secret: secret(name), stage: stage.map(str::to_owned), version_id: id.map(str::to_owned) }
}

async fn text(connection: &Connection, version: &VersionOf) -> Option<String> {
    match connection.read_secret(version).await.unwrap()?.value {
        ObservedValue::Text(text) => Some(text.expose().clone()),
        ObservedValue::Binary(_) => panic!("bytes"),
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, CallError>, class: ErrorClass) {
    let error = answer.unwrap_err();
    assert_eq!(error.class, class, "{error}");
}

/// Get, put, exchange, history, tags, list, delete, get after delete, and a new life.
async fn a_parameter_has_versions_until_it_is_removed(connection: Connection) {
    let (name, id) = ("/conformance/token", parameter("/conformance/token"));
    let read = async |selector| Some(connection.read_parameter(&id, selector, true).await.unwrap()?.value.expose().clone());
    assert_eq!(read(None).await, None);
    refused(connection.parameter_history(&id).await, ErrorClass::Absent);
    refused(connection.delete_parameter(&id).await, ErrorClass::Absent);

    let written = connection.put_parameter(&new(name, "one", false)).await.unwrap();
    assert_eq!(written, Written { stored: StoredName::Parameter(name.to_owned()), version: "1".to_owned() });
    refused(connection.put_parameter(&new(name, "other", false)).await, ErrorClass::Exists);
    let found = connection.read_parameter(&id, None, true).await.unwrap().unwrap();
    assert_eq!((found.value.expose().as_str(), found.version, found.kind.as_str()), ("one", 1, "SecureString"));
    let hidden = connection.read_parameter(&id, None, false).await.unwrap().unwrap();
    assert_ne!(hidden.value.expose(), "one", "without decryption there is no plaintext");

    let exchanged = connection.exchange_parameter(&new(name, "two", true), 1).await.unwrap();
    assert_eq!((exchanged.written.version.as_str(), exchanged.between), ("2", false));
    let moved = connection.exchange_parameter(&new(name, "three", true), 1).await;
    assert_eq!(moved, Err(ExchangeError::Moved { now: Some("2".to_owned()) }));
    assert_eq!((read(None).await.as_deref(), read(Some("1")).await.as_deref()), (Some("two"), Some("one")));
    assert_eq!(read(Some("3")).await, None);
    let history: Vec<i64> = connection.parameter_history(&id).await.unwrap().iter().map(|version| version.version).collect();
    assert_eq!(history, [1, 2]);

    connection.tag_parameter(&id, &[("more".to_owned(), "later".to_owned())]).await.unwrap();
    let tags: BTreeMap<String, String> = connection.parameter_tags(&id).await.unwrap().into_iter().collect();
    assert_eq!(tags.get("made").map(String::as_str), Some("at first"), "an overwritten parameter keeps its tags");
    assert_eq!(tags.get("more").map(String::as_str), Some("later"));
    connection.put_parameter(&new("/conformant", "x", false)).await.unwrap();
    let listed: Vec<String> =
        connection.list_parameters(REGION, "/conformance/").await.unwrap().into_iter().map(|listed| listed.name).collect();
    assert_eq!(listed, [name]);

    connection.delete_parameter(&id).await.unwrap();
    assert_eq!(read(None).await, None);
    refused(connection.delete_parameter(&id).await, ErrorClass::Absent);
    assert_eq!(connection.exchange_parameter(&new(name, "x", true), 2).await, Err(ExchangeError::Moved { now: None }));
    assert_eq!(connection.put_parameter(&new(name, "again", false)).await.unwrap().version, "1");
}

/// The current version by its label. AWS takes it where none is named; moto 5.2.5 keeps to the version that was written last, whatever
/// UpdateSecretVersionStage says.
fn current(name: &str) -> VersionOf {
    version(name, None, Some("AWSCURRENT"))
}

/// Get, put, stages, history, tags, list, delete, get after delete, restore, and no way back.
async fn a_secret_has_stages_until_it_is_removed(connection: Connection) {
    let (name, id) = ("conformance/token", secret("conformance/token"));
    assert_eq!(text(&connection, &version(name, None, None)).await, None);

    let first = connection.create_secret(&new_secret(name, "one")).await.unwrap().version;
    refused(connection.create_secret(&new_secret(name, "other")).await, ErrorClass::Exists);
    let exchanged = connection.exchange_secret_value(&id, &"two".to_owned().into(), Some(&first)).await.unwrap();
    let second = exchanged.written.version;
    let stages = async || -> BTreeMap<String, Vec<String>> {
        let versions = connection.secret_versions(&id).await.unwrap();
        versions.into_iter().filter(|version| !version.stages.is_empty()).map(|version| (version.id, version.stages)).collect()
    };
    let expected = |current: &str, previous: &str| {
        BTreeMap::from([(current.to_owned(), vec!["AWSCURRENT".to_owned()]), (previous.to_owned(), vec!["AWSPREVIOUS".to_owned()])])
    };
    assert_eq!(stages().await, expected(&second, &first), "{PENDING} is gone");
    assert_eq!(text(&connection, &current(name)).await.as_deref(), Some("two"));
    assert_eq!(text(&connection, &version(name, None, Some("AWSPREVIOUS"))).await.as_deref(), Some("one"));
    assert_eq!(text(&connection, &version(name, Some(&first), None)).await.as_deref(), Some("one"));

    let moved = connection.exchange_secret_value(&id, &"three".to_owned().into(), Some(&first)).await;
    assert_eq!(moved, Err(ExchangeError::Moved { now: Some(second.clone()) }));
    assert_eq!(text(&connection, &current(name)).await.as_deref(), Some("two"), "nothing current has changed");
    assert_eq!(stages().await, expected(&second, &first));

    connection.move_current(&id, &first, Some(&second)).await.unwrap();
    assert_eq!(stages().await, expected(&first, &second));
    assert_eq!(connection.move_current(&id, &first, Some(&second)).await, Ok(()), "an answer that was lost may be asked for again");

    connection.tag_secret(&id, &[("more".to_owned(), "later".to_owned())]).await.unwrap();
    let tags: BTreeMap<String, String> = connection.secret_tags(&id).await.unwrap().into_iter().collect();
    assert_eq!((tags["made"].as_str(), tags["more"].as_str()), ("at first", "later"));
    connection.create_secret(&new_secret("conformant", "x")).await.unwrap();
    let listed: Vec<String> =
        connection.list_secrets(REGION, "conformance/").await.unwrap().into_iter().map(|listed| listed.name).collect();
    assert_eq!(listed, [name]);

    assert!(connection.delete_secret(&id, Recovery::Days(7)).await.unwrap().is_some());
    refused(connection.read_secret(&version(name, None, None)).await.map(drop), ErrorClass::PendingDeletion);
    connection.restore_secret(&id).await.unwrap();
    assert_eq!(text(&connection, &current(name)).await.as_deref(), Some("one"));
    connection.delete_secret(&id, Recovery::Never).await.unwrap();
    assert_eq!(text(&connection, &version(name, None, None)).await, None);
}

/// What is marked for deletion takes no value. moto 5.2.5 takes it all the same, against botocore's documentation of PutSecretValue: there this is not run.
async fn a_secret_that_is_marked_for_deletion_takes_no_value(connection: Connection) {
    let (name, id) = ("conformance/leaving", secret("conformance/leaving"));
    let first = connection.create_secret(&new_secret(name, "one")).await.unwrap().version;
    connection.delete_secret(&id, Recovery::Days(7)).await.unwrap();
    match connection.exchange_secret_value(&id, &"two".to_owned().into(), Some(&first)).await {
        Err(ExchangeError::Call(error)) => assert_eq!(error.class, ErrorClass::PendingDeletion, "{error}"),
        other => panic!("{other:?}"),
    }
}

/// Sixteen writers on one parameter and one secret: every accepted version is in the history once, in order.
async fn sixteen_writers_lose_nothing(connection: Connection) {
    let (name, id) = ("/conformance/busy", parameter("/conformance/busy"));
    connection.put_parameter(&new(name, "first", false)).await.unwrap();
    let writers = (0..WRITERS).map(|number| {
        let connection = connection.clone();
        tokio::task::spawn_local(async move {
            (connection.put_parameter(&new(name, &format!("w{number}"), true)).await.unwrap().version, number)
        })
    });
    let mut accepted = BTreeMap::new();
    for writer in writers.collect::<Vec<_>>() {
        let (version, number) = writer.await.unwrap();
        assert_eq!(accepted.insert(version.parse::<i64>().unwrap(), format!("w{number}")), None, "version {version} was given twice");
    }
    let history: Vec<i64> = connection.parameter_history(&id).await.unwrap().iter().map(|version| version.version).collect();
    assert_eq!(history, (1..=17).collect::<Vec<i64>>());
    for (version, value) in accepted {
        let read = connection.read_parameter(&id, Some(&version.to_string()), true).await.unwrap().unwrap();
        assert_eq!(read.value.expose(), &value, "version {version}");
    }

    let name = "conformance/busy";
    connection.create_secret(&new_secret(name, "first")).await.unwrap();
    let writers = (0..WRITERS).map(|number| {
        let connection = connection.clone();
        tokio::task::spawn_local(async move {
            let value: Secret<String> = format!("w{number}").into();
            (connection.put_secret_value(&secret(name), &value).await.unwrap().version, number)
        })
    });
    let mut accepted = BTreeMap::new();
    for writer in writers.collect::<Vec<_>>() {
        let (version, number) = writer.await.unwrap();
        assert_eq!(accepted.insert(version, format!("w{number}")), None);
    }
    let versions = connection.secret_versions(&secret(name)).await.unwrap();
    for (id, value) in &accepted {
        assert_eq!(versions.iter().filter(|version| version.id == *id).count(), 1, "{id}");
        assert_eq!(text(&connection, &version(name, Some(id), None)).await.as_ref(), Some(value));
    }
    let current: Vec<&str> = versions
        .iter()
        .filter(|version| version.stages.iter().any(|stage| stage == "AWSCURRENT"))
        .map(|version| version.id.as_str())
        .collect();
    assert_eq!(current.len(), 1);
    assert!(accepted.contains_key(current[0]));
}

/// Writers that exchange what they have read: one after the other is accepted, and each builds on the one before.
async fn those_who_exchange_build_on_each_other(connection: Connection) {
    let name = "conformance/count";
    let begin = connection.create_secret(&new_secret(name, "0")).await.unwrap().version;
    let counters = (0..4).map(|_| {
        let connection = connection.clone();
        tokio::task::spawn_local(async move {
            loop {
                let read = connection.read_secret(&current(name)).await.unwrap().unwrap();
                let ObservedValue::Text(count) = read.value else { panic!("bytes") };
                let next = (count.expose().parse::<u32>().unwrap() + 1).to_string();
                match connection.exchange_secret_value(&secret(name), &next.into(), Some(&read.version)).await {
                    Ok(exchanged) => return (read.version, exchanged.written.version),
                    Err(ExchangeError::Moved { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        })
    });
    let mut next = BTreeMap::new();
    for counter in counters.collect::<Vec<_>>() {
        let (before, after) = counter.await.unwrap();
        assert_eq!(next.insert(before, after), None, "two were accepted upon the same version");
    }
    let mut last = begin;
    while let Some(after) = next.remove(&last) {
        last = after;
    }
    assert!(next.is_empty(), "one chain: {next:?}");
    assert_eq!(text(&connection, &current(name)).await.as_deref(), Some("4"));

    let id = parameter("/conformance/count");
    connection.put_parameter(&new("/conformance/count", "0", false)).await.unwrap();
    for count in 1..=3_i64 {
        let exchanged = connection.exchange_parameter(&new("/conformance/count", &count.to_string(), true), count).await.unwrap();
        assert!(!exchanged.between);
    }
    assert_eq!(connection.read_parameter(&id, None, true).await.unwrap().unwrap().version, 4);
}

/// Every third call is throttled; what was asked for is done once all the same.
async fn a_throttled_call_is_made_again_and_does_its_work_once(connection: Connection) {
    let id = parameter("/conformance/slow");
    connection.put_parameter(&new("/conformance/slow", "one", false)).await.unwrap();
    assert_eq!(connection.exchange_parameter(&new("/conformance/slow", "two", true), 1).await.unwrap().written.version, "2");
    assert_eq!(connection.parameter_history(&id).await.unwrap().len(), 2);
    let first = connection.create_secret(&new_secret("conformance/slow", "one")).await.unwrap().version;
    connection.exchange_secret_value(&secret("conformance/slow"), &"two".to_owned().into(), Some(&first)).await.unwrap();
    assert_eq!(connection.secret_versions(&secret("conformance/slow")).await.unwrap().len(), 2);
}

const THROTTLED: &str = r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#;

/// A store, and how it is reached.
trait Backend: Sized {
    fn start() -> Self;
    /// A way to it; `throttle` is asked before every call whether it is refused.
    fn settings(&self, throttle: Option<Arc<AtomicUsize>>) -> Settings;

    fn run<F: Future<Output = ()>>(test: impl FnOnce(Connection) -> F) {
        let backend = Self::start();
        block_on(async { test(Connection::open(backend.settings(None), Watch::silent()).await.unwrap()).await });
    }

    fn run_throttled<F: Future<Output = ()>>(test: impl FnOnce(Connection) -> F) {
        let backend = Self::start();
        let told = Arc::new(AtomicUsize::new(0));
        let kept = Arc::clone(&told);
        let watch = Watch::new(move |event| {
            if matches!(event, Event::Retrying { class: ErrorClass::Throttled, .. }) {
                kept.fetch_add(1, Ordering::SeqCst);
            }
        });
        block_on(async { test(Connection::open(backend.settings(Some(Arc::default())), watch).await.unwrap()).await });
        assert!(told.load(Ordering::SeqCst) >= 2, "nothing was throttled");
    }
}

fn block_on(future: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, future);
}

fn is_refused(throttle: Option<&Arc<AtomicUsize>>) -> bool {
    throttle.is_some_and(|count| count.fetch_add(1, Ordering::SeqCst) % 3 == 2)
}

/// The embedded AWS in this process.
struct InProcess {
    aws: Arc<EmbeddedAws>,
    _directory: tempfile::TempDir,
}

struct Handler(Arc<EmbeddedAws>, Option<Arc<AtomicUsize>>);

impl RequestHandler for Handler {
    fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        if is_refused(self.1.as_ref()) {
            return http::Response::builder()
                .status(400)
                .header("content-type", "application/x-amz-json-1.1")
                .body(THROTTLED.into())
                .unwrap();
        }
        self.0.handle(request)
    }
}

impl Backend for InProcess {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let aws = EmbeddedAws::open(OpenOptions::new(directory.path().join("state"), ACCOUNT.parse().unwrap())).unwrap();
        Self { aws: Arc::new(aws), _directory: directory }
    }

    fn settings(&self, throttle: Option<Arc<AtomicUsize>>) -> Settings {
        Settings { handler: Some(Arc::new(Handler(Arc::clone(&self.aws), throttle))), ..settings(ACCOUNT, "in-process") }
    }
}

fn settings(access_key_id: &str, secret_access_key: &str) -> Settings {
    let keys = Keys { access_key_id: access_key_id.to_owned(), secret_access_key: secret_access_key.to_owned().into() };
    Settings { region: Some(REGION.parse().unwrap()), keys: Some(keys), ..Settings::default() }
}

/// The embedded AWS as a server.
struct Loopback {
    server: Server,
    _world: World,
}

impl Backend for Loopback {
    fn start() -> Self {
        let world = World::with_manifest(&format!(
            "[project]\nname = \"loopback\"\nregion = \"{REGION}\"\n[environments.a]\naccount = \"{ACCOUNT}\"\nstore = \"ssm\"\nendpoint = \"local\"\n"
        ));
        Self { server: Server::start(&world), _world: world }
    }

    fn settings(&self, throttle: Option<Arc<AtomicUsize>>) -> Settings {
        let url = behind(self.server.variable("AWS_ENDPOINT_URL"), throttle);
        let keys = settings(self.server.variable("AWS_ACCESS_KEY_ID"), self.server.variable("AWS_SECRET_ACCESS_KEY"));
        Settings { endpoint_url: Some(url), ..keys }
    }
}

/// `url`, or the URL of a proxy in front of it that refuses calls as AWS throttles them.
pub fn behind(url: &str, throttle: Option<Arc<AtomicUsize>>) -> String {
    let Some(throttle) = throttle else { return url.to_owned() };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let target = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let (target, throttle) = (target.clone(), Arc::clone(&throttle));
            std::thread::spawn(move || {
                let mut client = client;
                while let Some(request) = message(&mut client) {
                    let answer = if is_refused(Some(&throttle)) {
                        let head = "HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.1\r\n";
                        format!("{head}content-length: {}\r\n\r\n{THROTTLED}", THROTTLED.len()).into_bytes()
                    } else {
                        let mut server = TcpStream::connect(&target).unwrap();
                        server.write_all(&request).unwrap();
                        message(&mut server).unwrap()
                    };
                    if client.write_all(&answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    format!("http://{address}")
}

/// One HTTP message with a content length; `None` at the end of the connection.
fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(bytes)
}

macro_rules! conformance {
    ($backend:ty) => {
        #[test]
        fn a_parameter_has_versions_until_it_is_removed() {
            <$backend>::run(super::a_parameter_has_versions_until_it_is_removed);
        }

        #[test]
        fn a_secret_has_stages_until_it_is_removed() {
            <$backend>::run(super::a_secret_has_stages_until_it_is_removed);
        }

        #[test]
        fn sixteen_writers_lose_nothing() {
            <$backend>::run(super::sixteen_writers_lose_nothing);
        }

        #[test]
        fn those_who_exchange_build_on_each_other() {
            <$backend>::run(super::those_who_exchange_build_on_each_other);
        }

        #[test]
        fn a_throttled_call_is_made_again_and_does_its_work_once() {
            <$backend>::run_throttled(super::a_throttled_call_is_made_again_and_does_its_work_once);
        }
    };
}

mod in_process {
    use super::{Backend as _, InProcess};
    conformance!(InProcess);

    #[test]
    fn a_secret_that_is_marked_for_deletion_takes_no_value() {
        InProcess::run(super::a_secret_that_is_marked_for_deletion_takes_no_value);
    }
}

mod loopback {
    use super::{Backend as _, Loopback};
    conformance!(Loopback);

    #[test]
    fn a_secret_that_is_marked_for_deletion_takes_no_value() {
        Loopback::run(super::a_secret_that_is_marked_for_deletion_takes_no_value);
    }
}

mod needs_moto {
    use super::Backend as _;
    use crate::clients::needs_moto::Moto;

    struct Served {
        moto: Moto,
        _world: super::World,
    }

    impl super::Backend for Served {
        fn start() -> Self {
            let world = super::World::empty();
            Self { moto: Moto::start(&world), _world: world }
        }

        fn settings(&self, throttle: Option<std::sync::Arc<std::sync::atomic::AtomicUsize>>) -> super::Settings {
            super::Settings { endpoint_url: Some(super::behind(&self.moto.url, throttle)), ..super::settings("testing", "testing") }
        }
    }

    conformance!(Served);
}

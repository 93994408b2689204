//! `secret`: the declared secrets, one at a time or all together.

mod apply;
mod copy;
mod diff;
mod export;
mod get;
mod history;
mod import;
mod journal;
mod json_key;
mod kept;
mod leaf;
mod list;
mod order;
mod remove;
mod restore;
mod rollback;
mod set;
mod unused;
mod values_file;

use std::io::Read as _;

use sekisho_aws::observe;
use sekisho_model::declaration::{Environment, SecretDeclaration, StoredAs};
use sekisho_model::observed::{Observations, ParameterId, Questions, SecretId, VersionOf};

use crate::cli::Secret;
use crate::endpoint::{self, Reached, Wanted};
use crate::failure::{Failure, Outcome, suggestion};
use crate::files::Manifest;
use crate::progress::Progress;
use crate::session::{self, Session};

pub(crate) async fn run(session: &Session, arguments: &Secret) -> Outcome {
    match arguments {
        Secret::List(arguments) => list::run(session, arguments).await,
        Secret::Get(arguments) => get::run(session, arguments).await,
        Secret::Set(arguments) => set::run(session, arguments).await,
        Secret::History(arguments) => history::run(session, arguments).await,
        Secret::Rollback(arguments) => rollback::run(session, arguments).await,
        Secret::Remove(arguments) => remove::run(session, arguments).await,
        Secret::Restore(arguments) => restore::run(session, arguments).await,
        Secret::Copy(arguments) => copy::run(session, arguments).await,
        Secret::Import(arguments) => import::run(session, arguments).await,
        Secret::Export(arguments) => export::run(session, arguments).await,
        Secret::Diff(arguments) => diff::run(session, arguments).await,
    }
}

/// Everything on stdin, at most 1 MiB.
pub(crate) fn read_stdin() -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    const LIMIT: u64 = 1024 * 1024;
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    std::io::stdin()
        .lock()
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new("stdin-unreadable").with("cause", error.kind()))?;
    if bytes.len() as u64 > LIMIT { Err(Failure::new("stdin-large")) } else { Ok(bytes) }
}

/// A declared secret in an environment, reached.
struct Chosen<'a> {
    secret: &'a SecretDeclaration,
    environment: &'a Environment,
    reached: Reached,
    region: String,
}

/// What is looked up for a secret, or for one of its keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Parameter(ParameterId),
    Secret(SecretId),
    Plaintext,
}

impl Place {
    /// What it is called in its store.
    fn shown(&self) -> &str {
        match self {
            Self::Parameter(id) => &id.name,
            Self::Secret(id) => &id.id,
            Self::Plaintext => "",
        }
    }
}

/// The declared secret of that name.
fn declared<'a>(manifest: &'a Manifest, name: &str) -> Result<&'a SecretDeclaration, Failure> {
    let declaration = &manifest.declaration;
    declaration.secrets.get(name).ok_or_else(|| {
        let near = suggestion(name, declaration.secrets.keys().map(String::as_str));
        let known: Vec<&str> = declaration.secrets.keys().map(String::as_str).collect();
        Failure::new("unknown-secret").with("name", name).with("suggestion", near).with("known", known.join(", "))
    })
}

async fn choose<'a>(session: &Session, manifest: &'a Manifest, environment: &str, name: &str) -> Result<Chosen<'a>, Failure> {
    let environment = session::environment(&manifest.declaration, environment)?;
    let secret = declared(manifest, name)?;
    let reached = reach(session, manifest, environment).await?;
    let region = reached.connection.region().to_string();
    Ok(Chosen { secret, environment, reached, region })
}

async fn reach(session: &Session, manifest: &Manifest, environment: &Environment) -> Result<Reached, Failure> {
    reach_beside(session, manifest, environment, None).await
}

async fn reach_beside(
    session: &Session,
    manifest: &Manifest,
    environment: &Environment,
    beside: Option<&Reached>,
) -> Result<Reached, Failure> {
    let (_progress, watch) = Progress::start(&session.wording, true, session.global.verbose);
    let wanted = Wanted { environment: Some((manifest, environment)), hint_region: None, hint_account: None };
    endpoint::reach_beside(session, wanted, watch, beside).await
}

/// Where `secret` is kept in `environment`; with `key`, where that key of it is.
fn place(
    manifest: &Manifest,
    secret: &SecretDeclaration,
    environment: &Environment,
    region: &str,
    key: Option<&str>,
) -> Result<Place, Failure> {
    let stored = manifest
        .declaration
        .stored_as(secret, environment, key)
        .map_err(|error| Failure::new("bad-name").with("cause", error).at(Some(&secret.place)))?;
    Ok(match stored {
        StoredAs::Parameter(name) => Place::Parameter(ParameterId { region: region.to_owned(), account: None, name: name.to_string() }),
        StoredAs::Secret(name) => Place::Secret(SecretId { region: region.to_owned(), id: name.to_string() }),
        StoredAs::Arn(arn) if arn.service == "ssm" => {
            let path = arn.resource.trim_start_matches("parameter/");
            let name = if path.contains('/') { format!("/{path}") } else { path.to_owned() };
            Place::Parameter(ParameterId { region: arn.region.clone(), account: Some(arn.account.clone()), name })
        }
        StoredAs::Arn(arn) => Place::Secret(SecretId { region: arn.region.clone(), id: arn.to_string() }),
        StoredAs::Plaintext => Place::Plaintext,
    })
}

/// Refuses a secret without `--key` where each of its keys is a parameter of its own.
fn whole_or_key(secret: &SecretDeclaration, place: &Place, key: Option<&str>) -> Result<(), Failure> {
    if secret.keys.is_empty() || key.is_some() || !matches!(place, Place::Parameter(_)) {
        return Ok(());
    }
    let keys: std::collections::BTreeSet<&str> = secret.keys.values().map(|key| key.value.as_str()).collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    Err(Failure::new("set-needs-key").with("name", &secret.name).with("keys", keys.join(", ")))
}

/// Refuses a key that the manifest does not declare: where each key is a parameter of its own, any other would be one that nothing reads. `strict` refuses it in
/// JSON secrets too, as a key that is set by mistake.
fn declared_key(secret: &SecretDeclaration, place: &Place, key: Option<&str>, strict: bool) -> Result<(), Failure> {
    let Some(key) = key else { return Ok(()) };
    let is_parameter = matches!(place, Place::Parameter(_));
    if secret.keys.is_empty() {
        return if is_parameter { Err(Failure::new("no-keys").with("name", &secret.name)) } else { Ok(()) };
    }
    if !(is_parameter || strict) || secret.keys.values().any(|known| known.value == key) {
        return Ok(());
    }
    let known: Vec<&str> = secret.keys.values().map(|key| key.value.as_str()).collect();
    let near = suggestion(key, known.iter().copied());
    Err(Failure::new("unknown-key").with("name", &secret.name).with("key", key).with("suggestion", near).with("known", known.join(", ")))
}

/// Looks up `places`, with their values where `values` says so.
async fn look_up(reached: &Reached, places: &[Place], values: bool) -> Observations {
    let mut questions = Questions::default();
    for place in places {
        match place {
            Place::Parameter(id) => {
                questions.parameters.insert(id.clone());
                if values {
                    questions.parameter_values.insert(id.clone());
                }
            }
            Place::Secret(id) => {
                questions.secrets.insert(id.clone());
                if values {
                    questions.secret_values.insert(current(id));
                }
            }
            Place::Plaintext => {}
        }
    }
    observe(&reached.connection, reached.identity.account.as_str(), &questions).await
}

/// The current version of a secret.
fn current(id: &SecretId) -> VersionOf {
    VersionOf { secret: id.clone(), stage: None, version_id: None }
}

/// The failure that an unknown fact leads to.
fn unknown(because: &sekisho_model::Because, target: &str) -> Failure {
    let (id, call, detail) = match because {
        sekisho_model::Because::Denied { call, detail } => ("aws-denied", call.to_string(), detail.clone()),
        sekisho_model::Because::Throttled { call } => ("aws-throttled", call.to_string(), String::new()),
        sekisho_model::Because::Unreachable { call, detail } => ("aws-unreachable", call.to_string(), detail.clone()),
        sekisho_model::Because::KeyUnusable { call, detail } => ("aws-key-unusable", call.to_string(), detail.clone()),
        sekisho_model::Because::Refused { call, code, detail } => ("aws-invalid", call.to_string(), format!("{code}: {detail}")),
        other => ("aws-not-told", target.to_owned(), format!("{other:?}")),
    };
    Failure::new(id).with("call", call).with("code", "none").with("detail", detail).exiting(crate::failure::UNPROVED)
}

/// Says what was done to one thing, or would be.
fn tell(session: &Session, action: &str, target: &str, version: &str) {
    if session.is_text() {
        session.print(&(session.say(action, &[("target", target.to_owned()), ("version", version.to_owned())]) + "\n"));
    } else {
        let told = serde_json::json!({ "schema": 1, "action": action, "target": target, "version": version });
        session.print_json(&format!("{told}\n"));
    }
}

/// A date as tables show it.
fn date(date: Option<time::OffsetDateTime>) -> String {
    date.map(|date| format!("{} {:02}:{:02}", date.date(), date.hour(), date.minute())).unwrap_or_default()
}

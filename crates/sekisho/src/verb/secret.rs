//! `secret`: one declared secret at a time, or all of them in a list.

mod get;
mod list;
mod set;

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
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Parameter(ParameterId),
    Secret(SecretId),
    Plaintext,
}

async fn choose<'a>(session: &Session, manifest: &'a Manifest, environment: &str, name: &str) -> Result<Chosen<'a>, Failure> {
    let declaration = &manifest.declaration;
    let environment = session::environment(declaration, environment)?;
    let secret = declaration.secrets.get(name).ok_or_else(|| {
        let near = suggestion(name, declaration.secrets.keys().map(String::as_str));
        let known: Vec<&str> = declaration.secrets.keys().map(String::as_str).collect();
        Failure::new("unknown-secret").with("name", name).with("suggestion", near).with("known", known.join(", "))
    })?;
    let reached = reach(session, manifest, environment).await?;
    let region = reached.connection.region().to_string();
    Ok(Chosen { secret, environment, reached, region })
}

async fn reach(session: &Session, manifest: &Manifest, environment: &Environment) -> Result<Reached, Failure> {
    let (_progress, watch) = Progress::start(&session.wording, true, session.global.verbose);
    endpoint::reach(session, Wanted { environment: Some((manifest, environment)), hint_region: None, hint_account: None }, watch).await
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

//! Which AWS a verb talks to, and the connection to it. This file alone joins the embedded AWS to the SDK.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sekisho_aws::{ConnectError, Connection, Identity, Keys, RequestHandler, Settings, Watch};
use sekisho_local::ownership::Ownership;
use sekisho_local::{EmbeddedAws, OpenOptions, ownership};
use sekisho_model::declaration::{Declaration, Endpoint, Environment};
use sekisho_model::observed::ParameterId;
use sekisho_model::{AccountId, Arn, Region};

use crate::failure::Failure;
use crate::files::Manifest;
use crate::passphrase::{self, OpenFailure};
use crate::session::Session;

/// How long a verb waits for another process to leave the state of the embedded AWS.
const PATIENCE: Duration = Duration::from_secs(5);
/// The account of the embedded AWS where nothing names another.
const NOBODY: &str = "000000000000";

/// An AWS, reached.
pub(crate) struct Reached {
    /// The connection.
    pub(crate) connection: Connection,
    /// Who calls.
    pub(crate) identity: Identity,
    /// `aws`, `local`, or the URL.
    pub(crate) endpoint: String,
    local: Option<(PathBuf, LocalRoute)>,
    watch: Watch,
}

/// A way to the embedded AWS: in this process, or the server that owns the state.
#[derive(Clone)]
enum LocalRoute {
    InProcess(Arc<EmbeddedAws>),
    Served(Box<ownership::Endpoint>),
}

struct Handler(Arc<EmbeddedAws>);

impl RequestHandler for Handler {
    fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        self.0.handle(request)
    }
}

impl LocalRoute {
    fn settings(&self, account: &AccountId, region: Region) -> Settings {
        let keys = |secret| Keys { access_key_id: account.to_string(), secret_access_key: secret };
        let settings = Settings { region: Some(region), ..Settings::default() };
        match self {
            // No signature is checked within the process.
            Self::InProcess(aws) => {
                Settings { keys: Some(keys("in-process".to_owned().into())), handler: Some(Arc::new(Handler(Arc::clone(aws)))), ..settings }
            }
            Self::Served(endpoint) => {
                Settings { keys: Some(keys(endpoint.secret_access_key.clone())), endpoint_url: Some(endpoint.url.clone()), ..settings }
            }
        }
    }
}

impl Reached {
    /// Whether this is the embedded AWS.
    pub(crate) fn is_local(&self) -> bool {
        self.local.is_some()
    }

    /// The exact ARN of a parameter.
    pub(crate) fn parameter_arn(&self, id: &ParameterId) -> String {
        let account = id.account.as_deref().unwrap_or(self.identity.account.as_str());
        let resource = format!("parameter/{}", id.name.trim_start_matches('/'));
        Arn::new(&partition(&id.region), "ssm", &id.region, account, resource).to_string()
    }

    /// The ARN of a secret that does not exist yet, as far as it is known: the six characters at its end are drawn by AWS.
    pub(crate) fn new_secret_arn(&self, region: &str, account: Option<&str>, name: &str) -> String {
        let account = account.unwrap_or(self.identity.account.as_str());
        Arn::new(&partition(region), "secretsmanager", region, account, format!("secret:{name}-??????")).to_string()
    }

    /// A connection to another account of the embedded AWS; to AWS itself there is only one.
    pub(crate) async fn of_account(&self, account: &AccountId) -> Result<Connection, Failure> {
        match &self.local {
            Some((_, route)) if *account != self.identity.account => {
                let settings = route.settings(account, self.connection.region().clone());
                Ok(Connection::open(settings, self.watch.clone()).await?)
            }
            _ => Ok(self.connection.clone()),
        }
    }
}

fn partition(region: &str) -> String {
    region.parse::<Region>().map(|region| region.partition().to_string()).unwrap_or_else(|_| "aws".to_owned())
}

/// What is asked for: flags first, then the manifest, then the SDK's own chain.
pub(crate) struct Wanted<'a> {
    /// The manifest and the environment chosen in it.
    pub(crate) environment: Option<(&'a Manifest, &'a Environment)>,
    /// The Region that the files themselves speak of, for want of any other.
    pub(crate) hint_region: Option<Region>,
    /// The account that the files themselves speak of, for the embedded AWS only.
    pub(crate) hint_account: Option<AccountId>,
}

/// Reaches the AWS that `wanted` and the flags name, and asks who calls: another account than the manifest's ends the verb before anything else is asked.
pub(crate) async fn reach(session: &Session, wanted: Wanted<'_>, watch: Watch) -> Result<Reached, Failure> {
    reach_beside(session, wanted, watch, None).await
}

/// As [`reach`], while another AWS is reached already: the state of the embedded AWS has one owner, so where both are on the same state, they share it.
pub(crate) async fn reach_beside(
    session: &Session,
    wanted: Wanted<'_>,
    watch: Watch,
    beside: Option<&Reached>,
) -> Result<Reached, Failure> {
    let global = &session.global;
    let region = match &global.region {
        Some(text) => Some(text.parse::<Region>().map_err(|_| Failure::new("bad-region").with("text", text))?),
        None => wanted.environment.and_then(|(manifest, environment)| manifest.declaration.region_of(environment).cloned()),
    };
    let declared = wanted.environment.and_then(|(_, environment)| environment.account.as_ref());
    let endpoint = match (&global.endpoint_url, wanted.environment.and_then(|(_, environment)| environment.endpoint.as_ref())) {
        (Some(text), _) if text == "local" => Some(Endpoint::Local),
        (Some(url), _) => Some(Endpoint::Url(url.clone())),
        (None, declared) => declared.map(|endpoint| endpoint.value.clone()),
    };
    let profile = global
        .profile
        .clone()
        .or_else(|| wanted.environment.and_then(|(_, environment)| Some(environment.profile.as_ref()?.value.clone())));
    let (settings, local, shown) = match endpoint {
        Some(Endpoint::Local) => {
            let account = declared.map(|account| account.value.clone()).or(wanted.hint_account);
            let account = match account {
                Some(account) => account,
                None => NOBODY.parse().map_err(|_| Failure::new("no-region"))?,
            };
            let region = region.or_else(region_of_variables).or(wanted.hint_region.clone()).ok_or_else(|| Failure::new("no-region"))?;
            let directory = state_directory(session, wanted.environment.map(|(manifest, _)| manifest))?;
            let shared = beside.and_then(|beside| beside.local.as_ref()).filter(|(shared, _)| *shared == directory);
            let route = match shared {
                Some((_, route)) => route.clone(),
                None => local_route(session, &directory, &account)?,
            };
            let settings = Settings { assume_role: global.assume_role.clone(), ..route.settings(&account, region) };
            (settings, Some((directory, route)), "local".to_owned())
        }
        Some(Endpoint::Url(url)) => {
            let settings = Settings { region, profile, endpoint_url: Some(url.clone()), ..Settings::default() };
            (Settings { assume_role: global.assume_role.clone(), ..settings }, None, url)
        }
        None => {
            let settings = Settings { region, profile, assume_role: global.assume_role.clone(), ..Settings::default() };
            (settings, None, "aws".to_owned())
        }
    };
    let connection = match Connection::open(settings.clone(), watch.clone()).await {
        // Nothing else names a Region: the files' own ARNs do.
        Err(ConnectError::NoRegion) if wanted.hint_region.is_some() => {
            Connection::open(Settings { region: wanted.hint_region, ..settings }, watch.clone()).await?
        }
        other => other?,
    };
    let identity = connection.identity().await?;
    if let Some(declared) = declared
        && declared.value != identity.account
    {
        let failure = Failure::new("wrong-account").with("here", &identity.account).with("declared", &declared.value);
        return Err(failure.at(Some(&declared.place)));
    }
    let endpoint = match local {
        Some(_) => shown,
        None => connection.endpoint_url().unwrap_or(shown),
    };
    Ok(Reached { connection, identity, endpoint, local, watch })
}

/// The Region that the SDK's chain would find in the environment; the embedded AWS has no profiles.
fn region_of_variables() -> Option<Region> {
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().find_map(|name| std::env::var(name).ok()?.parse().ok())
}

fn local_route(session: &Session, directory: &Path, account: &AccountId) -> Result<LocalRoute, Failure> {
    if let Ownership::Owned(endpoint) = ownership::look(directory)?
        && listens(&endpoint)
    {
        return Ok(LocalRoute::Served(Box::new(endpoint)));
    }
    let options = OpenOptions { lock_patience: PATIENCE, ..OpenOptions::new(directory, account.clone()) };
    match passphrase::open(session, options) {
        Ok(aws) => Ok(LocalRoute::InProcess(Arc::new(aws))),
        Err(OpenFailure::Other(failure)) => Err(failure),
        // A server may have taken it while we waited.
        Err(OpenFailure::Open(error)) => match ownership::look(directory) {
            Ok(Ownership::Owned(endpoint)) => Ok(LocalRoute::Served(Box::new(endpoint))),
            _ => Err(error.into()),
        },
    }
}

/// Whether somebody listens there. What a killed server published stands beside the lock of the state's next owner for a moment.
fn listens(endpoint: &ownership::Endpoint) -> bool {
    endpoint.url.strip_prefix("http://").is_some_and(|address| std::net::TcpStream::connect(address).is_ok())
}

/// Where the embedded AWS keeps its state: `--state`, else `$XDG_STATE_HOME/sekisho/<id of the manifest>`, else `~/.local/state/sekisho/…`.
pub(crate) fn state_directory(session: &Session, manifest: Option<&Manifest>) -> Result<PathBuf, Failure> {
    if let Some(directory) = &session.global.state {
        return Ok(directory.clone());
    }
    let base = match (std::env::var_os("XDG_STATE_HOME"), std::env::var_os("HOME")) {
        (Some(state), _) if Path::new(&state).is_absolute() => PathBuf::from(state),
        (_, Some(home)) if Path::new(&home).is_absolute() => PathBuf::from(home).join(".local/state"),
        _ => return Err(Failure::new("no-state-directory")),
    };
    let id = match manifest {
        Some(manifest) => manifest_id(manifest)?,
        None => "default".to_owned(),
    };
    Ok(base.join("sekisho").join(id))
}

/// A manifest's project name and a digest of its canonical path: two checkouts of one repository have states of their own.
fn manifest_id(manifest: &Manifest) -> Result<String, Failure> {
    let path = std::fs::canonicalize(&manifest.path).map_err(|error| Failure::file("manifest-unreadable", &manifest.path, &error))?;
    // FNV-1a: the id must stay the same from release to release, which the standard library's hasher does not promise.
    let digest = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let name: String = manifest
        .declaration
        .project
        .name
        .value
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || "-_".contains(*character))
        .take(40)
        .collect();
    Ok(format!("{name}-{digest:016x}"))
}

/// The account of the embedded AWS for `declaration`: the only one that its environments at the local endpoint name.
pub(crate) fn local_account(declaration: Option<&Declaration>) -> String {
    let accounts: std::collections::BTreeSet<&str> = declaration
        .into_iter()
        .flat_map(|declaration| declaration.environments.values())
        .filter(|environment| environment.endpoint.as_ref().is_some_and(|endpoint| endpoint.value == Endpoint::Local))
        .filter_map(|environment| environment.account.as_ref().map(|account| account.value.as_str()))
        .collect();
    match accounts.iter().collect::<Vec<_>>().as_slice() {
        [only] => (**only).to_owned(),
        _ => NOBODY.to_owned(),
    }
}

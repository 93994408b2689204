//! `local`: the embedded AWS as a server.

mod env;
mod load;
mod reset;
mod save;
mod seal;
mod start;
mod status;

use std::path::PathBuf;
use std::time::Duration;

use sekisho_local::admin::AdminError;
use sekisho_local::ownership::Ownership;
use sekisho_local::{EmbeddedAws, OpenOptions, ownership};

use crate::cli::Local;
use crate::endpoint::{local_account, state_directory};
use crate::failure::{Failure, Outcome};
use crate::passphrase;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Local) -> Outcome {
    match arguments {
        Local::Start(arguments) => start::run(session, arguments),
        Local::Status => status::run(session),
        Local::Env(arguments) => env::run(session, arguments),
        Local::Save(arguments) => save::run(session, arguments),
        Local::Load(arguments) => load::run(session, arguments),
        Local::Seal(arguments) => seal::run(session, arguments),
        Local::Reset(arguments) => reset::run(session, arguments),
    }
}

/// The state directory, the default account and the Region that belong to the manifest here, or to none.
struct Place {
    directory: PathBuf,
    account: String,
    region: String,
}

fn place(session: &Session) -> Result<Place, Failure> {
    let manifest = session.manifest()?;
    let declaration = manifest.as_ref().map(|manifest| &manifest.declaration);
    let declared = declaration.and_then(|declaration| declaration.project.region.as_ref()).map(|region| region.value.to_string());
    Ok(Place {
        directory: state_directory(session, manifest.as_ref())?,
        account: local_account(declaration),
        region: session.global.region.clone().or(declared).unwrap_or_else(|| "us-east-1".to_owned()),
    })
}

/// How to open the state there.
fn options(place: &Place) -> Result<OpenOptions, Failure> {
    let account = place.account.parse().map_err(|_| Failure::new("bad-account").with("text", &place.account))?;
    Ok(OpenOptions { lock_patience: Duration::from_secs(2), ..OpenOptions::new(&place.directory, account) })
}

/// Who does what is to be done to the state.
enum Owner {
    Server(Box<ownership::Endpoint>),
    Us(Box<EmbeddedAws>),
}

fn owner(session: &Session, place: &Place) -> Result<Owner, Failure> {
    if place.directory.exists()
        && let Ownership::Owned(endpoint) = ownership::look(&place.directory)?
    {
        return Ok(Owner::Server(Box::new(endpoint)));
    }
    Ok(Owner::Us(Box::new(passphrase::open(session, options(place)?)?)))
}

fn blocking<T>(work: impl Future<Output = Result<T, AdminError>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new("no-runtime").with("cause", error.kind()))?;
    Ok(runtime.block_on(work)?)
}

/// The lines that point aws, the SDKs and Terraform at a server.
fn exports(url: &str, account: &str, secret: &str, region: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    [
        ("AWS_ENDPOINT_URL", url),
        ("AWS_ACCESS_KEY_ID", account),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("AWS_REGION", region),
        ("AWS_DEFAULT_REGION", region),
    ]
    .iter()
    .map(|(name, value)| format!("export {name}={}\n", quoted(value)))
    .collect()
}

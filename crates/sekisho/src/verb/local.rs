//! `local`: the embedded AWS as a server.

mod env;
mod reset;
mod start;
mod status;

use std::path::PathBuf;

use crate::cli::Local;
use crate::endpoint::{local_account, state_directory};
use crate::failure::{Failure, Outcome};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Local) -> Outcome {
    match arguments {
        Local::Start(arguments) => start::run(session, arguments),
        Local::Status => status::run(session),
        Local::Env(arguments) => env::run(session, arguments),
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

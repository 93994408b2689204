//! `local seal`: a passphrase for the state, another one, or none any more.

use sekisho_local::ownership;
use sekisho_local::ownership::Ownership;

use super::{options, place};
use crate::cli::LocalSeal;
use crate::failure::{Failure, Outcome};
use crate::passphrase;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &LocalSeal) -> Outcome {
    let place = place(session)?;
    if place.directory.exists()
        && let Ownership::Owned(endpoint) = ownership::look(&place.directory)?
    {
        return Err(Failure::new("state-served")
            .with("path", place.directory.display())
            .with("url", &endpoint.url)
            .with("pid", endpoint.pid));
    }
    let sealed = sekisho_local::needs_passphrase(&place.directory)?;
    let aws = passphrase::open(session, options(&place)?)?;
    let id = if arguments.remove {
        if sealed {
            aws.reseal(None)?;
        }
        "local-unsealed"
    } else {
        let next = passphrase::new(session, sealed)?;
        aws.reseal(Some(&next))?;
        "local-sealed"
    };
    session.tell(id, &[("directory", place.directory.display().to_string())]);
    Ok(0)
}

//! `secret restore`: takes a deletion back, while Secrets Manager still waits with it.

use super::kept::{Kept, kept};
use super::order::Desk;
use super::{Place, choose, look_up, place, tell};
use crate::cli::SecretRestore;
use crate::failure::{Failure, Outcome, WRITE};
use crate::session::Session;

pub(super) async fn run(session: &Session, arguments: &SecretRestore) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let desk = Desk::new(session, &manifest, chosen.environment, &chosen.reached, false)?;
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, None)?;
    let id = match &place {
        Place::Secret(id) => id,
        Place::Parameter(_) => {
            return Err(Failure::new("restore-parameter").with("name", &arguments.secret).with("environment", &arguments.environment));
        }
        Place::Plaintext => return Err(desk.no_store(chosen.secret)),
    };
    let seen = look_up(&chosen.reached, std::slice::from_ref(&place), false).await;
    match kept(&place, &seen, &arguments.secret).map_err(|failure| failure.exiting(WRITE))? {
        Kept::Absent => {
            Err(Failure::new("restore-gone").with("name", &arguments.secret).with("environment", &arguments.environment).exiting(1))
        }
        Kept::There(there) => {
            tell(session, "restore-not-needed", &there.arn.unwrap_or_else(|| id.id.clone()), "");
            Ok(0)
        }
        Kept::Deleting { arn } if arguments.dry_run => {
            tell(session, "would-restore", &arn, "");
            Ok(0)
        }
        Kept::Deleting { arn } => {
            chosen.reached.connection.restore_secret(id).await.map_err(|error| Failure::write(error, &id.id))?;
            tell(session, "restored", &arn, "");
            Ok(0)
        }
    }
}

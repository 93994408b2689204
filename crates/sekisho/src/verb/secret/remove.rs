//! `secret remove`: takes a secret out of its store. Secrets Manager keeps it for some days; Parameter Store does not, and says so first.

use sekisho_aws::{ErrorClass, Recovery};

use super::journal::{Entry, Journal};
use super::json_key::without_key;
use super::kept::{Kept, kept};
use super::leaf::{Leaf, leaves};
use super::order::{Desk, Order, managed_elsewhere};
use super::set::{expected_version, write};
use super::{Place, choose, declared_key, look_up};
use crate::cli::SecretRemove;
use crate::confirm::confirm;
use crate::failure::{Failure, Outcome, WRITE};
use crate::session::Session;

/// Days of grace where nothing else is said; the most that Secrets Manager allows.
const DAYS: u8 = 30;

pub(super) async fn run(session: &Session, arguments: &SecretRemove) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let desk = Desk::new(session, &manifest, chosen.environment, &chosen.reached, arguments.force)?;
    let mut leaves = leaves(&manifest, chosen.environment, &chosen.region, std::slice::from_ref(&arguments.secret))?;
    let key = arguments.key.as_deref();
    if let Some(leaf) = leaves.first() {
        declared_key(chosen.secret, &leaf.place, key, true)?;
    }
    if let Some(key) = key {
        leaves.retain(|leaf| leaf.key == Some(key));
    }
    // A JSON secret is one thing, however many keys it has.
    leaves.dedup_by(|one, other| one.place == other.place);
    let Some(first) = leaves.first() else { return Err(Failure::new("no-keys").with("name", &arguments.secret)) };
    if matches!(first.place, Place::Plaintext) {
        return Err(desk.no_store(chosen.secret));
    }
    let places: Vec<Place> = leaves.iter().map(|leaf| leaf.place.clone()).collect();
    let values = key.is_some() && matches!(first.place, Place::Secret(_));
    let seen = look_up(&chosen.reached, &places, values).await;
    let mut there = Vec::new();
    for leaf in &leaves {
        let kept = kept(&leaf.place, &seen, &arguments.secret).map_err(|failure| failure.exiting(WRITE))?;
        if kept.exists() {
            expected_version(&leaf.place, &kept, arguments.if_version.as_deref())?;
        }
        there.push((leaf, kept));
    }
    match (key, there.pop()) {
        (Some(key), Some((leaf, kept))) if values => remove_key(&desk, leaf, kept, key, arguments).await,
        (_, Some(last)) => {
            there.push(last);
            remove(&desk, there, arguments).await
        }
        (_, None) => Ok(0),
    }
}

/// Takes one key out of a JSON secret: a new version of it, like any other.
async fn remove_key(desk: &Desk<'_>, leaf: &Leaf<'_>, kept: Kept, key: &str, arguments: &SecretRemove) -> Outcome {
    desk.check(leaf.secret, &leaf.place, &kept)?;
    let Some(before) = kept.text() else {
        let id = if kept.exists() { "get-binary" } else { "get-absent" };
        return Err(Failure::new(id).with("name", &arguments.secret).with("environment", &arguments.environment).exiting(1));
    };
    match without_key(before, &arguments.secret, key)? {
        None => Err(Failure::new("get-no-key").with("key", key).exiting(1)),
        Some(value) => {
            let order = Order { secret: leaf.secret, place: leaf.place.clone(), kept, value };
            write(desk, order, arguments.dry_run, arguments.yes).await
        }
    }
}

async fn remove(desk: &Desk<'_>, there: Vec<(&Leaf<'_>, Kept)>, arguments: &SecretRemove) -> Outcome {
    let session = desk.session;
    let days = arguments.recovery_days.unwrap_or(DAYS);
    let goes: Vec<&(&Leaf<'_>, Kept)> = there.iter().filter(|(_, kept)| kept.exists()).collect();
    if let ([.., _], false) = (goes.as_slice(), arguments.dry_run) {
        let targets: Vec<String> = goes.iter().map(|(leaf, _)| leaf.place.shown().to_owned()).collect();
        let for_ever = arguments.force_delete || goes.iter().any(|(leaf, _)| matches!(leaf.place, Place::Parameter(_)));
        let elsewhere = goes.iter().any(|(leaf, _)| managed_elsewhere(leaf.secret, desk.environment));
        let args = [("environment", desk.environment.name.clone()), ("target", targets.join(", ")), ("days", days.to_string())];
        match (for_ever, elsewhere || desk.environment.protected) {
            (true, _) => confirm(session, arguments.yes, "confirm-remove-for-ever", &args)?,
            (false, true) => confirm(session, arguments.yes, "confirm-remove", &args)?,
            (false, false) => {}
        }
    }
    let mut journal = Journal::new(session, "remove", &desk.environment.name);
    for (leaf, kept) in &there {
        let entry = |action, target: &str, version: String| Entry {
            action,
            secret: leaf.secret.name.clone(),
            key: leaf.key.filter(|_| matches!(leaf.place, Place::Parameter(_))).map(str::to_owned),
            target: target.to_owned(),
            version,
        };
        let arn = desk.arn(&leaf.place, kept);
        let target = leaf.place.shown();
        match kept {
            Kept::Absent => journal.note(entry("remove-absent", target, String::new())),
            Kept::Deleting { arn } => journal.note(entry("remove-already", arn, String::new())),
            Kept::There(_) if arguments.dry_run => journal.note(entry("would-remove", &arn, String::new())),
            Kept::There(_) => {
                journal.begin(target);
                let done = match &leaf.place {
                    Place::Parameter(id) => match desk.reached.connection.delete_parameter(id).await {
                        // Somebody was faster, or the answer to our own first attempt was lost.
                        Err(error) if error.class == ErrorClass::Absent => Ok(None),
                        result => result.map(|()| None),
                    },
                    Place::Secret(id) => {
                        let recovery = if arguments.force_delete { Recovery::Never } else { Recovery::Days(days) };
                        desk.reached.connection.delete_secret(id, recovery).await
                    }
                    Place::Plaintext => Ok(None),
                };
                let gone = done.map_err(|error| Failure::write(error, target))?;
                let action =
                    if matches!(leaf.place, Place::Parameter(_)) || arguments.force_delete { "removed" } else { "remove-scheduled" };
                journal.note(entry(action, &arn, super::date(gone)));
            }
        }
    }
    journal.end();
    Ok(0)
}

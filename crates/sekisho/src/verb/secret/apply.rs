//! Many values into one environment, as `import` and `copy` bring them: one write for each thing, and nothing before everything that can be known in
//! advance is known to be right.

use std::collections::BTreeMap;

use sekisho_model::Secret;

use super::journal::{Entry, Journal};
use super::json_key::with_key;
use super::kept::{Kept, Seen, There, kept};
use super::leaf::Leaf;
use super::order::{Desk, Effect, Order, name_of};
use super::{Place, look_up};
use crate::confirm::confirm;
use crate::failure::{Failure, Outcome, WRITE};

/// One value for one leaf.
#[derive(Debug)]
pub(super) struct Given<'a> {
    pub(super) leaf: Leaf<'a>,
    pub(super) value: Secret<String>,
}

/// How it is to be done.
#[derive(Debug)]
pub(super) struct How {
    pub(super) verb: &'static str,
    pub(super) dry_run: bool,
    pub(super) yes: bool,
    /// What is told besides, and not written.
    pub(super) notes: Vec<Entry>,
}

/// Writes what differs of `given`. What is there already is left alone, so that a second run after an interruption completes the first.
pub(super) async fn apply(desk: &Desk<'_>, given: Vec<Given<'_>>, how: How) -> Outcome {
    let mut groups: BTreeMap<Place, Vec<Given<'_>>> = BTreeMap::new();
    for one in given {
        groups.entry(one.leaf.place.clone()).or_default().push(one);
    }
    let places: Vec<Place> = groups.keys().cloned().collect();
    let seen = look_up(desk.reached, &places, true).await;
    let mut orders = Vec::new();
    let mut failures = Vec::new();
    for (place, group) in groups {
        let Some(first) = group.first() else { continue };
        let (secret, key) = (first.leaf.secret, first.leaf.key.filter(|_| group.len() == 1).map(str::to_owned));
        let order = kept(&place, &seen, &secret.name).map_err(|failure| failure.exiting(WRITE)).and_then(|kept| {
            desk.check(secret, &place, &kept)?;
            let value = whole(&kept, &group)?;
            Ok(Order { secret, place, kept, value })
        });
        match order {
            Ok(order) => orders.push((order, key)),
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    let changed = orders.iter().filter(|(order, _)| order.effect() == Effect::Change).count();
    if desk.environment.protected && changed > 0 && !how.dry_run {
        let args = [("environment", desk.environment.name.clone()), ("count", changed.to_string())];
        confirm(desk.session, how.yes, "confirm-changes", &args)?;
    }
    let mut journal = Journal::new(desk.session, how.verb, &desk.environment.name);
    for note in how.notes {
        journal.note(note);
    }
    for (order, key) in orders {
        let entry = |action, target: &str, version: &str| Entry {
            action,
            secret: order.secret.name.clone(),
            key: key.clone(),
            target: target.to_owned(),
            version: version.to_owned(),
        };
        let arn = desk.arn(&order.place, &order.kept);
        let action = match (order.effect(), how.dry_run) {
            (Effect::Nothing, _) => {
                journal.note(entry("set-unchanged", order.place.shown(), order.kept.version().unwrap_or_default()));
                continue;
            }
            (Effect::Create, true) => "set-would-create",
            (Effect::Change, true) => "set-would-change",
            (Effect::Create, false) => "set-created",
            (Effect::Change, false) => "set-changed",
        };
        if how.dry_run {
            journal.note(entry(action, &arn, ""));
            continue;
        }
        journal.begin(order.place.shown());
        let written = desk.write(&order).await?;
        journal.note(entry(action, name_of(&written), &written.version));
    }
    journal.end();
    Ok(0)
}

/// What the place is to hold: the value, or the JSON object that is there with every given key.
fn whole(kept: &Kept, group: &[Given<'_>]) -> Result<Secret<String>, Failure> {
    let mut whole = kept.text().cloned();
    for one in group {
        let name = &one.leaf.secret.name;
        if one.value.expose().is_empty() {
            return Err(Failure::new("value-empty-of").with("name", one.leaf.shown()));
        }
        whole = Some(match (one.leaf.json_key(), kept) {
            (None, _) => one.value.clone(),
            // The other keys would be lost.
            (Some(_), Kept::There(There { value: Seen::Not(failure), .. })) => return Err(failure.clone().exiting(WRITE)),
            (Some(_), Kept::There(There { value: Seen::Binary(_), .. })) => {
                return Err(Failure::new("get-binary").with("name", name).exiting(1));
            }
            (Some(key), _) => with_key(whole.as_ref(), name, key, &one.value)?,
        });
    }
    whole.ok_or_else(|| Failure::new("value-empty"))
}

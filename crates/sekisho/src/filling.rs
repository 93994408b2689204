//! `--create`: what is missing gets a value, and nothing that exists is touched.
//!
//! INVARIANT: only what AWS said does not exist counts as missing. Denied, unreachable and throttled are facts of another kind and never lead here.

mod missing;
mod source;
mod write;

use std::collections::BTreeMap;

use sekisho_aws::{ErrorClass, ExchangeError, StoredName};
use sekisho_engine::Reference;
use sekisho_model::Secret;
use sekisho_model::declaration::{Declaration, Environment};
use sekisho_model::observed::Observations;
use sekisho_report::Change;

use crate::convention::Convention;
use crate::endpoint::Reached;
use crate::failure::Failure;
use crate::session::Session;
use missing::{How, Item, Thing, arn, items, shown};
use source::{origin_of, resolve};
use write::write;

pub(crate) use source::prompt;
pub(crate) use write::merged;

/// Where values may come from.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Names and values from stdin.
    pub(crate) given: BTreeMap<String, Secret<String>>,
    /// Whether what has no generator of its own gets a generated value too.
    pub(crate) generate: bool,
    /// Whether nothing is to be written.
    pub(crate) dry_run: bool,
}

/// What became of the filling.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// What was written, or would be.
    pub(crate) changes: Vec<Change>,
    /// What has no value, as message ids with arguments.
    pub(crate) unfilled: Vec<(&'static str, Vec<(&'static str, String)>)>,
    /// The write that failed; nothing was tried after it.
    pub(crate) failure: Option<Failure>,
}

/// Fills what `observations` say is missing of `references`.
pub(crate) async fn fill(
    session: &Session,
    reached: &Reached,
    declared: Option<(&Declaration, &Environment)>,
    references: &[Reference],
    observations: &Observations,
    sources: &Sources,
) -> Result<Filled, Failure> {
    let mut filled = Filled::default();
    let items = items(reached, declared, references, observations, &mut filled);
    let mut ready = Vec::new();
    for (thing, item) in items {
        if let Some(values) = resolve(session, &thing, &item, sources, &mut filled)? {
            ready.push((thing, item, values));
        }
    }
    let key = declared.and_then(|(_, environment)| environment.kms_key.as_ref()).map(|key| key.value.clone());
    let convention = Convention::of(declared)?;
    let mut writes = Vec::new();
    let mut refused = Vec::new();
    for (thing, item, values) in ready {
        match tags(&convention, declared, &thing, &item) {
            Ok(tags) => writes.push((thing, item, values, tags)),
            Err(failure) => refused.push(failure),
        }
    }
    if let Some(failure) = Failure::all(refused) {
        return Err(failure);
    }
    for (thing, item, values, tags) in writes {
        let target = if sources.dry_run { arn(reached, &thing, &item.how) } else { shown(&thing) };
        let (origin, origin_name) = origin_of(&values);
        let change = |action, version| Change { action, target: target.clone(), origin, origin_name: origin_name.clone(), version };
        if sources.dry_run {
            let action = match item.how {
                How::Create { .. } => "change-would-create",
                How::FirstVersion(_) => "change-would-add-version",
                How::AddKeys { .. } => "change-would-add-key",
            };
            filled.changes.push(change(action, String::new()));
            continue;
        }
        let connection = match thing.account() {
            Some(account) => match reached.of_account(&account).await {
                Ok(connection) => connection,
                Err(failure) => {
                    filled.failure = Some(failure);
                    break;
                }
            },
            None => reached.connection.clone(),
        };
        match write(&connection, &thing, &item, &values, key.as_deref(), tags).await {
            Ok(written) => {
                let action = match item.how {
                    How::Create { .. } => "change-created",
                    How::FirstVersion(_) => "change-version-added",
                    How::AddKeys { .. } => "change-key-added",
                };
                let target = match written.stored {
                    StoredName::Parameter(name) | StoredName::Secret(name) => name,
                };
                filled.changes.push(Change { target, ..change(action, written.version) });
            }
            // Somebody was faster: theirs stays.
            Err(ExchangeError::Call(error)) if error.class == ErrorClass::Exists => {
                filled.changes.push(change("change-not-needed", String::new()));
            }
            Err(ExchangeError::Call(error)) => {
                filled.failure = Some(Failure::write(error, &target));
                break;
            }
            Err(ExchangeError::Moved { now }) => {
                filled.failure = Some(Failure::moved(&target, now));
                break;
            }
        }
    }
    Ok(filled)
}

/// The tags of `item`, whose name and tags are as the manifest demands.
fn tags(
    convention: &Convention<'_>,
    declared: Option<(&Declaration, &Environment)>,
    thing: &Thing,
    item: &Item,
) -> Result<Vec<(String, String)>, Failure> {
    let secret = declared.and_then(|(declaration, _)| declaration.secrets.get(item.declared.as_deref()?));
    let elsewhere = declared
        .zip(secret)
        .is_some_and(|((_, environment), secret)| secret.environments.get(&environment.name).is_some_and(|there| there.arn.is_some()));
    if elsewhere || !matches!(item.how, How::Create { .. }) {
        return Ok(Vec::new());
    }
    let name = shown(thing);
    convention.check_name(&name)?;
    convention.tags_of_new(secret, &name)
}

//! `secret rollback`: an earlier value becomes the current one again. Nothing is forgotten: what was current stays in the history.

use sekisho_aws::{ErrorClass, ExchangeError};
use sekisho_engine::go_json;
use sekisho_model::Secret;
use sekisho_model::observed::{ObservedValue, ParameterId, SecretId, VersionOf};

use super::json_key::with_key;
use super::kept::{Kept, kept};
use super::order::{Desk, Order};
use super::set::{expected_version, write};
use super::{Place, choose, declared_key, look_up, place, tell, whole_or_key};
use crate::cli::SecretRollback;
use crate::confirm::confirm;
use crate::failure::{Failure, Outcome, WRITE};
use crate::session::Session;

pub(super) async fn run(session: &Session, arguments: &SecretRollback) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let key = arguments.key.as_deref();
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, key)?;
    whole_or_key(chosen.secret, &place, key)?;
    declared_key(chosen.secret, &place, key, false)?;
    let desk = Desk::new(session, &manifest, chosen.environment, &chosen.reached, arguments.force)?;
    // Of a whole secret only the stage moves: no value is read.
    let values = !matches!((&place, key), (Place::Secret(_), None));
    let seen = look_up(&chosen.reached, std::slice::from_ref(&place), values).await;
    let kept = kept(&place, &seen, &arguments.secret).map_err(|failure| failure.exiting(WRITE))?;
    desk.check(chosen.secret, &place, &kept)?;
    if !kept.exists() {
        return Err(Failure::new("get-absent").with("name", &arguments.secret).with("environment", &arguments.environment).exiting(1));
    }
    expected_version(&place, &kept, arguments.if_version.as_deref())?;
    match &place {
        Place::Secret(id) => {
            let to = version(&desk, id, arguments).await?;
            match key {
                None => move_current(&desk, id, &kept, &to, arguments).await,
                Some(key) => {
                    let Some(before) = kept.text().cloned() else {
                        return Err(Failure::new("get-binary").with("name", &arguments.secret).exiting(1));
                    };
                    let old = key_of(&desk, id, &to, key, arguments).await?;
                    let value = with_key(Some(&before), &arguments.secret, key, &old)?;
                    write(&desk, Order { secret: chosen.secret, place, kept, value }, arguments.dry_run, arguments.yes).await
                }
            }
        }
        Place::Parameter(id) => {
            let value = old_value(&desk, id, &kept, arguments).await?;
            write(&desk, Order { secret: chosen.secret, place, kept, value }, arguments.dry_run, arguments.yes).await
        }
        Place::Plaintext => Err(desk.no_store(chosen.secret)),
    }
}

fn no_version(arguments: &SecretRollback) -> Failure {
    let version = arguments.to.as_deref().unwrap_or("none");
    let failure = Failure::new("rollback-no-version").with("name", &arguments.secret).with("version", version);
    failure.with("environment", &arguments.environment).exiting(1)
}

/// The value of the version of a parameter that is asked for; of the one before the newest where none is.
async fn old_value(desk: &Desk<'_>, id: &ParameterId, kept: &Kept, arguments: &SecretRollback) -> Result<Secret<String>, Failure> {
    let connection = &desk.reached.connection;
    let selector = match &arguments.to {
        Some(to) => to.clone(),
        None => {
            let newest = kept.version().and_then(|version| version.parse::<i64>().ok()).unwrap_or_default();
            let history = connection.parameter_history(id).await?;
            let before = history.iter().rev().find(|version| version.version < newest);
            before.map(|version| version.version.to_string()).ok_or_else(|| no_version(arguments))?
        }
    };
    match connection.read_parameter(id, Some(&selector), true).await? {
        Some(read) => Ok(read.value),
        None => Err(no_version(arguments)),
    }
}

/// The id of the version of a secret that is asked for, by id, its beginning or a stage; of the previous one where none is.
async fn version(desk: &Desk<'_>, id: &SecretId, arguments: &SecretRollback) -> Result<String, Failure> {
    let wanted = arguments.to.as_deref().unwrap_or("AWSPREVIOUS");
    let versions = desk.reached.connection.secret_versions(id).await?;
    let staged = versions.iter().find(|version| version.id == wanted || version.stages.iter().any(|stage| stage == wanted));
    if let Some(version) = staged {
        return Ok(version.id.clone());
    }
    // Tables show the first eight characters.
    let begin: Vec<_> = versions.iter().filter(|version| wanted.len() >= 8 && version.id.starts_with(wanted)).collect();
    match begin.as_slice() {
        [version] => Ok(version.id.clone()),
        _ => Err(no_version(arguments)),
    }
}

/// Moves AWSCURRENT to the version `to`, on condition that it is still where it was read.
async fn move_current(desk: &Desk<'_>, id: &SecretId, kept: &Kept, to: &str, arguments: &SecretRollback) -> Outcome {
    let (session, target) = (desk.session, &id.id);
    let from = kept.version();
    if from == Some(to) {
        tell(session, "set-unchanged", target, to);
        return Ok(0);
    }
    let arn = match kept {
        Kept::There(there) => there.arn.clone().unwrap_or_else(|| target.clone()),
        _ => target.clone(),
    };
    if arguments.dry_run {
        tell(session, "rollback-would-move", &arn, to);
        return Ok(0);
    }
    if desk.environment.protected {
        let args = [("environment", desk.environment.name.clone()), ("target", target.clone())];
        confirm(session, arguments.yes, "confirm-change", &args)?;
    }
    let connection = &desk.reached.connection;
    let mut moved = connection.move_current(id, to, from).await;
    if let (Err(ExchangeError::Moved { now: Some(now) }), true) = (&moved, desk.force) {
        let now = now.clone();
        moved = connection.move_current(id, to, Some(&now)).await;
    }
    match moved {
        Ok(()) => {
            tell(session, "rollback-moved", &arn, to);
            Ok(0)
        }
        Err(ExchangeError::Moved { now }) => Err(Failure::moved(target, now)),
        Err(ExchangeError::Call(error)) if error.class == ErrorClass::Absent => Err(no_version(arguments)),
        Err(ExchangeError::Call(error)) => Err(Failure::write(error, target)),
    }
}

/// What the version `to` has under `key`.
async fn key_of(desk: &Desk<'_>, id: &SecretId, to: &str, key: &str, arguments: &SecretRollback) -> Result<Secret<String>, Failure> {
    let version = VersionOf { secret: id.clone(), stage: None, version_id: Some(to.to_owned()) };
    let text = match desk.reached.connection.read_secret(&version).await?.map(|read| read.value) {
        Some(ObservedValue::Text(text)) => text,
        Some(ObservedValue::Binary(_)) => return Err(Failure::new("get-binary").with("name", &arguments.secret).exiting(1)),
        None => return Err(no_version(arguments)),
    };
    let not_json = |error| Failure::new("get-not-json").with("name", &arguments.secret).with("key", key).with("cause", error).exiting(1);
    let object = go_json::object(text.expose()).map_err(not_json)?;
    match object.get(key) {
        Some(value) if value.is_rendered_as_written() => Ok(Secret::new(value.rendered())),
        Some(value) => {
            let shown = super::leaf::shown(&arguments.secret, Some(key));
            let failure = Failure::new("value-not-text").with("name", shown).with("environment", &arguments.environment);
            Err(failure.with("kind", value.kind()).exiting(1))
        }
        None => Err(Failure::new("get-no-key").with("key", key).exiting(1)),
    }
}

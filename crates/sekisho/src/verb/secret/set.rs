//! `secret set`: a new value, from a hidden prompt, stdin, a file or the generator; never from the command line, which everybody on the machine can read.

use sekisho_aws::generate_random;
use sekisho_model::Secret;
use sekisho_model::declaration::{Alphabet, Generate};
use sekisho_report::escape;

use super::json_key::with_key;
use super::kept::{Kept, Seen, There, kept};
use super::order::{Desk, Effect, Order, name_of};
use super::{Chosen, Place, choose, declared_key, look_up, place, read_stdin, tell, whole_or_key};
use crate::cli::SecretSet;
use crate::confirm::confirm;
use crate::failure::{Failure, Outcome, WRITE};
use crate::files;
use crate::filling::prompt;
use crate::session::Session;

pub(super) async fn run(session: &Session, arguments: &SecretSet) -> Outcome {
    let manifest = session.needed_manifest()?;
    let chosen = choose(session, &manifest, &arguments.environment, &arguments.secret).await?;
    let key = arguments.key.as_deref();
    let place = place(&manifest, chosen.secret, chosen.environment, &chosen.region, key)?;
    whole_or_key(chosen.secret, &place, key)?;
    declared_key(chosen.secret, &place, key, true)?;
    let desk = Desk::new(session, &manifest, chosen.environment, &chosen.reached, arguments.force)?;
    let seen = look_up(&chosen.reached, std::slice::from_ref(&place), true).await;
    let kept = kept(&place, &seen, &arguments.secret).map_err(|failure| failure.exiting(WRITE))?;
    expected_version(&place, &kept, arguments.if_version.as_deref())?;
    // Told before anybody is asked for a value.
    desk.check(chosen.secret, &place, &kept)?;
    let before = value_to_keep(&kept, &place, key, &arguments.secret)?;
    let value = value(session, arguments, &chosen)?;
    let value = match (&place, key) {
        (Place::Secret(_), Some(key)) => with_key(before.as_ref(), &arguments.secret, key, &value)?,
        _ => value,
    };
    let order = Order { secret: chosen.secret, place, kept, value };
    write(&desk, order, arguments.dry_run, arguments.yes).await
}

/// Refuses to go on where `wanted` is not the version that is there.
pub(super) fn expected_version(place: &Place, kept: &Kept, wanted: Option<&str>) -> Result<(), Failure> {
    let Some(wanted) = wanted else { return Ok(()) };
    let is = kept.version().unwrap_or_default();
    // Tables show the first eight characters of a version id.
    if is == wanted || (wanted.len() >= 8 && matches!(place, Place::Secret(_)) && is.starts_with(wanted)) {
        return Ok(());
    }
    Err(Failure::moved(place.shown(), kept.version().map(str::to_owned)))
}

/// The text into which a JSON key is merged.
///
/// # Errors
/// Where it is there and cannot be seen: the other keys would be lost.
fn value_to_keep(kept: &Kept, place: &Place, key: Option<&str>, name: &str) -> Result<Option<Secret<String>>, Failure> {
    match (kept, place, key) {
        (Kept::There(There { value: Seen::Binary(_), .. }), Place::Secret(_), Some(_)) => {
            Err(Failure::new("get-binary").with("name", name).exiting(1))
        }
        (Kept::There(There { value: Seen::Not(failure), .. }), Place::Secret(_), Some(_)) => Err(failure.clone().exiting(WRITE)),
        _ => Ok(kept.text().cloned()),
    }
}

/// Writes `order`, whose [`Desk::check`] has passed, and says so.
pub(super) async fn write(desk: &Desk<'_>, order: Order<'_>, dry_run: bool, yes: bool) -> Outcome {
    let session = desk.session;
    let effect = order.effect();
    if effect == Effect::Nothing {
        tell(session, "set-unchanged", order.place.shown(), order.kept.version().unwrap_or_default());
        return Ok(0);
    }
    if dry_run {
        let action = if effect == Effect::Change { "set-would-change" } else { "set-would-create" };
        tell(session, action, &desk.arn(&order.place, &order.kept), "");
        return Ok(0);
    }
    if desk.environment.protected && effect == Effect::Change {
        let target = order.place.shown().to_owned();
        confirm(session, yes, "confirm-change", &[("environment", desk.environment.name.clone()), ("target", target)])?;
    }
    let written = desk.write(&order).await?;
    let action = if effect == Effect::Change { "set-changed" } else { "set-created" };
    tell(session, action, name_of(&written), &written.version);
    Ok(0)
}

fn value(session: &Session, arguments: &SecretSet, chosen: &Chosen<'_>) -> Result<Secret<String>, Failure> {
    let text = |bytes: &[u8], what: &str| match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Failure::new("value-not-utf8").with("what", what).with("byte", error.valid_up_to() + 1)),
    };
    let value = if arguments.stdin {
        let bytes = read_stdin()?;
        let mut text = text(&bytes, "<stdin>")?;
        // `echo` and here-documents end their output with one line break that nobody means.
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        Secret::new(text)
    } else if let Some(file) = &arguments.file {
        let bytes = zeroize::Zeroizing::new(files::read(file)?);
        Secret::new(text(&bytes, &escape(&file.display().to_string()))?)
    } else if arguments.generate {
        let generate = chosen.secret.generate.clone().unwrap_or(Generate { length: 32, alphabet: Alphabet::default() });
        generate_random(generate.length, generate.alphabet.characters())?
    } else {
        prompt(session, &arguments.secret)?.ok_or_else(|| Failure::new("value-empty"))?
    };
    if value.expose().is_empty() { Err(Failure::new("value-empty")) } else { Ok(value) }
}

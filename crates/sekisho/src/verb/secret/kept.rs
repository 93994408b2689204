//! What a place holds now, and in which version: what every write begins with.

use sekisho_model::observed::{Lookup, Observations, ObservedParameter, ObservedValue};
use sekisho_model::{Fact, Secret};

use super::{Place, current, unknown};
use crate::failure::Failure;

/// What a place holds.
#[expect(clippy::large_enum_variant, reason = "there are as many as places, and few")]
#[derive(Debug)]
pub(super) enum Kept {
    /// AWS says that it does not exist.
    Absent,
    /// It is marked for deletion, and can be restored for some more days.
    Deleting {
        /// Its ARN.
        arn: String,
    },
    /// It exists.
    There(There),
}

/// Something that exists.
#[derive(Debug)]
pub(super) struct There {
    /// A secret's complete ARN.
    pub(super) arn: Option<String>,
    /// A parameter's version, or the id of a secret's current version; a secret may have none.
    pub(super) version: Option<String>,
    /// Its value.
    pub(super) value: Seen,
    /// What is told of a parameter.
    pub(super) parameter: Option<ObservedParameter>,
}

/// The value of what exists.
#[derive(Debug)]
pub(super) enum Seen {
    Text(Secret<String>),
    Binary(Secret<Vec<u8>>),
    /// A secret without a current version.
    Nothing,
    /// It could not be read, or was not asked for.
    Not(Failure),
}

impl Kept {
    /// The text that is there.
    pub(super) fn text(&self) -> Option<&Secret<String>> {
        match self {
            Self::There(There { value: Seen::Text(text), .. }) => Some(text),
            _ => None,
        }
    }

    /// The version that a write is to replace.
    pub(super) fn version(&self) -> Option<&str> {
        match self {
            Self::There(there) => there.version.as_deref(),
            _ => None,
        }
    }

    /// Whether something is there.
    pub(super) fn exists(&self) -> bool {
        matches!(self, Self::There(_))
    }
}

/// What `seen` says of `place`; `name` is the secret in messages.
///
/// # Errors
/// A look-up without an answer, because "denied" is not "absent".
pub(super) fn kept(place: &Place, seen: &Observations, name: &str) -> Result<Kept, Failure> {
    match place {
        Place::Parameter(id) => {
            let fact = seen.parameters.get(id);
            if let Some(because) = fact.and_then(Fact::because) {
                return Err(unknown(because, &id.name));
            }
            let Some(Lookup::Found(parameter)) = fact.and_then(Fact::value) else { return Ok(Kept::Absent) };
            let version = seen.parameter_versions.get(id).cloned().unwrap_or_else(|| parameter.version.to_string());
            let value = value(seen.parameter_values.get(id), name);
            Ok(Kept::There(There { arn: None, version: Some(version), value, parameter: Some(parameter.clone()) }))
        }
        Place::Secret(id) => {
            let fact = seen.secrets.get(id);
            if let Some(because) = fact.and_then(Fact::because) {
                return Err(unknown(because, &id.id));
            }
            let Some(Lookup::Found(secret)) = fact.and_then(Fact::value) else { return Ok(Kept::Absent) };
            if secret.deleted.is_some() {
                return Ok(Kept::Deleting { arn: secret.arn.clone() });
            }
            let holds = secret.versions.iter().find(|(_, stages)| stages.iter().any(|stage| stage == "AWSCURRENT"));
            let version = seen.secret_versions.get(&current(id)).or(holds.map(|(id, _)| id)).cloned();
            let value = if version.is_none() { Seen::Nothing } else { value(seen.secret_values.get(&current(id)), name) };
            Ok(Kept::There(There { arn: Some(secret.arn.clone()), version, value, parameter: None }))
        }
        Place::Plaintext => Ok(Kept::Absent),
    }
}

fn value(fact: Option<&Fact<Lookup<ObservedValue>>>, name: &str) -> Seen {
    match fact {
        Some(Fact::Known { value: Lookup::Found(ObservedValue::Text(text)), .. }) => Seen::Text(text.clone()),
        Some(Fact::Known { value: Lookup::Found(ObservedValue::Binary(bytes)), .. }) => Seen::Binary(bytes.clone()),
        Some(Fact::Known { value: Lookup::Absent, .. }) => Seen::Nothing,
        Some(Fact::Unknown { because, .. } | Fact::Unreadable { because, .. }) => Seen::Not(unknown(because, name)),
        None => Seen::Not(unknown(&sekisho_model::Because::NotAsked, name)),
    }
}

//! The single values that the manifest declares: whole secrets, and the keys of those that have keys.

use std::collections::BTreeSet;

use sekisho_engine::go_json;
use sekisho_model::Secret;
use sekisho_model::declaration::{Environment, SecretDeclaration};
use sekisho_model::observed::Observations;

use super::kept::{Kept, Seen, There, kept};
use super::{Place, declared, place};
use crate::failure::Failure;
use crate::files::Manifest;

/// One value: a secret, or one of its keys.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'a> {
    pub(super) secret: &'a SecretDeclaration,
    pub(super) key: Option<&'a str>,
    /// The variables that receive it.
    pub(super) variables: Vec<&'a str>,
    /// Where it is kept; of a JSON secret, the whole of it.
    pub(super) place: Place,
}

impl Leaf<'_> {
    /// `database/login/user`, as on stdin.
    pub(super) fn name(&self) -> String {
        self.key.map_or_else(|| self.secret.name.clone(), |key| format!("{}/{key}", self.secret.name))
    }

    /// `database/login [user]`, as in tables.
    pub(super) fn shown(&self) -> String {
        shown(&self.secret.name, self.key)
    }

    /// The JSON key within the value that is kept at the place; in Parameter Store the key is a parameter itself.
    pub(super) fn json_key(&self) -> Option<&str> {
        self.key.filter(|_| matches!(self.place, Place::Secret(_)))
    }
}

/// A secret and its key as tables show them.
pub(super) fn shown(secret: &str, key: Option<&str>) -> String {
    key.map_or_else(|| secret.to_owned(), |key| format!("{secret} [{key}]"))
}

/// The value of one leaf.
#[derive(Debug)]
pub(super) enum Found {
    Text(Secret<String>),
    Binary(Secret<Vec<u8>>),
    /// A JSON value that ECS would hand over otherwise than it is written.
    NotText {
        kind: go_json::Kind,
        rendered: Secret<String>,
    },
    Absent,
    Deleting,
    /// It stands in the task definition.
    Plaintext,
    Unknown(Failure),
}

/// The leaves of the secrets `names` in `environment`; of all of them where none is named.
pub(super) fn leaves<'a>(
    manifest: &'a Manifest,
    environment: &Environment,
    region: &str,
    names: &[String],
) -> Result<Vec<Leaf<'a>>, Failure> {
    let mut chosen: Vec<&SecretDeclaration> = Vec::new();
    for name in names {
        let secret = declared(manifest, name)?;
        if !chosen.iter().any(|other| other.name == secret.name) {
            chosen.push(secret);
        }
    }
    if names.is_empty() {
        chosen = manifest.declaration.secrets.values().collect();
    }
    let mut leaves = Vec::new();
    for secret in chosen {
        let keys: BTreeSet<Option<&str>> =
            if secret.keys.is_empty() { [None].into() } else { secret.keys.values().map(|key| Some(key.value.as_str())).collect() };
        for key in keys {
            let variables = match key {
                None => secret.env.iter().map(|env| env.value.as_str()).collect(),
                Some(key) => secret.keys.iter().filter(|(_, known)| known.value == key).map(|(variable, _)| variable.as_str()).collect(),
            };
            leaves.push(Leaf { secret, key, variables, place: place(manifest, secret, environment, region, key)? });
        }
    }
    Ok(leaves)
}

/// What `seen` says of the value of `leaf`.
pub(super) fn found(leaf: &Leaf<'_>, seen: &Observations) -> Found {
    if matches!(leaf.place, Place::Plaintext) {
        return Found::Plaintext;
    }
    let text = match kept(&leaf.place, seen, &leaf.secret.name) {
        Err(failure) => return Found::Unknown(failure),
        Ok(Kept::Absent) => return Found::Absent,
        Ok(Kept::Deleting { .. }) => return Found::Deleting,
        Ok(Kept::There(There { value, .. })) => match value {
            Seen::Text(text) => text,
            Seen::Binary(bytes) => return Found::Binary(bytes),
            Seen::Nothing => return Found::Absent,
            Seen::Not(failure) => return Found::Unknown(failure),
        },
    };
    let Some(key) = leaf.json_key() else { return Found::Text(text) };
    match go_json::object(text.expose()) {
        Err(error) => {
            Found::Unknown(Failure::new("get-not-json").with("name", &leaf.secret.name).with("key", key).with("cause", error).exiting(1))
        }
        Ok(object) => match object.get(key) {
            None => Found::Absent,
            Some(value) if value.is_rendered_as_written() => Found::Text(Secret::new(value.rendered())),
            Some(value) => Found::NotText { kind: value.kind(), rendered: Secret::new(value.rendered()) },
        },
    }
}

//! `secret copy`: values from one environment into another, or from one store into another.

use super::apply::{Given, How, apply};
use super::journal::Entry;
use super::leaf::{Found, Leaf, found, leaves};
use super::order::Desk;
use super::{look_up, reach, reach_beside};
use crate::cli::{SecretCopy, StoreName};
use crate::failure::{Failure, Outcome};
use crate::files::Manifest;
use crate::session::{self, Session};

pub(super) async fn run(session: &Session, arguments: &SecretCopy) -> Outcome {
    let manifest = session.needed_manifest()?;
    let source = match arguments.from_store {
        Some(store) => in_store(&manifest, &arguments.from, store)?,
        None => Manifest { path: manifest.path.clone(), declaration: manifest.declaration.clone() },
    };
    let from = session::environment(&source.declaration, &arguments.from)?;
    let to = session::environment(&manifest.declaration, &arguments.to)?;
    if arguments.from_store.is_none() && arguments.from == arguments.to {
        return Err(Failure::new("copy-same").with("environment", &arguments.to));
    }
    let reached_from = reach(session, &source, from).await?;
    let sources = leaves(&source, from, reached_from.connection.region().as_str(), &arguments.secrets)?;
    let places: Vec<_> = sources.iter().map(|leaf| leaf.place.clone()).collect();
    let seen = look_up(&reached_from, &places, true).await;
    let reached = reach_beside(session, &manifest, to, Some(&reached_from)).await?;
    let desk = Desk::new(session, &manifest, to, &reached, arguments.force)?;
    let targets = leaves(&manifest, to, reached.connection.region().as_str(), &arguments.secrets)?;
    let (mut given, mut notes, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for leaf in sources {
        let Some(target) = target(&leaf, &targets) else { continue };
        let fail = |id: &str| Failure::new(id).with("name", leaf.shown()).with("environment", &arguments.from);
        let note = |action| Entry {
            action,
            secret: leaf.secret.name.clone(),
            key: leaf.key.map(str::to_owned),
            target: leaf.place.shown().to_owned(),
            version: String::new(),
        };
        match found(&leaf, &seen) {
            Found::Text(value) => given.push(Given { leaf: target.clone(), value }),
            Found::Absent => notes.push(note("copy-absent")),
            Found::Plaintext => notes.push(note("copy-plaintext")),
            Found::Deleting => notes.push(note("copy-deleting")),
            Found::Binary(_) => failures.push(Failure::new("get-binary").with("name", &leaf.secret.name).exiting(1)),
            Found::NotText { kind, .. } => failures.push(fail("value-not-text").with("kind", kind).exiting(1)),
            Found::Unknown(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    apply(&desk, given, How { verb: "copy", dry_run: arguments.dry_run, yes: arguments.yes, notes }).await
}

/// The leaf of the same secret and key.
fn target<'t, 'a>(leaf: &Leaf<'_>, targets: &'t [Leaf<'a>]) -> Option<&'t Leaf<'a>> {
    targets.iter().find(|target| target.secret.name == leaf.secret.name && target.key == leaf.key)
}

/// The manifest as if every secret of `environment` were in `store`, under the path template: where they were before they moved.
fn in_store(manifest: &Manifest, environment: &str, store: StoreName) -> Result<Manifest, Failure> {
    let mut declaration = manifest.declaration.clone();
    session::environment(&declaration, environment)?;
    if let Some(environment) = declaration.environments.get_mut(environment) {
        environment.store = store.kind();
    }
    for secret in declaration.secrets.values_mut() {
        secret.environments.remove(environment);
    }
    Ok(Manifest { path: manifest.path.clone(), declaration })
}

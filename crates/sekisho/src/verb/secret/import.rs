//! `secret import`: values from a file or stdin into the environment's stores.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_model::{Secret, Spanned};

use super::apply::{Given, How, apply};
use super::leaf::{Leaf, leaves};
use super::order::Desk;
use super::{reach, read_stdin, values_file};
use crate::cli::SecretImport;
use crate::failure::{Failure, Outcome, suggestion};
use crate::files;
use crate::session::{self, Session};

pub(super) async fn run(session: &Session, arguments: &SecretImport) -> Outcome {
    let manifest = session.needed_manifest()?;
    let environment = session::environment(&manifest.declaration, &arguments.environment)?;
    let (name, bytes) = match &arguments.file {
        Some(file) => (file.display().to_string(), zeroize::Zeroizing::new(files::read(file)?)),
        None => ("<stdin>".to_owned(), read_stdin()?),
    };
    let values = values_file::read(&name, &bytes, arguments.format)?;
    drop(bytes);
    let reached = reach(session, &manifest, environment).await?;
    let desk = Desk::new(session, &manifest, environment, &reached, arguments.force)?;
    let leaves = leaves(&manifest, environment, reached.connection.region().as_str(), &[])?;
    let given = resolve(&leaves, values)?;
    apply(&desk, given, How { verb: "import", dry_run: arguments.dry_run, yes: arguments.yes, notes: Vec::new() }).await
}

/// The leaf of each value, which is named by its variable or by its logical name (`database/login/user` for a key).
///
/// # Errors
/// Every name that nothing declared has, that several have, or that says something else than another name of the same leaf.
fn resolve<'a>(leaves: &[Leaf<'a>], values: Vec<(Spanned<String>, Secret<String>)>) -> Result<Vec<Given<'a>>, Failure> {
    let mut names: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, leaf) in leaves.iter().enumerate() {
        for name in leaf.variables.iter().map(|variable| (*variable).to_owned()).chain([leaf.name()]) {
            names.entry(name).or_default().insert(index);
        }
    }
    let mut given: BTreeMap<usize, (String, Secret<String>)> = BTreeMap::new();
    let mut failures = Vec::new();
    for (name, value) in values {
        let fail = |id: &str| Failure::new(id).with("name", shown(&name.value)).at(Some(&name.place));
        let found: Vec<usize> = names.get(&name.value).into_iter().flatten().copied().collect();
        match found.as_slice() {
            [index] => match given.get(index) {
                Some((first, other)) if other.expose() != value.expose() => {
                    let shown = leaves.get(*index).map(Leaf::shown).unwrap_or_default();
                    failures.push(Failure::new("values-disagree").with("target", shown).with("first", first).with("second", &name.value));
                }
                _ => drop(given.insert(*index, (name.value, value))),
            },
            [] => {
                let near = suggestion(&name.value, names.keys().map(String::as_str));
                failures.push(fail("import-unknown").with("suggestion", near));
            }
            several => {
                let known: Vec<String> = several.iter().filter_map(|index| leaves.get(*index)).map(Leaf::name).collect();
                failures.push(fail("import-ambiguous").with("known", known.join(", ")));
            }
        }
    }
    match Failure::all(failures) {
        Some(failure) => Err(failure),
        None => Ok(given.into_iter().filter_map(|(index, (_, value))| Some(Given { leaf: leaves.get(index)?.clone(), value })).collect()),
    }
}

/// A name as messages repeat it. What has not the form of one may be a value that somebody has put in the wrong place.
fn shown(name: &str) -> &str {
    let is_name = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte));
    if is_name { name } else { "…" }
}

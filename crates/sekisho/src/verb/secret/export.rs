//! `secret export`: the values of an environment, into a new file of the user's own, or to stdout where that is asked for by name.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use sekisho_model::Secret;

use super::leaf::{Found, Leaf, found, leaves};
use super::{look_up, reach, tell, values_file};
use crate::cli::{ExportNames, SecretExport, ValuesFormat};
use crate::failure::{Failure, Outcome};
use crate::private_file;
use crate::session::{self, Session};

pub(super) async fn run(session: &Session, arguments: &SecretExport) -> Outcome {
    if arguments.file.is_none() && !arguments.reveal {
        return Err(Failure::new("export-where"));
    }
    if let Some(file) = &arguments.file {
        private_file::may_be_made(file)?;
    }
    let format = arguments.format.unwrap_or_else(|| arguments.file.as_deref().map_or(ValuesFormat::Dotenv, values_file::format_of));
    let manifest = session.needed_manifest()?;
    let environment = session::environment(&manifest.declaration, &arguments.environment)?;
    let reached = reach(session, &manifest, environment).await?;
    let leaves = leaves(&manifest, environment, reached.connection.region().as_str(), &arguments.secrets)?;
    let named = named(&leaves, arguments.names, format)?;
    let places: Vec<_> = leaves.iter().map(|leaf| leaf.place.clone()).collect();
    let seen = look_up(&reached, &places, true).await;
    let (mut values, mut failures) = (Vec::new(), Vec::new());
    for (name, leaf) in named {
        let fail = |id: &str| Failure::new(id).with("name", leaf.shown()).with("environment", &environment.name).exiting(1);
        match found(leaf, &seen) {
            Found::Text(value) => values.push((name, value)),
            Found::Absent => session.tell("export-absent", &[("name", leaf.shown()), ("environment", environment.name.clone())]),
            Found::Plaintext => failures.push(fail("plaintext-has-no-store")),
            Found::Deleting => failures.push(fail("get-deleted")),
            Found::Binary(_) => failures.push(fail("get-binary")),
            Found::NotText { kind, .. } => failures.push(fail("value-not-text").with("kind", kind)),
            Found::Unknown(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    let text = values_file::write(&values, format)?;
    match &arguments.file {
        Some(file) => export(session, file, &text, values.len(), arguments.dry_run),
        None => {
            let mut out = std::io::stdout();
            let _ = out.write_all(text.expose().as_bytes());
            let _ = out.flush();
            Ok(0)
        }
    }
}

fn export(session: &Session, file: &Path, text: &Secret<String>, count: usize, dry_run: bool) -> Outcome {
    if !dry_run {
        private_file::write(file, text)?;
    }
    let action = if dry_run { "export-would-write" } else { "export-wrote" };
    tell(session, action, &file.display().to_string(), &count.to_string());
    Ok(0)
}

/// The name of each leaf in the file: its variables, or its logical name.
///
/// # Errors
/// Variables that two secrets have: which of them the file means could not be told. Logical names in a dotenv file, which has no place for `/`.
fn named<'l, 'a>(leaves: &'l [Leaf<'a>], names: ExportNames, format: ValuesFormat) -> Result<Vec<(String, &'l Leaf<'a>)>, Failure> {
    let mut named: BTreeMap<String, &'l Leaf<'a>> = BTreeMap::new();
    let mut failures = Vec::new();
    for leaf in leaves {
        let names = match names {
            ExportNames::Variable => leaf.variables.iter().map(|variable| (*variable).to_owned()).collect(),
            ExportNames::Logical => vec![leaf.name()],
        };
        for name in names {
            let is_variable = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if format == ValuesFormat::Dotenv && !is_variable {
                failures.push(Failure::new("export-dotenv-name").with("name", &name));
            }
            if let Some(first) = named.insert(name.clone(), leaf) {
                let (first, second) = (first.shown(), leaf.shown());
                failures.push(Failure::new("export-ambiguous").with("name", &name).with("first", first).with("second", second));
            }
        }
    }
    match Failure::all(failures) {
        Some(failure) => Err(failure),
        None => Ok(named.into_iter().collect()),
    }
}

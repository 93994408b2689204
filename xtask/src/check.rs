//! `cargo xtask check`: the rules of the house that no compiler knows.

mod licences;
mod rooms;
mod sources;
mod texts;

use cargo_metadata::{CargoOpt, MetadataCommand};

use crate::workspace::root;
use crate::{docs, schema};

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    anyhow::ensure!(arguments.is_empty(), "`cargo xtask check` takes no arguments");
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).features(CargoOpt::AllFeatures).exec()?;
    let stale = |differences: Vec<String>, verb| differences.iter().map(|line| format!("{line}: run `cargo xtask {verb}`")).collect();
    let checks: [(&str, anyhow::Result<Vec<String>>); 7] = [
        ("lock files", Ok(["Cargo.toml", "fuzz/Cargo.toml"].into_iter().filter_map(stale_lock).collect())),
        ("rooms", Ok(rooms::check(&metadata))),
        ("licences, bans and sources", licences::check(&metadata)),
        ("a page for every rule", docs::generate().and_then(|made| made.differences()).map(|lines| stale(lines, "docs"))),
        ("schemas", schema::generate().and_then(|made| made.differences()).map(|lines| stale(lines, "schema"))),
        ("wording", texts::check()),
        ("sources", sources::check()),
    ];
    let mut clean = true;
    for (name, outcome) in checks {
        let problems = outcome.unwrap_or_else(|error| vec![format!("{error:#}")]);
        println!("{name}: {}", if problems.is_empty() { "ok".to_owned() } else { format!("{} to mend", problems.len()) });
        for problem in &problems {
            println!("  {problem}");
        }
        clean &= problems.is_empty();
    }
    Ok(clean)
}

/// A lock file that says something else than its manifests: the fuzz crate's is easily forgotten when a room gets a new dependency.
fn stale_lock(manifest: &str) -> Option<String> {
    let locked = MetadataCommand::new().manifest_path(root().join(manifest)).other_options(["--locked".to_owned()]).exec();
    let mend = format!("run `cargo metadata --manifest-path {manifest} >/dev/null` and commit the lock file");
    locked.err().map(|error| format!("{manifest}: {}: {mend}", error.to_string().lines().next().unwrap_or_default()))
}

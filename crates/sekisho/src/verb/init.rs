//! `init`: drafts a manifest from task-definition files.

mod draft;

use std::path::{Path, PathBuf};

use crate::cli::Init;
use crate::failure::{Failure, Outcome};
use crate::files::{self, MANIFEST};
use crate::session::Session;

/// Files and directories that are looked at; a repository larger than that names its paths.
const LOOKED_AT: usize = 20_000;

pub(super) fn run(session: &Session, arguments: &Init) -> Outcome {
    let target = session.global.config.clone().unwrap_or_else(|| PathBuf::from(MANIFEST));
    if target.exists() && !arguments.dry_run {
        return Err(Failure::new("init-exists").with("file", target.display()));
    }
    let roots = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let mut definitions = Vec::new();
    for root in &roots {
        if root.is_dir() {
            let mut left = LOOKED_AT;
            let mut candidates = Vec::new();
            walk(root, &mut left, &mut candidates);
            candidates.sort();
            for path in candidates {
                // Most JSON of a repository is something else; only what has container definitions is meant.
                if let Ok(definition) = files::task_definition(&path)
                    && !definition.containers.is_empty()
                {
                    definitions.push((path, definition));
                }
            }
        } else {
            definitions.push((root.clone(), files::task_definition(root)?));
        }
    }
    if definitions.is_empty() {
        return Err(
            Failure::new("init-nothing").with("paths", roots.iter().map(|root| root.display().to_string()).collect::<Vec<_>>().join(", "))
        );
    }
    let name = arguments.name.clone().unwrap_or_else(|| directory_name(&target));
    let base = target.parent().unwrap_or(Path::new(""));
    let draft = draft::draft(&name, base, &definitions);
    // What we draft, we can read: a draft that its own reader refuses is never written.
    sekisho_read::manifest(&target.display().to_string(), draft.text.as_bytes())?;
    if arguments.dry_run {
        session.print(&draft.text);
    } else {
        files::write_new(&target, &draft.text)?;
    }
    let args = [
        ("file", target.display().to_string()),
        ("definitions", definitions.len().to_string()),
        ("services", draft.services.to_string()),
        ("secrets", draft.secrets.to_string()),
        ("environments", draft.environments.join(", ")),
    ];
    session.tell(if arguments.dry_run { "init-would-write" } else { "init-wrote" }, &args);
    for (id, text) in &draft.left_out {
        session.tell(id, &[("text", text.clone())]);
    }
    Ok(0)
}

/// JSON files below `directory`, symbolic links, hidden directories and dependencies aside.
fn walk(directory: &Path, left: &mut usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_dir() && !name.starts_with('.') && !matches!(&*name, "node_modules" | "target" | "vendor") {
            walk(&path, left, found);
        } else if kind.is_file() && name.ends_with(".json") {
            found.push(path.strip_prefix("./").map(Path::to_owned).unwrap_or(path));
        }
    }
}

fn directory_name(target: &Path) -> String {
    let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let full = std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    let name = full.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    draft::identifier(&name).unwrap_or_else(|| "project".to_owned())
}

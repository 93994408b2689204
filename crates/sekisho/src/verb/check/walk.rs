//! The walk through a tree: which files may hold something of ours. It follows no link, opens nothing but `.gitignore`, and has an end.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use sekisho_engine::file::{FileFact, FileKind};
use sekisho_report::Looked;

use super::open;
use crate::failure::Failure;

/// Most files and directories that are looked at.
const ENTRIES: usize = 200_000;
/// Deepest directory.
const DEPTH: usize = 64;
/// Largest `.gitignore` that counts, in bytes, and most lines of it: each becomes a pattern that every name is compared with.
const IGNORE_BYTES: usize = 256 * 1024;
const IGNORE_LINES: usize = 5_000;

/// Directories in which tools keep what is theirs. Other hidden directories are entered: `.aws/task-definition.json` is a usual place.
const TOOLS: [&str; 22] = [
    ".git",
    ".hg",
    ".svn",
    ".jj",
    ".terraform",
    ".terragrunt-cache",
    ".venv",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".cache",
    ".npm",
    ".yarn",
    ".pnpm-store",
    ".gradle",
    ".next",
    ".nuxt",
    ".idea",
    ".direnv",
    "node_modules",
];

/// A file that may hold something of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Its path, as the user would write it.
    pub(super) path: PathBuf,
    /// Whether the user named it.
    pub(super) named: bool,
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Files to read, in order.
    pub(super) candidates: Vec<Candidate>,
    /// What was seen.
    pub(super) looked: Looked,
    /// What has to be told.
    pub(super) facts: Vec<FileFact>,
    /// The canonical directories that were walked through.
    pub(super) directories: Vec<PathBuf>,
    terraform: Option<(PathBuf, usize)>,
    entries: usize,
}

/// What a file's name says about it.
enum Kind {
    Candidate,
    Terraform,
    Other,
}

/// Walks through `roots`.
///
/// # Errors
/// One of them is not there.
pub(super) fn walk(roots: &[PathBuf]) -> Result<Walk, Failure> {
    let mut walk = Walk::default();
    for root in roots {
        let canonical = std::fs::canonicalize(root).map_err(|error| Failure::file("file-unreadable", root, &error))?;
        if canonical.is_dir() {
            let mut ignores = above(&canonical);
            let shown = if root == Path::new(".") { Path::new("") } else { root.strip_prefix("./").unwrap_or(root) };
            walk.directory(&canonical, shown, 0, &mut ignores, &canonical);
            walk.directories.push(canonical);
        } else {
            walk.looked.files += 1;
            match kind_of(root) {
                Kind::Terraform => walk.terraform(root),
                // Whatever its name: it was named.
                Kind::Candidate | Kind::Other => walk.candidates.push(Candidate { path: root.clone(), named: true }),
            }
        }
    }
    if let Some((first, count)) = &walk.terraform {
        let fact = FileFact::of(&shown(first), FileKind::NotLookedAt, "not-looked-at").with("limit", "terraform").with("count", count);
        walk.facts.push(fact.with("most", 0));
    }
    Ok(walk)
}

/// A path in messages.
pub(super) fn shown(path: &Path) -> Arc<str> {
    path.display().to_string().into()
}

impl Walk {
    /// `real` is the directory, `display` how the user would write it.
    fn directory(&mut self, real: &Path, display: &Path, depth: usize, ignores: &mut Vec<Gitignore>, root: &Path) {
        if depth > DEPTH {
            self.looked.left_out += 1;
            self.limit(display, "depth", DEPTH);
            return;
        }
        let entries = match std::fs::read_dir(real) {
            Ok(entries) => entries,
            Err(error) => {
                self.looked.refused += 1;
                self.facts.push(unreadable(display, &crate::failure::cause(&error)));
                return;
            }
        };
        let mut entries: Vec<_> = entries.flatten().take(ENTRIES + 1).collect();
        // A configuration of ecspresso says what the files beside it are.
        entries.sort_by_key(|entry| (!entry.file_name().to_string_lossy().starts_with("ecspresso"), entry.file_name()));
        let before = ignores.len();
        ignores.extend(ignores_of(real));
        let mut directories = Vec::new();
        for entry in entries {
            if self.entries == ENTRIES {
                if self.looked.left_out == 0 {
                    self.limit(display, "files", ENTRIES);
                }
                self.looked.left_out += 1;
                continue;
            }
            self.entries += 1;
            let Ok(kind) = entry.file_type() else { continue };
            let name = entry.file_name();
            let path = display.join(&name);
            if kind.is_dir() && TOOLS.iter().any(|tool| name == *tool) {
                self.looked.skipped += 1;
            } else if is_ignored(ignores, &entry.path(), kind.is_dir()) {
                self.looked.ignored += 1;
            } else if kind.is_dir() {
                directories.push((entry.path(), path));
            } else if kind.is_symlink() {
                self.link(&entry.path(), &path, root);
            } else {
                self.file(path, kind.is_file());
            }
        }
        for (real, display) in directories {
            self.directory(&real, &display, depth + 1, ignores, root);
        }
        ignores.truncate(before);
    }

    fn file(&mut self, path: PathBuf, is_regular: bool) {
        self.looked.files += 1;
        match kind_of(&path) {
            Kind::Other => self.looked.not_ours += 1,
            Kind::Candidate | Kind::Terraform if !is_regular => {
                self.looked.refused += 1;
                self.facts.push(unreadable(&path, "special"));
            }
            Kind::Terraform => self.terraform(&path),
            Kind::Candidate => self.candidates.push(Candidate { path, named: false }),
        }
    }

    /// A link within the tree leads to what is looked at anyway; one that leads out of it is told, where its name says that it would matter.
    fn link(&mut self, real: &Path, path: &Path, root: &Path) {
        self.looked.links += 1;
        let leads_out = std::fs::canonicalize(real).is_ok_and(|target| !target.starts_with(root));
        if leads_out && matches!(kind_of(path), Kind::Candidate) {
            self.looked.left_out += 1;
            self.facts.push(FileFact::of(&shown(path), FileKind::NotLookedAt, "not-looked-at").with("limit", "outside").with("most", 0));
        }
    }

    fn terraform(&mut self, path: &Path) {
        self.looked.terraform += 1;
        let (_, count) = self.terraform.get_or_insert_with(|| (path.to_owned(), 0));
        *count += 1;
    }

    fn limit(&mut self, directory: &Path, limit: &str, most: usize) {
        let name = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        self.facts.push(FileFact::of(&shown(name), FileKind::NotLookedAt, "not-looked-at").with("limit", limit).with("most", most));
    }
}

/// A file that cannot be read, because `reason`.
pub(super) fn unreadable(path: &Path, reason: &str) -> FileFact {
    FileFact::of(&shown(path), FileKind::Unreadable, "unreadable-file").with("reason", reason)
}

fn kind_of(path: &Path) -> Kind {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&[".tf", ".tf.json", ".tfvars", ".tfvars.json", ".tofu"]) {
        Kind::Terraform
    } else if ends(&[".json", ".jsonc", ".json5", ".yml", ".yaml", ".template", ".jsonnet", ".libsonnet"]) {
        Kind::Candidate
    } else {
        Kind::Other
    }
}

/// The patterns of the directories above `directory`, up to its repository's root.
fn above(directory: &Path) -> Vec<Gitignore> {
    let mut upwards: Vec<&Path> = Vec::new();
    if !directory.join(".git").exists() {
        for parent in directory.ancestors().skip(1) {
            upwards.push(parent);
            if parent.join(".git").exists() {
                return upwards.into_iter().rev().flat_map(ignores_of).collect();
            }
        }
    }
    Vec::new()
}

/// The patterns of one directory. Read like every other file: a `.gitignore` that is a pipe must not stop the walk.
fn ignores_of(directory: &Path) -> Option<Gitignore> {
    let mut patterns = Vec::new();
    for file in [directory.join(".gitignore"), directory.join(".git/info/exclude")] {
        let Ok(bytes) = open::read(&file, false) else { continue };
        if bytes.len() <= IGNORE_BYTES {
            patterns.extend(String::from_utf8_lossy(&bytes).lines().take(IGNORE_LINES).map(str::to_owned));
        }
    }
    if patterns.is_empty() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(directory);
    for pattern in patterns {
        // Git passes over a pattern that it cannot read.
        let _ = builder.add_line(None, &pattern);
    }
    builder.build().ok()
}

/// The deepest `.gitignore` that says something about `path` decides.
fn is_ignored(ignores: &[Gitignore], path: &Path, is_directory: bool) -> bool {
    let told = ignores.iter().rev().map(|ignore| ignore.matched(path, is_directory)).find(|told| !told.is_none());
    told.is_some_and(|told| told.is_ignore())
}

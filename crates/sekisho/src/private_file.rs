//! Files that hold values: new, for their owner alone, and nowhere where git would pick them up unseen (design §9).

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sekisho_model::Secret;

use crate::failure::Failure;

/// Refuses a path where something is already, even a symbolic link that leads nowhere, and one that git tracks.
pub(crate) fn may_be_made(path: &Path) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        return Err(Failure::new("file-unwritable").with("file", path.display()).with("cause", "exists"));
    }
    match tracked(path) {
        Tracked::No => Ok(()),
        Tracked::Yes => Err(Failure::new("file-tracked").with("file", path.display())),
        Tracked::Unknown => Err(Failure::new("file-tracked-unknown").with("file", path.display())),
    }
}

/// Writes a new file of mode 0600. Nothing that exists is replaced, and no symbolic link at its end is followed. What could not be written whole is removed.
pub(crate) fn write(path: &Path, text: &Secret<String>) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::file("file-unwritable", path, &error);
    may_be_made(path)?;
    // O_EXCL makes no file through a symbolic link.
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(fail)?;
    let written = file.write_all(text.expose().as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = std::fs::remove_file(path);
        fail(error)
    })
}

enum Tracked {
    Yes,
    No,
    /// There is a repository, and git could not be asked or did not answer.
    Unknown,
}

/// Whether git tracks `path`. Only git can tell: its index has four formats, and may lie elsewhere.
fn tracked(path: &Path) -> Tracked {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(directory), Some(name)) = (parent.canonicalize(), path.file_name()) else { return Tracked::No };
    if repository(&directory).is_none() {
        return Tracked::No;
    }
    let mut git = Command::new("git");
    // A hook that the repository itself names would run with our rights.
    git.args(["-c", "core.fsmonitor=false", "--literal-pathspecs", "ls-files", "--error-unmatch", "--"]).arg(name).current_dir(&directory);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"] {
        git.env_remove(variable);
    }
    let answer = git.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null()).output();
    let Ok(answer) = answer else { return Tracked::Unknown };
    match answer.status.code() {
        Some(0) => Tracked::Yes,
        Some(1) => Tracked::No,
        // A directory `.git` that is no repository.
        Some(128) if String::from_utf8_lossy(&answer.stderr).contains("not a git repository") => Tracked::No,
        _ => Tracked::Unknown,
    }
}

/// The repository that `directory` is in.
fn repository(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().map(|above| above.join(".git")).find(|git| git.exists())
}

//! Files that the readers read: found, checked, bounded.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sekisho_engine::file::FileFact;
use sekisho_model::Fact;
use sekisho_model::declaration::Declaration;
use sekisho_model::task_definition::TaskDefinition;
use sekisho_read::{Reading, TerraformState};

use crate::failure::Failure;

/// The manifest's name.
pub(crate) const MANIFEST: &str = "sekisho.toml";
/// Largest file that is read, in bytes; readers have smaller limits of their own.
const LIMIT: u64 = 64 * 1024 * 1024;

/// A manifest that was read.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Its path.
    pub(crate) path: PathBuf,
    /// What it declares.
    pub(crate) declaration: Declaration,
}

impl Manifest {
    /// Its directory, against which the paths in it are resolved.
    pub(crate) fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }
}

/// The manifest: `named`, or the only one found upwards from the working directory, not beyond the repository's root. `None` where there is none.
pub(crate) fn manifest(named: Option<&Path>) -> Result<Option<Manifest>, Failure> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match find_upwards()? {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let meta = std::fs::metadata(&path).map_err(|error| Failure::file("manifest-unreadable", &path, &error))?;
    if !meta.is_file() {
        return Err(Failure::new("file-not-regular").with("file", path.display()));
    }
    let user = rustix::process::geteuid().as_raw();
    if meta.uid() != user && meta.uid() != 0 {
        return Err(Failure::new("manifest-foreign").with("file", path.display()).with("owner", meta.uid()));
    }
    if meta.mode() & 0o002 != 0 {
        return Err(Failure::new("manifest-world-writable").with("file", path.display()));
    }
    let bytes = read(&path)?;
    let declaration = sekisho_read::manifest(&path.display().to_string(), &bytes)?;
    if let Some(required) = &declaration.required_version
        && sekisho_read::manifest::satisfied(&required.value, env!("CARGO_PKG_VERSION")) != Ok(true)
    {
        let failure = Failure::new("manifest-version").with("required", &required.value).with("version", env!("CARGO_PKG_VERSION"));
        return Err(failure.at(Some(&required.place)));
    }
    Ok(Some(Manifest { path, declaration }))
}

/// Two manifests on the way up are refused: which of them is meant decides which account is written to.
fn find_upwards() -> Result<Option<PathBuf>, Failure> {
    let start = std::env::current_dir().map_err(|error| Failure::file("manifest-unreadable", Path::new("."), &error))?;
    let mut found: Option<PathBuf> = None;
    for directory in start.ancestors() {
        let candidate = directory.join(MANIFEST);
        if candidate.is_file() {
            let shown = candidate.strip_prefix(&start).map(Path::to_owned).unwrap_or(candidate);
            match &found {
                None => found = Some(shown),
                Some(first) => return Err(Failure::new("manifest-two").with("first", first.display()).with("second", shown.display())),
            }
        }
        if directory.join(".git").exists() {
            break;
        }
    }
    Ok(found)
}

/// The content of a regular file of at most 64 MiB.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_up_to(path, LIMIT)
}

/// The content of a regular file of at most `limit` bytes.
pub(crate) fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let fail = |error| Failure::file("file-unreadable", path, &error);
    let meta = std::fs::metadata(path).map_err(fail)?;
    if !meta.is_file() {
        return Err(Failure::new("file-not-regular").with("file", path.display()));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(fail)?.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > limit {
        return Err(Failure::new("file-large").with("file", path.display()).with("limit", limit / 1024 / 1024));
    }
    Ok(bytes)
}

/// A task definition from a file.
pub(crate) fn task_definition(path: &Path) -> Result<TaskDefinition, Failure> {
    let bytes = read(path)?;
    Ok(sekisho_read::task_definition_with(&path.display().to_string(), &bytes, &reading(path))?)
}

/// What was read over in the task definition at `path`, of each kind the first: other programs refuse it.
pub(crate) fn tolerated(path: &Path) -> Vec<FileFact> {
    let file: Arc<str> = path.display().to_string().into();
    let notes = read(path).map(|bytes| sekisho_read::task_definition::notes(&file, &bytes)).unwrap_or_default();
    FileFact::tolerated(&file, notes.into_iter().map(|note| (note.code, note.place, note.args)))
}

/// The environment variables that templates may read: set once by `--allow-env`, before any file is opened.
static ALLOWED: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// Lets the templates of definitions read this process's environment.
pub(crate) fn allow_environment() {
    ALLOWED.get_or_init(|| {
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect()
    });
}

/// What templates may read of this process's environment; `None` where nobody allowed it.
pub(crate) fn allowed_environment() -> Option<BTreeMap<String, String>> {
    ALLOWED.get().cloned()
}

/// What is at hand for the definition at `path`, which the user named: the environment where it is allowed, and the Terraform states that ecspresso's
/// configuration beside it names. A state that is not there or cannot be read leaves unknown what it would have told.
fn reading(path: &Path) -> Reading {
    let mut reading = Reading { allow_env: allowed_environment(), ..Reading::default() };
    let configuration = ["ecspresso.yml", "ecspresso.yaml", "ecspresso.json"].into_iter().find_map(|name| {
        let file = path.with_file_name(name);
        let read = sekisho_read::document(&file.display().to_string(), &read(&file).ok()?, &reading).ok()?;
        read.ecspresso
    });
    for plugin in configuration.into_iter().flat_map(|configuration| configuration.plugins) {
        let is_state = plugin.name.value().is_some_and(|name| name == "tfstate");
        let Some(state) = plugin.path.as_ref().and_then(Fact::value).filter(|_| is_state) else { continue };
        let file = path.parent().unwrap_or(Path::new(".")).join(state);
        if let Ok(bytes) = self::read(&file)
            && let Ok(state) = TerraformState::read(&file.display().to_string(), &bytes)
        {
            reading.states.insert(plugin.prefix, state);
        }
    }
    reading
}

/// Writes a file, whole or not at all, in place of what was there: a temporary file beside it, renamed. It keeps the mode of what it replaces.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::file("file-unwritable", path, &error);
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => meta.mode() & 0o7777,
        Ok(_) => return Err(Failure::new("file-not-regular").with("file", path.display())),
        Err(_) => 0o644,
    };
    let mut file = tempfile::NamedTempFile::new_in(directory).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode)).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Writes a new file, whole or not at all: a temporary file beside it, renamed. An existing file is left as it is.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::file("file-unwritable", path, &error);
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(directory).map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    file.as_file().set_permissions(readable).map_err(fail)?;
    file.persist_noclobber(path).map_err(|error| fail(error.error))?;
    Ok(())
}

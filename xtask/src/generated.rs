//! Files that are made from the code, and committed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::workspace::root;

/// The files that a verb makes, by their paths below the root.
#[derive(Debug, Default)]
pub(crate) struct Generated {
    files: BTreeMap<PathBuf, String>,
    /// Directories in which no other file may stand.
    owned: Vec<PathBuf>,
}

impl Generated {
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, text: String) {
        self.files.insert(path.into(), text);
    }

    pub(crate) fn owns(&mut self, directory: impl Into<PathBuf>) {
        self.owned.push(directory.into());
    }

    /// What is not as it would be made, one line each.
    pub(crate) fn differences(&self) -> anyhow::Result<Vec<String>> {
        let mut lines = Vec::new();
        for (path, text) in &self.files {
            match std::fs::read(root().join(path)) {
                Ok(found) if found == text.as_bytes() => {}
                Ok(_) => lines.push(format!("{} is out of date", path.display())),
                Err(_) => lines.push(format!("{} is missing", path.display())),
            }
        }
        lines.extend(self.strays()?.iter().map(|path| format!("{} is made from nothing", path.display())));
        Ok(lines)
    }

    fn strays(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut strays = Vec::new();
        for directory in &self.owned {
            let Ok(entries) = std::fs::read_dir(root().join(directory)) else { continue };
            for entry in entries {
                let path = directory.join(entry?.file_name());
                if !self.files.contains_key(&path) {
                    strays.push(path);
                }
            }
        }
        strays.sort();
        Ok(strays)
    }

    fn write(&self) -> anyhow::Result<()> {
        for path in self.strays()? {
            std::fs::remove_file(root().join(&path)).with_context(|| format!("{} cannot be removed", path.display()))?;
        }
        for (path, text) in &self.files {
            let whole = root().join(path);
            std::fs::create_dir_all(whole.parent().unwrap_or(Path::new(".")))?;
            std::fs::write(&whole, text).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(())
    }

    /// Runs a generating verb: writes the files, or with `--check` says what is not up to date.
    pub(crate) fn run(&self, verb: &str, arguments: &[String]) -> anyhow::Result<bool> {
        match arguments {
            [] => self.write().map(|()| true),
            [only] if only == "--check" => {
                let differences = self.differences()?;
                for line in &differences {
                    eprintln!("{line}: run `cargo xtask {verb}`");
                }
                Ok(differences.is_empty())
            }
            _ => bail!("`cargo xtask {verb}` takes `--check` or nothing"),
        }
    }
}

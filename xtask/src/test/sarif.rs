//! The official schema of SARIF 2.1.0, for the tests that hold our output against it. It is somebody else's file: it is fetched, not committed.

use std::process::Command;

use anyhow::{Context as _, ensure};

use super::python;
use crate::workspace::root;

/// An npm package that brings the schema of the OASIS committee, and the schema's path in it.
const PACKAGE: &str = "@microsoft/jest-sarif@1.0.0-beta.0";
const MEMBER: &str = "package/lib/schemas/sarif-2.1.0-rtm.5.json";

/// Puts the schema beside the virtual environment, where it is missing.
pub(super) fn prepare() -> anyhow::Result<()> {
    python::prepare()?;
    let schema = root().join(".venv/sarif-2.1.0.json");
    if schema.exists() {
        return Ok(());
    }
    let directory = root().join(".venv/sarif");
    std::fs::create_dir_all(&directory).context("the directory for the schema cannot be made")?;
    let packed = Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&directory).arg(PACKAGE).output();
    let packed = packed.context("npm cannot be started")?;
    ensure!(packed.status.success(), "npm pack {PACKAGE} failed");
    let archive = directory.join(String::from_utf8_lossy(&packed.stdout).trim());
    let unpacked = Command::new("tar").arg("-xzOf").arg(&archive).arg(MEMBER).output().context("tar cannot be started")?;
    ensure!(unpacked.status.success() && !unpacked.stdout.is_empty(), "{PACKAGE} has no {MEMBER}");
    std::fs::write(&schema, unpacked.stdout).context("the schema cannot be written")
}

//! The virtual environment of the tests that drive the embedded AWS with real clients.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::workspace::{root, works};

/// Every package with its version. `xtask/requirements.txt` says how it is renewed.
const REQUIREMENTS: &str = include_str!("../../requirements.txt");

/// What was installed last. Written when all is there.
const STAMP: &str = "sekisho-requirements.txt";

/// Makes `.venv` in the root where it is missing or older than the requirements.
pub(crate) fn prepare() -> anyhow::Result<()> {
    let environment: PathBuf = root().join(".venv");
    let python = environment.join("bin/python");
    let stamp = environment.join(STAMP);
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) && works(&python, &["-c", "import boto3, moto"]) {
        return Ok(());
    }
    eprintln!("preparing .venv for the tests that need Python");
    let _ = std::fs::remove_file(&stamp);
    if !works(&python, &["-m", "pip", "--version"]) {
        let mut make = Command::new("python3");
        run(make.args(["-m", "venv", "--clear"]).arg(&environment)).context("the virtual environment cannot be made")?;
    }
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"]);
    run(install.arg(root().join("xtask/requirements.txt"))).context("the Python packages cannot be installed")?;
    std::fs::write(&stamp, REQUIREMENTS).context("the stamp cannot be written")
}

/// Its output belongs to the error, in one line: a skip line holds it.
fn run(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} cannot be started"))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
    ensure!(output.status.success(), "{}", last.trim());
    Ok(())
}

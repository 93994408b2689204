//! `cargo xtask bench NAME`: measurements that print their numbers. One file each.

mod check;
mod detect;
mod iam;
mod stores;
mod who_can;

use std::process::Command;

use anyhow::{Context as _, bail};

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => check::run(),
        ["detect"] => detect::run(None),
        ["detect", set] => detect::run(Some(set)),
        ["iam"] => optimised("iam", iam::run),
        ["stores"] => optimised("stores", stores::run),
        ["who-can"] => optimised("who-can", who_can::run),
        _ => bail!("`cargo xtask bench` takes the name of a measurement: check, detect [SET], iam, stores, who-can"),
    }
}

/// Runs a measurement of time in a build that is optimised, which `cargo xtask` by itself is not.
fn optimised(name: &str, measure: impl Fn() -> anyhow::Result<bool>) -> anyhow::Result<bool> {
    if !cfg!(debug_assertions) {
        return measure();
    }
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench", name])
        .current_dir(crate::workspace::root())
        .status()
        .context("cargo cannot be started")?;
    Ok(status.success())
}

//! `cargo xtask test [ARG…]`: the whole test suite, by cargo-nextest, or by cargo itself where that is missing.
//!
//! A test that needs more than Rust lives in a module `needs_WHAT`. Where WHAT is missing these tests are left out, and a line says so: they never count as
//! passed.

mod needs;
pub(crate) mod python;
mod sarif;

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::workspace::{root, works};
use needs::Missing;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let missing = needs::missing()?;
    if works("cargo", &["nextest", "--version"]) {
        with_nextest(arguments, &missing)
    } else {
        eprintln!("cargo-nextest is missing (`cargo install --locked cargo-nextest`): using `cargo test`");
        with_cargo(arguments, &missing)
    }
}

fn say(missing: &[Missing], tests: &[String]) {
    for Missing { module, because } in missing {
        let left_out = tests.iter().filter(|test| test.split("::").any(|part| part == module)).count();
        println!("skipped, because {because}: {module} ({left_out} tests)");
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root());
    command
}

fn with_nextest(arguments: &[String], missing: &[Missing]) -> anyhow::Result<bool> {
    let packages = needs::package_arguments(arguments);
    let workspace: &[&str] = if packages.is_empty() { &["--workspace"] } else { &[] };
    if !missing.is_empty() {
        let mut list = cargo(&["nextest", "list", "--message-format", "json"]);
        let output = list.args(workspace).args(&packages).stderr(Stdio::inherit()).output().context("cargo cannot be started")?;
        ensure!(output.status.success(), "the tests cannot be listed");
        say(missing, &listed_by_nextest(&output.stdout)?);
    }
    let status = cargo(&["nextest", "run"]).args(workspace).args(needs::filtered(arguments, missing)).status();
    Ok(status.context("cargo cannot be started")?.success())
}

fn listed_by_nextest(json: &[u8]) -> anyhow::Result<Vec<String>> {
    let listing: Value = serde_json::from_slice(json).context("nextest's list is no JSON")?;
    let suites = listing.get("rust-suites").and_then(Value::as_object).context("nextest's list has no suites")?;
    let cases = suites.values().filter_map(|suite| suite.get("testcases").and_then(Value::as_object));
    Ok(cases.flat_map(|cases| cases.keys().cloned()).collect())
}

fn with_cargo(arguments: &[String], missing: &[Missing]) -> anyhow::Result<bool> {
    let (ours, theirs) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (arguments.get(..at).unwrap_or_default(), arguments.get(at + 1..).unwrap_or_default()),
        None => (arguments, &[][..]),
    };
    if ours.iter().any(|argument| argument.starts_with("-E") || argument.starts_with("--filter")) {
        bail!("filter expressions need cargo-nextest");
    }
    let packages = needs::package_arguments(ours);
    let workspace: &[&str] = if packages.is_empty() { &["--workspace"] } else { &[] };
    if !missing.is_empty() {
        let list = cargo(&["test"]).args(workspace).args(&packages).args(["--", "--list"]).stderr(Stdio::inherit()).output();
        let list = list.context("cargo cannot be started")?;
        ensure!(list.status.success(), "the tests cannot be listed");
        let names = String::from_utf8_lossy(&list.stdout);
        say(missing, &names.lines().filter_map(|line| line.strip_suffix(": test").map(str::to_owned)).collect::<Vec<_>>());
    }
    let mut command = cargo(&["test", "--no-fail-fast"]);
    command.args(workspace).args(ours).arg("--").args(theirs);
    for Missing { module, .. } in missing {
        command.args(["--skip", &format!("{module}::")]);
    }
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo cannot be started")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let (mut passed, mut failed) = (0, 0);
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some((more_passed, more_failed)) = result(&line) {
            passed += more_passed;
            failed += more_failed;
        }
    }
    let success = child.wait()?.success();
    println!("{passed} passed, {failed} failed");
    Ok(success)
}

/// `test result: ok. 3 passed; 0 failed; …`
fn result(line: &str) -> Option<(u64, u64)> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |word| counts.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some((count("passed")?, count("failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_cargo_test_are_read() {
        assert_eq!(
            result("test result: FAILED. 11 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s"),
            Some((11, 2))
        );
        assert_eq!(result("running 3 tests"), None);
    }

    #[test]
    fn nextests_list_is_read() {
        let json = br#"{"rust-suites":{"a::b":{"testcases":{"needs_x::one":{},"two":{}}}}}"#;
        assert_eq!(listed_by_nextest(json).unwrap(), ["needs_x::one", "two"]);
    }
}

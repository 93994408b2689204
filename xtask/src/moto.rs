//! `cargo xtask moto`: moto's own tests of the stores, taken from its source distribution, against the embedded AWS in test mode.
//!
//! They are downloaded when this runs and never committed. What fails must stand in `xtask/moto/skipped.txt` with a reason, and what stands there must
//! fail: a list that nobody holds to the truth would only grow.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

use crate::test::python;
use crate::workspace::{read, root};

const VERSION: &str = "5.2.5";
const SKIPPED: &str = "xtask/moto/skipped.txt";

/// A set of moto's tests: its name in the list of skipped ones, what pytest is given, and how many tests must pass at least.
struct Suite {
    name: &'static str,
    directory: &'static str,
    files: &'static [&'static str],
    chosen: &'static str,
    at_least: usize,
}

const SUITES: [Suite; 2] = [
    Suite {
        name: "ssm",
        directory: "tests/test_ssm",
        files: &["test_ssm.py", "test_ssm_parameterstore.py", "test_ssm_secretsmanager.py", "test_ssm_utils.py"],
        chosen: "(param or label or tag or secret or path or history) and not command and not document and not windows",
        at_least: 105,
    },
    Suite { name: "secretsmanager", directory: "tests/test_secretsmanager", files: &[""], chosen: "not lambda", at_least: 145 },
];

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    ensure!(arguments.is_empty(), "moto takes no arguments");
    if let Err(error) = python::prepare() {
        println!("skipped, because {error:#}");
        return Ok(true);
    }
    let sources = match sources() {
        Ok(sources) => sources,
        Err(error) => {
            println!("skipped, because moto's sources cannot be had: {error:#}");
            return Ok(true);
        }
    };
    let skipped = skipped(&read(SKIPPED)?)?;
    let program = build()?;
    let (mut passed, mut failed) = (0, 0);
    for suite in &SUITES {
        let outcome = pytest(suite, &sources, &program)?;
        let known = skipped.get(suite.name).cloned().unwrap_or_default();
        let problems = judge(&outcome, &known, suite.at_least);
        println!(
            "{}: {} of {} pass, {} are left out with a reason",
            suite.name,
            outcome.passed,
            outcome.passed + outcome.failed.len(),
            known.intersection(&outcome.failed).count()
        );
        problems.iter().for_each(|problem| println!("  {problem}"));
        passed += outcome.passed;
        failed += problems.len();
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

/// What pytest said.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    passed: usize,
    failed: BTreeSet<String>,
}

/// What is wrong with an outcome.
fn judge(outcome: &Outcome, known: &BTreeSet<String>, at_least: usize) -> Vec<String> {
    let mut problems: Vec<String> = outcome.failed.difference(known).map(|test| format!("{test} fails")).collect();
    problems.extend(known.difference(&outcome.failed).map(|test| format!("{test} passes now, or is gone: take it out of {SKIPPED}")));
    if outcome.passed < at_least {
        problems.push(format!("{} pass, and at least {at_least} must", outcome.passed));
    }
    problems
}

/// The list of tests that are left out, by suite.
fn skipped(text: &str) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut skipped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [suite, test, reason] = parts.as_slice() else { bail!("{SKIPPED}:{}: `suite | test | reason` is expected", index + 1) };
        ensure!(SUITES.iter().any(|known| known.name == *suite), "{SKIPPED}:{}: there is no suite `{suite}`", index + 1);
        ensure!(!reason.trim().is_empty(), "{SKIPPED}:{}: a reason is missing", index + 1);
        skipped.entry((*suite).to_owned()).or_default().insert((*test).to_owned());
    }
    Ok(skipped)
}

/// moto's source distribution, unpacked below `target`.
fn sources() -> anyhow::Result<PathBuf> {
    let directory = root().join("target/moto");
    let unpacked = directory.join(format!("moto-{VERSION}"));
    if unpacked.join("tests/test_ssm").is_dir() {
        return Ok(unpacked);
    }
    std::fs::create_dir_all(&directory)?;
    let mut download = Command::new(root().join(".venv/bin/python"));
    download.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    download.args(["--no-binary", "moto", &format!("moto=={VERSION}"), "--dest"]).arg(&directory);
    let output = download.output().context("pip cannot be started")?;
    let archive = directory.join(format!("moto-{VERSION}.tar.gz"));
    let said = String::from_utf8_lossy(&output.stderr).trim().lines().next_back().unwrap_or("pip says nothing").to_owned();
    ensure!(archive.is_file(), "{said}");
    let status = Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&directory).status().context("tar cannot be started")?;
    ensure!(status.success(), "moto's archive cannot be unpacked");
    Ok(unpacked)
}

/// The program, built.
fn build() -> anyhow::Result<PathBuf> {
    let status = Command::new("cargo").args(["build", "--quiet", "--package", "sekisho"]).current_dir(root()).status()?;
    ensure!(status.success(), "sekisho cannot be built");
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().current_dir(root()).exec()?;
    Ok(metadata.target_directory.join("debug/sekisho").into_std_path_buf())
}

/// A server that ends when this is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(program: &Path, state: &Path, port: u16) -> anyhow::Result<Server> {
    let mut command = Command::new(program);
    command.arg("--state").arg(state).args(["local", "start", "--test-mode", "--port", &port.to_string()]);
    let mut server = Server(command.current_dir(state).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?);
    let began = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if server.0.try_wait()?.is_some() || began.elapsed() > Duration::from_secs(30) {
            let said = server.0.stderr.take().and_then(|said| BufReader::new(said).lines().next()?.ok()).unwrap_or_default();
            bail!("the embedded AWS does not start: {said}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(server)
}

fn pytest(suite: &Suite, sources: &Path, program: &Path) -> anyhow::Result<Outcome> {
    let state = root().join("target/moto").join(format!("state-{}", suite.name));
    let _ = std::fs::remove_dir_all(&state);
    std::fs::create_dir_all(&state)?;
    std::fs::set_permissions(&state, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let _server = serve(program, &state, port)?;
    let mut command = Command::new(root().join(".venv/bin/python"));
    command.args(["-m", "pytest", "-q", "-rfE", "--tb=no", "--color=no", "-p", "no:cacheprovider", "-W", "ignore", "--timeout", "15"]);
    command.args(suite.files.iter().map(|file| format!("{}/{file}", suite.directory))).args(["-k", suite.chosen]);
    let server = format!("http://127.0.0.1:{port}");
    command.env("TEST_SERVER_MODE", "true").env("TEST_SERVER_MODE_ENDPOINT", server).env("COLUMNS", "1000");
    command.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test").env("AWS_DEFAULT_REGION", "us-east-1");
    let output = command.current_dir(sources).output().context("pytest cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = outcome(&text, suite.directory);
    ensure!(outcome.passed > 0, "pytest ran nothing:\n{text}{}", String::from_utf8_lossy(&output.stderr));
    Ok(outcome)
}

/// Reads `-rfE` and the last line, such as `7 failed, 105 passed, 6 deselected in 31.48s`.
fn outcome(text: &str, directory: &str) -> Outcome {
    let mut outcome = Outcome::default();
    for line in text.lines() {
        let test = line.strip_prefix("FAILED ").or_else(|| line.strip_prefix("ERROR "));
        if let Some(test) = test.and_then(|test| test.strip_prefix(directory)?.strip_prefix('/')) {
            outcome.failed.insert(test.split_once(" - ").map_or(test, |(name, _)| name).to_owned());
        }
        if let Some((counts, _)) = line.rsplit_once(" in ")
            && let Some(passed) = counts.split(", ").find_map(|count| count.strip_suffix(" passed")?.trim().parse().ok())
        {
            outcome.passed = passed;
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pytests_words_are_read() {
        let text =
            "..F\nFAILED tests/test_ssm/test_ssm.py::test_x[a-b] - AssertionError: 1\n1 failed, 105 passed, 6 deselected in 31.48s\n";
        let failed = BTreeSet::from(["test_ssm.py::test_x[a-b]".to_owned()]);
        assert_eq!(outcome(text, "tests/test_ssm"), Outcome { passed: 105, failed });
    }

    #[test]
    fn both_a_new_failure_and_a_stale_reason_are_problems() {
        let outcome = Outcome { passed: 9, failed: BTreeSet::from(["a".to_owned(), "b".to_owned()]) };
        let known = BTreeSet::from(["b".to_owned(), "c".to_owned()]);
        let problems = judge(&outcome, &known, 10);
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(judge(&outcome, &outcome.failed, 9).is_empty());
    }

    #[test]
    fn the_committed_list_has_reasons() {
        let listed = skipped(&read(SKIPPED).unwrap()).unwrap();
        assert_eq!(listed.values().map(BTreeSet::len).sum::<usize>(), 17);
        assert!(skipped("ssm | a |  \n").is_err());
        assert!(skipped("elsewhere | a | b\n").is_err());
    }
}

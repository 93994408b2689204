//! `cargo xtask fuzz [--seconds N] [TARGET…]`: builds the fuzz targets with coverage and runs each for a while.
//!
//! cargo-fuzz asks for a nightly compiler only because of the sanitizers. Coverage itself is a pass of LLVM that the stable compiler can be told to run,
//! and a safe program has little that an address sanitizer would find.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};
use cargo_metadata::Message;

/// What cargo-fuzz passes too, without the sanitizer. Only for the target: build scripts and macros have no fuzzer to report to.
const FLAGS: [&str; 8] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Clink-dead-code",
    "--cfg=fuzzing",
];

/// The target that needs the embedded AWS, and with it the feature of the fuzz crate.
const NEEDS_LOCAL: &str = "endpoint_request";

/// Runs the verb: `args` are what stands behind `fuzz`. Without a target all of them run, one after the other, for 60 seconds each or `--seconds`.
///
/// # Errors
/// Wrong arguments, a build that fails, or a finding: then the input is under `fuzz/artifacts/`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace has a root")?.join("fuzz");
    let known = targets(&directory)?;
    let (seconds, chosen) = arguments(args, &known)?;
    let mut found = Vec::new();
    for target in &chosen {
        let program = build(&directory, target)?;
        if !fuzz(&directory, target, &program, seconds)? {
            found.push(target.as_str());
        }
    }
    ensure!(found.is_empty(), "findings in {}: the inputs are in fuzz/artifacts; add each as a test before mending it", found.join(", "));
    Ok(())
}

/// The targets are the files in `fuzz/targets`.
fn targets(directory: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory.join("targets")).context("fuzz/targets cannot be read")? {
        let path = entry?.path();
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn arguments(args: &[String], known: &[String]) -> anyhow::Result<(u64, Vec<String>)> {
    let mut seconds = 60;
    let mut chosen = Vec::new();
    let mut args = args.iter();
    while let Some(argument) = args.next() {
        if argument == "--seconds" {
            let number = args.next().context("`--seconds` needs a number")?;
            seconds = number.parse().with_context(|| format!("`{number}` is no number of seconds"))?;
        } else if known.contains(argument) {
            chosen.push(argument.clone());
        } else {
            bail!("`{argument}` is no fuzz target: there are {}", known.join(", "));
        }
    }
    Ok((seconds, if chosen.is_empty() { known.to_vec() } else { chosen }))
}

/// Builds `target` and returns the program.
fn build(directory: &Path, target: &str) -> anyhow::Result<PathBuf> {
    let mut command = Command::new("cargo");
    command
        .args(["build", "--release", "--locked", "--message-format=json-render-diagnostics", "--bin", target])
        // With a target named, the flags are not used for build scripts and macros.
        .args(["--target", &host()?])
        .arg("--manifest-path")
        .arg(directory.join("Cargo.toml"))
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .stdout(Stdio::piped());
    if target == NEEDS_LOCAL {
        command.args(["--features", "local"]);
    }
    let mut child = command.spawn().context("cargo cannot be started")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut program = None;
    for message in Message::parse_stream(BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message.context("cargo's messages cannot be read")?
            && artifact.target.name == target
        {
            program = artifact.executable.or(program);
        }
    }
    ensure!(child.wait()?.success(), "the fuzz target {target} does not build");
    Ok(program.context("cargo names no program")?.into())
}

/// Fuzzes for `seconds`. False where an input was found that breaks a law.
fn fuzz(directory: &Path, target: &str, program: &Path, seconds: u64) -> anyhow::Result<bool> {
    let (corpus, artifacts, seeds) =
        (directory.join("corpus").join(target), directory.join("artifacts").join(target), directory.join("seeds").join(target));
    for made in [&corpus, &artifacts] {
        std::fs::create_dir_all(made).with_context(|| format!("{} cannot be made", made.display()))?;
    }
    let flag = |name: &str, path: PathBuf, end: &str| {
        let mut flag = OsString::from(name);
        flag.push(path);
        flag.push(end);
        flag
    };
    let status = Command::new(program)
        // New inputs go into the first directory; the seeds are only read.
        .arg(corpus)
        .arg(seeds)
        .arg(flag("-artifact_prefix=", artifacts, "/"))
        .arg(flag("-dict=", directory.join("dictionaries").join(target).with_extension("dict"), ""))
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .status()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    Ok(status.success())
}

/// The compiler's own target.
fn host() -> anyhow::Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not name its host")?;
    Ok(host.to_owned())
}

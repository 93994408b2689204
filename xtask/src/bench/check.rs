//! `cargo xtask bench check`: 1,000 task definitions in 5 MB, read and judged by the release build. The goal is 0.2 s and 60 MB.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::workspace::root;

const DEFINITIONS: usize = 1_000;
/// Bytes of each.
const SIZE: usize = 5_000;
const RUNS: usize = 11;

pub(super) fn run() -> anyhow::Result<bool> {
    let built = Command::new("cargo").args(["build", "--release", "-p", "sekisho"]).current_dir(root()).status()?;
    ensure!(built.success(), "the release build failed");
    let tree = root().join("target/bench/check");
    let _ = std::fs::remove_dir_all(&tree);
    let mut bytes = 0;
    for number in 0..DEFINITIONS {
        let directory = tree.join(format!("service-{:02}", number % 50));
        std::fs::create_dir_all(&directory)?;
        let text = definition(number);
        bytes += text.len();
        std::fs::write(directory.join(format!("definition-{number:04}.json")), text)?;
    }
    println!("{DEFINITIONS} definitions, {:.1} MB", bytes as f64 / 1e6);
    let program = root().join("target/release/sekisho");
    let mut times = Vec::new();
    let mut peak = 0;
    for _ in 0..RUNS {
        let begin = Instant::now();
        // The shell's own time tells the peak of memory where the system has it.
        let output = Command::new("/usr/bin/env")
            .args(["time", "-f", "%M"])
            .arg(&program)
            .args(["check", "--output", "json", "."])
            .current_dir(&tree)
            .output()
            .context("`time` is needed to measure memory")?;
        times.push(begin.elapsed());
        let told = String::from_utf8_lossy(&output.stderr);
        peak = peak.max(told.lines().last().and_then(|line| line.trim().parse::<u64>().ok()).unwrap_or_default());
    }
    times.sort();
    let median = times.get(RUNS / 2).copied().unwrap_or_default();
    println!(
        "median of {RUNS} runs: {:.3} s (goal 0.2), fastest {:.3} s; peak {:.1} MB (goal 60)",
        median.as_secs_f64(),
        times.first().map(Duration::as_secs_f64).unwrap_or_default(),
        peak as f64 / 1024.0
    );
    Ok(median < Duration::from_millis(200) && peak < 60 * 1024)
}

/// A definition as repositories have them: two containers, variables, references of both stores; every tenth has a flaw.
fn definition(number: usize) -> String {
    let flaw = if number.is_multiple_of(10) { ":key" } else { ":key::" };
    let mut text = String::new();
    let _ = write!(
        text,
        "{{\n  \"family\": \"service-{number}\",\n  \"executionRoleArn\": \"arn:aws:iam::123456789012:role/execution\",\n  \"requiresCompatibilities\": [\"FARGATE\"],\n  \"networkMode\": \"awsvpc\",\n  \"containerDefinitions\": ["
    );
    for container in ["app", "worker"] {
        let comma = if container == "app" { "" } else { "," };
        let _ = write!(
            text,
            "{comma}\n    {{\n      \"name\": \"{container}\",\n      \"image\": \"123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/{container}:1\",\n      \"secrets\": ["
        );
        for secret in 0..10 {
            let comma = if secret == 0 { "" } else { "," };
            let flaw = if secret == 0 { flaw } else { ":key::" };
            let from = if secret % 2 == 0 {
                format!("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:service-{number}/{secret}-AbCdEf{flaw}")
            } else {
                format!("/production/service-{number}/{secret}")
            };
            let _ = write!(text, "{comma}\n        {{ \"name\": \"SECRET_{secret}\", \"valueFrom\": \"{from}\" }}");
        }
        let _ = write!(text, "\n      ],\n      \"environment\": [\n        {{ \"name\": \"FIRST\", \"value\": \"1\" }}");
        let mut variable = 0;
        while text.len() < if container == "app" { SIZE / 2 } else { SIZE - 20 } {
            let _ = write!(text, ",\n        {{ \"name\": \"SETTING_{variable}\", \"value\": \"value-{variable}\" }}");
            variable += 1;
        }
        text += "\n      ]\n    }";
    }
    text + "\n  ]\n}\n"
}

//! `cargo xtask bench stores`: how fast the first road is, side by side in one run with the guide's way, boto3 and moto. Everything is on loopback.
//!
//! The numbers and how they are taken stand in docs/benchmarks.md; nothing here is part of CI.

mod load;
mod proxy;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::test::python;
use crate::workspace::root;

const PARAMETERS: usize = 300;
const SECRETS: usize = 100;
const CLIENT: &str = include_str!("stores/client.py");

pub(crate) fn run() -> anyhow::Result<bool> {
    python::prepare()?;
    let status = Command::new("cargo").args(["build", "--release", "--package", "sekisho"]).current_dir(root()).status()?;
    ensure!(status.success(), "sekisho cannot be built");
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().current_dir(root()).exec()?;
    let bench = Bench { program: metadata.target_directory.join("release/sekisho").into_std_path_buf(), scratch: scratch()? };
    bench.start_up()?;
    bench.run_verb()?;
    bench.verify()?;
    bench.throughput()?;
    let _ = std::fs::remove_dir_all(&bench.scratch);
    Ok(true)
}

fn scratch() -> anyhow::Result<PathBuf> {
    let directory = std::env::temp_dir().join(format!("sekisho-bench-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    Ok(directory)
}

struct Bench {
    program: PathBuf,
    scratch: PathBuf,
}

/// A server that ends when this is dropped, and what points a client at it.
struct Server {
    child: Child,
    port: u16,
    environment: BTreeMap<String, String>,
    /// From its start until it said how to reach it.
    ready: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The greatest resident size so far, in MiB.
    fn peak(&self) -> anyhow::Result<f64> {
        peak(self.child.id()).context("the server has no memory")
    }
}

fn peak(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024.0)
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn timed(command: &mut Command) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().context("it cannot be started")?;
    let time = began.elapsed();
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(time)
}

impl Bench {
    fn sekisho(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(root()).env_remove("AWS_PROFILE").env("LC_ALL", "C");
        command
    }

    fn serve(&self, state: &Path) -> anyhow::Result<Server> {
        let port = free_port()?;
        let mut command = self.sekisho(&["--region", "us-east-1", "--state"]);
        command.arg(state).args(["local", "start", "--port", &port.to_string()]).current_dir(&self.scratch);
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = child.stdout.take().context("the server says nothing")?;
        let mut environment = BTreeMap::new();
        let mut ready = None;
        for line in BufReader::new(output).lines() {
            ready.get_or_insert_with(|| began.elapsed());
            let line = line?;
            let Some((name, value)) = line.strip_prefix("export ").and_then(|line| line.split_once('=')) else { continue };
            environment.insert(name.to_owned(), value.trim_matches('\'').to_owned());
            if name == "AWS_DEFAULT_REGION" {
                break;
            }
        }
        Ok(Server { child, port, environment, ready: ready.context("the server did not start")? })
    }

    fn moto(&self) -> anyhow::Result<Server> {
        let port = free_port()?;
        let began = Instant::now();
        let mut command = Command::new(root().join(".venv/bin/python"));
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]).current_dir(&self.scratch);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(began.elapsed() < Duration::from_secs(60), "moto does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        let environment = [
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
            ("AWS_ACCESS_KEY_ID", "123456789012".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        ];
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(Server { child, port, environment, ready: began.elapsed() })
    }

    /// Runs a step of `client.py` against a server; what it prints is JSON.
    fn client(&self, server: &Server, arguments: &[&str]) -> anyhow::Result<Value> {
        let script = self.scratch.join("client.py");
        std::fs::write(&script, CLIENT)?;
        let mut command = Command::new(root().join(".venv/bin/python"));
        command.arg(&script).args(arguments).envs(&server.environment).current_dir(&self.scratch);
        let output = command.output()?;
        ensure!(output.status.success(), "client.py: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).context("client.py did not print JSON")
    }

    fn start_up(&self) -> anyhow::Result<()> {
        let help = (0..60).map(|_| timed(&mut self.sekisho(&["--help"]))).collect::<Result<Vec<_>, _>>()?;
        println!("--help: {:.1} ms (median of 60)", milliseconds(median(help)));
        let mut times = Vec::new();
        for number in 0..20 {
            times.push(self.serve(&self.scratch.join(format!("empty-{number}")))?.ready);
        }
        println!("local start, new state: ready in {:.1} ms (median of 20)", milliseconds(median(times)));
        let state = self.scratch.join("filled");
        {
            let server = self.serve(&state)?;
            let request = load::Signed::from(&self.client(&server, &["sign-put"])?)?;
            let time = load::fill(server.port, &request, 10_000)?;
            println!("10,000 parameters written one by one, each durable: {:.1} s, peak {:.1} MiB", time.as_secs_f64(), server.peak()?);
        }
        let mut times = Vec::new();
        for _ in 0..10 {
            times.push(self.serve(&state)?.ready);
        }
        println!("local start, 10,000 parameters: ready in {:.1} ms (median of 10)", milliseconds(median(times)));
        Ok(())
    }

    fn run_verb(&self) -> anyhow::Result<()> {
        let state = self.scratch.join("shop");
        let shop = ["--config", "examples/shop/sekisho.toml", "--state"];
        let with = |arguments: &[&str]| {
            let mut command = self.sekisho(&shop);
            command.arg(&state).args(arguments);
            command
        };
        timed(&mut with(&["verify", "development", "--create"]))?;
        let bare = (0..40).map(|_| timed(&mut Command::new("true"))).collect::<Result<Vec<_>, _>>()?;
        let ours = (0..40).map(|_| timed(&mut with(&["run", "development", "api", "--", "true"]))).collect::<Result<Vec<_>, _>>()?;
        let verify = (0..40).map(|_| timed(&mut with(&["verify", "development"]))).collect::<Result<Vec<_>, _>>()?;
        let (bare, ours) = (median(bare), median(ours));
        println!(
            "run … -- true: {:.1} ms, true alone {:.1} ms: {:.1} ms added (median of 40)",
            milliseconds(ours),
            milliseconds(bare),
            milliseconds(ours.saturating_sub(bare))
        );
        println!("verify of examples/shop, in-process: {:.1} ms (median of 40)", milliseconds(median(verify)));
        Ok(())
    }

    fn verify(&self) -> anyhow::Result<()> {
        println!("verify of {PARAMETERS} parameters and {SECRETS} secrets, on one server:");
        let server = self.serve(&self.scratch.join("many"))?;
        let seeded = self.client(&server, &["seed", &PARAMETERS.to_string(), &SECRETS.to_string()])?;
        let definition = self.scratch.join("task.json");
        std::fs::write(&definition, seeded.get("definition").context("client.py made no definition")?.to_string())?;
        let verify = |url: &str| {
            let mut command = self.sekisho(&["--output", "json", "--quiet", "--endpoint-url", url, "--region", "us-east-1", "verify"]);
            command
                .arg("--task-definition")
                .arg(&definition)
                .args(["--fail-on", "error"])
                .envs(&server.environment)
                .env("AWS_ENDPOINT_URL", url);
            command
        };
        let mut ours = Vec::new();
        let mut memory: f64 = 0.0;
        for _ in 0..10 {
            let (time, peak) = watched(&mut verify(&server.url()))?;
            ours.push(time);
            memory = memory.max(peak);
        }
        let ours = median(ours);
        let counting = proxy::Proxy::start(server.port)?;
        timed(&mut verify(&counting.url()))?;
        println!("  sekisho verify: {:.0} ms (median of 10), peak {memory:.1} MiB", milliseconds(ours));
        for (operation, count) in counting.calls() {
            println!("    {count:>4} {operation}");
        }
        let began = Instant::now();
        let names = |member: &str| -> anyhow::Result<Vec<String>> {
            let list = seeded.get(member).and_then(Value::as_array).context("client.py seeded nothing")?;
            Ok(list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
        };
        for name in names("parameters")? {
            aws(&server, &["ssm", "get-parameter", "--with-decryption", "--name", &name])?;
        }
        for name in names("secrets")? {
            aws(&server, &["secretsmanager", "get-secret-value", "--secret-id", &name])?;
        }
        let guide = began.elapsed();
        let began = Instant::now();
        self.client(&server, &["sequential", &PARAMETERS.to_string(), &SECRETS.to_string()])?;
        let sequential = began.elapsed();
        let times = |other: Duration| other.as_secs_f64() / ours.as_secs_f64();
        println!("  one aws process per name (the guide's way): {:.1} s, {:.0} times as long", guide.as_secs_f64(), times(guide));
        println!("  sequential boto3, one process: {:.2} s, {:.1} times as long", sequential.as_secs_f64(), times(sequential));
        Ok(())
    }

    fn throughput(&self) -> anyhow::Result<()> {
        println!("GetParameters of 10 SecureStrings, 4 connections, 10 s each, the same load generator:");
        let ours = self.serve(&self.scratch.join("load"))?;
        let moto = self.moto()?;
        let mut rates = Vec::new();
        for (name, server) in [("sekisho", &ours), ("moto", &moto)] {
            let signed = load::Signed::from(&self.client(server, &["sign-get"])?)?;
            let answered = load::hammer(server.port, &signed, 4, Duration::from_secs(10))?;
            let rate = answered as f64 / 10.0;
            println!("  {name}: {rate:.0} requests a second, peak {:.1} MiB", server.peak()?);
            rates.push(rate);
        }
        if let [ours, moto] = rates.as_slice() {
            println!("  {:.1} times moto's", ours / moto);
        }
        Ok(())
    }
}

/// One process of the AWS CLI.
fn aws(server: &Server, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(root().join(".venv/bin/aws"));
    if !root().join(".venv/bin/aws").is_file() {
        bail!("the AWS CLI is not in .venv");
    }
    command.args(arguments).envs(&server.environment).stdout(Stdio::null()).stderr(Stdio::piped());
    let output = command.output()?;
    ensure!(output.status.success(), "aws: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Time and peak memory of a process, in MiB.
fn watched(command: &mut Command) -> anyhow::Result<(Duration, f64)> {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut most: f64 = 0.0;
    loop {
        most = most.max(peak(child.id()).unwrap_or_default());
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "{command:?} ends with {status}");
            return Ok((began.elapsed(), most));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

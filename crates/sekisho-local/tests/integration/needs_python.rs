//! Real clients: boto3 and the AWS CLI, from the virtual environment at the workspace's root (`python3 -m venv .venv` there, then
//! `.venv/bin/pip install boto3 awscli`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use sekisho_local::{EmbeddedAws, supported_operations};

use crate::aws::options;
use crate::network::Running;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn run(script: &str) {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(&Arc::new(EmbeddedAws::open(options(&directory)).unwrap()));
    let operations: Vec<String> = supported_operations().into_iter().map(|(service, operation)| format!("{service}:{operation}")).collect();
    let python = workspace().join(".venv/bin");
    let output = Command::new(python.join("python"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", python.display()))
        .env("HOME", directory.path())
        .env("AWS_ENDPOINT_URL", &server.url)
        .env("AWS_ACCESS_KEY_ID", crate::aws::ACCOUNT)
        .env("AWS_SECRET_ACCESS_KEY", &server.secret)
        .env("AWS_DEFAULT_REGION", crate::aws::REGION)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("SEKISHO_OPERATIONS", operations.join(","))
        .output()
        .expect("python3 -m venv .venv && .venv/bin/pip install boto3 awscli");
    server.stop();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

#[test]
fn boto3_is_answered() {
    run("with_boto3.py");
}

#[test]
fn the_aws_cli_is_answered() {
    run("with_cli.py");
}

#[test]
fn boto3_keeps_secrets() {
    run("secretsmanager.py");
}

#[test]
fn the_bounds_of_the_models_are_kept() {
    run("with_models.py");
}

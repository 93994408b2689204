//! The house's own tools: `cargo xtask VERB`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a build tool speaks on the terminal")]

mod bench;
mod check;
mod docs;
mod fuzz;
mod generated;
mod iam_data;
mod moto;
mod schema;
mod test;
mod wording;
mod workspace;

use std::process::ExitCode;

use anyhow::bail;

const USAGE: &str = "\
usage: cargo xtask VERB

  test [ARG…]                  the whole test suite; arguments go to cargo nextest run
  check                        the checks of the house: rooms, licences, generated files, wording, sources
  docs [--check]               writes docs/rules and docs/SUMMARY.md from the rules
  schema [--check]             writes docs/schema
  iam-data [--check]           fetches the authorization data and writes crates/sekisho-iam/data
  bench NAME                   measures and prints: detect [SET], iam, stores
  moto                         moto's own tests of the stores against the embedded AWS in test mode
  fuzz [--seconds N] [TARGET…] builds the fuzz targets and runs each for a while";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// False where what failed has already been said.
fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let Some((verb, arguments)) = arguments.split_first() else { bail!("a verb is missing\n{USAGE}") };
    match verb.as_str() {
        "test" => test::run(arguments),
        "check" => check::run(arguments),
        "docs" => docs::run(arguments),
        "schema" => schema::run(arguments),
        "iam-data" => iam_data::run(arguments),
        "bench" => bench::run(arguments),
        "fuzz" => fuzz::run(arguments).map(|()| true),
        "moto" => moto::run(arguments),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => bail!("`{verb}` is no verb\n{USAGE}"),
    }
}

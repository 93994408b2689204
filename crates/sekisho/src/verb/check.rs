//! `check`: is anything in this tree wrong, before any account is touched? It reads files and nothing else: it calls nobody, starts nothing, and asks nothing.

mod baseline;
mod beside;
mod collector;
mod fix;
mod gather;
mod open;
mod walk;

use std::path::{Path, PathBuf};

use sekisho_engine::Severity;
use sekisho_engine::baseline::Baseline;
use sekisho_report::{Check as Report, Mended, check_json, check_jsonl, check_summary, check_text};

use self::collector::Collector;
use self::fix::Edit;
use self::gather::Gathering;
use crate::cli::{Check, FailOn, Output};
use crate::failure::{Failure, Outcome};
use crate::files::Manifest;
use crate::session::Session;
use crate::telling::Telling;

pub(super) fn run(session: &Session, arguments: &Check) -> Outcome {
    let mut round = round(session, arguments)?;
    let possible = round.edits.len();
    let mut done = 0;
    if arguments.fix {
        done = fix::fix(session, arguments, std::mem::take(&mut round.edits))?;
        if done > 0 {
            // What is left to say is said of what is there now.
            round = self::round(session, arguments)?;
        }
    }
    round.report.mended = Mended { possible, done };
    if let (Some(path), Some(written)) = (&arguments.baseline, &round.written) {
        let count = baseline::write(path, written)?;
        session.tell("baseline-wrote", &[("file", path.display().to_string()), ("count", count.to_string())]);
    }
    print(session, &round.report)?;
    if arguments.write_baseline { Ok(0) } else { Ok(round.report.exit_code(severity(arguments.fail_on), arguments.strict)) }
}

/// What one look at the tree gave.
struct Round {
    report: Report,
    edits: Vec<Edit>,
    /// The new baseline, where one is wanted.
    written: Option<Baseline>,
}

fn round(session: &Session, arguments: &Check) -> Result<Round, Failure> {
    let manifest = session.manifest()?;
    refuse_unknown_rules(manifest.as_ref())?;
    let roots = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let known = match &arguments.baseline {
        Some(path) if !arguments.write_baseline => Some(baseline::read(path)?),
        _ => None,
    };
    let of_manifest = manifest.as_ref().map(|manifest| (&manifest.declaration, manifest.directory()));
    let of_baseline = arguments.baseline.as_deref().map(|path| (path, known));
    let mut collector = Collector::new(of_manifest, of_baseline, arguments.write_baseline);
    let walk = walk::walk(&roots)?;
    let mut gathering = Gathering::new(session, manifest.as_ref(), walk);
    gathering.read(&mut collector);
    gathering.conclude(&mut collector)?;
    let report = Report {
        roots: roots.iter().map(|root| root.display().to_string()).collect(),
        gone: collector.gone(|path| gathering.was_looked_at(arguments.baseline.as_deref(), path)),
        findings: collector.told(),
        predictions: std::mem::take(&mut collector.predictions),
        counts: collector.counts,
        ..gathering.report()
    };
    Ok(Round { report, edits: std::mem::take(&mut collector.edits), written: collector.written() })
}

fn print(session: &Session, report: &Report) -> Result<(), Failure> {
    let wording = &session.wording;
    match session.global.output {
        Output::Text => session.print(&check_text(report, wording)),
        Output::Json => session.print_json(&format!("{:#}\n", check_json(report, wording))),
        Output::Jsonl => session.print_json(&check_jsonl(report, wording)),
        Output::Sarif | Output::Junit | Output::Github | Output::Markdown => {
            let inputs = report.inputs.iter().map(|input| input.file.as_str()).collect();
            let summary = check_summary(report, wording);
            let telling = Telling { title: "sekisho check", told: &report.findings, untold: report.untold(), inputs, summary };
            telling.print(session)?;
        }
    }
    Ok(())
}

/// `--fail-on` as a severity.
pub(super) fn severity(fail_on: FailOn) -> Severity {
    match fail_on {
        FailOn::Note => Severity::Note,
        FailOn::Warning => Severity::Warning,
        FailOn::Error => Severity::Error,
    }
}

/// A suppression of a rule that does not exist would suppress nothing, and nobody would see why.
fn refuse_unknown_rules(manifest: Option<&Manifest>) -> Result<(), Failure> {
    for suppressed in manifest.map(|manifest| manifest.declaration.suppress.as_slice()).unwrap_or_default() {
        if let Err(near) = sekisho_engine::suppression::rule_named(&suppressed.rule.value) {
            let failure = Failure::new("suppress-unknown-rule").with("rule", &suppressed.rule.value);
            return Err(failure.with("suggestion", near.unwrap_or("none")).at(Some(&suppressed.rule.place)));
        }
    }
    Ok(())
}

/// Whether `path` lies below one of `directories`, all of them canonical.
fn lies_below(path: &Path, directories: &[PathBuf]) -> bool {
    directories.iter().any(|directory| path.starts_with(directory))
}

//! The file of `--baseline`.

use std::path::Path;

use sekisho_engine::baseline::{Baseline, Fingerprint};
use serde_json::json;

use super::collector::FINGERPRINTS;
use crate::failure::Failure;
use crate::files;

/// Reads `path`.
pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let bytes = files::read(path)?;
    let mut baseline = Baseline::default();
    for entry in sekisho_read::baseline(&path.display().to_string(), &bytes)? {
        baseline.add(Fingerprint { path: entry.path, rule: entry.rule, address: entry.address }, entry.count);
    }
    Ok(baseline)
}

/// Writes `baseline` to `path`, whole or not at all; returns how many findings are in it.
pub(super) fn write(path: &Path, baseline: &Baseline) -> Result<usize, Failure> {
    if baseline.len() >= FINGERPRINTS {
        return Err(Failure::new("baseline-large").with("most", FINGERPRINTS));
    }
    let entries: Vec<_> = baseline
        .entries()
        .map(|(fingerprint, count)| {
            json!({ "path": fingerprint.path, "rule": fingerprint.rule, "address": fingerprint.address, "count": count })
        })
        .collect();
    let whole = json!({ "schema": sekisho_read::BASELINE_VERSION, "findings": entries });
    let text = sekisho_report::escape_json(&format!("{whole:#}\n")).into_owned();
    files::replace(path, text.as_bytes())?;
    Ok(baseline.entries().map(|(_, count)| count).sum())
}

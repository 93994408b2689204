//! The file that `check --baseline` reads: what an earlier run found.

use crate::json;
use crate::problem::{BASELINE_FORM, BASELINE_NEWER, Problem, Problems};
use crate::text::{MEBIBYTE, Text};

/// Largest baseline.
const LIMIT: usize = 64 * MEBIBYTE;

/// The version of the form.
pub const BASELINE_VERSION: u32 = 1;

/// One entry: so many findings of one rule at one address in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// The file, relative to the baseline.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The address.
    pub address: String,
    /// How many.
    pub count: usize,
}

/// Reads a baseline: `{"schema": 1, "findings": [{"rule", "path", "address", "count"}]}`.
///
/// # Errors
/// No JSON, no baseline, or one of a version that is not known.
pub fn baseline(file: &str, bytes: &[u8]) -> Result<Vec<BaselineEntry>, Problems> {
    let text = Text::new(file, bytes, LIMIT)?;
    // Syntax and depth are judged once, with places; what follows reads the same text.
    json::parse(&text)?;
    let wrong = || Problems::from(Problem::at(BASELINE_FORM, text.place(0, 0)));
    let whole: serde_json::Value = serde_json::from_str(text.content).map_err(|_| wrong())?;
    let version = whole.get("schema").and_then(serde_json::Value::as_u64).ok_or_else(wrong)?;
    if version > u64::from(BASELINE_VERSION) {
        return Err(Problem::at(BASELINE_NEWER, text.place(0, 0)).with("version", version).into());
    }
    let entries = whole.get("findings").and_then(serde_json::Value::as_array).ok_or_else(wrong)?;
    let entry = |entry: &serde_json::Value| {
        let member = |name: &str| entry.get(name)?.as_str().map(str::to_owned);
        let count = entry.get("count").map_or(Some(1), serde_json::Value::as_u64)?;
        let count = usize::try_from(count).ok()?;
        Some(BaselineEntry { path: member("path")?, rule: member("rule")?, address: member("address")?, count })
    };
    entries.iter().map(|one| entry(one).ok_or_else(wrong)).collect()
}

//! `cargo xtask bench detect`: precision and recall of the plaintext detector on the labelled set.

use anyhow::{Context as _, ensure};
use sekisho_engine::detect::{Kind, Where, detect};
use serde_json::Value;

use crate::workspace::read;

/// What the product promises of the whole set and of each part.
const PRECISION: f64 = 0.97;
const RECALL: f64 = 0.95;

/// How often the detector was right and wrong.
#[derive(Debug, Default)]
struct Counts {
    found: u32,
    missed: u32,
    false_alarms: u32,
    silent: u32,
    placeholders: u32,
    placeholders_told: u32,
}

impl Counts {
    fn precision(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.false_alarms).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.missed).max(1))
    }
}

/// Measures on the committed set, or on another file in the same form.
pub(crate) fn run(set: Option<&str>) -> anyhow::Result<bool> {
    let whole = |file: &str| read(format!("crates/sekisho-engine/tests/detect/{file}"));
    let set = match set {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))?,
        None => whole("labelled.jsonl")? + &whole("second.jsonl")?,
    };
    let (mut tuned, mut held, mut whole) = (Counts::default(), Counts::default(), Counts::default());
    for (number, line) in (1..).zip(set.lines()) {
        let entry: Value = serde_json::from_str(line).with_context(|| format!("line {number}"))?;
        let text = |key: &str| entry.get(key).and_then(Value::as_str).with_context(|| format!("line {number} has no `{key}`"));
        let held_out = entry.get("held_out").and_then(Value::as_bool).with_context(|| format!("line {number} has no `held_out`"))?;
        let parts = entry.get("value").and_then(Value::as_array).with_context(|| format!("line {number} has no `value`"))?;
        let value: String = parts.iter().filter_map(Value::as_str).collect();
        let (is, name) = (text("is")?, text("name")?);
        let found = detect(name, &value, place(text("place")?)?);
        let suspected = found.is_some_and(|found| found.kind != Kind::Placeholder);
        for counts in [if held_out { &mut held } else { &mut tuned }, &mut whole] {
            *match (is, suspected) {
                ("secret", true) => &mut counts.found,
                ("secret", false) => &mut counts.missed,
                (_, true) => &mut counts.false_alarms,
                (_, false) => &mut counts.silent,
            } += 1;
            if is == "placeholder" {
                counts.placeholders += 1;
                counts.placeholders_told += u32::from(found.is_some());
            }
        }
        // What is kept aside is counted and never shown: showing it would be tuning on it.
        if !held_out && suspected != (is == "secret") {
            println!("line {number}: {is} `{name}` in {}: {}", text("place")?, found.map_or("not found", |found| found.kind.as_str()));
        }
    }
    let mut good = true;
    for (title, counts) in [("tuned on", &tuned), ("kept aside", &held), ("together", &whole)] {
        println!(
            "{title}: precision {:.4}, recall {:.4} ({} found, {} missed, {} false alarms, {} rightly silent; {} of {} placeholders told)",
            counts.precision(),
            counts.recall(),
            counts.found,
            counts.missed,
            counts.false_alarms,
            counts.silent,
            counts.placeholders_told,
            counts.placeholders
        );
        good &= counts.precision() >= PRECISION && counts.recall() >= RECALL;
    }
    ensure!(whole.found + whole.missed >= 150 && whole.silent + whole.false_alarms >= 150, "the labelled set is too small to tell");
    println!("promised: precision {PRECISION}, recall {RECALL}: {}", if good { "kept" } else { "NOT KEPT" });
    Ok(good)
}

fn place(name: &str) -> anyhow::Result<Where> {
    Ok(match name {
        "environment" => Where::Environment,
        "command" => Where::Command,
        "entryPoint" => Where::EntryPoint,
        "label" => Where::Label,
        "healthCheck" => Where::HealthCheck,
        "logOption" => Where::LogOption,
        "envFile" => Where::EnvFile,
        other => anyhow::bail!("`{other}` is no place"),
    })
}

//! A check, for machines.

use sekisho_engine::Prediction;
use sekisho_engine::predict::Said;
use serde_json::{Value, json};

use crate::json::{SCHEMA_VERSION, finding_json};
use crate::{Check, Told, Wording};

/// Most files that are named as inputs; `counts.inputs` has the number of all.
const INPUTS: usize = 10_000;

/// A whole check.
pub fn check_json(check: &Check, wording: &Wording) -> Value {
    let mut whole = head(check);
    if let Value::Object(members) = &mut whole {
        members.insert("findings".to_owned(), check.findings.iter().map(|told| told_json(told, wording)).collect());
        members.insert("verdicts".to_owned(), Value::Array(Vec::new()));
        members.insert("predictions".to_owned(), check.predictions.iter().map(prediction_json).collect());
    }
    whole
}

/// A whole check as JSON Lines: a head, then the findings, each with its `type`.
pub fn check_jsonl(check: &Check, wording: &Wording) -> String {
    let typed = |kind: &str, mut value: Value| {
        if let Value::Object(members) = &mut value {
            members.insert("type".to_owned(), kind.into());
        }
        value.to_string() + "\n"
    };
    let mut out = typed("check", head(check));
    for told in &check.findings {
        out += &typed("finding", told_json(told, wording));
    }
    out.extend(check.predictions.iter().map(|prediction| typed("prediction", prediction_json(prediction))));
    out
}

fn told_json(told: &Told, wording: &Wording) -> Value {
    let mut value = finding_json(&told.finding, wording);
    if let Value::Object(members) = &mut value {
        members.insert("excerpt".to_owned(), told.excerpt.as_ref().map_or(Value::Null, |excerpt| excerpt.text.as_str().into()));
        members.insert("ecs_says".to_owned(), told.ecs_says.iter().map(said).collect());
    }
    value
}

fn said(said: &Said) -> Value {
    json!({ "by": said.by.as_str(), "text": said.text, "confidence": said.confidence.as_str() })
}

/// What ECS would do with one definition: the outcome of each reference, the variables of each container, and which message comes first.
pub(crate) fn prediction_json(prediction: &Prediction) -> Value {
    let references = prediction.references.iter().map(|reference| {
        json!({
            "address": reference.address,
            "outcome": reference.outcome.as_str(),
            "confidence": reference.confidence.as_str(),
            "says": reference.says.iter().map(said).collect::<Vec<_>>(),
        })
    });
    let containers = prediction.containers.iter().map(|container| {
        let variables = container.variables.iter().map(|variable| json!({ "name": variable.name, "outcome": variable.outcome.as_str() }));
        json!({ "name": container.name, "variables": variables.collect::<Vec<_>>() })
    });
    let first = prediction.first.iter().map(|shown| {
        json!({
            "by": shown.by.as_str(),
            "text": shown.text,
            "confidence": shown.confidence.as_str(),
            "behind": prediction.behind(shown).count(),
        })
    });
    json!({
        "definition": prediction.service,
        "file": &*prediction.place.file,
        "fate": prediction.fate.as_str(),
        "references": references.collect::<Vec<_>>(),
        "containers": containers.collect::<Vec<_>>(),
        "first": first.collect::<Vec<_>>(),
    })
}

fn head(check: &Check) -> Value {
    let (looked, counts) = (&check.looked, &check.counts);
    json!({
        "schema": SCHEMA_VERSION,
        "verb": "check",
        "tool": { "name": "sekisho", "version": env!("CARGO_PKG_VERSION") },
        "roots": check.roots,
        "inputs": check.inputs.iter().take(INPUTS).map(|input| input.file.as_str()).collect::<Vec<_>>(),
        "files": check.inputs.iter().take(INPUTS).map(|input| json!({
            "file": input.file,
            "dialect": input.dialect,
            "definitions": input.definitions,
            "policies": input.policies,
        })).collect::<Vec<_>>(),
        "looked_at": {
            "files": looked.files,
            "read": looked.read,
            "refused": looked.refused,
            "not_ours": looked.not_ours,
            "terraform": looked.terraform,
            "ignored": looked.ignored,
            "skipped_directories": looked.skipped,
            "links": looked.links,
            "left_out": looked.left_out,
        },
        "counts": {
            "inputs": check.inputs.len(),
            "definitions": check.definitions,
            "policies": check.policies,
            "references": check.references,
            "failing": check.failing,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes,
            "undecided": counts.undecided,
            "suppressed": counts.suppressed,
            "known": counts.known,
            "untold": check.untold(),
        },
        "gone": check.gone.iter().map(|gone| json!({
            "rule": gone.rule,
            "path": gone.path,
            "address": gone.address,
            "count": gone.count,
        })).collect::<Vec<_>>(),
        "mended": { "possible": check.mended.possible, "done": check.mended.done },
    })
}

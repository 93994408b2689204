//! For machines. Keys and ids are never translated; the version steps when a member changes its meaning or goes away.

use sekisho_engine::{Finding, Verdict};
use sekisho_model::{Place, Source};
use serde_json::{Value, json};

use crate::{AccessCounts, Stored, Verification, Wording};

/// The version of the JSON output.
pub const SCHEMA_VERSION: u32 = 1;

/// One finding.
pub fn finding_json(finding: &Finding, wording: &Wording) -> Value {
    let args: serde_json::Map<String, Value> =
        finding.args.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
    json!({
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "severity": finding.severity.as_str(),
        "confidence": finding.confidence.as_str(),
        "undecided": finding.undecided,
        "blocks": finding.blocks.as_str(),
        "address": finding.address,
        "places": finding.source.iter().filter_map(|source| match source { Source::Place(place) => Some(place_json(place)), _ => None }).collect::<Vec<_>>(),
        "related": finding.related.iter().map(place_json).collect::<Vec<_>>(),
        "message_id": finding.message,
        "args": args,
        "message": wording.text(finding.message, &finding.args),
        "remedy": wording.remedy(finding.message, &finding.args),
    })
}

pub(crate) fn place_json(place: &Place) -> Value {
    json!({ "file": &*place.file, "line": place.line, "column": place.column, "start": place.span.start, "end": place.span.end })
}

/// A whole verification.
pub fn verification_json(report: &Verification<'_>, wording: &Wording) -> Value {
    let mut whole = head(report);
    if let Value::Object(members) = &mut whole {
        members.insert("findings".to_owned(), report.judgement.findings.iter().map(|finding| finding_json(finding, wording)).collect());
        members.insert("verdicts".to_owned(), verdicts(report).into());
    }
    whole
}

/// A whole verification as JSON Lines: a head, then findings, then verdicts, each with its `type`.
pub fn verification_jsonl(report: &Verification<'_>, wording: &Wording) -> String {
    let typed = |kind: &str, mut value: Value| {
        if let Value::Object(members) = &mut value {
            members.insert("type".to_owned(), kind.into());
        }
        value.to_string() + "\n"
    };
    let mut out = typed("verification", head(report));
    out.extend(report.judgement.findings.iter().map(|finding| typed("finding", finding_json(finding, wording))));
    out.extend(verdicts(report).into_iter().map(|verdict| typed("verdict", verdict)));
    out
}

fn head(report: &Verification<'_>) -> Value {
    let judgement = report.judgement;
    let access = AccessCounts::of(report.access);
    let changes: Vec<Value> = report
        .changes
        .iter()
        .map(|change| json!({ "action": change.action, "target": change.target, "origin": change.origin, "origin_name": change.origin_name, "version": change.version }))
        .collect();
    json!({
        "schema": SCHEMA_VERSION,
        "tool": { "name": "sekisho", "version": env!("CARGO_PKG_VERSION") },
        "inputs": report.inputs,
        "environment": report.environment,
        "account": report.account,
        "region": report.region,
        "endpoint": report.endpoint,
        "counts": {
            "services": report.services,
            "references": report.references.len(),
            "pass": judgement.count(Verdict::Pass),
            "fail": judgement.count(Verdict::Fail),
            "cannot_tell": judgement.count(Verdict::CannotTell),
            "access": {
                "roles": access.roles,
                "calls": access.calls,
                "allowed": access.allowed,
                "denied": access.denied,
                "cannot_tell": access.cannot_tell,
            },
        },
        "changes": changes,
    })
}

fn verdicts(report: &Verification<'_>) -> Vec<Value> {
    let pairs = report.references.iter().zip(&report.judgement.verdicts);
    pairs
        .map(|(reference, verdict)| {
            let stored = Stored::of(reference, report.observations);
            json!({
                "subject": verdict.subject,
                "verdict": verdict.verdict.as_str(),
                "proof": verdict.proof.map(sekisho_engine::Proof::as_str),
                "assumptions": verdict.assumptions,
                "store": stored.store,
                "name": stored.name,
                "json_key": stored.json_key,
                "version": stored.version,
                "parameter_type": stored.kind,
                "tier": stored.tier,
                "value_from": reference.text(),
                "secret": reference.declared,
            })
        })
        .collect()
}

/// The JSON Schema (2020-12) of `--output json` of `verify` and of `check`.
pub fn report_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sekisho verify|check --output json",
        "oneOf": [{ "$ref": "#/$defs/verification" }, { "$ref": "#/$defs/check" }],
        "$defs": { "verification": verification_schema(), "check": check_schema(), "finding": finding_schema(), "place": place_schema() },
    })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn maybe() -> Value {
    json!({ "type": ["string", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// An object with these members, all of them needed but those of `free`, and no other.
fn object(members: Value, free: &[&str]) -> Value {
    let names = members.as_object().map(|members| members.keys().cloned().collect::<Vec<String>>()).unwrap_or_default();
    let required: Vec<String> = names.into_iter().filter(|name| !free.contains(&name.as_str())).collect();
    json!({ "type": "object", "properties": members, "required": required, "additionalProperties": false })
}

fn tool_schema() -> Value {
    object(json!({ "name": { "const": "sekisho" }, "version": text() }), &[])
}

fn place_schema() -> Value {
    object(json!({ "file": text(), "line": count(), "column": count(), "start": count(), "end": count() }), &[])
}

fn finding_schema() -> Value {
    let place = json!({ "$ref": "#/$defs/place" });
    let members = json!({
        "rule": { "type": "string", "pattern": "^SEK[0-9]{4}$" },
        "name": text(),
        "severity": { "enum": ["error", "warning", "note"] },
        "confidence": { "enum": ["certain", "likely"] },
        "undecided": { "type": "boolean" },
        "address": text(),
        "places": list(place.clone()),
        "related": list(place),
        "message_id": text(),
        "args": { "type": "object", "additionalProperties": text() },
        "message": text(),
        "remedy": maybe(),
        "excerpt": maybe(),
        "ecs_says": list(said_schema()),
        "blocks": { "enum": ["nothing", "start", "registration"] },
    });
    object(members, &["excerpt", "ecs_says"])
}

fn said_schema() -> Value {
    object(
        json!({ "by": { "enum": ["registration", "ec2", "fargate"] }, "text": maybe(), "confidence": { "enum": ["certain", "likely"] } }),
        &[],
    )
}

fn prediction_schema() -> Value {
    let outcome =
        json!({ "enum": ["resolved", "refused-at-registration", "fails-at-start", "silently-empty", "wrongly-rendered", "cannot-tell"] });
    let confidence = json!({ "enum": ["certain", "likely"] });
    let reference = object(json!({ "address": text(), "outcome": outcome, "confidence": confidence, "says": list(said_schema()) }), &[]);
    let variable = object(json!({ "name": text(), "outcome": outcome }), &[]);
    let container = object(json!({ "name": text(), "variables": list(variable) }), &[]);
    let first = object(json!({ "by": text(), "text": maybe(), "confidence": confidence, "behind": count() }), &[]);
    let members = json!({
        "definition": text(),
        "file": text(),
        "fate": { "enum": ["starts", "refused", "fails-to-start", "cannot-tell"] },
        "references": list(reference),
        "containers": list(container),
        "first": list(first),
    });
    object(members, &[])
}

fn verdict_schema() -> Value {
    object(
        json!({
            "subject": text(),
            "verdict": { "enum": ["pass", "fail", "cannot-tell"] },
            "proof": { "enum": ["store", "task-definition", "by-policy", "live-as-the-role", null] },
            "assumptions": list(text()),
            "store": { "enum": ["ssm", "secretsmanager", "environment", ""] },
            "name": text(),
            "json_key": maybe(),
            "version": maybe(),
            "parameter_type": maybe(),
            "tier": maybe(),
            "value_from": maybe(),
            "secret": maybe(),
        }),
        &[],
    )
}

fn verification_schema() -> Value {
    let access = json!({ "roles": count(), "calls": count(), "allowed": count(), "denied": count(), "cannot_tell": count() });
    let access = object(access, &[]);
    let finding = json!({ "$ref": "#/$defs/finding" });
    let members = json!({
        "schema": { "const": SCHEMA_VERSION },
        "tool": tool_schema(),
        "inputs": list(text()),
        "environment": maybe(),
        "account": text(),
        "region": text(),
        "endpoint": text(),
        "counts": object(
            json!({ "services": count(), "references": count(), "pass": count(), "fail": count(), "cannot_tell": count(), "access": access }),
            &[],
        ),
        "changes": list(object(json!({ "action": text(), "target": text(), "origin": text(), "origin_name": text(), "version": text() }), &[])),
        "findings": list(finding),
        "verdicts": list(verdict_schema()),
    });
    object(members, &[])
}

fn check_schema() -> Value {
    let finding = json!({ "$ref": "#/$defs/finding" });
    let counts = [
        "inputs",
        "definitions",
        "policies",
        "references",
        "failing",
        "errors",
        "warnings",
        "notes",
        "undecided",
        "suppressed",
        "known",
        "untold",
    ];
    let looked = ["files", "refused", "not_ours", "terraform", "ignored", "skipped_directories", "links", "left_out"];
    let counted = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), count())).collect::<serde_json::Map<String, Value>>();
    let mut looked = counted(&looked);
    looked.insert("read".to_owned(), json!({ "type": "object", "additionalProperties": count() }));
    let members = json!({
        "schema": { "const": SCHEMA_VERSION },
        "verb": { "const": "check" },
        "tool": tool_schema(),
        "roots": list(text()),
        "inputs": list(text()),
        "files": list(object(json!({ "file": text(), "dialect": text(), "definitions": count(), "policies": count() }), &[])),
        "looked_at": object(looked.into(), &[]),
        "counts": object(counted(&counts).into(), &[]),
        "gone": list(object(json!({ "rule": text(), "path": text(), "address": text(), "count": count() }), &[])),
        "mended": object(json!({ "possible": count(), "done": count() }), &[]),
        "findings": list(finding),
        "verdicts": list(verdict_schema()),
        "predictions": list(prediction_schema()),
    });
    object(members, &[])
}

//! SARIF 2.1.0, for code scanning (OASIS, "Static Analysis Results Interchange Format"; GitHub, "SARIF support for code scanning").

use std::collections::BTreeMap;

use sekisho_engine::rules::Meta;
use sekisho_engine::{Finding, Severity};
use sekisho_model::{Place, Source};
use serde_json::{Value, json};

use crate::{Excerpt, Told, Wording};

/// One run with the findings of `told`; `untold` more are counted in a notification.
pub fn sarif(told: &[Told], untold: usize, wording: &Wording) -> Value {
    let mut rules: BTreeMap<&str, &'static Meta> = BTreeMap::new();
    for one in told {
        rules.insert(one.finding.rule.id, one.finding.rule);
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(index, id)| (*id, index)).collect();
    let results: Vec<Value> = told.iter().map(|one| result(one, index.get(one.finding.rule.id).copied(), wording)).collect();
    let mut invocation = json!({ "executionSuccessful": true });
    if untold > 0 {
        let text = wording.text("check-untold", &[("count", untold.to_string())]);
        put(&mut invocation, "toolExecutionNotifications", json!([{ "level": "warning", "message": { "text": text } }]));
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sekisho",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|meta| rule(meta)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "the directory in which sekisho was run" } } },
            "invocations": [invocation],
            "results": results,
        }],
    })
}

fn rule(meta: &Meta) -> Value {
    let lines: Vec<&str> = meta.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let docs = lines.join("\n");
    let docs = docs.trim();
    let first = docs.split("\n\n").next().unwrap_or_default();
    json!({
        "id": meta.id,
        "name": pascal(meta.name),
        "shortDescription": { "text": line(first) },
        "fullDescription": { "text": line(docs) },
        "help": { "text": docs },
        "defaultConfiguration": { "level": level(meta.severity) },
        "properties": { "tags": ["ecs", "secrets"], "precision": "high" },
    })
}

/// `missing-secret` as the names of rules are written in SARIF (§3.49.7): `MissingSecret`.
fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    });
    words.collect()
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(told: &Told, index: Option<usize>, wording: &Wording) -> Value {
    let finding = &told.finding;
    let mut text = wording.text(finding.message, &finding.args);
    for said in told.says(wording) {
        text += &format!("\n{said}");
    }
    if let Some(remedy) = wording.remedy(finding.message, &finding.args) {
        text += &format!("\n{}: {remedy}", wording.text("remedy", &[]));
    }
    // A kind other than `fail` must have the level `none` (§3.27.10), which code scanning does not show; the property says that nothing was decided.
    let level = if finding.undecided { "note" } else { level(finding.severity) };
    let logical = json!([{ "fullyQualifiedName": finding.address, "kind": "resource" }]);
    let place = match &finding.source {
        Some(Source::Place(place)) => Some(place),
        _ => None,
    };
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level,
        "message": { "text": text },
        "locations": [match place {
            Some(place) => json!({ "physicalLocation": physical(place, told.excerpt.as_ref()), "logicalLocations": logical }),
            None => json!({ "logicalLocations": logical }),
        }],
        "partialFingerprints": { "sekisho/v1": fingerprint(finding, place) },
        "properties": { "confidence": finding.confidence.as_str(), "undecided": finding.undecided },
    });
    if let Some(index) = index {
        put(&mut result, "ruleIndex", index.into());
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate();
        let related = related.map(|(id, place)| json!({ "id": id + 1, "physicalLocation": physical(place, None) })).collect();
        put(&mut result, "relatedLocations", related);
    }
    result
}

/// Adds a member that is not always there.
fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Rule, path and address, as in a baseline: never anything of a value.
fn fingerprint(finding: &Finding, place: Option<&Place>) -> String {
    format!("{} {} {}", finding.rule.id, place.map(|place| &*place.file).unwrap_or_default(), finding.address)
}

fn physical(place: &Place, excerpt: Option<&Excerpt>) -> Value {
    let is_absolute = place.file.starts_with('/');
    let uri = if is_absolute { format!("file://{}", uri(&place.file)) } else { uri(&place.file) };
    let mut artifact = json!({ "uri": uri });
    if !is_absolute {
        put(&mut artifact, "uriBaseId", "%SRCROOT%".into());
    }
    let mut region = json!({ "startLine": place.line, "startColumn": place.column });
    if let Some(excerpt) = excerpt {
        put(&mut region, "snippet", json!({ "text": excerpt.text }));
    }
    json!({ "artifactLocation": artifact, "region": region })
}

/// A path as a URI reference (RFC 3986): everything but unreserved characters and slashes is encoded.
pub(crate) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out += &format!("%{other:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/関#?.json"), "a%20b/%E9%96%A2%23%3F.json");
        assert_eq!(uri("../x:y.json"), "../x%3Ay.json");
    }

    #[test]
    fn names_of_rules_are_written_as_sarif_has_them() {
        assert_eq!(pascal("missing-secret"), "MissingSecret");
    }
}

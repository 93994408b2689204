//! The tables in `tests/cases`: what AWS's text says, case by case. Each names the page that it was written from.
//!
//! A file has a `source`, `defaults` for its cases, and `cases`. A case of the long form has the layers of `can --batch`. The short forms are about one
//! element, and each is decided twice, in a statement that allows and in one that denies beside another that allows all:
//! `{"condition", "context", "matches"}`, `{"resource", "of", "matches"}`, `{"action", "of", "matches"}`, where `matches` is `yes`, `no` or `maybe`.

use std::collections::BTreeSet;
use std::path::Path;

use sekisho_iam::decide;
use serde_json::{Value, json};

use crate::world;

struct Case {
    name: String,
    source: String,
    value: Value,
    expected: String,
    because: Option<Value>,
}

/// Members of `over` replace those of `under`; the request's members are merged likewise.
fn merged(under: &Value, over: &Value) -> Value {
    let mut merged = under.clone();
    for (key, value) in over.as_object().unwrap() {
        if key == "request" && merged["request"].is_object() {
            for (key, value) in value.as_object().unwrap() {
                merged["request"][key] = value.clone();
            }
        } else {
            merged[key] = value.clone();
        }
    }
    merged
}

fn policy(version: &Value, statements: &[Value]) -> Value {
    let version = version.as_str().unwrap_or("2012-10-17");
    json!([{"name": "p", "policy": {"Version": version, "Statement": statements}}])
}

/// Both decisions of a case of the short form.
fn twice(case: &Value, name: &str, source: &str) -> [Case; 2] {
    let request = &case["request"];
    let everything = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let statement = |effect: &str| {
        let mut statement = everything.clone();
        statement["Effect"] = json!(effect);
        if let Some(condition) = case.get("condition") {
            statement["Condition"] = condition.clone();
        }
        for (key, element) in [("resource", "Resource"), ("notResource", "NotResource"), ("action", "Action"), ("notAction", "NotAction")] {
            if let Some(written) = case.get(key) {
                for replaced in [element, element.trim_start_matches("Not")] {
                    statement.as_object_mut().unwrap().remove(replaced);
                }
                statement[element] = written.clone();
            }
        }
        statement
    };
    let mut request = if request.is_object() {
        request.clone()
    } else {
        json!({"principal": "arn:aws:iam::123456789012:user/ann", "action": "ssm:GetParameters", "resource": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a"})
    };
    if let Some(context) = case.get("context") {
        request["context"] = context.clone();
    }
    if let Some(of) = case.get("of") {
        let is_action = case.get("action").is_some() || case.get("notAction").is_some();
        // An ARN of S3 does not say whose it is.
        let owned = json!({"resource": of, "accountId": "123456789012"});
        request[if is_action { "action" } else { "resource" }] = if is_action { of.clone() } else { owned };
        if !is_action
            && let Some(service) = of.as_str().and_then(|of| of.split(':').nth(2))
            && request["anyAction"].is_null()
            && !service.is_empty()
        {
            request["action"] = json!(format!("{service}:Anything"));
        }
    }
    let outcomes = match case["matches"].as_str() {
        Some("yes") => ["allowed", "explicitly-denied"],
        Some("no") => ["implicitly-denied", "allowed"],
        Some("maybe") => ["cannot-tell", "cannot-tell"],
        other => panic!("{name}: {other:?}"),
    };
    let version = &case["version"];
    let made = |effect: &str, statements: &[Value], expected: &str| Case {
        name: format!("{name} ({effect})"),
        source: source.to_owned(),
        value: json!({"request": request, "identityPolicies": policy(version, statements)}),
        expected: expected.to_owned(),
        because: None,
    };
    [made("Allow", &[statement("Allow")], outcomes[0]), made("Deny", &[everything.clone(), statement("Deny")], outcomes[1])]
}

/// How many cases the tables hold, and all decisions that they ask for.
fn cases() -> (usize, Vec<Case>) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut count, mut cases) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let table: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let defaults = if table["defaults"].is_object() { table["defaults"].clone() } else { json!({}) };
        for (number, case) in table["cases"].as_array().unwrap().iter().enumerate() {
            count += 1;
            let case = merged(&defaults, case);
            let source = case["source"].as_str().or(table["source"].as_str()).unwrap_or_default().to_owned();
            let name = format!("{stem} {number}: {}", case["name"].as_str().map_or_else(|| case.to_string(), str::to_owned));
            if case.get("matches").is_some() {
                cases.extend(twice(&case, &name, &source));
            } else {
                let expected = case["expected"].as_str().unwrap_or_else(|| panic!("{name}: nothing is expected")).to_owned();
                let because = case.get("because").cloned();
                cases.push(Case { name, source, value: case, expected, because });
            }
        }
    }
    (count, cases)
}

#[test]
fn every_case_is_decided_as_the_text_of_aws_says() {
    let mut wrong = Vec::new();
    for case in cases().1 {
        let decision = decide(&world::request(&case.value["request"]), &world::layers(&case.value));
        if decision.outcome.as_str() != case.expected {
            wrong.push(format!("{}: expected {}, decided {}", case.name, case.expected, decision.outcome));
        }
        if let Some(because) = case.because {
            let told: Vec<Value> = decision
                .because
                .iter()
                .map(|statement| json!([statement.layer.as_str(), statement.policy_name(), statement.statement]))
                .collect();
            if json!(told) != because {
                wrong.push(format!("{}: because of {because} expected, {} told", case.name, json!(told)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are decided otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_cannot_be_told_has_its_doubts_and_what_is_decided_has_its_statements() {
    for case in cases().1 {
        let decision = decide(&world::request(&case.value["request"]), &world::layers(&case.value));
        assert_eq!(decision.doubts.is_empty(), decision.outcome.as_str() != "cannot-tell", "{}", case.name);
        if decision.outcome.as_str() == "explicitly-denied" {
            assert!(!decision.because.is_empty(), "{}", case.name);
        }
    }
}

#[test]
fn there_are_more_than_four_hundred_cases_and_each_names_its_source() {
    let (count, cases) = cases();
    assert!(count >= 400, "{count}");
    assert!(cases.iter().all(|case| case.source.len() > 8), "a case without a source");
    let distinct: BTreeSet<String> = cases.iter().map(|case| format!("{} {}", case.value, case.expected)).collect();
    assert_eq!(distinct.len(), cases.len(), "two cases are the same");
}

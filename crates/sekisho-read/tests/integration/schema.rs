use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use sekisho_read::manifest::manifest;
use sekisho_read::manifest_schema;
use serde_json::{Map, Value};

/// A value that the schema admits, as text of TOML.
fn admitted(schema: &Value) -> BoxedStrategy<String> {
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
        return select(words).boxed();
    }
    match schema["type"].as_str().unwrap() {
        "string" => strings(schema).prop_map(|text| quoted(&text)).boxed(),
        "boolean" => any::<bool>().prop_map(|flag| flag.to_string()).boxed(),
        "integer" => {
            (schema["minimum"].as_i64().unwrap()..=schema["maximum"].as_i64().unwrap()).prop_map(|number| number.to_string()).boxed()
        }
        "array" => {
            let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
            prop::collection::vec(admitted(&schema["items"]), least..3).prop_map(|items| format!("[{}]", items.join(", "))).boxed()
        }
        "object" => inline(schema).prop_map(|members| format!("{{ {} }}", members.join(", "))).boxed(),
        other => panic!("{other}"),
    }
}

fn strings(schema: &Value) -> BoxedStrategy<String> {
    let pattern = schema["pattern"].as_str().unwrap().trim_start_matches('^').trim_end_matches('$').to_owned();
    // Lines and JSON keys are anything; control characters would only test our escapes here.
    let pattern = pattern.replace(r"[^\x00]+", "[a-z ]{1,8}").replace(r"[^:\x00]+", "[a-z.]{1,8}");
    string_regex(&pattern).unwrap().boxed()
}

fn inline(schema: &Value) -> BoxedStrategy<Vec<String>> {
    match schema["properties"].as_object() {
        Some(properties) => properties.iter().map(|(key, schema)| admitted(schema).prop_map(move_key(key))).collect::<Vec<_>>().boxed(),
        None => {
            let least = usize::try_from(schema["minProperties"].as_u64().unwrap_or(0)).unwrap();
            prop::collection::btree_map(strings(&schema["propertyNames"]), admitted(&schema["additionalProperties"]), least..3)
                .prop_map(|members: BTreeMap<String, String>| {
                    members.iter().map(|(key, value)| format!("{} = {value}", quoted(key))).collect()
                })
                .boxed()
        }
    }
}

fn move_key(key: &str) -> impl Fn(String) -> String + use<> {
    let key = key.to_owned();
    move |value| format!("{key} = {value}")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        write!(quoted, "\\U{:08x}", u32::from(character)).unwrap();
    }
    quoted + "\""
}

/// The schema without what only whole manifests can satisfy together: exclusive keys, needed or not.
fn relaxed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| !["allOf", "description"].contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key.clone(), relaxed(value))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// What a single key shows: the codes of what lies between keys are not the schema's business.
const BETWEEN_KEYS: [&str; 13] = [
    "manifest-account-needed",
    "manifest-exclusive",
    "manifest-one-needed",
    "manifest-placeholder",
    "manifest-plaintext",
    "manifest-same-name",
    "manifest-same-variable",
    "manifest-secret-twice",
    "manifest-stored-name",
    "manifest-template-name",
    "manifest-template-secret",
    "manifest-unknown-environment",
    "manifest-unknown-secret",
];

#[test]
fn the_reader_accepts_every_key_and_value_that_the_schema_admits() {
    let schema = relaxed(&manifest_schema());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&inline(&schema), |lines| {
            let text = lines.join("\n");
            if let Err(problems) = manifest("sekisho.toml", text.as_bytes()) {
                let wrong: Vec<_> = problems.problems.iter().filter(|problem| !BETWEEN_KEYS.contains(&problem.code)).collect();
                prop_assert!(wrong.is_empty(), "{wrong:?}\n{text}");
            }
            Ok(())
        })
        .unwrap();
}

/// Paths of all keys in the schema; `*` is a name of the user's choice.
fn paths(schema: &Value, path: &str, found: &mut Vec<String>) {
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        found.push(path.clone());
        paths(property, &path, found);
        paths(&property["additionalProperties"], &format!("{path}.*"), found);
        paths(&property["items"], &format!("{path}[]"), found);
    }
}

#[test]
fn a_changed_set_of_keys_is_seen_in_review() {
    let mut found = Vec::new();
    paths(&manifest_schema(), "", &mut found);
    insta::assert_snapshot!(found.join("\n"), @"
    environments
    environments.*.account
    environments.*.allow_plaintext
    environments.*.endpoint
    environments.*.kms_key
    environments.*.naming
    environments.*.profile
    environments.*.protected
    environments.*.region
    environments.*.require
    environments.*.required_tags
    environments.*.store
    environments.*.tags
    project
    project.name
    project.naming
    project.path
    project.path.secretsmanager
    project.path.ssm
    project.region
    project.required_tags
    project.tags
    required_version
    secrets
    secrets.*.description
    secrets.*.env
    secrets.*.environments
    secrets.*.environments.*.arn
    secrets.*.environments.*.name
    secrets.*.environments.*.store
    secrets.*.generate
    secrets.*.generate.alphabet
    secrets.*.generate.length
    secrets.*.keys
    secrets.*.rotate
    secrets.*.rotate.every
    secrets.*.rotate.with
    secrets.*.tags
    services
    services.*.cluster
    services.*.containers
    services.*.containers.*.secrets
    services.*.deploy
    services.*.secrets
    services.*.task_definition
    suppress
    suppress[].address
    suppress[].path
    suppress[].reason
    suppress[].rule
    ");
}

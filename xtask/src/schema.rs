//! `cargo xtask schema [--check]`: the JSON Schemas that editors and other programs read.

use serde_json::{Map, Value};

use crate::generated::Generated;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    generate()?.run("schema", arguments)
}

pub(crate) fn generate() -> anyhow::Result<Generated> {
    let mut generated = Generated::default();
    generated.owns("docs/schema");
    for (name, schema) in [("manifest", sekisho_read::manifest_schema()), ("report", sekisho_report::report_schema())] {
        generated.add(format!("docs/schema/{name}.schema.json"), serde_json::to_string_pretty(&sorted(schema))? + "\n");
    }
    Ok(generated)
}

/// Members in alphabetical order. What order serde_json keeps depends on features that any other crate of the build may turn on.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().map(|(name, value)| (name, sorted(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

//! Real files that are not part of the project; these tests fail where `../shared/corpus` is absent.

use std::path::PathBuf;

use sekisho_model::Fact;
use sekisho_read::{Dialect, Reading, document, task_definitions};

/// Occurrences of the key `valueFrom` with a text behind it, counted without a parser of ours.
fn value_froms(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter().map(value_froms).sum(),
        serde_json::Value::Object(members) => members.iter().map(|(key, value)| usize::from(key == "valueFrom") + value_froms(value)).sum(),
        _ => 0,
    }
}

#[test]
fn every_reference_of_real_task_definitions_is_found() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/taskdefs");
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(&corpus).expect("the corpus is there") {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let counted = serde_json::from_slice(&bytes).ok().map(|value| value_froms(&value));
        let outcome = match task_definitions(&name, &bytes) {
            Ok(definition) => {
                // What is read where it is named is recognised where it is found, and neither is more than the other.
                let found = document(&name, &bytes, &Reading::default()).unwrap();
                assert_eq!((found.dialect, found.definitions.len()), (Dialect::Ecs, 1), "{name}");
                assert_eq!(found.definitions[0].reference_count(), definition.reference_count(), "{name}");
                let containers = || definition.containers.iter();
                let entries = containers().flat_map(|container| container.secrets.iter().chain(&container.secret_options));
                // What ecspresso is to fill in is found too, as unknown.
                let found = |fact: &Fact<String>| matches!(fact, Fact::Known { .. } | Fact::Unknown { .. });
                let known = entries.filter(|entry| found(&entry.value_from)).count();
                let counted = counted.unwrap_or_else(|| String::from_utf8_lossy(&bytes).matches("\"valueFrom\"").count());
                let missed = counted - known;
                assert!(missed == 0 || !definition.unreadable.is_empty(), "{name}: {missed} references are passed over in silence");
                assert!(containers().all(|container| container.name.value().is_some()), "{name}");
                format!("{} containers, {known} references, {} unreadable", definition.containers.len(), definition.unreadable.len())
            }
            Err(problems) => {
                // Jsonnet: refused by name, so that nothing is taken for clean.
                assert_eq!(counted, None, "{name}: {problems}");
                problems.to_string().split_once(": ").unwrap().1.to_owned()
            }
        };
        seen.push(format!("{} {outcome}", name.rsplit("__").next().unwrap()));
    }
    seen.sort();
    insta::assert_snapshot!(seen.join("\n"), @r"
    definition.json 1 containers, 1 references, 1 unreadable
    ecs-task-def-daemon.json 1 containers, 3 references, 0 unreadable
    ecs-task-def-multiple-plugins.json 1 containers, 0 references, 0 unreadable
    ecs-task-def.json 1 containers, 0 references, 0 unreadable
    ecs-task-def.json 1 containers, 1 references, 0 unreadable
    ecs-task-def.json 2 containers, 2 references, 0 unreadable
    ecs-task-def.jsonnet jsonnet
    ecs-task-def.jsonnet jsonnet
    example-task-definition.json 2 containers, 1 references, 0 unreadable
    fargate_sidecar_example.json 2 containers, 1 references, 0 unreadable
    form_viewer.json 2 containers, 10 references, 0 unreadable
    multiple.json 2 containers, 0 references, 0 unreadable
    nginx-taskdef.jsonnet jsonnet
    single.json 1 containers, 0 references, 0 unreadable
    task-definition.json 1 containers, 0 references, 0 unreadable
    task-definition.json 2 containers, 0 references, 1 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    task-definition.json 2 containers, 1 references, 0 unreadable
    taskdef.json 1 containers, 0 references, 0 unreadable
    td-in-tags.json 1 containers, 0 references, 0 unreadable
    ");
}

//! Task definitions and environment files. Laws: no bytes make them panic; whatever serde_json takes for JSON is JSON to us too; a list of secrets is
//! never passed over in silence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// How many entries of `secrets` and `secretOptions` the containers have, where everything has the right type. None elsewhere.
fn references(definition: &Value) -> Option<usize> {
    let mut count = 0;
    for container in definition.get("containerDefinitions")?.as_array()? {
        for list in [container.get("secrets"), container.as_object()?.get("logConfiguration").and_then(|logs| logs.get("secretOptions"))] {
            count += list.map_or(Some(0), |list| list.as_array().map(Vec::len))?;
        }
    }
    Some(count)
}

fuzz_target!(|bytes: &[u8]| {
    let definition = sekisho_read::task_definitions("task.json", bytes);
    let notes = sekisho_read::task_definition::notes("task.json", bytes);
    drop(sekisho_read::environment_file("app.env", bytes));
    let Ok(json) = serde_json::from_slice::<Value>(bytes) else { return };
    assert_eq!(notes, []);
    match definition {
        Err(problems) => assert!(problems.problems.iter().all(|problem| problem.code != "json-syntax"), "{problems}"),
        Ok(definition) => {
            let found: usize = definition.containers.iter().map(|container| container.secrets.len() + container.secret_options.len()).sum();
            if let Some(expected) = references(&json) {
                assert!(found == expected || !definition.unreadable.is_empty(), "{found} of {expected}");
            }
        }
    }
});

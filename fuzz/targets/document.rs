//! Files of any dialect, as JSON, as YAML and as templates. Laws: no bytes make the reader panic; what serde_json takes for JSON is JSON to us too; every
//! place lies within the file; nothing is read from a file that is foreign; a text that is replaced where it stands is read as what replaced it, and
//! nothing else of the definition changes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_model::{Fact, Source};
use sekisho_read::{Dialect, Document, Reading, document, replace_string};

/// Every reference of `document` and its fact.
fn references(document: &Document) -> Vec<&Fact<String>> {
    let containers = document.definitions.iter().flat_map(|definition| &definition.containers);
    containers.flat_map(|container| container.secrets.iter().chain(&container.secret_options)).map(|entry| &entry.value_from).collect()
}

fn texts(document: &Document) -> Vec<Option<String>> {
    references(document).into_iter().map(|fact| fact.value().cloned()).collect()
}

fn held(file: &str, bytes: &[u8], reading: &Reading) {
    let Ok(read) = document(file, bytes, reading) else { return };
    if read.dialect == Dialect::Foreign {
        assert!(read.definitions.is_empty() && read.services.is_empty() && read.policies.is_empty() && read.unreadable.is_empty());
        return;
    }
    let places = read.notes.iter().chain(&read.problems).filter_map(|problem| problem.place.as_ref());
    for place in places.chain(read.symbols.iter().map(|symbol| &symbol.place)) {
        assert!(place.span.start <= bytes.len() && place.line > 0 && place.column > 0, "{place:?}");
    }
    let before = texts(&read);
    for (index, fact) in references(&read).into_iter().enumerate().take(4) {
        let Fact::Known { source: Source::Place(place), .. } = fact else { continue };
        assert!(place.span.start <= place.span.end && place.span.end <= bytes.len(), "{place:?}");
        let Some(changed) = replace_string(bytes, place.span, "/replaced") else { continue };
        let after = texts(&document(file, &changed, reading).expect("what was read before is read after"));
        assert_eq!(after.len(), before.len());
        // What an alias repeats changes in every place at once, and a key that stands twice is read once.
        if bytes.contains(&b'*') {
            continue;
        }
        for (at, (was, is)) in before.iter().zip(&after).enumerate() {
            assert_eq!(is.as_deref(), if at == index { Some("/replaced") } else { was.as_deref() }, "{file}");
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let reading = Reading {
        allow_env: Some([("A".to_owned(), "{{ a".to_owned())].into()),
        region: "ap-northeast-1".parse().ok(),
        account: "123456789012".parse().ok(),
        ..Reading::default()
    };
    for file in ["task.json", "task.yaml", "task.tpl", "task.jsonnet"] {
        held(file, bytes, &Reading::default());
        held(file, bytes, &reading);
    }
    if serde_json::from_slice::<serde_json::Value>(bytes).is_ok()
        && let Err(problems) = document("task.json", bytes, &Reading::default())
    {
        assert!(problems.problems.iter().all(|problem| problem.code != "json-syntax"), "{problems}");
    }
});

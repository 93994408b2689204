//! The matcher behind `explain`. Laws: no text makes it panic; what it takes from a text is printable and stands in commands as one word; nothing that looks
//! like a secret comes out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_engine::detect::suspects;
use sekisho_engine::explain::explain;

fuzz_target!(|text: &str| {
    for found in explain(text) {
        for (name, value) in &found.extracted {
            assert!(!value.is_empty() && !value.chars().any(char::is_control), "{name}: {value:?}");
            assert!(suspects(value).is_empty(), "{name} looks like a secret");
        }
        for command in &found.commands {
            // Outside of quotes nothing of the text is left that a shell would run.
            let outside: String = command.split('\'').step_by(2).collect();
            assert!(!outside.contains("$(") && !outside.contains('`') && !outside.contains(';'), "{command}");
        }
    }
});

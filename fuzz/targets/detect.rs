//! The plaintext detector. Laws: no name and value make it panic; what it points at is a part of the value; a line's suspects are in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_engine::detect::{Where, detect, suspects};

fuzz_target!(|pair: (&str, &str)| {
    let (name, value) = pair;
    for place in [Where::Environment, Where::Command, Where::HealthCheck, Where::Label] {
        if let Some(found) = detect(name, value, place) {
            assert!(value.get(found.span.start..found.span.end).is_some(), "{found:?}");
        }
    }
    let mut end = 0;
    for span in suspects(value) {
        assert!(span.start >= end && value.get(span.start..span.end).is_some(), "{span:?}");
        end = span.end;
    }
});

//! Files of values. Laws: no bytes make them panic; values that were read are read again when they are written in double quotes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(sekisho_read::values("values", bytes));
    drop(sekisho_read::json_values("values.json", bytes));
    drop(sekisho_read::yaml_values("values.yaml", bytes));
    let Ok(values) = sekisho_read::dotenv("values.env", bytes) else { return };
    let mut written = String::new();
    for (name, value) in &values {
        written += &format!("{}=\"", name.value);
        for character in value.expose().chars() {
            match character {
                '"' | '\\' | '$' | '`' => written.extend(['\\', character]),
                '\r' => written += "\\r",
                other => written.push(other),
            }
        }
        written += "\"\n";
    }
    let again = sekisho_read::dotenv("values.env", written.as_bytes()).expect("what was read can be read again");
    assert_eq!(values.len(), again.len());
    for ((name, value), (same_name, same_value)) in values.iter().zip(&again) {
        assert_eq!((&name.value, value.expose()), (&same_name.value, same_value.expose()));
    }
});

//! A Terraform state and the addresses that a definition looks up in it: the first line is a definition's text, the rest the state. Law: nothing makes
//! them panic, and a state shows nothing of itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_read::{Reading, TerraformState, document};

fuzz_target!(|bytes: &[u8]| {
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (definition, state) = bytes.split_at(line);
    let Ok(state) = TerraformState::read("terraform.tfstate", state) else { return };
    assert_eq!(format!("{state:?}"), "TerraformState(…)");
    let reading = Reading { states: [(String::new(), state)].into(), ..Reading::default() };
    drop(document("task.json", definition, &reading));
});

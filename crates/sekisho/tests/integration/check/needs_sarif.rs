//! The official schema of SARIF 2.1.0 (OASIS), which `cargo xtask test` fetches beside the virtual environment.

use std::process::Command;

use super::{SECRET, definition, secrets};
use crate::world::{World, repository};

#[test]
fn what_check_writes_is_sarif() {
    let world = World::empty();
    let broken = format!("{SECRET}:db-AbCdEf:password");
    world.write("a b/関所#1.json", definition("api", &secrets(&[("DB", &broken), ("DB", "/prod//x"), ("T", "${PLACEHOLDER}")])));
    world.write("broken.json", "{ \"containerDefinitions\": [ }");
    world.write("main.tf", "");
    let sarif = world.run(&["check", "--output", "sarif"]);
    assert_eq!(sarif.code, 1);
    valid(&world, &sarif.out);
    valid(&World::empty(), &World::empty().run(&["check", "--output", "sarif"]).out);
}

fn valid(world: &World, sarif: &str) {
    world.write("out.sarif", sarif);
    let environment = repository().join(".venv");
    let script = "import json, sys, jsonschema\nschema = json.load(open(sys.argv[1]))\njsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(json.load(open(sys.argv[2])))";
    let output = Command::new(environment.join("bin/python"))
        .args(["-c", script])
        .arg(environment.join("sarif-2.1.0.json"))
        .arg(world.path().join("out.sarif"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::{SECRET, definition, json_of, names, secrets};
use crate::world::World;

fn pipe(world: &World, name: &str) {
    assert!(Command::new("mkfifo").arg(world.path().join(name)).status().unwrap().success());
}

#[test]
fn pipes_and_sockets_are_refused_and_not_opened() {
    let world = World::empty();
    pipe(&world, "pipe.json");
    pipe(&world, ".gitignore");
    let _socket = UnixListener::bind(world.path().join("socket.yaml")).unwrap();
    world.write("api.json", definition("api", &secrets(&[("A", "/a")])));
    // Opening the pipe would wait for ever.
    let report = json_of(&world, &[]);
    assert_eq!(names(&report.to_string()), ["unreadable-file", "unreadable-file"]);
    assert_eq!(report["inputs"].as_array().unwrap().len(), 1);
    assert_eq!(world.run(&["check", "pipe.json"]).code, 1);
}

#[test]
fn a_link_leads_nowhere() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("o.json"), definition("outside", &secrets(&[("A", &format!("{SECRET}:a-AbCdEf:b"))]))).unwrap();
    std::fs::create_dir(outside.path().join("d")).unwrap();
    std::fs::copy(outside.path().join("o.json"), outside.path().join("d/p.json")).unwrap();
    let world = World::empty();
    symlink(outside.path().join("o.json"), world.path().join("file.json")).unwrap();
    symlink(outside.path().join("d"), world.path().join("directory")).unwrap();
    symlink(world.path(), world.path().join("loop")).unwrap();
    let report = json_of(&world, &[]);
    assert_eq!(report["inputs"].as_array().unwrap().len(), 0);
    assert_eq!(report["looked_at"]["links"], 3);
    assert_eq!(names(&report.to_string()), ["not-looked-at"]);
}

#[test]
fn a_manifest_names_no_file_outside_of_its_directory() {
    let world = World::empty();
    world.write("deploy/api.json", definition("api", &secrets(&[("A", &format!("{SECRET}:a-AbCdEf:b"))])));
    let manifest = "[project]\nname = \"x\"\nregion = \"ap-northeast-1\"\n[environments.production]\nstore = \"ssm\"\n[services.api]\ntask_definition = \"../deploy/api.json\"\n";
    world.write("sub/sekisho.toml", manifest);
    let mut command = world.command(&["check", "--output", "json"]);
    command.current_dir(world.path().join("sub"));
    let said = world.finish(command, "");
    assert_eq!(names(&said.out), Vec::<String>::new(), "{said:?}");
}

#[test]
fn nothing_in_names_or_texts_paints_the_terminal_or_speaks_to_the_runner() {
    let world = World::empty();
    let bad = "x\u{1b}[2J\u{202e}\n::error::y%0A|<b>@here";
    let members = format!("\"secrets\": [{{ \"name\": {}, \"valueFrom\": \"/a//b\" }}]", serde_json::Value::from(bad));
    world.write("a\u{1b}[31m::warning::\n,b.json", definition("f\\u001b[2J", &members));
    for format in ["text", "json", "jsonl", "sarif", "junit", "github", "markdown"] {
        let said = world.run(&["check", "--output", format]);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(!said.out.contains(['\u{1b}', '\u{202e}']), "{format}: {:?}", said.out);
        if format == "github" {
            let commands: Vec<&str> = said.out.lines().map(|line| line.split(' ').next().unwrap_or_default()).collect();
            assert!(commands.iter().all(|command| ["::error", "::warning", "::notice"].contains(command)), "{}", said.out);
        }
        if format == "markdown" {
            assert!(!said.out.contains("<b>") && !said.out.contains("@here"), "{}", said.out);
        }
    }
}

#[test]
fn deep_directories_and_deep_json_have_an_end() {
    let world = World::empty();
    world.write(&format!("{}x.json", "d/".repeat(70)), definition("deep", &secrets(&[("A", "/a")])));
    world.write("deep.json", format!("{{\"containerDefinitions\":{}", "[".repeat(100_000)));
    let mut told = names(&json_of(&world, &[]).to_string());
    told.sort();
    assert_eq!(told, ["not-looked-at", "unreadable-file"]);
}

#[test]
fn many_findings_are_counted_exactly_and_shown_in_part() {
    let world = World::empty();
    let from = format!("{SECRET}:db-AbCdEf:password");
    let names: Vec<String> = (0..1_800).map(|number| format!("N{number}")).collect();
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), from.as_str())).collect();
    for file in 0..3 {
        world.write(&format!("{file}.json"), definition(&format!("family-{file}"), &secrets(&entries)));
    }
    let report = json_of(&world, &[]);
    let counts = &report["counts"];
    let total = ["errors", "warnings", "notes", "undecided"].iter().map(|name| counts[name].as_u64().unwrap()).sum::<u64>();
    assert!(counts["errors"].as_u64().unwrap() >= 5_400, "{counts}");
    assert_eq!(report["findings"].as_array().unwrap().len(), 5_000);
    assert_eq!(counts["untold"], total - 5_000);
}

#[test]
fn a_large_file_is_refused_in_words() {
    let world = World::empty();
    let mut text = definition("big", &secrets(&[("A", "/a")]));
    text.push_str(&" ".repeat(17 * 1024 * 1024));
    world.write("big.json", text);
    let said = world.run(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("larger than 16 MiB"), "{}", said.out);
}

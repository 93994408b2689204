//! Each rule's directory under `tests/fixtures`: `found….json` leads to the message of that name, `silent….json` to no finding of the rule. A file is a task
//! definition as `describe-task-definition` prints it, with what else is known beside it under `world`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use sekisho_engine::rules::RULES;
use sekisho_engine::{from_declaration, from_definition};
use sekisho_model::declaration::Requirement;
use sekisho_model::observed::ObservedValue;
use sekisho_model::service::{ContainerOverride, RunOverrides, ServiceDefinition};
use sekisho_model::task_definition::EnvironmentEntry;
use sekisho_model::{Fact, Secret, Source, Spanned};
use serde_json::Value;

use crate::world::World;

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Rule, file name without its end, world.
fn all() -> Vec<(&'static str, String, World)> {
    let mut fixtures = Vec::new();
    for rule in RULES {
        let Ok(entries) = std::fs::read_dir(directory().join(rule.meta().name)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            fixtures.push((rule.meta().name, stem, world(&path.display().to_string(), &bytes)));
        }
    }
    fixtures.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    fixtures
}

/// What must be found, with its message: `found.json` has the rule's name, `found-x.json` `-x` behind it.
pub(crate) fn found() -> Vec<(&'static str, World)> {
    let messages: BTreeSet<&'static str> =
        sekisho_engine::FTL_EN.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id).collect();
    let of = |(rule, stem, world): (&'static str, String, World)| {
        let variant = stem.strip_prefix("found")?;
        let id = format!("{rule}{variant}");
        let message = messages.get(id.as_str()).unwrap_or_else(|| panic!("{rule}/{stem}.json: there is no message {id}"));
        Some((*message, world))
    };
    all().into_iter().filter_map(of).collect()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn world(file: &str, bytes: &[u8]) -> World {
    let json: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
    let beside = json.get("world").cloned().unwrap_or_default();
    let mut world = World::definition(&json["taskDefinition"].to_string());
    // Once more, so that places are those of the file.
    world.definition.definition = sekisho_read::task_definitions(file, bytes).unwrap_or_else(|problems| panic!("{file}: {problems:?}"));
    let members = beside.as_object().cloned().unwrap_or_default();
    for (member, value) in &members {
        match member.as_str() {
            "nowhere" => world.surroundings = sekisho_model::value_from::Surroundings::default(),
            "environment" => world.environment = value.as_str().unwrap().to_owned(),
            "agent" => world.agent = Some(value.as_str().unwrap().parse().unwrap()),
            "manifest" => {
                let lines: Vec<&str> = value.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
                world.manifest = Some(crate::world::manifest(&lines.join("\n")));
            }
            "requires" => {
                let words: Vec<&str> = value.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
                world.requires = Requirement::ALL.into_iter().filter(|requirement| words.contains(&requirement.as_str())).collect();
            }
            "service" => world.definition.run_by.push(service(&world, value)),
            "run" => world.definition.overrides.push(run(&world, value)),
            "template" => {
                let place = world.definition.definition.place.clone();
                world.definition.definition.logical_id = Some(Spanned::new(value.as_str().unwrap().to_owned(), place));
            }
            "environment_files" => {
                for (arn, content) in value.as_object().unwrap() {
                    let lines = sekisho_read::environment_file("app.env", content.as_str().unwrap().as_bytes()).unwrap();
                    world.environment_files.insert(arn.clone(), lines);
                }
            }
            "parameters" | "secrets" | "keys" => {}
            other => panic!("{file}: `world` has no `{other}`"),
        }
    }
    world.references = from_definition(&world.definition, &world.surroundings);
    declare(&mut world);
    observe(world, &members.into_iter().collect())
}

/// What the manifest declares for the service, as the binary joins it.
fn declare(world: &mut World) {
    let Some(manifest) = &world.manifest else { return };
    let (Some(environment), Some(service)) = (manifest.environments.get(&world.environment), manifest.services.get("api")) else { return };
    let declared = from_declaration(manifest, environment, service, &world.surroundings).unwrap();
    for reference in &mut world.references {
        let same = declared.iter().find(|declared| declared.name == reference.name);
        reference.declared = same.and_then(|declared| declared.declared.clone());
    }
    world.definition.declared = declared;
}

fn observe(mut world: World, beside: &BTreeMap<String, Value>) -> World {
    let members = |name: &str| beside.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    for (name, what) in members("parameters") {
        world = match what.as_str() {
            Some("absent") => world.lacks_parameter(&name),
            Some("denied") => world.denied_parameter(&name),
            Some(other) => panic!("{other}"),
            None => {
                world.has_parameter(&name, &text(&what, "kind").unwrap_or_else(|| "SecureString".into()), text(&what, "key").as_deref())
            }
        };
        if let Some(value) = text(&what, "value") {
            world = world.parameter_value(&name, &value);
        }
    }
    for (id, what) in members("secrets") {
        world = match what.as_str() {
            Some("absent") => world.lacks_secret(&id),
            Some("deleted") => world.has_secret_like(&id, |secret| secret.deleted = Some(time::OffsetDateTime::UNIX_EPOCH)),
            Some("empty") => world.has_secret_like(&id, |secret| secret.versions.clear()),
            Some("rotated") => world.has_secret_like(&id, |secret| secret.rotation = true),
            Some("binary") => world.has_secret(&id).secret_value(&id, ObservedValue::Binary(vec![1].into())),
            Some("there") => world.has_secret(&id),
            Some(value) => world.has_secret(&id).secret_text(&id, value),
            None => panic!("{id}"),
        };
    }
    for (id, state) in members("keys") {
        world = world.has_key(&id, state.as_str().unwrap());
    }
    world
}

fn fact(world: &World, text: String) -> Fact<String> {
    Fact::known(text, Source::Place(world.definition.definition.place.clone()))
}

fn service(world: &World, value: &Value) -> ServiceDefinition {
    let mut service = ServiceDefinition::empty(world.definition.definition.place.clone());
    service.platform_version = text(value, "platformVersion").map(|text| fact(world, text));
    service.launch_type = text(value, "launchType").map(|text| fact(world, text));
    service
}

fn run(world: &World, value: &Value) -> RunOverrides {
    let place = world.definition.definition.place.clone();
    let variable = text(value, "variable").map(|name| ContainerOverride {
        place: place.clone(),
        name: fact(world, "app".into()),
        environment: vec![EnvironmentEntry {
            place: place.clone(),
            name: fact(world, name),
            value: Fact::known(Secret::new("v".to_owned()), Source::Place(place.clone())),
        }],
        environment_files: Vec::new(),
        command: Vec::new(),
    });
    RunOverrides {
        place: place.clone(),
        task_definition: None,
        execution_role: text(value, "executionRoleArn").map(|text| fact(world, text)),
        task_role: None,
        containers: variable.into_iter().collect(),
        unreadable: Vec::new(),
    }
}

#[test]
fn a_silent_fixture_has_no_finding_of_its_rule() {
    for (rule, stem, world) in all() {
        if stem.starts_with("silent") {
            let judgement = world.judge();
            let found: Vec<&str> =
                judgement.findings.iter().filter(|finding| finding.rule.name == rule).map(|finding| finding.message).collect();
            assert!(found.is_empty(), "{rule}/{stem}.json: {found:?}");
        } else {
            assert!(stem.starts_with("found"), "{rule}/{stem}.json is neither found nor silent");
        }
    }
}

#[test]
fn each_directory_bears_the_name_of_a_rule_and_shows_it_found_and_silent() {
    let mut stems: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (rule, stem, _) in all() {
        stems.entry(rule).or_default().push(stem);
    }
    for entry in std::fs::read_dir(directory()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let stems = stems.get(name.as_str()).unwrap_or_else(|| panic!("{name} is no rule"));
        for kind in ["found", "silent"] {
            assert!(stems.iter().any(|stem| stem.starts_with(kind)), "{name} has no {kind}….json");
        }
    }
}

#[test]
fn each_rule_has_its_page() {
    for rule in RULES {
        let meta = rule.meta();
        let page = format!("{}/../../docs/rules/{}-{}.md", env!("CARGO_MANIFEST_DIR"), meta.id, meta.name);
        assert!(std::path::Path::new(&page).exists(), "{page} is missing: `cargo xtask docs`");
    }
}

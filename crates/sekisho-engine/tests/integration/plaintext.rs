//! Plain text in each place of a task definition, through the rules.

use sekisho_engine::{Confidence, Finding, Severity};
use sekisho_model::{Secret, Span, Spanned};

use crate::world::World;

const FILE: &str = "arn:aws:s3:::bucket/app.env";

/// A container with an environment file whose one line is at hand.
pub(crate) fn with_file(name: &str, value: &str) -> World {
    let mut world = World::container(&format!(r#""environmentFiles":[{{"type":"s3","value":"{FILE}"}}]"#));
    let place = sekisho_model::Place::locate(&"app.env".into(), value, Span::new(0, 0));
    let line = (Spanned::new(name.to_owned(), place), Secret::new(value.to_owned()));
    world.environment_files.insert(FILE.to_owned(), vec![line]);
    world
}

fn plaintext(world: &World) -> Vec<Finding> {
    world.judge().findings.into_iter().filter(|finding| finding.rule.id.starts_with("SEK03")).collect()
}

fn found(members: &str) -> Vec<(String, &'static str, Severity)> {
    let findings = plaintext(&World::container(members));
    findings.into_iter().map(|finding| (finding.address, finding.rule.id, finding.severity)).collect()
}

#[test]
fn each_place_has_its_rule_and_its_address() {
    let members = r#"
        "environment":[{"name":"PORT","value":"80"},{"name":"DB_PASSWORD","value":"hunter2"},{"name":"DSN","value":"mysql://a:hunter2@db/x"}],
        "command":["sh","-c","API_TOKEN=0123456789abcdef0123456789abcdef exec app"],
        "entryPoint":["/entry","--password=hunter2"],
        "healthCheck":{"command":["CMD-SHELL","redis-cli -a hunter2 ping"]},
        "dockerLabels":{"app.password":"hunter2","app.version":"1.2.3"},
        "logConfiguration":{"logDriver":"splunk","options":{"splunk-token":"6f1ed002-ab5d-4f0b-9d3c-0a4d5b6c7e8f","splunk-url":"https://s:8088"}}"#;
    let mut all = found(members);
    all.sort();
    let error = |address: &str, id| (address.to_owned(), id, Severity::Error);
    assert_eq!(
        all,
        [
            ("api/app".to_owned(), "SEK0302", Severity::Warning),
            error("api/app", "SEK0302"),
            error("api/app", "SEK0304"),
            error("api/app/DB_PASSWORD", "SEK0301"),
            error("api/app/DSN", "SEK0306"),
            error("api/app/app.password", "SEK0303"),
            ("api/app/splunk-token".to_owned(), "SEK0305", Severity::Warning),
        ]
    );
}

#[test]
fn settings_and_variables_are_silent_everywhere() {
    let members = r#"
        "environment":[{"name":"ACCESS_TOKEN_EXPIRE_MINUTES","value":"30"},{"name":"SECRET_NAME","value":"/app/db"},{"name":"DSN","value":"mysql://db/x"}],
        "command":["sh","-c","app --token-ttl 15m --password $DB_PASSWORD"],
        "healthCheck":{"command":["CMD-SHELL","redis-cli -a \"$REDIS_PASSWORD\" ping"]},
        "dockerLabels":{"org.opencontainers.image.revision":"3f786850e387550fdab836ed7e6dc881de23001b"},
        "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/token-service","awslogs-region":"eu-west-1"}}"#;
    assert_eq!(found(members), []);
}

#[test]
fn an_environment_that_allows_plain_text_gets_notes() {
    let mut world = World::container(r#""environment":[{"name":"DB_PASSWORD","value":"hunter2"}],"command":["--password=hunter2"]"#);
    world.allow_plaintext = true;
    let findings = plaintext(&world);
    assert_eq!(findings.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Note; 2]);
    assert!(findings.iter().all(|finding| finding.args.contains(&("allowed", "production".to_owned()))));
}

#[test]
fn what_only_randomness_tells_is_a_warning_and_likely() {
    let world = World::container(r#""environment":[{"name":"API_KEY","value":"9f86d081884c7d659a2feaa0c55ad015"}]"#);
    let findings = plaintext(&world);
    assert_eq!((findings[0].severity, findings[0].confidence), (Severity::Warning, Confidence::Likely));
}

#[test]
fn a_declared_secret_in_plain_text_is_told_once() {
    let target = sekisho_engine::Target::Parameter(World::parameter_id("/a"));
    let world = World::container(r#""environment":[{"name":"DB_PASSWORD","value":"hunter2"}]"#).declared("*", "DB_PASSWORD", target);
    let messages: Vec<&str> = plaintext(&world).iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["plaintext-secret"]);
}

#[test]
fn a_line_of_an_environment_file_is_at_most_a_warning() {
    let findings = plaintext(&with_file("DB_PASSWORD", "hunter2"));
    assert_eq!(findings.iter().map(|finding| (finding.rule.id, finding.severity)).collect::<Vec<_>>(), [("SEK0307", Severity::Warning)]);
    assert_eq!(plaintext(&with_file("LOG_LEVEL", "info")), []);
}

#[test]
fn nothing_of_a_value_is_in_a_finding() {
    let world = World::container(r#""environment":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"U","value":"amqp://u:hunter2@mq"}]"#);
    let findings = plaintext(&world);
    assert_eq!(findings.len(), 2);
    assert!(!format!("{findings:?}").contains("hunter"));
}

#[test]
fn what_is_pointed_at_lies_in_the_value_whatever_quotes_stand_around_it() {
    use sekisho_engine::detect::{Where, detect};
    for value in ["\"Authorization-7x", "'hunter2-Geheim", "\"hunter2-Geheim\"", " hunter2-Geheim ", "\"\"hunter2-Geheim"] {
        let found = detect("API_PASSWORD", value, Where::Environment).unwrap();
        let part = value.get(found.span.start..found.span.end).unwrap();
        assert!(part.trim_matches(['"', '\'', ' ']) == value.trim_matches(['"', '\'', ' ']), "{found:?}");
    }
}

use std::collections::BTreeSet;

use sekisho_engine::rules::RULES;
use sekisho_engine::{Confidence, Severity, Target, Verdict};
use sekisho_model::Fact;
use sekisho_model::declaration::Requirement;
use sekisho_model::observed::{Lookup, ObservedValue, SecretId};

use crate::world::{REGION, World, secret_arn, source};

const DB: &str = "db-AbCdEf";

fn text(id: &str, suffix: &str) -> String {
    format!("{}{suffix}", secret_arn(id))
}

fn registry(value: &str) -> World {
    World::container(&format!(r#""repositoryCredentials":{{"credentialsParameter":"{}"}}"#, secret_arn(DB)))
        .has_secret(DB)
        .secret_text(DB, value)
}

fn way_through() -> World {
    World::secret("/aws/reference/secretsmanager/db").has_parameter("/aws/reference/secretsmanager/db", "SecureString", None)
}

fn plaintext_nowhere() -> World {
    let mut world = World::container(r#""environment":[]"#).declared("*", "S", Target::Plaintext);
    world.references = std::mem::take(&mut world.definition.declared);
    world.definition.service = "another".into();
    world
}

fn root() -> World {
    World::secret(&format!("arn:aws:ssm:{REGION}:123456789012:parameter/a")).lacks_parameter("a").has_parameter("/a", "SecureString", None)
}

fn volume() -> World {
    let arn = format!("arn:aws:ssm:{REGION}:123456789012:parameter/fsx/creds");
    let volume = format!(
        r#"{{"name":"v","fsxWindowsFileServerVolumeConfiguration":{{"authorizationConfig":{{"credentialsParameter":"{arn}","domain":"d"}}}}}}"#
    );
    let definition = format!(r#"{{"executionRoleArn":"r","containerDefinitions":[{{"name":"app"}}],"volumes":[{volume}]}}"#);
    World::definition(&definition).has_parameter("/fsx/creds", "SecureString", None)
}

/// One situation for each rule, and the message that it must lead to. Rule names are the messages' beginnings.
pub(crate) fn situations() -> Vec<(&'static str, World)> {
    let mut situations = of_references();
    situations.extend(crate::policies::situations());
    situations.extend(crate::fixtures::found());
    situations.extend(crate::access::situations());
    situations.extend(crate::suppression::of_files());
    situations
}

fn of_references() -> Vec<(&'static str, World)> {
    let current = |world: World| world.has_secret(DB);
    let keyed = || World::secret(&text(DB, ":password::")).has_secret(DB);
    let deleted = time::OffsetDateTime::UNIX_EPOCH;
    let by_name = {
        let mut world = World::secret(&secret_arn("test-secret")).lacks_secret("test-secret");
        let id = SecretId { region: REGION.into(), id: secret_arn("test-secret") };
        let mut found = World::observed_secret("test-secret-AbCdEf");
        found.name = "test-secret".into();
        world.seen.secrets_by_name.insert(id, Fact::known(Lookup::Found(found), source()));
        world
    };
    vec![
        ("malformed-secret-reference", World::secret(&text(DB, ":password"))),
        ("malformed-secret-reference-resource", World::secret(&format!("arn:aws:secretsmanager:{REGION}:123456789012:secret/x"))),
        ("malformed-secret-reference-empty", World::secret(&secret_arn(""))),
        ("malformed-secret-reference-character", World::secret(&secret_arn("a b"))),
        ("invalid-parameter-name", World::secret("/a b")),
        ("invalid-parameter-name-space", World::secret(" /a")),
        ("invalid-parameter-name-slash", World::secret("a/b")),
        ("invalid-parameter-name-level", World::secret("/a//b")),
        ("invalid-parameter-name-reserved", World::secret("/aws/x")),
        ("invalid-parameter-name-deep", World::secret(&"/a".repeat(16))),
        ("invalid-parameter-name-limit", World::secret(&format!("/{}", "a".repeat(1100)))),
        ("invalid-parameter-name-long", World::secret(&"a".repeat(2049))),
        ("parameter-version-selector", World::secret("/a/b:3")),
        ("parameter-version-selector-arn", World::secret(&format!("arn:aws:ssm:{REGION}:123456789012:parameter/a:3"))),
        ("secret-name-without-arn", World::secret("prod/db:password::")),
        ("unrendered-template", World::secret("${DB_ARN}")),
        ("broken-arn", World::secret("arn:aws:secretsmanager:db")),
        ("broken-arn-service", World::secret("arn:aws:s3:::bucket")),
        ("broken-arn-region", World::secret("arn:aws:secretsmanager:region:123456789012:secret:db-AbCdEf")),
        ("broken-arn-account", World::secret("arn:aws:secretsmanager:ap-northeast-1:me:secret:db-AbCdEf")),
        ("broken-arn-partition", World::secret("arn:aws:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf")),
        ("parameter-arn-slash", World::secret(&format!("arn:aws:ssm:{REGION}:123456789012:parameter//a"))),
        ("foreign-parameter", World::secret(&format!("arn:aws:ssm:{REGION}:999999999999:parameter/a"))),
        ("foreign-region", World::secret("arn:aws:ssm:eu-west-1:123456789012:parameter/a")),
        ("foreign-partition", World::secret("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a")),
        ("partial-secret-arn", World::secret(&secret_arn("prod/database"))),
        ("partial-secret-arn-read-as-complete", by_name),
        ("version-id-form", current(World::secret(&text(DB, ":::AWSCURRENT")))),
        ("version-id-form-stage", current(World::secret(&text(DB, "::aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee:")))),
        ("version-id-form-both", current(World::secret(&text(DB, "::AWSCURRENT:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")))),
        ("json-key-form", World::secret(&text(DB, ":a.b::"))),
        ("json-key-form-space", World::secret(&text(DB, ": a::"))),
        (
            "registry-credentials-form",
            World::container(&format!(r#""repositoryCredentials":{{"credentialsParameter":"{}"}}"#, text(DB, ":a::"))),
        ),
        (
            "registry-credentials-form-parameter",
            World::container(r#""repositoryCredentials":{"credentialsParameter":"arn:aws:ssm:eu-west-1:123456789012:parameter/a"}"#),
        ),
        ("missing-parameter", World::secret("/a").lacks_parameter("/a")),
        ("missing-secret", World::secret(&secret_arn(DB)).lacks_secret(DB)),
        ("secret-pending-deletion", World::secret(&secret_arn(DB)).has_secret_like(DB, |secret| secret.deleted = Some(deleted))),
        ("missing-secret-version", World::secret(&secret_arn(DB)).has_secret_like(DB, |secret| secret.versions.clear())),
        ("missing-secret-version", World::secret(&text(DB, "::AWSPENDING:")).has_secret(DB)),
        ("missing-secret-version-id", World::secret(&text(DB, &format!(":::{}", "w".repeat(32)))).has_secret(DB)),
        ("missing-secret-version-both", World::secret(&text(DB, &format!("::OTHER:{}", "v".repeat(32)))).has_secret(DB)),
        ("missing-json-key", keyed().secret_text(DB, r#"{"user":"u"}"#)),
        ("missing-json-key-case", keyed().secret_text(DB, r#"{"Password":"u"}"#)),
        ("secret-not-json", keyed().secret_text(DB, "hunter2")),
        ("binary-secret", World::secret(&secret_arn(DB)).has_secret(DB).secret_value(DB, ObservedValue::Binary(vec![1].into()))),
        ("binary-secret-key", keyed().secret_value(DB, ObservedValue::Binary(vec![1].into()))),
        ("json-value-rendering", keyed().secret_text(DB, r#"{"password":1000000}"#)),
        ("json-value-rendering-null", keyed().secret_text(DB, r#"{"password":null}"#)),
        ("json-value-rendering-structure", keyed().secret_text(DB, r#"{"password":[1]}"#)),
        ("empty-value", keyed().secret_text(DB, r#"{"password":""}"#)),
        (
            "placeholder-value",
            World::secret("/a").has_parameter("/a", "SecureString", Some("alias/aws/ssm")).parameter_value("/a", "change-me"),
        ),
        ("missing-parameter-root", root()),
        ("registry-credentials-content", registry("x")),
        ("registry-credentials-content-key", registry(r#"{"username":"u","password":""}"#)),
        ("volume-credentials-secure-string", volume()),
        ("empty-value-from", World::secret("")),
        ("foreign-secret", World::secret(&secret_arn(DB).replace("123456789012", "999999999999"))),
        ("white-space-around-value", World::secret("/a").has_parameter("/a", "SecureString", None).parameter_value("/a", "v\n")),
        (
            "plaintext-secret",
            World::container(r#""environment":[{"name":"S","value":"v"}]"#).declared(
                "*",
                "S",
                Target::Parameter(World::parameter_id("/a")),
            ),
        ),
        ("plaintext-secret-detected", World::container(r#""environment":[{"name":"DB_PASSWORD","value":"hunter2"}]"#)),
        ("plaintext-in-command", World::container(r#""command":["server","--db-password","hunter2"]"#)),
        ("plaintext-in-label", World::container(r#""dockerLabels":{"app.password":"hunter2"}"#)),
        ("plaintext-in-health-check", World::container(r#""healthCheck":{"command":["CMD-SHELL","curl -u a:hunter2 http://b"]}"#)),
        (
            "plaintext-in-log-option",
            World::container(r#""logConfiguration":{"logDriver":"awsfirelens","options":{"http_Passwd":"hunter2"}}"#),
        ),
        ("credential-in-url", World::container(r#""environment":[{"name":"DATABASE","value":"postgres://app:hunter2@db/shop"}]"#)),
        ("plaintext-in-environment-file", crate::plaintext::with_file("DB_PASSWORD", "hunter2")),
        ("placeholder-in-definition", World::container(r#""environment":[{"name":"DB_PASSWORD","value":"change-me"}]"#)),
        (
            "secret-and-environment-clash",
            World::container(r#""environment":[{"name":"S","value":"v"}],"secrets":[{"name":"S","valueFrom":"/a"}]"#),
        ),
        ("duplicate-secret-name", World::container(r#""secrets":[{"name":"S","valueFrom":"/a"},{"name":"S","valueFrom":"/b"}]"#)),
        (
            "missing-execution-role",
            World::definition(r#"{"containerDefinitions":[{"name":"app","secrets":[{"name":"S","valueFrom":"/a"}]}]}"#),
        ),
        ("declared-secret-not-wired", World::container(r#""secrets":[]"#).declared("*", "S", Target::Nothing)),
        ("declared-secret-not-wired-container", World::container(r#""secrets":[]"#).declared("worker", "S", Target::Nothing)),
        ("reference-differs-from-declaration", World::secret("/a").declared("*", "S", Target::Parameter(World::parameter_id("/b")))),
        ("s3-object-not-looked-up", World::container(r#""environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/x.env"}]"#)),
        ("plain-string-parameter", World::secret("/a").has_parameter("/a", "String", None)),
        ("unusable-key", World::secret("/a").has_parameter("/a", "SecureString", Some("k")).has_key("k", "Disabled")),
        (
            "customer-key-required",
            World::secret("/a").has_parameter("/a", "SecureString", Some("alias/aws/ssm")).requires(Requirement::CustomerKey),
        ),
        ("rotation-required", World::secret(&secret_arn(DB)).has_secret(DB).requires(Requirement::Rotation)),
        ("rotation-required-parameter", World::secret("/a").requires(Requirement::Rotation)),
        ("not-observed", World::secret("/a").denied_parameter("/a")),
        ("not-observed-plaintext", plaintext_nowhere()),
        ("not-observed-way-through", way_through()),
        ("json-value-rendering-number", keyed().secret_text(DB, r#"{"password":1.10}"#)),
        ("unreadable-leaf", World::container(r#""secrets":[{"name":"S","valueFrom":5}]"#)),
    ]
}

#[test]
fn each_situation_leads_to_its_finding_and_no_pass() {
    for (message, world) in situations() {
        let judgement = world.judge();
        let finding = judgement.findings.iter().find(|finding| finding.message == message);
        let finding = finding.unwrap_or_else(|| {
            panic!("{message}: only {:?}", judgement.findings.iter().map(|finding| finding.message).collect::<Vec<_>>())
        });
        assert!(message.starts_with(finding.rule.name));
        if finding.severity == Severity::Error && !world.references.is_empty() && finding.address.starts_with("api/app/") {
            assert_eq!(judgement.count(Verdict::Pass), 0, "{message}");
        }
    }
}

#[test]
fn every_rule_has_a_situation() {
    let shown: BTreeSet<&str> = situations().iter().flat_map(|(_, world)| world.judge().findings).map(|finding| finding.rule.id).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    assert_eq!(shown, all);
}

#[test]
fn every_message_of_the_wording_is_led_to() {
    let shown: BTreeSet<&str> = situations().iter().flat_map(|(_, world)| world.judge().findings).map(|finding| finding.message).collect();
    let worded = sekisho_engine::FTL_EN.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id);
    // Led to elsewhere: in tests of their own below.
    let elsewhere = ["foreign-secret-aws-key", "plaintext-secret-allowed", "unusable-key-absent", "not-observed-nowhere"];
    for id in
        worded.filter(|id| !id.starts_with(' ') && !id.starts_with('#') && !id.starts_with("assume-") && !id.starts_with("suspicion-"))
    {
        assert!(shown.contains(id) || elsewhere.contains(&id), "nothing leads to {id}");
    }
}

#[test]
fn what_is_found_and_whole_passes_with_its_assumptions() {
    let judgement = World::secret("/a").has_parameter("/a", "SecureString", Some("alias/aws/ssm")).judge();
    assert_eq!(judgement.findings, []);
    assert_eq!(judgement.verdicts[0].verdict, Verdict::Pass);
    assert_eq!(judgement.verdicts[0].assumptions, ["assume-role-may-read", "assume-value-not-read"]);
}

#[test]
fn what_was_not_looked_up_never_passes() {
    let judgement = World::secret("/a").judge();
    assert_eq!(judgement.verdicts[0].verdict, Verdict::CannotTell);
    let denied = World::secret("/a").denied_parameter("/a").judge();
    assert_eq!(denied.verdicts[0].verdict, Verdict::CannotTell);
    assert!(denied.findings.iter().all(|finding| finding.undecided));
}

#[test]
fn what_only_the_open_agent_shows_is_likely_on_fargate() {
    let fargate = format!(
        r#"{{"executionRoleArn":"r","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{{"name":"app","secrets":[{{"name":"S","valueFrom":"{}"}}]}}]}}"#,
        text(DB, ":password::")
    );
    let judgement = World::definition(&fargate).has_secret(DB).secret_text(DB, r#"{"password":1000000}"#).judge();
    assert_eq!(judgement.findings[0].confidence, Confidence::Likely);
    assert_eq!(judgement.verdicts[0].verdict, Verdict::CannotTell);
    let ec2 = World::secret(&text(DB, ":password::")).has_secret(DB).secret_text(DB, r#"{"password":1000000}"#).judge();
    assert_eq!(ec2.verdicts[0].verdict, Verdict::Fail);
}

#[test]
fn a_foreign_secret_under_the_aws_managed_key_fails() {
    let foreign = secret_arn(DB).replace("123456789012", "999999999999");
    let mut world = World::secret(&foreign);
    let id = SecretId { region: REGION.into(), id: foreign };
    world.seen.secrets.insert(id, Fact::known(Lookup::Found(World::observed_secret(DB)), source()));
    let judgement = world.judge();
    assert!(judgement.findings.iter().any(|finding| finding.message == "foreign-secret-aws-key"));
    assert_eq!(judgement.verdicts[0].verdict, Verdict::Fail);
}

#[test]
fn plain_text_is_a_note_where_the_environment_allows_it() {
    let mut world = World::container(r#""environment":[{"name":"S","value":"v"}]"#).declared("*", "S", Target::Plaintext);
    world.allow_plaintext = true;
    let judgement = world.judge();
    assert_eq!((judgement.findings[0].message, judgement.findings[0].severity), ("plaintext-secret-allowed", Severity::Note));
}

#[test]
fn a_key_that_is_gone_and_a_region_that_is_not_known_are_told() {
    let mut gone = World::secret("/a").has_parameter("/a", "SecureString", Some("k"));
    gone.seen.keys.insert(sekisho_model::observed::KeyId { region: REGION.into(), id: "k".into() }, Fact::known(Lookup::Absent, source()));
    assert!(gone.judge().findings.iter().any(|finding| finding.message == "unusable-key-absent"));

    let mut nowhere = World::secret("/a");
    nowhere.surroundings.region = None;
    nowhere.references = sekisho_engine::from_task_definition("api", &nowhere.definition.definition, &nowhere.surroundings);
    let judgement = nowhere.judge();
    assert!(judgement.findings.iter().any(|finding| finding.message == "not-observed-nowhere"));
    assert_eq!(judgement.verdicts[0].verdict, Verdict::CannotTell);
}

#[test]
fn no_finding_shows_a_value() {
    for (_, world) in situations() {
        let shown = format!("{:?}", world.judge());
        for value in ["hunter2", "change-me", "\"v\"", "v\\n"] {
            assert!(!shown.contains(value), "{value} in {shown}");
        }
    }
}

#[test]
fn registry_credentials_in_other_letters_are_certain_on_ec2_only() {
    assert_eq!(registry(r#"{"USERNAME":"u","Password":"p"}"#).judge().findings, []);
    assert_eq!(registry(r#"{"username":"u","password":"p"}"#).judge().verdicts[0].verdict, Verdict::Pass);
}

#[test]
fn a_root_parameter_behind_an_arn_is_never_failed_on_what_is_not_confirmed() {
    let judgement = root().judge();
    assert_eq!(judgement.verdicts[0].verdict, Verdict::CannotTell);
}

#[test]
fn a_setting_in_a_plain_parameter_is_a_note_and_a_secret_a_warning() {
    let severity = |variable: &str| {
        let world =
            World::container(&format!(r#""secrets":[{{"name":"{variable}","valueFrom":"/a"}}]"#)).has_parameter("/a", "String", None);
        world.judge().findings[0].severity
    };
    assert_eq!(severity("DB_PASSWORD"), Severity::Warning);
    assert_eq!(severity("API_KEY"), Severity::Warning);
    assert_eq!(severity("LOG_LEVEL"), Severity::Note);
    assert_eq!(severity("KEYBOARD_LAYOUT"), Severity::Note);
}

#[test]
fn a_secret_under_a_disabled_key_may_still_open_with_its_previous_key() {
    let disabled = || World::secret(&secret_arn(DB)).has_secret_like(DB, |secret| secret.key = Some("k".into())).has_key("k", "Disabled");
    assert_eq!(disabled().judge().verdicts[0].verdict, Verdict::CannotTell);
    assert_eq!(disabled().secret_text(DB, "v").judge().verdicts[0].verdict, Verdict::Pass);
    let parameter = World::secret("/a").has_parameter("/a", "SecureString", Some("k")).has_key("k", "Disabled");
    assert_eq!(parameter.judge().verdicts[0].verdict, Verdict::Fail);
}

#[test]
fn the_way_through_to_a_secret_is_no_pass_even_where_it_is_found() {
    assert_eq!(way_through().judge().verdicts[0].verdict, Verdict::CannotTell);
}

#[test]
fn a_number_that_go_prints_as_written_is_no_finding() {
    for (number, passes) in
        [("5432", true), ("1.5", true), ("0", true), ("1.10", false), ("5432.0", false), ("1e3", false), ("0.30000000000000000001", false)]
    {
        let world = World::secret(&text(DB, ":password::")).has_secret(DB).secret_text(DB, &format!(r#"{{"password":{number}}}"#));
        assert_eq!(world.judge().verdicts[0].verdict == Verdict::Pass, passes, "{number}");
    }
}

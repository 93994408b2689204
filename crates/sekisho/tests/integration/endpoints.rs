//! Endpoints that hang, throttle, deny, talk nonsense, or belong to somebody else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::stand_in::{Answer, Asked, StandIn};
use crate::world::{Said, World};

const ACCOUNT: &str = "123456789012";

/// One service with `parameters` parameters and `secrets` secrets, of which every second one is read for a JSON key.
fn world(parameters: usize, secrets: usize) -> World {
    let arn = |n: usize| format!("arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:app/{n}-AbCdEf");
    let mut wanted: Vec<Value> = (0..parameters).map(|n| json!({ "name": format!("P{n}"), "valueFrom": format!("/app/p{n}") })).collect();
    for n in 0..secrets {
        let key = if n % 2 == 0 { ":key::" } else { "" };
        wanted.push(json!({ "name": format!("S{n}"), "valueFrom": format!("{}{key}", arn(n)) }));
    }
    let definition = json!({
        "family": "app",
        "executionRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/execution"),
        "containerDefinitions": [{ "name": "app", "image": "app:1", "secrets": wanted }],
    });
    let world = World::with_manifest(&format!(
        "[project]\nname = \"app\"\nregion = \"eu-west-1\"\npath = {{ ssm = \"/app/{{secret}}\", secretsmanager = \"app/{{secret}}\" }}\n\
         [environments.test]\naccount = \"{ACCOUNT}\"\nstore = \"ssm\"\n[secrets.one]\nenv = \"P0\"\n\
         [services.app]\ntask_definition = \"app.json\"\n"
    ));
    world.write("app.json", definition.to_string());
    world
}

/// Credentials that nobody knows.
const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "example")];

fn run(world: &World, server: &StandIn, arguments: &[&str]) -> Said {
    let arguments = [&["--endpoint-url", &server.url], arguments].concat();
    world.run_with(&arguments, &KEYS)
}

/// An account where everything that is asked for exists.
fn everything(asked: &Asked) -> Answer {
    let key = "alias/own";
    match asked.operation.as_str() {
        "sts:GetCallerIdentity" => Answer::identity(ACCOUNT),
        "ssm:DescribeParameters" => {
            let names = asked.body["ParameterFilters"][0]["Values"].as_array().unwrap();
            let told =
                names.iter().map(|name| json!({ "Name": name, "Type": "SecureString", "Tier": "Standard", "KeyId": key, "Version": 1 }));
            Answer::json(&json!({ "Parameters": told.collect::<Vec<_>>() }))
        }
        "ssm:GetParameters" => {
            let told =
                asked.list("Names").into_iter().map(|name| json!({ "Name": name, "Type": "SecureString", "Value": "x", "Version": 1 }));
            Answer::json(&json!({ "Parameters": told.collect::<Vec<_>>(), "InvalidParameters": [] }))
        }
        "secretsmanager:DescribeSecret" => {
            let id = asked.body["SecretId"].as_str().unwrap();
            let name = id.rsplit(':').next().unwrap().trim_end_matches("-AbCdEf");
            let versions = json!({ "11111111-2222-3333-4444-555555555555": ["AWSCURRENT"] });
            Answer::json(&json!({ "ARN": id, "Name": name, "KmsKeyId": key, "VersionIdsToStages": versions }))
        }
        "secretsmanager:BatchGetSecretValue" => {
            let told =
                asked.list("SecretIdList").into_iter().map(|id| json!({ "ARN": id, "Name": "x", "SecretString": "{\"key\":\"a value\"}" }));
            Answer::json(&json!({ "SecretValues": told.collect::<Vec<_>>(), "Errors": [] }))
        }
        "secretsmanager:GetSecretValue" => {
            Answer::json(&json!({ "ARN": asked.body["SecretId"], "Name": "x", "SecretString": "{\"key\":\"a value\"}" }))
        }
        "kms:DescribeKey" => {
            let arn = format!("arn:aws:kms:eu-west-1:{ACCOUNT}:key/1");
            Answer::json(&json!({ "KeyMetadata": { "KeyId": "1", "Arn": arn, "KeyState": "Enabled", "KeyManager": "CUSTOMER" } }))
        }
        other => Answer::error("UnknownOperationException", other),
    }
}

fn verdicts(said: &Said) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let of = |verdict: &Value, member: &str| verdict[member].as_str().unwrap().to_owned();
    report["verdicts"].as_array().unwrap().iter().map(|verdict| (of(verdict, "subject"), of(verdict, "verdict"))).collect()
}

/// `said` proves nothing and says so: exit 3, every reference "cannot tell", none "missing".
#[track_caller]
fn assert_cannot_tell(said: &Said, references: usize) {
    assert_eq!(said.code, 3, "{said:?}");
    let verdicts = verdicts(said);
    assert_eq!(verdicts.len(), references, "{said:?}");
    assert!(verdicts.iter().all(|(_, verdict)| verdict == "cannot-tell"), "{verdicts:?}");
    assert!(!said.out.contains("does not exist") && !said.out.contains("is missing"), "{said:?}");
}

#[test]
fn an_endpoint_that_hangs_is_given_up_within_half_a_minute_or_so() {
    let world = world(2, 1);
    let server = StandIn::start(|_| Answer::Hangs);
    let begin = Instant::now();
    let said = run(&world, &server, &["verify", "test"]);
    assert!(begin.elapsed() < Duration::from_secs(45), "{:?}", begin.elapsed());
    assert_eq!(said.code, 3, "{said:?}");
    for told in ["retry 1 of 2", "retry 2 of 2", "sts:GetCallerIdentity", "no answer in time"] {
        assert!(said.err.contains(told), "{told}: {said:?}");
    }
    assert_eq!(server.operations(), ["sts:GetCallerIdentity"; 3]);
}

#[test]
fn a_service_that_hangs_behind_one_that_answers_leaves_its_references_undecided() {
    let world = world(2, 1);
    let server = StandIn::start(|asked| if asked.operation.starts_with("ssm:") { Answer::Hangs } else { everything(asked) });
    let begin = Instant::now();
    let said = run(&world, &server, &["verify", "test", "--output", "json"]);
    assert!(begin.elapsed() < Duration::from_secs(45), "{:?}", begin.elapsed());
    assert_eq!(said.code, 3, "{said:?}");
    let of = |wanted: &str| verdicts(&said).iter().filter(|(_, verdict)| verdict == wanted).count();
    assert_eq!((of("cannot-tell"), of("pass")), (2, 1), "{said:?}");
    assert!(said.err.contains("retry 2 of 2"), "{said:?}");
}

#[test]
fn a_refused_connection_is_named() {
    let world = world(1, 0);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = world.run_with(&["verify", "test", "--endpoint-url", &format!("http://127.0.0.1:{port}")], &KEYS);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("no connection") && said.err.contains("retry 2 of 2"), "{said:?}");
}

#[test]
fn a_throttled_call_passes_in_the_end_and_every_retry_is_seen() {
    let world = world(2, 1);
    let server = StandIn::start(|asked| {
        let throttled = (asked.operation == "ssm:DescribeParameters" && asked.before < 3)
            || (asked.operation == "sts:GetCallerIdentity" && asked.before < 1);
        match (throttled, asked.operation.starts_with("sts:")) {
            (true, true) => Answer::xml_error(400, "Throttling", "Rate exceeded"),
            (true, false) => Answer::error("ThrottlingException", "Rate exceeded"),
            (false, _) => everything(asked),
        }
    });
    let said = run(&world, &server, &["verify", "test"]);
    assert_eq!(said.code, 0, "{said:?}");
    for told in ["sts:GetCallerIdentity", "retry 1 of 8", "ssm:DescribeParameters", "retry 3 of 8"] {
        assert!(said.err.contains(told), "{told}: {said:?}");
    }
    assert!(!said.err.contains("retry 4 of 8"), "{said:?}");
}

#[test]
fn throttling_is_told_even_where_it_is_to_be_quiet() {
    let world = world(1, 0);
    let server = StandIn::start(|asked| {
        if asked.operation.starts_with("ssm:") && asked.before < 1 { Answer::error("ThrottlingException", "") } else { everything(asked) }
    });
    let said = run(&world, &server, &["verify", "test", "--quiet"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("retry 1 of 8"), "{said:?}");
}

#[test]
fn html_is_no_answer_of_aws() {
    let world = world(2, 1);
    for status in [200, 503] {
        let server = StandIn::start(move |_| Answer::html(status));
        let said = run(&world, &server, &["verify", "test"]);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains(&format!("HTTP status {status} with a body that is not AWS's")), "{said:?}");
        assert!(!said.err.contains("sign in.") && !said.out.contains("sign in."), "{said:?}");
        assert_eq!(server.operations(), ["sts:GetCallerIdentity"; 3], "{status}");
    }
}

#[test]
fn html_behind_an_identity_leaves_every_reference_undecided() {
    let world = world(2, 1);
    for status in [200, 503] {
        let server =
            StandIn::start(move |asked| if asked.operation.starts_with("sts:") { everything(asked) } else { Answer::html(status) });
        let said = run(&world, &server, &["verify", "test", "--output", "json", "--create", "--generate"]);
        assert_cannot_tell(&said, 3);
        assert_eq!(server.count("ssm:PutParameter") + server.count("secretsmanager:CreateSecret"), 0, "{status}");
    }
}

#[test]
fn expired_credentials_end_the_verb_before_anything_else_is_asked() {
    let world = world(2, 1);
    let server = StandIn::start(|_| Answer::xml_error(403, "ExpiredToken", "The security token included in the request is expired"));
    for arguments in
        [&["verify", "test", "--create", "--generate"][..], &["secret", "list", "test"], &["secret", "set", "test", "one", "--generate"]]
    {
        let before = server.asked().len();
        let said = run(&world, &server, arguments);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(
            said.err.contains("AWS does not accept the credentials: The security token included in the request is expired"),
            "{said:?}"
        );
        assert!(said.err.contains("sign in again"), "{said:?}");
        assert_eq!(server.asked().len(), before + 1, "{arguments:?}: {:?}", server.operations());
    }
    assert!(server.operations().iter().all(|operation| operation == "sts:GetCallerIdentity"));
}

#[test]
fn credentials_that_expire_on_the_way_decide_nothing() {
    let world = world(2, 1);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => everything(asked),
        _ => Answer::error("ExpiredTokenException", "The security token included in the request is expired"),
    });
    let said = run(&world, &server, &["verify", "test", "--output", "json", "--create", "--generate"]);
    assert_cannot_tell(&said, 3);
    assert_eq!(server.count("ssm:PutParameter") + server.count("secretsmanager:CreateSecret"), 0);
}

#[test]
fn no_credentials_at_all_are_said_to_be_missing() {
    let world = world(1, 0);
    let server = StandIn::start(everything);
    let said = world.run(&["verify", "test", "--endpoint-url", &server.url]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("no credentials were found"), "{said:?}");
    assert!(server.asked().is_empty(), "{:?}", server.operations());
}

#[test]
fn another_account_ends_every_verb_before_any_other_call() {
    let world = world(2, 1);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => Answer::identity("999999999999"),
        _ => everything(asked),
    });
    for arguments in [
        &["verify", "test"][..],
        &["verify", "test", "--create", "--generate"],
        &["secret", "list", "test"],
        &["secret", "get", "test", "one", "--reveal"],
        &["secret", "set", "test", "one", "--generate"],
        &["run", "test", "app", "--", "true"],
    ] {
        let said = run(&world, &server, arguments);
        assert_eq!(said.code, if arguments[0] == "run" { 125 } else { 2 }, "{said:?}");
        assert!(said.err.contains("999999999999") && said.err.contains(ACCOUNT), "{said:?}");
    }
    assert_eq!(server.operations(), ["sts:GetCallerIdentity"; 6]);
}

#[test]
fn whoever_may_not_describe_parameters_reads_their_names_in_tens_without_decryption() {
    let world = world(25, 0);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::error("AccessDeniedException", "not authorized to perform: ssm:DescribeParameters"),
        _ => everything(asked),
    });
    let said = run(&world, &server, &["verify", "test", "--output", "json"]);
    let passed = verdicts(&said).iter().filter(|(_, verdict)| verdict == "pass").count();
    assert_eq!(passed, 25, "{said:?}");
    let read: Vec<Asked> = server.asked().into_iter().filter(|asked| asked.operation == "ssm:GetParameters").collect();
    assert_eq!(read.iter().map(|asked| asked.list("Names").len()).sum::<usize>(), 25);
    assert_eq!(read.len(), 3);
    assert!(read.iter().all(|asked| asked.body["WithDecryption"] == false));
}

#[test]
fn denied_is_never_missing_and_creates_nothing() {
    let world = world(12, 3);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => everything(asked),
        _ => Answer::error("AccessDeniedException", "User: arn:aws:iam::123456789012:user/a is not authorized"),
    });
    for arguments in [&["verify", "test", "--output", "json"][..], &["verify", "test", "--output", "json", "--create", "--generate"]] {
        let said = run(&world, &server, arguments);
        assert_cannot_tell(&said, 15);
        let report: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(report["changes"], json!([]));
    }
    // Two in tens, then each name on its own, in both runs.
    assert_eq!(server.count("ssm:GetParameters"), 2 * (2 + 12));
    let written = ["ssm:PutParameter", "secretsmanager:CreateSecret", "secretsmanager:PutSecretValue"];
    assert_eq!(written.iter().map(|operation| server.count(operation)).sum::<usize>(), 0, "{:?}", server.operations());
}

#[test]
fn denied_is_never_missing_in_a_list_and_is_not_overwritten() {
    let world = world(1, 0);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "sts:GetCallerIdentity" => everything(asked),
        _ => Answer::error("AccessDeniedException", "User: arn:aws:iam::123456789012:user/a is not authorized"),
    });
    let listed = run(&world, &server, &["secret", "list", "test"]);
    assert_eq!(listed.code, 3, "{listed:?}");
    assert!(listed.out.contains("cannot tell") && !listed.out.contains("missing"), "{listed:?}");
    let set = run(&world, &server, &["secret", "set", "test", "one", "--generate"]);
    assert_eq!(set.code, 4, "{set:?}");
    let got = run(&world, &server, &["secret", "get", "test", "one", "--reveal"]);
    assert_eq!((got.code, got.out.as_str()), (3, ""), "{got:?}");
    assert_eq!(server.count("ssm:PutParameter"), 0);
}

#[test]
fn a_verification_costs_the_fewest_calls() {
    // One parameter more than two filters hold; sixty secrets, of which thirty are read for a key.
    let world = world(101, 60);
    let server = StandIn::start(everything);
    let said = run(&world, &server, &["verify", "test", "--output", "json"]);
    assert!(verdicts(&said).iter().all(|(_, verdict)| verdict == "pass"), "{said:?}");
    let count = |operation| server.count(operation);
    assert_eq!(count("sts:GetCallerIdentity"), 1);
    assert_eq!(count("ssm:DescribeParameters"), 3);
    assert_eq!(count("secretsmanager:DescribeSecret"), 60);
    assert_eq!(count("secretsmanager:BatchGetSecretValue"), 2);
    assert_eq!(count("kms:DescribeKey"), 1);
    assert_eq!(server.asked().len(), 67, "{:?}", server.operations());
    let read: Vec<String> = server.asked().iter().flat_map(|asked| asked.list("SecretIdList")).collect();
    assert_eq!(read.len(), 30);
    let ours = format!("app/sekisho-{}", env!("CARGO_PKG_VERSION"));
    assert!(server.asked().iter().all(|asked| asked.user_agent.contains(&ours)), "{:?}", server.asked()[0]);
}

#[test]
fn a_secret_in_several_containers_is_looked_up_once() {
    let world = World::empty();
    let arn = format!("arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:app/1-AbCdEf");
    let container = |name: &str| {
        let keys: Vec<Value> = (0..5).map(|n| json!({ "name": format!("K{n}"), "valueFrom": format!("{arn}:key::") })).collect();
        json!({ "name": name, "image": "a", "secrets": keys })
    };
    let definition = json!({ "family": "app", "executionRoleArn": "arn:aws:iam::123456789012:role/r", "containerDefinitions": [container("a"), container("b")] });
    world.write("app.json", definition.to_string());
    let server = StandIn::start(everything);
    let said = run(&world, &server, &["verify", "--task-definition", "app.json", "--output", "json"]);
    assert_eq!(verdicts(&said).len(), 10);
    assert_eq!(said.code, 0, "{said:?}");
    let mut operations = server.operations();
    operations.sort();
    assert_eq!(operations, ["kms:DescribeKey", "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "sts:GetCallerIdentity"]);
}

#[test]
fn plain_http_beyond_loopback_is_refused_before_anything_is_sent() {
    let world = world(1, 0);
    // TEST-NET-1: a connection would hang.
    for url in ["http://192.0.2.1", "http://aws.example.com:4566", "http://127.0.0.1.example.com", "ftp://127.0.0.1", "127.0.0.1:4566"] {
        let begin = Instant::now();
        let said = world.run_with(&["verify", "test", "--endpoint-url", url], &KEYS);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(url), "{said:?}");
        assert!(begin.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn a_refusal_that_echoes_the_value_is_told_without_it() {
    let value = "Kw7-\"planted\"-9qLmZ-echoed-4Tb";
    let world = world(1, 0);
    for echo in [value.to_owned(), "Kw7-\"planted\"-9qLm...".to_owned()] {
        let server = StandIn::start(move |asked| match asked.operation.as_str() {
            "ssm:PutParameter" => {
                assert_eq!(asked.body["Value"], value);
                let message = format!("1 validation error detected: Value '{echo}' at 'value' failed to satisfy constraint: \u{1b}[31mred");
                Answer::error("ValidationException", &message)
            }
            "ssm:DescribeParameters" => Answer::json(&json!({ "Parameters": [] })),
            _ => everything(asked),
        });
        let create =
            world.run_with(&["verify", "test", "--create", "-v", "--endpoint-url", &server.url], &[KEYS[0], KEYS[1], ("P0", value)]);
        let mut set = world.command(&["secret", "set", "test", "one", "--file", "value", "-v", "--endpoint-url", &server.url]);
        world.write("value", value);
        let set = set.envs(KEYS).output().unwrap();
        let set = Said {
            code: set.status.code().unwrap(),
            out: String::from_utf8(set.stdout).unwrap(),
            err: String::from_utf8(set.stderr).unwrap(),
        };
        assert_eq!(server.count("ssm:PutParameter"), 2);
        for said in [create, set] {
            assert_eq!(said.code, 4, "{said:?}");
            let shown = format!("{}{}", said.out, said.err);
            assert!(shown.contains("ValidationException") && shown.contains("at 'value' failed to satisfy constraint"), "{said:?}");
            assert!(!shown.contains("planted") && !shown.contains("9qLm") && !shown.contains("Kw7-"), "{said:?}");
            assert!(!shown.contains('\u{1b}'), "{said:?}");
        }
    }
}

#[test]
fn whoever_was_faster_keeps_what_they_wrote() {
    let world = world(1, 0);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" if asked.before == 0 => Answer::json(&json!({ "Parameters": [] })),
        "ssm:PutParameter" => {
            assert_eq!(asked.body["Overwrite"], false);
            Answer::error("ParameterAlreadyExists", "The parameter already exists.")
        }
        _ => everything(asked),
    });
    let said = run(&world, &server, &["verify", "test", "--create", "--generate", "--output", "json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["changes"][0]["action"], "change-not-needed", "{report:#}");
    assert_eq!(server.count("ssm:PutParameter"), 1);
}

#[test]
fn a_write_that_fails_is_told_apart_and_ends_with_its_own_code() {
    let world = world(3, 0);
    let server = StandIn::start(|asked| match asked.operation.as_str() {
        "ssm:DescribeParameters" => Answer::json(&json!({ "Parameters": [] })),
        "ssm:PutParameter" if asked.body["Name"] == "/app/p0" => Answer::json(&json!({ "Version": 1, "Tier": "Standard" })),
        "ssm:PutParameter" => Answer::error("AccessDeniedException", "not authorized to perform: ssm:PutParameter"),
        _ => everything(asked),
    });
    let said = run(&world, &server, &["verify", "test", "--create", "--generate"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("`/app/p1` could not be written") && said.err.contains("ssm:PutParameter"), "{said:?}");
    assert!(said.out.contains("created /app/p0"), "{said:?}");
    assert_eq!(server.count("ssm:PutParameter"), 2, "nothing is tried after the first refusal");
}

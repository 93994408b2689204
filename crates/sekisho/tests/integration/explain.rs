//! `explain`, as it is used: a message from a console, an answer of ECS, a log, a rule.

use std::io::Write as _;
use std::process::Stdio;

use crate::world::{Said, World};

fn explain(text: &str) -> Said {
    World::empty().run(&["explain", text])
}

/// The same with the text on stdin.
fn piped(text: &[u8], more: &[&str]) -> Said {
    let world = World::empty();
    let arguments: Vec<&str> = ["explain", "-"].iter().chain(more).copied().collect();
    let mut command = world.command(&arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever does not read to the end is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(text);
    world.said(child.wait_with_output().unwrap())
}

const MISSING: &str = "Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /shop/db,/shop/key";

#[test]
fn a_message_is_explained_with_commands_that_name_what_it_names() {
    let said = explain(MISSING);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(said.out, @r"
    recognised: parameter-not-found
      Parameter Store has no parameter of these names in this Region and account. The right to read them is there: without it the message would say AccessDenied. A name with levels needs its leading slash (`/a/b`), and its ARN has exactly one slash behind `parameter`.
      proof: The parameters that the first command lists as invalid are the missing ones. ECS tells only the first failing batch of ten names: there may be more.
      remedy: Create the parameters, or mend the names or the Region in `valueFrom`. `sekisho verify` finds all of them in one run.
      it names: parameters /shop/db,/shop/key · region eu-west-1
        $ aws ssm get-parameters --names /shop/db /shop/key --region eu-west-1 --query InvalidParameters
        $ aws ssm describe-parameters --region eu-west-1 --query 'Parameters[].Name'
    ");
}

#[test]
fn the_same_in_japanese() {
    let said = World::empty().run(&[
        "--lang",
        "ja",
        "explain",
        "エラー: The Systems Manager parameter name specified for secret DB_PASSWORD is invalid",
    ]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(
        said.out.starts_with("判明: registration-parameter-name\n") && said.out.contains("壊れた *Secrets Manager* の参照"),
        "{}",
        said.out
    );
    assert!(said.out.contains("ほかの可能性") && said.out.contains("variable DB_PASSWORD"), "{}", said.out);
}

#[test]
fn the_answer_of_ecs_and_a_log_are_read_from_stdin() {
    let answer = serde_json::json!({ "tasks": [{ "stoppedReason": MISSING, "containers": [{ "environment": "hunter2" }] }] });
    let said = piped(answer.to_string().as_bytes(), &["--output", "json"]);
    assert_eq!(said.code, 0);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let best = &json["matches"][0];
    assert_eq!((best["class"].as_str(), best["confidence"].as_str()), (Some("parameter-not-found"), Some("certain")));
    assert_eq!(best["extracted"]["parameters"], "/shop/db,/shop/key");
    assert!(best["cause"].is_string() && best["remedy"].is_string() && !said.out.contains("hunter2"));

    let said = piped(format!("2026-11-24T10:00:00Z starting\n2026-11-24T10:00:01Z {MISSING}\n").as_bytes(), &["--output", "jsonl"]);
    assert_eq!(said.out.lines().count(), 1);
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(MISSING.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(piped(&utf16, &[]).code, 0);
}

#[test]
fn what_is_not_known_is_said_and_exits_with_3() {
    let said = explain("segmentation fault");
    assert_eq!((said.code, said.out.as_str()), (3, ""));
    assert!(said.err.contains("no message of ECS that Sekisho knows"), "{}", said.err);
    let json = World::empty().run(&["explain", "segmentation fault", "--output", "json"]);
    assert_eq!((json.code, json.out.contains("\"matches\": []")), (3, true), "{}", json.out);
    assert_eq!(World::empty().run(&["explain", " "]).code, 2);
}

#[test]
fn a_pasted_text_cannot_paint_the_terminal_or_run_in_a_shell() {
    let hostile = "failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:x$(id)\u{202e}-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret. \u{1b}[2J";
    let said = explain(hostile);
    assert_eq!(said.code, 0);
    assert!(!said.out.contains('\u{1b}') && !said.out.contains('\u{202e}'), "{:?}", said.out);
    for line in said.out.lines().filter(|line| line.trim_start().starts_with("$ ")) {
        let outside: String = line.split('\'').step_by(2).collect();
        assert!(!outside.contains("$("), "{line}");
    }
}

#[test]
fn a_rule_is_explained_by_its_page() {
    let said = World::empty().run(&["explain", "sek0301"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with("SEK0301 plaintext-secret (error)\n") && said.out.contains("‹name›"), "{}", said.out);
    let japanese = World::empty().run(&["explain", "plaintext-secret", "--lang", "ja"]);
    assert!(japanese.out.contains("平文で書かれています"), "{}", japanese.out);
    let json = World::empty().run(&["--output", "json", "explain", "SEK0301"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["rule"]["name"], "plaintext-secret");
    let unknown = World::empty().run(&["explain", "SEK0300"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("SEK030"), "{}", unknown.err);
}

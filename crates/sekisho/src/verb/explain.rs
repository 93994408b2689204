//! `explain`: what a message of ECS means, or what a rule says.
//!
//! The pasted text is somebody else's, and may hold secrets: it is never printed back, and what is taken from it was checked by the engine.

use std::io::{IsTerminal as _, Read as _};

use sekisho_engine::explain::{LIMIT, explain};
use sekisho_engine::rules::{self, RULES};
use sekisho_report::{explanation_json, explanation_text, match_json, rule_json, rule_text};

use crate::cli::{Explain, Output};
use crate::failure::{Failure, Outcome, UNPROVED, cause, suggestion};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Explain) -> Outcome {
    if let [only] = arguments.text.as_slice() {
        if let Some(rule) = rules::find(only.trim()) {
            match session.global.output {
                Output::Json => session.print_json(&format!("{:#}\n", rule_json(rule, &session.wording))),
                Output::Jsonl => session.print_json(&format!("{}\n", rule_json(rule, &session.wording))),
                _ => session.print(&rule_text(rule, &session.wording)),
            }
            return Ok(0);
        }
        if is_id(only) {
            let near = suggestion(&only.to_ascii_uppercase(), RULES.iter().map(|rule| rule.meta().id));
            return Err(Failure::new("explain-no-rule").with("id", only).with("suggestion", near));
        }
    }
    let text = match arguments.text.as_slice() {
        [dash] if dash == "-" => stdin()?,
        [] if std::io::stdin().is_terminal() => return Err(Failure::new("explain-nothing")),
        [] => stdin()?,
        words => words.join(" "),
    };
    if text.trim().is_empty() {
        return Err(Failure::new("explain-nothing"));
    }
    let matches = explain(&text);
    match session.global.output {
        Output::Json => session.print_json(&format!("{:#}\n", explanation_json(&matches, &session.wording))),
        Output::Jsonl => {
            let lines: Vec<String> = matches.iter().map(|one| format!("{}\n", match_json(one, &session.wording))).collect();
            session.print_json(&lines.concat());
        }
        _ => session.print(&explanation_text(&matches, &session.wording)),
    }
    if matches.is_empty() {
        // Not an error of the user's: nothing could be told.
        return Err(Failure::new("explain-unrecognised").exiting(UNPROVED));
    }
    Ok(0)
}

/// Whether somebody meant a rule: `SEK` and digits.
fn is_id(text: &str) -> bool {
    let digits = text.trim().to_ascii_uppercase();
    digits
        .strip_prefix("SEK")
        .is_some_and(|digits| !digits.is_empty() && digits.len() < 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Standard input, as far as it is looked at. What is no UTF-8 in it is no part of a message.
fn stdin() -> Result<String, Failure> {
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    let limit = u64::try_from(LIMIT).unwrap_or(u64::MAX);
    let read = std::io::stdin().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new("stdin-unreadable").with("cause", cause(&error)))?;
    // PowerShell writes UTF-16.
    if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
        let units =
            units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]));
        return Ok(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

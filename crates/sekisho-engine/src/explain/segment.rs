//! The messages within a pasted text.
//!
//! In the answers of ECS and in events they are the values of certain members. Those are picked out without parsing the JSON around them, which is often
//! cut, wrapped or mixed with a log's own words; a text without such members is one message.

use super::LIMIT;

/// Members of ECS's answers and events whose values are messages.
const MEMBERS: [&str; 12] = [
    "stoppedReason",
    "StoppedReason",
    "reason",
    "Reason",
    "message",
    "Message",
    "errorMessage",
    "rolloutStateReason",
    "statusReason",
    "ResourceStatusReason",
    "detail",
    "stopReason",
];

/// More messages than this are not looked at, and more different ones neither.
const MESSAGES: usize = 2_000;
const DISTINCT: usize = 200;

/// The messages in `text`, each once: decoded, without a log's timestamps, frames and colours.
pub(super) fn of(text: &str) -> Vec<String> {
    let text = cut(text);
    let mut messages = members(text);
    if messages.is_empty() && text.contains("\\\"") {
        // JSON as a string within JSON, as log collectors write it.
        messages = members(&unescaped(text));
    }
    if messages.is_empty() {
        messages.push(text.to_owned());
    }
    let mut cleaned: Vec<String> = Vec::new();
    for message in messages.iter().map(|message| clean(message)) {
        if !message.is_empty() && !cleaned.contains(&message) && cleaned.len() < DISTINCT {
            cleaned.push(message);
        }
    }
    cleaned
}

/// The whole text as one message.
pub(super) fn whole(text: &str) -> String {
    clean(cut(text))
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The values of the members that hold messages.
fn members(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('"') {
        let Some(rest) = text.get(at + 1..) else { continue };
        let Some(member) = MEMBERS.iter().find(|member| rest.strip_prefix(**member).is_some_and(|rest| rest.starts_with('"'))) else {
            continue;
        };
        let Some(value) = rest.get(member.len() + 1..).map(str::trim_start).and_then(|rest| rest.strip_prefix(':')) else { continue };
        let Some(value) = value.trim_start().strip_prefix('"') else { continue };
        found.push(unescaped(string(value)));
        if found.len() >= MESSAGES {
            break;
        }
    }
    found.retain(|value| !value.trim().is_empty());
    found
}

/// A JSON string up to its closing quote, or to the end where it was cut.
fn string(text: &str) -> &str {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '\\' => escaped = !escaped,
            '"' if !escaped => return text.get(..at).unwrap_or_default(),
            _ => escaped = false,
        }
    }
    text
}

/// The escapes of JSON resolved; what is none stays.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 'r' | 't') => out.push(' '),
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                // A surrogate's half is no character: a blank stands for it.
                out.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or(' '));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// A message without terminal colours and without what stands before each line of a log; lines that were wrapped within a name are joined.
fn clean(message: &str) -> String {
    let plain = without_colours(message);
    let mut out = String::with_capacity(plain.len());
    for line in plain.lines().map(|line| without_front(line.trim())) {
        let next = line.split(char::is_whitespace).next().unwrap_or_default();
        let last = out.rsplit(' ').next().unwrap_or_default();
        // An ARN that a console broke: its rest looks like a part of a name, not like a word.
        let goes_on = last.contains("arn:")
            && !next.is_empty()
            && next.chars().any(|c| c.is_ascii_digit() || "/-_:".contains(c))
            && !last.ends_with(['.', ',']);
        if !out.is_empty() && !goes_on {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line without its log's timestamp and without the frame that Terraform draws.
fn without_front(line: &str) -> &str {
    const FRAME: [char; 7] = ['│', '|', '╷', '╵', '>', '┃', ' '];
    let line = line.trim_start_matches(FRAME);
    match line.split_once(' ') {
        Some((stamp, rest)) if stamp.len() >= 19 && stamp.starts_with("20") && stamp.contains('T') && stamp.contains(':') => {
            rest.trim_start_matches(FRAME)
        }
        _ => line,
    }
}

/// Without the escape sequences of a terminal.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' && characters.peek() == Some(&'[') {
            characters.next();
            for code in characters.by_ref() {
                if code.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_taken_out_of_answers_and_events() {
        let answer = r#"{"tasks":[{"stoppedReason":"A \"b\" \u2019c","containers":[{"reason":"D"},{"reason":""}]}],"failures":[{"reason":"MISSING"}]}"#;
        assert_eq!(of(answer), ["A \"b\" \u{2019}c", "D", "MISSING"]);
        assert_eq!(of(r#"log: {\"detail\":{\"stoppedReason\":\"E\"}}"#), ["E"]);
        assert_eq!(of(r#"{"stoppedReason":"cut he"#), ["cut he"]);
    }

    #[test]
    fn what_a_log_puts_before_a_line_is_taken_off() {
        assert_eq!(of("2026-11-24T10:00:00.000Z │ Error: x\n│   y\u{1b}[0m"), ["Error: x y"]);
    }

    #[test]
    fn an_arn_that_was_broken_is_joined() {
        assert_eq!(
            of("on resource: arn:aws:ssm:eu-west-1:1234\n56789012:parameter/a because"),
            ["on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/a because"]
        );
        assert_eq!(of("on resource: arn:aws:ssm:x:1:parameter/a\nbecause no"), ["on resource: arn:aws:ssm:x:1:parameter/a because no"]);
    }
}

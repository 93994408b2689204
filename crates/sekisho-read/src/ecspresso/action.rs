//! One action of a Go template: `{{ must_env "IMAGE" }}`, `{{ env "TAG" "latest" | json_escape }}`.

use crate::document::Reading;

/// What an action becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Text(String),
    /// A function of ecspresso whose input is not at hand.
    Unknown,
    /// Not a function of ecspresso.
    NotOurs,
}

/// Functions whose outcome is the account's, or that only ecspresso knows.
const FETCHING: [&str; 8] =
    ["ssm", "ssm_list", "secretsmanager_arn", "secretsmanager", "cfn_output", "cfn_export", "caller_identity", "external"];

/// Runs `action`, with its braces.
pub(super) fn run(action: &str, reading: &Reading) -> Outcome {
    let inside = action.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).unwrap_or_default();
    let inside = inside.strip_prefix("- ").unwrap_or(inside);
    let inside = inside.strip_suffix(" -").unwrap_or(inside);
    let Some(words) = words(inside) else { return Outcome::NotOurs };
    let mut outcome = Outcome::NotOurs;
    for (index, command) in words.split(|word| *word == Word::Pipe).enumerate() {
        let Some((Word::Name(function), arguments)) = command.split_first() else { return Outcome::NotOurs };
        let arguments: Option<Vec<&str>> =
            arguments.iter().map(|word| if let Word::Text(text) = word { Some(text.as_str()) } else { None }).collect();
        let Some(arguments) = arguments else { return Outcome::NotOurs };
        outcome = match (index, outcome) {
            (0, _) => call(function, &arguments, reading),
            (_, Outcome::Text(text)) if *function == "json_escape" => Outcome::Text(json_escape(&text)),
            (_, Outcome::Unknown) if *function == "json_escape" => Outcome::Unknown,
            _ => return Outcome::NotOurs,
        };
    }
    outcome
}

fn call(function: &str, arguments: &[&str], reading: &Reading) -> Outcome {
    let told = |text: Option<String>| text.map_or(Outcome::Unknown, Outcome::Text);
    match (function, arguments) {
        ("must_env", [name]) => told(reading.allow_env.as_ref().and_then(|variables| variables.get(*name)).cloned()),
        // An empty variable counts as absent, as ecspresso takes it.
        ("env", [name, defaults @ ..]) => told(reading.allow_env.as_ref().and_then(|variables| {
            let set = variables.get(*name).filter(|value| !value.is_empty()).map(String::as_str);
            set.or_else(|| defaults.iter().copied().find(|default| !default.is_empty())).or(Some("")).map(str::to_owned)
        })),
        ("json_escape", [text]) => Outcome::Text(json_escape(text)),
        (function, arguments) => {
            if let Some(prefix) = function.strip_suffix("tfstatef")
                && let Some((format, values)) = arguments.split_first()
            {
                return told(filled(format, values).and_then(|address| look_up(prefix, &address, reading)));
            }
            if let (Some(prefix), [address]) = (function.strip_suffix("tfstate"), arguments) {
                return told(look_up(prefix, address, reading));
            }
            // A plugin's prefix may stand in front of any of them.
            let is_fetching = FETCHING.iter().any(|name| function == *name || function.ends_with(&format!("_{name}")));
            if is_fetching { Outcome::Unknown } else { Outcome::NotOurs }
        }
    }
}

fn look_up(prefix: &str, address: &str, reading: &Reading) -> Option<String> {
    reading.states.get(prefix)?.look_up(address)
}

/// `format` with each `%s` replaced; none where there are other verbs or another number of values.
fn filled(format: &str, values: &[&str]) -> Option<String> {
    let mut text = String::new();
    let mut values = values.iter();
    let mut pieces = format.split("%s");
    text.push_str(pieces.next()?);
    for piece in pieces {
        text.push_str(values.next()?);
        text.push_str(piece);
    }
    (values.next().is_none() && !text.contains('%')).then_some(text)
}

/// `text` as it stands within a string of JSON. Here the string is already read, so that its escapes stay what they are.
fn json_escape(text: &str) -> String {
    text.to_owned()
}

#[derive(Debug, PartialEq, Eq)]
enum Word {
    Name(String),
    Text(String),
    Pipe,
}

/// The words of a pipeline; none where it is more than calls with texts.
fn words(action: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut rest = action.trim_start();
    while let Some(first) = rest.chars().next() {
        match first {
            '`' => {
                let (text, behind) = rest.get(1..)?.split_once('`')?;
                words.push(Word::Text(text.to_owned()));
                rest = behind;
            }
            '"' => {
                let inside = rest.get(1..)?;
                let mut escaped = false;
                let end = inside.char_indices().find(|(_, character)| {
                    let ends = *character == '"' && !escaped;
                    escaped = *character == '\\' && !escaped;
                    ends
                })?;
                let quoted = rest.get(..end.0 + 2)?;
                words.push(Word::Text(serde_json::from_str(quoted).ok()?));
                rest = rest.get(end.0 + 2..)?;
            }
            '|' => {
                words.push(Word::Pipe);
                rest = rest.get(1..)?;
            }
            first if first.is_ascii_alphabetic() || first == '_' => {
                let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                let (name, behind) = rest.split_at_checked(length)?;
                words.push(Word::Name(name.to_owned()));
                rest = behind;
            }
            _ => return None,
        }
        rest = rest.trim_start();
    }
    Some(words)
}

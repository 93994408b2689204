//! Files of values, for import: dotenv and flat JSON. Flat YAML is beside them in `yaml_values`.
//!
//! The bytes belong to the caller, who wipes them; what is returned here wipes itself.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use sekisho_model::{Secret, Spanned};

use crate::json;
use crate::problem::{
    Problem, Problems, VALUES_DUPLICATE, VALUES_ESCAPE, VALUES_NAME, VALUES_NO_ASSIGNMENT, VALUES_NOT_FLAT, VALUES_NUL, VALUES_TRAILING,
    VALUES_TYPE, VALUES_UNTERMINATED,
};
use crate::text::{MEBIBYTE, Text};

/// Names with their places and values, in the order of the file.
pub type Values = Vec<(Spanned<String>, Secret<String>)>;

/// Reads `bytes` as JSON where the first character is `{`, else as dotenv.
///
/// # Errors
/// As [`json_values`] and [`dotenv`].
pub fn values(file: &str, bytes: &[u8]) -> Result<Values, Problems> {
    let text = Text::new(file, bytes, MEBIBYTE)?;
    if text.content.trim_start().starts_with('{') { read_json(&text) } else { read_dotenv(&text) }
}

/// Reads lines of `NAME=VALUE`, at most 1 MiB.
///
/// - Empty lines, and lines whose first character but blanks is `#`, are skipped. `export ` in front of a name is allowed.
/// - A value without quotation marks ends with its line, blanks around it are taken off, and ` #` begins a comment.
/// - In single quotes nothing is replaced. In double quotes `\n`, `\r`, `\t`, `\\`, `\"`, `` \` `` and `\$` are, and any other backslash is an error
///   rather than a guess. Both kinds may span lines; a line break is always `\n`.
/// - `$NAME` is never replaced by a variable: the value of a secret must not depend on who imports it.
///
/// # Errors
/// Every problem of the file, by line. None repeats a value, nor the text of a line that is not understood: it may be the rest of a value.
pub fn dotenv(file: &str, bytes: &[u8]) -> Result<Values, Problems> {
    read_dotenv(&Text::new(file, bytes, MEBIBYTE)?)
}

/// Reads one JSON object of strings, at most 1 MiB.
///
/// # Errors
/// Every problem of the file: other types under the name of their key, names that stand twice; or the first error of JSON's syntax. No value is
/// repeated.
pub fn json_values(file: &str, bytes: &[u8]) -> Result<Values, Problems> {
    read_json(&Text::new(file, bytes, MEBIBYTE)?)
}

/// Collects names and values, and complains about names that stand twice.
#[derive(Default)]
pub(crate) struct Collector {
    values: Values,
    lines: BTreeMap<String, u32>,
    pub(crate) problems: Vec<Problem>,
}

impl Collector {
    pub(crate) fn add(&mut self, name: Spanned<String>, value: Secret<String>) {
        if let Some(line) = self.lines.get(&name.value) {
            self.problems.push(Problem::at(VALUES_DUPLICATE, name.place.clone()).with_text("name", &name.value).with("line", line));
        } else {
            self.lines.insert(name.value.clone(), name.place.line);
        }
        if value.expose().contains('\0') {
            self.problems.push(Problem::at(VALUES_NUL, name.place.clone()).with_text("name", &name.value));
        }
        self.values.push((name, value));
    }

    pub(crate) fn finish(self) -> Result<Values, Problems> {
        if self.problems.is_empty() { Ok(self.values) } else { Err(Problems::new(self.problems)) }
    }
}

fn read_json(text: &Text<'_>) -> Result<Values, Problems> {
    let value = json::parse(text)?;
    let Value::Object(object) = value else {
        let range = value.range();
        return Err(Problem::at(VALUES_NOT_FLAT, text.place(range.start, range.end)).into());
    };
    let mut collector = Collector::default();
    for property in object.properties {
        let range = property.name.range();
        let name = Spanned::new(property.name.into_string(), text.place(range.start, range.end));
        match property.value {
            Value::StringLit(string) => collector.add(name, Secret::new(string.value.into_owned())),
            other => {
                let range = other.range();
                let problem = Problem::at(VALUES_TYPE, text.place(range.start, range.end))
                    .with_text("name", &name.value)
                    .with("found", json::type_of(&other));
                collector.problems.push(problem);
            }
        }
    }
    collector.finish()
}

fn read_dotenv(text: &Text<'_>) -> Result<Values, Problems> {
    let mut collector = Collector::default();
    let mut at = 0;
    while let Some(rest) = text.content.get(at..).filter(|rest| !rest.is_empty()) {
        at += assignment(text, at, rest, &mut collector);
    }
    collector.finish()
}

/// Reads what begins at byte `at` of the file with `rest`; returns how many bytes it takes.
fn assignment(text: &Text<'_>, at: usize, rest: &str, collector: &mut Collector) -> usize {
    let line = rest.split_inclusive('\n').next().unwrap_or(rest);
    let whole = line.len();
    let line = line.trim_end_matches('\n').trim_end_matches('\r');
    let body = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - body.len();
    if body.is_empty() || body.starts_with('#') {
        return whole;
    }
    let Some((before, _)) = body.split_once('=') else {
        collector.problems.push(Problem::at(VALUES_NO_ASSIGNMENT, text.place(at + indent, at + line.len())));
        return whole;
    };
    let name = before.strip_prefix("export").filter(|name| name.starts_with([' ', '\t'])).unwrap_or(before);
    let name = name.trim_start_matches([' ', '\t']);
    let end = indent + before.len();
    let place = text.place(at + end - name.len(), at + end);
    let begins_right = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !begins_right || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        collector.problems.push(Problem::at(VALUES_NAME, place));
        return whole;
    }
    let value = line.get(end + 1..).unwrap_or_default();
    let start = end + 1 + value.len() - value.trim_start_matches([' ', '\t']).len();
    let value = value.trim_start_matches([' ', '\t']);
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            // The value may go on beyond this line.
            let inside = rest.get(start + 1..).unwrap_or_default();
            match quoted(inside, quote) {
                Ok((value, taken)) => {
                    let behind = inside.get(taken..).unwrap_or_default();
                    let behind = behind.split_inclusive('\n').next().unwrap_or_default();
                    let blank = behind.trim_start_matches([' ', '\t']);
                    let comment = blank.starts_with('#') && blank.len() < behind.len();
                    if !comment && !blank.trim_end_matches(['\r', '\n']).is_empty() {
                        let from = at + start + 1 + taken;
                        collector.problems.push(Problem::at(VALUES_TRAILING, text.place(from, from)).with_text("name", name));
                    }
                    collector.add(Spanned::new(name.to_owned(), place), value);
                    start + 1 + taken + behind.len()
                }
                Err(Wrong::Unterminated) => {
                    let from = at + start;
                    collector.problems.push(Problem::at(VALUES_UNTERMINATED, text.place(from, from + 1)).with_text("name", name));
                    whole
                }
                Err(Wrong::Escape { offset, end }) => {
                    let from = at + start + 1 + offset;
                    collector.problems.push(Problem::at(VALUES_ESCAPE, text.place(from, from + 1)).with_text("name", name));
                    start + 1 + end + inside.get(end..).and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or_default().len()
                }
            }
        }
        _ => {
            let comment = value
                .match_indices('#')
                .map(|(index, _)| index)
                .find(|index| *index == 0 || value.get(..*index).is_some_and(|before| before.ends_with([' ', '\t'])));
            let value = comment.and_then(|index| value.get(..index)).unwrap_or(value);
            let value = value.trim_end_matches([' ', '\t', '\r']);
            collector.add(Spanned::new(name.to_owned(), place), Secret::new(value.to_owned()));
            whole
        }
    }
}

/// What is wrong with a value in quotation marks.
enum Wrong {
    Unterminated,
    /// `offset` of the backslash, `end` behind the closing quotation mark.
    Escape {
        offset: usize,
        end: usize,
    },
}

/// The value that begins behind an opening `quote`, and how many bytes it takes with the closing one.
fn quoted(inside: &str, quote: char) -> Result<(Secret<String>, usize), Wrong> {
    let mut escaped = false;
    let closing = inside.char_indices().find(|(_, character)| {
        let closes = *character == quote && !escaped;
        escaped = quote == '"' && *character == '\\' && !escaped;
        closes
    });
    let Some((length, _)) = closing else { return Err(Wrong::Unterminated) };
    let raw = inside.get(..length).unwrap_or_default();
    // The capacity is enough for everything: no copy of a growing value is left behind in memory.
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        match character {
            '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\\' if quote == '"' => match characters.next().map(|(_, next)| next) {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some(next @ ('\\' | '"' | '$' | '`')) => text.push(next),
                _ => {
                    drop(Secret::new(text));
                    return Err(Wrong::Escape { offset, end: length + 1 });
                }
            },
            _ => text.push(character),
        }
    }
    Ok((Secret::new(text), length + 1))
}

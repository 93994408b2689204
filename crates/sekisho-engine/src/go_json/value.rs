//! A decoded value and how Go prints it.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroize;

use super::scan::GoJsonError;

/// A JSON value as Go's `interface{}` holds it. Its text is wiped when dropped, and `Debug` shows nothing of it.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number {
        /// As float64.
        value: f64,
        /// Whether Go prints it just as it is written.
        as_written: bool,
    },
    /// A string, lone surrogates replaced.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in its own order, duplicates kept.
    Object(Vec<(String, Value)>),
}

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({})", self.kind())
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        match self {
            Self::String(text) => text.zeroize(),
            Self::Number { value, .. } => value.zeroize(),
            Self::Object(members) => members.iter_mut().for_each(|(name, _)| name.zeroize()),
            Self::Null | Self::Bool(_) | Self::Array(_) => {}
        }
    }
}

impl Value {
    /// The JSON type.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number { .. } => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// What the container gets: Go's `%v`.
    pub fn rendered(&self) -> String {
        match self {
            Self::Null => "<nil>".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number { value, .. } => number(*value),
            Self::String(text) => text.clone(),
            Self::Array(values) => format!("[{}]", values.iter().map(Self::rendered).collect::<Vec<_>>().join(" ")),
            Self::Object(members) => {
                // Go's maps keep the last of duplicate keys, and fmt sorts them.
                let sorted: BTreeMap<&str, &Self> = members.iter().map(|(name, value)| (name.as_str(), value)).collect();
                let members: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}:{}", value.rendered())).collect();
                format!("map[{}]", members.join(" "))
            }
        }
    }

    /// Whether the container gets what the JSON shows: true for strings, `true`, `false`, and numbers whose plain text is what Go prints.
    pub fn is_rendered_as_written(&self) -> bool {
        match self {
            Self::String(_) | Self::Bool(_) => true,
            Self::Number { as_written, .. } => *as_written,
            Self::Null | Self::Array(_) | Self::Object(_) => false,
        }
    }
}

/// Go's `%v` of a float64: the shortest digits that read back, in scientific form where the decimal exponent is below -4 or at least 6, the exponent
/// with at least two digits (facts/ecs.md §3.2, verified there by running Go: 999999 → `999999`, 1000000 → `1e+06`, 1234567.5 → `1.2345675e+06`).
fn number(value: f64) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    format!("{value}")
}

/// Deepest nesting that is decoded. Go goes to 10,000; a secret of such depth is told as too deep, which a person has never written.
const DEPTH: usize = 500;

/// Decodes a text that [`super::scan::check`] has accepted.
pub(super) fn parse(text: &str) -> Result<Value, GoJsonError> {
    let mut parser = Parser { text, at: 0 };
    parser.value(0)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, GoJsonError> {
        if depth > DEPTH {
            return Err(GoJsonError::Deep);
        }
        self.space();
        match self.peek().ok_or(GoJsonError::End)? {
            b'{' => {
                let mut members = Vec::new();
                self.members(b'}', |parser| {
                    parser.space();
                    let name = parser.string();
                    parser.space();
                    parser.at += 1;
                    let value = parser.value(depth + 1)?;
                    members.push((name, value));
                    Ok(())
                })?;
                Ok(Value::Object(members))
            }
            b'[' => {
                let mut values = Vec::new();
                self.members(b']', |parser| {
                    values.push(parser.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Value::Array(values))
            }
            b'"' => Ok(Value::String(self.string())),
            b't' => self.skip(4, Value::Bool(true)),
            b'f' => self.skip(5, Value::Bool(false)),
            b'n' => self.skip(4, Value::Null),
            _ => self.number(),
        }
    }

    fn members(&mut self, close: u8, mut member: impl FnMut(&mut Self) -> Result<(), GoJsonError>) -> Result<(), GoJsonError> {
        self.at += 1;
        loop {
            self.space();
            match self.peek().ok_or(GoJsonError::End)? {
                byte if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                b',' => self.at += 1,
                _ => member(self)?,
            }
        }
    }

    fn skip(&mut self, length: usize, value: Value) -> Result<Value, GoJsonError> {
        self.at += length;
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, GoJsonError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Value::Number { value, as_written: number(value) == text }),
            _ => Err(GoJsonError::Number(text.to_owned())),
        }
    }

    /// A string with its escapes resolved; a lone surrogate becomes U+FFFD, as in Go.
    fn string(&mut self) -> String {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let mut characters = rest.chars();
            match characters.next() {
                None => return out,
                Some('"') => {
                    self.at += 1;
                    return out;
                }
                Some('\\') => self.escape(&mut out),
                Some(character) => {
                    self.at += character.len_utf8();
                    out.push(character);
                }
            }
        }
    }

    fn escape(&mut self, out: &mut String) {
        let escaped = self.text.as_bytes().get(self.at + 1).copied().unwrap_or(b'"');
        self.at += 2;
        match escaped {
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'u' => {
                let unit = self.unit(self.at);
                self.at += 4;
                let low = self.text.get(self.at..self.at + 2).filter(|next| *next == "\\u").map(|_| self.unit(self.at + 2));
                match (unit, low) {
                    (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                        self.at += 6;
                        let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    _ => out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            other => out.push(char::from(other)),
        }
    }

    fn unit(&self, at: usize) -> u32 {
        self.text.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0xfffd)
    }
}

//! Whether a text is JSON, and if not, what Go says about it.

use std::fmt;

use super::value::Kind;

/// What Go says of a text that it cannot decode into a map.
///
/// Its `Display` is Go's message with every character of the text itself left out, because the text is a secret. [`GoJsonError::go_message`] is Go's
/// message to the letter.
#[derive(Clone, PartialEq, Eq)]
pub enum GoJsonError {
    /// The text ends too early.
    End,
    /// A character that cannot stand where it stands.
    Character {
        /// The byte, as Go reads it.
        byte: u8,
        /// Where, in Go's words.
        context: &'static str,
    },
    /// Deeper than Go's decoder goes (10,000).
    Deep,
    /// A root that is no object.
    Root(Kind),
    /// A number outside float64, by its text.
    Number(String),
}

impl GoJsonError {
    /// Go's message to the letter. INVARIANT: it may hold a character or a number of the secret; never show it for a real value.
    pub fn go_message(&self) -> String {
        match self {
            Self::Character { byte, context } => format!("invalid character {} {context}", quote(*byte)),
            Self::Number(text) => format!("json: cannot unmarshal number {text} into Go value of type float64"),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for GoJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("unexpected end of JSON input"),
            Self::Character { context, .. } => write!(f, "invalid character '…' {context}"),
            Self::Deep => f.write_str("exceeded max depth"),
            Self::Root(kind) => write!(f, "json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"),
            Self::Number(_) => f.write_str("json: cannot unmarshal number … into Go value of type float64"),
        }
    }
}

impl fmt::Debug for GoJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The byte in single quotes, as Go's scanner quotes it: it takes a byte for a Latin-1 character.
fn quote(byte: u8) -> String {
    match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        b'\\' => r"'\\'".to_owned(),
        b'\n' => r"'\n'".to_owned(),
        b'\r' => r"'\r'".to_owned(),
        b'\t' => r"'\t'".to_owned(),
        0x07 => r"'\a'".to_owned(),
        0x08 => r"'\b'".to_owned(),
        0x0c => r"'\f'".to_owned(),
        0x0b => r"'\v'".to_owned(),
        0x20..=0x7e => format!("'{}'", char::from(byte)),
        0x00..=0x1f | 0x7f => format!(r"'\x{byte:02x}'"),
        0x80..=0xa0 | 0xad => format!(r"'\u{byte:04x}'"),
        _ => format!("'{}'", char::from(byte)),
    }
}

/// Deepest nesting of Go's scanner.
const DEPTH: usize = 10_000;

#[derive(Clone, Copy, PartialEq)]
enum In {
    Object,
    Array,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<In>,
}

/// Checks the whole text first, as Go's `Unmarshal` does.
pub(super) fn check(text: &str) -> Result<(), GoJsonError> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0, open: Vec::new() };
    scanner.value(false)?;
    loop {
        scanner.space();
        match scanner.open.last().copied() {
            None => {
                return match scanner.peek() {
                    None => Ok(()),
                    Some(byte) => Err(GoJsonError::Character { byte, context: "after top-level value" }),
                };
            }
            Some(In::Array) => match scanner.take()? {
                b',' => scanner.value(false)?,
                b']' => scanner.close(),
                byte => return Err(GoJsonError::Character { byte, context: "after array element" }),
            },
            Some(In::Object) => match scanner.take()? {
                b',' => {
                    scanner.space();
                    scanner.member()?;
                }
                b'}' => scanner.close(),
                byte => return Err(GoJsonError::Character { byte, context: "after object key:value pair" }),
            },
        }
    }
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Result<u8, GoJsonError> {
        let byte = self.peek().ok_or(GoJsonError::End)?;
        self.at += 1;
        Ok(byte)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn push(&mut self, kind: In) -> Result<(), GoJsonError> {
        self.open.push(kind);
        if self.open.len() > DEPTH { Err(GoJsonError::Deep) } else { Ok(()) }
    }

    /// One value; of an object or array only the opening and, where it has any, the first member's beginning: [`check`] goes on from there.
    fn value(&mut self, first_of_array: bool) -> Result<(), GoJsonError> {
        let mut first = first_of_array;
        loop {
            self.space();
            match self.take()? {
                b'{' => {
                    self.push(In::Object)?;
                    self.space();
                    if self.peek() == Some(b'}') {
                        self.at += 1;
                        self.close();
                        return Ok(());
                    }
                    self.key()?;
                    first = false;
                }
                b'[' => {
                    self.push(In::Array)?;
                    first = true;
                }
                b']' if first => {
                    self.close();
                    return Ok(());
                }
                b'"' => return self.string(),
                b't' => return self.literal("true", &["r", "u", "e"]),
                b'f' => return self.literal("false", &["a", "l", "s", "e"]),
                b'n' => return self.literal("null", &["u", "l", "l"]),
                byte @ (b'-' | b'0'..=b'9') => return self.number(byte),
                byte => return Err(GoJsonError::Character { byte, context: "looking for beginning of value" }),
            }
        }
    }

    fn member(&mut self) -> Result<(), GoJsonError> {
        self.key()?;
        self.value(false)
    }

    fn key(&mut self) -> Result<(), GoJsonError> {
        match self.take()? {
            b'"' => self.string()?,
            byte => return Err(GoJsonError::Character { byte, context: "looking for beginning of object key string" }),
        }
        self.space();
        match self.take()? {
            b':' => Ok(()),
            byte => Err(GoJsonError::Character { byte, context: "after object key" }),
        }
    }

    fn string(&mut self) -> Result<(), GoJsonError> {
        loop {
            match self.take()? {
                b'"' => return Ok(()),
                b'\\' => match self.take()? {
                    b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => {}
                    b'u' => {
                        for _ in 0..4 {
                            let byte = self.take()?;
                            if !byte.is_ascii_hexdigit() {
                                return Err(GoJsonError::Character { byte, context: "in \\u hexadecimal character escape" });
                            }
                        }
                    }
                    byte => return Err(GoJsonError::Character { byte, context: "in string escape code" }),
                },
                byte @ 0x00..0x20 => return Err(GoJsonError::Character { byte, context: "in string literal" }),
                _ => {}
            }
        }
    }

    fn literal(&mut self, word: &str, rest: &[&str]) -> Result<(), GoJsonError> {
        for expected in rest {
            let byte = self.take()?;
            if expected.as_bytes() != [byte] {
                return Err(GoJsonError::Character { byte, context: literal_context(word, expected) });
            }
        }
        Ok(())
    }

    fn number(&mut self, first: u8) -> Result<(), GoJsonError> {
        let mut lead = first;
        if lead == b'-' {
            lead = self.take()?;
            if !lead.is_ascii_digit() {
                return Err(GoJsonError::Character { byte: lead, context: "in numeric literal" });
            }
        }
        if lead != b'0' {
            self.digits();
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            let byte = self.take()?;
            if !byte.is_ascii_digit() {
                return Err(GoJsonError::Character { byte, context: "after decimal point in numeric literal" });
            }
            self.digits();
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            let mut byte = self.take()?;
            if matches!(byte, b'+' | b'-') {
                byte = self.take()?;
            }
            if !byte.is_ascii_digit() {
                return Err(GoJsonError::Character { byte, context: "in exponent of numeric literal" });
            }
            self.digits();
        }
        Ok(())
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }
}

fn literal_context(word: &str, expected: &str) -> &'static str {
    match (word, expected) {
        ("true", "r") => "in literal true (expecting 'r')",
        ("true", "u") => "in literal true (expecting 'u')",
        ("true", _) => "in literal true (expecting 'e')",
        ("false", "a") => "in literal false (expecting 'a')",
        ("false", "l") => "in literal false (expecting 'l')",
        ("false", "s") => "in literal false (expecting 's')",
        ("false", _) => "in literal false (expecting 'e')",
        ("null", "u") => "in literal null (expecting 'u')",
        _ => "in literal null (expecting 'l')",
    }
}

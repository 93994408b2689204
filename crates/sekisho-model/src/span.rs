//! Where a fact stands in its source.

use std::fmt;
use std::sync::Arc;

/// A range of bytes in one source text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A place in a file, as people and editors name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, counted in characters.
    pub column: u32,
    /// The bytes in that file.
    pub span: Span,
}

impl Place {
    /// The place of `span` within `text`, the content of `file`. A span that starts beyond the end is put at the end.
    pub fn locate(file: &Arc<str>, text: &str, span: Span) -> Self {
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = text.get(..start).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self {
            file: Arc::clone(file),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            span,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What a fact was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A place in a file.
    Place(Place),
    /// A call to an AWS API.
    Call(crate::Call),
    /// A flag or variable of the command line, by name.
    Flag(String),
    /// Derived from other facts, which the text names.
    Derived(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(place) => place.fmt(f),
            Self::Call(call) => call.fmt(f),
            Self::Flag(flag) => f.write_str(flag),
            Self::Derived(from) => f.write_str(from),
        }
    }
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// `value`, written at `place`.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file: Arc<str> = "関.toml".into();
        let text = "a = 1\n名前 = \"関所\" # x\n";
        let at = text.find('#').unwrap();
        let place = Place::locate(&file, text, Span::new(at, at + 1));
        assert_eq!(place.to_string(), "関.toml:2:11");
    }

    #[test]
    fn a_span_beyond_the_end_is_put_at_the_end() {
        let file: Arc<str> = "f".into();
        assert_eq!(Place::locate(&file, "ab\n", Span::new(99, 100)).to_string(), "f:2:1");
    }
}

//! Bytes to text with places.

use std::sync::Arc;

use sekisho_model::{Place, Span};

use crate::problem::{FILE_LARGE, FILE_NOT_UTF8, Problem};

/// One mebibyte, the limit of files that people write by hand.
pub(crate) const MEBIBYTE: usize = 1024 * 1024;

/// How many bytes lie between two counted positions.
const STEP: usize = 512;

/// A text that knows lines and columns of its bytes.
///
/// Places are asked for at every leaf, in files of up to 64 MiB that may be a single line: counting from the beginning each time would be
/// quadratic. So the starts of lines and the characters before every [`STEP`]th byte are counted once.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    file: Arc<str>,
    /// The content without a byte-order mark.
    pub(crate) content: &'a str,
    /// Bytes of the byte-order mark in front of the content.
    mark: usize,
    /// Where lines begin, in bytes of the content.
    lines: Vec<usize>,
    /// Characters that begin before byte `index * STEP` of the content.
    characters: Vec<usize>,
}

impl<'a> Text<'a> {
    /// `bytes` as text. A byte-order mark is taken off, but counts in the byte ranges of places.
    ///
    /// # Errors
    /// More than `limit` bytes, or not UTF-8; the latter with the place of the first byte that is none.
    pub(crate) fn new(file: &str, bytes: &'a [u8], limit: usize) -> Result<Self, Problem> {
        Self::keeping_mark(file, bytes, limit).map(|whole| {
            let Some(content) = whole.content.strip_prefix('\u{feff}') else { return whole };
            Self::indexed(whole.file, content, '\u{feff}'.len_utf8())
        })
    }

    /// As [`Text::new`], but a byte-order mark stays part of the content.
    pub(crate) fn keeping_mark(file: &str, bytes: &'a [u8], limit: usize) -> Result<Self, Problem> {
        let file: Arc<str> = file.into();
        if bytes.len() > limit {
            let problem = Problem { code: FILE_LARGE, args: Vec::new(), place: None };
            return Err(problem.with("limit", limit / MEBIBYTE).with_text("file", &file));
        }
        match str::from_utf8(bytes) {
            Ok(content) => Ok(Self::indexed(file, content, 0)),
            Err(error) => {
                let start = error.valid_up_to();
                let valid = bytes.get(..start).and_then(|valid| str::from_utf8(valid).ok()).unwrap_or_default();
                let place = Place::locate(&file, valid, Span::new(start, start + error.error_len().unwrap_or(1)));
                Err(Problem::at(FILE_NOT_UTF8, place).with("byte", start + 1))
            }
        }
    }

    fn indexed(file: Arc<str>, content: &'a str, mark: usize) -> Self {
        let mut lines = vec![0];
        let mut characters = Vec::with_capacity(content.len() / STEP + 1);
        let mut count = 0;
        for (index, byte) in content.bytes().enumerate() {
            if index % STEP == 0 {
                characters.push(count);
            }
            count += usize::from(begins_character(byte));
            if byte == b'\n' {
                lines.push(index + 1);
            }
        }
        Self { file, content, mark, lines, characters }
    }

    /// The file, as the user named it.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The place of the bytes `start..end` of the content.
    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        let at = start.min(self.content.len());
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or_default();
        let column = self.characters_before(at).saturating_sub(self.characters_before(begin)) + 1;
        Place {
            file: Arc::clone(&self.file),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            span: Span::new(start + self.mark, end + self.mark),
        }
    }

    fn characters_before(&self, at: usize) -> usize {
        // Beyond the last counted step (an empty text, or one that ends on a step) the previous one serves.
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(step).copied().unwrap_or_default();
        let rest = self.content.as_bytes().get(step * STEP..at).unwrap_or_default();
        counted + rest.iter().filter(|byte| begins_character(**byte)).count()
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_agree_with_counting_from_the_beginning() {
        let content = "関所 = 1\n".repeat(200) + &"あ".repeat(2000);
        let text = Text::new("f", content.as_bytes(), MEBIBYTE).unwrap();
        let file: Arc<str> = "f".into();
        for (at, _) in content.char_indices().chain([(content.len(), ' ')]) {
            assert_eq!(text.place(at, at), Place::locate(&file, &content, Span::new(at, at)), "{at}");
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column_but_its_bytes() {
        let text = Text::new("f", "\u{feff}ab".as_bytes(), MEBIBYTE).unwrap();
        let place = text.place(1, 2);
        assert_eq!((place.column, place.span), (2, Span::new(4, 5)));
    }

    #[test]
    fn what_is_not_utf8_is_placed() {
        let problem = Text::new("f", b"a = 1\nb = \"\xff\"\n", MEBIBYTE).unwrap_err();
        assert_eq!(problem.code, FILE_NOT_UTF8);
        assert_eq!(problem.place.unwrap().to_string(), "f:2:6");
        assert_eq!(Text::new("f", b"12", 1).unwrap_err().code, FILE_LARGE);
    }

    #[test]
    fn an_empty_text_has_a_place() {
        assert_eq!(Text::new("f", b"", 1).unwrap().place(9, 9).to_string(), "f:1:1");
    }
}

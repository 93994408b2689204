//! The line of a file that a finding speaks of, fit to be shown: one line, bounded, with nothing that paints, and without any value.

use sekisho_engine::detect::suspects;
use sekisho_model::{Place, Span};
use unicode_width::UnicodeWidthChar as _;

use crate::escape;

/// What stands in place of a value, whatever its length.
pub const MASK: &str = "********";

/// Most columns of a line that are shown.
const COLUMNS: usize = 140;
/// Columns in front of what is meant that are shown where the line is longer than that.
const BEFORE: usize = 60;
/// Most bytes of a line that are looked at in either direction: a line may be a whole file.
const REACH: usize = 480;

/// What must be hidden between the bytes `begin` and `end`: the values that are known, and whatever looks like a secret by itself, wherever it stands.
fn hide(text: &str, begin: usize, end: usize, known: &[Span]) -> Vec<Span> {
    let from = known.partition_point(|span| span.end <= begin);
    let known = known.iter().skip(from).take_while(|span| span.start < end).copied();
    let suspected = text.get(begin..end).map(suspects).unwrap_or_default();
    let mut spans: Vec<Span> = known.chain(suspected.iter().map(|span| Span::new(span.start + begin, span.end + begin))).collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// One line of a file, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its number.
    pub line: u32,
    /// What is shown of it.
    pub text: String,
    /// How many columns stand in front of what is meant.
    pub indent: usize,
    /// How many columns what is meant takes; at least one.
    pub width: usize,
}

impl Excerpt {
    /// The line of `place` in `text`, the content of its file as the reader took it. `hidden` are the values in that file, in order: each becomes
    /// [`MASK`], quotation marks aside. `None` where the place is not in the text.
    pub fn of(text: &str, place: &Place, hidden: &[Span]) -> Option<Self> {
        let start = place.span.start;
        let before = text.get(..start)?;
        let begin = line_begin(before);
        let behind = text.get(start..)?;
        let end = start + line_end(behind);
        let hidden = hide(text, begin, end, hidden);
        let mut columns = Columns { text: String::new(), width: 0 };
        let mut mark = None;
        let mut mark_end = None;
        let mut at = begin;
        while at < end {
            if mark.is_none() && at >= start {
                mark = Some(columns.width);
            }
            if mark_end.is_none() && at >= place.span.end && at > start {
                mark_end = Some(columns.width);
            }
            let covering = hidden.partition_point(|span| span.end <= at);
            if let Some(span) = hidden.get(covering).filter(|span| span.start <= at) {
                columns.mask(text, *span, at);
                // What is meant may begin or end within a value.
                if mark.is_none() && span.end > start {
                    mark = Some(columns.width.saturating_sub(MASK.len()));
                }
                at = span.end.max(at + 1);
                continue;
            }
            let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            columns.push(character);
            at += character.len_utf8();
        }
        let mark = mark.unwrap_or(columns.width);
        let mark_end = mark_end.unwrap_or(columns.width).max(mark + 1);
        Some(cut(place.line, &columns.text, mark, mark_end))
    }
}

/// Where the line that ends with `before` begins, or the first character within reach.
fn line_begin(before: &str) -> usize {
    let mut from = before.len().saturating_sub(REACH);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    before.get(from..).and_then(|near| near.rfind('\n')).map_or(from, |at| from + at + 1)
}

/// How many bytes of `behind` belong to its first line, within reach.
fn line_end(behind: &str) -> usize {
    let mut to = behind.len().min(REACH);
    while !behind.is_char_boundary(to) {
        to -= 1;
    }
    let near = behind.get(..to).unwrap_or_default();
    near.find(['\n', '\r']).unwrap_or(to)
}

/// A line as it grows, with the columns that a terminal gives it.
struct Columns {
    text: String,
    width: usize,
}

impl Columns {
    fn push(&mut self, character: char) {
        if character == '\t' {
            self.text += "    ";
            self.width += 4;
            return;
        }
        let shown = escape(character.encode_utf8(&mut [0; 4])).into_owned();
        self.width += shown.chars().map(|character| character.width().unwrap_or(1)).sum::<usize>();
        self.text += &shown;
    }

    /// The mask for `span`, of which the bytes before `at` were not shown.
    fn mask(&mut self, text: &str, span: Span, at: usize) {
        let inner = text.get(at..span.end).unwrap_or_default();
        let quote = inner.chars().next().filter(|first| at == span.start && matches!(first, '"' | '\''));
        let closed = quote.filter(|quote| inner.len() > 1 && inner.ends_with(*quote));
        quote.into_iter().for_each(|quote| self.push(quote));
        self.text += MASK;
        self.width += MASK.len();
        closed.into_iter().for_each(|quote| self.push(quote));
    }
}

/// The part of a line around what is meant, without its indentation where that is deep.
fn cut(line: u32, text: &str, mark: usize, mark_end: usize) -> Excerpt {
    let total: usize = text.chars().map(|character| character.width().unwrap_or(1)).sum();
    let (mut from, mut to) = (0, total);
    if total > COLUMNS {
        from = mark.saturating_sub(BEFORE);
        to = (from + COLUMNS).min(total);
        from = to.saturating_sub(COLUMNS).min(from);
    }
    let mut shown = String::new();
    let (mut column, mut first) = (0, None);
    for character in text.chars() {
        let width = character.width().unwrap_or(1);
        if column >= from && column + width <= to {
            first.get_or_insert(column);
            shown.push(character);
        }
        column += width;
    }
    let first = first.unwrap_or(from);
    let mut indent = mark.saturating_sub(first);
    if first > 0 {
        shown.insert(0, '…');
        indent += 1;
    }
    if to < total {
        shown.push('…');
    }
    let width = mark_end.min(to).saturating_sub(mark.max(first)).max(1);
    Excerpt { line, text: shown.trim_end().to_owned(), indent, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt for `what` in `text`, with the carets under it; `hidden` are values.
    fn shown(text: &str, what: &str, hidden: &[&str]) -> String {
        let at = text.find(what).unwrap();
        let place = Place::locate(&"f".into(), text, Span::new(at, at + what.len()));
        let span = |value: &&str| text.find(value).map(|at| Span::new(at, at + value.len())).unwrap();
        let mut hidden: Vec<Span> = hidden.iter().map(span).collect();
        hidden.sort();
        let excerpt = Excerpt::of(text, &place, &hidden).unwrap();
        format!("{}\n{}{}", excerpt.text, " ".repeat(excerpt.indent), "^".repeat(excerpt.width))
    }

    #[test]
    fn carets_stand_under_what_is_meant_whatever_the_width_of_what_stands_before() {
        assert_eq!(shown("a\n  \"関所\": \"x\", \"b\": 1\nc", "\"b\"", &[]), "  \"関所\": \"x\", \"b\": 1\n               ^^^");
        assert_eq!(shown("\tx = 関所", "関所", &[]), "    x = 関所\n        ^^^^");
    }

    #[test]
    fn values_become_a_mask_of_one_width() {
        let short = shown("{ \"v\": \"a\", \"k\": 1 }", "\"k\"", &["\"a\""]);
        let long = shown("{ \"v\": \"a long value\", \"k\": 1 }", "\"k\"", &["\"a long value\""]);
        assert_eq!(short, long);
        assert_eq!(short, "{ \"v\": \"********\", \"k\": 1 }\n                   ^^^");
        assert_eq!(shown("v: plain # x", "v", &["plain"]), "v: ******** # x\n^");
    }

    #[test]
    fn what_is_meant_may_be_the_value_itself() {
        assert_eq!(shown("{ \"v\": \"secret\" }", "\"secret\"", &["\"secret\""]), "{ \"v\": \"********\" }\n       ^^^^^^^^^^");
    }

    #[test]
    fn whatever_looks_like_a_secret_is_masked_though_nobody_said_so() {
        let key = ["AKIA", "Z7Q2M5X8R4T6W9Y1"].concat();
        let text = format!("{{ \"unknown\": \"{key}\", \"k\": 1 }}");
        assert!(!shown(&text, "\"k\"", &[]).contains("Z7Q2M5X8"));
    }

    #[test]
    fn nothing_paints_and_a_line_that_is_a_whole_file_is_cut() {
        assert_eq!(shown("a\x1b[2J b", "b", &[]), "a\\u{1b}[2J b\n           ^");
        let text = format!("{}\"x\"{}", "a".repeat(100_000), "b".repeat(100_000));
        let shown = shown(&text, "\"x\"", &[]);
        let (line, carets) = shown.split_once('\n').unwrap();
        assert!(line.starts_with('…') && line.ends_with('…') && line.chars().count() < 150, "{line}");
        assert_eq!(line.chars().nth(carets.find('^').unwrap()), Some('"'));
    }

    #[test]
    fn a_value_of_several_lines_is_masked_on_each() {
        let text = "v: \"one\n  two\"\nk: 1";
        let at = text.find("two").unwrap();
        let place = Place::locate(&"f".into(), text, Span::new(at, at + 3));
        let start = text.find('"').unwrap();
        let excerpt = Excerpt::of(text, &place, &[Span::new(start, at + 4)]).unwrap();
        assert_eq!(excerpt.text, MASK);
    }
}

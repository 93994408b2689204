//! Strict JSON with places, bounded before it is parsed: values, in which nothing is tolerated. What people write by hand is read by `tree::json`.

use jsonc_parser::ast::Value;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind};

use crate::problem::{JSON_DEPTH, JSON_SYNTAX, Problem};
use crate::text::Text;

/// Deepest nesting that is read.
const DEPTH: usize = 128;

/// Parses `text`.
///
/// # Errors
/// Nesting deeper than [`DEPTH`], or no JSON; either with its place. Nothing of the content is repeated.
pub(crate) fn parse<'t>(text: &'t Text<'_>) -> Result<Value<'t>, Problem> {
    depth(text)?;
    let options = ParseOptions {
        allow_comments: false,
        allow_trailing_commas: false,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let syntax = |start: usize, end: usize, reason: &'static str| Problem::at(JSON_SYNTAX, text.place(start, end)).with("reason", reason);
    match jsonc_parser::parse_to_ast(text.content, &CollectOptions::default(), &options) {
        Ok(parsed) => parsed.value.ok_or_else(|| syntax(0, 0, "empty")),
        Err(error) => {
            let (start, end) = (error.range().start, error.range().end);
            Err(syntax(start, end, unfilled(text.content, start).unwrap_or_else(|| reason(error.kind()))))
        }
    }
}

/// Whether the parser stopped at something that another program was to fill in, or at a word without quotation marks.
fn unfilled(content: &str, at: usize) -> Option<&'static str> {
    let (before, behind) = content.split_at_checked(at)?;
    let first = behind.chars().next()?;
    if "$<%".contains(first) || (first == '{' && before.ends_with('{')) {
        Some("placeholder")
    } else {
        first.is_alphabetic().then_some("word")
    }
}

/// The word of the message for an error of the parser. The parser's own text may repeat parts of the file.
fn reason(kind: &ParseErrorKind) -> &'static str {
    match kind {
        ParseErrorKind::BareDecimalPointNumbersNotAllowed
        | ParseErrorKind::ExpectedDigit
        | ParseErrorKind::ExpectedDigitFollowingNegativeSign
        | ParseErrorKind::ExpectedPlusMinusOrDigitInNumberLiteral
        | ParseErrorKind::HexadecimalNumbersNotAllowed
        | ParseErrorKind::NonFiniteNumbersNotAllowed
        | ParseErrorKind::UnaryPlusNumbersNotAllowed => "number",
        ParseErrorKind::ExpectedColonAfterObjectKey => "colon",
        ParseErrorKind::ExpectedObjectValue => "value",
        ParseErrorKind::ExpectedStringObjectProperty => "key",
        ParseErrorKind::ExpectedComma => "comma",
        ParseErrorKind::MultipleRootJsonValues => "extra",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "single-quotes",
        ParseErrorKind::String(ParseStringErrorKind::UnterminatedStringLiteral) => "unterminated-string",
        ParseErrorKind::String(_) => "escape",
        ParseErrorKind::UnterminatedArray => "unterminated-array",
        ParseErrorKind::UnterminatedObject => "unterminated-object",
        ParseErrorKind::UnterminatedCommentBlock => "unterminated-comment",
        ParseErrorKind::UnexpectedWord => "word",
        _ => "unexpected",
    }
}

/// Counts how deep the parser would descend, because it recurses. Strings are skipped as the parser does it; where the text is no JSON the two may
/// differ, but only behind the place at which the parser stops.
///
/// # Errors
/// Nesting deeper than [`DEPTH`].
fn depth(text: &Text<'_>) -> Result<(), Problem> {
    let mut depth: usize = 0;
    let mut bytes = text.content.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth > DEPTH {
                    return Err(Problem::at(JSON_DEPTH, text.place(at, at + 1)).with("limit", DEPTH));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                while let Some((_, byte)) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => drop(bytes.next()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The word for the type of `value`, as the messages know it.
pub(crate) fn type_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "string",
        Value::NumberLit(_) => "number",
        Value::BooleanLit(_) => "boolean",
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::NullKeyword(_) => "null",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::MEBIBYTE;

    fn refused(content: &str) -> (String, String) {
        let text = Text::new("f", content.as_bytes(), MEBIBYTE).unwrap();
        let problem = parse(&text).unwrap_err();
        (problem.place.unwrap().to_string(), problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default())
    }

    #[test]
    fn depth_is_bounded_before_parsing() {
        assert_eq!(refused(&"[".repeat(129)), ("f:1:129".to_owned(), "128".to_owned()));
        assert_eq!(refused(&"{\"a\":".repeat(100_000)).1, "128");
        let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
        assert!(parse(&Text::new("f", deep.as_bytes(), MEBIBYTE).unwrap()).is_ok());
        let hidden = format!("[\"{}\\\"[\"]", "[".repeat(300));
        assert!(parse(&Text::new("f", hidden.as_bytes(), MEBIBYTE).unwrap()).is_ok());
    }

    #[test]
    fn only_json_is_read() {
        for (content, place, reason) in [
            ("", "f:1:1", "empty"),
            ("{a: 1}", "f:1:2", "word"),
            ("{1: 1}", "f:1:2", "key"),
            ("{\"a\" 1}", "f:1:6", "colon"),
            ("{\"a\": 1 \"b\": 2}", "f:1:8", "comma"),
            ("[1, 2", "f:1:1", "unterminated-array"),
            ("['a']", "f:1:2", "single-quotes"),
            ("[\"\\q\"]", "f:1:3", "escape"),
            ("[\"a]", "f:1:2", "unterminated-string"),
            ("[0x1]", "f:1:2", "number"),
            ("[{{ x }}]", "f:1:3", "placeholder"),
            ("[${x}]", "f:1:2", "placeholder"),
            ("[undefined]", "f:1:2", "word"),
            ("1 2", "f:1:3", "extra"),
        ] {
            assert_eq!(refused(content), (place.to_owned(), reason.to_owned()), "{content}");
        }
        assert_eq!(refused("[1,]").0, "f:1:3");
        assert_eq!(refused("[1 /* */]").0, "f:1:4");
    }
}

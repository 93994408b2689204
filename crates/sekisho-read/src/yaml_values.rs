//! Files of values in YAML, for import: one flat mapping of strings.

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput};
use sekisho_model::{Place, Secret, Spanned};

use crate::problem::{
    Problem, Problems, VALUES_NOT_FLAT, VALUES_TYPE, VALUES_YAML_ALIAS, VALUES_YAML_MANY, VALUES_YAML_PLAIN, VALUES_YAML_SYNTAX,
};
use crate::text::{MEBIBYTE, Text};
use crate::values::{Collector, Values};

/// The most events of a file: names, values and what holds them. Far beyond what anybody imports at once.
const EVENTS: usize = 100_000;

/// Reads one YAML mapping of strings, at most 1 MiB, in one document.
///
/// A value without quotation marks is taken only where YAML 1.1 and 1.2 agree that it is a string: `no`, `1e3`, `012` and `2026-11-24` are something else to
/// one reader or another, and the value of a secret must not depend on that. Anchors, aliases and tags are refused: a file of values needs none, and they are
/// how a small file becomes a large one.
///
/// # Errors
/// Every problem of the file: other types under the name of their key, names that stand twice; or the first error of YAML's syntax. No value is repeated.
pub fn yaml_values(file: &str, bytes: &[u8]) -> Result<Values, Problems> {
    let text = Text::new(file, bytes, MEBIBYTE)?;
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut reader = Reader { text: &text, parser: Parser::new_from_str_with_options(text.content, options), events: 0 };
    let mut collector = Collector::default();
    loop {
        match reader.next()? {
            None => return collector.finish(),
            Some((Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd, _)) => {}
            Some((Event::MappingStart(_, 0, None), _)) => break,
            // Nothing but comments.
            Some((Event::Scalar(scalar, ScalarStyle::Plain, 0, None), _)) if scalar.is_empty() => {}
            Some((event, span)) => return Err(reader.refuse(&event, span).into()),
        }
    }
    loop {
        let (event, span) = reader.needed()?;
        let name = match event {
            Event::MappingEnd => break,
            Event::Scalar(name, _, 0, None) => Spanned::new(name.into_owned(), reader.place(span)),
            event => return Err(reader.refuse(&event, span).into()),
        };
        let (event, span) = reader.needed()?;
        match event {
            Event::Scalar(value, style, 0, None) => {
                let value = Secret::new(value.into_owned());
                if style == ScalarStyle::Plain && !is_certainly_a_string(value.expose()) {
                    collector.problems.push(Problem::at(VALUES_YAML_PLAIN, reader.place(span)).with_text("name", &name.value));
                } else {
                    collector.add(name, value);
                }
            }
            Event::SequenceStart(_, 0, None) | Event::MappingStart(_, 0, None) => {
                let found = if matches!(event, Event::SequenceStart(..)) { "array" } else { "object" };
                let problem = Problem::at(VALUES_TYPE, reader.place(span)).with_text("name", &name.value);
                collector.problems.push(problem.with("found", found));
                reader.skip()?;
            }
            event => return Err(reader.refuse(&event, span).into()),
        }
    }
    while let Some((event, span)) = reader.next()? {
        if !matches!(event, Event::DocumentEnd | Event::StreamEnd) {
            return Err(Problem::at(VALUES_NOT_FLAT, reader.place(span)).into());
        }
    }
    collector.finish()
}

struct Reader<'t> {
    text: &'t Text<'t>,
    parser: Parser<'t, StrInput<'t>>,
    events: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, Problem> {
        self.events += 1;
        match self.parser.next() {
            None => Ok(None),
            Some(Ok((_, span))) if self.events > EVENTS => Err(Problem::at(VALUES_YAML_MANY, self.place(span)).with("limit", EVENTS)),
            Some(Ok(event)) => Ok(Some(event)),
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                Err(Problem::at(VALUES_YAML_SYNTAX, self.text.place(at, at)))
            }
        }
    }

    /// The next event of a mapping that has not ended.
    fn needed(&mut self) -> Result<(Event<'t>, Span), Problem> {
        match self.next()? {
            Some(event) => Ok(event),
            None => {
                let end = self.text.content.len();
                Err(Problem::at(VALUES_YAML_SYNTAX, self.text.place(end, end)))
            }
        }
    }

    /// Goes past a list or mapping that has begun.
    fn skip(&mut self) -> Result<(), Problem> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.needed()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// Why `event` does not belong here.
    fn refuse(&self, event: &Event<'_>, span: Span) -> Problem {
        let place = self.place(span);
        match event {
            Event::Alias(_)
            | Event::Anchor(..)
            | Event::UnresolvedAlias(_)
            | Event::Scalar(_, _, 1.., _)
            | Event::MappingStart(_, 1.., _)
            | Event::SequenceStart(_, 1.., _) => Problem::at(VALUES_YAML_ALIAS, place),
            Event::Scalar(_, _, _, Some(_)) | Event::MappingStart(_, _, Some(_)) | Event::SequenceStart(_, _, Some(_)) => {
                Problem::at(VALUES_YAML_ALIAS, place)
            }
            _ => Problem::at(VALUES_NOT_FLAT, place),
        }
    }

    fn place(&self, span: Span) -> Place {
        let range = span.byte_range().unwrap_or_default();
        self.text.place(range.start, range.end)
    }
}

/// Whether every reader takes the plain scalar `text` for a string: not empty, not a word of YAML 1.1 or 1.2, and nothing that could be a number or a date.
fn is_certainly_a_string(text: &str) -> bool {
    const WORDS: [&str; 13] = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "<<"];
    let lower = text.to_lowercase();
    let begins_like_a_number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    let is_numeric = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._:".contains(&byte) || byte == b' ');
    !(text.is_empty() || WORDS.contains(&lower.as_str()) || begins_like_a_number && is_numeric)
}

//! `sekisho.toml`.

mod check;
mod cross;
mod extract;
mod form;
pub(crate) mod keys;
mod version;

use sekisho_model::Spanned;
use sekisho_model::declaration::Declaration;
use toml_span::ErrorKind;

pub(crate) use form::Form;
pub use version::{VersionError, satisfied};

use crate::problem::{MANIFEST_DUPLICATE_KEY, MANIFEST_MANY_ENVIRONMENTS, MANIFEST_MANY_KEYS, MANIFEST_SYNTAX, Problem, Problems};
use crate::text::{MEBIBYTE, Text};

/// Everything that is wrong with a manifest.
pub type ManifestErrors = Problems;

/// The most keys and tables of a manifest. The parser compares every dotted key with those before it; a hostile file must not take minutes.
const KEYS: usize = 10_000;

/// The most environments. Every secret is looked at in each of them.
const ENVIRONMENTS: usize = 100;

/// Reads a manifest: `bytes`, the content of `file` (as messages name it), at most 1 MiB.
///
/// # Errors
/// Every problem of the file in one list: keys and words that do not exist, types, forms, names that a store would refuse, names that clash
/// (design §4). After an error of TOML's own syntax, which ends the reading, that one alone. More than 10,000 keys or 100 environments are refused.
pub fn manifest(file: &str, bytes: &[u8]) -> Result<Declaration, ManifestErrors> {
    let text = Text::new(file, bytes, MEBIBYTE)?;
    let root = parse(&text)?;
    let Some(table) = root.as_table() else { return Err(syntax(&text, toml_span::Span::new(0, 0), "other").into()) };
    let extract = extract::extract(&text, table);
    let mut problems = check::check(&text, table);
    if extract.environments.len() > ENVIRONMENTS {
        let place = table.get_key_value("environments").map(|(key, _)| text.place(key.span.start, key.span.end));
        problems.push(Problem { code: MANIFEST_MANY_ENVIRONMENTS, args: Vec::new(), place }.with("limit", ENVIRONMENTS));
        return Err(Problems::new(problems));
    }
    problems.extend(cross::check(&extract));
    if problems.is_empty() { Ok(extract.declaration) } else { Err(Problems::new(problems)) }
}

/// `required_version` of a manifest whose other parts need not be right: a newer version's manifest may have keys that this one does not know, and
/// then the version is what to report. None where it is absent, has another form, or the file is no TOML.
pub fn required_version(file: &str, bytes: &[u8]) -> Option<Spanned<String>> {
    let text = Text::new(file, bytes, MEBIBYTE).ok()?;
    let root = parse(&text).ok()?;
    extract::required_version(&text, root.as_table()?)
}

fn parse<'t>(text: &'t Text<'_>) -> Result<toml_span::Value<'t>, Problem> {
    // Every key has its `=`, every table and list its `[`. Those in strings are counted too: it is a bound, not a count.
    let mut keys = text.content.bytes().enumerate().filter(|(_, byte)| b"=[".contains(byte));
    if let Some((at, _)) = keys.nth(KEYS) {
        return Err(Problem::at(MANIFEST_MANY_KEYS, text.place(at, at + 1)).with("limit", KEYS));
    }
    toml_span::parse(text.content).map_err(|error| {
        let reason = match &error.kind {
            ErrorKind::DuplicateKey { key, first } => {
                let first = text.place(first.start, first.end).line;
                return Problem::at(MANIFEST_DUPLICATE_KEY, text.place(error.span.start, error.span.end))
                    .with_text("key", key)
                    .with("line", first);
            }
            ErrorKind::DuplicateTable { name, first } => {
                let first = text.place(first.start, first.end).line;
                return Problem::at(MANIFEST_DUPLICATE_KEY, text.place(error.span.start, error.span.end))
                    .with_text("key", name)
                    .with("line", first);
            }
            ErrorKind::UnexpectedEof => "end",
            ErrorKind::ExceededDepthLimit => "depth",
            ErrorKind::InvalidCharInString(_) => "character-in-string",
            ErrorKind::InvalidEscape(_) | ErrorKind::InvalidHexEscape(_) | ErrorKind::InvalidEscapeValue(_) => "escape",
            ErrorKind::UnterminatedString => "unterminated-string",
            ErrorKind::InvalidNumber | ErrorKind::OutOfRange(_) => "number",
            ErrorKind::RedefineAsArray | ErrorKind::DottedKeyInvalidType { .. } => "redefined",
            ErrorKind::MultilineStringKey => "multiline-key",
            ErrorKind::UnquotedString => "unquoted-string",
            ErrorKind::Unexpected(_) | ErrorKind::Wanted { .. } => "unexpected",
            _ => "other",
        };
        syntax(text, error.span, reason)
    })
}

fn syntax(text: &Text<'_>, span: toml_span::Span, reason: &'static str) -> Problem {
    Problem::at(MANIFEST_SYNTAX, text.place(span.start, span.end)).with("reason", reason)
}

//! Files of names and values: dotenv, JSON, YAML, in and out. What is written here is read back here as it was.

use std::fmt::Write as _;
use std::path::Path;

use sekisho_model::{Secret, Spanned};

use crate::cli::ValuesFormat;
use crate::failure::Failure;

/// Names, with their places, and values.
type Values = Vec<(Spanned<String>, Secret<String>)>;

/// The values of a file: in `format`, else in what its name says, else JSON where it begins with `{` and dotenv where not.
pub(super) fn read(name: &str, bytes: &[u8], format: Option<ValuesFormat>) -> Result<Values, Failure> {
    let by_name = match format_of(Path::new(name)) {
        ValuesFormat::Dotenv => None,
        other => Some(other),
    };
    Ok(match format.or(by_name) {
        Some(ValuesFormat::Dotenv) => sekisho_read::dotenv(name, bytes)?,
        Some(ValuesFormat::Json) => sekisho_read::json_values(name, bytes)?,
        Some(ValuesFormat::Yaml) => sekisho_read::yaml_values(name, bytes)?,
        None => sekisho_read::values(name, bytes)?,
    })
}

/// The format that a file's name promises; dotenv for want of another.
pub(super) fn format_of(file: &Path) -> ValuesFormat {
    match file.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("json") => ValuesFormat::Json,
        Some("yaml" | "yml") => ValuesFormat::Yaml,
        _ => ValuesFormat::Dotenv,
    }
}

/// `values` as a file.
///
/// # Errors
/// A value with a NUL character, which no reader of such files takes.
pub(super) fn write(values: &[(String, Secret<String>)], format: ValuesFormat) -> Result<Secret<String>, Failure> {
    if let Some((name, _)) = values.iter().find(|(_, value)| value.expose().contains('\0')) {
        return Err(Failure::new("run-impossible").with("name", name));
    }
    // Large enough for every escape: no copy of a growing text is left behind in memory.
    let capacity: usize = values.iter().map(|(name, value)| 6 * (name.len() + value.expose().len()) + 16).sum();
    let mut text = zeroize::Zeroizing::new(String::with_capacity(capacity + 8));
    match format {
        ValuesFormat::Dotenv => {
            for (name, value) in values {
                text.push_str(name);
                text.push('=');
                dotenv_value(&mut text, value.expose());
                text.push('\n');
            }
        }
        ValuesFormat::Json => {
            text.push('{');
            for (index, (name, value)) in values.iter().enumerate() {
                text.push_str(if index == 0 { "\n  " } else { ",\n  " });
                quoted(&mut text, name);
                text.push_str(": ");
                quoted(&mut text, value.expose());
            }
            text.push_str(if values.is_empty() { "}\n" } else { "\n}\n" });
        }
        ValuesFormat::Yaml => {
            for (name, value) in values {
                quoted(&mut text, name);
                text.push_str(": ");
                quoted(&mut text, value.expose());
                text.push('\n');
            }
            if values.is_empty() {
                text.push_str("{}\n");
            }
        }
    }
    Ok(Secret::new(std::mem::take(&mut *text)))
}

/// In single quotes where that is enough, which a shell reads as well; else in double ones, with escapes.
fn dotenv_value(text: &mut String, value: &str) {
    if !value.contains(['\'', '\n', '\r']) {
        text.push('\'');
        text.push_str(value);
        text.push('\'');
        return;
    }
    text.push('"');
    for character in value.chars() {
        match character {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\\' | '"' | '$' | '`' => {
                text.push('\\');
                text.push(character);
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// A string that JSON and YAML both read: whatever is not plainly printable is an escape, of surrogates where it must be.
fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\\' | '"' => {
                text.push('\\');
                text.push(character);
            }
            // YAML takes no surrogates, and everything else beyond the first plane as it is.
            other if is_plain(other) => text.push(other),
            other => {
                let _ = write!(text, "\\u{:04x}", u32::from(other));
            }
        }
    }
    text.push('"');
}

/// Whether a character is printable in YAML 1.2 and no line break of any version; all others are in the first plane.
fn is_plain(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

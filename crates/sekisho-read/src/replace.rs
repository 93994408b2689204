//! One text of a file, exchanged where it stands: for corrections that leave everything else as it is.

use sekisho_model::Span;

/// `bytes`, a file in JSON or YAML, with the text at `span` (the span of a leaf's place) set to `new`. The kind of quotation marks is kept, and every
/// other byte. `None` where that cannot be done in place: the span is no text on one line, is a function of CloudFormation, or `new` has control
/// characters. Whoever calls this reads the result again before it is written.
pub fn replace_string(bytes: &[u8], span: Span, new: &str) -> Option<Vec<u8>> {
    let (before, rest) = (bytes.get(..span.start)?, bytes.get(span.end..)?);
    let written = std::str::from_utf8(bytes.get(span.start..span.end)?).ok()?;
    if new.chars().any(char::is_control) || written.contains(['\n', '\r']) {
        return None;
    }
    let quoted = serde_json::Value::from(new).to_string();
    let replaced = if is_quoted(written, '"') {
        quoted
    } else if is_quoted(written, '\'') {
        format!("'{}'", new.replace('\'', "''"))
    } else {
        let begins = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        // Without quotation marks there are numbers and words in JSON, and texts in YAML.
        if begins.starts_with(b"{") || begins.starts_with(b"[") || !is_plain(written) {
            return None;
        }
        if is_plain(new) { new.to_owned() } else { quoted }
    };
    Some([before, replaced.as_bytes(), rest].concat())
}

fn is_quoted(text: &str, mark: char) -> bool {
    text.len() >= 2 && text.starts_with(mark) && text.ends_with(mark)
}

/// Whether YAML reads `text` as itself without quotation marks, wherever it stands.
fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
    let is_word = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    begins && !is_word && !text.ends_with(':') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/:._+=@-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
        let start = text.find(old).unwrap();
        replace_string(text.as_bytes(), Span::new(start, start + old.len()), new).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn every_other_byte_stays_and_so_do_the_quotation_marks() {
        assert_eq!(replaced("\u{feff}{ \"a\":\t\"x\" } // y", "\"x\"", "n\"").unwrap(), "\u{feff}{ \"a\":\t\"n\\\"\" } // y");
        assert_eq!(replaced("a: 'x'  # y\r\n", "'x'", "it's").unwrap(), "a: 'it''s'  # y\r\n");
        assert_eq!(replaced("a: arn:x:y\n", "arn:x:y", "arn:x:y::").unwrap(), "a: \"arn:x:y::\"\n");
        assert_eq!(replaced("a: arn:x:y\n", "arn:x:y", "arn:x:z").unwrap(), "a: arn:x:z\n");
    }

    #[test]
    fn what_is_no_text_on_one_line_is_left_alone() {
        assert_eq!(replaced("[5]", "5", "x"), None);
        assert_eq!(replaced("a: !Sub x\n", "!Sub x", "y"), None);
        assert_eq!(replaced("a: >-\n  x\n", ">-\n  x", "y"), None);
        assert_eq!(replaced("a: 'x'\n", "'x'", "a\nb"), None);
        assert_eq!(replace_string(b"a", Span::new(0, 9), "x"), None);
        assert_eq!(replace_string(b"a", Span::new(1, 0), "x"), None);
    }
}

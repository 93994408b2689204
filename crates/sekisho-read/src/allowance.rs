//! Comments that suppress findings: `// sekisho: allow SEK0301 why`, in YAML with `#`.

use sekisho_model::{Place, Span};

use crate::text::{MEBIBYTE, Text};

/// Largest file whose comments are looked at; readers of the file itself stop there too.
const LIMIT: usize = 16 * MEBIBYTE;

/// Most comments of one file that count.
const ALLOWED: usize = 1_000;

/// What a comment must have in it.
const WORDS: &str = "sekisho:";

/// One comment that is to suppress findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// What stands where the rule belongs; empty where nothing does.
    pub rule: String,
    /// What follows; empty where nothing does.
    pub reason: String,
    /// Where the comment stands.
    pub place: Place,
    /// The bytes that it speaks of: what begins on the next line, to its end; or its own line, where something stands in front of it.
    pub covers: Span,
}

/// The comments of `bytes`, the content of `file`, that begin with `sekisho: allow`. `yaml` says which comments the format has: `#`, or `//` and `/* */`.
/// A text that is not UTF-8 has none.
pub fn allowances(file: &str, bytes: &[u8], yaml: bool) -> Vec<Allowance> {
    let Ok(text) = Text::new(file, bytes, LIMIT) else { return Vec::new() };
    if !text.content.contains(WORDS) {
        return Vec::new();
    }
    let comments = if yaml { yaml_comments(text.content) } else { json_comments(text.content) };
    let mark = bytes.len() - text.content.len();
    let mut allowances = Vec::new();
    for (start, end) in comments {
        let Some((rule, reason)) = text.content.get(start..end).and_then(spoken) else { continue };
        if allowances.len() == ALLOWED {
            break;
        }
        let (from, to) =
            if begins_line(text.content, start) { covered(text.content, end, yaml) } else { (line_start(text.content, start), start) };
        let covers = Span::new(from + mark, to + mark);
        allowances.push(Allowance { rule, reason, place: text.place(start, end), covers });
    }
    allowances
}

/// Rule and reason of a comment that begins with our words.
fn spoken(comment: &str) -> Option<(String, String)> {
    let inner = comment.trim_start_matches(['/', '*', '#', ' ', '\t']).trim_end().trim_end_matches("*/").trim_end();
    let rest = inner.strip_prefix(WORDS)?.trim_start().strip_prefix("allow")?;
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let rest = rest.trim_start();
    let end = rest.find(|character: char| character.is_whitespace() || character == ':').unwrap_or(rest.len());
    let (rule, reason) = rest.split_at_checked(end)?;
    let reason = reason.trim_start_matches([':', '-', '–', '—', ' ', '\t']).trim();
    Some((rule.trim_end_matches([',', ';']).to_owned(), reason.to_owned()))
}

fn json_comments(content: &str) -> Vec<(usize, usize)> {
    let mut comments = Vec::new();
    let bytes = content.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    let mut at = 0;
    while let Some(current) = byte(at) {
        match (current, byte(at + 1)) {
            (b'"', _) => at = string_end(bytes, at),
            (b'/', Some(b'/')) => {
                let end = find(bytes, at, b"\n").unwrap_or(bytes.len());
                comments.push((at, end));
                at = end;
            }
            (b'/', Some(b'*')) => {
                let end = find(bytes, at + 2, b"*/").map_or(bytes.len(), |end| end + 2);
                comments.push((at, end));
                at = end;
            }
            _ => at += 1,
        }
    }
    comments
}

/// Behind the string in double quotes that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    loop {
        match bytes.get(at) {
            None => return bytes.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// `#` at the beginning of a line or behind white space, outside of quotation marks on that line. What stands in a block scalar is no comment of YAML, and
/// may be taken for one here: it would have to say our very words.
fn yaml_comments(content: &str) -> Vec<(usize, usize)> {
    let mut comments = Vec::new();
    let mut start = 0;
    for line in content.split_inclusive('\n') {
        let mut quote = None;
        let mut before = b' ';
        for (at, byte) in line.bytes().enumerate() {
            match (quote, byte) {
                (None, b'#') if before.is_ascii_whitespace() => {
                    comments.push((start + at, start + line.trim_end().len()));
                    break;
                }
                // A quotation mark within a word begins no string.
                (None, b'"' | b'\'') if !before.is_ascii_alphanumeric() => quote = Some(byte),
                (Some(open), close) if open == close && before != b'\\' => quote = None,
                _ => {}
            }
            before = byte;
        }
        start += line.len();
    }
    comments
}

fn line_start(content: &str, at: usize) -> usize {
    content.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

fn begins_line(content: &str, at: usize) -> bool {
    content.get(line_start(content, at)..at).is_some_and(|before| before.trim().is_empty())
}

/// What begins behind the comment that ends at `end`.
fn covered(content: &str, end: usize, yaml: bool) -> (usize, usize) {
    if yaml { covered_in_yaml(content, end) } else { covered_in_json(content, end) }
}

/// The next value, or the next member with its key.
fn covered_in_json(content: &str, end: usize) -> (usize, usize) {
    let bytes = content.as_bytes();
    let mut at = end;
    let mut start = None;
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at) {
        let next = match byte {
            b'/' if bytes.get(at + 1) == Some(&b'/') => find(bytes, at, b"\n").unwrap_or(bytes.len()),
            b'/' if bytes.get(at + 1) == Some(&b'*') => find(bytes, at + 2, b"*/").map_or(bytes.len(), |end| end + 2),
            byte if byte.is_ascii_whitespace() => at + 1,
            b'"' => {
                start.get_or_insert(at);
                string_end(bytes, at)
            }
            b'{' | b'[' => {
                start.get_or_insert(at);
                depth += 1;
                at + 1
            }
            b'}' | b']' => {
                if depth == 0 {
                    break;
                }
                depth -= 1;
                at + 1
            }
            b',' if depth == 0 && start.is_some() => break,
            _ => {
                start.get_or_insert(at);
                at + 1
            }
        };
        at = next;
    }
    (start.unwrap_or(at), at)
}

/// The next line that is neither empty nor a comment, and all below it that are indented more.
fn covered_in_yaml(content: &str, end: usize) -> (usize, usize) {
    let mut at = content.get(end..).and_then(|rest| rest.find('\n')).map_or(content.len(), |line| end + line + 1);
    let mut first: Option<(usize, usize, bool)> = None;
    for line in content.get(at..).unwrap_or_default().split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - inner.len();
        let is_empty = inner.trim().is_empty() || inner.starts_with('#');
        match first {
            None if !is_empty => first = Some((at, indent, inner.starts_with("- "))),
            // The entries of a list may stand under their key without being indented.
            Some((_, begin, is_entry)) if !is_empty && indent <= begin && !(indent == begin && !is_entry && inner.starts_with("- ")) => {
                break;
            }
            _ => {}
        }
        at += line.len();
    }
    (first.map_or(at, |(start, ..)| start), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule, reason, and the text that each comment speaks of.
    fn found(text: &str, yaml: bool) -> Vec<(String, String, String)> {
        let allowances = allowances("f", text.as_bytes(), yaml);
        let covered = |span: Span| text.get(span.start..span.end).unwrap().trim().to_owned();
        allowances.into_iter().map(|one| (one.rule, one.reason, covered(one.covers))).collect()
    }

    fn one(rule: &str, reason: &str, covered: &str) -> Vec<(String, String, String)> {
        vec![(rule.to_owned(), reason.to_owned(), covered.to_owned())]
    }

    #[test]
    fn a_comment_of_json_speaks_of_the_next_value_or_member() {
        let comment = "// sekisho: allow SEK0301 a demo";
        let text = format!("[1,\n{comment}\n{{ \"a\": [1, {{}}], \"b\": \"}},\" }}, 2]");
        assert_eq!(found(&text, false), one("SEK0301", "a demo", "{ \"a\": [1, {}], \"b\": \"},\" }"));
        let text = format!("{{\n{comment}\n// another\n\"a\": {{ \"x\": 1 }}, \"b\": 2 }}");
        assert_eq!(found(&text, false), one("SEK0301", "a demo", "\"a\": { \"x\": 1 }"));
        assert_eq!(found("{ \"a\": 1 } /* sekisho: allow x-y: why */", false), one("x-y", "why", "{ \"a\": 1 }"));
        assert!(found("{ \"a\": \"// sekisho: allow SEK0301 why\" }", false).is_empty());
    }

    #[test]
    fn a_comment_of_yaml_speaks_of_the_next_line_and_what_is_indented_below_it() {
        let text = "a:\n  # sekisho: allow SEK0301 a demo\n  b:\n  - c: 1\n    d: 2\n\n  e: 3\n";
        assert_eq!(found(text, true), one("SEK0301", "a demo", "b:\n  - c: 1\n    d: 2"));
        let text = "list:\n  # sekisho: allow SEK0301 a demo\n  - c: 1\n    d: 2\n  - e: 3\n";
        assert_eq!(found(text, true), one("SEK0301", "a demo", "- c: 1\n    d: 2"));
        assert_eq!(found("a: 'x # y' # sekisho: allow SEK0301 z\nb: 1", true), one("SEK0301", "z", "a: 'x # y'"));
        assert!(found("a: \"# sekisho: allow SEK0301 z\"", true).is_empty());
    }

    #[test]
    fn what_lacks_rule_or_reason_is_told_as_it_is() {
        assert_eq!(found("// sekisho: allow\n{}", false), one("", "", "{}"));
        assert_eq!(found("// sekisho: allow SEK0301\n{}", false), one("SEK0301", "", "{}"));
        assert!(found("// sekisho: allowed SEK0301 x\n{}", false).is_empty());
        assert!(found("// sekisho is good\n{}", false).is_empty());
    }
}

//! JSON as people keep it: with comments, a comma too many or too few, and placeholders where values should stand.
//!
//! What is JSON is read as every parser reads it. What is read over is a note with its place, because the AWS CLI refuses it.

use std::borrow::Cow;

use super::{Budget, Kind, Member, NOTED, Node, Tree, template};
use crate::problem::{JSON_NOTE_COMMENT, JSON_NOTE_MISSING_COMMA, JSON_NOTE_TRAILING_COMMA, JSON_SYNTAX, Problem};
use crate::text::Text;

/// Parses `text`.
///
/// # Errors
/// Nesting too deep, too many values, or no JSON; with its place. Nothing of the content is repeated.
pub(crate) fn parse<'t>(text: &Text<'t>) -> Result<Tree<'t>, Problem> {
    let parse = |placeholders| Parser { text, placeholders, at: 0, budget: Budget::default(), notes: Vec::new() }.whole();
    // A placeholder within a string may have quotation marks of its own, which in JSON end the string: only where that reading fails is it tried.
    parse(false).or_else(|problem| {
        if problem.code != JSON_SYNTAX {
            return Err(problem);
        }
        parse(true).map_err(|second| if second.code == JSON_SYNTAX { problem } else { second })
    })
}

struct Parser<'p, 't> {
    text: &'p Text<'t>,
    /// Whether placeholders within strings are passed over as a whole.
    placeholders: bool,
    at: usize,
    budget: Budget,
    notes: Vec<Problem>,
}

impl<'t> Parser<'_, 't> {
    fn whole(mut self) -> Result<Tree<'t>, Problem> {
        self.blanks()?;
        if self.peek().is_none() {
            return Err(self.syntax(0, 0, "empty"));
        }
        let root = self.value()?;
        self.blanks()?;
        match self.peek() {
            None => Ok(Tree { roots: vec![root], notes: self.notes, holes: Vec::new() }),
            Some(_) => Err(self.syntax(self.at, self.at + 1, "extra")),
        }
    }

    fn rest(&self) -> &'t str {
        self.text.content.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.content.as_bytes().get(self.at).copied()
    }

    fn syntax(&self, start: usize, end: usize, reason: &'static str) -> Problem {
        Problem::at(JSON_SYNTAX, self.text.place(start, end)).with("reason", reason)
    }

    fn note(&mut self, code: &'static str, start: usize, end: usize) {
        if self.notes.len() < NOTED {
            self.notes.push(Problem::at(code, self.text.place(start, end)));
        }
    }

    /// Passes over blanks and comments.
    fn blanks(&mut self) -> Result<(), Problem> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') => {
                    let (start, rest) = (self.at, self.rest());
                    let length = if rest.starts_with("//") {
                        rest.find(['\r', '\n']).unwrap_or(rest.len())
                    } else if let Some(inside) = rest.strip_prefix("/*") {
                        inside.find("*/").ok_or_else(|| self.syntax(start, start + 2, "unterminated-comment"))? + 4
                    } else {
                        return Err(self.syntax(start, start + 1, "unexpected"));
                    };
                    self.at += length;
                    self.note(JSON_NOTE_COMMENT, start, self.at);
                }
                _ => return Ok(()),
            }
        }
    }

    fn value(&mut self) -> Result<Node<'t>, Problem> {
        let start = self.at;
        self.budget.spend(self.text, start, 1)?;
        let kind = match self.peek() {
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'{') if !self.rest().starts_with("{{") && !self.rest().starts_with("{%") => self.object()?,
            Some(b'[') => self.list()?,
            Some(b'\'') => return Err(self.syntax(start, start + 1, "single-quotes")),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number()?,
            Some(_) => match self.hole() {
                Some(hole) => Kind::Hole(Cow::Borrowed(hole)),
                // `{{"a": 1}}` is neither a placeholder nor JSON.
                None if self.peek() == Some(b'{') => self.object()?,
                None => self.word()?,
            },
            None => return Err(self.syntax(start, start, "unexpected")),
        };
        Ok(Node::new(start, self.at, kind))
    }

    /// A placeholder outside quotation marks, with what is glued to it: `${cpu}00`.
    fn hole(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let mut length = template::length(rest)?;
        while let Some(next) = rest.get(length..).and_then(|behind| behind.chars().next()) {
            if let Some(more) = rest.get(length..).and_then(template::length) {
                length += more;
            } else if next.is_whitespace() || ",]}{[\"/".contains(next) {
                break;
            } else {
                length += next.len_utf8();
            }
        }
        self.at += length;
        rest.get(..length)
    }

    fn word(&mut self) -> Result<Kind<'t>, Problem> {
        let rest = self.rest();
        let length = rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len());
        let kind = match rest.get(..length) {
            Some("true") => Kind::Bool(true),
            Some("false") => Kind::Bool(false),
            Some("null") => Kind::Null,
            word => {
                let is_word = word.is_some_and(|word| word.starts_with(char::is_alphabetic));
                let reason = if is_word { "word" } else { self.odd() };
                return Err(self.syntax(self.at, self.at + length.max(1), reason));
            }
        };
        self.at += length;
        Ok(kind)
    }

    /// Why what stands here is not JSON.
    fn odd(&self) -> &'static str {
        if self.peek().is_some_and(|byte| b"$<%@".contains(&byte)) { "placeholder" } else { "unexpected" }
    }

    fn number(&mut self) -> Result<Kind<'t>, Problem> {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        let number = rest.get(..length).unwrap_or_default();
        if !is_number(number) {
            return Err(self.syntax(self.at, self.at + length.max(1), "number"));
        }
        self.at += length;
        Ok(Kind::Number(Cow::Borrowed(number)))
    }

    fn list(&mut self) -> Result<Kind<'t>, Problem> {
        let open = self.at;
        self.budget.descend(self.text, open)?;
        self.at += 1;
        let mut items: Vec<Node<'t>> = Vec::new();
        let mut separator = Separator::Begin;
        loop {
            self.blanks()?;
            match self.peek() {
                None => return Err(self.syntax(open, open + 1, "unterminated-array")),
                Some(b']') => break,
                Some(b',') => separator = self.comma(separator)?,
                Some(first) => {
                    let behind = items.last();
                    if let (Separator::Value, Some(before)) = (separator, behind) {
                        let is_hole = matches!(before.kind, Kind::Hole(_)) || template::length(self.rest()).is_some();
                        let end = before.end;
                        // Two strings on one line may as well be one whose quotation marks are wrong.
                        let is_safe =
                            matches!(first, b'{' | b'[') || self.text.content.get(end..self.at).is_some_and(|gap| gap.contains('\n'));
                        self.missing_comma(end, is_hole, is_safe)?;
                    }
                    let value = self.value()?;
                    separator = if matches!(value.kind, Kind::Hole(_)) { Separator::Hole } else { Separator::Value };
                    items.push(value);
                }
            }
        }
        self.close(separator);
        Ok(Kind::List(items))
    }

    fn object(&mut self) -> Result<Kind<'t>, Problem> {
        let open = self.at;
        self.budget.descend(self.text, open)?;
        self.at += 1;
        let mut members: Vec<Member<'t>> = Vec::new();
        let mut separator = Separator::Begin;
        loop {
            self.blanks()?;
            let start = self.at;
            match self.peek() {
                None => return Err(self.syntax(open, open + 1, "unterminated-object")),
                Some(b'}') => break,
                Some(b',') => separator = self.comma(separator)?,
                Some(b'"') => {
                    if let (Separator::Value, Some(before)) = (separator, members.last()) {
                        let end = before.value.end;
                        // What stands here must turn out to be a key, or the colon is missed in a moment.
                        self.missing_comma(end, false, true)?;
                    }
                    let key = self.string()?;
                    let key_end = self.at;
                    self.blanks()?;
                    if self.peek() != Some(b':') {
                        let (at, reason) = if separator == Separator::Value { (start, "comma") } else { (self.at, "colon") };
                        return Err(self.syntax(at, at + 1, reason));
                    }
                    self.at += 1;
                    self.blanks()?;
                    if matches!(self.peek(), None | Some(b',' | b'}')) {
                        return Err(self.syntax(self.at, self.at + 1, "value"));
                    }
                    let value = self.value()?;
                    members.push(Member { key, key_start: start, key_end, value });
                    separator = Separator::Value;
                }
                Some(b'\'') => return Err(self.syntax(start, start + 1, "single-quotes")),
                Some(first) => {
                    let Some(hole) = self.hole() else {
                        let is_word = self.rest().starts_with(char::is_alphabetic);
                        let reason = match (is_word, first) {
                            (true, _) => "word",
                            (_, b'$' | b'<' | b'%' | b'@') => "placeholder",
                            _ => "key",
                        };
                        return Err(self.syntax(start, start + 1, reason));
                    };
                    self.budget.spend(self.text, start, 1)?;
                    let value = Node::new(start, self.at, Kind::Hole(Cow::Borrowed(hole)));
                    self.blanks()?;
                    // A key without quotation marks, or a whole member that is to be filled in.
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        self.blanks()?;
                        drop(self.value()?);
                    }
                    members.push(Member { key: Cow::Borrowed(""), key_start: start, key_end: value.end, value });
                    separator = Separator::Hole;
                }
            }
        }
        self.close(separator);
        Ok(Kind::Map(members))
    }

    /// The comma at which the parser stands.
    fn comma(&mut self, before: Separator) -> Result<Separator, Problem> {
        let at = self.at;
        self.at += 1;
        match before {
            Separator::Value => Ok(Separator::Comma(at)),
            // A placeholder may be nothing, or bring commas of its own.
            Separator::Hole => Ok(Separator::Hole),
            Separator::Begin | Separator::Comma(_) => {
                self.blanks()?;
                if self.hole_here() { Ok(Separator::Hole) } else { Err(self.syntax(at, at + 1, "unexpected")) }
            }
        }
    }

    fn hole_here(&self) -> bool {
        template::length(self.rest()).is_some()
    }

    fn missing_comma(&mut self, end: usize, is_hole: bool, is_safe: bool) -> Result<(), Problem> {
        match (is_hole, is_safe) {
            (true, _) => Ok(()),
            (false, true) => {
                self.note(JSON_NOTE_MISSING_COMMA, end, end);
                Ok(())
            }
            (false, false) => Err(self.syntax(end, end, "comma")),
        }
    }

    fn close(&mut self, separator: Separator) {
        if let Separator::Comma(at) = separator {
            self.note(JSON_NOTE_TRAILING_COMMA, at, at + 1);
        }
        self.at += 1;
        self.budget.ascend();
    }

    /// The string at whose quotation mark the parser stands.
    fn string(&mut self) -> Result<Cow<'t, str>, Problem> {
        let start = self.at;
        let inside = self.text.content.get(start + 1..).unwrap_or_default();
        let bytes = inside.as_bytes();
        let mut owned: Option<String> = None;
        // What of the string has not been copied yet begins here.
        let mut copied = 0;
        let mut at = 0;
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => return Err(self.syntax(start, start + 1, "unterminated-string")),
                Some(b'"') => break,
                Some(b'\\') => {
                    let escape = inside.get(at..).and_then(unescape);
                    let Some((character, length)) = escape else {
                        let escape = start + 1 + at;
                        return Err(self.syntax(escape, escape + 1, "escape"));
                    };
                    let text = owned.get_or_insert_default();
                    text.push_str(inside.get(copied..at).unwrap_or_default());
                    text.push(character);
                    at += length;
                    copied = at;
                }
                Some(b'$' | b'{' | b'<' | b'%') if self.placeholders => {
                    let line = inside.get(at..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
                    at += template::length(line).unwrap_or(1);
                }
                Some(_) => at += 1,
            }
        }
        self.at = start + at + 2;
        let last = inside.get(copied..at).unwrap_or_default();
        Ok(match owned {
            None => Cow::Borrowed(last),
            Some(text) => Cow::Owned(text + last),
        })
    }
}

/// What stood last in a list or object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Begin,
    /// The comma at this byte.
    Comma(usize),
    Value,
    Hole,
}

/// The character of the escape with which `text` begins, and its bytes. Half of a surrogate pair is U+FFFD, as Go reads it.
fn unescape(text: &str) -> Option<(char, usize)> {
    let simple = |character| Some((character, 2));
    match text.as_bytes().get(1)? {
        b'"' => simple('"'),
        b'\\' => simple('\\'),
        b'/' => simple('/'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'u' => {
            let unit = |at: usize| {
                let digits = text.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
                u32::from_str_radix(digits, 16).ok()
            };
            let first = unit(2)?;
            if (0xd800..0xdc00).contains(&first)
                && text.get(6..8) == Some("\\u")
                && let Some(second) = unit(8).filter(|second| (0xdc00..0xe000).contains(second))
            {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Some((char::from_u32(code)?, 12));
            }
            Some((char::from_u32(first).unwrap_or('\u{fffd}'), 6))
        }
        _ => None,
    }
}

/// Whether `text` is a number of JSON (RFC 8259 §6).
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::super::VALUES;
    use super::*;
    use crate::text::MEBIBYTE;

    fn text(content: &str) -> Text<'_> {
        Text::new("f", content.as_bytes(), MEBIBYTE).unwrap()
    }

    fn refused(content: &str) -> (String, String) {
        let problem = parse(&text(content)).unwrap_err();
        (problem.place.unwrap().to_string(), problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default())
    }

    /// The tree as JSON, placeholders in angle quotes.
    fn shown(node: &Node<'_>) -> String {
        match &node.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(flag) => flag.to_string(),
            Kind::Number(number) => number.to_string(),
            Kind::Text(text) => format!("{text:?}"),
            Kind::Hole(hole) => format!("«{hole}»"),
            Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")),
            Kind::Map(members) => {
                let member = |member: &Member<'_>| format!("{:?}:{}", member.key, shown(&member.value));
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    fn read(content: &str) -> (String, Vec<String>) {
        let text = text(content);
        let tree = parse(&text).unwrap_or_else(|problem| panic!("{content}: {problem:?}"));
        let notes = tree.notes.iter().map(|note| format!("{} {}", note.place.as_ref().unwrap(), note.code)).collect();
        (shown(&tree.roots[0]), notes)
    }

    #[test]
    fn depth_and_values_are_bounded() {
        assert_eq!(refused(&"[".repeat(129)), ("f:1:129".to_owned(), "128".to_owned()));
        assert_eq!(refused(&"{\"a\":".repeat(100_000)).1, "128");
        assert!(parse(&text(&format!("{}{}", "[".repeat(128), "]".repeat(128)))).is_ok());
        let many = format!("[{}1]", "1,".repeat(VALUES));
        let many = Text::new("f", many.as_bytes(), 4 * MEBIBYTE).unwrap();
        assert_eq!(parse(&many).unwrap_err().code, crate::problem::FILE_MANY);
    }

    #[test]
    fn what_is_no_json_is_placed() {
        for (content, place, reason) in [
            ("", "f:1:1", "empty"),
            ("// x", "f:1:1", "empty"),
            ("{a: 1}", "f:1:2", "word"),
            ("{1: 1}", "f:1:2", "key"),
            ("{\"a\" 1}", "f:1:6", "colon"),
            ("{\"a\": 1 \"b\"}", "f:1:9", "comma"),
            ("{\"a\": }", "f:1:7", "value"),
            ("[\"a\" \"b\"]", "f:1:5", "comma"),
            ("[1, 2", "f:1:1", "unterminated-array"),
            ("{\"a\": 1", "f:1:1", "unterminated-object"),
            ("['a']", "f:1:2", "single-quotes"),
            ("[\"\\q\"]", "f:1:3", "escape"),
            ("[\"\\u12\"]", "f:1:3", "escape"),
            ("[\"a]", "f:1:2", "unterminated-string"),
            ("[\"a\n\"]", "f:1:2", "unterminated-string"),
            ("[0x1]", "f:1:2", "number"),
            ("[01]", "f:1:2", "number"),
            ("[.5]", "f:1:2", "number"),
            ("[undefined]", "f:1:2", "word"),
            ("[1,,2]", "f:1:4", "unexpected"),
            ("[,1]", "f:1:2", "unexpected"),
            ("[1 /* ]", "f:1:4", "unterminated-comment"),
            ("[${x]", "f:1:2", "placeholder"),
            ("1 2", "f:1:3", "extra"),
        ] {
            assert_eq!(refused(content), (place.to_owned(), reason.to_owned()), "{content}");
        }
    }

    #[test]
    fn what_is_not_quite_json_is_read_and_noted() {
        let noted = |content: &str, expected: &str, notes: &[&str]| {
            assert_eq!(read(content), (expected.to_owned(), notes.iter().map(|note| (*note).to_owned()).collect()), "{content}");
        };
        noted("[1, /* x */ 2,] // y", "[1,2]", &["f:1:5 json-note-comment", "f:1:14 json-note-trailing-comma", "f:1:17 json-note-comment"]);
        noted("{\"a\": 1 \"b\": 2}", "{\"a\":1,\"b\":2}", &["f:1:8 json-note-missing-comma"]);
        noted("[{} {}]", "[{},{}]", &["f:1:4 json-note-missing-comma"]);
        noted("[\"a\"\n\"b\"]", "[\"a\",\"b\"]", &["f:1:5 json-note-missing-comma"]);
        noted(r#"["\u95a2\ud83d\ude00\ud800x\n"]"#, "[\"関😀\u{fffd}x\\n\"]", &[]);
    }

    #[test]
    fn placeholders_do_not_sink_the_file() {
        for (content, expected) in [
            ("{\"cpu\": ${cpu}, \"a\": 1}", r#"{"cpu":«${cpu}»,"a":1}"#),
            ("{\"cpu\": {{ must_env `CPU` }}}", r#"{"cpu":«{{ must_env `CPU` }}»}"#),
            ("{\"s\": ${jsonencode([for s in x : { a = \"b\" }])}}", r#"{"s":«${jsonencode([for s in x : { a = "b" }])}»}"#),
            ("{\"a\": 1, {{ if x }} \"b\": 2, {{ end }} \"c\": 3}", r#"{"a":1,"":«{{ if x }}»,"b":2,"":«{{ end }}»,"c":3}"#),
            ("[%{ for x in xs ~} {\"a\": \"${x}\"}, %{ endfor ~}]", r#"[«%{ for x in xs ~}»,{"a":"${x}"},«%{ endfor ~}»]"#),
            ("[<REGION>, %N%, @@X@@, $V, ${a}-b]", "[«<REGION>»,«%N%»,«@@X@@»,«$V»,«${a}-b»]"),
            ("[{{ must_env \"X\" }}]", "[«{{ must_env \"X\" }}»]"),
            (r#"{"a": "x{{ must_env "X" }}y"}"#, r#"{"a":"x{{ must_env \"X\" }}y"}"#),
            (r#"{"a": "{{", "b": "}}"}"#, r#"{"a":"{{","b":"}}"}"#),
            (r#"{"a": "${lookup(x, "y")}"}"#, r#"{"a":"${lookup(x, \"y\")}"}"#),
            (r#"{"a": {"b": {}}}"#, r#"{"a":{"b":{}}}"#),
        ] {
            assert_eq!(read(content), (expected.to_owned(), Vec::new()), "{content}");
        }
    }
}

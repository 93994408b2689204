//! Texts from files, AWS and children, made harmless for a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with control, escape and bidirectional characters shown as `\u{…}`, so that nobody else's text can paint the terminal, hide a part of itself or
/// turn a line around (design §9). Line breaks are escaped too: what may have lines is split before.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hostile(character) {
            // Writing into a String does not fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// `json`, already written as JSON, with the same characters as JSON escapes: in a log or a terminal they paint there as well as in text. Line breaks
/// between the members stay.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let is_raw = |character: char| character != '\n' && is_hostile(character);
    if !json.chars().any(is_raw) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 8);
    for character in json.chars() {
        if is_raw(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// C0 and C1 controls, DEL, line and paragraph separators, zero-width and bidirectional formatting (Unicode Standard Annex 9, "explicit formatting"),
/// tags and interlinear annotations.
fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_paint_the_terminal_is_shown_instead() {
        assert_eq!(escape("a\x1b[31mb\rc\u{202e}d\u{9b}e"), "a\\u{1b}[31mb\\u{d}c\\u{202e}d\\u{9b}e");
        assert_eq!(escape("関所 – “ok”"), "関所 – “ok”");
    }

    #[test]
    fn json_keeps_its_meaning_without_raw_characters() {
        let value = serde_json::json!({ "a\u{202e}": "\u{9b}31m\u{e0001}\n関所" });
        let text = format!("{value:#}\n");
        let escaped = escape_json(&text);
        assert_eq!(escaped, "{\n  \"a\\u202e\": \"\\u009b31m\\udb40\\udc01\\n関所\"\n}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }
}

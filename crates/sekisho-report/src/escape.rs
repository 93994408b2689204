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
}

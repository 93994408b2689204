//! Patterns with `*` and `?`.

use std::fmt;

use crate::Truth;

/// A pattern in which `*` stands for any characters, none among them, and `?` for exactly one.
///
/// Matching looks for the texts between the stars from left to right and never goes back: its time grows with the length of the text, however many stars
/// there are.
#[derive(Clone, PartialEq, Eq)]
pub struct Glob(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    /// No `*`.
    Whole(Segment),
    /// `*` between `head` and `tail`, and around each of `middle`.
    Stars { head: Segment, middle: Vec<Segment>, tail: Segment },
}

/// What stands between two stars.
#[derive(Clone, PartialEq, Eq)]
enum Segment {
    /// No `?`.
    Text(Box<str>),
    /// With a `?`: None.
    Characters(Vec<Option<char>>),
}

/// A piece of a pattern. Texts are taken as they stand, so that what a variable brings along is no wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Character(char),
    /// `?`
    One,
    /// `*`
    Any,
}

/// The tokens of a written pattern.
pub(crate) fn tokens(pattern: &str) -> impl Iterator<Item = Token> {
    pattern.chars().map(|character| match character {
        '*' => Token::Any,
        '?' => Token::One,
        other => Token::Character(other),
    })
}

impl Glob {
    /// The pattern that is written so.
    pub fn new(pattern: &str) -> Self {
        if !pattern.contains(['*', '?']) {
            return Self(Kind::Whole(Segment::Text(pattern.into())));
        }
        Self::from_tokens(tokens(pattern))
    }

    pub(crate) fn from_tokens(tokens: impl IntoIterator<Item = Token>) -> Self {
        let mut segments = vec![Vec::new()];
        for token in tokens {
            match (token, segments.last_mut()) {
                (Token::Any, _) => segments.push(Vec::new()),
                (Token::One, Some(last)) => last.push(None),
                (Token::Character(character), Some(last)) => last.push(Some(character)),
                (_, None) => {}
            }
        }
        let mut segments = segments.into_iter().map(Segment::new);
        let head = segments.next().unwrap_or_else(|| Segment::Text("".into()));
        let Some(tail) = segments.next_back() else { return Self(Kind::Whole(head)) };
        let middle = segments.filter(|segment| !segment.is_empty()).collect();
        Self(Kind::Stars { head, middle, tail })
    }

    /// Whether it is nothing but stars.
    pub fn is_anything(&self) -> bool {
        matches!(&self.0, Kind::Stars { head, middle, tail } if head.is_empty() && tail.is_empty() && middle.is_empty())
    }

    /// The only text that matches, where there is only one.
    pub fn exact(&self) -> Option<&str> {
        match &self.0 {
            Kind::Whole(Segment::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        match &self.0 {
            Kind::Whole(Segment::Text(whole)) => **whole == *text,
            Kind::Whole(whole) => whole.at_start(text) == Some(text.len()),
            Kind::Stars { head, middle, tail } => {
                let Some(mut rest) = head.at_start(text).and_then(|end| text.get(end..)) else { return false };
                let Some(end) = tail.at_end(rest) else { return false };
                rest = rest.get(..end).unwrap_or_default();
                for segment in middle {
                    match segment.find(rest).and_then(|end| rest.get(end..)) {
                        Some(behind) => rest = behind,
                        None => return false,
                    }
                }
                true
            }
        }
    }

    /// Whether a text matches of which only a pattern is known: `Yes` where all texts of `pattern` do, `No` where none does.
    ///
    /// `Yes` may be missed where only several stars together cover another pattern; it is never wrong.
    pub fn matches_like(&self, pattern: &str) -> Truth {
        let (ours, theirs): (Vec<Token>, Vec<Token>) = (self.tokens(), tokens(pattern).collect());
        // Quadratic in the lengths. What is longer than any ARN is not worth it.
        if ours.len().saturating_mul(theirs.len()) > 4_000_000 {
            return Truth::Maybe;
        }
        if covers(&ours, &theirs) {
            Truth::Yes
        } else if meets(&ours, &theirs) {
            Truth::Maybe
        } else {
            Truth::No
        }
    }

    fn tokens(&self) -> Vec<Token> {
        match &self.0 {
            Kind::Whole(segment) => segment.tokens(),
            Kind::Stars { head, middle, tail } => {
                let mut all = head.tokens();
                for segment in middle.iter().chain([tail]) {
                    all.push(Token::Any);
                    all.extend(segment.tokens());
                }
                all
            }
        }
    }
}

impl Segment {
    fn new(characters: Vec<Option<char>>) -> Self {
        match characters.iter().copied().collect::<Option<String>>() {
            Some(text) => Self::Text(text.into()),
            None => Self::Characters(characters),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    fn tokens(&self) -> Vec<Token> {
        match self {
            Self::Text(text) => text.chars().map(Token::Character).collect(),
            Self::Characters(characters) => characters.iter().map(|character| character.map_or(Token::One, Token::Character)).collect(),
        }
    }

    /// Where it ends if it stands at the beginning of `text`.
    fn at_start(&self, text: &str) -> Option<usize> {
        match self {
            Self::Text(segment) => text.starts_with(&**segment).then_some(segment.len()),
            Self::Characters(characters) => {
                let mut given = text.chars();
                let mut length = 0;
                for wanted in characters {
                    let character = given.next()?;
                    if wanted.is_some_and(|wanted| wanted != character) {
                        return None;
                    }
                    length += character.len_utf8();
                }
                Some(length)
            }
        }
    }

    /// Where it begins if it stands at the end of `text`.
    fn at_end(&self, text: &str) -> Option<usize> {
        match self {
            Self::Text(segment) => text.ends_with(&**segment).then(|| text.len() - segment.len()),
            Self::Characters(characters) => {
                let mut given = text.chars().rev();
                let mut length = 0;
                for wanted in characters.iter().rev() {
                    let character = given.next()?;
                    if wanted.is_some_and(|wanted| wanted != character) {
                        return None;
                    }
                    length += character.len_utf8();
                }
                Some(text.len() - length)
            }
        }
    }

    /// Where it ends where it stands first in `text`.
    fn find(&self, text: &str) -> Option<usize> {
        match self {
            Self::Text(segment) => text.find(&**segment).map(|start| start + segment.len()),
            Self::Characters(_) => {
                text.char_indices().find_map(|(start, _)| self.at_start(text.get(start..)?).map(|length| start + length))
            }
        }
    }
}

/// Whether every text of `theirs` is one of `ours`: a star of theirs may only be taken up by a star of ours.
fn covers(ours: &[Token], theirs: &[Token]) -> bool {
    reach(ours, theirs, |our, their| match (our, their) {
        (_, Token::Any) => false,
        (Token::Character(our), Token::Character(their)) => our == their,
        (Token::Character(_), Token::One) => false,
        (Token::One | Token::Any, _) => true,
    })
}

/// Whether some text is one of both.
fn meets(ours: &[Token], theirs: &[Token]) -> bool {
    // `row[j]`: the tokens of ours so far and the first `j` of theirs can be the same text.
    let mut row: Vec<bool> = Vec::with_capacity(theirs.len() + 1);
    row.push(true);
    for their in theirs {
        let before = row.last().copied().unwrap_or_default();
        row.push(before && *their == Token::Any);
    }
    for our in ours {
        let mut next = Vec::with_capacity(row.len());
        next.push(row.first().copied().unwrap_or_default() && *our == Token::Any);
        for (at, their) in theirs.iter().enumerate() {
            let (diagonal, above) = (row.get(at).copied().unwrap_or_default(), row.get(at + 1).copied().unwrap_or_default());
            let left = next.last().copied().unwrap_or_default();
            next.push(match (our, their) {
                (Token::Any, _) | (_, Token::Any) => left || above,
                (Token::Character(our), Token::Character(their)) => diagonal && our == their,
                _ => diagonal,
            });
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Whether `ours` takes up all of `theirs`, one token of theirs by one of ours that `takes` it, and any number of them by a star.
fn reach(ours: &[Token], theirs: &[Token], takes: impl Fn(Token, Token) -> bool) -> bool {
    let mut row = vec![false; theirs.len() + 1];
    if let Some(first) = row.first_mut() {
        *first = true;
    }
    for our in ours {
        let mut next = Vec::with_capacity(row.len());
        next.push(row.first().copied().unwrap_or_default() && *our == Token::Any);
        for (at, their) in theirs.iter().enumerate() {
            let (diagonal, above) = (row.get(at).copied().unwrap_or_default(), row.get(at + 1).copied().unwrap_or_default());
            let left = next.last().copied().unwrap_or_default();
            next.push(if *our == Token::Any { left || above } else { diagonal && takes(*our, *their) });
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self
            .tokens()
            .into_iter()
            .map(|token| match token {
                Token::Any => '*',
                Token::One => '?',
                Token::Character(character) => character,
            })
            .collect();
        write!(f, "Glob({text:?})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, without any thought for time.
    fn plainly(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => plainly(rest, text) || text.split_first().is_some_and(|(_, text)| plainly(pattern, text)),
            (Some((wanted, rest)), Some((given, text))) => (*wanted == '?' || wanted == given) && plainly(rest, text),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_the_definition(pattern in "[ab*?関]{0,8}", text in "[ab関]{0,10}") {
            let expected = plainly(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            prop_assert_eq!(Glob::new(&pattern).matches(&text), expected);
            prop_assert_eq!(Glob::new(&pattern).matches_like(&text), Truth::from(expected));
        }

        #[test]
        fn what_is_said_of_a_pattern_holds_of_its_texts(ours in "[ab*?]{0,6}", theirs in "[ab*?]{0,6}", text in "[ab]{0,8}") {
            let (our, their) = (Glob::new(&ours), Glob::new(&theirs));
            if their.matches(&text) {
                match our.matches_like(&theirs) {
                    Truth::Yes => prop_assert!(our.matches(&text)),
                    Truth::No => prop_assert!(!our.matches(&text)),
                    Truth::Maybe => {}
                }
            }
        }

        #[test]
        fn a_pattern_covers_itself_and_stars_cover_all(pattern in "[ab*?]{0,8}") {
            prop_assert_eq!(Glob::new(&pattern).matches_like(&pattern), Truth::Yes);
            prop_assert_eq!(Glob::new("*").matches_like(&pattern), Truth::Yes);
        }
    }

    #[test]
    fn thousands_of_stars_do_not_matter() {
        // By going back and forth this would take longer than the universe has lasted.
        let text = "a".repeat(2000);
        assert!(Glob::new(&"*".repeat(2000)).matches(&text));
        assert!(!Glob::new(&format!("{}b", "*a".repeat(999))).matches(&text));
        assert!(!Glob::new(&format!("{}b*", "*?a".repeat(600))).matches(&text));
    }
}

//! Texts with policy variables.
//!
//! Source: IAM user guide, "IAM policy elements: Variables and tags": variables only in version 2012-10-17, in the resource and in values of string and
//! ARN operators; `${*}`, `${?}` and `${$}` are those characters; `${key, 'text'}` has a default.

use crate::glob::{Token, tokens};
use crate::{Context, ContextValue, Glob, Truth};

/// A pattern that may hold variables.
#[derive(Clone, Debug)]
pub(crate) enum Template {
    /// Without variables, compiled once.
    Plain(Glob),
    /// With variables, put together for each request.
    Variable(Vec<Piece>, Wildcards),
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Token(Token),
    Variable {
        /// In lower case.
        key: Box<str>,
        default: Option<Box<str>>,
    },
    /// `${` without an end, or with something inside that is no variable: what AWS makes of it is not documented.
    Broken,
}

/// A pattern for one request.
pub(crate) enum Filled<'t> {
    Glob(&'t Glob),
    Made(Glob),
    /// A variable has no value, and the pattern is like nothing.
    Missing,
    /// A variable has a value that is not known, or of which AWS does not say how it is filled in.
    Unknown,
}

/// Whether `*` and `?` in a pattern are wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wildcards {
    Yes,
    /// They are characters as all others, as in `StringEquals`.
    No,
}

impl Template {
    pub(crate) fn new(text: &str, variables: bool, wildcards: Wildcards) -> Self {
        let plain = |text: &str| match wildcards {
            Wildcards::Yes => Glob::new(text),
            Wildcards::No => Glob::from_tokens(text.chars().map(Token::Character)),
        };
        if !variables || !text.contains("${") {
            return Self::Plain(plain(text));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, variable)) = rest.split_once("${") {
            push(&mut pieces, before, wildcards);
            match variable.split_once('}') {
                Some((inside, behind)) => {
                    pieces.push(piece(inside));
                    rest = behind;
                }
                None => {
                    pieces.push(Piece::Broken);
                    rest = "";
                }
            }
        }
        push(&mut pieces, rest, wildcards);
        let fixed: Option<Vec<Token>> =
            pieces.iter().map(|piece| if let Piece::Token(token) = piece { Some(*token) } else { None }).collect();
        fixed.map_or(Self::Variable(pieces, wildcards), |tokens| Self::Plain(Glob::from_tokens(tokens)))
    }

    /// Whether a variable stands in it.
    pub(crate) fn has_variables(&self) -> bool {
        matches!(self, Self::Variable(..))
    }

    /// The pattern, with the values that the request has.
    pub(crate) fn fill(&self, context: &Context) -> Filled<'_> {
        let (pieces, wildcards) = match self {
            Self::Plain(glob) => return Filled::Glob(glob),
            Self::Variable(pieces, wildcards) => (pieces, *wildcards),
        };
        // Whether a wildcard inside a value is one is not documented.
        let unclear = |text: &str| wildcards == Wildcards::Yes && text.contains(['*', '?']);
        let mut filled = Vec::new();
        let mut unknown = false;
        for piece in pieces {
            match piece {
                Piece::Token(token) => filled.push(*token),
                Piece::Broken => unknown = true,
                Piece::Variable { key, default } => match (context.get_lower(key), default) {
                    (ContextValue::One(value), _) if unclear(value) => unknown = true,
                    (ContextValue::One(value), _) => filled.extend(value.chars().map(Token::Character)),
                    (ContextValue::Absent, Some(default)) if unclear(default) => unknown = true,
                    (ContextValue::Absent, Some(default)) => filled.extend(default.chars().map(Token::Character)),
                    (ContextValue::Absent, None) => return Filled::Missing,
                    // "You can use only single-valued context keys": what happens with others is not said.
                    (ContextValue::Many(_) | ContextValue::Like(_) | ContextValue::Unknown, _) => unknown = true,
                },
            }
        }
        if unknown { Filled::Unknown } else { Filled::Made(Glob::from_tokens(filled)) }
    }
}

impl Filled<'_> {
    /// Whether it matches `text`, or every text that `text` is a pattern of. `missing` is what a missing variable makes of it.
    pub(crate) fn matches(&self, text: Known<'_>, missing: Truth) -> Truth {
        match self {
            Self::Glob(glob) => text.like(glob),
            Self::Made(glob) => text.like(glob),
            Self::Missing => missing,
            Self::Unknown => Truth::Maybe,
        }
    }
}

/// A text of the request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'v> {
    Exactly(&'v str),
    /// Only a pattern of it is known.
    Like(&'v str),
}

impl Known<'_> {
    fn like(self, glob: &Glob) -> Truth {
        match self {
            Self::Exactly(text) => Truth::from(glob.matches(text)),
            Self::Like(pattern) => glob.matches_like(pattern),
        }
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, wildcards: Wildcards) {
    match wildcards {
        Wildcards::Yes => pieces.extend(tokens(text).map(Piece::Token)),
        Wildcards::No => pieces.extend(text.chars().map(Token::Character).map(Piece::Token)),
    }
}

/// What stands between `${` and `}`.
fn piece(inside: &str) -> Piece {
    match inside {
        "*" => return Piece::Token(Token::Character('*')),
        "?" => return Piece::Token(Token::Character('?')),
        "$" => return Piece::Token(Token::Character('$')),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let Some(default) = default.trim().strip_prefix('\'').and_then(|default| default.strip_suffix('\'')) else {
                return Piece::Broken;
            };
            (key, Some(default.into()))
        }
    };
    let key = key.trim();
    if key.contains(':') && !key.contains(['{', '$', '\'']) {
        Piece::Variable { key: key.to_lowercase().into(), default }
    } else {
        Piece::Broken
    }
}

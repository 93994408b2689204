//! Plain text that is a secret: a value is judged together with its name and the place where both stand.
//!
//! A value whose shape alone tells (a private key, a token with its issuer's prefix, a URL with a password in it) is found under any name. Everything
//! else needs a name that speaks of a secret, because a commit, a digest or an id looks as random as a key does. What a person wrote where a secret
//! belongs, and meant to replace, is a placeholder: another finding.
//!
//! Libraries of token shapes were looked for first. Those on crates.io are scanners of whole repositories, most of them one person's with the
//! patterns copied from each other; the best kept (Kingfisher's rules) needs a newer compiler than ours, a vector regex engine in C++, and carries
//! texts under CC-BY-SA. None judges a name together with its value. The shapes here are facts from the issuers' own documents, as a table.
//!
//! Measured by `cargo xtask bench detect` on a labelled set that is older than this code.

mod flags;
mod leaves;
mod name;
mod pairs;
mod shape;
mod value;

use sekisho_model::Span;

use crate::Confidence;

pub use leaves::{Suspicion, Suspicions};
pub use value::is_placeholder;

/// Values longer than this are judged by their beginning: Secrets Manager keeps no more, and a definition holds less.
const LIMIT: usize = 64 * 1024;

/// Where name and value stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Where {
    /// `environment`.
    Environment,
    /// `command`: the value is a command line.
    Command,
    /// `entryPoint`: the value is a command line.
    EntryPoint,
    /// `dockerLabels`.
    Label,
    /// `healthCheck.command`: the value is a command line.
    HealthCheck,
    /// `logConfiguration.options`.
    LogOption,
    /// A line of an environment file.
    EnvFile,
}

impl Where {
    /// The member of the task definition.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Command => "command",
            Self::EntryPoint => "entryPoint",
            Self::Label => "dockerLabels",
            Self::HealthCheck => "healthCheck",
            Self::LogOption => "options",
            Self::EnvFile => "environmentFiles",
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A key or token in its issuer's own shape; the issuer's name, which no language translates.
    Key(&'static str),
    /// A private key.
    PrivateKey,
    /// A signed token (RFC 7519).
    Jwt,
    /// The hash of a password, from which short ones are soon guessed.
    PasswordHash,
    /// A password inside a URL, or inside what a driver takes in its place.
    Url,
    /// The credentials of an `Authorization` header or its like.
    Header,
    /// A password that a person chose.
    Password,
    /// A random value under a name that speaks of a secret.
    Random,
    /// What somebody meant to replace.
    Placeholder,
}

impl Kind {
    /// The word that machine output and the wording choose by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::PrivateKey => "private-key",
            Self::Jwt => "jwt",
            Self::PasswordHash => "password-hash",
            Self::Url => "url",
            Self::Header => "header",
            Self::Password => "password",
            Self::Random => "random",
            Self::Placeholder => "placeholder",
        }
    }

    /// The issuer of a key; `none` for the other kinds.
    pub fn issuer(self) -> &'static str {
        match self {
            Self::Key(issuer) => issuer,
            _ => "none",
        }
    }
}

/// A suspicion. INVARIANT: it says where in the value, and nothing of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Detected {
    /// What it is.
    pub kind: Kind,
    /// Certain where the shape or a password's name tells, likely where randomness does.
    pub confidence: Confidence,
    /// The suspected bytes of the value: what a shown line has to mask.
    pub span: Span,
}

impl Detected {
    fn certain(kind: Kind, span: Span) -> Self {
        Self { kind, confidence: Confidence::Certain, span }
    }

    fn likely(kind: Kind, span: Span) -> Self {
        Self { kind, confidence: Confidence::Likely, span }
    }

    fn moved(mut self, by: usize) -> Self {
        self.span = Span::new(self.span.start + by, self.span.end + by);
        self
    }
}

/// Whether `value`, under `name` (empty where the place has none), is a secret in plain text, or a placeholder for one.
pub fn detect(name: &str, value: &str, place: Where) -> Option<Detected> {
    let value = cut(value);
    let bare = value::unquoted(value);
    // It is a part of the value; what was taken off in front of it begins otherwise than it does.
    let start = value.find(bare).unwrap_or_default();
    let says = name::judge(name);
    if let Some(found) = shape::first(value) {
        return Some(found);
    }
    let inside = match place {
        Where::Command | Where::EntryPoint | Where::HealthCheck => flags::first(value).or_else(|| pairs::first(value)),
        Where::Environment | Where::Label | Where::LogOption | Where::EnvFile => pairs::first(value),
    };
    if let Some(found) = inside {
        return Some(found);
    }
    // A whole value in base64 is judged by what it says.
    if bare.len() >= 24
        && let Some(text) = shape::base64(bare).and_then(|bytes| String::from_utf8(bytes).ok()).map(zeroize::Zeroizing::new)
        && let Some(found) = shape::first(&text).or_else(|| pairs::first(&text))
    {
        return Some(Detected { span: Span::new(start, start + bare.len()), ..found });
    }
    judge(says, bare).map(|found| found.moved(start))
}

/// Judges the words of a command line as they stand in a list: a flag and its value are two of them. The index of the word that holds the secret.
pub fn detect_words(words: &[&str], place: Where) -> Option<(usize, Detected)> {
    let whole = words.iter().enumerate().find_map(|(index, word)| detect("", word, place).map(|found| (index, found)));
    whole.or_else(|| flags::among(words))
}

/// Everything in a text of unknown origin that looks like a secret by itself: what must be masked before the text is shown. In order, not overlapping.
pub fn suspects(text: &str) -> Vec<Span> {
    let mut spans = shape::all(text);
    spans.extend(pairs::all(text).into_iter().map(|found| found.span));
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Name and value, where the value's own shape does not tell.
fn judge(says: name::Says, value: &str) -> Option<Detected> {
    use name::Says;
    let span = Span::new(0, value.len());
    if matches!(says, Says::Nothing | Says::Configuration) {
        return None;
    }
    if is_placeholder(value) {
        return Some(Detected::certain(Kind::Placeholder, span));
    }
    if value::is_harmless(value) {
        return None;
    }
    let random = value::is_random(value);
    match says {
        Says::Password if value::digits_only(value) && value.len() < 4 => None,
        Says::Password if random => Some(Detected::certain(Kind::Random, span)),
        Says::Password => Some(Detected::certain(Kind::Password, span)),
        Says::Secret | Says::Key | Says::Login | Says::Weak if random => Some(Detected::likely(Kind::Random, span)),
        Says::Secret if value::is_chosen(value) => Some(Detected::likely(Kind::Password, span)),
        Says::Key if value::is_chosen(value) && value::is_mixed(value) => Some(Detected::likely(Kind::Password, span)),
        Says::Login if value::is_login(value) => Some(Detected::likely(Kind::Password, span)),
        Says::Weak if value::is_phrase(value) => Some(Detected::likely(Kind::Password, span)),
        _ => None,
    }
}

/// The beginning of `text` that is looked at.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

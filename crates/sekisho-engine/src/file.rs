//! What the readers and the walk through the tree had to say of a file.

use std::sync::Arc;

use sekisho_model::{Fact, Place, Source};

use crate::judge::reason;

/// Something about a file that is no fact of what it declares: that it could not be read, or could be read only by looking over something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFact {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Where in it; `None` where the whole file is meant.
    pub place: Option<Place>,
    /// What.
    pub kind: FileKind,
    /// The message that tells it: a code of the readers, or one of this room.
    pub message: &'static str,
    /// The message's arguments. INVARIANT: never anything of a value.
    pub args: Vec<(&'static str, String)>,
}

/// The kinds of what is said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// It could not be read, wholly or in a part.
    Unreadable,
    /// It was read, but holds what other readers refuse.
    Tolerated,
    /// It was left out, because a limit was reached.
    NotLookedAt,
    /// A comment was to suppress findings, and does not.
    Suppression,
    /// A suppression in it met no finding.
    Stale,
}

impl FileFact {
    /// A fact of `kind` about the whole of `file`.
    pub fn of(file: &Arc<str>, kind: FileKind, message: &'static str) -> Self {
        Self { file: Arc::clone(file), place: None, kind, message, args: Vec::new() }
    }

    /// What was read over in `file`: of each code the first. A note is its code, its place and its arguments.
    pub fn tolerated(
        file: &Arc<str>,
        notes: impl IntoIterator<Item = (&'static str, Option<Place>, Vec<(&'static str, String)>)>,
    ) -> Vec<Self> {
        let mut facts: Vec<Self> = Vec::new();
        for (message, place, args) in notes {
            if facts.iter().all(|fact| fact.message != message) {
                facts.push(Self { file: Arc::clone(file), place, kind: FileKind::Tolerated, message, args });
            }
        }
        facts
    }

    /// A leaf of `file` that could not be read and belongs to no definition; `None` where it is known.
    pub fn of_leaf(file: &Arc<str>, leaf: &Fact<()>) -> Option<Self> {
        let (reason, expected, found) = reason(leaf.because()?);
        let place = match leaf.source() {
            Source::Place(place) => Some(place.clone()),
            _ => None,
        };
        let fact = Self { place, ..Self::of(file, FileKind::Unreadable, "unreadable-leaf") };
        Some(fact.with("reason", reason).with("expected", expected).with("found", found))
    }

    /// With an argument of the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

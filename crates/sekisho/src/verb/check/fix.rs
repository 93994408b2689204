//! `--fix`: writes what a program can know. Everything else of a file stays as it is, byte for byte.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::IsTerminal as _;
use std::path::Path;

use sekisho_model::{Place, Span};
use sekisho_report::{Excerpt, diff_text};

use super::open;
use crate::cli::Check;
use crate::failure::Failure;
use crate::files;
use crate::session::Session;

/// Most strings that one run mends.
pub(super) const EDITS: usize = 10_000;

/// One string that is to read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    place: Place,
    new: String,
    /// The line as it is, and as it will be, with values masked.
    before: Excerpt,
    after: Excerpt,
    /// What the whole file was when it was judged.
    fingerprint: u64,
}

impl Edit {
    /// The string at `place` of a file with this `text` becomes `new`. `None` where it cannot be replaced, or not shown.
    pub(super) fn new(text: &str, hidden: &[Span], place: &Place, new: &str, fingerprint: u64) -> Option<Self> {
        let before = Excerpt::of(text, place, hidden)?;
        // Only what is near is needed to show the change.
        let (near, begin) = near(text, place.span)?;
        let span = Span::new(place.span.start - begin, place.span.end - begin);
        let changed = sekisho_read::replace_string(near.as_bytes(), span, new)?;
        let changed = String::from_utf8(changed).ok()?;
        let grown = span.end + changed.len() - near.len();
        let moved = |at: usize| if at >= place.span.end { at + changed.len() - near.len() - begin } else { at - begin };
        let inside = hidden.iter().filter(|span| span.start >= begin && span.end <= begin + near.len());
        let hidden: Vec<Span> = inside.map(|span| Span::new(moved(span.start), moved(span.end))).collect();
        let after = Excerpt::of(&changed, &Place { span: Span::new(span.start, grown), ..place.clone() }, &hidden)?;
        Some(Self { place: place.clone(), new: new.to_owned(), before, after, fingerprint })
    }
}

/// The lines around `span`, and where they begin.
fn near(text: &str, span: Span) -> Option<(&str, usize)> {
    const REACH: usize = 1024;
    let mut begin = span.start.saturating_sub(REACH);
    while !text.is_char_boundary(begin) {
        begin -= 1;
    }
    let mut end = (span.end + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Some((text.get(begin..end)?, begin))
}

/// What tells whether a file is still the one that was judged.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Shows `edits`, asks, and writes them; returns how many were written.
pub(super) fn fix(session: &Session, arguments: &Check, edits: Vec<Edit>) -> Result<usize, Failure> {
    let mut by_file: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        let edits = by_file.entry(edit.place.file.to_string()).or_default();
        // Two findings may ask for the same string; the first one has it.
        if edits.iter().all(|other| other.place.span.end <= edit.place.span.start || edit.place.span.end <= other.place.span.start) {
            edits.push(edit);
        }
    }
    let count: usize = by_file.values().map(Vec::len).sum();
    if count == 0 {
        session.tell("fix-nothing", &[]);
        return Ok(0);
    }
    let lines = by_file.iter().map(|(file, edits)| {
        let changes: Vec<_> = edits.iter().map(|edit| (&edit.before, &edit.after)).collect();
        diff_text(file, &changes)
    });
    let diff: String = lines.collect();
    // Another program reads what is on stdout, unless people do.
    if session.is_text() {
        session.print(&diff)
    } else {
        crate::stderr::print(&diff)
    }
    if arguments.dry_run || !agreed(session, arguments, count, by_file.len())? {
        return Ok(0);
    }
    let mut done = 0;
    for (file, edits) in by_file {
        done += write(Path::new(&file), edits)?;
    }
    Ok(done)
}

fn agreed(session: &Session, arguments: &Check, count: usize, files: usize) -> Result<bool, Failure> {
    if arguments.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Failure::new("fix-no-terminal"));
    }
    let question = session.say("fix-ask", &[("count", count.to_string()), ("files", files.to_string())]);
    let agreed = inquire::Confirm::new(&question).with_default(false).prompt().unwrap_or(false);
    if !agreed {
        session.tell("fix-declined", &[]);
    }
    Ok(agreed)
}

fn write(path: &Path, mut edits: Vec<Edit>) -> Result<usize, Failure> {
    let changed = || Failure::new("fix-changed").with("file", path.display());
    let mut bytes = open::read(path, true).map_err(|_| changed())?;
    let judged = edits.first().map(|edit| edit.fingerprint);
    if judged != Some(fingerprint(&bytes)) {
        return Err(changed());
    }
    // From the end, so that the places in front stay where they are.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span.start));
    for edit in &edits {
        bytes = sekisho_read::replace_string(&bytes, edit.place.span, &edit.new).ok_or_else(changed)?;
    }
    // A link that the user named is mended where it leads.
    let target = std::fs::canonicalize(path).map_err(|error| Failure::file("file-unwritable", path, &error))?;
    files::replace(&target, &bytes)?;
    Ok(edits.len())
}

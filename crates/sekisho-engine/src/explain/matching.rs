//! Whether a message is of a class.
//!
//! Messages are compared without white space and letter case, because consoles wrap lines wherever they like and the EC2 agent capitalises the first word
//! (agent `task.go`, SetTerminalReason). A message may be cut at 255 or 1,024 characters: then its end may be the beginning of a fragment.

use std::sync::LazyLock;

use super::catalogue::{CLASSES, Class, Topic};

/// The fragments of one message stand within so many characters, or they are of different messages.
const WINDOW: usize = 3_000;
/// A first fragment is looked for so many times.
const TRIES: usize = 64;
/// So many messages of one text are told apart.
const HITS: usize = 500;
/// So much around a message is looked at for names.
const AROUND: usize = 1_500;
/// So much of a cut fragment has to be there.
const CUT: usize = 9;

/// The fragments of every class, squashed once.
static FRAGMENTS: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
    let alternative = |fragments: &&[&str]| fragments.iter().map(|fragment| squash(fragment)).collect();
    CLASSES.iter().map(|class| class.says.iter().map(alternative).collect()).collect()
});

/// `text` in small letters, without white space, with plain apostrophes and quotes.
pub(super) fn squash(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).map(plain).collect()
}

fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other.to_ascii_lowercase(),
    }
}

/// A message of a class.
#[derive(Debug)]
pub(super) struct Hit<'a> {
    /// The class.
    pub(super) class: &'static Class,
    /// How many characters speak for it.
    pub(super) score: u32,
    /// Whether nothing of it was cut off.
    pub(super) complete: bool,
    /// The message with what stands around it, up to the messages before and behind.
    pub(super) around: &'a str,
}

/// Fragments that were found, by the bytes of the squashed text.
struct Candidate {
    class: &'static Class,
    score: usize,
    complete: bool,
    start: usize,
    end: usize,
}

/// The messages in `text`. Where two classes claim the same words, the one that more of them speak for has them.
pub(super) fn hits(text: &str) -> Vec<Hit<'_>> {
    let squashed = squash(text);
    let mut candidates: Vec<Candidate> = Vec::new();
    for (class, alternatives) in CLASSES.iter().zip(FRAGMENTS.iter()) {
        for fragments in alternatives {
            candidates.extend(occurrences(&squashed, fragments).map(|(score, complete, start, end)| Candidate {
                class,
                score,
                complete,
                start,
                end,
            }));
        }
    }
    // An envelope gives way to what is in it, and what is only cut off that far to what stands there whole.
    let rank =
        |one: &Candidate| (one.class.topic == Topic::Wrapper, !one.complete, std::cmp::Reverse(one.score), one.end - one.start, one.start);
    candidates.sort_by_key(rank);
    let mut accepted: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if accepted.len() < HITS && accepted.iter().all(|other| candidate.end <= other.start || other.end <= candidate.start) {
            accepted.push(candidate);
        }
    }
    accepted.sort_by_key(|one| one.start);
    let originals = originals(text, &accepted);
    let mut hits = Vec::new();
    for (index, candidate) in accepted.iter().enumerate() {
        let (start, end) = originals.get(index).copied().unwrap_or_default();
        let before = index.checked_sub(1).and_then(|index| originals.get(index)).map_or(0, |(_, end)| *end);
        let behind = originals.get(index + 1).map_or(text.len(), |(start, _)| *start);
        let from = boundary(text, before.max(start.saturating_sub(AROUND)));
        let to = boundary(text, behind.min(end.saturating_add(AROUND)));
        let score = u32::try_from(candidate.score).unwrap_or(u32::MAX);
        hits.push(Hit {
            class: candidate.class,
            score,
            complete: candidate.complete,
            around: text.get(from..to.max(from)).unwrap_or_default(),
        });
    }
    hits
}

/// Whether `message` is of any class.
pub(super) fn knows(message: &str) -> bool {
    let text = squash(message);
    FRAGMENTS.iter().flatten().any(|fragments| occurrences(&text, fragments).next().is_some())
}

/// Where the accepted messages stand in the text as it was: squashing only leaves characters out or replaces one by one.
fn originals(text: &str, accepted: &[Candidate]) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = vec![0; accepted.len()];
    let mut ends: Vec<usize> = vec![text.len(); accepted.len()];
    let mut squashed = 0;
    let (mut next_start, mut next_end) = (0, 0);
    for (at, character) in text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
        // They do not overlap and are in order, so each is reached once.
        while let Some(candidate) = accepted.get(next_end).filter(|candidate| squashed >= candidate.end) {
            debug_assert!(candidate.end <= squashed);
            if let Some(end) = ends.get_mut(next_end) {
                *end = at;
            }
            next_end += 1;
        }
        while accepted.get(next_start).is_some_and(|candidate| squashed >= candidate.start) {
            if let Some(start) = starts.get_mut(next_start) {
                *start = at;
            }
            next_start += 1;
        }
        squashed += plain(character).len_utf8();
    }
    starts.into_iter().zip(ends).collect()
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where `fragments` stand in `text`, in order: how many characters were found, whether all of them, and from where to where.
fn occurrences<'a>(text: &'a str, fragments: &'a [String]) -> impl Iterator<Item = (usize, bool, usize, usize)> + 'a {
    let (first, rest) = fragments.split_first().map_or(("", fragments), |(first, rest)| (first.as_str(), rest));
    text.match_indices(first).filter(move |_| !first.is_empty()).take(TRIES).filter_map(move |(at, _)| {
        let start = at + first.len();
        let behind = text.get(start..)?;
        let (length, complete, end) = follow(window(behind), behind.len() <= WINDOW, rest, start)?;
        Some((length + first.len(), complete, at, end))
    })
}

/// The same for the fragments behind the first. `ends` says whether the end of `text` is the end of the message, `offset` where `text` begins.
fn follow(text: &str, ends: bool, fragments: &[String], offset: usize) -> Option<(usize, bool, usize)> {
    let Some((first, rest)) = fragments.split_first() else { return Some((0, true, offset)) };
    if let Some(at) = text.find(first.as_str()) {
        let next = at + first.len();
        let found = follow(text.get(next..)?, ends, rest, offset + next);
        return found.map(|(length, complete, end)| (length + first.len(), complete, end));
    }
    // Cut off: the text ends within this fragment, and the rest is gone.
    let text = text.trim_end_matches(['.', '…', '"', ')', ']', '}', ',']);
    let longest = first.len().min(text.len() + 1);
    let is_cut = |length: &usize| first.get(..*length).is_some_and(|beginning| text.ends_with(beginning));
    (CUT..longest).rev().find(is_cut).filter(|_| ends).map(|length| (length, false, offset + text.len()))
}

fn window(text: &str) -> &str {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragments(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| squash(text)).collect()
    }

    fn score(text: &str, wanted: &[&str]) -> Option<(usize, bool)> {
        occurrences(&squash(text), &fragments(wanted)).map(|(score, complete, _, _)| (score, complete)).max()
    }

    #[test]
    fn white_space_letter_case_and_apostrophes_do_not_matter() {
        let wanted = ["the task can't pull", "check whether"];
        assert_eq!(score("The task\n   can\u{2019}t pu\nll the image. CHECK whether it exists", &wanted), Some((28, true)));
        assert_eq!(score("check whether the task can't pull", &wanted), None);
    }

    #[test]
    fn a_cut_message_is_recognised_and_not_certain() {
        let wanted = ["unable to retrieve", "context deadline exceeded"];
        assert_eq!(score("unable to retrieve secrets: context deadli...", &wanted), Some((29, false)));
        assert_eq!(score("unable to retrieve secrets: cont...", &wanted), None);
    }

    #[test]
    fn fragments_that_are_far_apart_are_of_different_messages() {
        let text = format!("unable to retrieve {} context deadline exceeded", "x".repeat(WINDOW));
        assert_eq!(score(&text, &["unable to retrieve", "context deadline exceeded"]), None);
    }

    #[test]
    fn two_messages_of_one_text_are_two_hits_with_their_own_words() {
        let text =
            "a: 関 did not contain json key x; b: You can't perform this operation on the secret because it was marked for deletion. c";
        let hits: Vec<(&str, &str)> = hits(text).iter().map(|hit| (hit.class.id, hit.around)).collect();
        assert_eq!(hits[0].0, "secret-json-key-missing");
        assert!(hits[0].1.starts_with("a: 関") && hits[0].1.ends_with("b: "), "{hits:?}");
        assert_eq!(hits[1].0, "secret-marked-for-deletion");
    }
}

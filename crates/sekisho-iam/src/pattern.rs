//! Relations between patterns: whether one matches all that another matches, and whether there is a text that both match.
//!
//! A pattern is text with `*` (any number of characters, none included) and `?` (exactly one). An ARN's pattern is six such patterns: a wildcard crosses
//! none of the first five colons (facts/iam.md A2).

use std::collections::{HashSet, VecDeque};

use crate::Glob;

/// How many positions are looked at in all. Real patterns need some thousands; what needs more is answered with "not known", after some milliseconds.
const WORK: usize = 300_000;

/// Longest pattern that is compared, in characters: an ARN has at most 2,048.
const LENGTH: usize = 4_096;

/// Whether `pattern` has a wildcard.
pub fn has_wildcard(pattern: &str) -> bool {
    pattern.contains(['*', '?'])
}

/// Whether `text` fits `pattern`, letter for letter. For patterns that are asked once; others are a [`Glob`] of their own.
pub fn matches(pattern: &str, text: &str) -> bool {
    Glob::new(pattern).matches(text)
}

/// Whether every text that `inner` matches is matched by `outer` too. `None` where the question is too large to be answered.
///
/// Exact: the texts of `inner` are walked through the states of `outer`, with one letter that stands for all those that occur in neither.
pub fn covers(outer: &str, inner: &str) -> Option<bool> {
    if outer == "*" || outer == inner {
        return Some(true);
    }
    // One text covers nothing but itself; and one text is covered by what it fits.
    if !has_wildcard(outer) || !has_wildcard(inner) {
        return Some(!has_wildcard(inner) && matches(outer, inner));
    }
    let (outer, inner): (Vec<char>, Vec<char>) = (outer.chars().collect(), inner.chars().collect());
    if outer.len() > LENGTH || inner.len() > LENGTH {
        return None;
    }
    let letters = letters(&outer, &inner);
    let start = (closure(&inner, vec![0]), closure(&outer, vec![0]));
    let mut seen = HashSet::from([start.clone()]);
    let mut queue = VecDeque::from([start]);
    let mut work = 0;
    while let Some((of_inner, of_outer)) = queue.pop_front() {
        if of_inner.contains(&inner.len()) && !of_outer.contains(&outer.len()) {
            return Some(false);
        }
        work += (of_inner.len() + of_outer.len()) * letters.len();
        if work > WORK {
            return None;
        }
        for letter in &letters {
            let next = step(&inner, &of_inner, *letter);
            if next.is_empty() {
                continue;
            }
            let state = (next, step(&outer, &of_outer, *letter));
            if seen.insert(state.clone()) {
                queue.push_back(state);
            }
        }
    }
    Some(true)
}

/// Whether there is a text that both match. `None` where the question is too large to be answered.
pub fn meet(one: &str, other: &str) -> Option<bool> {
    match (has_wildcard(one), has_wildcard(other)) {
        (_, false) => return Some(matches(one, other)),
        (false, true) => return Some(matches(other, one)),
        (true, true) => {}
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() > LENGTH || other.len() > LENGTH {
        return None;
    }
    // Pairs of positions from which the rests have a text in common; filled from the end.
    let width = other.len() + 1;
    let mut common = vec![false; (one.len() + 1) * width];
    for i in (0..=one.len()).rev() {
        for j in (0..=other.len()).rev() {
            let at = |i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(false);
            let meets = match (one.get(i), other.get(j)) {
                (None, None) => true,
                (Some('*'), None) => at(i + 1, j),
                (None, Some('*')) => at(i, j + 1),
                (Some('*'), Some(_)) => at(i + 1, j) || at(i, j + 1),
                (Some(_), Some('*')) => at(i, j + 1) || at(i + 1, j),
                (Some(a), Some(b)) => (a == b || *a == '?' || *b == '?') && at(i + 1, j + 1),
                (None, Some(_)) | (Some(_), None) => false,
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = meets;
            }
        }
    }
    Some(common.first().copied().unwrap_or(false))
}

/// [`covers`] for resources: `*`, or ARNs part by part. `None` also where one of them is no whole ARN.
pub fn resource_covers(outer: &str, inner: &str) -> Option<bool> {
    if outer == "*" || outer == inner {
        return Some(true);
    }
    if inner == "*" {
        return Some(parts(outer)?.iter().all(|part| part.chars().all(|character| character == '*') && !part.is_empty()));
    }
    let mut covered = Some(true);
    for (outer, inner) in parts(outer)?.into_iter().zip(parts(inner)?) {
        match covers(outer, inner) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => covered = None,
        }
    }
    covered
}

/// [`meet`] for resources: `*`, or ARNs part by part. `None` also where one of them is no whole ARN.
pub fn resources_meet(one: &str, other: &str) -> Option<bool> {
    if one == "*" || other == "*" {
        return Some(true);
    }
    let mut met = Some(true);
    for (one, other) in parts(one)?.into_iter().zip(parts(other)?) {
        match meet(one, other) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => met = None,
        }
    }
    met
}

/// The six parts of an ARN's pattern.
pub fn parts(arn: &str) -> Option<[&str; 6]> {
    let mut parts = arn.splitn(6, ':');
    let six = [parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    (six.first() == Some(&"arn")).then_some(six)
}

/// The letters that occur, and one that does not (U+10FFFF is no character of any name).
fn letters(one: &[char], other: &[char]) -> Vec<char> {
    let mut letters: Vec<char> = one.iter().chain(other).copied().filter(|letter| !"*?".contains(*letter)).collect();
    letters.push('\u{10ffff}');
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// The positions that are reached without a letter: behind every `*`.
fn closure(pattern: &[char], mut positions: Vec<usize>) -> Vec<usize> {
    let mut index = 0;
    while let Some(position) = positions.get(index).copied() {
        if pattern.get(position) == Some(&'*') {
            positions.push(position + 1);
        }
        index += 1;
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

fn step(pattern: &[char], positions: &[usize], letter: char) -> Vec<usize> {
    let mut next = Vec::new();
    for position in positions {
        match pattern.get(*position) {
            Some('*') => next.push(*position),
            Some('?') => next.push(position + 1),
            Some(own) if *own == letter => next.push(position + 1),
            _ => {}
        }
    }
    next.sort_unstable();
    next.dedup();
    closure(pattern, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_covers_what_it_matches() {
        for (outer, inner, expected) in [
            ("a*", "ab*", true),
            ("ab*", "a*", false),
            ("*", "", true),
            ("?*", "*?", true),
            ("?*", "*x", true),
            ("*x", "?*", false),
            ("name-??????", "name-AbCdEf", true),
            ("name-*", "name-??????", true),
            ("name-??????", "name-*", false),
            ("*a*b*", "xaybz", true),
            ("*ab*", "*a*b*", false),
            ("a", "A", false),
            ("", "*", false),
        ] {
            assert_eq!(covers(outer, inner), Some(expected), "{outer} over {inner}");
        }
    }

    #[test]
    fn two_patterns_meet_where_a_text_fits_both() {
        for (one, other, expected) in [
            ("a*", "*b", true),
            ("a*", "b*", false),
            ("development/*", "*/password", true),
            ("development/*", "production/*", false),
            ("??", "a*", true),
            ("", "*", true),
            ("a", "", false),
        ] {
            assert_eq!(meet(one, other), Some(expected), "{one} and {other}");
            assert_eq!(meet(other, one), Some(expected), "{other} and {one}");
        }
    }

    #[test]
    fn wildcards_stay_within_their_part_of_an_arn() {
        let all = "arn:aws:ssm:*:*:parameter/*";
        assert_eq!(resource_covers(all, "arn:aws:ssm:eu-west-1:123456789012:parameter/a"), Some(true));
        assert_eq!(resource_covers("arn:aws:ssm:*:parameter/a", "arn:aws:ssm:eu-west-1:123456789012:parameter/a"), None);
        assert_eq!(resource_covers("arn:aws:*:*:*:*", "arn:aws:ssm:a:b:c:d"), Some(true));
        assert_eq!(resource_covers("*", all), Some(true));
        assert_eq!(resource_covers(all, "*"), Some(false));
        assert_eq!(resources_meet(all, "arn:aws:ssm:eu-west-1:*:parameter/production/*"), Some(true));
        assert_eq!(resources_meet(all, "arn:aws:kms:eu-west-1:*:key/x"), Some(false));
    }

    #[test]
    fn hostile_patterns_are_answered_soon() {
        let stars = "*a".repeat(500);
        let marks = format!("*a{}", "?".repeat(300));
        let _ = covers(&stars, &marks);
        let _ = covers(&marks, &stars);
        assert_eq!(meet(&stars, &format!("{stars}b*")), Some(true));
    }
}

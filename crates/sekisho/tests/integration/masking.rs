//! The mask of `run --redact`, by itself. The program has no library, so its two files are taken in here.

#[path = "../../src/redact/mask.rs"]
mod mask;
#[path = "../../src/redact/spelling.rs"]
mod spelling;

use std::sync::Arc;

use mask::{Mask, Masker};

fn masked(values: &[&str], chunks: &[&[u8]]) -> String {
    let mask = Arc::new(Mask::new(values.iter().copied()).unwrap());
    let mut masker = Masker::new(mask);
    let mut out = Vec::new();
    for chunk in chunks {
        masker.push(chunk, &mut out);
    }
    masker.finish(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn a_value_is_masked_at_one_width_and_neighbours_as_one() {
    assert_eq!(masked(&["hunter2", "abcdefgh"], &[b"a hunter2 b hunter2abcdefgh c"]), "a **** b **** c");
}

#[test]
fn overlapping_values_leave_nothing_of_either() {
    assert_eq!(masked(&["abcdef", "defghi"], &[b"<abcdefghi>"]), "<****>");
    assert_eq!(masked(&["abcd", "abcdefgh"], &[b"abcdefgX abcdefgh"]), "****efgX ****");
}

#[test]
fn what_cannot_be_a_value_is_not_held_back() {
    let mask = Arc::new(Mask::new(["secret-value"].into_iter()).unwrap());
    let mut masker = Masker::new(mask);
    let mut out = Vec::new();
    masker.push(b"Password: sec", &mut out);
    assert_eq!(out, b"Password: ");
    masker.push(b"ond: secret-value", &mut out);
    assert_eq!(out, b"Password: second: ****");
}

#[test]
fn every_spelling_is_masked() {
    let value = "p\u{e4}ss/w\"ord<1>\\ '&x=\n?";
    let json = serde_json::to_string(value).unwrap();
    let twice = serde_json::to_string(&json).unwrap();
    let encode = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let url = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
    for spelled in [
        value.to_owned(),
        json.trim_matches('"').to_owned(),
        twice,
        "p\\u00e4ss/w\\\"ord<1>\\\\ '&x=\\n?".to_owned(),
        "p\u{e4}ss/w\\\"ord\\u003c1\\u003e\\\\ '\\u0026x=\\n?".to_owned(),
        "p%C3%A4ss%2Fw%22ord%3C1%3E%5C%20%27%26x%3D%0A%3F".to_owned(),
        "p%c3%a4ss%2fw%22ord%3c1%3e%5c%20%27%26x%3d%0a%3f".to_owned(),
        "p%C3%A4ss%2Fw%22ord%3C1%3E%5C+%27%26x%3D%0A%3F".to_owned(),
        value.bytes().map(|byte| format!("{byte:02x}")).collect(),
        value.bytes().map(|byte| format!("{byte:02X}")).collect(),
        encode(value.as_bytes()),
        url(value.as_bytes()),
    ] {
        let out = masked(&[value], &[spelled.as_bytes()]);
        assert!(out.trim_matches(['"', '\\']) == "****", "{spelled}: {out}");
    }
    // Wherever it begins within a longer text, its base64 has at most one digit at each end that others decide too.
    for before in ["", "a", "ab", "abc"] {
        for after in ["", "y", "yz", "xyz"] {
            let text = format!("{before}{value}{after}");
            for spelled in [encode(text.as_bytes()), url(text.as_bytes())] {
                let out = masked(&[value], &[spelled.as_bytes()]);
                assert!(out.contains("****") && out.len() <= 4 + 5 + 7, "{spelled}: {out}");
            }
        }
    }
}

#[test]
fn lines_and_members_are_masked_by_themselves() {
    let out = masked(&["-----BEGIN-----\nAAAABBBBCCCC\n", r#"{"user":"u","password":"in the json"}"#], &[b"AAAABBBBCCCC in the json u"]);
    assert_eq!(out, "**** **** u");
}

#[test]
fn without_a_value_of_some_length_there_is_no_mask() {
    assert!(Mask::new(["", "abc"].into_iter()).is_none());
}

#[test]
fn where_the_stream_is_cut_makes_no_difference_and_exactly_the_occurrences_are_masked() {
    // A small generator of our own: the same texts on every run.
    let mut seed = 1_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    for _ in 0..2_000 {
        let mut word =
            |least: usize, most: usize| -> String { (0..least + below(most - least + 1)).map(|_| ['a', 'b'][below(2)]).collect() };
        let text = word(0, 60);
        let values = [word(4, 9), word(4, 9), word(4, 5)];
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut cuts: Vec<usize> = (0..5).map(|_| below(text.len() + 1)).chain([0, text.len()]).collect();
        cuts.sort_unstable();
        let chunks: Vec<&[u8]> = cuts.windows(2).map(|pair| &text.as_bytes()[pair[0]..pair[1]]).collect();
        let mut covered = vec![false; text.len()];
        for value in &values {
            for at in 0..=text.len().saturating_sub(value.len()) {
                if text[at..].starts_with(value) {
                    covered[at..at + value.len()].iter_mut().for_each(|byte| *byte = true);
                }
            }
        }
        let mut expected = String::new();
        for (at, byte) in text.chars().enumerate() {
            if !covered[at] {
                expected.push(byte);
            } else if at == 0 || !covered[at - 1] {
                expected.push_str("****");
            }
        }
        assert_eq!(masked(&values, &[text.as_bytes()]), expected, "{text} {values:?}");
        assert_eq!(masked(&values, &chunks), expected, "{text} {values:?} {cuts:?}");
    }
}

//! How a value may be spelled in a program's output: as it is, escaped for JSON, for a URL or a shell, in base64 and in hexadecimal digits.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Values shorter than this are not masked: they would be found everywhere by chance, and the output be useless.
pub(crate) const SHORTEST: usize = 4;
/// A line or a member of a value is masked by itself where it is as long as this.
const PART: usize = 8;
/// The most bytes of spellings; beyond it the longest values are masked only as they are. A task's environment has two megabytes in all.
const LIMIT: usize = 8 * 1024 * 1024;

/// Every spelling of every value, at least [`SHORTEST`] bytes each.
pub(super) fn spellings<'v>(values: impl Iterator<Item = &'v str>) -> Vec<Zeroizing<Vec<u8>>> {
    let mut parts: Vec<Zeroizing<String>> = Vec::new();
    for value in values.filter(|value| value.len() >= SHORTEST) {
        parts.push(Zeroizing::new(value.to_owned()));
        let lines = value.lines().map(str::trim).filter(|line| line.len() >= PART && *line != value);
        parts.extend(lines.map(|line| Zeroizing::new(line.to_owned())));
        if let Ok(json) = serde_json::from_str::<serde_json::Value>(value) {
            members(json, &mut parts);
        }
    }
    parts.sort_by_key(|part| part.len());
    let mut found = Vec::new();
    let mut bytes = 0;
    for part in parts {
        for spelling in spell(&part, bytes < LIMIT) {
            if spelling.len() >= SHORTEST {
                bytes += spelling.len();
                found.push(Zeroizing::new(spelling));
            }
        }
    }
    found.sort_unstable_by(|one, other| one.as_slice().cmp(other.as_slice()));
    found.dedup_by(|one, other| one.as_slice() == other.as_slice());
    found
}

/// The strings within a JSON value: a program that reads it prints them one by one.
fn members(json: serde_json::Value, parts: &mut Vec<Zeroizing<String>>) {
    match json {
        serde_json::Value::String(text) if text.len() >= PART => parts.push(Zeroizing::new(text)),
        serde_json::Value::Array(items) => items.into_iter().for_each(|item| members(item, parts)),
        serde_json::Value::Object(entries) => entries.into_iter().for_each(|(_, item)| members(item, parts)),
        _ => {}
    }
}

fn spell(value: &str, all: bool) -> Vec<Vec<u8>> {
    let mut found = vec![value.as_bytes().to_vec()];
    if !all {
        return found;
    }
    let bytes = value.as_bytes();
    let json = json_escaped(value, Ascii::AsItIs);
    for style in [Ascii::AsItIs, Ascii::Lower, Ascii::Upper, Ascii::Go, Ascii::Slash] {
        found.push(json_escaped(value, style).into_bytes());
    }
    // JSON within JSON, as structured logs have it.
    found.push(json_escaped(&json, Ascii::AsItIs).into_bytes());
    found.push(value.replace('\'', r"'\''").into_bytes());
    for kept in ["-_.~", "-_.~/", "-_.!~*'()", "*-._"] {
        let percent = percent_encoded(bytes, kept);
        found.push(percent.replace("%20", "+").into_bytes());
        found.push(lower_escapes(&percent).into_bytes());
        found.push(percent.into_bytes());
    }
    found.push(bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect());
    found.push(bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect());
    for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
        found.push(engine.encode(bytes).into_bytes());
    }
    for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
        found.extend((0..3).map(|before| base64_within(engine, bytes, before)));
    }
    found
}

/// The digits of base64 that `bytes` alone decide, where `before` other bytes stand in front within the encoded text.
fn base64_within(engine: &base64::engine::GeneralPurpose, bytes: &[u8], before: usize) -> Vec<u8> {
    let padded = Zeroizing::new([vec![0; before], bytes.to_vec()].concat());
    let digits = engine.encode(&*padded).into_bytes();
    let first = (8 * before).div_ceil(6);
    let last = 8 * padded.len() / 6;
    digits.get(first..last).unwrap_or_default().to_vec()
}

/// How a writer of JSON treats what need not be escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ascii {
    /// As it is.
    AsItIs,
    /// Beyond ASCII as `\u00e9`.
    Lower,
    /// Beyond ASCII as `\u00E9`.
    Upper,
    /// `<`, `>` and `&` as `\u003c`: Go's default.
    Go,
    /// `/` as `\/`: PHP's default, ASCII only.
    Slash,
}

fn json_escaped(value: &str, style: Ascii) -> String {
    let mut out = String::with_capacity(value.len() + 16);
    for character in value.chars() {
        let unicode = |out: &mut String| {
            for unit in character.encode_utf16(&mut [0; 2]) {
                *out += &if style == Ascii::Upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
            }
        };
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '/' if style == Ascii::Slash => out.push_str("\\/"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' if style == Ascii::Go => unicode(&mut out),
            other if other < ' ' => unicode(&mut out),
            other if !other.is_ascii() && matches!(style, Ascii::Lower | Ascii::Upper | Ascii::Slash) => unicode(&mut out),
            other => out.push(other),
        }
    }
    out
}

fn percent_encoded(bytes: &[u8], kept: &str) -> String {
    let mut out = String::with_capacity(bytes.len() * 3);
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(byte) {
            out.push(char::from(*byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// `%2F` as `%2f`; what is no escape stays.
fn lower_escapes(text: &str) -> String {
    let mut left = 0_u8;
    text.chars()
        .map(|character| {
            if character == '%' {
                left = 2;
                return character;
            }
            let within = left > 0;
            left = left.saturating_sub(1);
            if within { character.to_ascii_lowercase() } else { character }
        })
        .collect()
}

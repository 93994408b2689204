//! Values whose shape alone tells: private keys, signed tokens, hashes of passwords, and keys that bear their issuer's prefix.
//!
//! Each shape is what the issuer documents of its keys (prefix, alphabet, length). A length that an issuer does not promise is a lower bound here.

use sekisho_model::Span;

use super::{Detected, Kind, value};

/// What may stand behind a prefix.
#[derive(Clone, Copy)]
enum Alphabet {
    /// `0-9a-f`, either case.
    Hex,
    /// `A-Z0-9`.
    Upper,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_`.
    Word,
    /// Letters, digits, `-` and `_`.
    Url,
    /// The same and `.`.
    Dotted,
    /// Letters, digits, `+`, `/`, `=`, `_`, `-`, `%`.
    Base64,
}

impl Alphabet {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Url => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
            Self::Dotted => byte.is_ascii_alphanumeric() || b"-_.".contains(&byte),
            Self::Base64 => byte.is_ascii_alphanumeric() || b"+/=_-%".contains(&byte),
        }
    }
}

/// Issuer, prefix, alphabet, and the fewest and most characters behind the prefix (0: no upper bound).
struct Shape(&'static str, &'static str, Alphabet, usize, usize);

const SHAPES: [Shape; 74] = [
    // IAM identifiers: AKIA long-lived, ASIA of a session. The other prefixes (AROA, AIDA…) name principals and open nothing.
    Shape("AWS", "AKIA", Alphabet::Upper, 16, 16),
    Shape("AWS", "ASIA", Alphabet::Upper, 16, 16),
    Shape("AWS", "IQoJb3JpZ2lu", Alphabet::Base64, 100, 0),
    Shape("AWS", "FwoGZXIvYXdz", Alphabet::Base64, 100, 0),
    Shape("AWS Bedrock", "ABSK", Alphabet::Base64, 109, 0),
    Shape("GitHub", "ghp_", Alphabet::Alnum, 36, 251),
    Shape("GitHub", "gho_", Alphabet::Alnum, 36, 251),
    Shape("GitHub", "ghu_", Alphabet::Alnum, 36, 251),
    Shape("GitHub", "ghs_", Alphabet::Dotted, 36, 0),
    Shape("GitHub", "ghr_", Alphabet::Alnum, 36, 251),
    Shape("GitHub", "github_pat_", Alphabet::Word, 60, 251),
    Shape("GitLab", "glpat-", Alphabet::Dotted, 20, 0),
    Shape("GitLab", "gldt-", Alphabet::Url, 20, 0),
    Shape("GitLab", "glrt-", Alphabet::Dotted, 20, 0),
    Shape("GitLab", "glcbt-", Alphabet::Dotted, 20, 0),
    Shape("Slack", "xoxb-", Alphabet::Url, 24, 0),
    Shape("Slack", "xoxp-", Alphabet::Url, 24, 0),
    Shape("Slack", "xoxa-", Alphabet::Url, 24, 0),
    Shape("Slack", "xoxe.", Alphabet::Dotted, 24, 0),
    Shape("Slack", "xoxs-", Alphabet::Url, 24, 0),
    Shape("Slack", "xapp-", Alphabet::Url, 24, 0),
    Shape("Slack", "hooks.slack.com/services/", Alphabet::Base64, 30, 0),
    Shape("Slack", "hooks.slack.com/workflows/", Alphabet::Base64, 30, 0),
    Shape("Discord", "discord.com/api/webhooks/", Alphabet::Base64, 60, 0),
    Shape("Discord", "discordapp.com/api/webhooks/", Alphabet::Base64, 60, 0),
    Shape("Microsoft Teams", "webhook.office.com/webhookb2/", Alphabet::Base64, 36, 0),
    Shape("Stripe", "sk_live_", Alphabet::Alnum, 16, 0),
    Shape("Stripe", "sk_test_", Alphabet::Alnum, 16, 0),
    Shape("Stripe", "rk_live_", Alphabet::Alnum, 16, 0),
    Shape("Stripe", "rk_test_", Alphabet::Alnum, 16, 0),
    Shape("Stripe", "whsec_", Alphabet::Base64, 24, 0),
    Shape("SendGrid", "SG.", Alphabet::Dotted, 60, 70),
    Shape("Google", "AIza", Alphabet::Url, 35, 35),
    Shape("Google", "GOCSPX-", Alphabet::Url, 24, 0),
    Shape("Google", "ya29.", Alphabet::Dotted, 40, 0),
    Shape("OpenAI", "sk-proj-", Alphabet::Url, 40, 0),
    Shape("OpenAI", "sk-svcacct-", Alphabet::Url, 40, 0),
    Shape("Anthropic", "sk-ant-", Alphabet::Url, 40, 0),
    Shape("OpenRouter", "sk-or-v1-", Alphabet::Hex, 64, 64),
    Shape("OpenAI", "sk-", Alphabet::Alnum, 40, 64),
    Shape("npm", "npm_", Alphabet::Alnum, 36, 36),
    Shape("PyPI", "pypi-AgE", Alphabet::Url, 60, 0),
    Shape("Docker", "dckr_pat_", Alphabet::Url, 20, 0),
    Shape("Docker", "dckr_oat_", Alphabet::Url, 20, 0),
    Shape("Hugging Face", "hf_", Alphabet::Alnum, 34, 40),
    Shape("Shopify", "shpat_", Alphabet::Hex, 32, 32),
    Shape("Shopify", "shpss_", Alphabet::Hex, 32, 32),
    Shape("Shopify", "shppa_", Alphabet::Hex, 32, 32),
    Shape("Shopify", "shpca_", Alphabet::Hex, 32, 32),
    Shape("Twilio", "SK", Alphabet::Hex, 32, 32),
    Shape("DigitalOcean", "dop_v1_", Alphabet::Hex, 64, 64),
    Shape("DigitalOcean", "doo_v1_", Alphabet::Hex, 64, 64),
    Shape("New Relic", "NRAK-", Alphabet::Upper, 27, 27),
    Shape("New Relic", "NRII-", Alphabet::Url, 32, 32),
    Shape("Grafana", "glsa_", Alphabet::Word, 41, 41),
    Shape("Grafana", "glc_", Alphabet::Base64, 40, 0),
    Shape("Vault", "hvs.", Alphabet::Url, 24, 0),
    Shape("Vault", "hvb.", Alphabet::Url, 24, 0),
    Shape("Databricks", "dapi", Alphabet::Hex, 32, 34),
    Shape("Atlassian", "ATATT3", Alphabet::Base64, 100, 0),
    Shape("age", "AGE-SECRET-KEY-1", Alphabet::Upper, 58, 58),
    Shape("Linear", "lin_api_", Alphabet::Alnum, 40, 0),
    Shape("Postman", "PMAK-", Alphabet::Url, 59, 59),
    Shape("Square", "sq0csp-", Alphabet::Url, 43, 43),
    Shape("Square", "EAAA", Alphabet::Url, 60, 60),
    Shape("Mailgun", "key-", Alphabet::Hex, 32, 32),
    Shape("Pulumi", "pul-", Alphabet::Hex, 40, 40),
    Shape("Doppler", "dp.st.", Alphabet::Dotted, 40, 0),
    Shape("Doppler", "dp.pt.", Alphabet::Dotted, 40, 0),
    Shape("Notion", "ntn_", Alphabet::Alnum, 40, 0),
    Shape("Notion", "secret_", Alphabet::Alnum, 43, 43),
    Shape("Figma", "figd_", Alphabet::Url, 40, 0),
    Shape("Tailscale", "tskey-", Alphabet::Url, 20, 0),
    Shape("Sentry", "sntrys_", Alphabet::Base64, 40, 0),
];

/// No key is shorter than this.
const SHORTEST: usize = 20;

/// Beginnings of crypt(5) strings and their kind.
const HASHES: [&str; 10] = ["$apr1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$argon2", "$pbkdf2"];

/// The beginning of a PEM block in base64.
const PEM_IN_BASE64: &str = "LS0tLS1CRUdJTi";

/// The first suspicion in `text`, by its shape alone.
pub(super) fn first(text: &str) -> Option<Detected> {
    private_key(text)
        .into_iter()
        .next()
        .or_else(|| jwt(text).into_iter().next())
        .or_else(|| hash(text).into_iter().next())
        .or_else(|| keys(text).next())
        .or_else(|| telegram(text))
}

/// Every place in `text` that has such a shape.
pub(super) fn all(text: &str) -> Vec<Span> {
    let mut found = private_key(text);
    found.extend(jwt(text));
    found.extend(hash(text));
    found.extend(keys(text));
    found.extend(telegram(text));
    found.into_iter().map(|found| found.span).collect()
}

/// The keys in `text`. A prefix counts at the beginning of a word only, so every word is compared once with the prefixes of its first letter.
fn keys(text: &str) -> impl Iterator<Item = Detected> + '_ {
    let bytes = if text.len() < SHORTEST { &[] } else { text.as_bytes() };
    let starts = bytes.iter().enumerate().scan(b' ', |previous, (at, byte)| {
        let begins = !previous.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric();
        *previous = *byte;
        Some((begins, at, *byte))
    });
    starts.filter(|(begins, _, _)| *begins).filter_map(|(_, at, first)| {
        let rest = text.get(at..)?;
        SHAPES
            .iter()
            .filter(|shape| shape.1.as_bytes().first() == Some(&first))
            .find_map(|shape| key(shape, rest))
            .map(|found| found.moved(at))
    })
}

/// The key at the beginning of `rest`, if it is one of this shape.
fn key(shape: &Shape, rest: &str) -> Option<Detected> {
    let Shape(issuer, prefix, alphabet, fewest, most) = shape;
    let behind = rest.strip_prefix(prefix)?;
    let length = behind.bytes().take_while(|byte| alphabet.has(*byte)).count();
    if length < *fewest || (*most > 0 && length > *most) {
        return None;
    }
    let span = Span::new(0, prefix.len() + length);
    let kind = if value::is_placeholder(rest.get(..span.end)?) { Kind::Placeholder } else { Kind::Key(issuer) };
    Some(Detected::certain(kind, span))
}

/// A bot's token of Telegram: its number, a colon, 35 characters that begin with `AA`.
fn telegram(text: &str) -> Option<Detected> {
    text.match_indices(":AA").find_map(|(at, _)| {
        let digits = text.get(..at)?.bytes().rev().take_while(u8::is_ascii_digit).count();
        let length = text.get(at + 1..)?.bytes().take_while(|byte| Alphabet::Url.has(*byte)).count();
        ((8..=10).contains(&digits) && length == 35)
            .then(|| Detected::certain(Kind::Key("Telegram"), Span::new(at - digits, at + 1 + length)))
    })
}

/// Private keys in PEM (RFC 7468), also with their line breaks as `\n`, and in base64 as a whole.
fn private_key(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, begin) in text.match_indices("-----BEGIN ") {
        let Some(label) = text.get(at + begin.len()..).and_then(|rest| rest.split("-----").next()) else { continue };
        if label.len() > 40 || !(label.ends_with("PRIVATE KEY") || label.ends_with("PRIVATE KEY BLOCK")) {
            continue;
        }
        let end_line = format!("-----END {label}-----");
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.find(&end_line).map_or(rest.len(), |end| end + end_line.len());
        found.push(Detected::certain(Kind::PrivateKey, Span::new(at, at + length)));
    }
    for (at, _) in text.match_indices(PEM_IN_BASE64) {
        let run = text.get(at..).unwrap_or_default().bytes().take_while(|byte| Alphabet::Base64.has(*byte)).count();
        let head = text.get(at..at + run.min(96)).and_then(base64).unwrap_or_default();
        if head.windows(11).any(|window| window == b"PRIVATE KEY") {
            found.push(Detected::certain(Kind::PrivateKey, Span::new(at, at + run)));
        }
    }
    found
}

/// Three parts in base64url, of which the first is a JSON object that names an algorithm.
fn jwt(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("eyJ") {
        if text.get(..at).and_then(|before| before.bytes().next_back()).is_some_and(|byte| Alphabet::Dotted.has(byte)) {
            continue;
        }
        let run = text.get(at..).unwrap_or_default().bytes().take_while(|byte| Alphabet::Dotted.has(*byte)).count();
        let Some(token) = text.get(at..at + run) else { continue };
        let parts: Vec<&str> = token.split('.').take(6).collect();
        let [header, claims, signature, ..] = parts.as_slice() else { continue };
        let names_algorithm = base64(header).is_some_and(|bytes| String::from_utf8_lossy(&bytes).contains("\"alg\""));
        if names_algorithm && claims.len() > 4 && signature.len() > 8 {
            found.push(Detected::certain(Kind::Jwt, Span::new(at, at + run)));
        }
    }
    found
}

/// Hashes as crypt(5) writes them.
fn hash(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for front in HASHES {
        for (at, _) in text.match_indices(front) {
            let run = text
                .get(at..)
                .unwrap_or_default()
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"$./=,+_-".contains(byte))
                .count();
            if run >= front.len() + 20 {
                found.push(Detected::certain(Kind::PasswordHash, Span::new(at, at + run)));
            }
        }
    }
    found
}

/// Base64 in either alphabet, without padding where it is missing; what stands behind the last whole group is left out.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut have) = (0_u32, 0_u32);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(digit);
        have += 6;
        if have >= 8 {
            have -= 8;
            bytes.push(u8::try_from((bits >> have) & 0xff).unwrap_or_default());
        }
        bits &= (1 << have) - 1;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_in_both_alphabets() {
        assert_eq!(base64("c3ZjOnB3").as_deref(), Some(b"svc:pw".as_slice()));
        assert_eq!(base64("-_-_").as_deref(), Some([0xfb, 0xff, 0xbf].as_slice()));
        assert_eq!(base64("a b"), None);
    }
}

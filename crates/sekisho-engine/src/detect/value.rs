//! What a value looks like by itself.

use zeroize::Zeroizing;

use super::name::among;

/// Whole values that are never a secret, letter case, hyphens, underscores and spaces aside.
const PLACEHOLDERS: &str = "\
    changeme changeit changethis replaceme replacethis placeholder todo tbd fixme dummy xxx xxxx xxxxxxxx password secret example none \
    null undefined redacted notset unset";

/// Words that a setting has for a value.
const SETTINGS: &str = "\
    true false yes no on off y n enabled disabled required optional auto default always never bearer basic aws ssm vault env file";

/// Whether somebody meant to replace `value`: `changeme`, `<password>`, `${VALUE}`, `AKIAIOSFODNN7EXAMPLE` and their kind.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let small = |character: char| character.to_lowercase();
    let plain: Zeroizing<String> =
        Zeroizing::new(value.chars().take(256).filter(|character| !"-_ .!".contains(*character)).flat_map(small).collect());
    let wrapped = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close) && value.len() > open.len() + close.len();
    let instructs = |front: &str, end: &str| plain.starts_with(front) && plain.ends_with(end);
    among(PLACEHOLDERS, plain.as_str())
        || is_template(value)
        || wrapped("<", ">")
        || wrapped("[", "]")
        || wrapped("__", "__")
        || instructs("your", "here")
        || instructs("insert", "here")
        || instructs("put", "here")
        || instructs("replacewith", "")
        || instructs("changethis", "")
        || instructs("changeme", "")
        || instructs("your", "key")
        || instructs("your", "token")
        || instructs("your", "password")
        || instructs("your", "secret")
        || (value.len() <= 64 && value.ends_with("EXAMPLE") || value.ends_with("EXAMPLEKEY"))
        || has_filling(value)
}

/// A run of `x`, `*`, `.`, `0` or `•` that is most of the value.
fn has_filling(value: &str) -> bool {
    let (mut longest, mut run, mut previous) = (0, 0, ' ');
    for character in value.chars() {
        run = if character == previous { run + 1 } else { 1 };
        if "xX*.0•#".contains(character) {
            longest = longest.max(run);
        }
        previous = character;
    }
    longest >= 6 && longest * 2 >= value.chars().count()
}

/// Text that something else fills in: a shell's or a template's variable, a CloudFormation dynamic reference.
pub(super) fn is_template(value: &str) -> bool {
    let value = value.trim();
    let wrapped = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close) && value.len() > open.len() + close.len();
    let variable = value.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    variable
        || wrapped("${", "}")
        || wrapped("$(", ")")
        || wrapped("{{", "}}")
        || wrapped("$((", "))")
        || wrapped("@@", "@@")
        || wrapped("`", "`")
        || (wrapped("%", "%") && value.chars().all(|c| c.is_ascii_alphanumeric() || "%_".contains(c)))
        // Unrendered in the middle: the secret itself is not here.
        || value.contains("${") || value.contains("{{") || value.contains("$(") || value.contains("<%=")
}

/// What is no secret under any name: nothing, a setting's word, a reference to where the secret is, a URL, a path, something public.
pub(super) fn is_harmless(value: &str) -> bool {
    let value = value.trim();
    value.is_empty()
        || SETTINGS.split(" ").any(|word| value.eq_ignore_ascii_case(word))
        || is_template(value)
        || is_reference(value)
        || value.starts_with("-----BEGIN")
        || ["ssh-", "ecdsa-", "sk-ssh-"].iter().any(|front| value.starts_with(front) && value.contains(" AAAA"))
        || value.starts_with("sha256:")
        || value.starts_with("SHA256:")
        || value.starts_with("data:")
        || is_file(value)
}

/// A file's name.
fn is_file(value: &str) -> bool {
    const EXTENSIONS: [&str; 17] =
        ["key", "pem", "crt", "cer", "json", "jks", "p12", "pfx", "txt", "yml", "yaml", "toml", "env", "conf", "zip", "parquet", "bin"];
    value
        .rsplit_once('.')
        .is_some_and(|(name, extension)| !name.is_empty() && !name.contains([' ', '=', '@', '!', '$']) && EXTENSIONS.contains(&extension))
}

/// A value that says where the secret is kept.
fn is_reference(value: &str) -> bool {
    let schemes = [
        "arn:",
        "vault:",
        "op://",
        "ssm:",
        "sm:",
        "secretsmanager:",
        "asm:",
        "awssm:",
        "sops:",
        "file:",
        "env:",
        "gcp:",
        "azurekeyvault:",
        "keyring:",
    ];
    let has_scheme =
        schemes.iter().any(|scheme| value.starts_with(scheme)) || value.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme));
    let segments = value.split('/').filter(|segment| !segment.is_empty()).count();
    let looks_like_words =
        |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c)) && !is_random(text);
    let path = (value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("../")
        || value.starts_with("~/")
        || value.starts_with("C:\\"))
        && !value.contains(' ')
        && value.split('/').all(|segment| !is_random(segment));
    has_scheme
        || path
        || (segments >= 2 && value.contains('/') && looks_like_words(value))
        || (value.starts_with("projects/") && value.contains("/secrets/"))
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.len() < 24 && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

pub(super) fn digits_only(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// A value that somebody may have chosen as a secret: six characters and more, no number.
pub(super) fn is_chosen(value: &str) -> bool {
    value.chars().count() >= 6 && !(digits_only(value) && value.len() < 12) && value.parse::<f64>().is_err()
}

/// `user:password` or `user/password`, or a value that is marked like a password.
pub(super) fn is_login(value: &str) -> bool {
    let both = |sign: char| {
        value.split_once(sign).is_some_and(|(user, password)| {
            !user.is_empty() && password.len() >= 4 && !password.contains([sign, ' ']) && !user.contains([' ', '{', '"'])
        })
    };
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let marked = value.chars().any(|c| "!@#$%^&*+?".contains(c));
    !value.contains(' ') && (both(':') || (both('/') && digits) || (is_chosen(value) && is_mixed(value) && marked))
}

/// The words of a wallet's recovery phrase: twelve and more.
pub(super) fn is_phrase(value: &str) -> bool {
    value.split(' ').count() >= 12 && value.chars().all(|c| c.is_ascii_lowercase() || c == ' ')
}

/// Letters with digits or with marks beside them.
pub(super) fn is_mixed(value: &str) -> bool {
    let letters = value.chars().any(char::is_alphabetic);
    let digits = value.chars().any(|c| c.is_ascii_digit());
    let marks = value.chars().any(|c| c.is_ascii_punctuation() && !"-_./:".contains(c));
    letters && (digits || marks)
}

/// Whether a generator made it, as far as that can be seen: long, without words, many different characters.
pub(super) fn is_random(value: &str) -> bool {
    let value = value.trim();
    let body = value.strip_prefix("base64:").unwrap_or(value).trim_end_matches('=');
    let length = body.chars().count();
    if body.contains(',') {
        return body.len() > 32 && body.split(',').all(is_random);
    }
    if length < 16 || body.contains(' ') {
        return false;
    }
    let hexadecimal = body.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    if hexadecimal {
        return digits >= 3 && digits < length && entropy(body) >= 2.5;
    }
    // Separators of words are no sign of chance; changes between small letters, capitals and digits are.
    let differ = |a: u8, b: u8| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && class(a) != class(b);
    let switches = body.as_bytes().windows(2).filter(|pair| matches!(pair, [a, b] if differ(*a, *b))).count();
    entropy(body) >= 3.2 && switches * 4 >= length && (digits > 0 || switches * 3 >= length)
}

fn class(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

/// Bits per byte (Shannon).
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / total).map(|share| -share * share.log2()).sum()
}

/// `value` without white space and one pair of quotes around it, which an environment file keeps literally.
pub(super) fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_secrets() {
        for value in [
            "changeme",
            "<password>",
            "${DB}",
            "$DB_PASSWORD",
            "sk_live_xxxxxxxxxxxxxxxx",
            "AKIAIOSFODNN7EXAMPLE",
            "your-token-here",
            "********",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["hunter42", "$2b$10$abc", "xylophone", "p@ss", "[]"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn words_are_not_random() {
        for value in
            ["prod-db-credentials", "arn:aws:kms:eu-west-1", "shop-refresh-tokens", "aaaaaaaaaaaaaaaaaaaaaaaa", "12345678901234567890"]
        {
            assert!(!is_random(value), "{value}");
        }
        assert!(is_random("9f86d081884c7d659a2feaa0c55ad015"));
        assert!(is_random("q8Zt1Lw0vX3nRk7PbYc2"));
    }
}

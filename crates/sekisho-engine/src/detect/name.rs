//! What a name says of its value.

/// What to expect under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// A password: whatever stands there is one.
    Password,
    /// A secret or token: a value that somebody chose, or a random one.
    Secret,
    /// A key that opens something: a random value, or a chosen one that looks like a password.
    Key,
    /// Something that is written as user and password: `BASIC_AUTH`.
    Login,
    /// Something near a secret: only a random value counts.
    Weak,
    /// A setting that has a secret's word in its name: `TOKEN_TTL`.
    Configuration,
    /// Nothing.
    Nothing,
}

const PASSWORD: &str = "\
    psk password passwd passwort pwd pass passphrase passcode pw";
const SECRET: [&str; 5] = ["secret", "token", "secretkey", "authtoken", "accesstoken"];
/// What opens something where `key` stands behind it.
const KEYS: &str = "\
    api access private encryption encrypt signing sign auth master license admin hmac fernet app application account storage shared \
    service integration session cookie jwt aes hash write ingest ingestion subscription webhook server crypto cipher decryption \
    function host primary secondary consumer user ssl tls deploy erlang";
/// Keys that everybody may know, or that open nothing.
const OPEN: &str = "\
    public publishable pub site partition sort foreign cache kms object s3 routing lookup index authorized host idempotency dedup \
    shard hash range";
const WEAK: &str = "\
    key auth authorization salt pepper nonce credential credentials seed mnemonic pat sig signature secrets creds bearer apitoken";
/// Words behind which a name goes on saying what it said.
const ENDINGS: &str = "\
    prod production prd stg staging stage dev development test testing qa old new current previous next primary secondary default \
    value base b64 base64 plain plaintext raw text us eu jp main live sandbox string env";
/// Last words that make a name a setting, whatever stands in front.
const SETTINGS: &str = "\
    len length min max minimum maximum expire expires expiry expiration expiring ttl timeout lifetime age seconds minutes hours days \
    ms sec secs mins interval rotation enabled disabled enable disable required require allowed allow url uri urls endpoint host port \
    path file dir directory name names arn arns id ids type kind algorithm alg algo hasher encoder policy prefix suffix header headers \
    field param parameter scope scopes issuer audience provider store backend manager strategy mode version limit count size format \
    encoding rounds cost iterations retries regex pattern hint label description template page route location source ref reference \
    bucket table column region driver method validation claim symbols charset complexity history strength ring alias usage capacity \
    second minute hour domain login fingerprint thumbprint realm state status attribute profile bytes chars rules types user username \
    cookie group client secure subject";
/// Tokens of language models: marks in a text, not secrets.
const MARKS: &str = "\
    eos bos pad stop unk sep mask end cls";
/// Prefixes under which bundlers publish what they find.
const PUBLISHED: [[&str; 2]; 4] = [["next", "public"], ["react", "app"], ["nuxt", "public"], ["expo", "public"]];

/// Judges a name in any spelling: `DB_PASSWORD`, `dbPassword`, `spring.datasource.password`.
pub(super) fn judge(name: &str) -> Says {
    let words = words(name);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    while words.len() > 1 && words.last().is_some_and(|word| among(ENDINGS, word) || is_number(word)) {
        words.pop();
    }
    let (last, rest) = match words.split_last() {
        Some((last, rest)) => (*last, rest),
        None => return Says::Nothing,
    };
    let before = rest.last().copied().unwrap_or_default();
    let published =
        PUBLISHED.iter().any(|prefix| words.starts_with(prefix)) || words.first().is_some_and(|word| matches!(*word, "vite" | "public"));
    if published || (before == "client" && last == "token") || (among(MARKS, before) && last == "token") {
        return Says::Configuration;
    }
    if is_password(last) {
        return Says::Password;
    }
    if SECRET.contains(&last) || (last.len() > 6 && (last.ends_with("secret") || last.ends_with("token"))) || last == "apikey" {
        return if last == "apikey" { Says::Key } else { Says::Secret };
    }
    if last == "phrase" && before == "pass" {
        return Says::Password;
    }
    if last == "cookie" && before == "erlang" || last == "key" && words.contains(&"pagerduty") {
        return Says::Key;
    }
    if last == "key" || last == "keys" {
        return match before {
            // Somebody chose these as often as a generator did.
            "secret" | "master" | "encryption" | "signing" | "admin" => Says::Secret,
            before if among(OPEN, before) && !matches!(before, "hash" | "host") => Says::Configuration,
            before if among(KEYS, before) => Says::Key,
            _ => Says::Weak,
        };
    }
    if last.ends_with("key") && among(KEYS, last.trim_end_matches("key")) {
        return Says::Key;
    }
    if rest == ["x", "honeycomb"] && last == "team" {
        return Says::Key;
    }
    let speaks = |word: &str| is_password(word) || SECRET.contains(&word) || among(WEAK, word) || word == "apikey" || word == "tokens";
    if matches!(last, "auth" | "credential" | "credentials" | "creds" | "userpass" | "htpasswd") {
        return Says::Login;
    }
    if among(SETTINGS, last) {
        return if words.iter().any(|word| speaks(word)) { Says::Configuration } else { Says::Nothing };
    }
    if words.iter().any(|word| speaks(word)) { Says::Weak } else { Says::Nothing }
}

fn is_password(word: &str) -> bool {
    let glued = |end: &str, fronts: &[&str]| word.strip_suffix(end).is_some_and(|front| fronts.contains(&front));
    among(PASSWORD, word)
        || (word.len() > 8 && (word.ends_with("password") || word.ends_with("passwd") || word.ends_with("passphrase")))
        || glued(
            "pass",
            &[
                "db", "pg", "mysql", "redis", "admin", "root", "require", "master", "user", "smtp", "mail", "ftp", "http", "store", "key",
                "auth",
            ],
        )
        || glued("pw", &["db", "bind", "root", "user", "admin"])
        || glued("pwd", &["db", "pg", "my", "sql", "user", "admin", "root"])
}

/// Whether `word` is one of the words of `list`.
pub(super) fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a name in small letters: parts between what is no letter or digit, and the humps of a camel.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    let mut characters = name.chars().take(512).peekable();
    while let Some(character) = characters.next() {
        let hump = character.is_ascii_uppercase()
            && (previous.is_ascii_lowercase()
                || (previous.is_ascii_uppercase() && characters.peek().is_some_and(char::is_ascii_lowercase)));
        if !character.is_alphanumeric() || hump {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        previous = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_decides() {
        for (name, says) in [
            ("DB_PASSWORD", Says::Password),
            ("spring.datasource.password", Says::Password),
            ("PGPASSWORD", Says::Password),
            ("ADMIN_PASSWORD_V2", Says::Password),
            ("dbPassword", Says::Password),
            ("clientSecret", Says::Secret),
            ("SECRET_KEY_BASE", Says::Secret),
            ("DD_API_KEY", Says::Key),
            ("AccountKey", Says::Key),
            ("SORT_KEY", Says::Configuration),
            ("KMS_KEY", Says::Configuration),
            ("PASSWORD_MIN_LENGTH", Says::Configuration),
            ("TOKEN_URL", Says::Configuration),
            ("PASSWORD_FOR_X", Says::Weak),
            ("COMPASS_HEADING", Says::Nothing),
            ("BYPASS", Says::Nothing),
            ("", Says::Nothing),
        ] {
            assert_eq!(judge(name), says, "{name}");
        }
    }
}

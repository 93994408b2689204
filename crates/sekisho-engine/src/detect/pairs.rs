//! Secrets inside a longer text: URLs and connection strings with a password, headers, pairs of name and value.

use sekisho_model::Span;

use super::{Detected, Kind, judge, name, shape, value};

/// The first suspicion.
pub(super) fn first(text: &str) -> Option<Detected> {
    all(text).into_iter().next()
}

/// Every suspicion that is no placeholder, first the surest kinds.
pub(super) fn all(text: &str) -> Vec<Detected> {
    let mut found = urls(text);
    found.extend(go_dsns(text));
    found.extend(oracle(text));
    found.extend(headers(text));
    found.extend(named(text));
    found
}

/// The password of `scheme://user:password@host`.
fn urls(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, separator) in text.match_indices("://") {
        let start = at + separator.len();
        let rest = text.get(start..).unwrap_or_default();
        let word =
            rest.find(|c: char| c.is_whitespace() || "\"'<>`|\\".contains(c)).map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let mut authority = word.split(['/', '?', '#']).next().unwrap_or_default();
        // A password with a slash that nobody encoded: what follows the colon is no port, and an `@` comes later.
        let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !authority.contains('@')
            && let Some((_, rest)) = authority.split_once(':')
            && !is_port(rest)
            && let Some((longer, _)) = word.split_once('@')
        {
            authority = word.get(..longer.len() + 2).unwrap_or(authority);
        }
        let Some((userinfo, host)) = authority.rsplit_once('@') else { continue };
        let Some((user, password)) = userinfo.split_once(':') else { continue };
        if host.is_empty()
            || password.is_empty()
            || value::is_placeholder(password) && !works(user, password)
            || value::is_template(password)
            || password.starts_with('$')
        {
            continue;
        }
        let from = start + user.len() + 1;
        found.push(Detected::certain(Kind::Url, Span::new(from, from + password.len())));
    }
    found
}

/// `user:password@tcp(host)`, as Go's MySQL driver writes it.
fn go_dsns(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for network in ["@tcp(", "@unix(", "@tcp4(", "@tcp6("] {
        for (at, _) in text.match_indices(network) {
            let before = text.get(..at).unwrap_or_default();
            let start = before.rfind(|c: char| c.is_whitespace() || "\"'=".contains(c)).map_or(0, |space| space + 1);
            let Some((user, password)) = before.get(start..).and_then(|userinfo| userinfo.split_once(':')) else { continue };
            if !password.is_empty() && !value::is_placeholder(password) {
                let from = start + user.len() + 1;
                found.push(Detected::certain(Kind::Url, Span::new(from, from + password.len())));
            }
        }
    }
    found
}

/// `app:password` opens many a database, although the word alone is a placeholder; `USER:PASSWORD` is a template.
fn works(user: &str, password: &str) -> bool {
    user == password || matches!(password, "password" | "secret" | "changeit")
}

/// `user/password@//host`, as Oracle's clients write it.
fn oracle(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("@//") {
        let before = text.get(..at).unwrap_or_default();
        let start = before.rfind(|c: char| c.is_whitespace() || "\"'=:".contains(c)).map_or(0, |space| space + 1);
        let Some((user, password)) = before.get(start..).and_then(|userinfo| userinfo.split_once('/')) else { continue };
        if !user.is_empty() && !password.is_empty() && !value::is_placeholder(password) && !password.starts_with('$') {
            let from = start + user.len() + 1;
            found.push(Detected::certain(Kind::Url, Span::new(from, from + password.len())));
        }
    }
    found
}

/// `Basic` with a user and a password in base64, `Bearer` with a token.
fn headers(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, scheme) in ["Basic ", "basic ", "Bearer ", "bearer "].iter().flat_map(|scheme| text.match_indices(scheme)) {
        if text.get(..at).and_then(|before| before.bytes().next_back()).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let start = at + scheme.len();
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.~".contains(byte)).count();
        let Some(token) = rest.get(..length) else { continue };
        let is_basic = scheme.starts_with(['B', 'b']) && scheme.len() == 6;
        let tells = if is_basic {
            length >= 4
                && shape::base64(token).is_some_and(|bytes| bytes.contains(&b':') && bytes.iter().all(|byte| (0x20..0x7f).contains(byte)))
        } else {
            length >= 16 && value::is_random(token)
        };
        if tells && !value::is_placeholder(token) {
            found.push(Detected::certain(Kind::Header, Span::new(start, start + length)));
        }
    }
    found
}

/// `name=value`, `name: value` and `"name": "value"`, judged as a variable would be. A placeholder is no suspicion here: the text around it is not.
fn named(text: &str) -> Vec<Detected> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '=' | ':')) {
        let before = text.get(..at).unwrap_or_default();
        let (is_quoted, before) = match before.trim_end_matches(' ').strip_suffix(['"', '\'']) {
            Some(inside) => (true, inside.strip_suffix('\\').unwrap_or(inside)),
            None => (false, before.trim_end_matches(if sign == '=' { " " } else { "" })),
        };
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).map_or(0, |end| end + 1);
        // A character of several bytes may end there.
        let Some(key) = before.get(start..).or_else(|| before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).next())
        else {
            continue;
        };
        if key.is_empty() || key.len() > 128 {
            continue;
        }
        let says = name::judge(key);
        if matches!(says, name::Says::Nothing | name::Says::Configuration) {
            continue;
        }
        let Some((from, candidate)) = candidate(text, at + sign.len_utf8(), sign, is_quoted) else { continue };
        if let Some(suspicion) = judge(says, candidate)
            && suspicion.kind != Kind::Placeholder
        {
            found.push(suspicion.moved(from));
        }
    }
    found
}

/// The value behind the sign at `at`, and where it begins.
fn candidate(text: &str, at: usize, sign: char, is_quoted: bool) -> Option<(usize, &str)> {
    let behind = text.get(at..)?;
    let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let rest = behind.trim_start_matches([' ', '\t']);
    let (skip, quote) = match rest.chars().next()? {
        '"' => (1, Some("\"")),
        '\'' => (1, Some("'")),
        '\\' if rest.starts_with("\\\"") => (2, Some("\\\"")),
        _ => (0, None),
    };
    // `ssm:/a/b`, `db:5432`: a colon makes a pair only where something sets the value off.
    if sign == ':' && quote.is_none() && (blank == 0 || is_quoted) {
        return None;
    }
    let body = rest.get(skip..)?;
    let length = match quote {
        Some(quote) => body.find(quote)?,
        None => body.find(|c: char| c.is_whitespace() || ";&,\"'`)}]|<>".contains(c)).unwrap_or(body.len()),
    };
    let candidate = body.get(..length)?;
    // A sentence such as "Password: minimum": a plain word behind a colon is prose.
    if sign == ':' && quote.is_none() && !value::is_mixed(candidate) {
        return None;
    }
    (!candidate.starts_with('$')).then_some((at + blank + skip, candidate))
}

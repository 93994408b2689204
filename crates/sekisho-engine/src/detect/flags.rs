//! Secrets on a command line: `--password hunter2`, `-u user:password`, `mysql -pPASSWORD`.

use sekisho_model::Span;

use super::{Detected, Kind, judge, name, value};

/// How deep a command line may stand in another: `sh -c "…"`.
const DEPTH: usize = 4;

/// The first suspicion on a command line in one text.
pub(super) fn first(line: &str) -> Option<Detected> {
    within(line, 0)
}

fn within(line: &str, depth: usize) -> Option<Detected> {
    let spans = split(line);
    let words: Vec<&str> = spans.iter().filter_map(|span| line.get(span.start..span.end)).collect();
    if let Some((index, found)) = among(&words) {
        return spans.get(index).map(|span| found.moved(span.start));
    }
    if depth >= DEPTH {
        return None;
    }
    // A word with spaces in it was quoted, and may be a command line itself.
    spans
        .iter()
        .zip(&words)
        .filter(|(_, word)| word.contains(' '))
        .find_map(|(span, word)| within(word, depth + 1).map(|found| found.moved(span.start)))
}

/// A flag and its value among `words`: the index of the word that holds the secret.
pub(super) fn among(words: &[&str]) -> Option<(usize, Detected)> {
    let program = |names: &[&str]| words.iter().any(|word| names.contains(&word.rsplit('/').next().unwrap_or(word)));
    let (mysql, curl) =
        (program(&["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-admin"]), program(&["curl", "wget", "http", "https"]));
    let (redis, pass) = (
        program(&["redis-cli"]),
        program(&["sshpass", "sqlcmd", "mongo", "mongosh", "mongodump", "mongorestore", "rabbitmqadmin", "influx"])
            || (program(&["docker"]) && words.contains(&"login")),
    );
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).copied().filter(|next| !next.starts_with('-'));
        let plain = |text: &str| !text.is_empty() && !text.starts_with('$') && !value::is_template(text) && !value::is_placeholder(text);
        let password = |from: usize, to: usize| Detected::certain(Kind::Password, Span::new(from, to));
        if let Some(flag) = word.strip_prefix('-').filter(|flag| !flag.contains('='))
            && let Some(next) = next
            && let Some(found) = judge(name::judge(flag), next).filter(|found| found.kind != Kind::Placeholder)
            && !next.starts_with('$')
        {
            return Some((index + 1, found));
        }
        if mysql && let Some(typed) = word.strip_prefix("-p").filter(|typed| plain(typed) && !typed.starts_with("rotocol")) {
            return Some((index, password(2, 2 + typed.len())));
        }
        if (curl && matches!(*word, "-u" | "--user" | "--proxy-user" | "-U"))
            && let Some((user, typed)) = next.and_then(|next| next.split_once(':'))
            && plain(typed)
            && !user.contains("//")
        {
            return Some((index + 1, password(user.len() + 1, user.len() + 1 + typed.len())));
        }
        if (redis && *word == "-a" || pass && matches!(*word, "-p" | "-P")) && next.is_some_and(plain) {
            return next.map(|next| (index + 1, password(0, next.len())));
        }
    }
    None
}

/// The words of a line as a shell would split it, without their quotes; backslashes are kept.
fn split(line: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut quote: Option<char> = None;
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (Some(open), close) if open == close => {
                if let Some(from) = start.take() {
                    words.push(Span::new(from, at));
                }
                quote = None;
            }
            (Some(_), _) => {
                start.get_or_insert(at);
            }
            (None, '"' | '\'') => {
                if let Some(from) = start.take() {
                    // `--header="…"`: the word goes on behind the quote.
                    words.push(Span::new(from, at));
                }
                quote = Some(character);
            }
            (None, character) if character.is_whitespace() || ";|&()".contains(character) => {
                if let Some(from) = start.take() {
                    words.push(Span::new(from, at));
                }
            }
            (None, _) => {
                start.get_or_insert(at);
            }
        }
    }
    if let Some(from) = start {
        words.push(Span::new(from, line.len()));
    }
    words
}

//! Holds a parsed manifest against the table of keys: unknown keys, types, words, forms.

use toml_span::Value;
use toml_span::value::{Key as TomlKey, Table as TomlTable, ValueInner};

use crate::manifest::form::Form;
use crate::manifest::keys::{Kind, MANIFEST, Table};
use crate::problem::{
    MANIFEST_EMPTY, MANIFEST_EXCLUSIVE, MANIFEST_MISSING_KEY, MANIFEST_ONE_NEEDED, MANIFEST_RANGE, MANIFEST_TYPE, MANIFEST_UNKNOWN_KEY,
    MANIFEST_UNKNOWN_WORD, Problem,
};
use crate::text::Text;

/// Everything in `root` that the table of keys does not allow.
pub(super) fn check(text: &Text<'_>, root: &TomlTable<'_>) -> Vec<Problem> {
    let mut checker = Checker { text, problems: Vec::new() };
    let beginning = toml_span::Span::new(0, 0);
    checker.table(root, &MANIFEST, "", beginning);
    checker.problems
}

struct Checker<'c> {
    text: &'c Text<'c>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn problem(&self, code: &'static str, span: toml_span::Span) -> Problem {
        Problem::at(code, self.text.place(span.start, span.end))
    }

    /// `path` names the table in messages; `span` is where a missing key is reported.
    fn table(&mut self, found: &TomlTable<'_>, table: &'static Table, path: &str, span: toml_span::Span) {
        for (key, value) in found {
            match table.keys.iter().find(|known| known.name == key.name) {
                Some(known) => self.value(key, value, &known.kind, &join(path, &key.name)),
                None => {
                    let names = table.keys.iter().map(|known| known.name);
                    let known = names.clone().collect::<Vec<_>>().join("`, `");
                    let problem = self
                        .problem(MANIFEST_UNKNOWN_KEY, key.span)
                        .with_text("key", &key.name)
                        .with("inside", if path.is_empty() { "no" } else { "yes" })
                        .with("table", path)
                        .with("known", known)
                        .with_suggestion(&key.name, names);
                    self.problems.push(problem);
                }
            }
        }
        for key in table.keys.iter().filter(|key| key.needed && !found.contains_key(key.name)) {
            let problem = self
                .problem(MANIFEST_MISSING_KEY, span)
                .with("key", key.name)
                .with("inside", if path.is_empty() { "no" } else { "yes" })
                .with("table", path);
            self.problems.push(problem);
        }
        for (first, second) in table.exclusive {
            if let (true, Some((key, _))) = (found.contains_key(*first), found.get_key_value(*second)) {
                let problem = self.problem(MANIFEST_EXCLUSIVE, key.span).with("first", first).with("second", second).with("table", path);
                self.problems.push(problem);
            }
        }
        if let Some((first, second)) = table.one_needed
            && !found.contains_key(first)
            && !found.contains_key(second)
        {
            let problem = self.problem(MANIFEST_ONE_NEEDED, span).with("first", first).with("second", second).with("table", path);
            self.problems.push(problem);
        }
    }

    fn value(&mut self, key: &TomlKey<'_>, value: &Value<'_>, kind: &'static Kind, path: &str) {
        let inner = value.as_ref();
        match (kind, inner) {
            (Kind::Text(form), ValueInner::String(text)) => self.form(text, *form, path, value.span),
            (Kind::Word(words), ValueInner::String(text)) => self.word(text, words, path, value.span),
            (Kind::Flag, ValueInner::Boolean(_)) => {}
            (Kind::Count { least, most }, ValueInner::Integer(number)) => {
                if !(*least..=*most).contains(number) {
                    let problem = self
                        .problem(MANIFEST_RANGE, value.span)
                        .with("key", path)
                        .with("number", number)
                        .with("least", least)
                        .with("most", most);
                    self.problems.push(problem);
                }
            }
            (Kind::Words(words), ValueInner::Array(entries)) => {
                for entry in entries {
                    match entry.as_str() {
                        Some(text) => self.word(text, words, path, entry.span),
                        None => self.wrong_type("string", entry, path),
                    }
                }
            }
            (Kind::Texts { form, some }, ValueInner::Array(entries)) => {
                if *some && entries.is_empty() {
                    let problem = self.problem(MANIFEST_EMPTY, value.span).with("key", path);
                    self.problems.push(problem);
                }
                for entry in entries {
                    match entry.as_str() {
                        Some(text) => self.form(text, *form, path, entry.span),
                        None => self.wrong_type("string", entry, path),
                    }
                }
            }
            (Kind::TextMap { names, values }, ValueInner::Table(entries)) => {
                if entries.is_empty() {
                    let problem = self.problem(MANIFEST_EMPTY, key.span).with("key", path);
                    self.problems.push(problem);
                }
                for (name, entry) in entries {
                    self.form(&name.name, *names, path, name.span);
                    match entry.as_str() {
                        Some(text) => self.form(text, *values, &join(path, &name.name), entry.span),
                        None => self.wrong_type("string", entry, &join(path, &name.name)),
                    }
                }
            }
            (Kind::Table(table), ValueInner::Table(found)) => self.table(found, table, path, key.span),
            (Kind::Tables { names, table }, ValueInner::Table(found)) => {
                for (name, entry) in found {
                    self.form(&name.name, *names, path, name.span);
                    let path = join(path, &name.name);
                    match entry.as_table() {
                        Some(inner) => self.table(inner, table, &path, name.span),
                        None => self.wrong_type("table", entry, &path),
                    }
                }
            }
            (Kind::TableList(table), ValueInner::Array(entries)) => {
                for entry in entries {
                    match entry.as_table() {
                        Some(inner) => self.table(inner, table, path, entry.span),
                        None => self.wrong_type("table", entry, path),
                    }
                }
            }
            _ => self.wrong_type(expected(kind), value, path),
        }
    }

    fn form(&mut self, text: &str, form: Form, path: &str, span: toml_span::Span) {
        if !form.accepts(text) {
            let problem = self.problem(form.code(), span).with("key", path).with_text("text", text);
            self.problems.push(problem);
        }
    }

    fn word(&mut self, text: &str, words: &'static [&'static str], path: &str, span: toml_span::Span) {
        if !words.contains(&text) {
            let problem = self
                .problem(MANIFEST_UNKNOWN_WORD, span)
                .with("key", path)
                .with_text("text", text)
                .with("known", words.join("`, `"))
                .with_suggestion(text, words.iter().copied());
            self.problems.push(problem);
        }
    }

    fn wrong_type(&mut self, expected: &'static str, value: &Value<'_>, path: &str) {
        let problem =
            self.problem(MANIFEST_TYPE, value.span).with("key", path).with("expected", expected).with("found", value.as_ref().type_str());
        self.problems.push(problem);
    }
}

/// The type of TOML that `kind` is written in.
fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Word(_) => "string",
        Kind::Flag => "boolean",
        Kind::Count { .. } => "integer",
        Kind::Words(_) | Kind::Texts { .. } | Kind::TableList(_) => "array",
        Kind::TextMap { .. } | Kind::Table(_) | Kind::Tables { .. } => "table",
    }
}

/// `path.name`, as TOML would write it; nothing is shown of a long name.
fn join(path: &str, name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let name = match name.chars().nth(64) {
        Some(_) => "…".to_owned(),
        None if bare => name.to_owned(),
        None => format!("\"{name}\""),
    };
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

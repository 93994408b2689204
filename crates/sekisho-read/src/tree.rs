//! One tree for every syntax: what JSON and YAML say, with the bytes where each part stands.

pub(crate) mod json;
mod template;
pub(crate) mod yaml;

use std::borrow::Cow;

use crate::problem::{FILE_MANY, JSON_DEPTH, JSONNET, Problem};
use crate::text::Text;

/// Deepest nesting that is read. A task definition has about eight levels, a template a dozen.
pub(crate) const DEPTH: usize = 128;

/// How many values a file may have, those that aliases repeat included. A task definition has a few hundred; with the facts that are made of them this bounds
/// memory to some 200 MB.
pub(crate) const VALUES: usize = 500_000;

/// How many notes of a file are kept; nobody reads more.
const NOTED: usize = 200;

/// What a file says.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    /// The values at the top: one in JSON, one for each document in YAML.
    pub(crate) roots: Vec<Node<'t>>,
    /// What was read over.
    pub(crate) notes: Vec<Problem>,
    /// First and last byte of lines that another program was to fill in, and that belong to no value.
    pub(crate) holes: Vec<(usize, usize)>,
}

/// Parses `text`, the content of `file`: JSON where it begins as JSON does or its name says so, else YAML.
///
/// # Errors
/// Nested too deeply, too many values, or neither; with its place. Nothing of the content is repeated.
pub(crate) fn parse<'t>(text: &Text<'t>, file: &str) -> Result<Tree<'t>, Problem> {
    let named = |endings: &[&str]| {
        let name = file.to_ascii_lowercase();
        endings.iter().any(|ending| name.ends_with(ending))
    };
    let is_yaml = named(&[".yaml", ".yml"]);
    let begins = text.content.trim_start();
    let is_json = begins.is_empty() || begins.starts_with(['{', '[', '"', '/']) || named(&[".json", ".jsonc"]);
    if !is_json && !named(&[".jsonnet", ".libsonnet"]) {
        return yaml::parse(text);
    }
    json::parse(text).or_else(|problem| {
        if is_yaml {
            // YAML's flow style looks like JSON and takes more.
            yaml::parse(text).map_err(|_| problem)
        } else if named(&[".jsonnet", ".libsonnet"]) {
            Err(Problem::at(JSONNET, text.place(0, 0)))
        } else {
            Err(problem)
        }
    })
}

/// A value, and the bytes that it takes.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind<'t>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind<'t> {
    Null,
    Bool(bool),
    /// A number, as written.
    Number(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Map(Vec<Member<'t>>),
    /// A placeholder that stands where a value should, as written. As the value of a member with an empty key it is one that stands between members.
    Hole(Cow<'t, str>),
}

/// One member of an object, in file order; keys may repeat.
#[derive(Clone, Debug)]
pub(crate) struct Member<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) key_start: usize,
    pub(crate) key_end: usize,
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    fn new(start: usize, end: usize, kind: Kind<'t>) -> Self {
        Self { start, end, kind }
    }

    pub(crate) fn map(&self) -> Option<&[Member<'t>]> {
        if let Kind::Map(members) = &self.kind { Some(members) } else { None }
    }

    pub(crate) fn list(&self) -> Option<&[Self]> {
        if let Kind::List(items) = &self.kind { Some(items) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// What stands under `key`: the last one where it stands twice, as every reader of JSON takes it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.iter().rfind(|member| member.key == key).map(|member| &member.value)
    }

    /// The word for its type, as the messages know it.
    pub(crate) fn type_of(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "boolean",
            Kind::Number(_) => "number",
            Kind::Text(_) => "string",
            Kind::List(_) => "array",
            Kind::Map(_) => "object",
            Kind::Hole(_) => "placeholder",
        }
    }
}

/// Counts what a parser makes, so that no file costs more than it may.
#[derive(Debug, Default)]
struct Budget {
    depth: usize,
    values: usize,
}

impl Budget {
    /// One level further down at byte `at`.
    fn descend(&mut self, text: &Text<'_>, at: usize) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Problem::at(JSON_DEPTH, text.place(at, at + 1)).with("limit", DEPTH));
        }
        Ok(())
    }

    fn ascend(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// `count` values more at byte `at`.
    fn spend(&mut self, text: &Text<'_>, at: usize, count: usize) -> Result<(), Problem> {
        self.values = self.values.saturating_add(count);
        if self.values > VALUES {
            return Err(Problem::at(FILE_MANY, text.place(at, at + 1)).with("limit", VALUES));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::text::MEBIBYTE;

    /// The tree as serde_json would have read it.
    fn plain(node: &Node<'_>) -> Value {
        match &node.kind {
            Kind::Null => Value::Null,
            Kind::Bool(flag) => Value::from(*flag),
            Kind::Number(number) => serde_json::from_str(number).unwrap(),
            Kind::Text(text) | Kind::Hole(text) => Value::from(text.as_ref()),
            Kind::List(items) => items.iter().map(plain).collect(),
            Kind::Map(members) => members.iter().map(|member| (member.key.to_string(), plain(&member.value))).collect(),
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i16>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
            // What looks like placeholders, comments and marks of YAML is text inside a string.
            "[ -~]{0,12}|[$%{}<>@/*#:,'\"-]{1,8}|\\PC{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let members = prop::collection::hash_map("[a-z${}%]{0,6}", inner.clone(), 0..5);
            prop_oneof![prop::collection::vec(inner, 0..5).prop_map(Value::from), members.prop_map(|members| members.into_iter().collect())]
        })
    }

    proptest! {
        #[test]
        fn json_is_read_as_every_parser_reads_it(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
            let text = Text::new("f.json", text.as_bytes(), MEBIBYTE).unwrap();
            let tree = json::parse(&text).unwrap();
            prop_assert!(tree.notes.is_empty());
            prop_assert_eq!(plain(&tree.roots[0]), value);
        }

        /// JSON is YAML, as long as keys are short and nothing merges.
        #[test]
        fn yaml_reads_json_alike(value in any_json().prop_filter("an object", Value::is_object)) {
            let text = serde_json::to_string_pretty(&value).unwrap();
            let text = Text::new("f.yaml", text.as_bytes(), MEBIBYTE).unwrap();
            let tree = yaml::parse(&text).unwrap();
            prop_assert_eq!(plain(&tree.roots[0]), value);
        }

        #[test]
        fn nothing_makes_the_parsers_panic(text in "[-{}\\[\\]:,\"'#&*!|>%@$`<\\\\ \n\tab0/]{0,60}") {
            let text = Text::new("f", text.as_bytes(), MEBIBYTE).unwrap();
            for tree in [json::parse(&text), yaml::parse(&text)].into_iter().flatten() {
                for root in &tree.roots {
                    prop_assert!(root.start <= root.end && root.end <= text.content.len());
                }
            }
        }
    }
}

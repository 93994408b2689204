//! CloudFormation's intrinsic functions, as far as the template itself decides them.
//!
//! Source: AWS CloudFormation's user guide, "Intrinsic function reference" and "Pseudo parameters reference". What depends on parameters, on other stacks or on
//! what is created stays unknown; so does the value of a parameter with a default, which the deployment may replace.

use sekisho_model::Place;
use sekisho_model::template::Symbol;

use crate::reader::{Case, Reader};
use crate::tree::{Kind, Node};

/// How many parts one leaf may be made of: functions within functions can double at every level.
const PARTS: usize = 4096;

/// How deep functions are followed.
const LEVELS: usize = 64;

/// The name and argument of the function that `node` is. Only where CloudFormation's keys are written: the API's own objects have no such members.
pub(crate) fn intrinsic<'n>(case: Case, node: &'n Node<'n>) -> Option<(&'n str, &'n Node<'n>)> {
    let ([member], Case::Capital) = (node.map()?, case) else { return None };
    let name = member.key.as_ref();
    (matches!(name, "Ref" | "Condition") || name.starts_with("Fn::")).then_some((name, &member.value))
}

/// A function as people write it: `!Ref Database`, `!If IsProduction`, `!ImportValue`.
pub(crate) fn short(name: &str, argument: &Node<'_>) -> String {
    let first = argument.text().or_else(|| argument.list()?.first()?.text());
    let name = name.strip_prefix("Fn::").unwrap_or(name);
    match first.filter(|_| matches!(name, "Ref" | "GetAtt" | "If" | "FindInMap" | "ImportValue" | "Condition")) {
        Some(first) => format!("!{name} {first}"),
        None => format!("!{name}"),
    }
}

/// What stands at a place once the template's own conditions are looked at.
pub(crate) enum Settled<'n> {
    /// `AWS::NoValue`: the key or entry is not there.
    Nothing,
    Node(&'n Node<'n>),
}

/// Follows what can only be one thing: a condition one of whose branches is `AWS::NoValue`, an entry of a mapping, a choice by number.
pub(crate) fn settle<'r>(reader: &Reader<'r>, node: &'r Node<'r>) -> Settled<'r> {
    settle_in(reader, node)
}

/// As [`settle`], for a node of any life.
pub(crate) fn settle_in<'n, 'r: 'n>(reader: &Reader<'r>, node: &'n Node<'n>) -> Settled<'n> {
    let mut node = node;
    for _ in 0..LEVELS {
        let Some((name, argument)) = intrinsic(reader.case, node) else { break };
        let items = argument.list().unwrap_or_default();
        node = match (name, items) {
            ("Ref", _) if argument.text() == Some("AWS::NoValue") => return Settled::Nothing,
            ("Fn::If", [_, yes, no]) => match (is_no_value(yes), is_no_value(no)) {
                (true, true) => return Settled::Nothing,
                (true, false) => no,
                (false, true) => yes,
                (false, false) => break,
            },
            ("Fn::Select", [index, list]) => {
                let chosen = number(index).and_then(|index| list.list()?.get(index));
                let Some(chosen) = chosen else { break };
                chosen
            }
            ("Fn::FindInMap", [map, top, second, ..]) => {
                let Some(found) = find_in_map(reader, map, top, second) else { break };
                found
            }
            _ => break,
        };
    }
    Settled::Node(node)
}

fn is_no_value(node: &Node<'_>) -> bool {
    node.get("Ref").and_then(Node::text) == Some("AWS::NoValue")
}

fn number(node: &Node<'_>) -> Option<usize> {
    match &node.kind {
        Kind::Number(text) | Kind::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn find_in_map<'r>(reader: &Reader<'r>, map: &Node<'_>, top: &Node<'_>, second: &Node<'_>) -> Option<&'r Node<'r>> {
    let key = |node: &Node<'_>| evaluate(reader, node).text();
    let mappings: &'r Node<'r> = reader.mappings?;
    mappings.get(&key(map)?)?.get(&key(top)?)?.get(&key(second)?)
}

/// A piece of a leaf.
enum Part {
    Text(String),
    Symbol {
        logical_id: String,
        attribute: Option<String>,
    },
    /// A function whose outcome is not in the template, as written.
    Opaque(String),
}

impl Part {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Symbol { logical_id, attribute } => placeholder(logical_id, attribute.as_deref()),
            Self::Opaque(text) => format!("${{{text}}}"),
        }
    }
}

/// What a leaf is made of.
pub(crate) struct Evaluated(Vec<Part>);

impl Evaluated {
    /// The whole text, where all of it is known.
    pub(crate) fn text(&self) -> Option<String> {
        self.0.iter().map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None }).collect()
    }

    /// The text with its placeholders; none where there is nothing but a placeholder.
    pub(crate) fn with_placeholders(&self) -> Option<String> {
        let has_text = self.0.iter().any(|part| matches!(part, Part::Text(text) if !text.is_empty()));
        has_text.then(|| self.0.iter().map(Part::shown).collect())
    }

    /// The text with its placeholders, if only one.
    pub(crate) fn filled(&self) -> String {
        self.with_placeholders().unwrap_or_else(|| self.0.iter().map(Part::shown).collect())
    }

    /// The first placeholder, and everything that the leaf at `place` refers to.
    pub(crate) fn told(&self, place: &Place) -> (String, Vec<Symbol>) {
        let first = self.0.iter().find_map(|part| match part {
            Part::Text(_) => None,
            Part::Symbol { logical_id, attribute } => Some(placeholder(logical_id, attribute.as_deref())),
            Part::Opaque(text) => Some(text.clone()),
        });
        let text_at = |index: Option<usize>| match index.and_then(|index| self.0.get(index)) {
            Some(Part::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let whole = self.0.iter().filter(|part| !matches!(part, Part::Text(_))).count() == 1;
        let symbol = |(index, part): (usize, &Part)| {
            let Part::Symbol { logical_id, attribute } = part else { return None };
            Some(Symbol {
                place: place.clone(),
                logical_id: logical_id.clone(),
                attribute: attribute.clone(),
                before: text_at(index.checked_sub(1)),
                behind: text_at(Some(index + 1)),
                whole,
            })
        };
        (first.unwrap_or_default(), self.0.iter().enumerate().filter_map(symbol).collect())
    }
}

fn placeholder(logical_id: &str, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| format!("${{{logical_id}}}"), |attribute| format!("${{{logical_id}.{attribute}}}"))
}

/// What `node`, a text or function, is made of.
pub(crate) fn evaluate(reader: &Reader<'_>, node: &Node<'_>) -> Evaluated {
    let mut parts = Parts { reader, parts: Vec::new() };
    parts.add(node, 0);
    // Neighbouring texts are one.
    let mut merged: Vec<Part> = Vec::new();
    for part in parts.parts {
        match (merged.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
            (_, part) => merged.push(part),
        }
    }
    Evaluated(merged)
}

struct Parts<'e, 'r> {
    reader: &'e Reader<'r>,
    parts: Vec<Part>,
}

impl Parts<'_, '_> {
    fn push(&mut self, part: Part) {
        if self.parts.len() < PARTS {
            self.parts.push(part);
        } else if let Some(last) = self.parts.last_mut() {
            // Whatever was to come, the whole is not known.
            *last = Part::Opaque("…".to_owned());
        }
    }

    fn add(&mut self, node: &Node<'_>, level: usize) {
        if level > LEVELS || self.parts.len() >= PARTS {
            return self.push(Part::Opaque("…".to_owned()));
        }
        match &node.kind {
            Kind::Text(text) | Kind::Number(text) => return self.push(Part::Text(text.clone().into_owned())),
            Kind::Bool(flag) => return self.push(Part::Text(flag.to_string())),
            Kind::Hole(hole) => return self.push(Part::Opaque(crate::reader::shown(hole))),
            _ => {}
        }
        let Some((name, argument)) = intrinsic(Case::Capital, node) else { return self.push(Part::Opaque("…".to_owned())) };
        match (name, argument.text(), argument.list().unwrap_or_default()) {
            ("Ref", Some(logical_id), _) => self.reference(logical_id),
            ("Fn::GetAtt", Some(path), _) => match path.split_once('.') {
                Some((logical_id, attribute)) => self.attribute(logical_id, attribute),
                None => self.push(Part::Opaque(short(name, argument))),
            },
            ("Fn::GetAtt", None, [logical_id, attribute]) => match (logical_id.text(), attribute.text()) {
                (Some(logical_id), Some(attribute)) => self.attribute(logical_id, attribute),
                _ => self.push(Part::Opaque(short(name, argument))),
            },
            ("Fn::Sub", Some(template), _) => self.substitute(template, None, level),
            ("Fn::Sub", None, [template, names]) if template.text().is_some() => {
                self.substitute(template.text().unwrap_or_default(), Some(names), level);
            }
            ("Fn::Join", None, [delimiter, items]) => match (delimiter.text(), items.list()) {
                (Some(delimiter), Some(items)) => self.join(delimiter, items, level),
                _ => self.push(Part::Opaque("!Join".to_owned())),
            },
            ("Fn::Select" | "Fn::FindInMap" | "Fn::If", ..) => match settle(self.reader, node) {
                Settled::Node(settled) if !std::ptr::eq(settled, node) => self.add(settled, level + 1),
                Settled::Nothing => {}
                Settled::Node(_) => self.push(Part::Opaque(short(name, argument))),
            },
            _ => self.push(Part::Opaque(short(name, argument))),
        }
    }

    fn reference(&mut self, logical_id: &str) {
        let reading = self.reader.reading;
        let partition = reading.region.as_ref().map(|region| region.partition().as_str().to_owned());
        let known = match logical_id {
            "AWS::NoValue" => return,
            "AWS::Region" => reading.region.as_ref().map(ToString::to_string),
            "AWS::AccountId" => reading.account.as_ref().map(ToString::to_string),
            "AWS::Partition" => partition,
            _ => None,
        };
        self.push(match known {
            Some(text) => Part::Text(text),
            None => Part::Symbol { logical_id: logical_id.to_owned(), attribute: None },
        });
    }

    fn attribute(&mut self, logical_id: &str, attribute: &str) {
        self.push(Part::Symbol { logical_id: logical_id.to_owned(), attribute: Some(attribute.to_owned()) });
    }

    /// The text of Sub: `${Name}` and `${Name.Attribute}` are filled in, `${!Name}` is `${Name}`.
    fn substitute(&mut self, template: &str, names: Option<&Node<'_>>, level: usize) {
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            self.push(Part::Text(rest.get(..start).unwrap_or_default().to_owned()));
            let inside = rest.get(start + 2..).unwrap_or_default();
            let Some(end) = inside.find('}') else {
                rest = rest.get(start..).unwrap_or_default();
                break;
            };
            let name = inside.get(..end).unwrap_or_default();
            if let Some(literal) = name.strip_prefix('!') {
                self.push(Part::Text(format!("${{{literal}}}")));
            } else if let Some(given) = names.and_then(|names| names.get(name.trim())) {
                self.add(given, level + 1);
            } else if let Some((logical_id, attribute)) = name.trim().split_once('.') {
                self.attribute(logical_id, attribute);
            } else {
                self.reference(name.trim());
            }
            rest = inside.get(end + 1..).unwrap_or_default();
        }
        self.push(Part::Text(rest.to_owned()));
    }

    fn join(&mut self, delimiter: &str, items: &[Node<'_>], level: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(Part::Text(delimiter.to_owned()));
            }
            self.add(item, level + 1);
        }
    }
}

//! JSON as policies need it: in order, with keys that stand twice, with or without byte ranges.

use std::fmt;
use std::slice;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A policy document as a value of JSON inside something else: account details, a line of requests. It is read by [`PolicyValue::read`].
///
/// It keeps keys that stand twice, which a map would lose.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyValue(pub(super) Node);

impl PolicyValue {
    /// The text, where the value is a string: IAM's answers hold their documents URL-encoded in one.
    pub fn as_text(&self) -> Option<&str> {
        self.0.text()
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.0.shape == Shape::Null
    }
}

impl<'de> Deserialize<'de> for PolicyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(Self)
    }
}

/// A value, and its bytes in the file where it has one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) shape: Shape,
    pub(super) span: Option<(usize, usize)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Option<(usize, usize)>,
    pub(super) value: Node,
}

impl Node {
    /// The depth is bounded by the parser's caller.
    pub(super) fn from_ast(value: &Value<'_>) -> Self {
        let shape = match value {
            Value::NullKeyword(_) => Shape::Null,
            Value::BooleanLit(flag) => Shape::Bool(flag.value),
            Value::NumberLit(number) => Shape::Number(number.value.to_owned()),
            Value::StringLit(string) => Shape::Text(string.value.clone().into_owned()),
            Value::Array(array) => Shape::List(array.elements.iter().map(Self::from_ast).collect()),
            Value::Object(object) => {
                let members = object.properties.iter().map(|property| {
                    let range = property.name.range();
                    Member {
                        name: property.name.as_str().to_owned(),
                        name_span: Some((range.start, range.end)),
                        value: Self::from_ast(&property.value),
                    }
                });
                Shape::Object(members.collect())
            }
        };
        let range = value.range();
        Self { shape, span: Some((range.start, range.end)) }
    }

    fn bare(shape: Shape) -> Self {
        Self { shape, span: None }
    }

    /// What stands under `key`; the last where it stands twice.
    pub(super) fn member(&self, key: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Object(members) => members.iter().rfind(|member| member.name == key).map(|member| &member.value),
            _ => None,
        }
    }

    /// The elements of a list; anything else is a list of itself.
    pub(super) fn elements(&self) -> &[Self] {
        match &self.shape {
            Shape::List(elements) => elements,
            _ => slice::from_ref(self),
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The word of JSON for what it is.
    pub(super) fn type_name(&self) -> &'static str {
        match self.shape {
            Shape::Null => "null",
            Shape::Bool(_) => "boolean",
            Shape::Number(_) => "number",
            Shape::Text(_) => "string",
            Shape::List(_) => "array",
            Shape::Object(_) => "object",
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::bare(Shape::Null))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::bare(Shape::Bool(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::bare(Shape::Number(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::bare(Shape::Number(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::bare(Shape::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::bare(Shape::Text(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::bare(Shape::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element()? {
            elements.push(element);
        }
        Ok(Node::bare(Shape::List(elements)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Node>()? {
            members.push(Member { name, name_span: None, value });
        }
        Ok(Node::bare(Shape::Object(members)))
    }
}

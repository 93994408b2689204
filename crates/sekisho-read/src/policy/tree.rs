//! A policy that is part of a document: its values from the document's tree, with CloudFormation's functions filled in as far as they can be.

use super::{Member, Node, Shape};
use crate::cloudformation::{self, Settled};
use crate::reader::Reader;
use crate::tree;

impl Node {
    /// `node` as a policy needs it. What only the deployment decides is `${NAME}` in the text, as Terraform and Sub write it; entries that a condition
    /// takes away are not there. The depth is bounded by the tree's parser.
    pub(super) fn from_tree(reader: &Reader<'_>, node: &tree::Node<'_>) -> Option<Self> {
        let Settled::Node(node) = cloudformation::settle_in(reader, node) else { return None };
        let shape = if cloudformation::intrinsic(reader.case, node).is_some() {
            Shape::Text(cloudformation::evaluate(reader, node).filled())
        } else {
            match &node.kind {
                tree::Kind::Null => Shape::Null,
                tree::Kind::Bool(flag) => Shape::Bool(*flag),
                tree::Kind::Number(number) => Shape::Number(number.clone().into_owned()),
                tree::Kind::Text(text) => Shape::Text(text.clone().into_owned()),
                tree::Kind::Hole(hole) => Shape::Text(hole.clone().into_owned()),
                tree::Kind::List(items) => Shape::List(items.iter().filter_map(|item| Self::from_tree(reader, item)).collect()),
                tree::Kind::Map(members) => {
                    let member = |member: &tree::Member<'_>| {
                        Some(Member {
                            name: member.key.clone().into_owned(),
                            name_span: Some((member.key_start, member.key_end)),
                            value: Self::from_tree(reader, &member.value)?,
                        })
                    };
                    Shape::Object(members.iter().filter_map(member).collect())
                }
            }
        };
        Some(Self { shape, span: Some((node.start, node.end)) })
    }
}

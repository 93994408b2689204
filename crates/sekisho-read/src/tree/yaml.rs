//! YAML, with CloudFormation's short forms written out: `!Sub x` is `{"Fn::Sub": x}`.
//!
//! Aliases repeat what they name, within the budget of a file, so that no file of a few lines becomes a tree of millions.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, Span, Tag};

use super::{Budget, DEPTH, Kind, Member, Node, Tree, json, template};
use crate::problem::{JSON_DEPTH, Problem, YAML_SYNTAX};
use crate::text::Text;

/// Parses `text`, which may have several documents.
///
/// # Errors
/// Nesting too deep, too many values, or no YAML; with its place. Nothing of the content is repeated.
pub(crate) fn parse<'t>(text: &Text<'t>) -> Result<Tree<'t>, Problem> {
    let untouched = Masks { content: text.content, masked: Vec::new(), lines: Vec::new() };
    build(text, text.content, &untouched).or_else(|problem| {
        // A placeholder such as `{{ x }}-y` or `%X%` is no YAML: with something harmless of the same length in its place the rest may well be.
        let (masked, masks) = mask(text.content);
        if problem.code != YAML_SYNTAX || (masks.masked.is_empty() && masks.lines.is_empty()) {
            return Err(problem);
        }
        build(text, &masked, &masks).map_err(|second| if second.code == YAML_SYNTAX { problem } else { second })
    })
}

/// Where placeholders were covered.
struct Masks<'t> {
    content: &'t str,
    /// First and last byte, in order.
    masked: Vec<(usize, usize)>,
    /// Those that took a line of their own.
    lines: Vec<(usize, usize)>,
}

impl<'t> Masks<'t> {
    /// What stands at `start..end` of the file, if a placeholder was covered there.
    fn restore(&self, start: usize, end: usize) -> Option<&'t str> {
        let first = self.masked.partition_point(|(_, masked_end)| *masked_end <= start);
        self.masked.get(first).filter(|(masked_start, _)| *masked_start < end)?;
        self.content.get(start..end)
    }
}

/// `content` with letters where placeholders stand outside quotation marks, and comments where they take whole lines; byte for byte as long.
fn mask(content: &str) -> (String, Masks<'_>) {
    let mut covered = String::with_capacity(content.len());
    let (mut masked, mut lines) = (Vec::new(), Vec::new());
    for line in content.split_inclusive('\n') {
        let begin = covered.len();
        let body = line.trim_end();
        let inset = body.len() - body.trim_start().len();
        let whole = body.get(inset..).is_some_and(|rest| template::length(rest) == Some(rest.len()) && !rest.starts_with('$'));
        let mut at = 0;
        let mut quote = None;
        let mut before = ' ';
        while let Some(character) = line.get(at..).and_then(|rest| rest.chars().next()) {
            let length =
                if quote.is_none() { line.get(at..).and_then(template::length).filter(|length| at + length <= body.len()) } else { None };
            if let Some(length) = length {
                let range = (begin + at, begin + at + length);
                if whole {
                    lines.push(range)
                } else {
                    masked.push(range)
                }
                let mask = if whole { '#' } else { 'x' };
                covered.push(mask);
                covered.extend(std::iter::repeat_n('x', length - 1));
                at += length;
                before = 'x';
                continue;
            }
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') if " \t[{,:-".contains(before) => quote = Some(character),
                (None, '#') if before.is_whitespace() => {
                    covered.push_str(line.get(at..).unwrap_or_default());
                    break;
                }
                _ => {}
            }
            covered.push(character);
            before = character;
            at += character.len_utf8();
        }
    }
    (covered, Masks { content, masked, lines })
}

/// A list or object that is not closed yet.
enum Frame<'t> {
    List { start: usize, anchor: usize, tag: Option<&'static str>, items: Vec<Node<'t>> },
    Map { start: usize, anchor: usize, tag: Option<&'static str>, members: Vec<Member<'t>>, key: Option<Node<'t>> },
}

struct Builder<'b, 't, 'm> {
    text: &'b Text<'t>,
    masks: &'m Masks<'t>,
    budget: Budget,
    frames: Vec<Frame<'t>>,
    roots: Vec<Node<'t>>,
    /// The anchored values, how many values each has, and how deep it is.
    anchors: HashMap<usize, (Node<'t>, usize, usize)>,
}

fn build<'t>(text: &Text<'t>, content: &str, masks: &Masks<'t>) -> Result<Tree<'t>, Problem> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut builder = Builder { text, masks, budget: Budget::default(), frames: Vec::new(), roots: Vec::new(), anchors: HashMap::new() };
    for next in Parser::new_from_str_with_options(content, options) {
        match next {
            Ok((event, span)) => builder.event(event, &span)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                let too_deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
                return Err(if too_deep {
                    Problem::at(JSON_DEPTH, text.place(at, at + 1)).with("limit", DEPTH)
                } else {
                    Problem::at(YAML_SYNTAX, text.place(at, at))
                });
            }
        }
    }
    Ok(Tree { roots: builder.roots, notes: Vec::new(), holes: masks.lines.clone() })
}

impl<'t> Builder<'_, 't, '_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Problem> {
        let range = span.byte_range().unwrap_or_default();
        // A tag belongs to its value.
        let start = span.tag_start().and_then(|mark| mark.byte_offset()).unwrap_or(range.start);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.budget.spend(self.text, range.start, 1)?;
                let kind = self.scalar(&value, style, tag.as_deref(), &range);
                let node = tagged(Node::new(start, range.end, kind), tag.as_deref().and_then(intrinsic));
                self.finish(node, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.budget.spend(self.text, start, 1)?;
                self.budget.descend(self.text, start)?;
                self.frames.push(Frame::List { start, anchor, tag: tag.as_deref().and_then(intrinsic), items: Vec::new() });
                Ok(())
            }
            Event::MappingStart(_, anchor, tag) => {
                self.budget.spend(self.text, start, 1)?;
                self.budget.descend(self.text, start)?;
                let tag = tag.as_deref().and_then(intrinsic);
                self.frames.push(Frame::Map { start, anchor, tag, members: Vec::new(), key: None });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(id) => {
                let Some((node, values, depth)) = self.anchors.get(&id) else {
                    return Err(Problem::at(YAML_SYNTAX, self.text.place(range.start, range.end)));
                };
                self.budget.spend(self.text, range.start, *values)?;
                if self.budget.depth + depth > DEPTH {
                    return Err(Problem::at(JSON_DEPTH, self.text.place(range.start, range.end)).with("limit", DEPTH));
                }
                let node = node.clone();
                self.finish(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, end: usize) -> Result<(), Problem> {
        self.budget.ascend();
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let (node, anchor) = match frame {
            Frame::List { start, anchor, tag, items } => {
                let end = items.last().map_or(end, |last| end.max(last.end));
                (tagged(Node::new(start, end, Kind::List(items)), tag), anchor)
            }
            Frame::Map { start, anchor, tag, members, .. } => {
                let end = members.last().map_or(end, |last| end.max(last.value.end));
                // `{{ x }}` without quotation marks is an object with an object for a key.
                let written = self.text.content.get(start..end).filter(|written| written.starts_with("{{"));
                let kind = match written {
                    Some(written) => Kind::Hole(Cow::Borrowed(written.trim_end())),
                    None => Kind::Map(merged(members)),
                };
                (tagged(Node::new(start, end, kind), tag), anchor)
            }
        };
        self.finish(node, anchor)
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, node: Node<'t>, anchor: usize) -> Result<(), Problem> {
        if anchor != 0 {
            let (values, depth) = measure(&node);
            // The copy that waits for its aliases takes memory too.
            self.budget.spend(self.text, node.start, values)?;
            self.anchors.insert(anchor, (node.clone(), values, depth));
        }
        match self.frames.last_mut() {
            None => self.roots.push(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { members, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(name) => {
                    let (key_start, key_end) = (name.start, name.end);
                    let key = match name.kind {
                        Kind::Text(text) | Kind::Number(text) => text,
                        Kind::Bool(_) | Kind::Null => Cow::Owned(self.text.content.get(key_start..key_end).unwrap_or_default().to_owned()),
                        // A key that is to be filled in, or a list: nothing of ours has such a key.
                        Kind::Hole(hole) => {
                            let value = Node::new(key_start, key_end, Kind::Hole(hole));
                            members.push(Member { key: Cow::Borrowed(""), key_start, key_end, value });
                            return Ok(());
                        }
                        Kind::List(_) | Kind::Map(_) => return Ok(()),
                    };
                    members.push(Member { key, key_start, key_end, value: node });
                }
            },
        }
        Ok(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, tag: Option<&Tag>, range: &std::ops::Range<usize>) -> Kind<'t> {
        if let Some(written) = self.masks.restore(range.start, range.end) {
            return if style == ScalarStyle::Plain { Kind::Text(Cow::Borrowed(written)) } else { Kind::Hole(Cow::Borrowed(written)) };
        }
        let core = tag.map(|tag| tag.handle().to_owned() + tag.suffix());
        let is_text = style != ScalarStyle::Plain
            || tag.and_then(intrinsic).is_some()
            || core.as_deref().is_some_and(|core| matches!(core, "tag:yaml.org,2002:str" | "!"));
        if !is_text {
            match value {
                "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
                "true" | "True" | "TRUE" => return Kind::Bool(true),
                "false" | "False" | "FALSE" => return Kind::Bool(false),
                _ if json::is_number(value.trim_start_matches('0')) || json::is_number(value) => {
                    return Kind::Number(Cow::Owned(value.to_owned()));
                }
                _ => {}
            }
        }
        // What is written as it is meant need not be copied.
        match self.text.content.get(range.clone()) {
            Some(written) if written == value => Kind::Text(Cow::Borrowed(written)),
            _ => Kind::Text(Cow::Owned(value.to_owned())),
        }
    }
}

/// `node` under the name of the intrinsic function that its tag stands for.
fn tagged<'t>(node: Node<'t>, tag: Option<&'static str>) -> Node<'t> {
    let Some(name) = tag else { return node };
    let (start, end) = (node.start, node.end);
    let member = Member { key: Cow::Borrowed(name), key_start: start, key_end: start, value: node };
    Node::new(start, end, Kind::Map(vec![member]))
}

/// The intrinsic function whose short form a tag is.
fn intrinsic(tag: &Tag) -> Option<&'static str> {
    if tag.handle() != "!" {
        return None;
    }
    Some(match tag.suffix() {
        "Ref" => "Ref",
        "Condition" => "Condition",
        "Sub" => "Fn::Sub",
        "GetAtt" => "Fn::GetAtt",
        "Join" => "Fn::Join",
        "If" => "Fn::If",
        "Select" => "Fn::Select",
        "Split" => "Fn::Split",
        "FindInMap" => "Fn::FindInMap",
        "ImportValue" => "Fn::ImportValue",
        "Base64" => "Fn::Base64",
        "Cidr" => "Fn::Cidr",
        "GetAZs" => "Fn::GetAZs",
        "Transform" => "Fn::Transform",
        "ToJsonString" => "Fn::ToJsonString",
        "Length" => "Fn::Length",
        "And" => "Fn::And",
        "Or" => "Fn::Or",
        "Not" => "Fn::Not",
        "Equals" => "Fn::Equals",
        _ => return None,
    })
}

/// `members` with what `<<` brings in, unless it is there already.
fn merged(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    if !members.iter().any(|member| member.key == "<<") {
        return members;
    }
    let (merges, mut own): (Vec<_>, Vec<_>) = members.drain(..).partition(|member| member.key == "<<");
    let mut known: HashSet<Cow<'_, str>> = own.iter().map(|member| member.key.clone()).collect();
    for merge in merges {
        let maps = match merge.value.kind {
            Kind::Map(members) => vec![members],
            Kind::List(items) => {
                items.into_iter().filter_map(|item| if let Kind::Map(members) = item.kind { Some(members) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        for member in maps.into_iter().flatten() {
            if known.insert(member.key.clone()) {
                own.push(member);
            }
        }
    }
    own
}

/// How many values `node` has, itself included, and how deep it is.
fn measure(node: &Node<'_>) -> (usize, usize) {
    let below = |nodes: &mut dyn Iterator<Item = (usize, usize)>| {
        let (values, depth) = nodes.fold((1, 0), |(values, depth), (more, deeper)| (values + more, deeper.max(depth)));
        (values, depth + 1)
    };
    match &node.kind {
        Kind::List(items) => below(&mut items.iter().map(measure)),
        Kind::Map(members) => below(&mut members.iter().map(|member| measure(&member.value))),
        _ => (1, 0),
    }
}

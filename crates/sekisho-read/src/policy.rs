//! Policy documents: of a file, with places, or a value inside another file or answer, quickly.
//!
//! Every legal shape is read: one statement or a list, a string or a list of strings, the negated elements, each version. What AWS refuses to save is a
//! problem, and all problems are reported at once; what is legal depends on what the policy is attached to ([`PolicyKind`]). An operator or a key that is
//! not known makes the document unreadable: to pass over it could make a `Deny` disappear.
//!
//! Source: IAM user guide, "IAM JSON policy elements reference" and its pages; Organizations user guide, "RCP syntax"; facts/iam.md A1 to A3, A9.

mod condition;
mod principal;
mod statement;
mod tree;
mod value;

use sekisho_model::Place;
use sekisho_model::policy::{PolicyDocument, PolicyKind, PolicyText, PolicyVersion};

pub use value::PolicyValue;
use value::{Member, Node, Shape};

use crate::json;
use crate::problem::{
    FILE_LARGE, JSON_SYNTAX, POLICY_CHARACTER, POLICY_DUPLICATE_KEY, POLICY_MISSING, POLICY_NONE, POLICY_TYPE, POLICY_UNKNOWN_KEY,
    POLICY_VERSION, Problem, Problems,
};
use crate::reader::Reader as Leaves;
use crate::text::{MEBIBYTE, Text};

/// Largest policy that is read. The largest that AWS takes, a key policy, has 32 KiB.
const LIMIT: usize = MEBIBYTE;

/// More problems than this in one document help nobody.
const REPORTED: usize = 100;

const KEYS: [&str; 3] = ["Version", "Id", "Statement"];

/// Reads the policy document in `bytes`, the content of `file`, at most 1 MiB. Without a `kind`, a document that names principals is taken for the policy
/// of a resource, or of a role if it is only about assuming one, and any other for that of an identity ([`kind_of`]).
///
/// # Errors
/// Everything that is wrong with it: no JSON, no policy, and whatever AWS would refuse to save.
pub fn policy(file: &str, bytes: &[u8], kind: Option<PolicyKind>) -> Result<PolicyDocument, Problems> {
    let text = Text::new(file, bytes, LIMIT)?;
    let root = Node::from_ast(&json::parse(&text)?);
    read(&root, Some(&text), kind)
}

/// Reads the policy document in `text`, as an API answers it (IAM's is URL-encoded, and has to be decoded before). Nothing has a place.
///
/// # Errors
/// As [`policy`], without places; the message names the statement and its element.
pub fn policy_text(text: &str, kind: Option<PolicyKind>) -> Result<PolicyDocument, Problems> {
    if text.len() > LIMIT {
        return Err(Problem::unplaced(FILE_LARGE)
            .with("limit", LIMIT / MEBIBYTE)
            .with("file", kind.map_or("policy", PolicyKind::as_str))
            .into());
    }
    let value: PolicyValue = serde_json::from_str(text).map_err(|_| Problem::unplaced(JSON_SYNTAX).with("reason", "unexpected"))?;
    value.read(kind)
}

impl PolicyValue {
    /// Reads the policy document that this value is. Nothing has a place.
    ///
    /// # Errors
    /// As [`policy_text`].
    pub fn read(&self, kind: Option<PolicyKind>) -> Result<PolicyDocument, Problems> {
        read(&self.0, None, kind)
    }
}

/// Reads the policy document at `node` of a document that `reader` reads.
///
/// # Errors
/// As [`policy`].
pub(crate) fn policy_at(reader: &Leaves<'_>, node: &crate::tree::Node<'_>, kind: Option<PolicyKind>) -> Result<PolicyDocument, Problems> {
    if let Some(text) = node.text() {
        // CloudFormation takes the document as a text, too; what is wrong within it has the place of the whole.
        return policy_text(text, kind).map_err(|mut problems| {
            let place = reader.place(node);
            problems.problems.iter_mut().for_each(|problem| problem.place = Some(place.clone()));
            problems
        });
    }
    let root = Node::from_tree(reader, node).unwrap_or(Node { shape: Shape::Null, span: Some((node.start, node.end)) });
    read(&root, Some(reader.text), kind)
}

/// What a document is probably attached to, by what stands in it.
pub fn kind_of(document: &PolicyDocument) -> PolicyKind {
    let statements = &document.statements;
    if statements.iter().all(|statement| statement.principal.is_none()) {
        PolicyKind::Identity
    } else if statements.iter().all(|statement| {
        statement.resource.is_none() && statement.action.patterns.iter().all(|action| action.text.to_ascii_lowercase().starts_with("sts:"))
    }) {
        PolicyKind::Trust
    } else {
        PolicyKind::Resource
    }
}

fn read(root: &Node, text: Option<&Text<'_>>, kind: Option<PolicyKind>) -> Result<PolicyDocument, Problems> {
    let kind = kind.unwrap_or_else(|| guess(root));
    let mut reader = Reader { text, kind, problems: Vec::new(), at: None };
    let document = reader.document(root);
    match document {
        Some(document) if reader.problems.is_empty() => Ok(document),
        _ => Err(Problems::new(reader.problems)),
    }
}

/// As [`kind_of`], before anything is read.
fn guess(root: &Node) -> PolicyKind {
    let statements = root.member("Statement").map(Node::elements).unwrap_or_default();
    let has = |key: &str| statements.iter().any(|statement| statement.member(key).is_some());
    let about_roles = || {
        let mut actions = statements.iter().filter_map(|statement| statement.member("Action")).flat_map(Node::elements).peekable();
        actions.peek().is_some() && actions.all(|action| action.text().is_some_and(|text| text.to_ascii_lowercase().starts_with("sts:")))
    };
    if !has("Principal") && !has("NotPrincipal") {
        PolicyKind::Identity
    } else if !has("Resource") && !has("NotResource") && about_roles() {
        PolicyKind::Trust
    } else {
        PolicyKind::Resource
    }
}

struct Reader<'r> {
    /// None where nothing has a place.
    text: Option<&'r Text<'r>>,
    kind: PolicyKind,
    problems: Vec<Problem>,
    /// The number of the statement that is being read.
    at: Option<usize>,
}

impl Reader<'_> {
    fn place(&self, span: Option<(usize, usize)>) -> Option<Place> {
        let (start, end) = span?;
        Some(self.text?.place(start, end))
    }

    /// `Statement[2].Action`, or what stands there in the document itself.
    fn path(&self, element: &str) -> String {
        match (self.at, element) {
            (None, element) => element.to_owned(),
            (Some(number), "") => format!("Statement[{number}]"),
            (Some(number), element) => format!("Statement[{number}].{element}"),
        }
    }

    /// A problem with `element` of the present statement, at `span`.
    fn problem(&self, code: &'static str, span: Option<(usize, usize)>, element: &str) -> Problem {
        let problem = Problem { code, args: Vec::new(), place: self.place(span) };
        let path = self.path(element);
        problem.with("inside", if path.is_empty() { "no" } else { "yes" }).with_text("path", &path)
    }

    fn report(&mut self, problem: Problem) {
        if self.problems.len() < REPORTED {
            self.problems.push(problem);
        }
    }

    fn wrong_type(&mut self, node: &Node, element: &str, expected: &'static str) {
        let problem = self.problem(POLICY_TYPE, node.span, element).with("expected", expected).with("found", node.type_name());
        self.report(problem);
    }

    fn document(&mut self, root: &Node) -> Option<PolicyDocument> {
        let Shape::Object(members) = &root.shape else {
            let problem = self.problem(POLICY_NONE, root.span, "");
            self.report(problem);
            return None;
        };
        if !members.iter().any(|member| KEYS.iter().any(|key| key.eq_ignore_ascii_case(&member.name))) {
            let problem = self.problem(POLICY_NONE, root.span, "");
            self.report(problem);
            return None;
        }
        self.keys(members, "", &KEYS);
        let version = root.member("Version").map(|version| self.version(version)).unwrap_or_default();
        let id = root.member("Id").and_then(|id| self.string(id, "Id"));
        let mut statements = Vec::new();
        match root.member("Statement") {
            None => {
                let problem = self.problem(POLICY_MISSING, root.span, "").with("key", "Statement");
                self.report(problem);
            }
            Some(list) => {
                for (number, node) in list.elements().iter().enumerate() {
                    self.at = Some(number);
                    statements.extend(self.statement(node));
                }
                self.at = None;
                self.sids(&statements);
            }
        }
        Some(PolicyDocument { version, id, statements, place: self.place(root.span) })
    }

    fn version(&mut self, node: &Node) -> PolicyVersion {
        match self.string(node, "Version").map(|version| version.text).as_deref() {
            Some("2012-10-17") => PolicyVersion::V2012,
            Some("2008-10-17") => PolicyVersion::V2008,
            Some(other) => {
                let problem = self.problem(POLICY_VERSION, node.span, "Version").with_text("text", other);
                self.report(problem);
                PolicyVersion::Absent
            }
            None => PolicyVersion::Absent,
        }
    }

    /// Reports keys that are not `known`, and those that stand twice: every reader of JSON takes one of the two, silently.
    fn keys(&mut self, members: &[Member], element: &str, known: &[&'static str]) {
        for (index, member) in members.iter().enumerate() {
            if !known.contains(&member.name.as_str()) {
                let problem = self
                    .problem(POLICY_UNKNOWN_KEY, member.name_span, element)
                    .with_text("key", &member.name)
                    .with_suggestion(&member.name, known.iter().copied());
                self.report(problem);
            }
            self.once(members, index, member, element);
        }
    }

    fn once(&mut self, members: &[Member], index: usize, member: &Member, element: &str) {
        if members.iter().take(index).any(|earlier| earlier.name == member.name) {
            let problem = self.problem(POLICY_DUPLICATE_KEY, member.name_span, element).with_text("key", &member.name);
            self.report(problem);
        }
    }

    fn string(&mut self, node: &Node, element: &str) -> Option<PolicyText> {
        let Some(text) = node.text() else {
            self.wrong_type(node, element, "string");
            return None;
        };
        self.characters(text, node.span, element);
        Some(PolicyText { text: text.to_owned(), place: self.place(node.span) })
    }

    /// A string, or a list of strings.
    fn strings(&mut self, node: &Node, element: &str) -> Vec<PolicyText> {
        node.elements().iter().filter_map(|node| self.string(node, element)).collect()
    }

    /// IAM takes tab, line feed, carriage return, and U+0020 to U+00FF (facts/iam.md A9). Of policies of resources that is not known for every service.
    fn characters(&mut self, text: &str, span: Option<(usize, usize)>, element: &str) {
        let foreign = |character: &char| !matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
        if let Some(character) = text.chars().find(foreign)
            && !matches!(self.kind, PolicyKind::Resource | PolicyKind::Endpoint)
        {
            let problem = self.problem(POLICY_CHARACTER, span, element).with("code", format!("U+{:04X}", u32::from(character)));
            self.report(problem);
        }
    }
}

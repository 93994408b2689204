//! One line of a batch of questions: may this principal do that, under these policies?
//!
//! The form is our own: a JSON object a line. What is left out does not exist; `null` is not known. That holds for layers of policies and for keys of the
//! context alike. A member that looks like a misspelt one of ours is an error, because a layer that is silently left out would change the answer; any
//! other stranger is passed over.

use std::fmt;

use sekisho_model::policy::{PolicyDocument, PolicyKind};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::policy::PolicyValue;
use crate::problem::{
    JSON_SYNTAX, Problem, Problems, QUESTION_DUPLICATE, QUESTION_MISSING, QUESTION_POLICY, QUESTION_TYPE, QUESTION_UNKNOWN, suggest,
};

/// Longest line that is read: 16 MiB.
pub const LINE_LIMIT: usize = 16 * 1024 * 1024;

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who asks.
    pub principal: AskedPrincipal,
    /// `ssm:GetParameters`.
    pub action: String,
    /// The ARN, or `*`.
    pub resource: String,
    /// The account that owns the resource.
    pub account: Given<String>,
    /// The condition keys, in the order of the line.
    pub context: Vec<(String, AskedValue)>,
    /// The policies of the principal.
    pub identity: Given<Vec<AskedPolicy>>,
    /// The policy of the resource.
    pub resource_policy: Given<PolicyDocument>,
    /// The permissions boundary.
    pub boundary: Given<Vec<AskedPolicy>>,
    /// Service control policies, level by level.
    pub scps: Given<Vec<AskedLevel>>,
    /// Resource control policies, level by level.
    pub rcps: Given<Vec<AskedLevel>>,
    /// The session's policy.
    pub session: Given<PolicyDocument>,
    /// The policies of the VPC endpoint.
    pub endpoint: Given<Vec<AskedPolicy>>,
}

/// What a member says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given<T> {
    /// It is left out: there is none.
    #[default]
    Absent,
    /// `null`: it is not known.
    Unknown,
    /// This.
    Known(T),
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedPrincipal {
    /// An ARN, an account or a service.
    Named(String),
    /// Nobody.
    Anonymous,
}

/// What a key of the context says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedValue {
    /// `null`.
    Unknown,
    /// One value.
    One(String),
    /// A list: a key of several values.
    Many(Vec<String>),
}

/// A policy with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPolicy {
    /// Its name.
    pub name: String,
    /// What it says; `None` where that is not known.
    pub document: Option<PolicyDocument>,
}

/// One level of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedLevel {
    /// `orgIdentifier`.
    pub name: String,
    /// What is attached to it.
    pub policies: Vec<AskedPolicy>,
}

/// A line that was read: its name, which the answer repeats, and the question or what is wrong with it.
#[derive(Debug)]
pub struct Line {
    /// `name` as it is written in JSON, `null` where there is none.
    pub name: String,
    /// The question.
    pub question: Result<Question, Problems>,
}

const MEMBERS: [&str; 9] = [
    "name",
    "request",
    "identityPolicies",
    "resourcePolicy",
    "permissionBoundaryPolicies",
    "serviceControlPolicies",
    "resourceControlPolicies",
    "sessionPolicy",
    "vpcEndpointPolicies",
];

/// Reads one line.
pub fn question(line: &str) -> Line {
    let nameless = |problem: Problem| Line { name: "null".to_owned(), question: Err(problem.into()) };
    if line.len() > LINE_LIMIT {
        return nameless(Problem::unplaced(QUESTION_TYPE).with("path", "line").with("expected", "short"));
    }
    let members: Members<'_> = match serde_json::from_str(line) {
        Ok(members) => members,
        Err(error) => return nameless(syntax(&error)),
    };
    let name = members.get("name").map_or_else(|| "null".to_owned(), |name| name.get().to_owned());
    Line { name, question: read(&members) }
}

fn read(members: &Members<'_>) -> Result<Question, Problems> {
    let mut problems = Vec::new();
    members.check("", &MEMBERS, &mut problems);
    let request = match members.get("request") {
        Some(request) => object("request", request, &mut problems),
        None => {
            problems.push(Problem::unplaced(QUESTION_MISSING).with("path", "request"));
            None
        }
    };
    let request = request.unwrap_or_default();
    request.check("request.", &["principal", "action", "resource", "context"], &mut problems);
    let principal = principal(&request, &mut problems);
    let action = needed_text(&request, "request.", "action", &mut problems);
    let (resource, account) = resource(&request, &mut problems);
    let context = context(&request, &mut problems);
    // The policy of a role that is assumed is a trust policy, in which other things are legal.
    let assumed = action.as_deref().is_some_and(|action| action.to_ascii_lowercase().starts_with("sts:"))
        && resource.as_deref().is_some_and(|arn| arn.contains(":role/"));
    let of_resource = if assumed { PolicyKind::Trust } else { PolicyKind::Resource };
    let mut policies = |member: &'static str, kind| given(members, member, |raw| named_policies(member, raw, kind, &mut problems));
    let identity = policies("identityPolicies", PolicyKind::Identity);
    let boundary = policies("permissionBoundaryPolicies", PolicyKind::Boundary);
    let endpoint = policies("vpcEndpointPolicies", PolicyKind::Endpoint);
    let mut single = |member: &'static str, kind| given(members, member, |raw| document(member, raw, kind, &mut problems));
    let resource_policy = single("resourcePolicy", of_resource);
    let session = single("sessionPolicy", PolicyKind::Session);
    let mut levels = |member: &'static str, kind| given(members, member, |raw| levels(member, raw, kind, &mut problems));
    let scps = levels("serviceControlPolicies", PolicyKind::ServiceControl);
    let rcps = levels("resourceControlPolicies", PolicyKind::ResourceControl);
    match (principal, action, resource) {
        (Some(principal), Some(action), Some(resource)) if problems.is_empty() => Ok(Question {
            principal,
            action,
            resource,
            account,
            context,
            identity,
            resource_policy,
            boundary,
            scps,
            rcps,
            session,
            endpoint,
        }),
        _ => Err(Problems::new(problems)),
    }
}

/// What a member says; what is wrong with it was noted and makes it unknown.
fn given<T>(members: &Members<'_>, name: &str, read: impl FnOnce(&RawValue) -> Option<T>) -> Given<T> {
    match members.get(name) {
        None => Given::Absent,
        Some(raw) if raw.get() == "null" => Given::Unknown,
        Some(raw) => read(raw).map_or(Given::Unknown, Given::Known),
    }
}

fn principal(request: &Members<'_>, problems: &mut Vec<Problem>) -> Option<AskedPrincipal> {
    let Some(raw) = request.get("principal") else {
        problems.push(Problem::unplaced(QUESTION_MISSING).with("path", "request.principal"));
        return None;
    };
    if let Ok(text) = serde_json::from_str::<String>(raw.get()) {
        return Some(AskedPrincipal::Named(text));
    }
    let kind = serde_json::from_str::<Members<'_>>(raw.get()).ok().and_then(|members| text_of(members.get("type")?));
    if kind.as_deref() == Some("Anonymous") {
        return Some(AskedPrincipal::Anonymous);
    }
    problems.push(Problem::unplaced(QUESTION_TYPE).with("path", "request.principal").with("expected", "principal"));
    None
}

fn resource(request: &Members<'_>, problems: &mut Vec<Problem>) -> (Option<String>, Given<String>) {
    let Some(raw) = request.get("resource") else {
        problems.push(Problem::unplaced(QUESTION_MISSING).with("path", "request.resource"));
        return (None, Given::Absent);
    };
    // The ARN alone serves as well.
    if let Some(text) = text_of(raw) {
        return (Some(text), Given::Absent);
    }
    let Some(resource) = object("request.resource", raw, problems) else { return (None, Given::Absent) };
    resource.check("request.resource.", &["resource", "accountId"], problems);
    let account = given(&resource, "accountId", |raw| {
        let text = text_of(raw);
        if text.is_none() {
            problems.push(Problem::unplaced(QUESTION_TYPE).with("path", "request.resource.accountId").with("expected", "string"));
        }
        text
    });
    (needed_text(&resource, "request.resource.", "resource", problems), account)
}

fn context(request: &Members<'_>, problems: &mut Vec<Problem>) -> Vec<(String, AskedValue)> {
    let Some(raw) = request.get("context").filter(|raw| raw.get() != "null") else { return Vec::new() };
    let Some(members) = object("request.context", raw, problems) else { return Vec::new() };
    let mut context = Vec::with_capacity(members.0.len());
    for (key, raw) in &members.0 {
        let value = match serde_json::from_str::<serde_json::Value>(raw.get()) {
            Ok(serde_json::Value::Null) => Some(AskedValue::Unknown),
            Ok(serde_json::Value::Array(items)) => items.iter().map(scalar).collect::<Option<Vec<String>>>().map(AskedValue::Many),
            Ok(other) => scalar(&other).map(AskedValue::One),
            Err(_) => None,
        };
        match value {
            Some(value) => context.push((key.clone(), value)),
            None => {
                let path = format!("request.context.{key}");
                problems.push(Problem::unplaced(QUESTION_TYPE).with_text("path", &path).with("expected", "values"));
            }
        }
    }
    context
}

/// A value of the context as IAM compares it.
fn scalar(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn needed_text(members: &Members<'_>, inside: &str, name: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let path = format!("{inside}{name}");
    match members.get(name) {
        None => problems.push(Problem::unplaced(QUESTION_MISSING).with("path", path)),
        Some(raw) => match text_of(raw).filter(|text| !text.is_empty()) {
            Some(text) => return Some(text),
            None => problems.push(Problem::unplaced(QUESTION_TYPE).with("path", path).with("expected", "string")),
        },
    }
    None
}

fn text_of(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn object<'l>(path: &str, raw: &'l RawValue, problems: &mut Vec<Problem>) -> Option<Members<'l>> {
    let read = serde_json::from_str(raw.get()).ok();
    if read.is_none() {
        problems.push(Problem::unplaced(QUESTION_TYPE).with("path", path).with("expected", "object"));
    }
    read
}

fn list<'l>(path: &str, raw: &'l RawValue, problems: &mut Vec<Problem>) -> Option<Vec<&'l RawValue>> {
    let read = serde_json::from_str(raw.get()).ok();
    if read.is_none() {
        problems.push(Problem::unplaced(QUESTION_TYPE).with("path", path).with("expected", "list"));
    }
    read
}

fn levels(path: &str, raw: &RawValue, kind: PolicyKind, problems: &mut Vec<Problem>) -> Option<Vec<AskedLevel>> {
    let mut levels = Vec::new();
    for (index, raw) in list(path, raw, problems)?.into_iter().enumerate() {
        let path = format!("{path}[{index}]");
        let Some(level) = object(&path, raw, problems) else { continue };
        level.check(&format!("{path}."), &["orgIdentifier", "policies"], problems);
        let name = level.get("orgIdentifier").and_then(text_of).unwrap_or_else(|| index.to_string());
        let policies = match level.get("policies") {
            // A level of which nobody knows the policies: one policy that is not known stands for them.
            Some(raw) if raw.get() == "null" => vec![AskedPolicy { name: name.clone(), document: None }],
            Some(raw) => named_policies(&format!("{path}.policies"), raw, kind, problems).unwrap_or_default(),
            None => Vec::new(),
        };
        levels.push(AskedLevel { name, policies });
    }
    Some(levels)
}

fn named_policies(path: &str, raw: &RawValue, kind: PolicyKind, problems: &mut Vec<Problem>) -> Option<Vec<AskedPolicy>> {
    let mut policies = Vec::new();
    for (index, raw) in list(path, raw, problems)?.into_iter().enumerate() {
        let path = format!("{path}[{index}]");
        let Some(members) = object(&path, raw, problems) else { continue };
        members.check(&format!("{path}."), &["name", "policy"], problems);
        let name = members.get("name").and_then(text_of).unwrap_or_else(|| index.to_string());
        match members.get("policy") {
            None => problems.push(Problem::unplaced(QUESTION_MISSING).with("path", format!("{path}.policy"))),
            Some(raw) if raw.get() == "null" => policies.push(AskedPolicy { name, document: None }),
            Some(raw) => {
                if let Some(document) = document(&format!("{path}.policy"), raw, kind, problems) {
                    policies.push(AskedPolicy { name, document: Some(document) });
                }
            }
        }
    }
    Some(policies)
}

fn document(path: &str, raw: &RawValue, kind: PolicyKind, problems: &mut Vec<Problem>) -> Option<PolicyDocument> {
    let read = match serde_json::from_str::<PolicyValue>(raw.get()) {
        Ok(value) => value.read(Some(kind)),
        Err(error) => Err(syntax(&error).into()),
    };
    match read {
        Ok(document) => Some(document),
        Err(wrong) => {
            problems.push(Problem::unplaced(QUESTION_POLICY).with("path", path));
            problems.extend(wrong.problems);
            None
        }
    }
}

/// JSON that cannot be read; the parser's own words may repeat parts of it.
fn syntax(error: &serde_json::Error) -> Problem {
    let reason = if error.is_eof() { "unterminated-object" } else { "unexpected" };
    Problem::unplaced(JSON_SYNTAX).with("reason", reason)
}

/// The members of an object, in order, each as it is written.
#[derive(Debug, Default)]
struct Members<'l>(Vec<(String, &'l RawValue)>);

impl<'l> Members<'l> {
    fn get(&self, name: &str) -> Option<&'l RawValue> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| *value)
    }

    /// Notes members that stand twice, and those that are probably misspelt.
    fn check(&self, inside: &str, known: &[&str], problems: &mut Vec<Problem>) {
        for (index, (name, _)) in self.0.iter().enumerate() {
            let path = format!("{inside}{name}");
            if self.0.iter().take(index).any(|(other, _)| other == name) {
                problems.push(Problem::unplaced(QUESTION_DUPLICATE).with_text("path", &path));
            } else if !known.contains(&name.as_str())
                && let Some(near) = suggest(name, known.iter().copied())
            {
                problems.push(Problem::unplaced(QUESTION_UNKNOWN).with_text("path", &path).with("suggestion", near));
            }
        }
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Members<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;

        impl<'de> Visitor<'de> for Reading {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Reading).map(Members)
    }
}

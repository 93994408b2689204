//! One statement.

use std::collections::HashSet;

use sekisho_model::policy::{Effect, Patterns, PolicyKind, PolicyText, Statement};

use super::Reader;
use super::value::{Member, Node, Shape};
use crate::problem::{
    POLICY_ACTION, POLICY_EFFECT, POLICY_EXCLUSIVE, POLICY_MISSING, POLICY_NOT_HERE, POLICY_RCP_ALLOW, POLICY_RESOURCE, POLICY_SID,
    POLICY_SID_TWICE,
};

const KEYS: [&str; 9] = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

impl Reader<'_> {
    pub(super) fn statement(&mut self, node: &Node) -> Option<Statement> {
        let Shape::Object(members) = &node.shape else {
            self.wrong_type(node, "", "object");
            return None;
        };
        self.keys(members, "", &KEYS);
        for (first, second) in [("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource")] {
            if let (Some(_), Some(member)) = (member(members, first), member(members, second)) {
                let problem = self.problem(POLICY_EXCLUSIVE, member.name_span, "").with("first", first).with("second", second);
                self.report(problem);
            }
        }
        let sid = node.member("Sid").and_then(|sid| self.sid(sid));
        let effect = self.effect(node);
        let action = self.patterns(members, "Action", "NotAction");
        if let Some(action) = &action {
            for pattern in &action.patterns {
                self.action(pattern, if action.negated { "NotAction" } else { "Action" }, node.span);
            }
        } else {
            self.missing(node, "Action");
        }
        let resource = self.resource(node, members);
        let principal = self.principals(node, members, effect);
        let conditions = node.member("Condition").map(|condition| self.conditions(condition)).unwrap_or_default();
        let (effect, action) = (effect?, action?);
        if self.kind == PolicyKind::ResourceControl && effect == Effect::Allow {
            // The only RCP that may allow is `RCPFullAWSAccess`, which allows everything.
            let everything = |patterns: &Patterns| !patterns.negated && patterns.patterns.iter().any(|pattern| pattern.text == "*");
            if !everything(&action) || !resource.as_ref().is_some_and(everything) || !conditions.is_empty() {
                let problem = self.problem(POLICY_RCP_ALLOW, node.span, "");
                self.report(problem);
            }
        }
        Some(Statement { sid, effect, principal, action, resource, conditions, place: self.place(node.span) })
    }

    fn missing(&mut self, node: &Node, key: &'static str) {
        let problem = self.problem(POLICY_MISSING, node.span, "").with("key", key);
        self.report(problem);
    }

    fn is_of_iam(&self) -> bool {
        matches!(self.kind, PolicyKind::Identity | PolicyKind::Trust | PolicyKind::Boundary | PolicyKind::Session)
    }

    /// In IAM's own policies a `Sid` has letters and digits only; other services take spaces and more.
    fn sid(&mut self, node: &Node) -> Option<PolicyText> {
        let sid = self.string(node, "Sid")?;
        if self.is_of_iam() && !sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let problem = self.problem(POLICY_SID, node.span, "Sid").with_text("text", &sid.text);
            self.report(problem);
        }
        Some(sid)
    }

    pub(super) fn sids(&mut self, statements: &[Statement]) {
        if !self.is_of_iam() {
            return;
        }
        let mut seen = HashSet::new();
        for sid in statements.iter().filter_map(|statement| statement.sid.as_ref()).filter(|sid| !sid.text.is_empty()) {
            if !seen.insert(&sid.text) {
                let mut problem = self.problem(POLICY_SID_TWICE, None, "Statement").with_text("text", &sid.text);
                problem.place.clone_from(&sid.place);
                self.report(problem);
            }
        }
    }

    fn effect(&mut self, node: &Node) -> Option<Effect> {
        let Some(written) = node.member("Effect") else {
            self.missing(node, "Effect");
            return None;
        };
        match self.string(written, "Effect")?.text.as_str() {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            other => {
                let problem = self.problem(POLICY_EFFECT, written.span, "Effect").with_text("text", other);
                self.report(problem);
                None
            }
        }
    }

    fn patterns(&mut self, members: &[Member], key: &str, negation: &str) -> Option<Patterns> {
        let written = member(members, key).or_else(|| member(members, negation))?;
        let patterns = self.strings(&written.value, &written.name);
        Some(Patterns { negated: written.name == negation, patterns, place: self.place(written.name_span) })
    }

    fn action(&mut self, pattern: &PolicyText, element: &str, span: Option<(usize, usize)>) {
        let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.*?".contains(&byte));
        let legal = match pattern.text.split_once(':') {
            Some((service, name)) => word(service) && word(name),
            None => !pattern.text.is_empty() && pattern.text.bytes().all(|byte| byte == b'*'),
        };
        if !legal {
            let mut problem = self.problem(POLICY_ACTION, span, element).with_text("text", &pattern.text);
            problem.place = pattern.place.clone().or(problem.place);
            self.report(problem);
        }
    }

    fn resource(&mut self, node: &Node, members: &[Member]) -> Option<Patterns> {
        let resource = self.patterns(members, "Resource", "NotResource");
        let Some(resource) = resource else {
            // Policies of some resources are about that resource alone, and have no such element.
            if !matches!(self.kind, PolicyKind::Trust | PolicyKind::Resource) {
                self.missing(node, "Resource");
            }
            return None;
        };
        let element = if resource.negated { "NotResource" } else { "Resource" };
        if self.kind == PolicyKind::Trust {
            let mut problem = self.problem(POLICY_NOT_HERE, node.span, element).with("key", element).with("kind", self.kind);
            problem.place = resource.place.clone().or(problem.place);
            self.report(problem);
        }
        // Services may take forms of their own in the policies of their resources.
        if self.kind != PolicyKind::Resource {
            for pattern in &resource.patterns {
                let arn = pattern.text.starts_with("arn:") && !(self.kind == PolicyKind::Session && is_short(&pattern.text));
                // In a template the whole ARN may be filled in: `${Database.Arn}`.
                if !arn && pattern.text != "*" && !pattern.text.starts_with("${") {
                    let short = if pattern.text.starts_with("arn:") { "yes" } else { "no" };
                    let mut problem =
                        self.problem(POLICY_RESOURCE, node.span, element).with_text("text", &pattern.text).with("short", short);
                    problem.place = pattern.place.clone().or(problem.place);
                    self.report(problem);
                }
            }
        }
        Some(resource)
    }
}

pub(super) fn member<'m>(members: &'m [Member], key: &str) -> Option<&'m Member> {
    members.iter().rfind(|member| member.name == key)
}

/// Whether an ARN has fewer than six parts. The colons in the name of a variable do not count.
fn is_short(text: &str) -> bool {
    let mut inside = false;
    let mut colons = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '$' if characters.peek() == Some(&'{') => inside = true,
            '}' => inside = false,
            ':' if !inside => colons += 1,
            _ => {}
        }
    }
    colons < 5
}

//! `Principal` and `NotPrincipal`.

use sekisho_model::policy::{Effect, PolicyKind, PolicyText, PrincipalEntry, PrincipalType, Principals};

use super::Reader;
use super::statement::member;
use super::value::{Member, Node, Shape};
use crate::problem::{
    POLICY_MISSING, POLICY_NOT_HERE, POLICY_NOT_PRINCIPAL_ALLOW, POLICY_PRINCIPAL, POLICY_RCP_PRINCIPAL, POLICY_UNKNOWN_KEY,
};

impl Reader<'_> {
    /// The principals of the statement `node`; None where there are none, and where none may be.
    pub(super) fn principals(&mut self, node: &Node, members: &[Member], effect: Option<Effect>) -> Option<Principals> {
        let Some(written) = member(members, "Principal").or_else(|| member(members, "NotPrincipal")) else {
            if self.kind.names_principals() {
                let problem = self.problem(POLICY_MISSING, node.span, "").with("key", "Principal");
                self.report(problem);
            }
            return None;
        };
        let negated = written.name == "NotPrincipal";
        let allowed_here = match self.kind {
            PolicyKind::Trust | PolicyKind::ResourceControl => !negated,
            kind => kind.names_principals(),
        };
        if !allowed_here {
            let problem =
                self.problem(POLICY_NOT_HERE, written.name_span, &written.name).with_text("key", &written.name).with("kind", self.kind);
            self.report(problem);
            return None;
        }
        if negated && effect == Some(Effect::Allow) {
            let problem = self.problem(POLICY_NOT_PRINCIPAL_ALLOW, written.name_span, "NotPrincipal");
            self.report(problem);
        }
        let entries = self.entries(&written.value, &written.name);
        if self.kind == PolicyKind::ResourceControl && entries.iter().any(|entry| entry.text.text != "*") {
            let problem = self.problem(POLICY_RCP_PRINCIPAL, written.value.span, "Principal");
            self.report(problem);
        }
        Some(Principals { negated, entries, place: self.place(written.name_span) })
    }

    fn entries(&mut self, value: &Node, element: &str) -> Vec<PrincipalEntry> {
        let mut entries = Vec::new();
        match &value.shape {
            Shape::Text(_) => {
                let text = self.string(value, element);
                entries.extend(text.and_then(|text| self.entry(PrincipalType::Aws, text, element, true)));
            }
            Shape::Object(members) => {
                for (index, member) in members.iter().enumerate() {
                    self.once(members, index, member, element);
                    let Some(kind) = PrincipalType::ALL.into_iter().find(|kind| kind.as_str() == member.name) else {
                        let problem = self
                            .problem(POLICY_UNKNOWN_KEY, member.name_span, element)
                            .with_text("key", &member.name)
                            .with_suggestion(&member.name, PrincipalType::ALL.map(PrincipalType::as_str));
                        self.report(problem);
                        continue;
                    };
                    for text in self.strings(&member.value, element) {
                        entries.extend(self.entry(kind, text, element, false));
                    }
                }
            }
            _ => self.wrong_type(value, element, "object"),
        }
        entries
    }

    /// `bare` is a principal that stands for itself, which only `*` may.
    fn entry(&mut self, kind: PrincipalType, text: PolicyText, element: &str, bare: bool) -> Option<PrincipalEntry> {
        let word = text.text.as_str();
        let reason = if word == "*" {
            None
        } else if word.is_empty() {
            Some("empty")
        } else if bare {
            Some("bare")
        } else if word.contains(['*', '?']) {
            Some("wildcard")
        } else if kind == PrincipalType::Aws && !is_account_principal(word) {
            Some("form")
        } else {
            None
        };
        let Some(reason) = reason else { return Some(PrincipalEntry { kind, text }) };
        let mut problem = self.problem(POLICY_PRINCIPAL, None, element).with_text("text", word).with("reason", reason);
        problem.place.clone_from(&text.place);
        self.report(problem);
        None
    }
}

/// An ARN, an account, or the unique id that stands for a user or role, alive or deleted.
fn is_account_principal(text: &str) -> bool {
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let unique = text.len() >= 16 && text.starts_with('A') && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    digits || unique || (text.starts_with("arn:") && text.splitn(6, ':').count() == 6)
}

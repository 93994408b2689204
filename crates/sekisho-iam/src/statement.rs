//! A statement that is ready to be asked.

use sekisho_model::policy::{Effect, PolicyKind, PolicyVersion, Statement};

use crate::action::Actions;
use crate::condition::CompiledCondition;
use crate::principals::{Naming, Principals};
use crate::request::Asked;
use crate::resource::Resources;
use crate::{ContextValue, Failed, Truth};

#[derive(Clone, Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) effect: Effect,
    pub(crate) actions: Actions,
    resources: Option<Resources>,
    principals: Option<Principals>,
    conditions: Vec<CompiledCondition>,
    kind: PolicyKind,
}

impl CompiledStatement {
    pub(crate) fn new(statement: &Statement, kind: PolicyKind, version: PolicyVersion) -> Self {
        Self {
            effect: statement.effect,
            actions: Actions::new(&statement.action),
            resources: statement.resource.as_ref().map(|resource| Resources::new(resource, kind, version)),
            principals: statement.principal.as_ref().map(Principals::new),
            conditions: statement.conditions.iter().map(|condition| CompiledCondition::new(condition, version.has_variables())).collect(),
            kind,
        }
    }

    /// Whether, and for a statement that names principals: how, it is about the request.
    ///
    /// The cheap elements come first, and the first that does not match ends it.
    pub(crate) fn matches(&self, asked: &Asked<'_>) -> Naming {
        let mut matched = self.action(asked);
        if matched == Truth::No {
            return Naming::NONE;
        }
        matched = matched.and(self.resource(asked));
        if matched == Truth::No {
            return Naming::NONE;
        }
        let naming = self.naming(asked);
        if naming.any() == Truth::No {
            return Naming::NONE;
        }
        matched = matched.and(Truth::all(self.conditions.iter().map(|condition| condition.holds(asked.request.context()))));
        naming.and(matched)
    }

    fn action(&self, asked: &Asked<'_>) -> Truth {
        self.actions.matches(asked.request.action_lower())
    }

    fn resource(&self, asked: &Asked<'_>) -> Truth {
        self.resources.as_ref().map_or(Truth::Yes, |resources| resources.matches(asked))
    }

    /// A statement without principals is about whom its policy is attached to.
    fn naming(&self, asked: &Asked<'_>) -> Naming {
        match &self.principals {
            None => Naming { itself: Truth::Yes, ..Naming::NONE },
            Some(principals) => {
                let naming = principals.naming(asked.request.principal(), asked.bounded);
                // For the policies of endpoints AWS tells only what `*` does, and for some that an account is its root user.
                let clear = self.kind != PolicyKind::Endpoint
                    || principals.is_negated()
                    || naming.itself == Truth::Yes
                    || naming.role == Truth::Yes;
                if clear { naming } else { naming.and(Truth::Maybe) }
            }
        }
    }

    /// The elements that do not surely match.
    pub(crate) fn failed(&self, statement: &Statement, asked: &Asked<'_>) -> Vec<(Failed, Truth)> {
        let mut failed = Vec::new();
        let mut note = |element: Failed, truth: Truth| {
            if truth != Truth::Yes {
                failed.push((element, truth));
            }
        };
        note(Failed::Action, self.action(asked));
        note(Failed::Resource, self.resource(asked));
        note(Failed::Principal, self.naming(asked).any());
        for (compiled, written) in self.conditions.iter().zip(&statement.conditions) {
            let missing = matches!(compiled.given(asked.request.context()), ContextValue::Absent);
            let element = Failed::Condition { operator: written.operator.to_string(), key: written.key.text.clone(), missing };
            note(element, compiled.holds(asked.request.context()));
        }
        failed
    }
}

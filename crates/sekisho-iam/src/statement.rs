//! A statement that is ready to be asked.

use sekisho_model::policy::{Effect, PolicyKind, PolicyVersion, Statement};

use crate::action::Actions;

#[derive(Clone, Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) effect: Effect,
    pub(crate) actions: Actions,
}

impl CompiledStatement {
    pub(crate) fn new(statement: &Statement, _kind: PolicyKind, _version: PolicyVersion) -> Self {
        Self { effect: statement.effect, actions: Actions::new(&statement.action) }
    }
}

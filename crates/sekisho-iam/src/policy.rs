//! A policy that is ready to be asked.

use std::sync::Arc;

use sekisho_model::policy::{PolicyDocument, PolicyKind};

use crate::statement::CompiledStatement;

/// A policy whose patterns and conditions have been taken apart, once for any number of requests.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    name: Arc<str>,
    kind: PolicyKind,
    document: Arc<PolicyDocument>,
    statements: Vec<CompiledStatement>,
}

impl CompiledPolicy {
    /// `document` under the name `name`, attached as `kind`: the kind decides what a short ARN means, for one.
    pub fn new(name: &str, kind: PolicyKind, document: impl Into<Arc<PolicyDocument>>) -> Self {
        let document = document.into();
        let statements = document.statements.iter().map(|statement| CompiledStatement::new(statement, kind, document.version)).collect();
        Self { name: name.into(), kind, document, statements }
    }

    /// Its name: of a managed policy, of an inline policy, of a file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is attached to.
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// The document as it is written.
    pub fn document(&self) -> &Arc<PolicyDocument> {
        &self.document
    }

    pub(crate) fn statements(&self) -> &[CompiledStatement] {
        &self.statements
    }
}

//! `Action` and `NotAction`.

use sekisho_model::policy::Patterns;

use crate::{Glob, Truth};

/// The actions of a statement, ready to be compared.
///
/// Source: IAM user guide, "IAM JSON policy elements: Action": service and name are compared without regard to case, `*` and `?` may stand anywhere.
#[derive(Clone, Debug)]
pub(crate) struct Actions {
    negated: bool,
    patterns: Vec<Glob>,
    /// The services of all patterns; None where one may match any.
    services: Option<Vec<Box<str>>>,
}

impl Actions {
    pub(crate) fn new(written: &Patterns) -> Self {
        let mut services = Some(Vec::new());
        let mut patterns = Vec::with_capacity(written.patterns.len());
        for pattern in &written.patterns {
            let pattern = pattern.text.to_ascii_lowercase();
            let service = pattern.split_once(':').map(|(service, _)| service).filter(|service| !service.contains(['*', '?']));
            match (service, &mut services) {
                (Some(service), Some(services)) => services.push(Box::from(service)),
                _ => services = None,
            }
            patterns.push(Glob::new(&pattern));
        }
        if let Some(services) = &mut services {
            services.sort();
            services.dedup();
        }
        // The complement of one service is all the others, and some of its own.
        Self { negated: written.negated, patterns, services: services.filter(|_| !written.negated) }
    }

    /// The services to which all matching actions belong, in lower case. None where it may be any.
    pub(crate) fn services(&self) -> Option<&[Box<str>]> {
        self.services.as_deref()
    }

    /// Whether `action`, in lower case, is among them.
    pub(crate) fn matches(&self, action: &str) -> Truth {
        Truth::from(self.patterns.iter().any(|pattern| pattern.matches(action)) != self.negated)
    }
}

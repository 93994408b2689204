//! The environment that ECS would build for each container, without its values.

use std::collections::BTreeMap;

use super::{Outcome, PredictedContainer, PredictedReference, PredictedVariable};
use crate::environment::{Origin, assemble};
use crate::reference::name_of;
use crate::{Case, Definition};

/// One for each container of `definition`.
pub(super) fn of(case: &Case<'_>, definition: &Definition, references: &[PredictedReference]) -> Vec<PredictedContainer> {
    let outcomes: BTreeMap<&str, Outcome> = references.iter().map(|reference| (reference.address.as_str(), reference.outcome)).collect();
    let containers = definition.definition.containers.iter();
    containers
        .map(|container| {
            let name = name_of(container);
            let built = assemble(case, &definition.service, Some(container));
            let mut variables: Vec<PredictedVariable> = built
                .origins
                .into_iter()
                .map(|(variable, origin)| {
                    let outcome = match &origin {
                        Origin::Store { address } => outcomes.get(address.as_str()).copied().unwrap_or(Outcome::CannotTell),
                        _ => Outcome::Resolved,
                    };
                    PredictedVariable { name: variable, origin, outcome }
                })
                .collect();
            variables.sort_by(|a, b| a.name.cmp(&b.name));
            PredictedContainer { name, variables, shadowed: built.shadowed, assumptions: built.assumptions }
        })
        .collect()
}

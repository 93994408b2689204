//! Where a definition's own texts say that it runs, for whoever knows no account and no Region.

use std::collections::BTreeMap;

use sekisho_model::{Arn, ArnPart, Fact, Source};

use crate::{Case, Definition, Reference};

/// An ARN of a definition, and who it belongs to.
#[derive(Debug)]
pub(crate) struct Named<'a> {
    /// The reference, or nothing where it is one of the definition's own ARNs: its role, itself.
    pub(crate) reference: Option<&'a Reference>,
    /// `executionRoleArn`, `taskRoleArn`, `taskDefinitionArn`, `valueFrom`.
    pub(crate) what: &'static str,
    /// The ARN.
    pub(crate) arn: Arn,
    /// Where it stands.
    pub(crate) source: &'a Source,
}

/// The ARNs of `definition` that can be read: its own first, the most telling before the others, then those of its references.
pub(crate) fn arns<'a>(case: &'a Case<'_>, definition: &'a Definition) -> Vec<Named<'a>> {
    let task = &definition.definition;
    let own = [("taskDefinitionArn", &task.arn), ("executionRoleArn", &task.execution_role), ("taskRoleArn", &task.task_role)];
    let own = own.into_iter().filter_map(|(what, fact)| {
        let fact = fact.as_ref()?;
        Some(Named { reference: None, what, arn: fact.value()?.parse().ok()?, source: fact.source() })
    });
    let references = case.references.iter().filter(|reference| reference.service == definition.service).filter_map(|reference| {
        let arn = reference.value_from.as_ref().and_then(Fact::value)?.arn()?.clone();
        Some(Named { reference: Some(reference), what: "valueFrom", arn, source: &reference.source })
    });
    own.chain(references).collect()
}

/// One part of an ARN where it has the form that belongs there.
pub(crate) fn part(arn: &Arn, part: ArnPart) -> Option<String> {
    match part {
        ArnPart::Partition => Some(arn.partition.clone()).filter(|partition| partition.starts_with("aws")),
        ArnPart::Region => arn.region_id().map(|region| region.to_string()),
        ArnPart::Account => arn.account_id().map(|account| account.to_string()),
        ArnPart::Prefix | ArnPart::Service | ArnPart::Resource => None,
    }
}

/// What most of `values` are; of equals the first in order.
pub(crate) fn most(values: impl IntoIterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

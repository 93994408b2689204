//! SEK0215 missing-parameter.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::questions::root_of;
use crate::{Confidence, Finding, Target};

rule! {
    /// A parameter that does not exist in the account and Region that ECS asks.
    ///
    /// ECS says "invalid parameters" (EC2) or "invalid ssm parameters" (Fargate) for it, and ParameterNotFound never. It names only the first batch of
    /// ten that fails.
    "SEK0215" "missing-parameter" Error MissingParameter |case, findings| {
        for reference in case.references {
            let Target::Parameter(id) = &reference.target else { continue };
            if let Some(Lookup::Absent) = case.parameter(reference).and_then(Fact::value) {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("name", &id.name).with("region", &id.region);
                let root = root_of(reference).and_then(|root| case.observations.parameters.get(&root));
                findings.push(match root.and_then(Fact::value) {
                    Some(Lookup::Found(_)) => finding.saying("missing-parameter-root").as_sure_as(Confidence::Likely),
                    _ => finding,
                });
            }
        }
    }
}

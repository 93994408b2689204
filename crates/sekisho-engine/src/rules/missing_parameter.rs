//! SEK0215 missing-parameter.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::{Finding, Target};

rule! {
    /// A parameter that does not exist in the account and Region that ECS asks.
    ///
    /// ECS says "invalid parameters" (EC2) or "invalid ssm parameters" (Fargate) for it, and ParameterNotFound never. It names only the first batch of
    /// ten that fails.
    "SEK0215" "missing-parameter" Error MissingParameter |case, findings| {
        for reference in case.references {
            let Target::Parameter(id) = &reference.target else { continue };
            if let Some(Lookup::Absent) = case.parameter(reference).and_then(Fact::value) {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source);
                findings.push(finding.with("name", &id.name).with("region", &id.region));
            }
        }
    }
}

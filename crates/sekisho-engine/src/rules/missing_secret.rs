//! SEK0216 missing-secret.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::{Finding, Target};

rule! {
    /// A secret that does not exist in the account and Region that ECS asks.
    ///
    /// A secret that was deleted and made again has a new suffix: the complete ARN in a task definition then leads nowhere, and ECS may say AccessDenied.
    "SEK0216" "missing-secret" Error MissingSecret |case, findings| {
        for reference in case.references {
            let Target::Secret { version, .. } = &reference.target else { continue };
            let is_absent = matches!(case.secret(reference).and_then(Fact::value), Some(Lookup::Absent));
            // Found by name, it is SEK0211's.
            let by_name = case.observations.secrets_by_name.get(&version.secret).and_then(Fact::value);
            if is_absent && !matches!(by_name, Some(Lookup::Found(_))) {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source);
                findings.push(finding.with("id", &version.secret.id).with("region", &version.secret.region));
            }
        }
    }
}

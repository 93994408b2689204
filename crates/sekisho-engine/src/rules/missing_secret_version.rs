//! SEK0218 missing-secret-version.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::{Finding, Target};

rule! {
    /// A secret without the version that the reference asks for: no AWSCURRENT (a secret that was created and never given a value), a stage that no version
    /// has, or a version id that is not there.
    ///
    /// ECS tells it as if the secret itself were missing.
    "SEK0218" "missing-secret-version" Error MissingSecretVersion |case, findings| {
        for reference in case.references {
            let Target::Secret { version, .. } = &reference.target else { continue };
            let Some(Lookup::Found(secret)) = case.secret(reference).and_then(Fact::value) else { continue };
            if secret.deleted.is_some() {
                continue;
            }
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source).with("name", &secret.name);
            let stage = version.stage.as_deref().unwrap_or("AWSCURRENT");
            match &version.version_id {
                Some(id) => match secret.versions.get(id) {
                    None => findings.push(finding().saying("missing-secret-version-id").with("version", id)),
                    Some(stages) => {
                        if let Some(asked) = version.stage.as_ref().filter(|asked| !stages.contains(asked)) {
                            findings.push(finding().saying("missing-secret-version-both").with("version", id).with("stage", asked));
                        }
                    }
                },
                None if !secret.versions.values().flatten().any(|found| found == stage) => {
                    findings.push(finding().with("stage", stage));
                }
                None => {}
            }
        }
    }
}

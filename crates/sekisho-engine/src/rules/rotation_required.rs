//! SEK0504 rotation-required.

use sekisho_model::Fact;
use sekisho_model::declaration::Requirement;
use sekisho_model::observed::Lookup;

use crate::{Finding, Target};

rule! {
    /// An environment that requires rotation, and a secret of which it is off. Parameter Store has no rotation of its own.
    "SEK0504" "rotation-required" Error RotationRequired |case, findings| {
        if !case.requires.contains(&Requirement::Rotation) {
            return;
        }
        for reference in case.references {
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source).with("environment", case.environment);
            match &reference.target {
                Target::Parameter(_) => findings.push(finding().saying("rotation-required-parameter")),
                Target::Secret { .. } => match case.secret(reference).and_then(Fact::value) {
                    Some(Lookup::Found(secret)) if !secret.rotation => findings.push(finding().with("name", &secret.name)),
                    _ => {}
                },
                Target::Plaintext | Target::Nothing => {}
            }
        }
    }
}

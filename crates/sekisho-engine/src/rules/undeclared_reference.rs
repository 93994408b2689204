//! SEK0421 undeclared-reference.

use crate::naming::{is_like_a_secret, stored_name};
use crate::{Finding, Severity, Slot, Target};

rule! {
    /// A reference in a service's task definition to a secret that the manifest does not declare for it.
    ///
    /// What nobody declares is not made, not rotated and not reviewed with the others. Settings that are no secrets come in the same way: what is not named like
    /// a secret and does not lie in Secrets Manager is a note.
    "SEK0421" "undeclared-reference" Warning UndeclaredReference |case, findings| {
        let Some(declaration) = case.declaration else { return };
        for reference in case.references {
            if reference.declared.is_some() || reference.slot != Slot::Secrets || !declaration.services.contains_key(&reference.service) {
                continue;
            }
            let Some(name) = stored_name(reference) else { continue };
            let is_secret = is_like_a_secret(&reference.name) || matches!(reference.target, Target::Secret { .. });
            let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("name", &reference.name).with("stored", name);
            let finding = if is_secret { finding } else { finding.as_bad_as(Severity::Note) };
            let environment = declaration.environments.get(case.environment);
            let declared = declaration.secrets.values().find(|secret| {
                environment.is_some_and(|environment| {
                    declaration.stored_as(secret, environment, None).is_ok_and(|stored| match stored {
                        sekisho_model::declaration::StoredAs::Parameter(known) => known.to_string() == name,
                        sekisho_model::declaration::StoredAs::Secret(known) => known.to_string() == name,
                        _ => false,
                    })
                })
            });
            findings.push(match declared {
                Some(secret) => finding.saying("undeclared-reference-elsewhere").with("secret", &secret.name).with("service", &reference.service),
                None => finding,
            });
        }
    }
}

//! SEK0421 undeclared-reference.

use crate::naming::{is_like_a_secret, stored_name};
use crate::{Finding, Severity, Slot, Target};

rule! {
    /// A reference in a service's task definition to a secret that the manifest does not declare for it.
    ///
    /// What nobody declares is not made, not rotated and not reviewed with the others. It is a note for a service that lists no secrets at all, which the
    /// manifest does not mean to manage; and for settings that are no secrets: what is not named like one and does not lie in Secrets Manager.
    "SEK0421" "undeclared-reference" Warning UndeclaredReference |case, findings| {
        let Some(declaration) = case.declaration else { return };
        for reference in case.references {
            if reference.declared.is_some() || reference.slot != Slot::Secrets || reference.value_from.is_none() {
                continue;
            }
            let Some(service) = declaration.services.get(&reference.service) else { continue };
            let Some(name) = stored_name(reference) else { continue };
            let is_secret = is_like_a_secret(&reference.name) || matches!(reference.target, Target::Secret { .. });
            let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("name", &reference.name).with("stored", name);
            let is_managed = !service.secrets.is_empty() || service.containers.values().any(|secrets| !secrets.is_empty());
            let finding = if is_secret && is_managed { finding } else { finding.as_bad_as(Severity::Note) };
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

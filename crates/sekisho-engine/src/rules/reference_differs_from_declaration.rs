//! SEK0405 reference-differs-from-declaration.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;

use crate::{Case, Finding, Reference, Slot, Target};

rule! {
    /// A variable whose task definition refers to something else than the manifest declares for it.
    "SEK0405" "reference-differs-from-declaration" Warning ReferenceDiffersFromDeclaration |case, findings| {
        for definition in case.definitions {
            for declared in &definition.declared {
                for reference in case.references {
                    let same_variable = reference.service == definition.service
                        && reference.name == declared.name
                        && reference.slot == Slot::Secrets
                        && (declared.container == "*" || declared.container == reference.container);
                    if same_variable && differs(case, reference, declared) {
                        let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("name", &reference.name);
                        findings.push(finding.with("secret", declared.declared.as_deref().unwrap_or_default()).with("text", reference.text().unwrap_or_default()));
                    }
                }
            }
        }
    }
}

/// Whether both are known and lead to different things.
fn differs(case: &Case<'_>, reference: &Reference, declared: &Reference) -> bool {
    match (&reference.target, &declared.target) {
        (Target::Nothing, _) | (_, Target::Nothing) => false,
        (Target::Parameter(a), Target::Parameter(b)) => (&a.region, &a.name) != (&b.region, &b.name) || a.account != b.account,
        (Target::Secret { version: a, json_key: key_a }, Target::Secret { version: b, json_key: key_b }) => {
            let arn = |id| case.observations.secrets.get(id).and_then(Fact::value).and_then(Lookup::found).map(|secret| &secret.arn);
            let same = match (arn(&a.secret), arn(&b.secret)) {
                (Some(a), Some(b)) => a == b,
                _ => leads_to(&a.secret.id, &b.secret.id) && a.secret.region == b.secret.region,
            };
            !same || key_a != key_b
        }
        _ => true,
    }
}

/// Whether an ARN may be the one of the secret of that name or ARN.
fn leads_to(arn: &str, declared: &str) -> bool {
    let name = arn.rsplit_once(":secret:").map_or(arn, |(_, name)| name);
    let complete = name.rsplit_once('-').map(|(name, _)| name);
    arn == declared || name == declared || (sekisho_model::ends_like_a_complete_arn(name) && complete == Some(declared))
}

//! SEK0506 path-convention.

use crate::naming::stored_name;
use crate::{Finding, Slot, Target};

rule! {
    /// A reference to a name that does not follow the manifest's `path`, in a service of the manifest.
    ///
    /// Policies and audits go by prefixes: what lies elsewhere is granted and found by nobody. Secrets that the manifest declares are held against their
    /// declaration instead (SEK0405).
    "SEK0506" "path-convention" Note PathConvention |case, findings| {
        let Some(declaration) = case.declaration else { return };
        for reference in case.references {
            if reference.declared.is_some() || reference.slot != Slot::Secrets || !declaration.services.contains_key(&reference.service) {
                continue;
            }
            let Some(name) = stored_name(reference).filter(|name| !name.starts_with("/aws/")) else { continue };
            let template = match &reference.target {
                Target::Parameter(_) => &declaration.project.path.ssm,
                Target::Secret { .. } => &declaration.project.path.secretsmanager,
                Target::Plaintext | Target::Nothing => continue,
            };
            let wanted = declaration.expand(template, case.environment, "\0", "");
            let follows = match wanted.split_once('\0') {
                Some((before, behind)) => {
                    let middle = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
                    middle.is_some_and(|middle| !middle.is_empty())
                }
                None => name == wanted,
            };
            if !follows {
                let finding = Finding::new(&META, &reference.address()).at(&reference.source).with("stored", name);
                findings.push(finding.with("convention", declaration.expand(template, case.environment, "{secret}", "")));
            }
        }
    }
}

//! SEK0902 unreadable-leaf.

use sekisho_model::{Because, Source};

use crate::Finding;
use crate::judge::reason;
use crate::reference::name_of;

rule! {
    /// A place in a task definition where something else stands than belongs there. ECS refuses it, or the program that fills it in has not run; in any case
    /// nothing about it can be proved.
    "SEK0902" "unreadable-leaf" Error UnreadableLeaf |case, findings| {
        let mut add = |address: &str, fact_source: &Source, because: &Because| {
            let (reason, expected, found) = reason(because);
            let mut finding = Finding::new(&META, address).at(fact_source).with("reason", reason).with("expected", expected).with("found", found);
            finding.undecided = matches!(because, Because::Unrendered(_));
            findings.push(finding);
        };
        for reference in case.references {
            if let Some((because, fact)) = reference.value_from.as_ref().and_then(|fact| Some((fact.because()?, fact))) {
                add(&reference.address(), fact.source(), because);
            }
        }
        for definition in case.definitions {
            for fact in &definition.definition.unreadable {
                if let Some(because) = fact.because() {
                    add(&definition.service, fact.source(), because);
                }
            }
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                let names = container.secrets.iter().chain(&container.secret_options).map(|entry| &entry.name);
                for fact in names.chain([&container.name]).chain(container.environment.iter().map(|entry| &entry.name)) {
                    if let Some(because) = fact.because() {
                        add(&address, fact.source(), because);
                    }
                }
            }
        }
    }
}

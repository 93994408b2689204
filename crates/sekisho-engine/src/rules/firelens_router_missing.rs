//! SEK0414 firelens-router-missing.

use crate::reference::name_of;
use crate::{Confidence, Finding};

rule! {
    /// A container that logs through `awsfirelens`, and no container with a `firelensConfiguration` that would take the logs. Registration is reported to refuse
    /// it.
    "SEK0414" "firelens-router-missing" Warning FirelensRouterMissing |case, findings| {
        for definition in case.definitions {
            let containers = &definition.definition.containers;
            if containers.iter().any(|container| container.firelens.is_some()) {
                continue;
            }
            for container in containers {
                let Some(fact) = &container.log_driver else { continue };
                if fact.value().is_some_and(|driver| driver == "awsfirelens") {
                    let address = format!("{}/{}", definition.service, name_of(container));
                    findings.push(Finding::new(&META, &address).as_sure_as(Confidence::Likely).at(fact.source()));
                }
            }
        }
    }
}

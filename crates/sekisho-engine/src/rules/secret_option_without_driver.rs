//! SEK0419 secret-option-without-driver.

use sekisho_model::Source;

use crate::reference::name_of;
use crate::{Confidence, Finding};

rule! {
    /// Secret log options without a `logDriver`. The agent drops them, and says nothing.
    "SEK0419" "secret-option-without-driver" Error SecretOptionWithoutDriver |case, findings| {
        for definition in case.definitions {
            for container in &definition.definition.containers {
                let has_driver = container.log_driver.as_ref().is_some_and(|driver| driver.value().is_none_or(|driver| !driver.trim().is_empty()));
                if has_driver {
                    continue;
                }
                for option in &container.secret_options {
                    let name = option.name.value().map_or("?", String::as_str);
                    let address = format!("{}/{}/{name}", definition.service, name_of(container));
                    // Registration may refuse it before the agent sees it.
                    let finding = Finding::new(&META, &address).as_sure_as(Confidence::Likely).at(&Source::Place(option.place.clone()));
                    findings.push(finding.with("name", name));
                }
            }
        }
    }
}

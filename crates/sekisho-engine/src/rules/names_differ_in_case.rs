//! SEK0423 names-differ-in-case.

use std::collections::BTreeMap;

use sekisho_model::Source;

use crate::reference::name_of;
use crate::version::is_windows;
use crate::{Confidence, Finding};

rule! {
    /// Two variables of a Windows container whose names differ in letter case only. Windows knows them as one.
    "SEK0423" "names-differ-in-case" Warning NamesDifferInCase |case, findings| {
        for definition in case.definitions.iter().filter(|definition| is_windows(&definition.definition)) {
            for container in &definition.definition.containers {
                let mut seen: BTreeMap<String, &str> = BTreeMap::new();
                let secrets = container.secrets.iter().map(|entry| (&entry.name, &entry.place));
                let plain = container.environment.iter().map(|entry| (&entry.name, &entry.place));
                for (name, place) in plain.chain(secrets) {
                    let Some(name) = name.value() else { continue };
                    match seen.get(&name.to_lowercase()) {
                        Some(other) if other != name => {
                            let address = format!("{}/{}/{name}", definition.service, name_of(container));
                            let finding = Finding::new(&META, &address).as_sure_as(Confidence::Likely).at(&Source::Place(place.clone()));
                            findings.push(finding.with("name", name).with("other", other));
                        }
                        Some(_) => {}
                        None => {
                            seen.insert(name.to_lowercase(), name);
                        }
                    }
                }
            }
        }
    }
}

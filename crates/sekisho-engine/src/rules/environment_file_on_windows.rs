//! SEK0412 environment-file-on-windows.

use sekisho_model::Source;

use crate::Finding;
use crate::reference::name_of;
use crate::version::is_windows;

rule! {
    /// Environment files for Windows containers. AWS's own pages contradict each other on whether that works, so nothing can be proved.
    "SEK0412" "environment-file-on-windows" Warning EnvironmentFileOnWindows |case, findings| {
        for definition in case.definitions.iter().filter(|definition| is_windows(&definition.definition)) {
            for container in &definition.definition.containers {
                for file in &container.environment_files {
                    let address = format!("{}/{}", definition.service, name_of(container));
                    let mut finding = Finding::new(&META, &address).at(&Source::Place(file.place.clone()));
                    finding.undecided = true;
                    findings.push(finding);
                }
            }
        }
    }
}

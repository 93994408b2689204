//! SEK0303 plaintext-in-label.

use super::on_suspicion;
use crate::detect::{Kind, Where};

rule! {
    /// A secret in plain text in `dockerLabels`.
    ///
    /// Labels are shown by `docker inspect`, by the metadata endpoint of the task, and by everything that collects logs and metrics on the host.
    ///
    /// Whatever reads the label should read the secret from elsewhere: from a variable of the container, or from a store of its own.
    "SEK0303" "plaintext-in-label" Error PlaintextInLabel |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| suspicion.place == Where::Label);
        let here = here.filter(|suspicion| !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder));
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion)));
    }
}

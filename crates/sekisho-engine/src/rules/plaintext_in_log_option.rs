//! SEK0305 plaintext-in-log-option.

use super::on_suspicion;
use crate::detect::{Kind, Where};

rule! {
    /// A secret in plain text among the options of a log driver, of a FireLens router, or of the proxy of Service Connect: `splunk-token`, `apikey`,
    /// `http_Passwd` and their kind.
    ///
    /// `secretOptions` takes a reference for the same option, and the execution role reads it when the task starts.
    "SEK0305" "plaintext-in-log-option" Error PlaintextInLogOption |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| suspicion.place == Where::LogOption);
        let here = here.filter(|suspicion| !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder));
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion)));
    }
}

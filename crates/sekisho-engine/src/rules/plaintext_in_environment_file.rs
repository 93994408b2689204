//! SEK0307 plaintext-in-environment-file.

use super::on_suspicion;
use crate::detect::{Kind, Where};
use crate::Severity;

rule! {
    /// A secret in plain text in an environment file whose content is at hand.
    ///
    /// Such a file lies in S3, where everybody reads it who may read the bucket; it is usually kept in a repository or on somebody's disk as well, and
    /// has no rotation. `secrets` and `environment` win over a variable of the same name in a file (agent `createContainer`; facts/ecs.md §3.5).
    ///
    /// Put the value into a store and refer to it in `secrets`; the line in the file can stay until the next deploy.
    "SEK0307" "plaintext-in-environment-file" Warning PlaintextInEnvironmentFile |case, findings| {
        for suspicion in case.suspicions().iter().filter(|suspicion| suspicion.place == Where::EnvFile) {
            if !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder) {
                let finding = on_suspicion(&META, case, suspicion);
                let severity = finding.severity.min(Severity::Warning);
                findings.push(finding.as_bad_as(severity));
            }
        }
    }
}

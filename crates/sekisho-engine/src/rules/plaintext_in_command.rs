//! SEK0302 plaintext-in-command.

use super::on_suspicion;
use crate::detect::{Kind, Where};

rule! {
    /// A secret in plain text on the command line of a container: in `command`, in `entryPoint`, or in the command of a run.
    ///
    /// Everybody with `ecs:DescribeTaskDefinition` reads it, every revision keeps it, and every process in the container sees it in the list of
    /// processes. Flags are judged with their values (`--db-password …`, `-u user:password`, `mysql -p…`), also inside `sh -c`. A variable such as
    /// `$DB_PASSWORD` is no secret.
    ///
    /// Put the value into a store, name it in `secrets`, and let the command read the variable.
    "SEK0302" "plaintext-in-command" Error PlaintextInCommand |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| matches!(suspicion.place, Where::Command | Where::EntryPoint));
        let here = here.filter(|suspicion| !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder));
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion)));
    }
}

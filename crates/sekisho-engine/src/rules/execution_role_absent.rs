//! SEK0108 execution-role-absent.

use crate::Finding;
use crate::task::{Standing, addresses_of};

rule! {
    /// An execution role that does not exist, or that exists under another path. Registration does not look; no task starts.
    "SEK0108" "execution-role-absent" Error ExecutionRoleAbsent |case, findings| {
        for task in case.access {
            for address in addresses_of(case, task) {
                let finding = Finding::new(&META, &address).at(&task.source).with("role", &task.role);
                findings.push(match &task.standing {
                    Standing::Absent => finding,
                    Standing::Elsewhere(found) => finding.saying("execution-role-absent-path").with("found", found),
                    _ => continue,
                });
            }
        }
    }
}

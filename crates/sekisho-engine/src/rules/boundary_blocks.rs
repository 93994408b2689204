//! SEK0109 boundary-blocks.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// The execution role's policies allow the call, and its permissions boundary does not. A boundary grants nothing, but what it does not allow is refused.
    "SEK0109" "boundary-blocks" Error BoundaryBlocks |case, findings| {
        for task in case.access {
            for decided in task.calls.iter().filter(|decided| decided.answer == Answer::Denied(Cause::Boundary)) {
                findings.extend(about_call(&META, case, task, decided));
            }
        }
    }
}

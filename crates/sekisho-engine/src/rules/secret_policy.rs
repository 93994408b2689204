//! SEK0107 secret-policy.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// A secret of another account, whose own policy does not let the execution role in.
    ///
    /// Across accounts both sides have to allow: the role's policy, and the resource policy of the secret. The key has to let the role in as well, and has
    /// to be a customer managed one.
    "SEK0107" "secret-policy" Error SecretPolicy |case, findings| {
        for task in case.access {
            for decided in task.calls.iter().filter(|decided| decided.answer == Answer::Denied(Cause::SecretPolicy)) {
                findings.extend(about_call(&META, case, task, decided).into_iter().map(|finding| finding.with("principal", &task.role)));
            }
        }
    }
}

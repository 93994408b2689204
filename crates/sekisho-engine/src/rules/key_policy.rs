//! SEK0102 key-policy.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// The role's own policies allow `kms:Decrypt`, but the policy of the key neither names the role nor leaves the decision to IAM.
    ///
    /// A key's policy is mandatory: without a statement in it nobody may use the key, whatever their own policies say. A statement for the account's root
    /// (`arn:aws:iam::ACCOUNT:root`) leaves it to the policies of IAM. A key of another account has to name the role, or the role's account.
    "SEK0102" "key-policy" Error KeyPolicy |case, findings| {
        for task in case.access {
            for decided in task.calls.iter().filter(|decided| decided.answer == Answer::Denied(Cause::KeyPolicy)) {
                let principal = if task.role.starts_with("arn:") { task.role.clone() } else { format!("role/{}", task.role) };
                findings.extend(about_call(&META, case, task, decided).into_iter().map(|finding| finding.with("principal", &principal)));
            }
        }
    }
}

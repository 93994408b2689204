//! SEK0136 reading-beyond-the-task.

use crate::policy::Stated;
use crate::{Confidence, Severity};

/// What ECS never calls to inject a secret.
const OTHERS: [&str; 4] = ["ssm:GetParameter", "ssm:GetParametersByPath", "ssm:GetParameterHistory", "secretsmanager:BatchGetSecretValue"];

rule! {
    /// Reading actions that ECS does not use to hand secrets to a container.
    ///
    /// ECS reads parameters with `ssm:GetParameters` only, and secrets with `secretsmanager:GetSecretValue`. `ssm:GetParameter`, without the `s`, is
    /// another action: alone it lets no task start. `ssm:GetParametersByPath` reads whole trees, even what a Deny on single parameters forbids, and
    /// `ssm:GetParameterHistory` old values. What the application itself calls belongs to the task role, not to the execution role.
    "SEK0136" "reading-beyond-the-task" Note ReadingBeyondTheTask |case, findings| {
        for policy in case.policies {
            let plural = case.grants().any(|stated: Stated<'_>| std::ptr::eq(stated.policy, policy) && stated.names(&["ssm:GetParameters"]));
            for stated in case.grants().filter(|stated| std::ptr::eq(stated.policy, policy)) {
                for text in stated.actions() {
                    let Some(action) = OTHERS.iter().find(|action| action.eq_ignore_ascii_case(&text.text)) else { continue };
                    let finding = stated.finding(&META, text.place.as_ref()).as_sure_as(Confidence::Likely).with("action", *action);
                    if *action == "ssm:GetParameter" && !plural {
                        findings.push(finding.saying("reading-beyond-the-task-singular").as_bad_as(Severity::Warning));
                    } else {
                        findings.push(finding);
                    }
                }
            }
        }
    }
}

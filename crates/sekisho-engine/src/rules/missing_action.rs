//! SEK0101 missing-action.

use sekisho_model::{Because, Fact};

use crate::task::{Answer, Cause, Standing, about_call};
use crate::{Finding, Target};

rule! {
    /// The execution role may not make a call that ECS makes for the task: no policy of it allows the action on this resource.
    ///
    /// ECS calls `ssm:GetParameters` (the plural), never `ssm:GetParameter`, and asks for up to ten parameters at a time: one that is refused fails all
    /// ten. AmazonECSTaskExecutionRolePolicy has no right to read secrets at all. The remedy names the statement to add to the *execution* role.
    "SEK0101" "missing-action" Error MissingAction |case, findings| {
        for task in case.access {
            for decided in task.calls.iter().filter(|decided| !decided.need.purpose.is_customer_key()) {
                let message = match &decided.answer {
                    Answer::Denied(Cause::Singular) => "missing-action-singular",
                    Answer::Denied(Cause::Missing) => "missing-action",
                    _ => continue,
                };
                findings.extend(about_call(&META, case, task, decided).into_iter().map(|finding| finding.saying(message)));
            }
            // The caller is the role: what was refused to the one is refused to the other.
            if task.standing == Standing::Caller {
                for reference in case.references.iter().filter(|reference| reference.service == task.service) {
                    let because = case.value(reference).and_then(Fact::because);
                    if let Some(Because::Denied { call, detail } | Because::KeyUnusable { call, detail }) = because
                        && !matches!(reference.target, Target::Nothing | Target::Plaintext)
                    {
                        let finding = Finding::new(&META, &reference.address()).saying("missing-action-live").at(&reference.source);
                        findings.push(finding.with("role", &task.role).with("call", call).with("detail", detail));
                    }
                }
            }
        }
    }
}

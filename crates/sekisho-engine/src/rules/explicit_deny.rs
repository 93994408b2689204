//! SEK0106 explicit-deny.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// A statement with `"Effect": "Deny"` keeps the execution role from a call that ECS makes. A Deny wins over every Allow, in whatever policy it stands.
    "SEK0106" "explicit-deny" Error ExplicitDeny |case, findings| {
        for task in case.access {
            for decided in &task.calls {
                let Answer::Denied(Cause::ExplicitDeny(statement)) = &decided.answer else { continue };
                for mut finding in about_call(&META, case, task, decided) {
                    finding.related.extend(statement.place.clone());
                    finding = finding.with("layer", statement.layer).with("policy", &statement.policy).with("sid", &statement.sid);
                    findings.push(finding.as_sure_as(crate::Confidence::Certain));
                }
            }
        }
    }
}

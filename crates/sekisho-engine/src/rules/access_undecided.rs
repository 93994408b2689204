//! SEK0111 access-undecided.

use sekisho_model::access::role_name;

use crate::judge::reason;
use crate::task::{Answer, Standing, Trust, Why, about_call, addresses_of};
use crate::{Case, Finding};

rule! {
    /// Whether the execution role may make a call of ECS cannot be told: a policy could not be read, or a statement depends on something that only the
    /// running task knows, such as the address or the endpoint that it calls from.
    ///
    /// What could not be read is never taken for a right, nor for the lack of one: the verdict is cannot tell, and the exit code 3.
    "SEK0111" "access-undecided" Warning AccessUndecided |case, findings| {
        for task in case.access {
            let about = |address: &str| Finding::new(&META, address).at(&task.source).with("role", &task.role);
            if let Standing::Unread(because) = &task.standing {
                let (reason, call, detail) = reason(because);
                for address in addresses_of(case, task) {
                    let mut finding = about(&address).saying("access-undecided-role");
                    finding = finding.with("reason", reason).with("call", &call).with("detail", &detail);
                    finding.undecided = true;
                    findings.push(finding);
                }
            }
            if let Some(Trust::CannotTell(whys)) = &task.trust {
                for why in whys {
                    for address in addresses_of(case, task) {
                        findings.push(because(about(&address).saying("access-undecided-trust"), why));
                    }
                }
            }
            for decided in &task.calls {
                let Answer::CannotTell(whys) = &decided.answer else { continue };
                for why in whys {
                    for finding in about_call(&META, case, task, decided) {
                        findings.push(because(finding, why));
                    }
                }
            }
            unnamed(case, task, findings);
        }
    }
}

fn because(finding: Finding, why: &Why) -> Finding {
    let (word, name, detail) = why.words();
    let mut finding = finding.with("why", word).with("name", name).with("detail", detail);
    finding.undecided = true;
    finding
}

/// A role that is written in a way that cannot be followed, such as a placeholder: nothing was decided, and nobody else says so.
fn unnamed(case: &Case<'_>, task: &crate::task::TaskAccess, findings: &mut Vec<Finding>) {
    if task.standing != Standing::Unnameable {
        return;
    }
    for address in addresses_of(case, task) {
        let role = role_name(&task.role).unwrap_or_else(|| task.role.clone());
        let mut finding = Finding::new(&META, &address).at(&task.source).saying("access-undecided-name").with("role", role);
        finding.undecided = true;
        findings.push(finding);
    }
}

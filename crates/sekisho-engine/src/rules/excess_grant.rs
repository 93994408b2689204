//! SEK0110 excess-grant.

use sekisho_model::access::role_name;

use crate::{Confidence, Finding};

rule! {
    /// An execution role that may read more than its task refers to: other services' secrets, another environment's, or whatever will be there tomorrow.
    ///
    /// Whoever gets at the role gets at all of it. A role of its own for each service, with the exact ARNs of its secrets (`-??????` behind the name of a
    /// secret, for the six characters that Secrets Manager draws), reads those and no more. Statements with conditions are not judged here.
    "SEK0110" "excess-grant" Warning ExcessGrant |case, findings| {
        for task in case.access {
            for excess in &task.excess {
                let mut finding = Finding::new(&META, &task.service).at(&task.source);
                finding.related.extend(excess.statement.place.clone());
                if excess.may_be_narrowed {
                    finding = finding.as_sure_as(Confidence::Likely);
                }
                finding = finding.with("role", role_name(&task.role).unwrap_or_else(|| task.role.clone())).with("action", excess.action);
                finding = finding.with("policy", &excess.statement.policy).with("sid", &excess.statement.sid);
                finding = finding.with("resource", excess.resources.join(", "));
                let needed = if excess.needed.is_empty() { "none".to_owned() } else { excess.needed.join(", ") };
                findings.push(finding.with("needed", needed));
            }
        }
    }
}

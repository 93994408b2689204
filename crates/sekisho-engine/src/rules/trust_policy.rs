//! SEK0104 trust-policy.

use crate::Finding;
use crate::task::{Trust, addresses_of};

rule! {
    /// An execution role that ECS may not assume: its trust policy does not name `ecs-tasks.amazonaws.com`, or names it under conditions that the task does
    /// not meet.
    ///
    /// `ecs.amazonaws.com` and `ec2.amazonaws.com` are other principals. `aws:SourceAccount` is the task's account and `aws:SourceArn` begins with
    /// `arn:aws:ecs:REGION:ACCOUNT:`; narrowing it to one cluster is not supported. ECS says that it was unable to assume the role.
    "SEK0104" "trust-policy" Error TrustPolicy |case, findings| {
        for task in case.access {
            let Some(trust) = &task.trust else { continue };
            for address in addresses_of(case, task) {
                let finding = Finding::new(&META, &address).at(&task.source).with("role", &task.role);
                findings.push(match trust {
                    Trust::Allowed | Trust::CannotTell(_) => continue,
                    Trust::NotTrusted { trusts } => finding.with("trusts", trusts),
                    Trust::Condition { conditions } => finding.saying("trust-policy-condition").with("conditions", conditions),
                    Trust::Denied(statement) => finding.saying("trust-policy-deny").with("sid", &statement.sid),
                });
            }
        }
    }
}

//! SEK0135 trust-without-source.

use sekisho_model::policy::{Effect, PolicyKind, PrincipalType};

use super::trust_of_tasks::TASKS;

rule! {
    /// A role that ECS may assume for any account's tasks, as far as its trust policy says.
    ///
    /// Without `aws:SourceAccount` and `aws:SourceArn` nothing in the role itself says for whom the service acts (the "confused deputy"). AWS recommends
    /// both, `ArnLike` on `arn:aws:ecs:REGION:ACCOUNT:*`. Roles that ECS already uses go on working when they are added with the right account and Region.
    "SEK0135" "trust-without-source" Note TrustWithoutSource |case, findings| {
        for stated in case.statements() {
            let principals = stated.statement.principal.iter().filter(|principals| !principals.negated).flat_map(|principals| &principals.entries);
            let tasks = principals.filter(|entry| entry.kind == PrincipalType::Service).find(|entry| entry.text.text == TASKS);
            let allows = stated.policy.kind == PolicyKind::Trust && stated.statement.effect == Effect::Allow;
            if let Some(entry) = tasks.filter(|_| allows && !stated.is_narrowed_by(&["aws:SourceArn", "aws:SourceAccount"])) {
                findings.push(stated.finding(&META, entry.text.place.as_ref()));
            }
        }
    }
}

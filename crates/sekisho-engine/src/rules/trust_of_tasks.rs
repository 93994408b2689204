//! SEK0134 trust-of-tasks.

use sekisho_model::policy::{Effect, PolicyKind, PrincipalType};

use crate::policy::{filled_in, is_filled_in};
use crate::{Confidence, Finding, Severity, Stated};

/// The service that assumes the roles of tasks (facts/ecs.md §6.3).
pub(crate) const TASKS: &str = "ecs-tasks.amazonaws.com";

rule! {
    /// A role's trust policy that ECS cannot use for a task.
    ///
    /// Tasks' roles are assumed by `ecs-tasks.amazonaws.com` with `sts:AssumeRole`. `ecs.amazonaws.com` is the service behind services and
    /// infrastructure roles, and cannot start a task. `aws:SourceArn` has to leave room for what comes behind the account (`arn:aws:ecs:REGION:ACCOUNT:*`):
    /// ECS does not support a single cluster there. ECS sends no external id.
    "SEK0134" "trust-of-tasks" Warning TrustOfTasks |case, findings| {
        let trusts = |stated: &Stated<'_>| stated.policy.kind == PolicyKind::Trust && stated.statement.effect == Effect::Allow;
        for stated in case.statements().filter(trusts) {
            let principals = stated.statement.principal.iter().filter(|principals| !principals.negated).flat_map(|principals| &principals.entries);
            let services: Vec<_> = principals.filter(|entry| entry.kind == PrincipalType::Service).collect();
            for entry in &services {
                let service = entry.text.text.as_str();
                if service != TASKS && looks_like_tasks(service) {
                    let finding = stated.finding(&META, entry.text.place.as_ref()).as_sure_as(Confidence::Likely);
                    findings.push(finding.with("service", service).with("instead", TASKS));
                }
            }
            if services.iter().any(|entry| entry.text.text == TASKS) {
                if !stated.names(&["sts:AssumeRole"]) {
                    let action = stated.statement.action.patterns.first();
                    let finding = stated.finding(&META, action.and_then(|action| action.place.as_ref())).saying("trust-of-tasks-action").as_bad_as(Severity::Error);
                    findings.push(finding.with("action", action.map(|action| action.text.as_str()).unwrap_or_default()));
                }
                conditions(&stated, findings);
            }
        }
    }
}

fn looks_like_tasks(service: &str) -> bool {
    let word = service.split('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(word.as_str(), "ecs" | "ecs-task" | "ecs-tasks" | "ecstasks" | "ecs_tasks" | "ecs-tasks-")
        || (service != TASKS && strsim::levenshtein(service, TASKS) <= 2)
}

fn conditions(stated: &Stated<'_>, findings: &mut Vec<Finding>) {
    for condition in stated.statement.conditions.iter().filter(|condition| !condition.operator.comparison.is_negated()) {
        let key = condition.key.text.to_ascii_lowercase();
        let finding = |place| stated.finding(&META, place).as_sure_as(Confidence::Likely);
        if key == "sts:externalid" && !condition.operator.if_exists {
            findings.push(finding(condition.key.place.as_ref()).saying("trust-of-tasks-external-id"));
        }
        if key != "aws:sourcearn" {
            continue;
        }
        for value in condition.values.iter().filter(|value| !is_filled_in(&value.text)) {
            let plain = filled_in(&value.text);
            let pieces: Vec<&str> = plain.splitn(6, ':').collect();
            let [_, _, service, _, _, last] = pieces.as_slice() else { continue };
            let open = last.ends_with('*');
            if *service != "ecs" && *service != "*" {
                findings.push(finding(value.place.as_ref()).saying("trust-of-tasks-source").with("value", &value.text));
            } else if !open || last.starts_with("cluster/") || last.starts_with("service/") {
                findings.push(finding(value.place.as_ref()).saying("trust-of-tasks-narrow").with("value", &value.text));
            }
        }
    }
}

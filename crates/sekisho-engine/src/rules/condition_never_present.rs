//! SEK0125 condition-never-present.

use sekisho_iam::authorization;
use sekisho_model::policy::{Comparison, PolicyKind, SetQualifier};

use crate::Confidence;

/// Keys that AWS sets where a service acts on behalf of a resource, and not where a role calls itself.
const OF_SERVICES: [&str; 2] = ["aws:SourceArn", "aws:SourceAccount"];

rule! {
    /// A condition on a key that requests of these actions do not carry.
    ///
    /// Where the key is missing the condition does not hold, and an Allow grants nothing. `aws:SourceArn` and `aws:SourceAccount` belong into the
    /// role's trust policy: AWS sets them when ECS assumes the role, and not when the role then reads a secret. Other keys belong to one service only:
    /// `kms:ViaService` is never part of a request to Parameter Store.
    ///
    /// AWS's own guide allows `aws:SourceArn` in both policies, so this is likely, and not certain.
    "SEK0125" "condition-never-present" Warning ConditionNeverPresent |case, findings| {
        for stated in case.statements().filter(|stated| stated.policy.kind == PolicyKind::Identity) {
            let actions = stated.known_actions();
            if actions.is_empty() {
                continue;
            }
            for condition in &stated.statement.conditions {
                let operator = condition.operator;
                // What holds without the key, or asks for its absence, is meant for requests without it.
                let holds_without = operator.if_exists
                    || operator.comparison == Comparison::Null
                    || operator.set == Some(SetQualifier::ForAllValues)
                    || (operator.comparison.is_negated() && operator.set.is_none());
                if holds_without {
                    continue;
                }
                let key = condition.key.text.as_str();
                let finding = || {
                    let finding = stated.finding(&META, condition.key.place.as_ref()).as_sure_as(Confidence::Likely).with("key", key);
                    finding.with("action", actions.first().map(|(text, _)| text.text.as_str()).unwrap_or_default())
                };
                if OF_SERVICES.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                    findings.push(finding());
                } else if let Some((service, _)) = key.split_once(':')
                    && authorization::covers(service)
                    && !actions.iter().any(|(_, action)| action.may_carry(key) || action.service.eq_ignore_ascii_case(service))
                    && stated.actions().iter().all(|text| !authorization::matching(&text.text).is_empty())
                {
                    findings.push(finding().saying("condition-never-present-service").with("service", service));
                }
            }
        }
    }
}

//! SEK0121 resource-on-wildcard-only-action.

use sekisho_model::policy::PolicyKind;

use crate::Severity;

rule! {
    /// An ARN as the resource of an action that acts on no resource, such as `ssm:DescribeParameters` or `ecr:GetAuthorizationToken`.
    ///
    /// Only `"Resource": "*"` grants such an action; with an ARN, and be it full of `*`, the statement grants nothing. Give it a statement of its own.
    /// Without `ecr:GetAuthorizationToken` no image can be pulled from ECR, so for that action it is an error.
    "SEK0121" "resource-on-wildcard-only-action" Warning ResourceOnWildcardOnlyAction |case, findings| {
        for stated in case.statements().filter(|stated| matches!(stated.policy.kind, PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::Session)) {
            let resources = stated.resources();
            let everything = |text: &str| !text.is_empty() && text.chars().all(|character| character == '*');
            if resources.is_empty() || resources.iter().any(|resource| everything(&resource.text)) {
                continue;
            }
            for text in stated.actions() {
                let meant = sekisho_iam::authorization::matching(&text.text);
                if meant.is_empty() || !meant.iter().all(|action| action.is_wildcard_only()) {
                    continue;
                }
                let images = meant.iter().any(|action| action.service == "ecr" && action.name == "GetAuthorizationToken");
                let finding = stated.finding(&META, text.place.as_ref());
                let finding = if images { finding.as_bad_as(Severity::Error) } else { finding };
                let pattern = resources.first().map(|resource| resource.text.as_str()).unwrap_or_default();
                findings.push(finding.with("action", &text.text).with("pattern", pattern));
            }
        }
    }
}

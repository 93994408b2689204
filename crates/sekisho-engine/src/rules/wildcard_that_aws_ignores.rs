//! SEK0128 wildcard-that-aws-ignores.

use sekisho_iam::{authorization, pattern};
use sekisho_model::policy::PolicyKind;

use crate::Confidence;
use crate::policy::{filled_in, parts};

rule! {
    /// A wildcard where AWS takes none, or an ARN with fewer than six parts.
    ///
    /// The service of an action or of an ARN, the partition, and the word for the resource's type are written out: `arn:aws:*:…`, `arn:*:ssm:…`,
    /// `param*/x` and `s*m:GetParameters` are refused or match nothing. A wildcard does not reach over the first five colons either, so
    /// `arn:aws:ssm:*:parameter/x` is no shorter way to write an ARN: in an identity's policy AWS reads `parameter/x` as the account.
    ///
    /// Some of it is documented without saying what happens, so it is likely and not certain.
    "SEK0128" "wildcard-that-aws-ignores" Warning WildcardThatAwsIgnores |case, findings| {
        for stated in case.statements() {
            for text in &stated.statement.action.patterns {
                let service = text.text.split(':').next().unwrap_or_default();
                if text.text.contains(':') && pattern::has_wildcard(service) {
                    let finding = stated.finding(&META, text.place.as_ref()).as_sure_as(Confidence::Likely).with("pattern", &text.text);
                    findings.push(finding.with("part", "service").with("word", service));
                }
            }
            for resource in stated.statement.resource.iter().flat_map(|resource| &resource.patterns) {
                let finding = || stated.finding(&META, resource.place.as_ref()).as_sure_as(Confidence::Likely).with("pattern", &resource.text);
                let Some([_, partition, service, _, _, last]) = parts(&resource.text) else {
                    let plain = filled_in(&resource.text);
                    let pieces = plain.split(':').count();
                    if plain.starts_with("arn:") && pieces < 6 {
                        let read_as = if stated.policy.kind == PolicyKind::Identity && pieces == 5 { plain.rsplit(':').next().unwrap_or_default() } else { "none" };
                        findings.push(finding().saying("wildcard-that-aws-ignores-short").with("parts", pieces).with("account", read_as));
                    }
                    continue;
                };
                let word = last.split(['/', ':']).next().unwrap_or_default();
                let typed = authorization::resource_types(&service);
                let has_words = !typed.is_empty() && typed.iter().all(|kind| kind.arn.contains(&format!(":{service}:")) && !kind.resource_prefix().is_empty());
                if pattern::has_wildcard(&partition) {
                    findings.push(finding().with("part", "partition").with("word", &partition));
                } else if pattern::has_wildcard(&service) {
                    findings.push(finding().with("part", "service").with("word", &service));
                } else if has_words && pattern::has_wildcard(word) && !word.chars().all(|character| character == '*') {
                    findings.push(finding().with("part", "type").with("word", word));
                }
            }
        }
    }
}

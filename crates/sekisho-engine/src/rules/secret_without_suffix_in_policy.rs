//! SEK0122 secret-without-suffix-in-policy.

use sekisho_iam::pattern;
use sekisho_model::ends_like_a_complete_arn;

use crate::policy::{filled_in, is_filled_in, parts};
use crate::{Severity, Stated};

rule! {
    /// A secret's ARN in a policy without the six characters that AWS adds to its name.
    ///
    /// The ARN that a request is checked against always ends in a hyphen and six characters. So `secret:NAME` matches nothing, and `secret:NAME-*` or
    /// `secret:NAME*` also matches every other secret whose name begins so. `secret:NAME-??????` matches this secret and no other.
    "SEK0122" "secret-without-suffix-in-policy" Error SecretWithoutSuffixInPolicy |case, findings| {
        for stated in case.statements().filter(on_secrets) {
            for resource in stated.resources() {
                let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                let Some(name) = last.strip_prefix("secret:").filter(|name| service == "secretsmanager" && !name.contains(':')) else { continue };
                // What is filled in at the end may bring the suffix along.
                let ends_filled_in = is_filled_in(&resource.text) && resource.text.ends_with('}');
                let head = name.trim_end_matches('*').trim_end_matches('-');
                let written = resource.text.trim_end_matches('*').trim_end_matches('-');
                if name.is_empty() || ends_filled_in || head.ends_with('/') || head.is_empty() {
                    continue;
                }
                let finding = stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text);
                let finding = finding.with("instead", format!("{written}-??????"));
                if !name.ends_with('*') {
                    // A wildcard further in front may reach over the suffix, and so may six `?`.
                    let reaches = pattern::has_wildcard(name) && pattern::meet(&filled_in(name), "*-??????") != Some(false) && name.ends_with('?');
                    if !reaches && !ends_like_a_complete_arn(name) {
                        findings.push(finding);
                    }
                } else if !head.contains('*') && !head.contains('?') && head.chars().any(char::is_alphanumeric) {
                    findings.push(finding.saying("secret-without-suffix-in-policy-wide").as_bad_as(Severity::Warning));
                }
            }
        }
    }
}

fn on_secrets(stated: &Stated<'_>) -> bool {
    stated.known_actions().iter().any(|(_, action)| action.service == "secretsmanager")
}

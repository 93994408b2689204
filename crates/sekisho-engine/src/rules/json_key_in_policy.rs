//! SEK0124 json-key-in-policy.

use crate::policy::{filled_in, parts};

rule! {
    /// The suffix of a reference (`:password::`) in a policy's resource.
    ///
    /// The JSON key, stage and version behind a secret's ARN belong to `valueFrom` in a task definition. IAM compares with the secret's ARN, which ends
    /// with the six characters that AWS adds: with more behind it the resource matches nothing.
    "SEK0124" "json-key-in-policy" Error JsonKeyInPolicy |case, findings| {
        for stated in case.statements() {
            for resource in stated.resources() {
                let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                let Some(behind) = last.strip_prefix("secret:").filter(|_| service == "secretsmanager") else { continue };
                let Some((_, suffix)) = behind.split_once(':') else { continue };
                let shown = filled_in(&resource.text);
                let end = shown.len().saturating_sub(suffix.len() + 1);
                // Only where nothing is filled in do the two texts have the same bytes.
                let instead = if shown == resource.text { resource.text.get(..end).unwrap_or_default() } else { "none" };
                let finding = stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text);
                findings.push(finding.with("suffix", format!(":{suffix}")).with("instead", instead));
            }
        }
    }
}

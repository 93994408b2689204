//! SEK0126 grant-of-all-secrets.

use crate::policy::{Stated, parts};

/// Conditions that leave only some of the resources.
const NARROWING: [&str; 7] = [
    "aws:ResourceTag/*",
    "secretsmanager:ResourceTag/*",
    "ssm:resourceTag/*",
    "secretsmanager:SecretId",
    "kms:ResourceAliases",
    "kms:ViaService",
    "kms:EncryptionContext:*",
];

rule! {
    /// A policy that may read every parameter, every secret, or decrypt with every key.
    ///
    /// `"*"`, `parameter/*`, `secret:*` and `key/*` hand out what other services and environments keep. Whoever takes over the container's role, or a
    /// process beside it, has all of it. Name what the task reads: `sekisho generate policy --service SERVICE` writes the policy.
    "SEK0126" "grant-of-all-secrets" Warning GrantOfAllSecrets |case, findings| {
        for stated in case.grants().filter(|stated| !stated.is_narrowed_by(&NARROWING)) {
            let reads = [("ssm", "parameter/", reads_of(&stated, "ssm:")), ("secretsmanager", "secret:", reads_of(&stated, "secretsmanager:")), ("kms", "key/", stated.names(&["kms:Decrypt"]))];
            for resource in stated.resources() {
                let found = reads.iter().find(|(service, word, named)| *named && reaches_all(&resource.text, service, word));
                if let Some((service, _, _)) = found {
                    findings.push(stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text).with("what", *service));
                }
            }
        }
    }
}

fn reads_of(stated: &Stated<'_>, prefix: &str) -> bool {
    crate::policy::READING.iter().filter(|action| action.starts_with(prefix)).any(|action| stated.names(&[action]))
}

/// Whether nothing but wildcards stands behind the resource's type.
fn reaches_all(text: &str, service: &str, word: &str) -> bool {
    let stars = |text: &str| !text.is_empty() && text.chars().all(|character| "*?".contains(character));
    if stars(text) {
        return true;
    }
    let Some([_, _, of, _, _, last]) = parts(text) else { return false };
    of == service && (stars(&last) || last.strip_prefix(word).is_some_and(stars) || last.strip_prefix(word.trim_end_matches(['/', ':'])).is_some_and(stars))
}

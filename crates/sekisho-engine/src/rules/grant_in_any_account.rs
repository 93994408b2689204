//! SEK0138 grant-in-any-account.

use crate::Severity;
use crate::policy::parts;

rule! {
    /// A wildcard in place of the account of a parameter, a secret or a key.
    ///
    /// The role may then read what other accounts share with it, and nobody who reads the policy can say what that is. Write the account's number. A
    /// wildcard in place of the Region is worth a note: it also reaches the replicas and the names of other Regions.
    "SEK0138" "grant-in-any-account" Warning GrantInAnyAccount |case, findings| {
        for stated in case.grants().filter(|stated| stated.reads() || stated.names(&["kms:Decrypt"])) {
            for resource in stated.resources() {
                let Some([_, _, service, region, account, _]) = parts(&resource.text) else { continue };
                if !matches!(service.as_str(), "ssm" | "secretsmanager" | "kms") {
                    continue;
                }
                let finding = || stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text);
                if account.contains(['*', '?']) {
                    findings.push(finding());
                } else if region.contains(['*', '?']) {
                    findings.push(finding().saying("grant-in-any-account-region").as_bad_as(Severity::Note));
                }
            }
        }
    }
}

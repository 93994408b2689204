//! SEK0137 reading-without-decrypt.

use crate::{Confidence, Severity};

rule! {
    /// A policy that reads parameters or secrets and allows no `kms:Decrypt`.
    ///
    /// That is enough for what is encrypted under the keys that AWS manages (`aws/ssm`, `aws/secretsmanager`), and not for a key of one's own: there the
    /// role needs `kms:Decrypt` on the key as well. The right may stand in another policy of the role. Where the manifest names a key (`kms_key`) for the
    /// environment it is a warning.
    "SEK0137" "reading-without-decrypt" Note ReadingWithoutDecrypt |case, findings| {
        let keys = case.declaration.iter().flat_map(|declaration| declaration.environments.values()).filter_map(|environment| environment.kms_key.as_ref());
        let key = keys.map(|key| key.value.as_str()).next();
        let decrypts = case.grants().any(|stated| stated.names(&["kms:Decrypt"]));
        for policy in case.policies {
            let of = |stated: &crate::Stated<'_>| std::ptr::eq(stated.policy, policy);
            let here = case.grants().filter(of).any(|stated| stated.names(&["kms:Decrypt"]));
            let reading = case.grants().filter(of).find(|stated| stated.names(&["ssm:GetParameters", "secretsmanager:GetSecretValue"]));
            if let Some(stated) = reading.filter(|_| !(here || decrypts && key.is_none())) {
                let finding = stated.finding(&META, None).as_sure_as(Confidence::Likely).with("key", key.unwrap_or("none"));
                findings.push(if key.is_some() && !decrypts { finding.as_bad_as(Severity::Warning) } else { finding });
            }
        }
    }
}

//! SEK0120 alias-as-resource.

use crate::Finding;
use crate::policy::{parts, with_resource};

rule! {
    /// The ARN of a KMS alias as the resource of an operation on keys, such as `kms:Decrypt`.
    ///
    /// AWS authorises operations on the key, never on the alias: the statement grants nothing, or denies nothing. Only the operations on aliases
    /// themselves (`kms:CreateAlias`, `kms:UpdateAlias`, `kms:DeleteAlias`) take an alias's ARN.
    ///
    /// Name the key's own ARN, or allow `key/*` under a condition on the alias, which then decides:
    ///
    /// ```json
    /// "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/production-secrets" } }
    /// ```
    "SEK0120" "alias-as-resource" Error AliasAsResource |case, findings| {
        for stated in case.statements() {
            let on_keys = |(_, action): &(_, &sekisho_iam::authorization::Action)| {
                action.service == "kms" && !action.resource_types.is_empty() && action.resource_types.iter().all(|(kind, _)| kind.name == "key")
            };
            let actions = stated.known_actions();
            let Some((text, action)) = actions.iter().find(|pair| on_keys(pair)) else { continue };
            // A pattern such as `kms:*` means the operations on aliases too.
            let alone = actions.iter().all(on_keys) || stated.actions().iter().any(|named| named.text.eq_ignore_ascii_case(&text.text) && !named.text.contains('*'));
            for resource in stated.resources() {
                let Some([.., kms, _, _, last]) = parts(&resource.text) else { continue };
                if kms == "kms" && last.starts_with("alias/") && alone {
                    let any_key = with_resource(&resource.text, &last, "key/*");
                    let finding: Finding = stated.finding(&META, resource.place.as_ref());
                    findings.push(finding.with("pattern", &resource.text).with("alias", &last).with("action", format!("kms:{}", action.name)).with("instead", any_key));
                }
            }
        }
    }
}

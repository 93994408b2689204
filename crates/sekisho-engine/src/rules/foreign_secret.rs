//! SEK0226 foreign-secret.

use sekisho_model::Fact;
use sekisho_model::observed::Lookup;
use sekisho_model::value_from::FlawKind;

use crate::Severity;

use super::on_flaw;

rule! {
    /// A secret of another account.
    ///
    /// It needs a resource policy on the secret, a policy on the execution role, and a customer managed key whose policy lets the role in: the AWS managed
    /// key cannot be used from another account.
    "SEK0226" "foreign-secret" Note ForeignSecret |case, findings| {
        for (reference, flaw) in case.flaws() {
            let FlawKind::SecretOfOtherAccount { there, here } = &flaw.kind else { continue };
            let finding = on_flaw(&META, reference, &flaw).as_bad_as(Severity::Note).with("there", there).with("here", here);
            let aws_key = case.secret(reference).and_then(Fact::value).and_then(Lookup::found).is_some_and(|secret| secret.key.is_none());
            findings.push(if aws_key { finding.saying("foreign-secret-aws-key").as_bad_as(Severity::Error) } else { finding });
        }
    }
}

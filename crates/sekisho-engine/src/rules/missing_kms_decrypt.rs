//! SEK0103 missing-kms-decrypt.

use crate::task::{Answer, Cause, about_call};

rule! {
    /// A value under a customer managed key, which the execution role may not use for decrypting.
    ///
    /// Parameter Store and Secrets Manager decrypt with the rights of whoever asks. The AWS managed keys (`aws/ssm`, `aws/secretsmanager`) need no right in
    /// the same account; a key of one's own does: `kms:Decrypt` on the ARN of the key. An alias as resource grants nothing.
    "SEK0103" "missing-kms-decrypt" Error MissingKmsDecrypt |case, findings| {
        for task in case.access {
            for decided in task.calls.iter().filter(|decided| decided.need.purpose.is_customer_key()) {
                if matches!(decided.answer, Answer::Denied(Cause::Missing | Cause::Singular)) {
                    findings.extend(about_call(&META, case, task, decided));
                }
            }
        }
    }
}

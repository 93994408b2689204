//! SEK0206 broken-arn.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// An ARN that leads nowhere: parts are missing, it is of another service, or its Region or account has no such form.
    ///
    /// A text that begins with `arn:` and is no ARN of Secrets Manager or Parameter Store is taken for a parameter's name, so ECS's message speaks of
    /// Systems Manager whatever was meant.
    "SEK0206" "broken-arn" Error BrokenArn |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::BrokenArn { found, missing } => Some(finding().with("found", found).with("missing", missing)),
                FlawKind::OtherService { service } => Some(finding().saying("broken-arn-service").with("service", service)),
                FlawKind::RegionForm { found } => Some(finding().saying("broken-arn-region").with("found", found)),
                FlawKind::AccountForm { found } => Some(finding().saying("broken-arn-account").with("found", found)),
                FlawKind::PartitionOfRegion { found, expected } => {
                    Some(finding().saying("broken-arn-partition").with("found", found).with("expected", expected))
                }
                _ => None,
            });
        }
    }
}

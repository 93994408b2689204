//! SEK0503 customer-key-required.

use sekisho_model::Fact;
use sekisho_model::declaration::Requirement;
use sekisho_model::observed::Lookup;

use crate::{Finding, Target};

rule! {
    /// An environment that requires customer managed keys, and a value under an AWS managed key or under none.
    "SEK0503" "customer-key-required" Error CustomerKeyRequired |case, findings| {
        if !case.requires.contains(&Requirement::CustomerKey) {
            return;
        }
        for reference in case.references {
            let aws_managed = match &reference.target {
                Target::Parameter(_) => match case.parameter(reference).and_then(Fact::value) {
                    Some(Lookup::Found(parameter)) => match parameter.key.value() {
                        Some(key) => key.as_deref().is_none_or(|key| key.ends_with("alias/aws/ssm")),
                        None => continue,
                    },
                    _ => continue,
                },
                Target::Secret { .. } => match case.secret(reference).and_then(Fact::value) {
                    Some(Lookup::Found(secret)) => secret.key.as_deref().is_none_or(|key| key.ends_with("alias/aws/secretsmanager")),
                    _ => continue,
                },
                Target::Plaintext | Target::Nothing => continue,
            };
            let by_key = case.key(reference).and_then(|(_, fact)| fact.value()).and_then(Lookup::found).is_some_and(|key| key.aws_managed);
            if aws_managed || by_key {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source).with("environment", case.environment));
            }
        }
    }
}

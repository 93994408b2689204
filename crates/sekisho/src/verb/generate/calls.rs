//! What tasks, and our own verbs, call.

use std::collections::BTreeSet;

use sekisho_iam::{Call, authorization};
use sekisho_model::Arn;
use sekisho_model::declaration::Environment;
use sekisho_model::observed::Observations;
use sekisho_model::value_from::Surroundings;

use crate::failure::Failure;
use crate::needs::{self, When};
use crate::survey::{References, Survey};

/// Every call that ECS makes for the tasks of the survey, as far as files tell: with the manifest's key where it names one, because files do not say under
/// which key a secret lies.
pub(super) fn of_tasks(
    survey: &Survey<'_>,
    references: &References,
    surroundings: &Surroundings,
    environment: Option<&Environment>,
) -> Vec<Call> {
    let (observations, requirements) = (Observations::default(), survey.requirements());
    let case = survey.case(references, surroundings, &observations, &requirements);
    let services: BTreeSet<&str> = references.references.iter().map(|reference| reference.service.as_str()).collect();
    let defined = references.definitions.iter().map(|definition| definition.service.as_str());
    let services: BTreeSet<&str> = services.into_iter().chain(defined).collect();
    let mut calls: Vec<Call> = services.into_iter().flat_map(|service| sekisho_engine::task::calls(&case, service)).collect();
    if let Some(key) = environment.and_then(|environment| environment.kms_key.as_ref()) {
        let decrypting: Vec<Call> = calls.iter().filter_map(|call| decrypt(call, &key.value, surroundings)).collect();
        calls.extend(decrypting);
    }
    calls
}

/// Decrypting what `call` reads, under `key`: an ARN, an id, or an alias, which AWS takes in a condition only (facts/iam.md A5).
fn decrypt(call: &Call, key: &str, surroundings: &Surroundings) -> Option<Call> {
    let arn: Arn = call.resource.parse().ok()?;
    let (service, context) = match call.action.as_str() {
        "ssm:GetParameters" => ("ssm", "kms:EncryptionContext:PARAMETER_ARN"),
        "secretsmanager:GetSecretValue" => ("secretsmanager", "kms:EncryptionContext:SecretARN"),
        _ => return None,
    };
    // Another account's secret lies under a key of that account.
    if surroundings.account.as_ref().is_some_and(|own| own.as_str() != arn.account) {
        return None;
    }
    let (resource, alias) = match key.parse::<Arn>() {
        Ok(named) if named.resource.starts_with("alias/") => {
            (Arn { resource: "key/*".to_owned(), ..named.clone() }.to_string(), Some(named.resource))
        }
        Ok(named) => (named.to_string(), None),
        Err(_) => {
            let in_account = |resource: String| Arn::new(&arn.partition, "kms", &arn.region, &arn.account, resource).to_string();
            if key.starts_with("alias/") {
                (in_account("key/*".to_owned()), Some(key.to_owned()))
            } else {
                (in_account(format!("key/{key}")), None)
            }
        }
    };
    let mut decrypt = Call::new("kms:Decrypt", resource, "").with("kms:ViaService", format!("{service}.{}.amazonaws.com", arn.region));
    decrypt = decrypt.with(context, call.resource.as_str());
    decrypt.because.clone_from(&call.because);
    Some(match alias {
        Some(alias) => decrypt.with("kms:ResourceAliases", alias),
        None => decrypt,
    })
}

/// What one of our verbs calls. Its resources are not narrowed: which there are, the manifest of each user says.
pub(super) fn of_verb(verb: &str, write: bool) -> Result<Vec<Call>, Failure> {
    let needed = needs::actions_for(verb)
        .ok_or_else(|| Failure::new("generate-unknown-verb").with("verb", verb).with("known", needs::VERBS.join(", ")))?;
    let wanted = needed.iter().filter(|needed| write || needed.when != When::Write);
    Ok(wanted.map(|needed| Call::new(needed.action, resource_of(needed.action), format!("sekisho {verb}"))).collect())
}

/// All resources of the kind that the action acts on: `arn:aws:ssm:*:*:parameter/*`; `*` where it acts on none, or on several kinds.
fn resource_of(action: &str) -> String {
    match authorization::action(action).map(|action| action.resource_types.as_slice()) {
        Some([(kind, _)]) => kind.pattern.replacen("arn:*:", "arn:aws:", 1),
        _ => "*".to_owned(),
    }
}

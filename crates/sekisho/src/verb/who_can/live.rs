//! The same question to the account itself. Rights: iam:GetAccountAuthorizationDetails, and for what is asked for secretsmanager:DescribeSecret,
//! secretsmanager:GetResourcePolicy, ssm:DescribeParameters, kms:DescribeKey and kms:GetKeyPolicy.

use std::sync::Arc;

use sekisho_aws::{account_details, observe, observe_policies};
use sekisho_iam::{Candidates, CompiledPolicy, Layer, PolicySet, Protected, ProtectingKey};
use sekisho_model::access::AccessQuestions;
use sekisho_model::declaration::StoredAs;
use sekisho_model::observed::{KeyId, Lookup, Observations, ParameterId, Questions, SecretId};
use sekisho_model::policy::PolicyKind;
use sekisho_model::{Arn, Because, Fact};

use super::answer::Answers;
use super::question::{self, Wanted};
use crate::cli::WhoCan;
use crate::endpoint::{self, Reached, Wanted as WantedEndpoint};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{self, Session};

pub(super) async fn ask(session: &Session, arguments: &WhoCan) -> Result<Answers, Failure> {
    let wanted = question::stored(session, arguments)?;
    let manifest = if arguments.environment.is_some() { Some(session.needed_manifest()?) } else { None };
    let environment = match (&manifest, &arguments.environment) {
        (Some(manifest), Some(name)) => Some((manifest, session::environment(&manifest.declaration, name)?)),
        _ => None,
    };
    let arn: Option<Arn> = arguments.arn.as_deref().and_then(|arn| arn.parse().ok());
    let hints = (arn.as_ref().and_then(Arn::region_id), arn.as_ref().and_then(Arn::account_id));
    let (progress, watch) = Progress::start(&session.wording, session.global.quiet, session.global.verbose);
    let reached = endpoint::reach(session, WantedEndpoint { environment, hint_region: hints.0, hint_account: hints.1 }, watch).await?;
    let protected = look_up(&reached, &wanted).await?;
    let bytes = account_details(&reached.connection).await?;
    drop(progress);
    let details = sekisho_read::account_details("iam:GetAccountAuthorizationDetails", &bytes)?;
    Ok(Answers::new(&Candidates::new(&details), details.truncated, protected))
}

/// What the account tells of what is asked for: the complete ARN, the key, their policies.
async fn look_up(reached: &Reached, wanted: &[Wanted]) -> Result<Vec<Protected>, Failure> {
    let (connection, account) = (&reached.connection, reached.identity.account.as_str());
    let region = connection.region().to_string();
    let mut asked = Questions::default();
    let ids: Vec<Id> = wanted.iter().filter_map(|wanted| Id::of(&wanted.stored, &region)).collect();
    for id in &ids {
        match id {
            Id::Parameter(id) => drop(asked.parameters.insert(id.clone())),
            Id::Secret(id) => drop(asked.secrets.insert(id.clone())),
        }
    }
    let seen = observe(connection, account, &asked).await;
    let mut further = AccessQuestions::default();
    for id in &ids {
        if let Id::Secret(id) = id
            && let Some(Lookup::Found(secret)) = seen.secrets.get(id).and_then(Fact::value)
        {
            further.secrets.insert(secret.arn.clone());
        }
        if let Some(Lookup::Found(key)) = id.key(&seen).and_then(|key| seen.keys.get(&key)).and_then(Fact::value)
            && !key.aws_managed
        {
            further.keys.insert(key.arn.clone());
        }
    }
    let policies = observe_policies(connection, account, &further).await;
    let mut protected = Vec::new();
    for id in &ids {
        let key = match id.key(&seen) {
            None if id.is_told(&seen) => ProtectingKey::AwsManaged,
            None => ProtectingKey::Unknown,
            Some(key) if key.id.contains("alias/aws/") => ProtectingKey::AwsManaged,
            Some(key) => match seen.keys.get(&key).and_then(Fact::value) {
                Some(Lookup::Found(key)) if key.aws_managed => ProtectingKey::AwsManaged,
                Some(Lookup::Found(key)) => {
                    let policy = policies.keys.get(&key.arn).map(|access| &access.policy);
                    ProtectingKey::Customer { arn: key.arn.clone(), policy: layer(policy, "key policy") }
                }
                _ => ProtectingKey::Unknown,
            },
        };
        let arn = id
            .arn(&seen, account)
            .ok_or_else(|| Failure::new("who-can-not-there").with("name", id.name()).exiting(crate::failure::UNPROVED))?;
        let policy = match id {
            Id::Parameter(_) => Layer::DoesNotExist,
            Id::Secret(_) => layer(policies.secrets.get(&arn), "secret policy"),
        };
        protected.push(Protected { arn, policy, key });
    }
    Ok(protected)
}

/// A policy that was looked at; what could not be read is not known.
fn layer(fact: Option<&Fact<Lookup<String>>>, name: &str) -> Layer<PolicySet> {
    match fact {
        None => Layer::unknown(Because::NotAsked),
        Some(Fact::Known { value: Lookup::Absent, .. }) => Layer::DoesNotExist,
        Some(Fact::Known { value: Lookup::Found(text), .. }) => match sekisho_read::policy_text(text, Some(PolicyKind::Resource)) {
            Ok(document) => Layer::Known(PolicySet::new([Arc::new(CompiledPolicy::new(name, PolicyKind::Resource, document))])),
            Err(_) => Layer::Known(PolicySet::with_unreadable([], [name.into()])),
        },
        Some(Fact::Unknown { because, .. } | Fact::Unreadable { because, .. }) => Layer::unknown(because.clone()),
    }
}

enum Id {
    Parameter(ParameterId),
    Secret(SecretId),
}

impl Id {
    fn of(stored: &StoredAs, region: &str) -> Option<Self> {
        let secret = |region: &str, id: String| Self::Secret(SecretId { region: region.to_owned(), id });
        Some(match stored {
            StoredAs::Parameter(name) => Self::Parameter(ParameterId { region: region.to_owned(), account: None, name: name.to_string() }),
            StoredAs::Secret(name) => secret(region, name.to_string()),
            StoredAs::Arn(arn) if arn.service == "secretsmanager" => secret(&arn.region, arn.to_string()),
            StoredAs::Arn(arn) => {
                let name = arn.resource.strip_prefix("parameter/")?;
                // A hierarchy's leading slash is the ARN's separator.
                let name = if name.contains('/') { format!("/{name}") } else { name.to_owned() };
                Self::Parameter(ParameterId { region: arn.region.clone(), account: None, name })
            }
            StoredAs::Plaintext => return None,
        })
    }

    fn name(&self) -> &str {
        match self {
            Self::Parameter(id) => &id.name,
            Self::Secret(id) => &id.id,
        }
    }

    /// The key as the store gives it.
    fn key(&self, seen: &Observations) -> Option<KeyId> {
        let (region, id) = match self {
            Self::Parameter(id) => (&id.region, seen.parameters.get(id)?.value()?.found()?.key.value()?.clone()?),
            Self::Secret(id) => (&id.region, seen.secrets.get(id)?.value()?.found()?.key.clone()?),
        };
        Some(KeyId { region: region.clone(), id })
    }

    /// Whether the store told under which key it lies, and be it none.
    fn is_told(&self, seen: &Observations) -> bool {
        match self {
            Self::Parameter(id) => {
                let found = seen.parameters.get(id).and_then(Fact::value).and_then(Lookup::found);
                found.is_some_and(|parameter| parameter.key.value().is_some() || parameter.kind != "SecureString")
            }
            Self::Secret(id) => seen.secrets.get(id).and_then(Fact::value).and_then(Lookup::found).is_some(),
        }
    }

    /// The complete ARN; `None` where it is not there.
    fn arn(&self, seen: &Observations, account: &str) -> Option<String> {
        match self {
            Self::Parameter(id) => {
                seen.parameters.get(id)?.value()?.found()?;
                let region: sekisho_model::Region = id.region.parse().ok()?;
                let resource = format!("parameter/{}", id.name.trim_start_matches('/'));
                Some(Arn::new(region.partition().as_str(), "ssm", &id.region, account, resource).to_string())
            }
            Self::Secret(id) => Some(seen.secrets.get(id)?.value()?.found()?.arn.clone()),
        }
    }
}

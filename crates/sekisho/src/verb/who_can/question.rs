//! What is asked for, from the manifest and files.

use std::path::Path;
use std::sync::Arc;

use sekisho_iam::{CompiledPolicy, Layer, PolicySet, Protected, ProtectingKey};
use sekisho_model::declaration::StoredAs;
use sekisho_model::policy::PolicyKind;
use sekisho_model::{Arn, Because};

use crate::cli::WhoCan;
use crate::failure::Failure;
use crate::session::{self, Session};

/// What the manifest, or `--arn`, names: one for each parameter or secret in which the logical secret is kept.
pub(super) fn stored(session: &Session, arguments: &WhoCan) -> Result<Vec<Wanted>, Failure> {
    if let Some(text) = &arguments.arn {
        let arn: Arn = text.parse().map_err(|_| Failure::new("who-can-not-readable").with("arn", text))?;
        let readable = (arn.service == "ssm" && arn.resource.starts_with("parameter/"))
            || (arn.service == "secretsmanager" && arn.resource.starts_with("secret:"));
        return if readable {
            Ok(vec![Wanted { stored: StoredAs::Arn(arn), key: None }])
        } else {
            Err(Failure::new("who-can-not-readable").with("arn", text))
        };
    }
    let manifest = session.needed_manifest()?;
    let declaration = &manifest.declaration;
    let environment = session::environment(declaration, arguments.environment.as_deref().unwrap_or_default())?;
    let name = arguments.secret.as_deref().unwrap_or_default();
    let secret = declaration.secrets.get(name).ok_or_else(|| {
        let known: Vec<&str> = declaration.secrets.keys().map(String::as_str).collect();
        super::unknown_secret(name, &known)
    })?;
    let keys: Vec<Option<&str>> =
        if secret.keys.is_empty() { vec![None] } else { secret.keys.values().map(|key| Some(key.value.as_str())).collect() };
    let mut wanted: Vec<Wanted> = Vec::new();
    for key in keys {
        let stored = declaration
            .stored_as(secret, environment, key)
            .map_err(|error| Failure::new("bad-name").with("cause", error).at(Some(&secret.place)))?;
        if stored == StoredAs::Plaintext {
            return Err(Failure::new("who-can-plaintext").with("name", name));
        }
        if !wanted.iter().any(|known| known.stored == stored) {
            wanted.push(Wanted { stored, key: environment.kms_key.as_ref().map(|key| key.value.clone()) });
        }
    }
    Ok(wanted)
}

/// One parameter or secret that is asked for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Where it is kept.
    pub(super) stored: StoredAs,
    /// The key that the manifest names for the environment.
    pub(super) key: Option<String>,
}

/// From files alone: names become ARNs by the manifest's account and Region.
pub(super) fn from_files(session: &Session, arguments: &WhoCan) -> Result<Vec<Protected>, Failure> {
    let wanted = stored(session, arguments)?;
    let (region, account) = whereabouts(session, arguments)?;
    let mut protected = Vec::new();
    for wanted in wanted {
        let partition = region.parse::<sekisho_model::Region>().map_or_else(|_| "aws".to_owned(), |region| region.partition().to_string());
        let arn = match &wanted.stored {
            // A reference by name has six characters more that only the account knows.
            StoredAs::Arn(arn) if arn.service == "secretsmanager" && !sekisho_model::ends_like_a_complete_arn(&arn.resource) => {
                format!("{arn}-??????")
            }
            StoredAs::Arn(arn) => arn.to_string(),
            StoredAs::Parameter(name) => {
                Arn::new(&partition, "ssm", &region, &account, format!("parameter/{}", name.as_str().trim_start_matches('/'))).to_string()
            }
            StoredAs::Secret(name) => {
                Arn::new(&partition, "secretsmanager", &region, &account, format!("secret:{name}-??????")).to_string()
            }
            StoredAs::Plaintext => continue,
        };
        let is_secret = arn.contains(":secretsmanager:");
        let policy = match &arguments.secret_policy {
            Some(file) if is_secret => Layer::Known(set(file)?),
            None if is_secret && !arguments.no_secret_policy => Layer::unknown(Because::NotAsked),
            _ => Layer::DoesNotExist,
        };
        let key = key(arguments, &wanted, &arn)?;
        protected.push(Protected { arn, policy, key });
    }
    Ok(protected)
}

fn key(arguments: &WhoCan, wanted: &Wanted, of: &str) -> Result<ProtectingKey, Failure> {
    let named = arguments.key.as_ref().or(wanted.key.as_ref()).filter(|_| !arguments.aws_managed_key);
    if arguments.aws_managed_key {
        return Ok(ProtectingKey::AwsManaged);
    }
    let policy = match &arguments.key_policy {
        Some(file) => Layer::Known(set(file)?),
        None if named.is_none() => return Ok(ProtectingKey::Unknown),
        None => Layer::unknown(Because::NotAsked),
    };
    let of: Option<Arn> = of.parse().ok();
    let any = of.map(|of| Arn { service: "kms".to_owned(), resource: "key/*".to_owned(), ..of }.to_string()).unwrap_or_default();
    let arn = match named.and_then(|key| key.parse::<Arn>().ok()) {
        Some(arn) if arn.resource.starts_with("key/") => arn.to_string(),
        _ => any,
    };
    Ok(ProtectingKey::Customer { arn, policy })
}

fn set(file: &Path) -> Result<PolicySet, Failure> {
    let (name, document) = super::super::can::document(file, PolicyKind::Resource)?;
    Ok(PolicySet::new([Arc::new(CompiledPolicy::new(&name, PolicyKind::Resource, document))]))
}

/// Region and account of an environment, as flags and the manifest tell them.
fn whereabouts(session: &Session, arguments: &WhoCan) -> Result<(String, String), Failure> {
    if arguments.arn.is_some() {
        return Ok((String::new(), String::new()));
    }
    let manifest = session.needed_manifest()?;
    let environment = session::environment(&manifest.declaration, arguments.environment.as_deref().unwrap_or_default())?;
    let region = session.global.region.clone().or_else(|| manifest.declaration.region_of(environment).map(ToString::to_string));
    let account = environment.account.as_ref().map(|account| account.value.to_string());
    Ok((region.ok_or_else(|| Failure::new("no-region"))?, account.ok_or_else(|| Failure::new("generate-no-account"))?))
}

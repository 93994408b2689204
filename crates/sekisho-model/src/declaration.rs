//! What the manifest `sekisho.toml` declares. It never holds a value.
//!
//! Maps keep the order of names, not of the file, so that output is the same from run to run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::{AccountId, Arn, ParameterName, ParameterNameError, Place, Region, SecretName, SecretNameError, Spanned};

/// The whole manifest.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// `required_version`: a comparison such as `>=0.1`.
    pub required_version: Option<Spanned<String>>,
    /// `[project]`.
    pub project: Project,
    /// `[environments.NAME]`.
    pub environments: BTreeMap<String, Environment>,
    /// `[secrets."LOGICAL/NAME"]`.
    pub secrets: BTreeMap<String, SecretDeclaration>,
    /// `[services.NAME]`.
    pub services: BTreeMap<String, Service>,
    /// `[[suppress]]`.
    pub suppress: Vec<Suppressed>,
}

/// `[project]`.
#[derive(Clone, Debug)]
pub struct Project {
    /// `name`.
    pub name: Spanned<String>,
    /// `region`: for environments that name none.
    pub region: Option<Spanned<Region>>,
    /// `path`: how a logical name becomes a name in a store.
    pub path: PathTemplates,
    /// What is demanded of everything that is written.
    pub convention: Convention,
}

/// What is demanded of everything that is written to a store: `tags`, `required_tags` and `naming` of the project or of an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Convention {
    /// `tags`: put on what is created. `{environment}`, `{project}` and `{secret}` are replaced.
    pub tags: BTreeMap<String, String>,
    /// `required_tags`: the keys without which nothing is written.
    pub required_tags: Vec<String>,
    /// `naming`: a regular expression that the whole name in the store must match. `{environment}` and `{project}` are replaced.
    pub naming: Option<Spanned<String>>,
}

/// `project.path`. `{environment}`, `{secret}` and `{project}` are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplates {
    /// Default `/{environment}/{secret}`.
    pub ssm: String,
    /// Default `{environment}/{secret}`.
    pub secretsmanager: String,
}

impl Default for PathTemplates {
    fn default() -> Self {
        Self { ssm: "/{environment}/{secret}".to_owned(), secretsmanager: "{environment}/{secret}".to_owned() }
    }
}

/// Where values are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StoreKind {
    /// Parameter Store.
    Ssm,
    /// Secrets Manager.
    SecretsManager,
    /// Plain text in the task definition's `environment`; development only.
    Environment,
}

impl StoreKind {
    /// The word of the manifest and of `--store`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ssm => "ssm",
            Self::SecretsManager => "secretsmanager",
            Self::Environment => "environment",
        }
    }
}

impl fmt::Display for StoreKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which AWS an environment talks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The embedded AWS.
    Local,
    /// A URL on the loopback interface.
    Url(String),
}

/// `[environments.NAME]`.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The table's name.
    pub name: String,
    /// Where the table begins.
    pub place: Place,
    /// `account`. Its absence is allowed only where the endpoint is not AWS itself, or the environment is not protected.
    pub account: Option<Spanned<AccountId>>,
    /// `region`.
    pub region: Option<Spanned<Region>>,
    /// `profile`.
    pub profile: Option<Spanned<String>>,
    /// `endpoint`: `local`, a loopback URL, or nothing for AWS itself.
    pub endpoint: Option<Spanned<Endpoint>>,
    /// `store`: for secrets that name none.
    pub store: StoreKind,
    /// `kms_key`: key id, ARN or alias for what is created here.
    pub kms_key: Option<Spanned<String>>,
    /// `allow_plaintext`: whether the store `environment` may be used.
    pub allow_plaintext: bool,
    /// `protected`: guarded against accidents.
    pub protected: bool,
    /// `require`.
    pub require: Vec<Spanned<Requirement>>,
    /// What is demanded here of everything that is written, over the project's.
    pub convention: Convention,
}

/// What an environment may require.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Requirement {
    /// `customer-key`: encrypted under a customer managed key.
    CustomerKey,
    /// `rotation`: rotation is on.
    Rotation,
    /// `audit`: calls are on record.
    Audit,
    /// `no-assumptions`: a proof that rests on an assumption does not pass.
    NoAssumptions,
}

impl Requirement {
    /// Every requirement, for messages and the schema.
    pub const ALL: [Self; 4] = [Self::CustomerKey, Self::Rotation, Self::Audit, Self::NoAssumptions];

    /// The word of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CustomerKey => "customer-key",
            Self::Rotation => "rotation",
            Self::Audit => "audit",
            Self::NoAssumptions => "no-assumptions",
        }
    }
}

/// `[secrets."LOGICAL/NAME"]`.
#[derive(Clone, Debug)]
pub struct SecretDeclaration {
    /// The logical name.
    pub name: String,
    /// Where the table begins.
    pub place: Place,
    /// `env`: the environment variable that receives the whole value. Exclusive with `keys`.
    pub env: Option<Spanned<String>>,
    /// `keys`: environment variable to JSON key.
    pub keys: BTreeMap<String, Spanned<String>>,
    /// `description`, written with the secret.
    pub description: Option<String>,
    /// `tags`, over those of the environment.
    pub tags: BTreeMap<String, String>,
    /// `generate`.
    pub generate: Option<Generate>,
    /// `rotate`.
    pub rotate: Option<Rotate>,
    /// `environments.NAME`: what differs there.
    pub environments: BTreeMap<String, SecretIn>,
}

/// `generate`: how a value is made when it is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generate {
    /// Characters, 8 to 1024. Default 32.
    pub length: usize,
    /// Which characters. Default `alphanumeric`.
    pub alphabet: Alphabet,
}

/// The characters of a generated value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// `alphanumeric`: A-Z, a-z, 0-9.
    #[default]
    Alphanumeric,
    /// `hex`: 0-9, a-f.
    Hex,
    /// `symbols`: alphanumeric and `!#%*+-.:=?@^_~`, none of which a shell, a URL's user part in quotes or a dotenv file trips over.
    Symbols,
}

impl Alphabet {
    /// The characters themselves; all ASCII, none twice.
    pub fn characters(self) -> &'static str {
        match self {
            Self::Alphanumeric => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            Self::Hex => "0123456789abcdef",
            Self::Symbols => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%*+-.:=?@^_~",
        }
    }
}

/// `rotate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotate {
    /// `every`, in days.
    pub every_days: u32,
    /// `with`: the name of a rotation.
    pub with: Option<String>,
}

/// `environments.NAME` within a secret.
#[derive(Clone, Debug, Default)]
pub struct SecretIn {
    /// `store`.
    pub store: Option<StoreKind>,
    /// `name`: the name in the store, instead of the path template.
    pub name: Option<Spanned<String>>,
    /// `arn`: exists already, managed elsewhere.
    pub arn: Option<Spanned<Arn>>,
}

/// `[services.NAME]`.
#[derive(Clone, Debug)]
pub struct Service {
    /// The table's name.
    pub name: String,
    /// Where the table begins.
    pub place: Place,
    /// `cluster`; `{environment}` is replaced.
    pub cluster: Option<Spanned<String>>,
    /// `task_definition`: a file; `{environment}` and `{service}` are replaced. Relative to the manifest.
    pub task_definition: Option<Spanned<String>>,
    /// `secrets`: for every container.
    pub secrets: Vec<Spanned<String>>,
    /// `containers.NAME.secrets`: for one container, besides those of every container.
    pub containers: BTreeMap<String, Vec<Spanned<String>>>,
    /// `deploy`: an argument list.
    pub deploy: Option<Vec<Spanned<String>>>,
}

/// `[[suppress]]`: findings that somebody decided to live with.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// `rule`: its id or name.
    pub rule: Spanned<String>,
    /// `path`: a pattern of files, relative to the manifest.
    pub path: Option<String>,
    /// `address`: a pattern of addresses.
    pub address: Option<String>,
    /// `reason`.
    pub reason: String,
    /// Where the table begins.
    pub place: Place,
}

/// One secret in one environment: what is to be looked up there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredAs {
    /// A parameter of this account and Region.
    Parameter(ParameterName),
    /// A secret of this account and Region, by name.
    Secret(SecretName),
    /// Managed elsewhere, known by its ARN.
    Arn(Arn),
    /// Plain text in the task definition.
    Plaintext,
}

/// Why a logical name has no name in a store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredNameError {
    /// Parameter Store would refuse it.
    #[error(transparent)]
    Parameter(#[from] ParameterNameError),
    /// Secrets Manager would refuse it.
    #[error(transparent)]
    Secret(#[from] SecretNameError),
}

impl Declaration {
    /// `template` with `{environment}`, `{secret}`, `{project}` and `{service}` replaced; unknown placeholders stay as they are (the manifest's
    /// reader refuses them).
    pub fn expand(&self, template: &str, environment: &str, secret: &str, service: &str) -> String {
        template
            .replace("{environment}", environment)
            .replace("{project}", &self.project.name.value)
            .replace("{service}", service)
            .replace("{secret}", secret)
    }

    /// The Region of `environment`: its own, else the project's.
    pub fn region_of<'a>(&'a self, environment: &'a Environment) -> Option<&'a Region> {
        environment.region.as_ref().or(self.project.region.as_ref()).map(|region| &region.value)
    }

    /// The tags of what is created for `secret` in `environment`: the project's, over them the environment's, over them the secret's own.
    pub fn tags_of(&self, secret: Option<&SecretDeclaration>, environment: &Environment) -> BTreeMap<String, String> {
        let layers = [Some(&self.project.convention.tags), Some(&environment.convention.tags), secret.map(|secret| &secret.tags)];
        let name = secret.map_or("", |secret| secret.name.as_str());
        let tags = layers.into_iter().flatten().flatten();
        tags.map(|(key, value)| (key.clone(), self.expand(value, &environment.name, name, ""))).collect()
    }

    /// The tags without which nothing is written in `environment`: the project's and its own.
    pub fn required_tags_of<'a>(&'a self, environment: &'a Environment) -> BTreeSet<&'a str> {
        let both = self.project.convention.required_tags.iter().chain(&environment.convention.required_tags);
        both.map(String::as_str).collect()
    }

    /// The regular expression that whole names in `environment`'s stores must match: its own, else the project's, with the placeholders replaced.
    pub fn naming_of(&self, environment: &Environment) -> Option<Spanned<String>> {
        let naming = environment.convention.naming.as_ref().or(self.project.convention.naming.as_ref())?;
        let expression = format!("^(?:{})$", self.expand(&naming.value, &environment.name, "", ""));
        Some(Spanned::new(expression, naming.place.clone()))
    }

    /// The store of `secret` in `environment`: its own there, else the environment's.
    pub fn store_of(&self, secret: &SecretDeclaration, environment: &Environment) -> StoreKind {
        match secret.environments.get(&environment.name) {
            Some(SecretIn { arn: Some(arn), .. }) if arn.value.service == "secretsmanager" => StoreKind::SecretsManager,
            Some(SecretIn { arn: Some(_), .. }) => StoreKind::Ssm,
            Some(SecretIn { store: Some(store), .. }) => *store,
            _ => environment.store,
        }
    }

    /// What `secret` is called in `environment`. With `key`, the JSON key of one of its variables: Parameter Store knows no JSON keys, so there
    /// each key is a parameter of its own, one level below (`/{environment}/{secret}/{key}`).
    ///
    /// # Errors
    /// The name that results is none the store accepts.
    pub fn stored_as(&self, secret: &SecretDeclaration, environment: &Environment, key: Option<&str>) -> Result<StoredAs, StoredNameError> {
        let there = secret.environments.get(&environment.name);
        if let Some(arn) = there.and_then(|there| there.arn.as_ref()) {
            return Ok(StoredAs::Arn(arn.value.clone()));
        }
        let own = there.and_then(|there| there.name.as_ref()).map(|name| name.value.as_str());
        let named = |template: &str| self.expand(own.unwrap_or(template), &environment.name, &secret.name, "");
        match self.store_of(secret, environment) {
            StoreKind::Ssm => {
                let name = named(&self.project.path.ssm);
                let name = key.map_or_else(|| name.clone(), |key| format!("{name}/{key}"));
                Ok(StoredAs::Parameter(name.parse()?))
            }
            StoreKind::SecretsManager => Ok(StoredAs::Secret(named(&self.project.path.secretsmanager).parse()?)),
            StoreKind::Environment => Ok(StoredAs::Plaintext),
        }
    }
}

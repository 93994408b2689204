//! What the account tells: parameters, secrets, keys, values. Questions go in, facts come out; nothing is judged here.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::{Fact, Secret};

/// A parameter to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterId {
    /// The Region to ask.
    pub region: String,
    /// The account in the reference, where it has one. Another account than the caller's is looked up by ARN.
    pub account: Option<String>,
    /// The name, with its leading slash where it is a hierarchy.
    pub name: String,
}

/// A secret to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecretId {
    /// The Region to ask.
    pub region: String,
    /// Its name or ARN, complete or partial.
    pub id: String,
}

/// A version of a secret whose value is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionOf {
    /// The secret.
    pub secret: SecretId,
    /// A staging label; `AWSCURRENT` where neither it nor a version id is named.
    pub stage: Option<String>,
    /// A version id.
    pub version_id: Option<String>,
}

/// A KMS key to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId {
    /// The Region to ask.
    pub region: String,
    /// Key id, key ARN, alias name or alias ARN, as the service gave it.
    pub id: String,
}

/// Everything that is to be looked up, each thing once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// Parameters, without their values.
    pub parameters: BTreeSet<ParameterId>,
    /// Secrets, without their values.
    pub secrets: BTreeSet<SecretId>,
    /// Parameters whose values are needed.
    pub parameter_values: BTreeSet<ParameterId>,
    /// Secrets whose values are needed.
    pub secret_values: BTreeSet<VersionOf>,
}

impl Questions {
    /// Adds the questions of `other`.
    pub fn add(&mut self, other: Self) {
        self.parameters.extend(other.parameters);
        self.secrets.extend(other.secrets);
        self.parameter_values.extend(other.parameter_values);
        self.secret_values.extend(other.secret_values);
    }
}

/// The answer to one look-up that AWS answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// It exists.
    Found(T),
    /// AWS says that it does not.
    Absent,
}

impl<T> Lookup<T> {
    /// What was found.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Found(found) => Some(found),
            Self::Absent => None,
        }
    }
}

/// Everything that was looked up. What was not asked is not in the maps.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// Parameters.
    pub parameters: BTreeMap<ParameterId, Fact<Lookup<ObservedParameter>>>,
    /// Secrets.
    pub secrets: BTreeMap<SecretId, Fact<Lookup<ObservedSecret>>>,
    /// Secrets that were not found by their ARN, looked up again by the ARN's last part as a name: where that is found, AWS read a partial ARN as a
    /// complete one.
    pub secrets_by_name: BTreeMap<SecretId, Fact<Lookup<ObservedSecret>>>,
    /// The keys of the above.
    pub keys: BTreeMap<KeyId, Fact<Lookup<ObservedKey>>>,
    /// Values of parameters.
    pub parameter_values: BTreeMap<ParameterId, Fact<Lookup<ObservedValue>>>,
    /// Values of secrets.
    pub secret_values: BTreeMap<VersionOf, Fact<Lookup<ObservedValue>>>,
    /// The version that each value of a parameter was read from.
    pub parameter_versions: BTreeMap<ParameterId, String>,
    /// The id of the version that each value of a secret was read from.
    pub secret_versions: BTreeMap<VersionOf, String>,
}

/// One parameter, without its value (DescribeParameters).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedParameter {
    /// Its name as AWS has it.
    pub name: String,
    /// `String`, `StringList` or `SecureString`, as AWS writes it.
    pub kind: String,
    /// `Standard`, `Advanced`, `Intelligent-Tiering`; GetParameters does not tell.
    pub tier: Fact<String>,
    /// The key of a SecureString, as AWS writes it (often `alias/aws/ssm`); GetParameters does not tell.
    pub key: Fact<Option<String>>,
    /// Version, from 1.
    pub version: i64,
    /// When this version was written.
    pub modified: Option<OffsetDateTime>,
}

/// One secret, without its values (DescribeSecret).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedSecret {
    /// The complete ARN.
    pub arn: String,
    /// The name.
    pub name: String,
    /// The key, as AWS writes it; `None` is the AWS managed key (DescribeSecret omits it then).
    pub key: Option<String>,
    /// When deletion was asked for; its values cannot be read from then on.
    pub deleted: Option<OffsetDateTime>,
    /// Version id to staging labels.
    pub versions: BTreeMap<String, Vec<String>>,
    /// Whether rotation is on.
    pub rotation: bool,
    /// When rotation last succeeded.
    pub rotated: Option<OffsetDateTime>,
    /// When anything of it last changed, tags included.
    pub changed: Option<OffsetDateTime>,
    /// The AWS service that manages it, such as `rds`.
    pub owning_service: Option<String>,
}

/// A KMS key (DescribeKey).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedKey {
    /// Its ARN.
    pub arn: String,
    /// Whether AWS manages it, rather than the customer.
    pub aws_managed: bool,
    /// `Enabled`, `Disabled`, `PendingDeletion`, …, as AWS writes it.
    pub state: String,
}

impl ObservedKey {
    /// Whether it encrypts and decrypts.
    pub fn is_usable(&self) -> bool {
        self.state == "Enabled"
    }
}

/// A value. Nothing of it may be shown.
#[derive(Clone, Debug)]
pub enum ObservedValue {
    /// A string.
    Text(Secret<String>),
    /// Bytes (SecretBinary).
    Binary(Secret<Vec<u8>>),
}

//! Who may read what, as far as documents say: roles with their policies, the policies of keys and secrets, grants.
//!
//! `D` is a document: its text as a service told it, or what was read of that text. Nothing here says where it came from: the account, a template or a
//! file of Terraform fill the same types.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::observed::Lookup;
use crate::{Arn, Fact};

/// A policy document and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPolicy<D> {
    /// Its name.
    pub name: String,
    /// The ARN of a managed policy.
    pub arn: Option<String>,
    /// The document.
    pub document: Fact<D>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role<D> {
    /// Its ARN, path included.
    pub arn: String,
    /// Who may assume it.
    pub trust: Fact<D>,
    /// The policies that are written into it. A listing that was refused is one unknown fact.
    pub inline: Fact<Vec<NamedPolicy<D>>>,
    /// The managed policies that are attached to it.
    pub attached: Fact<Vec<NamedPolicy<D>>>,
    /// Its permissions boundary, where it has one.
    pub boundary: Option<NamedPolicy<D>>,
    /// Its tags: `aws:PrincipalTag`.
    pub tags: BTreeMap<String, String>,
}

impl<D> Role<D> {
    /// Every policy that speaks for the role itself, inline and attached; `None` where a listing could not be read.
    pub fn policies(&self) -> Option<Vec<&NamedPolicy<D>>> {
        Some(self.inline.value()?.iter().chain(self.attached.value()?).collect())
    }

    /// Why some of the role's policies are not known, with the policy's name (nothing for a listing), in order.
    pub fn gaps(&self) -> Vec<(Option<&str>, &crate::Because)> {
        let mut gaps = Vec::new();
        for listing in [&self.inline, &self.attached] {
            match listing {
                Fact::Known { value, .. } => {
                    gaps.extend(value.iter().filter_map(|policy| Some((Some(policy.name.as_str()), policy.document.because()?))));
                }
                Fact::Unknown { because, .. } | Fact::Unreadable { because, .. } => gaps.push((None, because)),
            }
        }
        gaps
    }
}

/// A grant of a KMS key (ListGrants): the third way to be allowed, which no policy shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who was granted.
    pub grantee: String,
    /// Which operations, as AWS writes them: `Decrypt`, `GenerateDataKey`, …
    pub operations: Vec<String>,
    /// The encryption context that a request must have, exactly.
    pub context_equals: BTreeMap<String, String>,
    /// The encryption context that a request must have among others.
    pub context_subset: BTreeMap<String, String>,
}

/// Who may use a KMS key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAccess<D> {
    /// The key policy.
    pub policy: Fact<Lookup<D>>,
    /// The grants; not asked for unless the policies do not allow.
    pub grants: Fact<Vec<Grant>>,
}

/// Under which keys a version of a secret can be read (ListSecretVersionIds). After a change of the secret's key that is the new one or the previous one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionKeys {
    /// When the version was written.
    pub created: Option<OffsetDateTime>,
    /// The keys, as AWS writes them; empty where it does not tell.
    pub keys: Vec<String>,
}

/// Whether what answers for AWS has IAM at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Enforcement {
    /// Nobody looked.
    #[default]
    NotExamined,
    /// There are no roles to be looked at: the service is not there.
    Missing,
    /// Roles were looked at.
    Examined,
}

/// Everything that is to be looked up about access, each thing once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessQuestions {
    /// Roles by ARN.
    pub roles: BTreeSet<String>,
    /// Keys by ARN, with the policy.
    pub keys: BTreeSet<String>,
    /// Secrets by their complete ARN, with the resource policy.
    pub secrets: BTreeSet<String>,
}

/// Everything that is known about access. What was not asked is not in the maps.
#[derive(Clone, Debug)]
pub struct Access<D> {
    /// Whether roles were looked at.
    pub enforcement: Enforcement,
    /// Roles by the ARN that was asked for.
    pub roles: BTreeMap<String, Fact<Lookup<Role<D>>>>,
    /// Keys by ARN.
    pub keys: BTreeMap<String, KeyAccess<D>>,
    /// The resource policies of secrets by complete ARN; `Absent` where the secret has none.
    pub secrets: BTreeMap<String, Fact<Lookup<D>>>,
    /// The versions of secrets by complete ARN, then by version id; not asked for unless the policies do not allow to decrypt.
    pub versions: BTreeMap<String, Fact<BTreeMap<String, VersionKeys>>>,
}

impl<D> Default for Access<D> {
    fn default() -> Self {
        Self {
            enforcement: Enforcement::default(),
            roles: BTreeMap::new(),
            keys: BTreeMap::new(),
            secrets: BTreeMap::new(),
            versions: BTreeMap::new(),
        }
    }
}

impl<D> Access<D> {
    /// The same with every document read by `read`, which gets a name for the document and its text; what cannot be read stays as a fact that says so.
    pub fn read<E>(self, mut read: impl FnMut(Document<'_>, Fact<D>) -> Fact<E>) -> Access<E> {
        let named = |read: &mut dyn FnMut(Document<'_>, Fact<D>) -> Fact<E>, kind, owner: &str, policy: NamedPolicy<D>| {
            let document = read(Document { kind, owner, name: &policy.name }, policy.document);
            NamedPolicy { name: policy.name, arn: policy.arn, document }
        };
        let mut role = |arn: &str, role: Role<D>| {
            let mut listing = |listing: Fact<Vec<NamedPolicy<D>>>| {
                listing.map(|policies| policies.into_iter().map(|policy| named(&mut read, Kind::Identity, arn, policy)).collect())
            };
            let (inline, attached) = (listing(role.inline), listing(role.attached));
            let boundary = role.boundary.map(|policy| named(&mut read, Kind::Boundary, arn, policy));
            let trust = read(Document { kind: Kind::Trust, owner: arn, name: "trust" }, role.trust);
            Role { arn: role.arn, trust, inline, attached, boundary, tags: role.tags }
        };
        let roles = self
            .roles
            .into_iter()
            .map(|(arn, fact)| {
                let fact = fact.map(|lookup| match lookup {
                    Lookup::Found(found) => Lookup::Found(role(&arn, found)),
                    Lookup::Absent => Lookup::Absent,
                });
                (arn, fact)
            })
            .collect();
        let mut resource = |kind, arn: &str, fact: Fact<Lookup<D>>| match fact {
            Fact::Known { value: Lookup::Found(document), source } => {
                read(Document { kind, owner: arn, name: "policy" }, Fact::Known { value: document, source }).map(Lookup::Found)
            }
            Fact::Known { value: Lookup::Absent, source } => Fact::Known { value: Lookup::Absent, source },
            Fact::Unknown { because, source } => Fact::Unknown { because, source },
            Fact::Unreadable { because, source } => Fact::Unreadable { because, source },
        };
        let keys = self
            .keys
            .into_iter()
            .map(|(arn, key)| {
                let policy = resource(Kind::Key, &arn, key.policy);
                (arn, KeyAccess { policy, grants: key.grants })
            })
            .collect();
        let secrets = self
            .secrets
            .into_iter()
            .map(|(arn, fact)| {
                let policy = resource(Kind::Secret, &arn, fact);
                (arn, policy)
            })
            .collect();
        Access { enforcement: self.enforcement, roles, keys, secrets, versions: self.versions }
    }
}

/// What kind of document it is: which shapes are legal differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A policy of a role.
    Identity,
    /// A permissions boundary.
    Boundary,
    /// A role's trust policy.
    Trust,
    /// A key policy.
    Key,
    /// The resource policy of a secret.
    Secret,
}

/// Which document is being read.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its kind.
    pub kind: Kind,
    /// The ARN of what it belongs to.
    pub owner: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// The name of the role that `arn` names: the last level of its resource. A text without the form of an ARN is a name by itself, as ECS takes it.
pub fn role_name(arn: &str) -> Option<String> {
    match arn.parse::<Arn>() {
        Ok(arn) if arn.service == "iam" => {
            let rest = arn.resource.strip_prefix("role/")?;
            Some(rest.rsplit('/').next().unwrap_or(rest).to_owned()).filter(|name| !name.is_empty())
        }
        Ok(_) => None,
        Err(_) => {
            let allowed = |character: char| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character);
            (!arn.is_empty() && arn.len() <= 64 && arn.chars().all(allowed)).then(|| arn.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_level_of_a_role_is_its_name() {
        assert_eq!(role_name("arn:aws:iam::123456789012:role/team/api/execution").as_deref(), Some("execution"));
        assert_eq!(role_name("arn:aws-cn:iam::123456789012:role/execution").as_deref(), Some("execution"));
        assert_eq!(role_name("execution").as_deref(), Some("execution"));
        for none in ["", "arn:aws:iam::123456789012:user/a", "arn:aws:iam::123456789012:role/", "arn:aws:sts::1:role/a", "${ROLE}"] {
            assert_eq!(role_name(none), None, "{none}");
        }
    }
}

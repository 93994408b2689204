//! Who asks.

use std::fmt;

use sekisho_model::{AccountId, Arn};
use thiserror::Error;

use crate::Truth;

/// The principal of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    kind: PrincipalKind,
    /// The ARN, the service's name, or nothing.
    text: String,
    account: Option<String>,
    partition: String,
    /// The ARN of the role, where that is known.
    role: Option<String>,
}

/// What kind of principal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// The root user of an account.
    Root,
    /// An IAM user.
    User,
    /// A role, whose session is not named.
    Role,
    /// A session of a role, as ECS uses one for each task.
    Session,
    /// A session that a user got for somebody else (`GetFederationToken`).
    FederatedUser,
    /// Somebody whom an identity provider vouches for, before a role is assumed.
    Federated,
    /// A service of AWS for itself.
    Service,
    /// Nobody: the request is not signed.
    Anonymous,
}

/// Why a text names no principal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PrincipalError {
    /// An ARN of something that can ask for nothing.
    #[error("`{text}` is the ARN of no principal")]
    NoPrincipal {
        /// The text.
        text: String,
    },
    /// Neither an ARN nor the name of a service.
    #[error("`{text}` is neither the ARN of a principal nor the name of a service")]
    Form {
        /// The text.
        text: String,
    },
}

impl Principal {
    /// From the ARN of a user, role, session, root user or identity provider, from an account id (its root user), or from the name of a service such as
    /// `ecs-tasks.amazonaws.com`.
    ///
    /// The ARN of a session has lost the path of its role: where it is known, add it with [`Principal::with_role`].
    ///
    /// # Errors
    /// Neither of these.
    pub fn parse(text: &str) -> Result<Self, PrincipalError> {
        if text.parse::<AccountId>().is_ok() {
            return Ok(Self {
                kind: PrincipalKind::Root,
                text: format!("arn:aws:iam::{text}:root"),
                account: Some(text.to_owned()),
                partition: "aws".to_owned(),
                role: None,
            });
        }
        let Ok(arn) = text.parse::<Arn>() else {
            let name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
            if text.contains('.') && !text.starts_with("arn:") && text.bytes().all(name) {
                return Ok(Self::service(text));
            }
            return Err(PrincipalError::Form { text: text.to_owned() });
        };
        let no_principal = || PrincipalError::NoPrincipal { text: text.to_owned() };
        let account = arn.account_id().ok_or_else(no_principal)?;
        let (kind_word, rest) = arn.resource.split_once('/').unwrap_or((&arn.resource, ""));
        let named = !rest.is_empty() && !rest.ends_with('/') && !rest.contains(['*', '?']);
        let kind = match (arn.service.as_str(), kind_word) {
            ("iam", "root") if rest.is_empty() => PrincipalKind::Root,
            ("iam", "user") if named => PrincipalKind::User,
            ("iam", "role") if named => PrincipalKind::Role,
            ("iam", "oidc-provider" | "saml-provider") if named => PrincipalKind::Federated,
            ("sts", "assumed-role") if named && rest.split('/').filter(|part| !part.is_empty()).count() == 2 => PrincipalKind::Session,
            ("sts", "federated-user") if named => PrincipalKind::FederatedUser,
            _ => return Err(no_principal()),
        };
        let role = (kind == PrincipalKind::Role).then(|| text.to_owned());
        Ok(Self { kind, text: text.to_owned(), account: Some(account.as_str().to_owned()), partition: arn.partition, role })
    }

    /// The session `name` of the role with the ARN `role`.
    ///
    /// # Errors
    /// `role` is not the ARN of a role, or `name` cannot be the name of a session.
    pub fn session(role: &str, name: &str) -> Result<Self, PrincipalError> {
        let of = Self::parse(role)?;
        let role_name = of.role.as_deref().and_then(|role| role.rsplit('/').next());
        let (Some(role_name), Some(account)) = (role_name, &of.account) else {
            return Err(PrincipalError::NoPrincipal { text: role.to_owned() });
        };
        Self::parse(&format!("arn:{}:sts::{account}:assumed-role/{role_name}/{name}", of.partition)).map(|session| session.with_role(role))
    }

    /// A service of AWS, such as `ecs-tasks.amazonaws.com`.
    pub fn service(name: &str) -> Self {
        Self { kind: PrincipalKind::Service, text: name.to_owned(), account: None, partition: String::new(), role: None }
    }

    /// Nobody: a request without a signature.
    pub fn anonymous() -> Self {
        Self { kind: PrincipalKind::Anonymous, text: String::new(), account: None, partition: String::new(), role: None }
    }

    /// The same session with the ARN of its role, whose path the session's own ARN does not have. Says nothing of other principals.
    #[must_use]
    pub fn with_role(mut self, role: &str) -> Self {
        if self.kind == PrincipalKind::Session {
            self.role = Some(role.to_owned());
        }
        self
    }

    /// What kind it is.
    pub fn kind(&self) -> PrincipalKind {
        self.kind
    }

    /// The ARN, or the name of the service; empty for nobody.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The account. None for services and for nobody.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The partition. Empty for services and for nobody.
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// The ARN of the role, for a role and for a session whose role is known with its path.
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// The name of the role, without its path, for a role and for a session.
    pub fn role_name(&self) -> Option<&str> {
        match self.kind {
            PrincipalKind::Role => self.text.rsplit('/').next(),
            PrincipalKind::Session => self.text.split('/').nth(1),
            _ => None,
        }
    }

    /// Whether it is a role, or a session of one, that belongs to a service: neither SCPs nor RCPs restrict those. Only the path of the role says so for
    /// certain: another role may have a name of that kind.
    ///
    /// Source: Organizations user guide, "Service control policies", "Tasks and entities not restricted by SCPs".
    pub fn is_service_linked(&self) -> Truth {
        match (self.role(), self.role_name()) {
            (Some(role), _) => Truth::from(role.contains(":role/aws-service-role/")),
            (None, Some(name)) if name.starts_with("AWSServiceRoleFor") => Truth::Maybe,
            _ => Truth::No,
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.kind == PrincipalKind::Anonymous { "anonymous" } else { &self.text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_known_by_their_arn() {
        for (text, kind, account) in [
            ("arn:aws:iam::123456789012:root", PrincipalKind::Root, Some("123456789012")),
            ("123456789012", PrincipalKind::Root, Some("123456789012")),
            ("arn:aws:iam::123456789012:user/team/ann", PrincipalKind::User, Some("123456789012")),
            ("arn:aws-cn:iam::123456789012:role/ecs/exec", PrincipalKind::Role, Some("123456789012")),
            ("arn:aws:sts::123456789012:assumed-role/exec/0123abc", PrincipalKind::Session, Some("123456789012")),
            ("arn:aws:sts::123456789012:federated-user/bob", PrincipalKind::FederatedUser, Some("123456789012")),
            ("arn:aws:iam::123456789012:oidc-provider/token.example.com", PrincipalKind::Federated, Some("123456789012")),
            ("ecs-tasks.amazonaws.com", PrincipalKind::Service, None),
        ] {
            let principal = Principal::parse(text).unwrap();
            assert_eq!((principal.kind(), principal.account()), (kind, account), "{text}");
        }
    }

    #[test]
    fn what_can_ask_for_nothing_is_no_principal() {
        for text in [
            "",
            "*",
            "ann",
            "arn:aws:iam::123456789012:group/a",
            "arn:aws:iam::123456789012:role/*",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:sts::123456789012:assumed-role/exec",
            "arn:aws:s3:::bucket",
            "arn:aws:iam::12:role/a",
        ] {
            assert!(Principal::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_session_keeps_the_path_of_its_role() {
        let session = Principal::session("arn:aws:iam::123456789012:role/ecs/exec", "0123abc").unwrap();
        assert_eq!(session.text(), "arn:aws:sts::123456789012:assumed-role/exec/0123abc");
        assert_eq!((session.role(), session.role_name()), (Some("arn:aws:iam::123456789012:role/ecs/exec"), Some("exec")));
    }
}

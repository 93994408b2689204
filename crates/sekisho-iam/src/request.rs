//! What is asked.

use sekisho_model::{AccountId, Arn};

use crate::{Context, ContextValue, Principal, PrincipalKind, Truth, authorization};

/// One request, as AWS authorises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    principal: Principal,
    action: String,
    /// In lower case: actions are compared so.
    action_lower: String,
    resource: Resource,
    /// What AWS authorises it on, where that is another resource.
    instead: Option<Resource>,
    context: Context,
    /// The action is about no resource.
    everything: bool,
}

impl Request {
    /// `principal` asks for `action`, such as `ssm:GetParameters`, on `resource`.
    pub fn new(principal: Principal, action: &str, resource: Resource, context: Context) -> Self {
        let everything = resource.text() == "*" || authorization::wildcard_only(action) == Some(true);
        let instead = behind_alias(action, &resource);
        Self { principal, action: action.to_owned(), action_lower: action.to_ascii_lowercase(), resource, instead, context, everything }
    }

    /// The same request with the keys that AWS sets on every request from what is known of principal and resource, where the context does not list them:
    /// `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:PrincipalIsAWSService`, `aws:username`, `aws:ResourceAccount`,
    /// `kms:CallerAccount`.
    ///
    /// Source: IAM user guide, "AWS global condition context keys".
    #[must_use]
    pub fn with_usual_keys(mut self) -> Self {
        let one = |text: &str| ContextValue::One(text.to_owned());
        let absent = ContextValue::Absent;
        let principal = &self.principal;
        let (arn, kind) = match principal.kind() {
            PrincipalKind::Root => (one(principal.text()), one("Account")),
            PrincipalKind::User => (one(principal.text()), one("User")),
            PrincipalKind::FederatedUser => (one(principal.text()), one("FederatedUser")),
            PrincipalKind::Role | PrincipalKind::Session => (role_arn(principal), one("AssumedRole")),
            PrincipalKind::Anonymous => (absent.clone(), one("Anonymous")),
            PrincipalKind::Service | PrincipalKind::Federated => (ContextValue::Unknown, ContextValue::Unknown),
        };
        let username = match principal.kind() {
            PrincipalKind::User => principal.text().rsplit('/').next().map_or(absent.clone(), one),
            PrincipalKind::Root | PrincipalKind::Role | PrincipalKind::Session => absent.clone(),
            _ => ContextValue::Unknown,
        };
        let of_account = match (principal.account(), principal.kind()) {
            (Some(account), _) => one(account),
            (None, PrincipalKind::Anonymous) => absent.clone(),
            (None, _) => ContextValue::Unknown,
        };
        let is_service = one(if principal.kind() == PrincipalKind::Service { "true" } else { "false" });
        let owner = self.resource_account().map_or(ContextValue::Unknown, one);
        let is_kms = self.service() == "kms";
        for (key, value) in [
            ("aws:principalarn", arn),
            ("aws:principaltype", kind),
            ("aws:username", username),
            ("aws:principalaccount", of_account.clone()),
            ("aws:principalisawsservice", is_service),
            ("aws:resourceaccount", owner),
            ("kms:calleraccount", if is_kms { of_account } else { absent }),
        ] {
            self.context.set_default(key, value);
        }
        self
    }

    /// Who asks.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// For what.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// On what.
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The condition keys.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The resource that policies are compared with.
    pub(crate) fn authorised(&self) -> &Resource {
        self.instead.as_ref().unwrap_or(&self.resource)
    }

    pub(crate) fn action_lower(&self) -> &str {
        &self.action_lower
    }

    /// Whether only a `Resource` of `*` is about it: it is about no resource, or about all of them.
    pub(crate) fn is_about_everything(&self) -> bool {
        self.everything
    }

    /// The service's prefix of the action, in lower case.
    pub(crate) fn service(&self) -> &str {
        self.action_lower.split_once(':').map_or("", |(service, _)| service)
    }

    /// The account of the resource, or that of the principal where the action is about no resource.
    pub(crate) fn resource_account(&self) -> Option<&str> {
        match self.resource.account() {
            None if self.resource.text() == "*" => self.principal.account(),
            account => account,
        }
    }
}

/// The key behind an alias, of which nothing else is known. An operation on keys may be asked for by alias, but is authorised on the key; only operations
/// on aliases are authorised on those.
///
/// Source: KMS developer guide, "Controlling access to aliases" and "Use aliases to control access to KMS keys".
fn behind_alias(action: &str, resource: &Resource) -> Option<Resource> {
    let [_, partition, service, region, account, name] = resource.parts()?;
    let about_alias = |action: &authorization::Action| action.resource_types.iter().any(|(kind, _)| kind.resource_prefix() == "alias/");
    if service != "kms" || !name.starts_with("alias/") || authorization::action(action).is_none_or(about_alias) {
        return None;
    }
    Some(Resource::like(&format!("arn:{partition}:kms:{region}:{account}:key/*")))
}

/// A request with what is worked out once for all statements.
pub(crate) struct Asked<'r> {
    pub(crate) request: &'r Request,
    /// The parts of the resource's ARN.
    pub(crate) parts: Option<[&'r str; 6]>,
    /// Whether the principal has a permissions boundary.
    pub(crate) bounded: Truth,
}

impl<'r> Asked<'r> {
    pub(crate) fn new(request: &'r Request, bounded: Truth) -> Self {
        Self { request, parts: request.authorised().parts(), bounded }
    }
}

/// `aws:PrincipalArn` of a role, which has the path that the session's ARN has lost.
fn role_arn(principal: &Principal) -> ContextValue {
    match (principal.role(), principal.account(), principal.role_name()) {
        (Some(role), _, _) => ContextValue::One(role.to_owned()),
        (None, Some(account), Some(name)) => ContextValue::Like(format!("arn:{}:iam::{account}:role/*{name}", principal.partition())),
        _ => ContextValue::Unknown,
    }
}

/// The resource of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    text: String,
    account: Option<String>,
    exact: bool,
    /// Ends of the first five parts of an ARN in `text`; None where it is no ARN.
    colons: Option<[usize; 5]>,
}

impl Resource {
    /// The resource with this ARN; `*` for an action that is about no resource.
    pub fn new(arn: &str) -> Self {
        Self::made(arn, true)
    }

    /// A resource of whose ARN only a pattern is known, as in `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/a-??????`.
    pub fn like(pattern: &str) -> Self {
        Self::made(pattern, !pattern.contains(['*', '?']))
    }

    fn made(text: &str, exact: bool) -> Self {
        let account = text.parse::<Arn>().ok().and_then(|arn| arn.account_id()).map(|account| account.as_str().to_owned());
        Self { text: text.to_owned(), account, exact, colons: colons(text) }
    }

    /// The same resource, owned by `account`: for ARNs that do not say it, as those of S3.
    #[must_use]
    pub fn in_account(mut self, account: &AccountId) -> Self {
        self.account = Some(account.as_str().to_owned());
        self
    }

    /// The ARN, the pattern, or `*`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Who owns it, where that is known.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Whether the text is the resource's own ARN, and not a pattern of it.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The parts between the first five colons, and what follows. None where it is no ARN.
    pub(crate) fn parts(&self) -> Option<[&str; 6]> {
        let [a, b, c, d, e] = self.colons?;
        let part = |start: usize, end: usize| self.text.get(start..end);
        Some([part(0, a)?, part(a + 1, b)?, part(b + 1, c)?, part(c + 1, d)?, part(d + 1, e)?, self.text.get(e + 1..)?])
    }
}

/// Where the first five colons of an ARN are.
pub(crate) fn colons(text: &str) -> Option<[usize; 5]> {
    if !text.starts_with("arn:") {
        return None;
    }
    let mut found = text.match_indices(':').map(|(at, _)| at);
    Some([found.next()?, found.next()?, found.next()?, found.next()?, found.next()?])
}

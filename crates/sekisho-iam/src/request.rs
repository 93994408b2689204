//! What is asked.

use sekisho_model::{AccountId, Arn};

use crate::{Context, Principal};

/// One request, as AWS authorises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    principal: Principal,
    action: String,
    /// In lower case: actions are compared so.
    action_lower: String,
    resource: Resource,
    context: Context,
}

impl Request {
    /// `principal` asks for `action`, such as `ssm:GetParameters`, on `resource`.
    pub fn new(principal: Principal, action: &str, resource: Resource, context: Context) -> Self {
        Self { principal, action: action.to_owned(), action_lower: action.to_ascii_lowercase(), resource, context }
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

    pub(crate) fn action_lower(&self) -> &str {
        &self.action_lower
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

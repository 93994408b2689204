//! `Principal` and `NotPrincipal`, and how firmly somebody is named.

use sekisho_model::Arn;
use sekisho_model::policy::{PrincipalEntry, PrincipalType, Principals as Written};

use crate::{Principal, PrincipalKind, Truth};

/// The principals of a statement, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Principals {
    negated: bool,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
enum Entry {
    Everyone,
    Account(Box<str>),
    /// Of a user, a role or a session.
    Arn {
        text: Box<str>,
        account: Box<str>,
        kind: EntryKind,
    },
    Service(Box<str>),
    Federated(Box<str>),
    /// An id that only S3 knows.
    Canonical,
    /// The unique id of somebody: IAM shows the ARN of whoever still exists.
    Dangling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryKind {
    User,
    Role,
    Session,
    Other,
}

/// How a statement names a principal. What the policies of the principal itself leave out then blocks it, or does not (facts/iam.md A1, the table).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    /// Its account: that leaves it to the account to allow it.
    pub(crate) account: Truth,
    /// Its role: what boundary and session leave out still blocks.
    pub(crate) role: Truth,
    /// Itself: the session, the user, the service, or everybody. Only a `Deny` blocks.
    pub(crate) itself: Truth,
}

impl Naming {
    pub(crate) const NONE: Self = Self { account: Truth::No, role: Truth::No, itself: Truth::No };

    /// Whether it is named at all.
    pub(crate) fn any(self) -> Truth {
        self.account.or(self.role).or(self.itself)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self { account: self.account.or(other.account), role: self.role.or(other.role), itself: self.itself.or(other.itself) }
    }

    /// Named so only as far as `truth` holds.
    pub(crate) fn and(self, truth: Truth) -> Self {
        Self { account: self.account.and(truth), role: self.role.and(truth), itself: self.itself.and(truth) }
    }
}

impl Principals {
    pub(crate) fn new(written: &Written) -> Self {
        Self { negated: written.negated, entries: written.entries.iter().map(Entry::new).collect() }
    }

    pub(crate) fn is_negated(&self) -> bool {
        self.negated
    }

    /// How `principal` is named. For `NotPrincipal`, which only denies, all is in [`Naming::itself`]. `bounded`: whether it has a permissions boundary.
    pub(crate) fn naming(&self, principal: &Principal, bounded: Truth) -> Naming {
        let named = self.entries.iter().fold(Naming::NONE, |named, entry| named.or(entry.naming(principal)));
        if self.negated { Naming { itself: not_exempt(named, principal, bounded), ..Naming::NONE } } else { named }
    }
}

/// Whether a `Deny` with `NotPrincipal` hits `principal`, of which `named` is listed.
///
/// Source: IAM user guide, "AWS JSON policy elements: NotPrincipal": a user is spared where it is listed with its account, a session where it is listed
/// with its role and account; where something of that is missing it "might" be hit. "Permissions boundaries": whoever has one is hit always.
fn not_exempt(named: Naming, principal: &Principal, bounded: Truth) -> Truth {
    let spared = match principal.kind() {
        PrincipalKind::Service | PrincipalKind::Anonymous | PrincipalKind::Federated | PrincipalKind::Root => named.itself,
        PrincipalKind::User | PrincipalKind::FederatedUser => partly(named.itself, named.itself.and(named.account)),
        PrincipalKind::Role | PrincipalKind::Session => {
            partly(named.itself.or(named.role), named.itself.and(named.role).and(named.account))
        }
    };
    (!spared).or(bounded)
}

/// `whole` where all is listed, `Maybe` where a part is, `No` where nothing is.
fn partly(part: Truth, whole: Truth) -> Truth {
    if part == Truth::Yes { whole.max(Truth::Maybe) } else { part }
}

impl Entry {
    fn new(written: &PrincipalEntry) -> Self {
        let text = written.text.text.as_str();
        match written.kind {
            _ if text == "*" => Self::Everyone,
            PrincipalType::Service => Self::Service(text.into()),
            PrincipalType::Federated => Self::Federated(text.into()),
            PrincipalType::CanonicalUser => Self::Canonical,
            PrincipalType::Aws => {
                let Ok(arn) = text.parse::<Arn>() else {
                    return if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                        Self::Account(text.into())
                    } else {
                        Self::Dangling
                    };
                };
                let kind = match arn.resource.split_once('/').map_or(arn.resource.as_str(), |(word, _)| word) {
                    "root" => return Self::Account(arn.account.into()),
                    "user" => EntryKind::User,
                    "role" => EntryKind::Role,
                    "assumed-role" => EntryKind::Session,
                    _ => EntryKind::Other,
                };
                Self::Arn { text: text.into(), account: arn.account.into(), kind }
            }
        }
    }

    fn naming(&self, principal: &Principal) -> Naming {
        let itself = |truth| Naming { itself: truth, ..Naming::NONE };
        match self {
            Self::Everyone => {
                // Who lists everybody has listed the account and the role too.
                Naming { account: Truth::Yes, role: Truth::Yes, itself: Truth::Yes }
            }
            Self::Account(account) => {
                let same = Truth::from(principal.account() == Some(&**account) && principal.kind() != PrincipalKind::Federated);
                // The root user is the account.
                if principal.kind() == PrincipalKind::Root { itself(same) } else { Naming { account: same, ..Naming::NONE } }
            }
            Self::Service(name) => itself(Truth::from(principal.kind() == PrincipalKind::Service && principal.text() == &**name)),
            Self::Federated(name) => itself(Truth::from(principal.kind() == PrincipalKind::Federated && principal.text() == &**name)),
            Self::Canonical => itself(if principal.account().is_some() { Truth::Maybe } else { Truth::No }),
            Self::Dangling => Naming::NONE,
            Self::Arn { text, account, kind } => arn_naming(text, account, *kind, principal),
        }
    }
}

fn arn_naming(text: &str, account: &str, kind: EntryKind, principal: &Principal) -> Naming {
    if principal.account() != Some(account) {
        return Naming::NONE;
    }
    let exactly = Truth::from(principal.text() == text);
    match (kind, principal.kind()) {
        (EntryKind::Role, PrincipalKind::Role | PrincipalKind::Session) => {
            let role = match principal.role() {
                Some(role) => Truth::from(role == text),
                // The session has lost the path of its role. Names are unique within an account, so a role of that name without a path is it.
                None if principal.role_name() != text.rsplit('/').next() => Truth::No,
                None => Truth::from(text.split('/').count() == 2).or(Truth::Maybe),
            };
            Naming { role, ..Naming::NONE }
        }
        (EntryKind::Session, PrincipalKind::Role) => {
            // A session of the role is named; whether the request comes from that one is not said.
            let of_role = text.split('/').nth(1) == principal.role_name();
            Naming { itself: if of_role { Truth::Maybe } else { Truth::No }, ..Naming::NONE }
        }
        // For whom a federated session speaks is not in its ARN.
        (EntryKind::User, PrincipalKind::FederatedUser) => Naming { role: Truth::Maybe, ..Naming::NONE },
        _ => Naming { itself: exactly, ..Naming::NONE },
    }
}

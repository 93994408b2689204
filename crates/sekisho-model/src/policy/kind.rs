use std::fmt;

/// What a policy is attached to, which decides what may stand in it and what it can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyKind {
    /// Of a user, group or role: inline or managed.
    Identity,
    /// Of a resource: a secret, a bucket, a KMS key.
    Resource,
    /// Of a role: who may assume it.
    Trust,
    /// A permissions boundary.
    Boundary,
    /// Handed over when a role is assumed.
    Session,
    /// A service control policy of an organisation.
    ServiceControl,
    /// A resource control policy of an organisation.
    ResourceControl,
    /// Of a VPC endpoint.
    Endpoint,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Resource,
        Self::Trust,
        Self::Boundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::Endpoint,
    ];

    /// A word for machines: `identity`, `resource`, `trust`, `boundary`, `session`, `scp`, `rcp`, `endpoint`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Trust => "trust",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::Endpoint => "endpoint",
        }
    }

    /// Whether statements name principals. The others are about whom they are attached to.
    pub fn names_principals(self) -> bool {
        matches!(self, Self::Resource | Self::Trust | Self::ResourceControl | Self::Endpoint)
    }
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

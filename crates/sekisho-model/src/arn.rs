//! Amazon Resource Names, of any partition and Region.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::span::Span;
use crate::{AccountId, Region};

/// The six parts of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArnPart {
    /// The literal `arn`.
    Prefix,
    /// `aws`, `aws-cn`, …
    Partition,
    /// `ssm`, `secretsmanager`, …
    Service,
    /// The Region, empty for global services.
    Region,
    /// The account id, empty for some services.
    Account,
    /// Everything after the fifth colon.
    Resource,
}

impl fmt::Display for ArnPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prefix => "prefix",
            Self::Partition => "partition",
            Self::Service => "service",
            Self::Region => "region",
            Self::Account => "account",
            Self::Resource => "resource",
        })
    }
}

/// An ARN split into its parts. Only the form is checked; [`Arn::to_string`] gives back exactly what was parsed.
///
/// Source: IAM user guide, "Amazon Resource Names"; Go's `arn.Parse`, which the ECS agent uses, accepts any text with the prefix `arn:` and six
/// sections. This parser accepts the same texts; [`Arn::region_id`] and [`Arn::account_id`] check further.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    /// `aws`, `aws-cn`, …; may be anything, even empty, in what was parsed.
    pub partition: String,
    /// `ssm`, `secretsmanager`, …
    pub service: String,
    /// May be empty.
    pub region: String,
    /// May be empty.
    pub account: String,
    /// Everything after the fifth colon, colons included.
    pub resource: String,
}

/// Why a text is no ARN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArnError {
    /// It does not begin with `arn:`.
    #[error("`{text}` does not begin with `arn:`")]
    Prefix {
        /// The text.
        text: String,
    },
    /// Fewer than six parts.
    #[error("`{text}` has {found} of the six colon-separated parts of an ARN: the {missing} is missing")]
    Sections {
        /// The text.
        text: String,
        /// How many parts it has.
        found: usize,
        /// The first part that is missing.
        missing: ArnPart,
    },
}

impl Arn {
    /// An ARN from its parts.
    pub fn new(partition: &str, service: &str, region: &str, account: &str, resource: impl Into<String>) -> Self {
        Self {
            partition: partition.into(),
            service: service.into(),
            region: region.into(),
            account: account.into(),
            resource: resource.into(),
        }
    }

    /// The Region field as a Region, if it has that form.
    pub fn region_id(&self) -> Option<Region> {
        self.region.parse().ok()
    }

    /// The account field as an account id, if it has that form.
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.parse().ok()
    }

    /// The bytes that `part` takes in the printed form.
    pub fn span_of(&self, part: ArnPart) -> Span {
        let lengths = [3, self.partition.len(), self.service.len(), self.region.len(), self.account.len(), self.resource.len()];
        let index = match part {
            ArnPart::Prefix => 0,
            ArnPart::Partition => 1,
            ArnPart::Service => 2,
            ArnPart::Region => 3,
            ArnPart::Account => 4,
            ArnPart::Resource => 5,
        };
        let start: usize = lengths.iter().take(index).map(|length| length + 1).sum();
        Span::new(start, start + lengths.get(index).copied().unwrap_or_default())
    }
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.starts_with("arn:") {
            return Err(ArnError::Prefix { text: text.to_owned() });
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts.as_slice() {
            [_, partition, service, region, account, resource] => Ok(Self::new(partition, service, region, account, *resource)),
            _ => {
                let missing = match parts.len() {
                    2 => ArnPart::Service,
                    3 => ArnPart::Region,
                    4 => ArnPart::Account,
                    _ => ArnPart::Resource,
                };
                Err(ArnError::Sections { text: text.to_owned(), found: parts.len(), missing })
            }
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:{}:{}:{}:{}:{}", self.partition, self.service, self.region, self.account, self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_keeps_its_colons() {
        let arn: Arn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a-AbCdEf:k::".parse().unwrap();
        assert_eq!(arn.resource, "secret:a-AbCdEf:k::");
        assert_eq!(arn.region_id().unwrap().partition().as_str(), arn.partition);
        let text = arn.to_string();
        let span = arn.span_of(ArnPart::Account);
        assert_eq!(text.get(span.start..span.end), Some("123456789012"));
    }

    #[test]
    fn a_missing_part_is_named() {
        let error = "arn:aws:ssm:parameter/x".parse::<Arn>().unwrap_err();
        assert_eq!(error.to_string(), "`arn:aws:ssm:parameter/x` has 4 of the six colon-separated parts of an ARN: the account is missing");
    }
}

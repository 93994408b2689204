//! Names of parameters in Parameter Store.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::{AccountId, Arn, Region};

/// Longest name that PutParameter takes, in characters, the ARN's prefix included (botocore ssm, PutParameter: 2048 of which 1037 are reserved).
pub const PARAMETER_NAME_LIMIT: usize = 1011;

/// Deepest hierarchy, in levels (botocore ssm, PutParameter).
const LEVELS: usize = 15;

/// A name that Parameter Store accepts.
///
/// Source: botocore ssm, PutParameter's documentation; facts/iam.md C.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterName(String);

/// Why Parameter Store would not accept a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParameterNameError {
    /// No characters at all.
    #[error("the parameter name is empty")]
    Empty,
    /// A character outside `a-zA-Z0-9_.-/`.
    #[error("the parameter name `{name}` has {character:?} at character {at}: only letters, digits and `_.-/` are allowed")]
    Character {
        /// The name.
        name: String,
        /// The first character that is not allowed.
        character: char,
        /// Its 1-based position, in characters.
        at: usize,
    },
    /// Too long together with its ARN's prefix.
    #[error(
        "the parameter name has {length} characters with its ARN's prefix, more than the {PARAMETER_NAME_LIMIT} that Parameter Store keeps"
    )]
    Long {
        /// Characters, ARN prefix included.
        length: usize,
    },
    /// More than 15 levels.
    #[error("the parameter name `{name}` has {levels} levels, more than the {LEVELS} that Parameter Store allows")]
    Deep {
        /// The name.
        name: String,
        /// How many levels.
        levels: usize,
    },
    /// A `/` inside a name that does not begin with one.
    #[error("the parameter name `{name}` has a `/` inside but none in front: a hierarchy begins with `/`")]
    NoLeadingSlash {
        /// The name.
        name: String,
    },
    /// `//`, or a `/` at the end.
    #[error("the parameter name `{name}` has an empty level: no `//`, and no `/` at the end")]
    EmptyLevel {
        /// The name.
        name: String,
    },
    /// Begins with `aws` or `ssm`, which AWS keeps for itself.
    #[error("the parameter name `{name}` begins with `aws` or `ssm`, which is reserved for AWS")]
    Reserved {
        /// The name.
        name: String,
    },
}

impl ParameterName {
    /// The name as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ARN of the parameter of this name. A hierarchy's leading slash is the ARN's separator: `/a/b` is `parameter/a/b`, and so is `a`
    /// `parameter/a` (facts/ecs.md §2.2).
    pub fn arn(&self, region: &Region, account: &AccountId) -> Arn {
        let resource = format!("parameter/{}", self.0.trim_start_matches('/'));
        Arn::new(region.partition().as_str(), "ssm", region.as_str(), account.as_str(), resource)
    }

    /// Whether this is a public parameter of AWS or the way through to a secret: names that nobody can put, but everybody can refer to.
    pub fn is_provided_by_aws(&self) -> bool {
        self.0.starts_with("/aws/service/") || self.0.starts_with("/aws/reference/secretsmanager/")
    }
}

impl FromStr for ParameterName {
    type Err = ParameterNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = || text.to_owned();
        if text.is_empty() {
            return Err(ParameterNameError::Empty);
        }
        let wrong = text.chars().enumerate().find(|(_, character)| !(character.is_ascii_alphanumeric() || "_.-/".contains(*character)));
        if let Some((index, character)) = wrong {
            return Err(ParameterNameError::Character { name: name(), character, at: index + 1 });
        }
        // The prefix of the longest Region in use: AWS counts the whole ARN, whose Region a name alone does not tell.
        let length = text.len() + "arn:aws:ssm:ap-northeast-1:123456789012:parameter".len();
        if length > PARAMETER_NAME_LIMIT {
            return Err(ParameterNameError::Long { length });
        }
        if text.contains("//") || text.ends_with('/') {
            return Err(ParameterNameError::EmptyLevel { name: name() });
        }
        if text.contains('/') && !text.starts_with('/') {
            return Err(ParameterNameError::NoLeadingSlash { name: name() });
        }
        let levels = text.trim_start_matches('/').split('/').count();
        if levels > LEVELS {
            return Err(ParameterNameError::Deep { name: name(), levels });
        }
        let parsed = Self(name());
        let first = text.trim_start_matches('/').to_ascii_lowercase();
        if (first.starts_with("aws") || first.starts_with("ssm")) && !parsed.is_provided_by_aws() {
            return Err(ParameterNameError::Reserved { name: name() });
        }
        Ok(parsed)
    }
}

impl fmt::Display for ParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_parameter_store_takes_are_taken() {
        for name in [
            "a",
            "/a",
            "/development/database/password",
            "a.b-c_d",
            "/aws/service/ecs/optimized-ami/x",
            "/aws/reference/secretsmanager/db",
            "/shop/aws",
        ] {
            assert_eq!(name.parse::<ParameterName>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn names_that_it_refuses_are_refused_with_the_reason() {
        let refused = |name: &str| name.parse::<ParameterName>().unwrap_err();
        assert_eq!(refused(""), ParameterNameError::Empty);
        assert!(matches!(refused("/a b"), ParameterNameError::Character { character: ' ', at: 3, .. }));
        assert!(matches!(refused("a/b"), ParameterNameError::NoLeadingSlash { .. }));
        assert!(matches!(refused("/a//b"), ParameterNameError::EmptyLevel { .. }));
        assert!(matches!(refused("/a/"), ParameterNameError::EmptyLevel { .. }));
        assert!(matches!(refused("AWSome"), ParameterNameError::Reserved { .. }));
        assert!(matches!(refused("/ssm/x"), ParameterNameError::Reserved { .. }));
        assert!(matches!(refused(&"/a".repeat(16)), ParameterNameError::Deep { levels: 16, .. }));
        assert!(matches!(refused(&"a".repeat(1000)), ParameterNameError::Long { .. }));
    }

    #[test]
    fn the_leading_slash_is_the_separator_of_the_arn() {
        let (region, account) = ("us-gov-west-1".parse().unwrap(), "123456789012".parse().unwrap());
        let arn = |name: &str| name.parse::<ParameterName>().unwrap().arn(&region, &account).to_string();
        assert_eq!(arn("/a/b"), "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a/b");
        assert_eq!(arn("a"), "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a");
    }
}

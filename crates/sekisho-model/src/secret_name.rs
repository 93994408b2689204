//! Names of secrets in Secrets Manager.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A name that Secrets Manager accepts: 1 to 512 of `A-Za-z0-9/_+=.@-` (botocore secretsmanager, CreateSecret).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecretName(String);

/// Why Secrets Manager would not accept a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SecretNameError {
    /// No characters at all.
    #[error("the secret name is empty")]
    Empty,
    /// More than 512 characters.
    #[error("the secret name has {length} characters, more than the 512 that Secrets Manager allows")]
    Long {
        /// How many characters.
        length: usize,
    },
    /// A character that is not allowed.
    #[error("the secret name `{name}` has {character:?} at character {at}: only letters, digits and `/_+=.@-` are allowed")]
    Character {
        /// The name.
        name: String,
        /// The first character that is not allowed.
        character: char,
        /// Its 1-based position, in characters.
        at: usize,
    },
}

impl SecretName {
    /// The name as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether `name` ends in a hyphen and six letters or digits, the form of the suffix that Secrets Manager adds to its ARNs. A lookup by a partial
/// ARN of such a name may be read as a complete ARN and find nothing (Secrets Manager guide, troubleshooting).
pub fn ends_like_a_complete_arn(name: &str) -> bool {
    let Some((rest, suffix)) = name.rsplit_once('-') else { return false };
    !rest.is_empty() && suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl FromStr for SecretName {
    type Err = SecretNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(SecretNameError::Empty);
        }
        let wrong = text.chars().enumerate().find(|(_, character)| !(character.is_ascii_alphanumeric() || "/_+=.@-".contains(*character)));
        if let Some((index, character)) = wrong {
            return Err(SecretNameError::Character { name: text.to_owned(), character, at: index + 1 });
        }
        if text.len() > 512 {
            return Err(SecretNameError::Long { length: text.len() });
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_held_to_the_limits_of_create_secret() {
        assert!("production/database/password".parse::<SecretName>().is_ok());
        assert!("a+b=c.d@e_f-g".parse::<SecretName>().is_ok());
        assert_eq!("".parse::<SecretName>(), Err(SecretNameError::Empty));
        assert!(matches!("a:b".parse::<SecretName>(), Err(SecretNameError::Character { character: ':', at: 2, .. })));
        assert!(matches!("a".repeat(513).parse::<SecretName>(), Err(SecretNameError::Long { length: 513 })));
    }

    #[test]
    fn a_hyphen_and_six_look_like_the_suffix() {
        assert!(ends_like_a_complete_arn("test-secret"));
        assert!(ends_like_a_complete_arn("db-AbCdEf"));
        assert!(!ends_like_a_complete_arn("db-password"));
        assert!(!ends_like_a_complete_arn("-AbCdEf"));
        assert!(!ends_like_a_complete_arn("db"));
    }
}

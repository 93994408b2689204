//! `required_version`.

use thiserror::Error;

/// Why a version or a requirement of one cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VersionError {
    /// The requirement has another form than `>=X.Y`, `=X.Y` or `^X.Y`, each with `.Z` or without.
    #[error("a required version is `>=`, `=` or `^` and two or three numbers joined by dots")]
    Requirement,
    /// The version has another form than `X.Y.Z`.
    #[error("a version is three numbers joined by dots")]
    Version,
}

/// How a version is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Exactly,
    Compatible,
}

/// A parsed requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    comparison: Comparison,
    major: u64,
    minor: u64,
    patch: Option<u64>,
}

impl Requirement {
    /// Reads `>=0.1`, `=1.2.3`, `^1.0`. Spaces are allowed after the sign only.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let (comparison, rest) = [(">=", Comparison::AtLeast), ("=", Comparison::Exactly), ("^", Comparison::Compatible)]
            .into_iter()
            .find_map(|(sign, comparison)| text.strip_prefix(sign).map(|rest| (comparison, rest)))
            .ok_or(VersionError::Requirement)?;
        match numbers(rest.trim_start_matches(' ')).as_deref() {
            Some(&[major, minor]) => Ok(Self { comparison, major, minor, patch: None }),
            Some(&[major, minor, patch]) => Ok(Self { comparison, major, minor, patch: Some(patch) }),
            _ => Err(VersionError::Requirement),
        }
    }

    fn admits(self, version: (u64, u64, u64)) -> bool {
        let least = (self.major, self.minor, self.patch.unwrap_or(0));
        let (major, minor, patch) = version;
        match self.comparison {
            Comparison::AtLeast => version >= least,
            Comparison::Exactly => (major, minor) == (self.major, self.minor) && self.patch.is_none_or(|wanted| patch == wanted),
            // As Cargo and npm read it: the first number that is not zero stays.
            Comparison::Compatible => {
                let stays = match (self.major, self.minor, self.patch) {
                    (1.., ..) => major == self.major,
                    (0, 1.., _) => (major, minor) == (0, self.minor),
                    (0, 0, None) => (major, minor) == (0, 0),
                    (0, 0, Some(wanted)) => (major, minor, patch) == (0, 0, wanted),
                };
                version >= least && stays
            }
        }
    }
}

/// Whether `version` (`X.Y.Z`; a pre-release or build part after `-` or `+` is ignored) satisfies `required`, the text of `required_version`.
///
/// # Errors
/// Either text has another form.
pub fn satisfied(required: &str, version: &str) -> Result<bool, VersionError> {
    let requirement = Requirement::parse(required)?;
    let release = version.split(['-', '+']).next().unwrap_or(version);
    match numbers(release).as_deref() {
        Some(&[major, minor, patch]) => Ok(requirement.admits((major, minor, patch))),
        _ => Err(VersionError::Version),
    }
}

/// Numbers joined by dots, without signs or leading zeros.
fn numbers(text: &str) -> Option<Vec<u64>> {
    text.split('.')
        .map(|number| {
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let leading_zero = number.len() > 1 && number.starts_with('0');
            if digits && !leading_zero { number.parse().ok() } else { None }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_cargo_does() {
        for (required, version, answer) in [
            (">=0.1", "0.1.0", true),
            (">=0.1", "1.0.0", true),
            (">=0.2", "0.1.9", false),
            (">= 0.1.2", "0.1.1", false),
            ("=0.1", "0.1.7", true),
            ("=0.1", "0.2.0", false),
            ("=0.1.2", "0.1.3", false),
            ("^0.1", "0.1.9", true),
            ("^0.1", "0.2.0", false),
            ("^1.2", "1.9.0", true),
            ("^1.2", "2.0.0", false),
            ("^1.2", "1.1.9", false),
            ("^0.0.3", "0.0.4", false),
            (">=0.1", "0.1.0-rc.1", true),
        ] {
            assert_eq!(satisfied(required, version), Ok(answer), "{required} {version}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for required in ["", "0.1", ">0.1", "~0.1", ">=1", ">=1.2.3.4", ">=01.2", ">=1.x", ">=99999999999999999999.1"] {
            assert_eq!(satisfied(required, "0.1.0"), Err(VersionError::Requirement), "{required}");
        }
        assert_eq!(satisfied(">=0.1", "0.1"), Err(VersionError::Version));
    }
}

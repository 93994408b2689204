//! Regions and partitions. The list of Regions is open: AWS adds some every year.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A Region by its code, such as `ap-northeast-1`. Any text of a Region's shape is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(String);

/// Why a text is no Region.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` does not have a Region's form: lower-case words joined by hyphens and a number at the end, as in `ap-northeast-1`")]
pub struct RegionError {
    text: String,
}

impl Region {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The partition that Regions of this prefix belong to (botocore `partitions.json`, the Region patterns). Prefixes not listed there are
    /// of the commercial partition, as the SDKs assume too.
    pub fn partition(&self) -> Partition {
        let prefix = |text: &str| self.0.starts_with(text);
        let name = if prefix("cn-") {
            "aws-cn"
        } else if prefix("us-gov-") {
            "aws-us-gov"
        } else if prefix("us-isob-") {
            "aws-iso-b"
        } else if prefix("us-isof-") || prefix("eu-isoe-") {
            if prefix("us-isof-") { "aws-iso-f" } else { "aws-iso-e" }
        } else if prefix("us-iso-") {
            "aws-iso"
        } else if prefix("eusc-") {
            "aws-eusc"
        } else {
            "aws"
        };
        Partition(name.to_owned())
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split('-').collect();
        let number = words.last().is_some_and(|word| !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()));
        let rest = words.split_last().is_some_and(|(_, rest)| {
            rest.len() >= 2 && rest.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        });
        if number && rest && text.len() <= 32 { Ok(Self(text.to_owned())) } else { Err(RegionError { text: text.to_owned() }) }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A partition: `aws`, `aws-cn`, `aws-us-gov` and others. Open too.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partition(String);

impl Partition {
    /// The name as ARNs write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Partition {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_regions_of_the_right_form_are_accepted() {
        for (text, partition) in [
            ("ap-northeast-1", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("xx-newplace-12", "aws"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            let region: Region = text.parse().unwrap();
            assert_eq!(region.partition().as_str(), partition, "{text}");
        }
    }

    #[test]
    fn what_is_no_region_is_refused() {
        for text in [
            "",
            "region",
            "ap-northeast",
            "AP-northeast-1",
            "ap_northeast_1",
            "ap-northeast-1a",
            "${Region}",
            "ap--1",
            "-1",
            "ap-northeast-100",
        ] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A condition operator, such as `ForAnyValue:StringLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operator {
    /// How a key of several values is looked at.
    pub set: Option<SetQualifier>,
    /// The comparison itself.
    pub comparison: Comparison,
    /// Whether it ends in `IfExists`: it holds where the key is missing.
    pub if_exists: bool,
}

/// How the several values of one key are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SetQualifier {
    /// `ForAllValues`: each value of the request has to match, and no value at all matches too.
    ForAllValues,
    /// `ForAnyValue`: one value of the request has to match.
    ForAnyValue,
}

impl SetQualifier {
    /// The word of the policy language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
    }
}

macro_rules! comparisons {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// What is compared, and how. Source: IAM user guide, "IAM JSON policy elements: Condition operators".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Comparison {
            $($(#[doc = $doc])* $name,)*
        }

        impl Comparison {
            /// Every comparison.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word of the policy language.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

comparisons! {
    /// Letter for letter.
    StringEquals,
    /// The negation of `StringEquals`.
    StringNotEquals,
    /// Letter for letter, whatever the case.
    StringEqualsIgnoreCase,
    /// The negation of `StringEqualsIgnoreCase`.
    StringNotEqualsIgnoreCase,
    /// With `*` and `?`.
    StringLike,
    /// The negation of `StringLike`.
    StringNotLike,
    /// As numbers.
    NumericEquals,
    /// The negation of `NumericEquals`.
    NumericNotEquals,
    /// As numbers.
    NumericLessThan,
    /// As numbers.
    NumericLessThanEquals,
    /// As numbers.
    NumericGreaterThan,
    /// As numbers.
    NumericGreaterThanEquals,
    /// As points in time.
    DateEquals,
    /// The negation of `DateEquals`.
    DateNotEquals,
    /// As points in time.
    DateLessThan,
    /// As points in time.
    DateLessThanEquals,
    /// As points in time.
    DateGreaterThan,
    /// As points in time.
    DateGreaterThanEquals,
    /// `true` or `false`.
    Bool,
    /// As bytes, written in Base64.
    BinaryEquals,
    /// An address within a range.
    IpAddress,
    /// The negation of `IpAddress`.
    NotIpAddress,
    /// The same as `ArnLike`.
    ArnEquals,
    /// The negation of `ArnEquals`.
    ArnNotEquals,
    /// Part by part, with `*` and `?` in each.
    ArnLike,
    /// The negation of `ArnLike`.
    ArnNotLike,
    /// Whether the key is missing.
    Null,
}

impl Comparison {
    /// Whether it holds where no value of the policy matches. Such a comparison also holds where the key is missing.
    pub fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }
}

/// Why a text is no condition operator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is no condition operator")]
pub struct OperatorError {
    /// The text.
    pub text: String,
}

impl FromStr for Operator {
    type Err = OperatorError;

    /// Only the letters of the guide are taken: whether AWS takes others is not documented, and an operator that is misread would change who gets in.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || OperatorError { text: text.to_owned() };
        let (set, rest) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(SetQualifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(SetQualifier::ForAnyValue), rest),
            Some(_) => return Err(unknown()),
        };
        let (word, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |word| (word, true));
        let comparison = Comparison::ALL.iter().copied().find(|comparison| comparison.as_str() == word).ok_or_else(unknown)?;
        // The same page excepts `Null`, and nothing else, from what may end in `IfExists`.
        if comparison == Comparison::Null && if_exists {
            return Err(unknown());
        }
        Ok(Self { set, comparison, if_exists })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(set) = self.set {
            write!(f, "{}:", set.as_str())?;
        }
        f.write_str(self.comparison.as_str())?;
        if self.if_exists { f.write_str("IfExists") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_printed_as_it_is_read() {
        for comparison in Comparison::ALL.iter().copied() {
            for set in [None, Some(SetQualifier::ForAllValues), Some(SetQualifier::ForAnyValue)] {
                for if_exists in [false, comparison != Comparison::Null] {
                    let operator = Operator { set, comparison, if_exists };
                    assert_eq!(operator.to_string().parse(), Ok(operator));
                }
            }
        }
    }

    #[test]
    fn what_the_guide_does_not_list_is_no_operator() {
        for text in ["", "StringEqual", "stringequals", "ForAll:StringEquals", "NullIfExists", "IfExists", "StringEquals:"] {
            assert!(text.parse::<Operator>().is_err(), "{text}");
        }
    }
}

//! Numbers, compared exactly: a double would take 9007199254740993 for 9007199254740992.

use std::cmp::Ordering;

/// A decimal number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Without leading zeros.
    whole: Box<str>,
    /// Without trailing zeros.
    fraction: Box<str>,
}

impl Decimal {
    /// An integer, or one with a fraction. Exponents are not in the guide.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !number(whole) || !number(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole: whole.into(), fraction: fraction.into() })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |left: &Self, right: &Self| {
            left.whole
                .len()
                .cmp(&right.whole.len())
                .then_with(|| left.whole.cmp(&right.whole))
                .then_with(|| left.fraction.cmp(&right.fraction))
        };
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self, other),
            (true, true) => size(other, self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_ordered_as_numbers(left in -1_000_000_i64..1_000_000, right in -1_000_000_i64..1_000_000, places in 0_usize..3) {
            let written = |number: i64| {
                let divisor = 10_i64.pow(u32::try_from(places).unwrap());
                let (whole, rest) = (number.abs() / divisor, number.abs() % divisor);
                let sign = if number < 0 { "-" } else { "" };
                if places == 0 { format!("{sign}{whole}") } else { format!("{sign}0{whole}.{rest:0places$}00") }
            };
            let (a, b) = (Decimal::parse(&written(left)).unwrap(), Decimal::parse(&written(right)).unwrap());
            prop_assert_eq!(a.cmp(&b), left.cmp(&right));
        }
    }

    #[test]
    fn digits_are_never_lost() {
        let number = |text| Decimal::parse(text).unwrap();
        assert!(number("9007199254740993") > number("9007199254740992"));
        assert_eq!(number("-0.0"), number("+0"));
        for text in ["", "-", "1e3", "0x10", "1.", ".5", "1,000", " 1"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}

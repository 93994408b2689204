//! Addresses and ranges of them.

use std::net::IpAddr;

use crate::Truth;

/// A range in CIDR's notation, or one address.
#[derive(Clone, Debug)]
pub(super) struct Range {
    start: IpAddr,
    /// Bits that count. None where none are written.
    prefix: Option<u32>,
}

impl Range {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let start: IpAddr = address.parse().ok()?;
        let bits = if start.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => None,
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => Some(prefix.parse().ok().filter(|prefix| *prefix <= bits)?),
            Some(_) => return None,
        };
        Some(Self { start, prefix })
    }

    /// Without a prefix the guide speaks of /32. For IPv6 that may be meant so, or as one address.
    pub(super) fn contains(&self, address: IpAddr) -> Truth {
        match (self.start, address, self.prefix) {
            (IpAddr::V4(start), IpAddr::V4(address), prefix) => {
                same_bits(u128::from(start.to_bits()), u128::from(address.to_bits()), 32 - prefix.unwrap_or(32)).into()
            }
            (IpAddr::V6(start), IpAddr::V6(address), Some(prefix)) => same_bits(start.to_bits(), address.to_bits(), 128 - prefix).into(),
            (IpAddr::V6(start), IpAddr::V6(address), None) if start == address => Truth::Yes,
            (IpAddr::V6(start), IpAddr::V6(address), None) => {
                Truth::from(same_bits(start.to_bits(), address.to_bits(), 96)).at_most_maybe()
            }
            (IpAddr::V4(_), IpAddr::V6(address), _) | (IpAddr::V6(address), IpAddr::V4(_), _) if address.to_ipv4_mapped().is_some() => {
                Truth::Maybe
            }
            _ => Truth::No,
        }
    }
}

/// Whether both agree when the last `ignored` bits are left out.
fn same_bits(left: u128, right: u128, ignored: u32) -> bool {
    ignored >= 128 || left >> ignored == right >> ignored
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(range: &str, address: &str) -> Truth {
        Range::parse(range).unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn ranges_hold_what_shares_their_bits() {
        for (range, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", Truth::Yes),
            ("203.0.113.0/24", "203.0.114.0", Truth::No),
            ("0.0.0.0/0", "8.8.8.8", Truth::Yes),
            ("203.0.113.7", "203.0.113.7", Truth::Yes),
            ("203.0.113.7", "203.0.113.8", Truth::No),
            ("203.0.113.7/32", "203.0.113.7", Truth::Yes),
            ("2001:db8::/32", "2001:db8:1::1", Truth::Yes),
            ("::/0", "2001:db8::1", Truth::Yes),
            ("2001:db8::/32", "2001:db9::1", Truth::No),
            ("::/0", "203.0.113.7", Truth::No),
            ("2001:db8::1", "2001:db8::1", Truth::Yes),
            ("2001:db8::1", "2001:db8::2", Truth::Maybe),
            ("2001:db8::1", "2001:db9::1", Truth::No),
            ("203.0.113.7", "::ffff:203.0.113.7", Truth::Maybe),
        ] {
            assert_eq!(contains(range, address), expected, "{address} in {range}");
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "203.0.113.0/33", "203.0.113/24", "203.0.113.0/", "203.0.113.0/+8", "::/129", "example.com", "203.0.113.*"] {
            assert!(Range::parse(text).is_none(), "{text}");
        }
    }
}

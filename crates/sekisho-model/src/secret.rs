//! A value that must never be shown.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A secret value. It is wiped from memory when dropped, and has neither `Display` nor a serialisation.
///
/// INVARIANT: nothing of the value, not its length and not a prefix, can be seen through this type except by [`Secret::expose`].
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Takes `value` in. Copies that the caller still holds are not wiped.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself. Every call of this is a place where a value could leak: keep the borrow short.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_says_nothing_of_the_value() {
        let short = format!("{:?}", Secret::new("a".to_owned()));
        let long = format!("{:#?}", Secret::new("hunter2-hunter2-hunter2".to_owned()));
        assert_eq!(short, long);
        assert!(!long.contains("hunter"));
    }
}

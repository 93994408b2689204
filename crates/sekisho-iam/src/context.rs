//! What a request carries beside principal, action and resource: the condition keys.

/// The condition keys of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Keys in lower case, sorted: IAM compares keys, those of tags too, without regard to case.
    keys: Vec<(Box<str>, ContextValue)>,
    /// Whether a key that is not listed may be there all the same.
    open: bool,
}

/// What is known of one condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// The request does not carry it.
    Absent,
    /// One value, of a key that has never more than one.
    One(String),
    /// The values of a key that can have several, though they may be one or none.
    Many(Vec<String>),
    /// One value, of which only a pattern is known, with `*` and `?` as in `arn:aws:ecs:ap-northeast-1:123456789012:*`.
    Like(String),
    /// It is not known whether the request carries it, or with which value.
    Unknown,
}

impl Context {
    /// A context that is known completely: a key that is not listed does not exist.
    pub fn complete() -> Self {
        Self::default()
    }

    /// A context of which only some keys are known: a key that is not listed is [`ContextValue::Unknown`].
    pub fn partial() -> Self {
        Self { keys: Vec::new(), open: true }
    }

    /// The same context with `key`. A key that is listed already is replaced.
    #[must_use]
    pub fn with(mut self, key: &str, value: ContextValue) -> Self {
        self.set(key, value);
        self
    }

    /// The same context with `key` as a single known value.
    #[must_use]
    pub fn with_one(self, key: &str, value: impl Into<String>) -> Self {
        self.with(key, ContextValue::One(value.into()))
    }

    /// Sets `key`. A key that is listed already is replaced.
    pub fn set(&mut self, key: &str, value: ContextValue) {
        let key = key.to_lowercase().into_boxed_str();
        match self.position(&key) {
            Ok(at) => {
                if let Some(entry) = self.keys.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => self.keys.insert(at, (key, value)),
        }
    }

    /// Sets `key` where it is not listed yet.
    pub fn set_default(&mut self, key: &str, value: ContextValue) {
        if self.position(&key.to_lowercase()).is_err() {
            self.set(key, value);
        }
    }

    /// What is known of `key`, in whatever case.
    pub fn get(&self, key: &str) -> &ContextValue {
        if key.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_uppercase()) {
            self.get_lower(&key.to_lowercase())
        } else {
            self.get_lower(key)
        }
    }

    /// The keys that are listed, in lower case, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        self.keys.iter().map(|(key, value)| (&**key, value))
    }

    /// As [`Context::get`], for a key that is in lower case.
    pub(crate) fn get_lower(&self, key: &str) -> &ContextValue {
        let unlisted = if self.open { &ContextValue::Unknown } else { &ContextValue::Absent };
        self.position(key).ok().and_then(|at| self.keys.get(at)).map_or(unlisted, |(_, value)| value)
    }

    fn position(&self, lower: &str) -> Result<usize, usize> {
        self.keys.binary_search_by(|(key, _)| (**key).cmp(lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_without_regard_to_case() {
        let context = Context::complete().with_one("aws:PrincipalTag/Team", "a").with_one("AWS:principaltag/TEAM", "b");
        assert_eq!(context.get("aws:principalTag/team"), &ContextValue::One("b".into()));
        assert_eq!(context.iter().count(), 1);
    }

    #[test]
    fn what_is_not_listed_is_absent_or_unknown() {
        assert_eq!(Context::complete().get("aws:SourceIp"), &ContextValue::Absent);
        assert_eq!(Context::partial().get("aws:SourceIp"), &ContextValue::Unknown);
    }
}

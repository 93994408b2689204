//! Three-valued facts: known, unknown because …, unreadable because ….

use std::fmt;

use crate::Source;

/// One call to an AWS API.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    /// The service's prefix in IAM, such as `ssm`.
    pub service: &'static str,
    /// The operation, such as `DescribeParameters`.
    pub operation: &'static str,
    /// The Region that was called.
    pub region: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({})", self.service, self.operation, self.region)
    }
}

/// Why something is not known or could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// AWS refused the call; `detail` is AWS's own message.
    Denied {
        /// The call.
        call: Call,
        /// AWS's message.
        detail: String,
    },
    /// AWS asked to slow down until our patience ended.
    Throttled {
        /// The call.
        call: Call,
    },
    /// No answer, or none that could be understood.
    Unreachable {
        /// The call.
        call: Call,
        /// What the connection said.
        detail: String,
    },
    /// AWS answered with an error that is none of the above.
    Refused {
        /// The call.
        call: Call,
        /// AWS's error code.
        code: String,
        /// AWS's message.
        detail: String,
    },
    /// A key that could not be used: disabled, pending deletion, or out of reach.
    KeyUnusable {
        /// The call.
        call: Call,
        /// AWS's message.
        detail: String,
    },
    /// The question did not need it, so it was not read (design §6.3).
    NotAsked,
    /// A text that another program still has to fill in; the text is the placeholder.
    Unrendered(String),
    /// Something else stands where a value of this kind is expected.
    WrongType {
        /// What belongs there, in the file format's words.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// The service does not tell.
    NotTold(String),
}

/// What a reader found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// It is this.
    Known {
        /// The value.
        value: T,
        /// Where it was read.
        source: Source,
    },
    /// It cannot be known from what was read.
    Unknown {
        /// Why.
        because: Because,
        /// Where it would have stood.
        source: Source,
    },
    /// Something is there, but could not be read.
    Unreadable {
        /// Why.
        because: Because,
        /// Where.
        source: Source,
    },
}

impl<T> Fact<T> {
    /// A known fact.
    pub fn known(value: T, source: Source) -> Self {
        Self::Known { value, source }
    }

    /// The value, where it is known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unknown { .. } | Self::Unreadable { .. } => None,
        }
    }

    /// Why it is not known, where it is not.
    pub fn because(&self) -> Option<&Because> {
        match self {
            Self::Known { .. } => None,
            Self::Unknown { because, .. } | Self::Unreadable { because, .. } => Some(because),
        }
    }

    /// Where it was read.
    pub fn source(&self) -> &Source {
        match self {
            Self::Known { source, .. } | Self::Unknown { source, .. } | Self::Unreadable { source, .. } => source,
        }
    }

    /// The same fact about something derived from the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Known { value, source } => Fact::Known { value: f(value), source },
            Self::Unknown { because, source } => Fact::Unknown { because, source },
            Self::Unreadable { because, source } => Fact::Unreadable { because, source },
        }
    }
}

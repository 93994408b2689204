//! What every local API is made of: an operation, the call it answers, the records it works on, and AWS's way of saying no.

use std::fmt;

use sekisho_model::{AccountId, Arn, Region};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// Whether an operation writes. A reading one never sees its own writes, because it can make none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Runs on a snapshot, beside others. Where it finds that it must write after all (a KMS key that AWS manages is made when first asked for),
    /// the failed write undoes it and it runs again as a writing one.
    Read,
    /// Runs alone; what it wrote is durable before the answer leaves, or nothing of it is (an error undoes all).
    Write,
}

/// One operation of one service.
pub(crate) struct Operation {
    /// AWS's name of it, such as `GetParameters`.
    pub(crate) name: &'static str,
    /// Whether it writes.
    pub(crate) access: Access,
    /// The answer's body, or AWS's error.
    pub(crate) run: fn(&mut Call<'_>) -> Result<Value, ApiError>,
}

const MUST_WRITE: &str = "sekisho:must-write";

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The account that the call works in.
    pub(crate) account: AccountId,
    /// The caller's ARN, such as `arn:aws:iam::000000000000:root` or an assumed role's session.
    pub(crate) arn: Arn,
    /// What GetCallerIdentity calls the user id.
    pub(crate) user_id: String,
}

/// One call, authenticated and parsed.
pub(crate) struct Call<'a> {
    /// Who calls, and so in which account.
    pub(crate) caller: Caller,
    /// The Region from the credential scope of the signature.
    pub(crate) region: Region,
    /// The time of the call; every time stamp of this call is this one.
    pub(crate) now: OffsetDateTime,
    /// The members of the request's body.
    pub(crate) input: Map<String, Value>,
    /// From the header `x-sekisho-arn-suffix`, which AWS does not have: the six characters that end the ARN of a secret made by this call, so that
    /// a copy of an environment keeps the ARNs that its task definitions name.
    pub(crate) arn_suffix: Option<String>,
    /// Whether a suite that was written for moto asks (`as_moto.rs`).
    pub(crate) as_moto: bool,
    /// The state, within one transaction.
    pub(crate) records: &'a mut dyn Records,
}

/// A record's key and the record, opened.
pub(crate) type Opened = (String, Zeroizing<Vec<u8>>);

/// Sealed records by key, within one transaction. A key is text whose parts are joined by [`key`], so that the records of one kind, account and
/// Region lie together and in name order.
pub(crate) trait Records {
    /// The record, opened.
    fn get(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError>;
    /// Writes the record, sealed. In a reading operation this fails with [`ApiError::must_write`].
    fn put(&mut self, key: &str, record: &[u8]) -> Result<(), ApiError>;
    /// Removes the record. Nothing happens where there is none.
    fn delete(&mut self, key: &str) -> Result<(), ApiError>;
    /// Up to `limit` records whose keys begin with `prefix` and are greater than `after`, in the order of keys, opened.
    fn scan(&self, prefix: &str, after: Option<&str>, limit: usize) -> Result<Vec<Opened>, ApiError>;
}

/// A record's key from its parts: kind, account, Region, name, … The separator U+0001 cannot stand in any name that AWS accepts.
pub(crate) fn key(parts: &[&str]) -> String {
    parts.join("\u{1}")
}

impl Call<'_> {
    /// The record under `key`, as JSON of type `T`.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, ApiError> {
        match self.records.get(key)? {
            None => Ok(None),
            Some(bytes) => {
                serde_json::from_slice(&bytes).map(Some).map_err(|error| ApiError::internal(format!("a record cannot be read: {error}")))
            }
        }
    }

    /// Writes `record` under `key` as JSON.
    pub(crate) fn put<T: Serialize>(&mut self, key: &str, record: &T) -> Result<(), ApiError> {
        let bytes =
            Zeroizing::new(serde_json::to_vec(record).map_err(|error| ApiError::internal(format!("a record cannot be written: {error}")))?);
        self.records.put(key, &bytes)
    }

    /// Removes what is under `key`.
    pub(crate) fn delete(&mut self, key: &str) -> Result<(), ApiError> {
        self.records.delete(key)
    }

    /// Every record whose key begins with `prefix`, with its key, in the order of keys.
    pub(crate) fn scan<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<(String, T)>, ApiError> {
        self.records
            .scan(prefix, None, usize::MAX)?
            .into_iter()
            .map(|(key, bytes)| {
                let record =
                    serde_json::from_slice(&bytes).map_err(|error| ApiError::internal(format!("a record cannot be read: {error}")))?;
                Ok((key, record))
            })
            .collect()
    }
}

/// An error as AWS answers it: code, message, HTTP status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    /// AWS's code, such as `ParameterNotFound`.
    pub(crate) code: String,
    /// AWS's message. Never a secret value.
    pub(crate) message: String,
    /// 400 for what the caller can mend, 500 for what it cannot.
    pub(crate) status: u16,
    /// Further members of the error's shape.
    pub(crate) members: Map<String, Value>,
}

impl ApiError {
    /// A 400 of AWS's `code`.
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: 400, members: Map::new() }
    }

    /// What a write in a reading operation answers: the operation is run again as a writing one. It never leaves this crate.
    pub(crate) fn must_write() -> Self {
        Self::new(MUST_WRITE, "")
    }

    /// Whether this is [`ApiError::must_write`].
    pub(crate) fn is_must_write(&self) -> bool {
        self.code == MUST_WRITE
    }

    /// A failure of this endpoint itself.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self { code: "InternalServerError".into(), message: message.into(), status: 500, members: Map::new() }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// A time as the JSON protocols write it: seconds since 1970 with three decimals.
pub(crate) fn timestamp(time: OffsetDateTime) -> Value {
    let milliseconds = time.unix_timestamp_nanos() / 1_000_000;
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 milliseconds, the year 287396")]
    let seconds = milliseconds as f64 / 1000.0;
    Value::from(seconds)
}

#[cfg(test)]
pub(crate) mod memory {
    //! Records without a file, for unit tests.

    use std::collections::BTreeMap;

    use super::*;

    /// Unsealed records in memory.
    #[derive(Default)]
    pub(crate) struct Memory(BTreeMap<String, Vec<u8>>);

    impl Records for Memory {
        fn get(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
            Ok(self.0.get(key).cloned().map(Zeroizing::new))
        }

        fn put(&mut self, key: &str, record: &[u8]) -> Result<(), ApiError> {
            self.0.insert(key.to_owned(), record.to_vec());
            Ok(())
        }

        fn delete(&mut self, key: &str) -> Result<(), ApiError> {
            self.0.remove(key);
            Ok(())
        }

        fn scan(&self, prefix: &str, after: Option<&str>, limit: usize) -> Result<Vec<Opened>, ApiError> {
            let records = self.0.iter().filter(|(key, _)| key.starts_with(prefix) && after.is_none_or(|after| key.as_str() > after));
            Ok(records.take(limit).map(|(key, record)| (key.clone(), Zeroizing::new(record.clone()))).collect())
        }
    }

    /// A call of account 000000000000 in us-east-1 at 2026-01-01.
    pub(crate) fn call(records: &mut Memory) -> Call<'_> {
        let account: AccountId = "000000000000".parse().unwrap();
        let arn = Arn::new("aws", "iam", "", account.as_str(), "root");
        Call {
            caller: Caller { user_id: account.to_string(), account, arn },
            region: "us-east-1".parse().unwrap(),
            now: OffsetDateTime::from_unix_timestamp(1_767_225_600).unwrap(),
            input: Map::new(),
            arn_suffix: None,
            as_moto: false,
            records,
        }
    }
}

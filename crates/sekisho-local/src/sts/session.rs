//! Temporary credentials.

use aws_lc_rs::rand;
use sekisho_model::{AccountId, Arn, Secret};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::iso;
use crate::api::{ApiError, Call, Caller, Records, key};
use crate::bytes64::{self, SecretBytes};

/// A session as it is kept, under its access key.
#[derive(Serialize, Deserialize)]
struct Record {
    account: String,
    arn: String,
    user_id: String,
    #[serde(with = "time::serde::timestamp")]
    expires: OffsetDateTime,
    secret_access_key: SecretBytes,
    token: SecretBytes,
}

/// A session that was issued.
pub(crate) struct Session {
    account: String,
    arn: String,
    user_id: String,
    pub(crate) expires: OffsetDateTime,
    pub(crate) secret_access_key: Secret<String>,
    pub(crate) token: Secret<String>,
}

impl Session {
    /// Who calls with these credentials.
    pub(crate) fn caller(self) -> Result<Caller, ApiError> {
        let broken = || ApiError::internal("a session's record has no account or ARN");
        Ok(Caller {
            account: self.account.parse().map_err(|_| broken())?,
            arn: self.arn.parse().map_err(|_| broken())?,
            user_id: self.user_id,
        })
    }
}

/// Whether an access key is one that STS issues (IAM user guide, "Unique identifiers").
pub(crate) fn is_temporary(access_key_id: &str) -> bool {
    access_key_id.starts_with("ASIA")
}

/// The session of an access key.
pub(crate) fn session(records: &mut dyn Records, access_key_id: &str) -> Result<Option<Session>, ApiError> {
    let Some(bytes) = records.get(&record_key(access_key_id))? else { return Ok(None) };
    let record: Record = serde_json::from_slice(&bytes).map_err(|_| ApiError::internal("a session's record cannot be read"))?;
    let text = |bytes: &SecretBytes| Secret::new(String::from_utf8_lossy(bytes.expose()).into_owned());
    Ok(Some(Session {
        secret_access_key: text(&record.secret_access_key),
        token: text(&record.token),
        account: record.account,
        arn: record.arn,
        user_id: record.user_id,
        expires: record.expires,
    }))
}

/// Issues credentials, and forgets those that are over. The answer is the member `Credentials`.
pub(super) fn issue(call: &mut Call<'_>, account: &AccountId, arn: &Arn, user_id: &str, lifetime: Duration) -> Result<Value, ApiError> {
    for (key, record) in call.scan::<Record>(&record_key(""))? {
        if record.expires <= call.now {
            call.delete(&key)?;
        }
    }
    let access_key_id = format!("ASIA{}", letters(&random(16)?, 16));
    let secret = Zeroizing::new(bytes64::encode(&random(30)?));
    let token = Zeroizing::new(bytes64::encode(&random(96)?));
    let record = Record {
        account: account.to_string(),
        arn: arn.to_string(),
        user_id: user_id.to_owned(),
        expires: call.now + lifetime,
        secret_access_key: SecretBytes::new(secret.as_bytes().to_vec()),
        token: SecretBytes::new(token.as_bytes().to_vec()),
    };
    call.put(&record_key(&access_key_id), &record)?;
    Ok(json!({
        "AccessKeyId": access_key_id,
        "SecretAccessKey": secret.as_str(),
        "SessionToken": token.as_str(),
        "Expiration": iso(record.expires),
    }))
}

fn record_key(access_key_id: &str) -> String {
    key(&["sts-session", access_key_id])
}

/// `count` of the letters and digits that AWS makes ids of, from as many bytes.
pub(super) fn letters(bytes: &[u8], count: usize) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    bytes.iter().take(count).filter_map(|byte| LETTERS.get(usize::from(byte % 32))).map(|letter| char::from(*letter)).collect()
}

fn random(length: usize) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let mut bytes = Zeroizing::new(vec![0_u8; length]);
    rand::fill(&mut bytes).map_err(|_| ApiError::internal("no random bytes for credentials"))?;
    Ok(bytes)
}

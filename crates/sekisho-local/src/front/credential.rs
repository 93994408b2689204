//! The `Authorization` header of SigV4, taken apart.

use aws_lc_rs::digest::{SHA256, digest};
use bytes::Bytes;
use http::Request;

use crate::api::ApiError;
use crate::bytes64;

/// `AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…`
pub(super) struct Authorization {
    pub(super) access_key_id: String,
    /// `YYYYMMDD`.
    pub(super) date: String,
    pub(super) region: String,
    pub(super) service: String,
    pub(super) terminator: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
}

impl Authorization {
    pub(super) fn of(request: &Request<Bytes>) -> Result<Self, ApiError> {
        let Some(header) = request.headers().get(http::header::AUTHORIZATION) else {
            return Err(ApiError::new("MissingAuthenticationTokenException", "Missing Authentication Token"));
        };
        let text = header.to_str().unwrap_or_default();
        // AWS does not repeat the header, which may hold what the caller did not mean to show, but its hash.
        let incomplete = |missing: &str| {
            let hash = bytes64::encode(digest(&SHA256, text.as_bytes()).as_ref());
            ApiError::new(
                "IncompleteSignatureException",
                format!("{missing} (Hashed with SHA-256 and encoded with Base64) Authorization={hash}"),
            )
        };
        let parameters = text.strip_prefix("AWS4-HMAC-SHA256 ").ok_or_else(|| incomplete("'AWS4-HMAC-SHA256' algorithm is required."))?;
        let parameter = |name: &str| {
            let wanted = parameters.split(',').filter_map(|part| part.trim().split_once('=')).find(|(found, _)| *found == name);
            wanted.map(|(_, value)| value).filter(|value| !value.is_empty())
        };
        let required =
            |name: &str| parameter(name).ok_or_else(|| incomplete(&format!("Authorization header requires '{name}' parameter.")));
        let (credential, signed_headers, signature) = (required("Credential")?, required("SignedHeaders")?, required("Signature")?);
        // An access key may hold slashes, the other four parts do not.
        let parts: Vec<&str> = credential.rsplitn(5, '/').collect();
        let [terminator, service, region, date, access_key_id] = parts.as_slice() else {
            return Err(incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."));
        };
        Ok(Self {
            access_key_id: (*access_key_id).to_owned(),
            date: (*date).to_owned(),
            region: (*region).to_owned(),
            service: (*service).to_owned(),
            terminator: (*terminator).to_owned(),
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature: signature.to_owned(),
        })
    }
}

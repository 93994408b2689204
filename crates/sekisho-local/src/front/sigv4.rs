//! Verification of signatures (AWS Signature Version 4, IAM user guide "Create a signed AWS API request").

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use bytes::Bytes;
use http::Request;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use super::credential::Authorization;
use super::form;
use crate::api::ApiError;
use crate::services::{Protocol, Service};

const TIME: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");

/// Checks that `request` was signed with `secret` for `service`, not long ago.
pub(super) fn verify(
    request: &Request<Bytes>,
    authorization: &Authorization,
    service: &Service,
    secret: &str,
    now: OffsetDateTime,
) -> Result<(), ApiError> {
    let time = check_scope(request, authorization, service, now)?;
    let canonical = canonical_request(request, authorization)?;
    let scope = format!("{}/{}/{}/{}", authorization.date, authorization.region, authorization.service, authorization.terminator);
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex::encode(digest(&SHA256, canonical.as_bytes())));
    let parts = [&authorization.date, &authorization.region, &authorization.service, &authorization.terminator];
    let mut key = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
    for part in parts {
        key = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, part.as_bytes()).as_ref());
    }
    let mismatch = || {
        invalid(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing \
             method. Consult the service documentation for details.",
        )
    };
    let signature = hex::decode(&authorization.signature).map_err(|_| mismatch())?;
    hmac::verify(&key, to_sign.as_bytes(), &signature).map_err(|_| mismatch())
}

fn check_scope(
    request: &Request<Bytes>,
    authorization: &Authorization,
    service: &Service,
    now: OffsetDateTime,
) -> Result<String, ApiError> {
    let name = service.signing_name;
    if authorization.service != name {
        return Err(invalid(format!("Credential should be scoped to correct service: '{name}'.")));
    }
    if authorization.terminator != "aws4_request" {
        return Err(invalid("Credential should be scoped with a valid terminator: 'aws4_request'."));
    }
    let text = request.headers().get("x-amz-date").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let time = PrimitiveDateTime::parse(text, TIME).map_err(|_| {
        let message =
            "Date must be in ISO-8601 'basic format'. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
        ApiError::new("IncompleteSignatureException", message)
    })?;
    if !text.starts_with(&authorization.date) {
        return Err(invalid(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{text}'."
        )));
    }
    // How far a clock may be off: STS says 15 minutes in its errors, the JSON services say 5.
    let minutes = if matches!(service.protocol, Protocol::Query { .. }) { 15 } else { 5 };
    let (time, skew) = (time.assume_utc(), Duration::minutes(minutes));
    let say = |time: OffsetDateTime| time.format(TIME).unwrap_or_default();
    if time < now - skew {
        return Err(invalid(format!("Signature expired: {text} is now earlier than {} ({} - {minutes} min.)", say(now - skew), say(now))));
    }
    if time > now + skew {
        return Err(invalid(format!(
            "Signature not yet current: {text} is still later than {} ({} + {minutes} min.)",
            say(now + skew),
            say(now)
        )));
    }
    Ok(text.to_owned())
}

fn canonical_request(request: &Request<Bytes>, authorization: &Authorization) -> Result<String, ApiError> {
    let mut query: Vec<(String, String)> = form::parse(request.uri().query().unwrap_or_default().replace('+', "%2B").as_bytes())
        .map(|(name, value)| (form::encode(&name, false), form::encode(&value, false)))
        .collect();
    query.sort();
    let query: Vec<String> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let signed = |name: &str| authorization.signed_headers.iter().any(|header| header == name);
    // What decides who asks for what must be covered by the signature.
    for name in ["host", "x-amz-date", "x-amz-target", "x-amz-security-token", super::ARN_SUFFIX] {
        let present = name == "host" || request.headers().contains_key(name);
        if present && !signed(name) {
            return Err(invalid(format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.")));
        }
    }
    let mut canonical = format!("{}\n{}\n{}\n", request.method(), form::encode(request.uri().path(), true), query.join("&"));
    for name in &authorization.signed_headers {
        let values: Vec<String> = request.headers().get_all(name).iter().map(|value| collapse(value.as_bytes())).collect();
        let _ = writeln!(canonical, "{name}:{}", values.join(","));
    }
    let body = hex::encode(digest(&SHA256, request.body()));
    let _ = write!(canonical, "\n{}\n{body}", authorization.signed_headers.join(";"));
    Ok(canonical)
}

/// A header's value without spaces around it and with single spaces in it.
fn collapse(value: &[u8]) -> String {
    String::from_utf8_lossy(value).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidSignatureException", message)
}

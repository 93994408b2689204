//! Parameter policies. They are kept and shown; of the three, the one that ends a parameter is carried out.

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::api::ApiError;

const LIMIT: usize = 10;

/// What a request's policies come to.
pub(super) struct Policies {
    /// As they are kept; none where the request takes all away.
    pub(super) text: Option<String>,
    /// When the parameter ends.
    pub(super) expires: Option<OffsetDateTime>,
}

/// Reads the JSON array of a request.
pub(super) fn parse(text: &str) -> Result<Policies, ApiError> {
    let malformed = || ApiError::new("InvalidPolicyTypeException", "The policies are not a JSON array of policies");
    let Ok(Value::Array(policies)) = serde_json::from_str::<Value>(text) else { return Err(malformed()) };
    // An array of one empty object takes all policies away (Systems Manager guide, "Assigning parameter policies").
    let policies: Vec<Value> = policies.into_iter().filter(|policy| policy.as_object().is_none_or(|members| !members.is_empty())).collect();
    if policies.len() > LIMIT {
        return Err(ApiError::new("PoliciesLimitExceededException", format!("A parameter can have at most {LIMIT} policies")));
    }
    let mut expires = None;
    for policy in &policies {
        expires = check(policy)?.or(expires);
    }
    Ok(Policies { text: (!policies.is_empty()).then(|| Value::Array(policies).to_string()), expires })
}

fn check(policy: &Value) -> Result<Option<OffsetDateTime>, ApiError> {
    let kind = policy.get("Type").and_then(Value::as_str).unwrap_or_default();
    let attribute = |name: &str| policy.get("Attributes").and_then(|attributes| attributes.get(name)).and_then(Value::as_str);
    let invalid = |what: &str| ApiError::new("InvalidPolicyAttributeException", format!("The policy {kind} has no valid attribute {what}"));
    let span = |name: &str| {
        attribute(name).filter(|count| count.parse::<u32>().is_ok()).ok_or_else(|| invalid(name))?;
        attribute("Unit").filter(|unit| ["Days", "Hours"].contains(unit)).ok_or_else(|| invalid("Unit"))
    };
    match kind {
        "Expiration" => {
            let time = attribute("Timestamp").and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
            time.map(Some).ok_or_else(|| invalid("Timestamp"))
        }
        "ExpirationNotification" => span("Before").map(|_| None),
        "NoChangeNotification" => span("After").map(|_| None),
        other => Err(ApiError::new("InvalidPolicyTypeException", format!("There is no policy of the type {other}"))),
    }
}

/// The member `Policies` of what a version shows.
pub(super) fn shown(text: Option<&str>) -> Value {
    let policies = text.and_then(|text| serde_json::from_str::<Vec<Value>>(text).ok()).unwrap_or_default();
    policies
        .into_iter()
        .map(|policy| json!({ "PolicyText": policy.to_string(), "PolicyType": policy.get("Type"), "PolicyStatus": "Pending" }))
        .collect()
}

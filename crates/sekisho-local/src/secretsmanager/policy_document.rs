//! The syntax of a resource policy, and whether it lets everybody in.

use serde_json::{Map, Value};

use crate::api::ApiError;

/// Whom a policy lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Named principals, or everybody under a condition that names the accounts, organisations, networks or resources.
    Limited,
    /// Anybody.
    Everybody,
}

/// Condition keys that say who asks or from where, of those that AWS's analysis of public access takes as a limit (IAM Access Analyzer guide,
/// "The meaning of public" for other services' policies).
const LIMITS: &[&str] = &[
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
];

/// Reads `policy`. Not every mistake that IAM's grammar knows is found, only those of its frame.
pub(super) fn audience(policy: &str) -> Result<Audience, ApiError> {
    let document: Value = serde_json::from_str(policy).map_err(|_| malformed("This resource policy contains invalid Json"))?;
    let document = document.as_object().ok_or_else(|| malformed("This resource policy contains invalid Json"))?;
    if document.keys().any(|key| !["Version", "Id", "Statement"].contains(&key.as_str())) {
        return Err(malformed("This resource policy contains an element that is not Version, Id or Statement."));
    }
    if document.get("Version").is_some_and(|version| version != "2012-10-17" && version != "2008-10-17") {
        return Err(malformed("This resource policy contains an unsupported Version."));
    }
    let statements: Vec<&Value> = match document.get("Statement") {
        Some(Value::Array(statements)) => statements.iter().collect(),
        Some(statement @ Value::Object(_)) => vec![statement],
        _ => Vec::new(),
    };
    if statements.is_empty() {
        return Err(malformed("This resource policy contains no Statement."));
    }
    let mut audience = Audience::Limited;
    for statement in statements {
        let statement = statement.as_object().ok_or_else(|| malformed("A Statement of this resource policy is no object."))?;
        check(statement)?;
        if lets_everybody_in(statement) {
            audience = Audience::Everybody;
        }
    }
    Ok(audience)
}

fn check(statement: &Map<String, Value>) -> Result<(), ApiError> {
    let effect = statement.get("Effect").and_then(Value::as_str);
    if !matches!(effect, Some("Allow" | "Deny")) {
        return Err(malformed("A Statement of this resource policy has no Effect of Allow or Deny."));
    }
    for (name, other) in [("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource")] {
        if statement.contains_key(name) == statement.contains_key(other) {
            return Err(malformed(format!("A Statement of this resource policy must have one of {name} and {other}.")));
        }
    }
    let principal = statement.get("Principal").or_else(|| statement.get("NotPrincipal"));
    if !principal.is_some_and(|principal| principal == "*" || principal.is_object()) {
        return Err(malformed("A Principal of this resource policy is neither * nor an object."));
    }
    if statement.get("Condition").is_some_and(|condition| !is_condition(condition)) {
        return Err(malformed("A Condition of this resource policy is no object of operators."));
    }
    Ok(())
}

fn is_condition(condition: &Value) -> bool {
    condition.as_object().is_some_and(|operators| operators.values().all(Value::is_object))
}

fn lets_everybody_in(statement: &Map<String, Value>) -> bool {
    let everybody = statement.contains_key("NotPrincipal") || statement.get("Principal").is_some_and(names_everybody);
    statement.get("Effect").is_some_and(|effect| effect == "Allow") && everybody && !statement.get("Condition").is_some_and(limits)
}

fn names_everybody(principal: &Value) -> bool {
    match principal {
        Value::String(name) => name == "*",
        Value::Array(names) => names.iter().any(names_everybody),
        Value::Object(kinds) => kinds.get("AWS").is_some_and(names_everybody),
        _ => false,
    }
}

/// Whether a condition admits some callers only: one of [`LIMITS`] compared for equality or likeness with something that is not a bare wildcard.
fn limits(condition: &Value) -> bool {
    const OPERATORS: &[&str] = &["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"];
    let is_limit = |values: &Value| match values {
        Value::Array(values) => !values.is_empty() && values.iter().all(is_definite),
        value => is_definite(value),
    };
    condition.as_object().into_iter().flatten().any(|(operator, keys)| {
        let operator = operator.to_ascii_lowercase();
        let operator = operator.strip_prefix("foranyvalue:").unwrap_or(&operator);
        OPERATORS.contains(&operator)
            && keys
                .as_object()
                .into_iter()
                .flatten()
                .any(|(key, values)| LIMITS.contains(&key.to_ascii_lowercase().as_str()) && is_limit(values))
    })
}

fn is_definite(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().any(|character| !"*?:".contains(character)))
}

fn malformed(message: impl Into<String>) -> ApiError {
    ApiError::new("MalformedPolicyDocumentException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(principal: &str, rest: &str) -> Result<Audience, ApiError> {
        audience(&format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"secretsmanager:*","Resource":"*"{rest}}}]}}"#
        ))
    }

    #[test]
    fn a_wildcard_lets_everybody_in_unless_a_condition_names_them() {
        assert_eq!(of(r#""*""#, ""), Ok(Audience::Everybody));
        assert_eq!(of(r#"{"AWS":["arn:aws:iam::111122223333:root","*"]}"#, ""), Ok(Audience::Everybody));
        assert_eq!(of(r#"{"AWS":"arn:aws:iam::111122223333:root"}"#, ""), Ok(Audience::Limited));
        let condition = |condition: &str| of(r#""*""#, &format!(r#","Condition":{condition}"#));
        assert_eq!(condition(r#"{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#), Ok(Audience::Limited));
        assert_eq!(condition(r#"{"StringLike":{"aws:PrincipalArn":"*"}}"#), Ok(Audience::Everybody));
        assert_eq!(condition(r#"{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}"#), Ok(Audience::Everybody));
        assert_eq!(condition(r#"{"Bool":{"aws:SecureTransport":"true"}}"#), Ok(Audience::Everybody));
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        for policy in [
            "some policy",
            "[]",
            "{}",
            r#"{"Statement":[]}"#,
            r#"{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"*","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Principal":"x","Action":"*","Resource":"*"}]}"#,
        ] {
            assert_eq!(audience(policy).unwrap_err().code, "MalformedPolicyDocumentException", "{policy}");
        }
    }
}

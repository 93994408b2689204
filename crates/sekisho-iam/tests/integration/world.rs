//! Requests and layers from JSON, in the shape that `can --batch` takes: a layer or key that is left out does not exist, `null` is unknown, a list in the
//! context is a key of several values.

use std::sync::Arc;

use sekisho_iam::{CompiledPolicy, Context, ContextValue, Layer, Layers, OrgLevel, PolicySet, Principal, Request, Resource};
use sekisho_model::Because;
use sekisho_model::policy::PolicyKind;
use sekisho_read::policy_text;
use serde_json::Value;

pub(crate) fn request(request: &Value) -> Request {
    let principal = match &request["principal"] {
        Value::String(text) => Principal::parse(text).unwrap(),
        object if object["type"] == "Anonymous" => Principal::anonymous(),
        object => panic!("{object} is no principal"),
    };
    let principal = request["role"].as_str().map_or(principal.clone(), |role| principal.with_role(role));
    let mut context = Context::complete();
    for (key, value) in request["context"].as_object().into_iter().flatten() {
        context.set(key, context_value(value));
    }
    let (text, account) = match &request["resource"] {
        Value::String(text) => (text.clone(), None),
        object => (object["resource"].as_str().unwrap().to_owned(), object["accountId"].as_str().map(|account| account.parse().unwrap())),
    };
    let mut resource = if text == "*" || request["like"] != true { Resource::new(&text) } else { Resource::like(&text) };
    if let Some(account) = account {
        resource = resource.in_account(&account);
    }
    Request::new(principal, request["action"].as_str().unwrap(), resource, context)
}

pub(crate) fn context_value(value: &Value) -> ContextValue {
    match value {
        Value::Null => ContextValue::Unknown,
        Value::Array(values) => ContextValue::Many(values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()),
        Value::String(text) => ContextValue::One(text.clone()),
        Value::Object(object) => ContextValue::Like(object["like"].as_str().unwrap().to_owned()),
        other => ContextValue::One(other.to_string()),
    }
}

pub(crate) fn compiled(name: &str, kind: PolicyKind, document: &Value) -> Arc<CompiledPolicy> {
    let document = policy_text(&document.to_string(), Some(kind)).unwrap_or_else(|problems| panic!("{name}: {problems}: {document}"));
    Arc::new(CompiledPolicy::new(name, kind, document))
}

/// A set of `[{"name", "policy"}]`, or of one document. A policy that is `null` could not be read.
pub(crate) fn set(kind: PolicyKind, policies: &Value) -> PolicySet {
    let Some(list) = policies.as_array() else { return PolicySet::new([compiled("resource", kind, policies)]) };
    let (readable, unreadable): (Vec<&Value>, Vec<&Value>) = list.iter().partition(|entry| !entry["policy"].is_null());
    let name = |entry: &Value| entry["name"].as_str().unwrap_or("policy").to_owned();
    PolicySet::with_unreadable(
        readable.iter().map(|entry| compiled(&name(entry), kind, &entry["policy"])),
        unreadable.iter().map(|entry| name(entry).into()),
    )
}

fn layer<T>(case: &Value, key: &str, known: impl FnOnce(&Value) -> T) -> Layer<T> {
    match case.get(key) {
        None => Layer::DoesNotExist,
        Some(Value::Null) => Layer::unknown(Because::NotAsked),
        Some(value) => Layer::Known(known(value)),
    }
}

fn levels(kind: PolicyKind, levels: &Value) -> Vec<OrgLevel> {
    let level = |level: &Value| OrgLevel { name: level["orgIdentifier"].as_str().unwrap().into(), policies: set(kind, &level["policies"]) };
    levels.as_array().unwrap().iter().map(level).collect()
}

pub(crate) fn layers(case: &Value) -> Layers {
    let assumed = case["request"]["action"].as_str().is_some_and(|action| action.starts_with("sts:"));
    let resource = if assumed { PolicyKind::Trust } else { PolicyKind::Resource };
    Layers {
        identity: layer(case, "identityPolicies", |value| set(PolicyKind::Identity, value)),
        resource: layer(case, "resourcePolicy", |value| set(resource, value)),
        boundary: layer(case, "permissionBoundaryPolicies", |value| set(PolicyKind::Boundary, value)),
        session: layer(case, "sessionPolicy", |value| set(PolicyKind::Session, value)),
        scps: layer(case, "serviceControlPolicies", |value| levels(PolicyKind::ServiceControl, value)),
        rcps: layer(case, "resourceControlPolicies", |value| levels(PolicyKind::ResourceControl, value)),
        endpoint: layer(case, "vpcEndpointPolicies", |value| set(PolicyKind::Endpoint, value)),
    }
}

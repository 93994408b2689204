//! Conditions, from JSON: `{"condition": …, "context": …}`. Laws: none makes the evaluator panic; a statement with a condition allows what it would deny as
//! a `Deny`, and neither where it cannot be told; knowing less of a key never contradicts knowing more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_iam::{CompiledPolicy, Context, ContextValue, Layer, Layers, Outcome, PolicySet, Principal, Request, Resource, decide};
use sekisho_model::policy::PolicyKind;
use serde_json::{Value, json};

fn context(value: &Value) -> Context {
    let mut context = Context::complete();
    for (key, value) in value.as_object().into_iter().flatten() {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        context.set(
            key,
            match value {
                Value::Null => ContextValue::Unknown,
                Value::Array(values) => ContextValue::Many(values.iter().map(text).collect()),
                Value::Object(object) => ContextValue::Like(object.values().next().map(text).unwrap_or_default()),
                other => ContextValue::One(text(other)),
            },
        );
    }
    context
}

fn decided(statements: &Value, context: Context) -> Option<Outcome> {
    let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let document = sekisho_read::policy_text(&document, Some(PolicyKind::Identity)).ok()?;
    let set = PolicySet::new([CompiledPolicy::new("p", PolicyKind::Identity, document).into()]);
    let principal = Principal::parse("arn:aws:iam::123456789012:user/ann").expect("a user");
    let request = Request::new(principal, "ssm:DescribeParameters", Resource::new("*"), context);
    Some(decide(&request, &Layers { identity: Layer::Known(set), ..Layers::default() }).outcome)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    let condition = &value["condition"];
    let allow = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
    let deny = json!([{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}]);
    let given = context(&value["context"]);
    let Some(allowed) = decided(&allow, given.clone()) else { return };
    let denied = decided(&deny, given.clone()).expect("it was read a moment ago");
    match allowed {
        Outcome::Allowed => assert_eq!(denied, Outcome::ExplicitlyDenied),
        Outcome::CannotTell => assert_eq!(denied, Outcome::CannotTell),
        _ => assert_eq!(denied, Outcome::Allowed),
    }
    let keys: Vec<String> = given.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let less = decided(&allow, given.clone().with(&key, ContextValue::Unknown));
        assert!(less == Some(Outcome::CannotTell) || less == Some(allowed), "{key}: {allowed} became {less:?}");
    }
});

//! The minimal policy: it allows the calls, all of them, and nothing can be taken out of it.

use std::sync::Arc;

use proptest::prelude::*;
use sekisho_iam::{
    Call, CompiledPolicy, Context, ContextValue, GrantPolicy, Layer, Layers, MANAGED_POLICY_LIMIT, Outcome, PolicySet, Principal, Request,
    Resource, decide, minimal,
};
use sekisho_model::policy::PolicyKind;
use serde_json::{Map, Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/exec";
const KEY: &str = "arn:aws:kms:ap-northeast-1:123456789012:key";

fn parameter(name: &str) -> String {
    format!("arn:aws:ssm:ap-northeast-1:123456789012:parameter/{name}")
}

fn secret(name: &str) -> String {
    format!("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:{name}-AbCdEf")
}

/// The calls of a small task: names of parameters and secrets, each under a key or under none.
fn calls() -> impl Strategy<Value = Vec<Call>> {
    let one = (prop::bool::ANY, 0..4_usize, prop::option::of(0..3_usize)).prop_map(|(is_parameter, number, key)| {
        let (action, arn, service, context) = if is_parameter {
            ("ssm:GetParameters", parameter(&format!("p{number}")), "ssm", "kms:EncryptionContext:PARAMETER_ARN")
        } else {
            ("secretsmanager:GetSecretValue", secret(&format!("s{number}")), "secretsmanager", "kms:EncryptionContext:SecretARN")
        };
        let decrypt = key.map(|key| {
            let call = Call::new("kms:Decrypt", format!("{KEY}/{key}"), "x")
                .with("kms:ViaService", format!("{service}.ap-northeast-1.amazonaws.com"));
            call.with(context, arn.as_str())
        });
        [Some(Call::new(action, arn.as_str(), "x")), decrypt].into_iter().flatten().collect::<Vec<_>>()
    });
    prop::collection::vec(one, 1..8).prop_map(|calls| calls.concat())
}

fn document(policies: &[GrantPolicy]) -> Value {
    let statements: Vec<Value> = policies
        .iter()
        .flat_map(|policy| &policy.grants)
        .map(|grant| {
            let mut condition = Map::new();
            for (operator, narrowings) in grant.operators() {
                let keys: Map<String, Value> = narrowings.iter().map(|one| (one.key.clone(), json!(one.values))).collect();
                condition.insert(operator.to_owned(), Value::Object(keys));
            }
            let mut statement = json!({ "Effect": "Allow", "Action": grant.actions, "Resource": grant.resources });
            if !condition.is_empty() {
                statement["Condition"] = Value::Object(condition);
            }
            statement
        })
        .collect();
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn allows(document: &Value, call: &Call) -> bool {
    if document["Statement"].as_array().unwrap().is_empty() {
        return false;
    }
    let read = sekisho_read::policy_text(&document.to_string(), Some(PolicyKind::Identity)).unwrap();
    let mut context = Context::complete();
    for (key, values) in &call.context {
        context.set(key, ContextValue::One(values[0].clone()));
    }
    let key_policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}"#;
    let key_policy = sekisho_read::policy_text(key_policy, Some(PolicyKind::Resource)).unwrap();
    let set = |kind, document| Layer::Known(PolicySet::new([Arc::new(CompiledPolicy::new("p", kind, document))]));
    let resource = if call.action == "kms:Decrypt" { set(PolicyKind::Resource, key_policy) } else { Layer::DoesNotExist };
    let layers = Layers { identity: set(PolicyKind::Identity, read), resource, ..Layers::default() };
    let request = Request::new(Principal::parse(ROLE).unwrap(), &call.action, Resource::new(&call.resource), context);
    decide(&request, &layers).outcome == Outcome::Allowed
}

/// Everything that can be taken out of a document: a statement, or one element of a list in it.
fn without_one(document: &Value) -> Vec<Value> {
    fn lists(value: &Value, path: String, found: &mut Vec<(String, usize)>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    found.push((path.clone(), index));
                    lists(item, format!("{path}/{index}"), found);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    lists(member, format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), found);
                }
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    lists(document, String::new(), &mut places);
    let remove = |(path, index): (String, usize)| {
        let mut smaller = document.clone();
        let list = smaller.pointer_mut(&path).unwrap().as_array_mut().unwrap();
        list.remove(index);
        // A list that is empty now takes its statement along: IAM saves none.
        if list.is_empty() && path != "/Statement" {
            let statement: usize = path.split('/').nth(2).unwrap().parse().unwrap();
            smaller["Statement"].as_array_mut().unwrap().remove(statement);
        }
        smaller
    };
    places.into_iter().map(remove).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_minimal_policy_allows_every_call_and_no_other(calls in calls()) {
        let document = document(&minimal(&calls, MANAGED_POLICY_LIMIT));
        for call in &calls {
            prop_assert!(allows(&document, call), "{call:?}\n{document:#}");
        }
        // Every call that could be made of the same parts, and that the task does not make.
        for number in 0..5 {
            for (action, arn) in [("ssm:GetParameters", parameter(&format!("p{number}"))), ("secretsmanager:GetSecretValue", secret(&format!("s{number}")))] {
                let other = Call::new(action, arn.as_str(), "x");
                let made = calls.iter().any(|call| call.action == action && call.resource == arn);
                prop_assert_eq!(allows(&document, &other), made);
                let (service, context) = if action == "ssm:GetParameters" { ("ssm", "kms:EncryptionContext:PARAMETER_ARN") } else { ("secretsmanager", "kms:EncryptionContext:SecretARN") };
                for key in 0..3 {
                    let decrypt = Call::new("kms:Decrypt", format!("{KEY}/{key}"), "x").with("kms:ViaService", format!("{service}.ap-northeast-1.amazonaws.com")).with(context, arn.as_str());
                    let made = calls.iter().any(|call| call.resource == decrypt.resource && call.context == decrypt.context);
                    prop_assert_eq!(allows(&document, &decrypt), made, "{:?}\n{:#}", decrypt, &document);
                }
            }
        }
    }

    #[test]
    fn nothing_can_be_taken_out_of_the_minimal_policy(calls in calls()) {
        let document = document(&minimal(&calls, MANAGED_POLICY_LIMIT));
        for smaller in without_one(&document) {
            prop_assert!(!calls.iter().all(|call| allows(&smaller, call)), "{document:#}\n{smaller:#}");
        }
    }

    #[test]
    fn a_limit_splits_and_loses_nothing(calls in calls(), limit in 500..1500_usize) {
        let policies = minimal(&calls, limit);
        let document = document(&policies);
        prop_assert!(calls.iter().all(|call| allows(&document, call)));
        prop_assert!(policies.iter().all(|policy| policy.size() <= limit || policy.grants.len() == 1));
    }
}

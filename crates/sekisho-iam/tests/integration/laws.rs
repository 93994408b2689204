//! What holds of all decisions, whatever the policies.

use proptest::prelude::*;
use proptest::sample::select;
use sekisho_iam::{Outcome, decide};
use serde_json::{Value, json};

use crate::world;

const ACCOUNT: &str = "123456789012";
/// The layers of one policy or a list, and whether their statements name principals.
const LAYERS: [(&str, bool); 5] = [
    ("identityPolicies", false),
    ("permissionBoundaryPolicies", false),
    ("sessionPolicy", false),
    ("resourcePolicy", true),
    ("vpcEndpointPolicies", true),
];
const KEYS: [&str; 4] = ["aws:SourceIp", "aws:PrincipalTag/team", "aws:TagKeys", "aws:PrincipalArn"];

fn condition() -> impl Strategy<Value = Value> {
    select(vec![
        json!({}),
        json!({}),
        json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        json!({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        json!({"StringEquals": {"aws:PrincipalTag/team": "data"}}),
        json!({"StringNotEqualsIfExists": {"aws:PrincipalTag/team": ["data", "web"]}}),
        json!({"ForAllValues:StringLike": {"aws:TagKeys": ["a*"]}}),
        json!({"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a"]}}),
        json!({"Null": {"aws:TagKeys": "false"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/*"}}),
        json!({"StringLike": {"aws:PrincipalTag/team": "${aws:PrincipalTag/team}*"}}),
    ])
}

fn element(key: &'static str, values: Vec<Value>) -> impl Strategy<Value = (String, Value)> {
    (prop::bool::weighted(0.15), prop::collection::vec(select(values), 1..3))
        .prop_map(move |(negated, values)| (format!("{}{key}", if negated { "Not" } else { "" }), json!(values)))
}

fn texts(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|text| json!(text)).collect()
}

fn statement(principals: bool) -> impl Strategy<Value = Value> {
    let actions = texts(&["*", "ssm:*", "ssm:Get*", "secretsmanager:GetSecretValue", "kms:Decrypt", "*:Get?ecretValue", "s3:*"]);
    let resources = texts(&[
        "*",
        "arn:aws:ssm:*:*:parameter/a",
        "arn:aws:ssm:us-east-1:123456789012:parameter/*",
        "arn:aws:secretsmanager:*:123456789012:secret:db-??????",
        "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}*",
        "arn:aws:kms:us-east-1:123456789012:key/*",
        "arn:*:*:*:*:*",
    ]);
    let named = select(vec![
        json!("*"),
        json!({"AWS": ACCOUNT}),
        json!({"AWS": "arn:aws:iam::123456789012:role/exec"}),
        json!({"AWS": "arn:aws:sts::123456789012:assumed-role/exec/task"}),
        json!({"AWS": "arn:aws:iam::123456789012:user/ann"}),
        json!({"AWS": "210987654321"}),
        json!({"Service": "ecs-tasks.amazonaws.com"}),
    ]);
    let effect = prop::bool::weighted(0.8);
    (effect, element("Action", actions), element("Resource", resources), named, condition()).prop_map(
        move |(allow, (action_key, action), (resource_key, resource), named, condition)| {
            let mut statement = json!({"Effect": if allow { "Allow" } else { "Deny" }, "Condition": condition});
            statement[action_key] = action;
            statement[resource_key] = resource;
            if principals {
                statement["Principal"] = named;
            }
            statement
        },
    )
}

fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn list(statements: &[Value]) -> Value {
    json!([{"name": "p", "policy": document(statements)}])
}

/// The statements of a layer as its key wants them.
fn layered(key: &str, statements: &[Value]) -> Value {
    if key == "resourcePolicy" || key == "sessionPolicy" { document(statements) } else { list(statements) }
}

fn statements(case: &mut Value, key: &str) -> Option<Vec<Value>> {
    let layer = case.get(key)?;
    let document = if layer.is_array() { layer.get(0)?.get("policy")? } else { layer };
    document["Statement"].as_array().cloned()
}

fn request() -> impl Strategy<Value = Value> {
    let principal = select(texts(&[
        "arn:aws:sts::123456789012:assumed-role/exec/task",
        "arn:aws:iam::123456789012:role/exec",
        "arn:aws:iam::123456789012:user/ann",
        "arn:aws:sts::210987654321:assumed-role/exec/task",
        "ecs-tasks.amazonaws.com",
    ]));
    let asked = select(vec![
        ("ssm:GetParameters", "arn:aws:ssm:us-east-1:123456789012:parameter/a"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/k"),
        ("ssm:DescribeParameters", "*"),
    ]);
    let value = select(vec![
        None,
        Some(Value::Null),
        Some(json!("10.0.0.1")),
        Some(json!("data")),
        Some(json!("arn:aws:iam::123456789012:role/exec")),
        Some(json!(["a", "b"])),
        Some(json!([])),
    ]);
    (principal, asked, prop::collection::vec(value, KEYS.len())).prop_map(|(principal, (action, resource), values)| {
        let context: serde_json::Map<String, Value> =
            KEYS.iter().zip(values).filter_map(|(key, value)| Some(((*key).to_owned(), value?))).collect();
        json!({"principal": principal, "action": action, "resource": resource, "context": context})
    })
}

/// A request with layers: each is there, is not, or is unknown.
fn case() -> impl Strategy<Value = Value> {
    let of = |principals: bool| {
        let some = prop::collection::vec(statement(principals), 0..4);
        // Statements at random rarely allow anything through five layers.
        let all = prop::collection::vec(statement(principals), 0..3).prop_map(move |mut statements| {
            let mut all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
            if principals {
                all["Principal"] = json!("*");
            }
            statements.push(all);
            statements
        });
        prop_oneof![
            3 => Just(None),
            1 => Just(Some(None)),
            3 => some.prop_map(|statements| Some(Some(statements))),
            5 => all.prop_map(|statements| Some(Some(statements))),
        ]
    };
    let layers = [of(false), of(false), of(false), of(true), of(true)];
    let levels = prop::collection::vec(prop::collection::vec(statement(false), 1..3), 0..3);
    (request(), layers, prop::option::weighted(0.3, levels)).prop_map(|(request, layers, levels)| {
        let mut case = json!({"request": request});
        for ((key, _), layer) in LAYERS.iter().zip(layers) {
            match layer {
                None => {}
                Some(None) => case[*key] = Value::Null,
                Some(Some(statements)) => case[*key] = layered(key, &statements),
            }
        }
        if let Some(levels) = levels {
            let levels: Vec<Value> = levels.iter().map(|level| json!({"orgIdentifier": "o", "policies": list(level)})).collect();
            case["serviceControlPolicies"] = json!(levels);
        }
        case
    })
}

fn decided(case: &Value) -> Outcome {
    decide(&world::request(&case["request"]), &world::layers(case)).outcome
}

/// How far a decision goes: denied, cannot tell, allowed.
fn reach(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::ImplicitlyDenied | Outcome::ExplicitlyDenied => 0,
        Outcome::CannotTell => 1,
        Outcome::Allowed => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn adding_an_allow_never_takes_anything_away(case in case(), layer in 0..LAYERS.len(), named in statement(true), plain in statement(false)) {
        let (key, principals) = LAYERS[layer];
        let mut more = case.clone();
        if let Some(mut all) = statements(&mut more, key) {
            let mut added = if principals { named } else { plain };
            added["Effect"] = json!("Allow");
            all.push(added);
            more[key] = layered(key, &all);
            prop_assert!(reach(decided(&more)) >= reach(decided(&case)));
        }
    }

    #[test]
    fn an_explicit_deny_always_wins(case in case(), layer in 0..LAYERS.len()) {
        let (key, principals) = LAYERS[layer];
        let mut denied = case;
        let has_own_policies = denied["request"]["principal"] != "ecs-tasks.amazonaws.com";
        let mut all = statements(&mut denied, key).unwrap_or_default();
        let mut deny = json!({"Effect": "Deny", "Action": "*", "Resource": "*"});
        if principals {
            deny["Principal"] = json!("*");
        }
        all.push(deny);
        denied[key] = layered(key, &all);
        if principals || has_own_policies {
            prop_assert_eq!(decided(&denied), Outcome::ExplicitlyDenied);
        }
    }

    #[test]
    fn the_order_of_statements_changes_nothing(case in case(), turn in 0_usize..4) {
        let mut turned = case.clone();
        for (key, _) in LAYERS {
            if let Some(mut all) = statements(&mut turned, key) {
                all.reverse();
                let by = turn % all.len().max(1);
                all.rotate_left(by);
                turned[key] = layered(key, &all);
            }
        }
        let (request, one, other) = (world::request(&case["request"]), world::layers(&case), world::layers(&turned));
        let (one, other) = (decide(&request, &one), decide(&request, &other));
        prop_assert_eq!(one.outcome, other.outcome);
        prop_assert_eq!((one.because.len(), one.doubts.len()), (other.because.len(), other.doubts.len()));
    }

    #[test]
    fn it_does_not_matter_how_statements_are_spread_over_policies(case in case()) {
        let mut spread = case.clone();
        for key in ["identityPolicies", "permissionBoundaryPolicies", "vpcEndpointPolicies"] {
            if let Some(all) = statements(&mut spread, key) {
                spread[key] = all.iter().map(|statement| json!({"name": "p", "policy": document(std::slice::from_ref(statement))})).collect();
            }
        }
        prop_assert_eq!(decided(&case), decided(&spread));
    }

    #[test]
    fn widening_the_resource_of_an_allow_never_takes_anything_away(case in case(), layer in 0..LAYERS.len(), at in 0_usize..4) {
        let (key, _) = LAYERS[layer];
        let mut wider = case.clone();
        if let Some(mut all) = statements(&mut wider, key) {
            if let Some(statement) = all.get_mut(at).filter(|statement| statement["Effect"] == "Allow") {
                statement.as_object_mut().unwrap().remove("NotResource");
                statement["Resource"] = json!("*");
            }
            wider[key] = layered(key, &all);
            prop_assert!(reach(decided(&wider)) >= reach(decided(&case)));
        }
    }

    #[test]
    fn narrowing_an_allow_by_a_condition_never_gives_anything(case in case(), layer in 0..LAYERS.len(), at in 0_usize..4, condition in condition()) {
        let (key, _) = LAYERS[layer];
        let mut narrower = case.clone();
        if let Some(mut all) = statements(&mut narrower, key) {
            if let Some(statement) = all.get_mut(at).filter(|statement| statement["Effect"] == "Allow" && statement["Condition"] == json!({})) {
                statement["Condition"] = condition;
            }
            narrower[key] = layered(key, &all);
            prop_assert!(reach(decided(&narrower)) <= reach(decided(&case)));
        }
    }

    #[test]
    fn knowing_less_of_a_layer_never_contradicts_knowing_more(case in case(), layer in 0..LAYERS.len() + 1) {
        let key = LAYERS.get(layer).map_or("serviceControlPolicies", |(key, _)| *key);
        let mut less = case.clone();
        less[key] = Value::Null;
        let (known, unknown) = (decided(&case), decided(&less));
        prop_assert!(unknown == Outcome::CannotTell || reach(unknown) == reach(known), "{known} became {unknown}");
    }

    #[test]
    fn knowing_less_of_the_context_never_contradicts_knowing_more(case in case(), key in 0..KEYS.len()) {
        let mut less = case.clone();
        less["request"]["context"][KEYS[key]] = Value::Null;
        let (known, unknown) = (decided(&case), decided(&less));
        prop_assert!(unknown == Outcome::CannotTell || reach(unknown) == reach(known), "{known} became {unknown}");
    }

    #[test]
    fn knowing_less_of_the_resource_never_contradicts_knowing_more(case in case(), like in select(vec!["*", "arn:aws:ssm:us-east-1:123456789012:parameter/?", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????", "arn:aws:kms:us-east-1:123456789012:key/*"])) {
        let resource = case["request"]["resource"].as_str().unwrap();
        if like != "*" && resource != "*" && sekisho_iam::Glob::new(like).matches(resource) {
            let mut less = case.clone();
            less["request"]["resource"] = json!(like);
            less["request"]["like"] = json!(true);
            let (known, unknown) = (decided(&case), decided(&less));
            prop_assert!(unknown == Outcome::CannotTell || reach(unknown) == reach(known), "{known} became {unknown}");
        }
    }

    #[test]
    fn a_policy_that_could_not_be_read_never_turns_a_denial_into_a_permission(case in case()) {
        let mut less = case.clone();
        if let Some(list) = less.get_mut("identityPolicies").and_then(Value::as_array_mut) {
            list.push(json!({"name": "lost", "policy": null}));
        }
        let (known, unknown) = (decided(&case), decided(&less));
        prop_assert!(reach(unknown) <= 1 || known == Outcome::Allowed, "{known} became {unknown}");
    }

    #[test]
    fn the_letters_of_actions_and_keys_do_not_matter(case in case()) {
        let mut shouted = case.clone();
        let action = case["request"]["action"].as_str().unwrap().to_uppercase();
        shouted["request"]["action"] = json!(action);
        let context: serde_json::Map<String, Value> =
            case["request"]["context"].as_object().unwrap().iter().map(|(key, value)| (key.to_uppercase(), value.clone())).collect();
        shouted["request"]["context"] = json!(context);
        prop_assert_eq!(decided(&case), decided(&shouted));
    }
}

/// The strategies reach every outcome often: a law that holds of nothing proves nothing.
#[test]
fn the_laws_are_tried_on_every_outcome() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for _ in 0..1000 {
        let case = case().new_tree(&mut runner).unwrap().current();
        *seen.entry(decided(&case).as_str()).or_default() += 1;
    }
    for outcome in ["allowed", "implicitly-denied", "explicitly-denied", "cannot-tell"] {
        assert!(seen.get(outcome).is_some_and(|count| *count >= 20), "{seen:?}");
    }
}

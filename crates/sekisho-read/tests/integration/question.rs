use sekisho_read::question;
use sekisho_read::question::{AskedPrincipal, AskedValue, Given};

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ssm:*","Resource":"*"}}"#;

fn line(members: &str) -> String {
    format!(
        r#"{{"name":"q","request":{{"principal":"arn:aws:iam::123456789012:role/a","action":"ssm:GetParameters","resource":{{"resource":"*","accountId":"123456789012"}}}}{members}}}"#
    )
}

fn codes(text: &str) -> Vec<(&'static str, String)> {
    let mut problems = question(text).question.unwrap_err().problems;
    problems.sort_by_key(|problem| (problem.code != "question-policy", problem.code));
    problems.into_iter().map(|problem| (problem.code, problem.args.first().map(|(_, value)| value.clone()).unwrap_or_default())).collect()
}

#[test]
fn what_is_left_out_does_not_exist_and_null_is_not_known() {
    let asked = question(&line(&format!(
        r#","identityPolicies":[{{"name":"p","policy":{POLICY}}},{{"name":"n","policy":null}}],"sessionPolicy":null"#
    )));
    assert_eq!(asked.name, "\"q\"");
    let asked = asked.question.unwrap();
    assert!(matches!((&asked.session, &asked.boundary, &asked.resource_policy), (Given::Unknown, Given::Absent, Given::Absent)));
    let Given::Known(policies) = asked.identity else { panic!("there are policies") };
    assert_eq!(
        policies.iter().map(|policy| (policy.name.as_str(), policy.document.is_some())).collect::<Vec<_>>(),
        [("p", true), ("n", false)]
    );
    assert_eq!(asked.account, Given::Known("123456789012".into()));
}

#[test]
fn values_of_the_context_are_texts_lists_or_unknown() {
    let text = line("").replace(r#""resource":{"#, r#""context":{"a":"b","c":["d","e"],"f":null,"g":true,"h":5,"i":[]},"resource":{"#);
    let one = |value: &str| AskedValue::One(value.into());
    assert_eq!(
        question(&text).question.unwrap().context,
        [
            ("a".to_owned(), one("b")),
            ("c".to_owned(), AskedValue::Many(vec!["d".into(), "e".into()])),
            ("f".to_owned(), AskedValue::Unknown),
            ("g".to_owned(), one("true")),
            ("h".to_owned(), one("5")),
            ("i".to_owned(), AskedValue::Many(Vec::new())),
        ]
    );
}

#[test]
fn nobody_and_services_ask_too() {
    let asking =
        |principal: &str| question(&line("").replace(r#""arn:aws:iam::123456789012:role/a""#, principal)).question.unwrap().principal;
    assert_eq!(asking(r#"{"type":"Anonymous"}"#), AskedPrincipal::Anonymous);
    assert_eq!(asking(r#""ecs-tasks.amazonaws.com""#), AskedPrincipal::Named("ecs-tasks.amazonaws.com".into()));
}

#[test]
fn levels_of_an_organisation_have_names_and_policies() {
    let policies = format!(
        r#","serviceControlPolicies":[{{"orgIdentifier":"r-1","policies":[{{"name":"s","policy":{POLICY}}}]}},{{"orgIdentifier":"ou-2","policies":[]}}],"resourceControlPolicies":null"#
    );
    let asked = question(&line(&policies)).question.unwrap();
    let Given::Known(levels) = asked.scps else { panic!("there are levels") };
    assert_eq!(levels.iter().map(|level| (level.name.as_str(), level.policies.len())).collect::<Vec<_>>(), [("r-1", 1), ("ou-2", 0)]);
    assert!(matches!(asked.rcps, Given::Unknown));
}

#[test]
fn a_bad_line_says_everything_that_is_wrong_and_keeps_its_name() {
    let bad = question(r#"{"name":7,"request":{"principal":5,"action":"","resource":{}}}"#);
    assert_eq!(bad.name, "7");
    let of = codes(r#"{"name":7,"request":{"principal":5,"action":"","resource":{}}}"#);
    assert_eq!(
        of,
        [
            ("question-missing", "request.resource.resource".into()),
            ("question-type", "request.principal".into()),
            ("question-type", "request.action".into()),
        ]
    );
    assert_eq!(
        codes("{}"),
        [
            ("question-missing", "request".into()),
            ("question-missing", "request.principal".into()),
            ("question-missing", "request.action".into()),
            ("question-missing", "request.resource".into())
        ]
    );
    assert_eq!(codes("{\"name\": \"a\""), [("json-syntax", "unterminated-object".into())]);
    assert_eq!(codes("[1]"), [("json-syntax", "unexpected".into())]);
}

#[test]
fn a_misspelt_layer_is_an_error_and_a_stranger_is_not() {
    assert_eq!(codes(&line(r#","identityPolicy":[]"#)), [("question-unknown", "identityPolicy".into())]);
    assert_eq!(codes(&line(r#","sessionPolicy":null,"sessionPolicy":null"#)), [("question-duplicate", "sessionPolicy".into())]);
    assert!(question(&line(r#","comment":"why","expected":"allowed""#)).question.is_ok());
}

#[test]
fn a_policy_that_aws_would_refuse_is_named() {
    let bad = line(r#","identityPolicies":[{"name":"p","policy":{"Statement":{"Effect":"Perhaps","Action":"ssm:*","Resource":"*"}}}]"#);
    let of = codes(&bad);
    assert_eq!(of[0], ("question-policy", "identityPolicies[0].policy".into()));
    assert_eq!(of[1].0, "policy-effect");
}

use std::fmt::Write as _;

use sekisho_model::policy::{Comparison, PolicyDocument, PolicyKind, PolicyVersion, Principals, SetQualifier};
use sekisho_read::policy::kind_of;
use sekisho_read::{PolicyValue, policy, policy_text};

use crate::render::render;

fn read(text: &str, kind: Option<PolicyKind>) -> PolicyDocument {
    policy("role.json", text.as_bytes(), kind).unwrap_or_else(|problems| panic!("{}", render("en", &problems)))
}

fn refused(text: &str, kind: PolicyKind) -> String {
    render("en", &policy("role.json", text.as_bytes(), Some(kind)).unwrap_err())
}

/// The codes that a document gives.
fn codes(text: &str, kind: PolicyKind) -> Vec<&'static str> {
    match policy("p.json", text.as_bytes(), Some(kind)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.problems.iter().map(|problem| problem.code).collect(),
    }
}

/// A document with one statement that has these members.
fn with(members: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": {{{members}}}}}"#)
}

fn principals(principals: Option<&Principals>) -> String {
    let Some(principals) = principals else { return "-".to_owned() };
    let entries: Vec<String> = principals.entries.iter().map(|entry| format!("{}:{}", entry.kind.as_str(), entry.text.text)).collect();
    format!("{}{}", if principals.negated { "not " } else { "" }, entries.join(" "))
}

fn describe(document: &PolicyDocument) -> String {
    let mut text = String::new();
    for statement in &document.statements {
        let place = |place: &Option<sekisho_model::Place>| place.as_ref().map_or_else(|| "nowhere".to_owned(), ToString::to_string);
        let patterns = |patterns: &sekisho_model::policy::Patterns| {
            let each: Vec<String> =
                patterns.patterns.iter().map(|pattern| format!("{} ({})", pattern.text, place(&pattern.place))).collect();
            format!("{}{}", if patterns.negated { "not " } else { "" }, each.join(", "))
        };
        let sid = statement.sid().unwrap_or("-");
        writeln!(text, "{} {sid} at {}", statement.effect, place(&statement.place)).unwrap();
        writeln!(text, "  principal {}", principals(statement.principal.as_ref())).unwrap();
        writeln!(text, "  action {}", patterns(&statement.action)).unwrap();
        writeln!(text, "  resource {}", statement.resource.as_ref().map_or_else(|| "-".to_owned(), patterns)).unwrap();
        for condition in &statement.conditions {
            let values: Vec<&str> = condition.values.iter().map(|value| value.text.as_str()).collect();
            let key = &condition.key;
            writeln!(text, "  {} {} ({}) {}", condition.operator, key.text, place(&key.place), values.join(" | ")).unwrap();
        }
    }
    text
}

#[test]
fn every_legal_shape_is_read_with_its_places() {
    let document = read(
        r#"{
  "Version": "2012-10-17",
  "Id": "key",
  "Statement": [
    {"Sid": "Enable IAM policies", "Effect": "Allow", "Principal": {"AWS": ["123456789012", "arn:aws:iam::123456789012:role/a"], "Service": "ecs.amazonaws.com"},
     "Action": "kms:*", "Resource": "*"},
    {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}, "NotAction": ["kms:Describe*"], "NotResource": ["arn:aws:kms:*:*:key/b"],
     "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"a:b": [5, "6"]}, "ForAnyValue:StringLikeIfExists": {"kms:EncryptionContextKeys": ["x", "y"]}}},
    {"Effect": "Allow", "Principal": "*", "Action": ["s3:Get*"], "Resource": ["arn:aws:s3:::b/${aws:username}"]}
  ]
}"#,
        None,
    );
    assert_eq!((document.version, document.id.as_ref().map(|id| id.text.as_str())), (PolicyVersion::V2012, Some("key")));
    assert_eq!(kind_of(&document), PolicyKind::Resource);
    let operator = document.statements[1].conditions[2].operator;
    assert_eq!((operator.set, operator.comparison, operator.if_exists), (Some(SetQualifier::ForAnyValue), Comparison::StringLike, true));
    insta::assert_snapshot!(describe(&document), @r"
    Allow Enable IAM policies at role.json:5:5
      principal AWS:123456789012 AWS:arn:aws:iam::123456789012:role/a Service:ecs.amazonaws.com
      action kms:* (role.json:6:16)
      resource * (role.json:6:37)
    Deny - at role.json:7:5
      principal not AWS:arn:aws:iam::123456789012:root
      action not kms:Describe* (role.json:7:97)
      resource not arn:aws:kms:*:*:key/b (role.json:7:131)
      Bool aws:SecureTransport (role.json:8:29) false
      NumericLessThan a:b (role.json:8:80) 5 | 6
      ForAnyValue:StringLikeIfExists kms:EncryptionContextKeys (role.json:8:133) x | y
    Allow - at role.json:9:5
      principal AWS:*
      action s3:Get* (role.json:9:54)
      resource arn:aws:s3:::b/${aws:username} (role.json:9:79)
    ");
}

#[test]
fn a_single_statement_and_the_older_versions_are_read() {
    let action = r#""Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "*""#;
    assert_eq!(read(&with(action), None).statements.len(), 1);
    for (version, expected) in [(r#""Version": "2008-10-17","#, PolicyVersion::V2008), ("", PolicyVersion::Absent)] {
        let document = read(&format!(r#"{{{version} "Statement": [{{{action}}}]}}"#), None);
        assert_eq!((document.version, document.version.has_variables()), (expected, false));
    }
}

#[test]
fn a_value_inside_something_else_is_read_alike_without_places() {
    let text =
        with(r#""Effect": "Allow", "Action": ["ssm:GetParameters"], "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSService": true}}"#);
    let value: PolicyValue = serde_json::from_str(&text).unwrap();
    let document = value.read(Some(PolicyKind::Identity)).unwrap();
    assert_eq!(document, policy_text(&text, None).unwrap());
    assert!(document.place.is_none() && document.statements[0].place.is_none());
    let placed = read(&text, None);
    assert_eq!(describe(&document), describe(&placed).lines().map(unplaced).collect::<String>());

    let problems = value.read(Some(PolicyKind::Resource)).unwrap_err();
    assert_eq!(
        render("en", &problems),
        "`Principal` is missing in `Statement[0]`\n  = add `Principal`: a policy of this kind says who is meant\n"
    );
}

/// A line of a description whose places are all nowhere.
fn unplaced(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let bare = word.trim_matches(|character| "(),".contains(character));
        if bare.starts_with("role.json:") { word.replace(bare, "nowhere") } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ") + "\n"
}

#[test]
fn all_problems_are_reported_at_once_each_in_its_place() {
    let text = r#"{
  "Version": "2012-10-18",
  "Statment": [],
  "Statement": [
    {"Effect": "allow", "Action": "GetParameters", "Resource": "*"},
    {"Action": ["ssm:GetParameters"], "NotAction": "ssm:*", "Resource": "parameter/a", "Principal": "*"},
    {"Sid": "a b", "Effect": "Allow", "Action": 5, "Resource": [true],
     "Condition": {"StringEqual": {"aws:a": "b"}, "Null": {"aws:b": null}, "Bool": "c"}},
    "x",
    {"Effect": "Deny", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::バケット"}
  ]
}"#;
    insta::assert_snapshot!(refused(text, PolicyKind::Identity), @r#"
    role.json:2:14: the `Version` is `2012-10-18`
      = write `2012-10-17`: it is the version of the policy language, not of your policy
    role.json:3:3: the policy has the unknown key `Statment`
      = did you mean `Statement`?
    role.json:5:16: the effect in `Statement[0].Effect` is `allow`
      = write `Allow` or `Deny`, in exactly these letters
    role.json:5:35: `GetParameters` in `Statement[0].Action` is no action
      = write the service's prefix, a colon and the action, such as `ssm:GetParameters`, or `*` alone
    role.json:6:5: `Effect` is missing in `Statement[1]`
      = add `"Effect": "Allow"` or `"Effect": "Deny"`
    role.json:6:39: `Statement[1]` has both `Action` and `NotAction`
      = keep one, or make two statements
    role.json:6:73: `parameter/a` in `Statement[1].Resource` is neither an ARN nor `*`
      = write the whole ARN, such as `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`, or `*`
    role.json:6:88: `Statement[1].Principal` does not belong into the policy of an identity
      = remove it: the policy is about whom it is attached to
    role.json:7:13: `a b` in `Statement[2].Sid` has more than letters and digits
      = use `A` to `Z`, `a` to `z` and `0` to `9` only
    role.json:7:49: `Statement[2].Action` must be a string, and is a number
      = write a string
    role.json:7:65: `Statement[2].Resource` must be a string, and is `true` or `false`
      = write a string
    role.json:8:20: `StringEqual` in `Statement[2].Condition` is no condition operator
      = did you mean `StringEquals`?
    role.json:8:69: `Statement[2].Condition.Null` must be a string, and is `null`
      = write a string
    role.json:8:84: `Statement[2].Condition.Bool` must be an object, and is a string
      = write an object
    role.json:9:5: `Statement[3]` must be an object, and is a string
      = write an object
    role.json:10:24: `Effect` stands twice in `Statement[4]`
      = put both into one: readers of JSON take one of the two, and pass over the other in silence
    role.json:10:73: `Statement[4].Resource` has the character U+30D0, which IAM does not take
      = use tab, line feed, carriage return, and U+0020 to U+00FF only
    "#);
    insta::assert_snapshot!(render("ja", &policy("role.json", text.as_bytes(), Some(PolicyKind::Identity)).unwrap_err()), @r#"
    role.json:2:14: `Version` が `2012-10-18` になっています
      = `2012-10-17` と書いてください。これはお使いのポリシーの版ではなく、ポリシー言語の版です
    role.json:3:3: ポリシーに不明なキー `Statment` があります
      = `Statement` の間違いではありませんか
    role.json:5:16: `Statement[0].Effect` が `allow` になっています
      = `Allow` か `Deny` を、大文字と小文字もこのとおりに書いてください
    role.json:5:35: `Statement[0].Action` の `GetParameters` はアクションではありません
      = `ssm:GetParameters` のように、サービスのプレフィックス、コロン、アクション名の順に書くか、`*` だけを書いてください
    role.json:6:5: `Statement[1]` に `Effect` がありません
      = `"Effect": "Allow"` か `"Effect": "Deny"` を追加してください
    role.json:6:39: `Statement[1]` に `Action` と `NotAction` の両方があります
      = どちらか一方を残すか、ステートメントを二つに分けてください
    role.json:6:73: `Statement[1].Resource` の `parameter/a` は ARN でも `*` でもありません
      = `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` のような完全な ARN か、`*` を書いてください
    role.json:6:88: `Statement[1].Principal` はアイデンティティのポリシーには書けません
      = 対象はアタッチ先に決まっているため、削除してください
    role.json:7:13: `Statement[2].Sid` の `a b` に英数字以外の文字があります
      = 英大文字、英小文字、数字だけを使ってください
    role.json:7:49: `Statement[2].Action` は文字列でなければなりませんが、数値になっています
      = 文字列を書いてください
    role.json:7:65: `Statement[2].Resource` は文字列でなければなりませんが、真偽値になっています
      = 文字列を書いてください
    role.json:8:20: `Statement[2].Condition` の `StringEqual` は条件演算子ではありません
      = `StringEquals` の間違いではありませんか
    role.json:8:69: `Statement[2].Condition.Null` は文字列でなければなりませんが、`null`になっています
      = 文字列を書いてください
    role.json:8:84: `Statement[2].Condition.Bool` はオブジェクトでなければなりませんが、文字列になっています
      = オブジェクトを書いてください
    role.json:9:5: `Statement[3]` はオブジェクトでなければなりませんが、文字列になっています
      = オブジェクトを書いてください
    role.json:10:24: `Statement[4]` に `Effect` が二つあります
      = 一つにまとめてください。JSON として読むと片方だけが採用され、もう片方は黙って無視されます
    role.json:10:73: `Statement[4].Resource` に、IAM が受け付けない文字 U+30D0 があります
      = 使えるのは、タブ、改行、復帰と、U+0020 から U+00FF までの文字だけです
    "#);
}

#[test]
fn what_belongs_depends_on_what_the_policy_is_attached_to() {
    let resource = r#""Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "s3:GetObject", "Resource": "*""#;
    let identity = r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "*""#;
    let trust = r#""Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole""#;
    for kind in PolicyKind::ALL {
        let names = kind.names_principals();
        assert_eq!(codes(&with(identity), kind).contains(&"policy-missing"), names, "{kind}");
        assert_eq!(codes(&with(resource), kind).contains(&"policy-not-here"), !names || kind == PolicyKind::Trust, "{kind}");
    }
    assert!(codes(&with(trust), PolicyKind::Trust).is_empty());
    assert_eq!(kind_of(&read(&with(trust), None)), PolicyKind::Trust);
    // A trust policy says who may assume the role, never who may not.
    let deny_but = r#""Effect": "Deny", "NotPrincipal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole""#;
    assert_eq!(codes(&with(deny_but), PolicyKind::Trust), ["policy-not-here"]);
}

#[test]
fn nobody_is_allowed_by_not_being_named() {
    let allow_but = r#""Effect": "Allow", "NotPrincipal": {"AWS": "123456789012"}, "Action": "s3:*", "Resource": "*""#;
    assert_eq!(codes(&with(allow_but), PolicyKind::Resource), ["policy-not-principal-allow"]);
    assert!(codes(&with(&allow_but.replace("Allow", "Deny")), PolicyKind::Resource).is_empty());
}

#[test]
fn principals_have_no_partial_wildcards() {
    let named = |principal: &str| {
        codes(&with(&format!(r#""Effect": "Allow", "Principal": {principal}, "Action": "s3:*", "Resource": "*""#)), PolicyKind::Resource)
    };
    for legal in [
        r#""*""#,
        r#"{"AWS": "*"}"#,
        r#"{"AWS": "arn:aws:sts::123456789012:assumed-role/r/s"}"#,
        r#"{"AWS": "AROAEXAMPLEEXAMPLE123"}"#,
        r#"{"Service": ["ecs.amazonaws.com"], "Federated": "cognito-identity.amazonaws.com", "CanonicalUser": "79a59d"}"#,
    ] {
        assert!(named(legal).is_empty(), "{legal}");
    }
    for illegal in [
        r#"{"AWS": "arn:aws:iam::123456789012:role/*"}"#,
        r#"{"AWS": "arn:aws:iam::*:root"}"#,
        r#"{"AWS": "ann"}"#,
        r#"{"AWS": "12345"}"#,
        r#"{"Service": "*.amazonaws.com"}"#,
        r#"{"AWS": ""}"#,
        r#""ecs.amazonaws.com""#,
    ] {
        assert_eq!(named(illegal), ["policy-principal"], "{illegal}");
    }
    assert_eq!(named(r#"{"aws": "*"}"#), ["policy-unknown-key"]);
    assert_eq!(named(r#"["*"]"#), ["policy-type"]);
}

#[test]
fn an_unknown_operator_makes_the_document_unreadable() {
    for operator in ["StringEqual", "stringEquals", "ForSomeValue:StringEquals", "NullIfExists", "IpAddresses"] {
        let text = with(&format!(r#""Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{"{operator}": {{"aws:a": "b"}}}}"#));
        assert_eq!(codes(&text, PolicyKind::Identity), ["policy-operator"], "{operator}");
    }
}

#[test]
fn session_policies_have_whole_arns_and_identities_need_not() {
    let text = with(r#""Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs""#);
    assert!(codes(&text, PolicyKind::Identity).is_empty());
    assert_eq!(codes(&text, PolicyKind::Session), ["policy-resource"]);
    let variable = with(r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username}""#);
    assert!(codes(&variable, PolicyKind::Session).is_empty());
}

#[test]
fn resource_control_policies_deny_everybody_on_conditions() {
    let full = with(r#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*""#);
    assert!(codes(&full, PolicyKind::ResourceControl).is_empty());
    let allow = with(r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#);
    assert_eq!(codes(&allow, PolicyKind::ResourceControl), ["policy-rcp-allow"]);
    let named = with(r#""Effect": "Deny", "Principal": {"AWS": "123456789012"}, "Action": "s3:*", "Resource": "*""#);
    assert_eq!(codes(&named, PolicyKind::ResourceControl), ["policy-rcp-principal"]);
}

#[test]
fn empty_lists_are_legal_and_match_nothing() {
    // IAM Access Analyzer, "policy check reference": empty lists are suggestions, not errors.
    let document = read(&with(r#""Effect": "Allow", "Action": [], "Resource": [], "Condition": {"StringEquals": {"aws:a": []}}"#), None);
    assert!(document.statements[0].action.patterns.is_empty() && document.statements[0].conditions[0].values.is_empty());
}

#[test]
fn what_is_no_policy_is_told() {
    for text in ["[]", "5", "{}", r#"{"family": "api"}"#] {
        assert_eq!(codes(text, PolicyKind::Identity), ["policy-none"], "{text}");
    }
    assert_eq!(policy_text("{", None).unwrap_err().problems[0].code, "json-syntax");
    assert_eq!(codes(r#"{"Version": "2012-10-17"}"#, PolicyKind::Identity), ["policy-missing"]);
}

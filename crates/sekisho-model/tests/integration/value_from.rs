use proptest::prelude::*;
use sekisho_model::value_from::{Certainty, Effect, FlawKind, Form, Provider, Surroundings};
use sekisho_model::{ParameterNameError, ValueFrom};

const SECRET: &str = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const UUID: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

fn kinds(text: &str) -> Vec<FlawKind> {
    ValueFrom::parse(text).flaws.into_iter().map(|flaw| flaw.kind).collect()
}

/// The text under the first flaw, its effect, and what to write instead.
fn first(text: &str) -> (String, Effect, Option<String>) {
    let flaw = ValueFrom::parse(text).flaws.into_iter().next().expect("a flaw");
    (text[flaw.span.start..flaw.span.end].to_owned(), flaw.effect, flaw.instead)
}

#[test]
fn names_and_arns_of_parameters_are_read_alike() {
    for (text, name) in [
        ("/a/b", "/a/b"),
        ("a", "a"),
        ("arn:aws:ssm:eu-west-1:123456789012:parameter/a/b", "/a/b"),
        ("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a", "a"),
    ] {
        let read = ValueFrom::parse(text);
        assert_eq!(read.flaws, [], "{text}");
        assert_eq!(read.provider(), Some(Provider::Ssm));
        let (Form::ParameterName(found) | Form::ParameterArn { name: found, .. }) = read.form else { panic!("{text}") };
        assert_eq!(found, name);
    }
}

#[test]
fn a_secret_has_two_or_five_parts_and_no_other_number() {
    for (suffix, key, stage, version) in [
        ("", None, None, None),
        (":::", None, None, None),
        (":user::", Some("user"), None, None),
        ("::AWSPREVIOUS:", None, Some("AWSPREVIOUS"), None),
        (&format!(":::{UUID}"), None, None, Some(UUID)),
    ] {
        let read = ValueFrom::parse(&format!("{SECRET}{suffix}"));
        assert_eq!(read.flaws, [], "{suffix}");
        let Form::Secret(reference) = read.form else { panic!("{suffix}") };
        assert_eq!(reference.arn.to_string(), SECRET);
        assert_eq!((reference.json_key.as_deref(), reference.stage.as_deref(), reference.version_id.as_deref()), (key, stage, version));
    }
    for (suffix, parts, instead) in
        [(":password", 3, Some("::")), (":password:", 4, Some(":")), (":a:b:c:d", 6, None), (":::::::", 9, None)]
    {
        let text = format!("{SECRET}{suffix}");
        assert_eq!(kinds(&text), [FlawKind::SecretParts { found: parts }], "{suffix}");
        let (_, effect, suggested) = first(&text);
        assert_eq!(effect, Effect::FailsAtStart);
        assert_eq!(suggested, instead.map(|more| format!("{text}{more}")));
    }
}

#[test]
fn a_version_of_a_parameter_cannot_be_pinned() {
    assert_eq!(first("/a/b:3"), (":3".into(), Effect::Refused, Some("/a/b".into())));
    assert_eq!(kinds("a:label"), [FlawKind::ParameterSelector { selector: "label".into() }]);
    let arn = ValueFrom::parse("arn:aws:ssm:eu-west-1:123456789012:parameter/a/b:3");
    assert_eq!(arn.flaws[0].certainty, Certainty::Likely, "what ECS does with it is not confirmed");
}

#[test]
fn the_name_of_a_secret_with_a_key_is_told_from_a_version() {
    assert_eq!(kinds("prod/db:password::"), [FlawKind::SecretNameWithSuffix { name: "prod/db".into() }]);
}

#[test]
fn slashes_behind_the_word_parameter_are_counted() {
    for wrong in ["parameter//a/b", "parametera/b", "parameter:/a/b"] {
        let (at, effect, instead) = first(&format!("arn:aws:ssm:eu-west-1:123456789012:{wrong}"));
        assert_eq!((at.as_str(), effect), (wrong, Effect::FailsAtStart));
        assert_eq!(instead.as_deref(), Some("arn:aws:ssm:eu-west-1:123456789012:parameter/a/b"));
    }
}

#[test]
fn names_that_cannot_exist_are_told_though_registration_takes_them() {
    let (_, effect, instead) = first("a/b");
    assert_eq!((effect, instead.as_deref()), (Effect::FailsAtStart, Some("/a/b")));
    assert!(matches!(&kinds("/aws/x")[..], [FlawKind::ParameterCannotExist { error: ParameterNameError::Reserved { .. } }]));
    assert_eq!(kinds("/aws/reference/secretsmanager/db"), []);
}

#[test]
fn placeholders_are_never_split_on_their_colons() {
    for (text, placeholder) in [
        ("arn:${Partition}:secretsmanager:${Region}:${Account}:secret:x:k", "${Partition}"),
        ("{{resolve:ssm:/a/b:1}}", "{{resolve:ssm:/a/b:1}}"),
        ("/{{ must_env `ENV` }}/x", "{{ must_env `ENV` }}"),
        ("${{ secrets.X }}", "${{ secrets.X }}"),
        ("arn:aws:ssm:<REGION>:123456789012:parameter/x", "<REGION>"),
        ("/%STAGE%/x", "%STAGE%"),
        ("<nil>", "<nil>"),
        ("${unclosed", "${unclosed"),
    ] {
        assert_eq!(kinds(text), [FlawKind::Unrendered { placeholder: placeholder.into() }], "{text}");
        assert_eq!(ValueFrom::parse(text).provider(), None);
    }
}

#[test]
fn what_is_no_usable_arn_says_which_part() {
    assert!(matches!(&kinds("arn:aws:secretsmanager:x")[..], [FlawKind::BrokenArn { found: 4, .. }]));
    assert_eq!(kinds("arn:aws:s3:::bucket/key"), [FlawKind::OtherService { service: "s3".into() }]);
    let (at, effect, _) = first("arn:aws:secretsmanager:region:aws_account_id:secret:secret_name-AbCdEf");
    assert_eq!((at.as_str(), effect), ("region", Effect::FailsAtStart));
    assert_eq!(kinds("arn:aws:secretsmanager:eu-west-1:123456789012:secret/x"), [FlawKind::SecretResource]);
    assert_eq!(kinds("arn:aws:secretsmanager:eu-west-1:123456789012:secret:"), [FlawKind::SecretIdEmpty]);
    assert!(matches!(&kinds("arn:aws:secretsmanager:cn-north-1:123456789012:secret:x-AbCdEf")[..], [FlawKind::PartitionOfRegion { .. }]));
    assert_eq!(kinds(" "), [FlawKind::Empty]);
    assert_eq!(kinds("/a b"), [FlawKind::ParameterCharacter { character: ' ' }]);
    assert_eq!(kinds("/秘密"), [FlawKind::ParameterCharacter { character: '秘' }]);
    assert_eq!(kinds(" /a"), [FlawKind::SurroundingSpace]);
    assert_eq!(first(" /a").2.as_deref(), Some("/a"));
}

#[test]
fn hazards_of_secret_references_are_named() {
    assert_eq!(kinds("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"), [FlawKind::PartialArn]);
    let label = format!("{SECRET}:::AWSCURRENT");
    assert_eq!(first(&label), ("AWSCURRENT".into(), Effect::FailsAtStart, Some(format!("{SECRET}::AWSCURRENT:"))));
    assert_eq!(kinds(&format!("{SECRET}::{UUID}:")), [FlawKind::StageLooksLikeVersionId]);
    assert_eq!(kinds(&format!("{SECRET}::AWSCURRENT:{UUID}")), [FlawKind::StageAndVersionId]);
    assert_eq!(kinds(&format!("{SECRET}:a.b::")), [FlawKind::JsonKeyPath { key: "a.b".into() }]);
    assert_eq!(kinds("arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1-AbCdEf"), []);
}

#[test]
fn registry_credentials_take_a_bare_name_and_no_suffix() {
    let read = ValueFrom::parse_registry_credentials("my-repo-creds");
    assert!(matches!(read.form, Form::SecretName(_)));
    let suffixed = ValueFrom::parse_registry_credentials(&format!("{SECRET}:username::"));
    assert_eq!(suffixed.flaws[0].kind, FlawKind::SuffixOnRegistryCredentials);
    assert_eq!(suffixed.flaws[0].instead.as_deref(), Some(SECRET));
}

#[test]
fn the_surroundings_decide_what_is_foreign() {
    let here = Surroundings { region: "ap-northeast-1".parse().ok(), account: "111111111111".parse().ok() };
    let flaws = |text: &str| {
        ValueFrom::parse(text).flaws_in(&here).into_iter().map(|flaw| (flaw.kind, flaw.effect, flaw.certainty)).collect::<Vec<_>>()
    };
    assert!(matches!(
        &flaws("arn:aws:ssm:ap-northeast-1:222222222222:parameter/x")[..],
        [(FlawKind::ParameterOfOtherAccount { .. }, Effect::Refused, Certainty::Likely)]
    ));
    assert!(matches!(&flaws("arn:aws:ssm:eu-west-1:111111111111:parameter/x")[..], [(FlawKind::OtherRegion { .. }, Effect::Hazard, _)]));
    assert!(matches!(&flaws(SECRET)[..], [(FlawKind::SecretOfOtherAccount { .. }, Effect::Hazard, _)]));
    assert!(matches!(
        &flaws("arn:aws-cn:ssm:cn-north-1:111111111111:parameter/x")[..],
        [(FlawKind::OtherPartition { .. }, Effect::FailsAtStart, Certainty::Certain)]
    ));
    assert_eq!(flaws("/x"), []);
}

proptest! {
    #[test]
    fn every_flaw_points_into_the_text_and_what_it_suggests_is_better(text in "\\PC{0,60}|arn:[a-z:/0-9-]{0,60}|arn:aws:(ssm|secretsmanager):eu-west-1:123456789012:[a-z:/ {$]{0,30}") {
        for flaw in ValueFrom::parse(&text).flaws {
            prop_assert!(text.get(flaw.span.start..flaw.span.end).is_some(), "{flaw:?}");
            if let Some(instead) = flaw.instead {
                let better = ValueFrom::parse(&instead);
                prop_assert!(better.flaws.iter().all(|left| left.kind != flaw.kind), "{text} -> {instead}");
            }
        }
    }

    #[test]
    fn a_secret_reference_prints_what_parses_back(name in "[a-z/_+=.@]{1,20}", suffix in "[A-Za-z0-9]{6}", key in "[a-zA-Z_ ]{0,8}", stage in "[A-Z]{0,8}") {
        let text = format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-{suffix}:{key}:{stage}:");
        let Form::Secret(reference) = ValueFrom::parse(&text).form else { return Err(TestCaseError::fail(text)) };
        let again = ValueFrom::parse(&reference.to_string());
        prop_assert_eq!(again.form, Form::Secret(reference));
    }

    #[test]
    fn a_parameter_name_and_its_arn_are_the_same_parameter(name in "(/[a-z][a-z0-9_.-]{0,8}){2,5}|[b-r][a-z0-9_.-]{0,8}") {
        let Ok(parsed) = name.parse::<sekisho_model::ParameterName>() else { return Ok(()) };
        let arn = parsed.arn(&"eu-west-1".parse().unwrap(), &"123456789012".parse().unwrap());
        let Form::ParameterArn { name: read, .. } = ValueFrom::parse(&arn.to_string()).form else { return Err(TestCaseError::fail(name)) };
        prop_assert_eq!(read, name);
    }
}

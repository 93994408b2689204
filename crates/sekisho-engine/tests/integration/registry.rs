use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use sekisho_engine::rules::{RULES, find};

fn messages(text: &str) -> (FluentBundle<FluentResource>, BTreeSet<String>) {
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let ids = text
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .filter(|(id, _)| !id.starts_with([' ', '#', '*', '[']))
        .map(|(id, _)| id.to_owned())
        .collect();
    let mut bundle = FluentBundle::default();
    bundle.add_resource(resource).expect("no id twice");
    (bundle, ids)
}

/// Renaming or renumbering a rule is seen in review: this is the list that users suppress and search by.
#[test]
fn ids_and_names_of_rules_stay() {
    let list: Vec<String> = RULES.iter().map(|rule| format!("{} {}", rule.meta().id, rule.meta().name)).collect();
    let expected = "SEK0120 alias-as-resource\nSEK0121 resource-on-wildcard-only-action\nSEK0122 secret-without-suffix-in-policy\nSEK0123 leading-slash-in-policy\nSEK0124 json-key-in-policy\nSEK0125 condition-never-present\nSEK0126 grant-of-all-secrets\nSEK0127 cross-environment-grant\nSEK0128 wildcard-that-aws-ignores\nSEK0129 dangling-principal\nSEK0130 for-all-values-with-allow\nSEK0131 statement-never-applies\nSEK0132 unknown-action\nSEK0133 allow-of-everything-else\nSEK0134 trust-of-tasks\nSEK0135 trust-without-source\nSEK0136 reading-beyond-the-task\nSEK0137 reading-without-decrypt\nSEK0138 grant-in-any-account\nSEK0139 grant-by-prefix\nSEK0201 malformed-secret-reference\nSEK0202 invalid-parameter-name\nSEK0203 parameter-version-selector\nSEK0204 secret-name-without-arn\nSEK0205 unrendered-template\nSEK0206 broken-arn\nSEK0207 parameter-arn-slash\nSEK0208 foreign-parameter\nSEK0209 foreign-region\nSEK0210 foreign-partition\nSEK0211 partial-secret-arn\nSEK0212 version-id-form\nSEK0213 json-key-form\nSEK0214 registry-credentials-form\nSEK0215 missing-parameter\nSEK0216 missing-secret\nSEK0217 secret-pending-deletion\nSEK0218 missing-secret-version\nSEK0219 missing-json-key\nSEK0220 secret-not-json\nSEK0221 binary-secret\nSEK0222 json-value-rendering\nSEK0223 empty-value\nSEK0224 placeholder-value\nSEK0225 empty-value-from\nSEK0226 foreign-secret\nSEK0227 white-space-around-value\nSEK0228 registry-credentials-content\nSEK0229 volume-credentials-secure-string\nSEK0301 plaintext-secret\nSEK0401 secret-and-environment-clash\nSEK0402 duplicate-secret-name\nSEK0403 missing-execution-role\nSEK0404 declared-secret-not-wired\nSEK0405 reference-differs-from-declaration\nSEK0406 s3-object-not-looked-up\nSEK0501 plain-string-parameter\nSEK0502 unusable-key\nSEK0503 customer-key-required\nSEK0504 rotation-required\nSEK0901 not-observed\nSEK0902 unreadable-leaf";
    assert_eq!(list.join("\n"), expected);
}

#[test]
fn every_rule_has_its_message_and_remedy_in_both_languages() {
    let (english, ids) = messages(sekisho_engine::FTL_EN);
    let (japanese, japanese_ids) = messages(sekisho_engine::FTL_JA);
    assert_eq!(ids, japanese_ids);
    for rule in RULES {
        let meta = rule.meta();
        assert!(meta.docs.len() > 40, "{} has no words", meta.id);
        assert_eq!(find(meta.id), find(meta.name));
        for bundle in [&english, &japanese] {
            let message = bundle.get_message(meta.name).unwrap_or_else(|| panic!("{} has no message", meta.name));
            assert!(message.value().is_some() && message.get_attribute("remedy").is_some(), "{}", meta.name);
        }
    }
    // Every message is the one of a rule, or of what a verdict rests on.
    for id in ids {
        assert!(id.starts_with("assume-") || RULES.iter().any(|rule| id.starts_with(rule.meta().name)), "{id} belongs to no rule");
    }
}

#[test]
fn the_source_of_each_rule_bears_its_name() {
    for rule in RULES {
        let file = format!("{}/src/rules/{}.rs", env!("CARGO_MANIFEST_DIR"), rule.meta().name.replace('-', "_"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is not in {file}", rule.meta().id));
        assert!(text.contains(rule.meta().id));
    }
}

#[test]
fn a_japanese_message_takes_the_same_arguments() {
    let (english, _) = messages(sekisho_engine::FTL_EN);
    let (japanese, _) = messages(sekisho_engine::FTL_JA);
    let mut args = FluentArgs::new();
    args.set("name", "/a/b");
    args.set("region", "eu-west-1");
    for bundle in [&english, &japanese] {
        let mut errors = Vec::new();
        let message = bundle.get_message("missing-parameter").unwrap();
        let text = bundle.format_pattern(message.value().unwrap(), Some(&args), &mut errors);
        assert!(errors.is_empty() && text.contains("/a/b") && text.contains("eu-west-1"), "{text}");
    }
}

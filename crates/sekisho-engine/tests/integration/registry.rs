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
    // One rule a line, so that two changes meet without a conflict.
    let expected = [
        "SEK0101 missing-action",
        "SEK0102 key-policy",
        "SEK0103 missing-kms-decrypt",
        "SEK0104 trust-policy",
        "SEK0105 right-on-wrong-role",
        "SEK0106 explicit-deny",
        "SEK0107 secret-policy",
        "SEK0108 execution-role-absent",
        "SEK0109 boundary-blocks",
        "SEK0110 excess-grant",
        "SEK0111 access-undecided",
        "SEK0112 unaccepted-assumption",
        "SEK0120 alias-as-resource",
        "SEK0121 resource-on-wildcard-only-action",
        "SEK0122 secret-without-suffix-in-policy",
        "SEK0123 leading-slash-in-policy",
        "SEK0124 json-key-in-policy",
        "SEK0125 condition-never-present",
        "SEK0126 grant-of-all-secrets",
        "SEK0127 cross-environment-grant",
        "SEK0128 wildcard-that-aws-ignores",
        "SEK0129 dangling-principal",
        "SEK0130 for-all-values-with-allow",
        "SEK0131 statement-never-applies",
        "SEK0132 unknown-action",
        "SEK0133 allow-of-everything-else",
        "SEK0134 trust-of-tasks",
        "SEK0135 trust-without-source",
        "SEK0136 reading-beyond-the-task",
        "SEK0137 reading-without-decrypt",
        "SEK0138 grant-in-any-account",
        "SEK0139 grant-by-prefix",
        "SEK0201 malformed-secret-reference",
        "SEK0202 invalid-parameter-name",
        "SEK0203 parameter-version-selector",
        "SEK0204 secret-name-without-arn",
        "SEK0205 unrendered-template",
        "SEK0206 broken-arn",
        "SEK0207 parameter-arn-slash",
        "SEK0208 foreign-parameter",
        "SEK0209 foreign-region",
        "SEK0210 foreign-partition",
        "SEK0211 partial-secret-arn",
        "SEK0212 version-id-form",
        "SEK0213 json-key-form",
        "SEK0214 registry-credentials-form",
        "SEK0215 missing-parameter",
        "SEK0216 missing-secret",
        "SEK0217 secret-pending-deletion",
        "SEK0218 missing-secret-version",
        "SEK0219 missing-json-key",
        "SEK0220 secret-not-json",
        "SEK0221 binary-secret",
        "SEK0222 json-value-rendering",
        "SEK0223 empty-value",
        "SEK0224 placeholder-value",
        "SEK0225 empty-value-from",
        "SEK0226 foreign-secret",
        "SEK0227 white-space-around-value",
        "SEK0228 registry-credentials-content",
        "SEK0229 volume-credentials-secure-string",
        "SEK0230 nul-in-value",
        "SEK0231 mixed-accounts",
        "SEK0232 mixed-regions",
        "SEK0233 mixed-partitions",
        "SEK0234 resolve-in-value-from",
        "SEK0235 volume-credentials-form",
        "SEK0301 plaintext-secret",
        "SEK0302 plaintext-in-command",
        "SEK0303 plaintext-in-label",
        "SEK0304 plaintext-in-health-check",
        "SEK0305 plaintext-in-log-option",
        "SEK0306 credential-in-url",
        "SEK0307 plaintext-in-environment-file",
        "SEK0308 placeholder-in-definition",
        "SEK0401 secret-and-environment-clash",
        "SEK0402 duplicate-secret-name",
        "SEK0403 missing-execution-role",
        "SEK0404 declared-secret-not-wired",
        "SEK0405 reference-differs-from-declaration",
        "SEK0406 s3-object-not-looked-up",
        "SEK0407 variable-name",
        "SEK0408 execution-role-is-task-role",
        "SEK0409 shadowed-environment-file",
        "SEK0410 platform-version-too-old",
        "SEK0411 agent-too-old",
        "SEK0412 environment-file-on-windows",
        "SEK0413 log-driver-not-on-fargate",
        "SEK0414 firelens-router-missing",
        "SEK0415 firelens-file-form",
        "SEK0416 environment-file-form",
        "SEK0417 fargate-execution-role",
        "SEK0418 empty-tags",
        "SEK0419 secret-option-without-driver",
        "SEK0420 credential-spec-form",
        "SEK0421 undeclared-reference",
        "SEK0422 unused-declaration",
        "SEK0423 names-differ-in-case",
        "SEK0424 overridden-execution-role",
        "SEK0425 overridden-secret",
        "SEK0501 plain-string-parameter",
        "SEK0502 unusable-key",
        "SEK0503 customer-key-required",
        "SEK0504 rotation-required",
        "SEK0505 foreign-environment",
        "SEK0506 path-convention",
        "SEK0507 pinned-version",
        "SEK0901 not-observed",
        "SEK0902 unreadable-leaf",
        "SEK0903 unreadable-file",
        "SEK0904 stale-suppression",
        "SEK0905 malformed-suppression",
        "SEK0906 not-looked-at",
        "SEK0907 tolerated-syntax",
    ];
    assert_eq!(list, expected);
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
        assert!(
            id.starts_with("assume-") || id.starts_with("suspicion-") || RULES.iter().any(|rule| id.starts_with(rule.meta().name)),
            "{id} belongs to no rule"
        );
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

/// A rule's page is in both languages. What could not be read (09) still has rules to come.
#[test]
fn every_rule_is_explained_in_japanese() {
    for rule in RULES.iter().map(|rule| rule.meta()) {
        let translated = sekisho_engine::rules::docs_ja(rule).is_some_and(|text| !text.is_empty());
        assert!(translated || rule.id > "SEK0902", "{} has no section in i18n/rules.ja.md", rule.id);
    }
    let ids = include_str!("../../i18n/rules.ja.md").lines().filter_map(|line| line.strip_prefix("## "));
    for id in ids {
        assert!(find(id).is_some(), "{id} is no rule");
    }
}

//! Every code has its words.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use sekisho_read::{CODES, FTL_EN, FTL_JA, Problem};

use crate::render::bundle;

/// The ids of a file, in its order.
fn ids(source: &str) -> Vec<String> {
    let words = |line: &str| line.split_once(" =").map(|(id, _)| id.to_owned());
    source.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase())).filter_map(words).collect()
}

/// The arguments that are mentioned in the message `id` of a file.
fn arguments(source: &str, id: &str) -> BTreeSet<String> {
    let start = source.find(&format!("\n{id} =")).unwrap() + 1;
    let rest = &source[start..];
    let end = rest
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .find(|at| rest[*at..].starts_with(|first: char| first.is_ascii_lowercase() || first == '#'));
    let message = &rest[..end.unwrap_or(rest.len())];
    let mut found: BTreeSet<String> =
        message.split("{ $").skip(1).map(|part| part.chars().take_while(|character| character.is_ascii_alphanumeric()).collect()).collect();
    for part in ["part-reason", "part-store", "part-type", "part-found", "part-policy"] {
        if message.contains(&format!("{{ {part} }}")) {
            found.extend(arguments(source, part));
        }
    }
    found
}

#[test]
fn every_code_has_a_message_and_a_remedy_in_both_languages() {
    for language in ["en", "ja"] {
        let bundle = bundle(language);
        for code in CODES {
            let message = bundle.get_message(code).unwrap_or_else(|| panic!("{language} has no {code}"));
            assert!(message.value().is_some() && message.get_attribute("remedy").is_some(), "{language}: {code}");
        }
    }
}

#[test]
fn no_message_is_without_a_code() {
    for source in [FTL_EN, FTL_JA] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
        let messages: Vec<String> = ids(source).into_iter().filter(|id| !id.starts_with("part-")).collect();
        let codes: BTreeSet<&str> = CODES.iter().copied().collect();
        assert_eq!(messages.iter().map(String::as_str).collect::<BTreeSet<_>>(), codes);
        assert_eq!(messages.len(), CODES.len(), "each only once");
    }
}

#[test]
fn both_languages_speak_of_the_same_arguments() {
    for code in CODES {
        let (en, ja) = (arguments(FTL_EN, code), arguments(FTL_JA, code));
        let only_selecting = ["inside", "near", "reason"].map(str::to_owned);
        let told = |names: BTreeSet<String>| names.into_iter().filter(|name| !only_selecting.contains(name)).collect::<BTreeSet<_>>();
        assert_eq!(told(en), told(ja), "{code}");
    }
}

#[test]
fn codes_are_never_renamed() {
    insta::assert_snapshot!(CODES.join("\n"), @"
    file-large
    file-many
    file-not-utf8
    manifest-account
    manifest-account-needed
    manifest-arn
    manifest-container-name
    manifest-duplicate-key
    manifest-empty
    manifest-endpoint
    manifest-every
    manifest-exclusive
    manifest-json-key
    manifest-kms-key
    manifest-many-environments
    manifest-many-keys
    manifest-missing-key
    manifest-name
    manifest-naming
    manifest-one-needed
    manifest-placeholder
    manifest-plaintext
    manifest-range
    manifest-region
    manifest-required-version
    manifest-rule
    manifest-same-name
    manifest-same-variable
    manifest-secret-name
    manifest-secret-twice
    manifest-stored-name
    manifest-syntax
    manifest-tag-key
    manifest-tag-value
    manifest-template-name
    manifest-template-secret
    manifest-type
    manifest-unknown-environment
    manifest-unknown-key
    manifest-unknown-secret
    manifest-unknown-word
    manifest-variable
    json-depth
    json-note-comment
    json-note-missing-comma
    json-note-trailing-comma
    json-syntax
    jsonnet
    state-format
    task-definition-none
    policy-action
    policy-character
    policy-duplicate-key
    policy-effect
    policy-exclusive
    policy-missing
    policy-none
    policy-not-here
    policy-not-principal-allow
    policy-operator
    policy-principal
    policy-rcp-allow
    policy-rcp-principal
    policy-resource
    policy-sid
    policy-sid-twice
    policy-type
    policy-unknown-key
    policy-version
    task-definition-several
    yaml-syntax
    account-details-none
    question-duplicate
    question-missing
    question-policy
    question-type
    question-unknown
    environment-file-long-line
    baseline-form
    baseline-newer
    values-duplicate
    values-escape
    values-name
    values-no-assignment
    values-not-flat
    values-nul
    values-trailing
    values-type
    values-unterminated
    values-yaml-alias
    values-yaml-many
    values-yaml-plain
    values-yaml-syntax
    ");
    let unique: BTreeSet<&&str> = CODES.iter().collect();
    assert_eq!(unique.len(), CODES.len());
}

#[test]
fn the_wording_can_be_formatted_with_any_argument_that_it_names() {
    for (language, source) in [("en", FTL_EN), ("ja", FTL_JA)] {
        let bundle = bundle(language);
        for code in CODES {
            let args = arguments(source, code).into_iter().map(|name| (&*name.leak(), "x".to_owned())).collect();
            crate::render::speak(&bundle, &Problem { code, args, place: None });
        }
    }
}

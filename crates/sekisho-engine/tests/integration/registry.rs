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
    assert_eq!(list.join("\n"), include_str!("../codes.txt").trim_end());
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

//! Both languages say the same things, and nothing that the program wants to say is without words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use crate::world::{World, repository};

const EN: &str = include_str!("../../i18n/en.ftl");
const JA: &str = include_str!("../../i18n/ja.ftl");

/// Kebab-case literals of the source that are no messages: words of the command line, of paths, of protocols and of JSON.
const NO_MESSAGES: [&str; 14] = [
    "who-can",
    "not-found",
    "not-a-directory",
    "task-definition",
    "ecs-task-def",
    "task-def",
    "in-process",
    "change-would",
    "read-only",
    "default-host",
    "ls-files",
    "secret-value",
    "us-east-1",
    "ap-northeast-1",
];

/// Ids that the source puts together from parts.
fn is_composed(id: &str) -> bool {
    ["help", "aws-", "local-state-", "io-cause", "init-counts"].iter().any(|prefix| id.starts_with(prefix))
}

/// Message ids, with `.remedy` behind those of attributes, and the arguments of each.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut message, mut current) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| is_id(id)) {
            message = id.to_owned();
            current = message.clone();
        } else if let Some((attribute, _)) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once(" =")) {
            current = format!("{message}.{attribute}");
        }
        if !current.is_empty() {
            let arguments = messages.entry(current.clone()).or_default();
            arguments.extend(line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|character| character.is_ascii_alphanumeric() || "-_".contains(*character)).collect::<String>()
            }));
        }
    }
    messages
}

fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Every file of words that the program has.
fn files() -> [(&'static str, &'static str); 10] {
    [
        ("sekisho en", EN),
        ("sekisho ja", JA),
        ("read en", sekisho_read::FTL_EN),
        ("read ja", sekisho_read::FTL_JA),
        ("engine en", sekisho_engine::FTL_EN),
        ("engine ja", sekisho_engine::FTL_JA),
        ("explain en", sekisho_engine::EXPLAIN_FTL_EN),
        ("explain ja", sekisho_engine::EXPLAIN_FTL_JA),
        ("report en", sekisho_report::FTL_EN),
        ("report ja", sekisho_report::FTL_JA),
    ]
}

/// The program's source without its comments.
fn sources(directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), code.join("\n")));
        }
    }
}

/// The string literals of the source, with the file that each stands in.
fn literals() -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources(&repository().join("crates/sekisho/src"), &mut files);
    files
        .into_iter()
        .flat_map(|(file, code)| code.split('"').skip(1).map(|text| (file.clone(), text.to_owned())).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_file_of_words_can_be_read_whole() {
    for (name, text) in files() {
        assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{name} has lines that are no Fluent");
    }
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (en, ja) = (messages(EN), messages(JA));
    assert_eq!(en.keys().collect::<Vec<_>>(), ja.keys().collect::<Vec<_>>());
    for (id, arguments) in &en {
        assert_eq!(arguments, &ja[id], "{id}");
    }
}

#[test]
fn no_message_stands_twice_in_any_file_of_a_language() {
    for language in ["en", "ja"] {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in files().into_iter().filter(|(name, _)| name.ends_with(language)) {
            let ids = text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id).filter(|id| is_id(id));
            for id in ids {
                // The one that is read last would win silently.
                if let Some(first) = seen.insert(id.to_owned(), name) {
                    panic!("{id} stands in {first} and in {name}");
                }
            }
        }
    }
}

#[test]
fn japanese_is_japanese() {
    // What has no word of its own in either language.
    let same = ["aws-unreachable", "aws-invalid"];
    let japanese = |text: &str| {
        text.chars().any(|character| ('\u{3040}'..='\u{30ff}').contains(&character) || ('\u{4e00}'..='\u{9fff}').contains(&character))
    };
    for line in JA.lines().filter(|line| !line.starts_with('#') && line.contains(" = ")) {
        let (id, text) = line.split_once(" = ").unwrap();
        assert!(japanese(text) || text.contains("->") || same.contains(&id.trim()), "{line}");
    }
}

#[test]
fn every_message_that_the_source_names_has_words() {
    let known: BTreeSet<String> =
        files().iter().filter(|(name, _)| name.ends_with("en")).flat_map(|(_, text)| messages(text).into_keys()).collect();
    let kebab = |text: &str| is_id(text) && text.contains('-') && !text.ends_with('-');
    let unknown: Vec<_> =
        literals().into_iter().filter(|(_, text)| kebab(text) && !known.contains(text) && !NO_MESSAGES.contains(&text.as_str())).collect();
    assert!(unknown.is_empty(), "no words for {unknown:?}");
}

#[test]
fn every_message_is_said_somewhere() {
    let said: BTreeSet<String> = literals().into_iter().map(|(_, text)| text).collect();
    let unsaid: Vec<String> = messages(EN).into_keys().filter(|id| !id.contains('.') && !is_composed(id) && !said.contains(id)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

/// The help of `verb` and of every verb below it.
fn helps(world: &World, language: &str, verb: &[&str], found: &mut Vec<(String, String)>) {
    let arguments: Vec<&str> = verb.iter().copied().chain(["--help", "--lang", language]).collect();
    let said = world.run(&arguments);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{verb:?}");
    let heading = if language == "ja" { "コマンド:" } else { "Verbs:" };
    let verbs: Vec<String> = said
        .out
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    found.push((verb.join(" "), said.out));
    for sub in &verbs {
        let path: Vec<&str> = verb.iter().copied().chain([sub.as_str()]).collect();
        helps(world, language, &path, found);
    }
}

#[test]
fn every_verb_and_argument_has_its_help_in_both_languages() {
    let world = World::empty();
    let help_ids: BTreeSet<String> = messages(EN).into_keys().filter(|id| id.starts_with("help")).collect();
    for language in ["en", "ja"] {
        let mut pages = Vec::new();
        helps(&world, language, &[], &mut pages);
        let verbs = help_ids.iter().filter(|id| *id != "help" && !id.contains("--")).count();
        assert_eq!(pages.len(), verbs + 1, "{:?}", pages.iter().map(|(verb, _)| verb).collect::<Vec<_>>());
        for (verb, page) in &pages {
            for word in page.split_whitespace() {
                let is_raw = ["help-", "heading-", "usage-"].iter().any(|prefix| word.starts_with(prefix));
                assert!(!is_raw, "{language} {verb}: {word}");
            }
            for english in ["[default:", "[possible values:", "[env:", "[aliases:", "Print help", "Usage:", "Options:", "Commands:"] {
                assert!(language == "en" || !page.contains(english), "{verb}: {english}");
            }
        }
    }
}

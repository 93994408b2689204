use proptest::prelude::*;
use sekisho_engine::Finding;
use sekisho_engine::baseline::{Baseline, Fingerprint};
use sekisho_engine::file::{FileFact, FileKind};
use sekisho_engine::rules::find;
use sekisho_engine::suppression::{Scope, Suppression, Suppressions, matches};
use sekisho_model::{Place, Source, Span};

use crate::world::World;

/// One situation for each message on files.
pub(crate) fn of_files() -> Vec<(&'static str, World)> {
    let file = "a.json".into();
    let kinds = [
        (FileKind::Unreadable, "unreadable-file"),
        (FileKind::Tolerated, "tolerated-syntax"),
        (FileKind::NotLookedAt, "not-looked-at"),
        (FileKind::Suppression, "malformed-suppression"),
        (FileKind::Stale, "stale-suppression"),
    ];
    kinds
        .into_iter()
        .map(|(kind, message)| (message, World { files: vec![FileFact::of(&file, kind, message)], ..World::nothing() }))
        .collect()
}

fn place(file: &str, start: usize) -> Place {
    Place { file: file.into(), line: 1, column: 1, span: Span::new(start, start + 1) }
}

fn finding(address: &str, start: usize) -> Finding {
    Finding::new(find("SEK0201").unwrap(), address).at(&Source::Place(place("a.json", start)))
}

fn suppression(rule: &str, scope: Scope) -> Suppression {
    Suppression { rule: find(rule).unwrap(), scope, reason: "why".into(), place: place("sekisho.toml", 0) }
}

fn patterns(path: Option<&str>, address: Option<&str>) -> Scope {
    Scope::Patterns { path: path.map(str::to_owned), address: address.map(str::to_owned) }
}

#[test]
fn a_suppression_means_its_rule_its_files_and_its_addresses_only() {
    let mut all = Suppressions::default();
    all.add(suppression("SEK0201", patterns(Some("deploy/*.json"), Some("api/*"))));
    assert_eq!(all.suppress(&finding("api/app/A", 0), "deploy/a.json"), Some("why"));
    assert_eq!(all.suppress(&finding("api/app/A", 0), "other/a.json"), None);
    assert_eq!(all.suppress(&finding("web/app/A", 0), "deploy/a.json"), None);
    let other = Finding::new(find("SEK0202").unwrap(), "api/app/A");
    assert_eq!(all.suppress(&other, "deploy/a.json"), None);
}

#[test]
fn a_comment_means_what_begins_within_its_bytes() {
    let mut all = Suppressions::default();
    all.add(suppression("SEK0201", Scope::Bytes { file: "a.json".into(), span: Span::new(10, 20) }));
    assert_eq!(all.suppress(&finding("a", 9), "a.json"), None);
    assert_eq!(all.suppress(&finding("a", 10), "a.json"), Some("why"));
    assert_eq!(all.suppress(&finding("a", 20), "a.json"), None);
}

#[test]
fn what_met_nothing_is_stale_where_it_could_have_been_met() {
    let mut all = Suppressions::default();
    all.add(suppression("SEK0201", patterns(Some("a*"), None)));
    all.add(suppression("SEK0202", patterns(None, None)));
    // Without an account nobody can say that a parameter exists by now.
    all.add(suppression("SEK0215", patterns(None, None)));
    all.suppress(&finding("x", 0), "a.json");
    assert_eq!(all.stale(|_| false).len(), 0);
    let stale = all.stale(|_| true);
    assert_eq!(stale.len(), 1);
    assert_eq!((stale[0].message, stale[0].args[0].1.as_str()), ("stale-suppression", "SEK0202"));
    // What is said of suppressions cannot be suppressed.
    all.add(suppression("SEK0904", patterns(None, None)));
    let told = Finding::new(find("SEK0904").unwrap(), "sekisho.toml");
    assert_eq!(all.suppress(&told, "sekisho.toml"), None);
}

#[test]
fn a_baseline_meets_each_finding_as_often_as_it_was_written() {
    let mut baseline = Baseline::default();
    let print = Fingerprint::of(&finding("a", 0), "a.json");
    baseline.add(print.clone(), 2);
    assert_eq!([baseline.meets(&print), baseline.meets(&print), baseline.meets(&print)], [true, true, false]);
    assert_eq!((baseline.met(), baseline.gone().count()), (2, 0));
    // A finding that moved within its file is the same; its value or line is no part of it.
    assert_eq!(print, Fingerprint::of(&finding("a", 99), "a.json"));
    assert_ne!(print, Fingerprint::of(&finding("a", 0), "b.json"));
}

proptest! {
    #[test]
    fn a_pattern_without_stars_is_the_text_itself(text in "[a-z/.]{0,8}", other in "[a-z/.]{0,8}") {
        prop_assert!(matches(&text, &text));
        prop_assert_eq!(matches(&text, &other), text == other);
    }

    #[test]
    fn a_star_stands_for_anything(before in "[ab]{0,4}", middle in "[ab]{0,6}", behind in "[ab]{0,4}") {
        let text = format!("{before}{middle}{behind}");
        prop_assert!(matches("*", &text));
        let (begins, ends, both) = (format!("{before}*"), format!("*{behind}"), format!("{before}*{behind}"));
        prop_assert!(matches(&begins, &text) && matches(&ends, &text) && matches(&both, &text));
    }

    #[test]
    fn a_pattern_matches_as_the_regular_expression_does(pattern in "[ab*]{0,6}", text in "[ab]{0,8}") {
        let expression = regex_lite::Regex::new(&format!("^{}$", pattern.replace('*', ".*"))).unwrap();
        prop_assert_eq!(matches(&pattern, &text), expression.is_match(&text));
    }
}

use super::{SECRET, definition, findings, json_of, names, secrets};
use crate::world::World;

const MANIFEST: &str = "[project]\nname = \"x\"\n[environments.production]\nstore = \"ssm\"\nregion = \"ap-northeast-1\"\n";

fn broken() -> String {
    definition("api", &secrets(&[("DB", &format!("{SECRET}:db-AbCdEf:password"))]))
}

fn with_comment(comment: &str) -> String {
    broken().replace("        { \"name\": \"DB\"", &format!("        {comment}\n        {{ \"name\": \"DB\""))
}

#[test]
fn a_comment_with_a_reason_excuses_what_stands_below_it() {
    let world = World::empty();
    world.write("api.json", with_comment("// sekisho: allow SEK0201 the next release mends it"));
    let report = json_of(&world, &[]);
    assert_eq!(report["counts"]["suppressed"], 1);
    assert_eq!(names(&report.to_string()), ["tolerated-syntax"]);
    assert_eq!(world.run(&["check"]).code, 0);
}

#[test]
fn a_comment_without_a_reason_excuses_nothing_and_is_an_error() {
    let world = World::empty();
    for (comment, says) in [
        ("// sekisho: allow SEK0201", "it gives no reason"),
        ("// sekisho: allow", "it names no rule"),
        ("// sekisho: allow SEK9999 because", "there is no rule `SEK9999`"),
    ] {
        world.write("api.json", with_comment(comment));
        let said = world.run(&["check"]);
        assert_eq!(said.code, 1);
        assert!(said.out.contains("malformed-suppression") && said.out.contains(says), "{}", said.out);
        assert!(said.out.contains("malformed-secret-reference"), "{}", said.out);
    }
}

#[test]
fn a_comment_that_excuses_nothing_any_more_is_told() {
    let world = World::empty();
    world.write("api.json", with_comment("// sekisho: allow SEK0201 mended").replace(":password\"", ":password::\""));
    assert!(names(&json_of(&world, &[]).to_string()).contains(&"stale-suppression".to_owned()));
    assert_eq!(world.run(&["check"]).code, 1);
}

#[test]
fn a_comment_reaches_no_further_than_what_it_stands_above() {
    let world = World::empty();
    let two =
        definition("api", &secrets(&[("DB", &format!("{SECRET}:db-AbCdEf:password")), ("OTHER", &format!("{SECRET}:db-AbCdEf:other"))]));
    world.write(
        "api.json",
        two.replace("        { \"name\": \"DB\"", "        /* sekisho: allow SEK0201: known */\n        { \"name\": \"DB\""),
    );
    let told = findings(&json_of(&world, &[]).to_string());
    let left: Vec<&str> =
        told.iter().filter(|(name, _)| name == "malformed-secret-reference").map(|(_, address)| address.as_str()).collect();
    assert_eq!(left, ["api/app/OTHER"]);
}

#[test]
fn the_manifest_excuses_by_path_and_address_and_needs_a_reason() {
    let world = World::empty();
    world.write("deploy/api.json", broken());
    let suppress = |rest: &str| world.write("sekisho.toml", format!("{MANIFEST}[[suppress]]\n{rest}"));
    suppress("rule = \"SEK0201\"\npath = \"deploy/*.json\"\naddress = \"api/*/DB\"\nreason = \"the next release mends it\"\n");
    assert_eq!(world.run(&["check"]).code, 0);
    suppress("rule = \"malformed-secret-reference\"\nreason = \"by its name\"\n");
    assert_eq!(world.run(&["check"]).code, 0);
    suppress("rule = \"SEK0201\"\npath = \"other/*\"\nreason = \"elsewhere\"\n");
    let said = world.run(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("malformed-secret-reference") && said.out.contains("stale-suppression"), "{}", said.out);
    for (rest, says) in [
        ("rule = \"SEK0201\"\n", "reason"),
        ("rule = \"SEK0201\"\nreason = \" \"\n", "empty"),
        ("rule = \"SEK0201\"\nreason = \"x\"\nfile = \"y\"\n", "unknown key `file`"),
        ("rule = \"SEK9999\"\nreason = \"x\"\n", "there is no rule `SEK9999`"),
    ] {
        suppress(rest);
        let said = world.run(&["check"]);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(says), "{}", said.err);
    }
}

#[test]
fn a_suppression_of_files_that_were_not_looked_at_is_not_called_stale() {
    let world = World::empty();
    world.write("deploy/api.json", broken());
    world.write("other/ok.json", definition("ok", &secrets(&[("A", "/a")])));
    world.write("sekisho.toml", format!("{MANIFEST}[[suppress]]\nrule = \"SEK0201\"\npath = \"deploy/*\"\nreason = \"known\"\n"));
    assert_eq!(names(&json_of(&world, &["other"]).to_string()), Vec::<String>::new());
    // What only an account can show is not called gone either.
    world.write(
        "sekisho.toml",
        format!(
            "{MANIFEST}[[suppress]]\nrule = \"SEK0215\"\nreason = \"made by hand\"\n[[suppress]]\nrule = \"SEK0201\"\nreason = \"known\"\n"
        ),
    );
    assert_eq!(world.run(&["check"]).code, 0);
}

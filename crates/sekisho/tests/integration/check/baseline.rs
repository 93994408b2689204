use super::{SECRET, definition, findings, json_of, secrets};
use crate::world::World;

fn broken(names: &[&str]) -> String {
    let from = format!("{SECRET}:db-AbCdEf:password");
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (*name, from.as_str())).collect();
    definition("api", &secrets(&entries))
}

#[test]
fn what_was_adopted_passes_what_is_new_fails_and_what_is_gone_is_said() {
    let world = World::empty();
    world.write("deploy/api.json", broken(&["A", "B"]));
    let said = world.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("wrote known.json: 2 findings"), "{}", said.err);
    let said = world.run(&["check", "--baseline", "known.json"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("2 known from the baseline"), "{}", said.out);
    // Lines move, one is new, one is gone.
    world.write("deploy/api.json", format!("\n\n{}", broken(&["B", "C"])));
    let said = world.run(&["check", "--baseline", "known.json", "--output", "json"]);
    assert_eq!(said.code, 1);
    assert_eq!(findings(&said.out), [("malformed-secret-reference".to_owned(), "api/app/C".to_owned())]);
    let said = world.run(&["check", "--baseline", "known.json"]);
    assert!(said.out.contains("gone: SEK0201 at api/app/A in deploy/api.json"), "{}", said.out);
}

#[test]
fn a_baseline_holds_for_the_tree_it_lies_in_wherever_the_check_is_run_from() {
    let world = World::empty();
    world.write("deploy/api.json", broken(&["A"]));
    world.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    let mut command = world.command(&["check", "--baseline", "../known.json"]);
    command.current_dir(world.path().join("deploy"));
    assert_eq!(world.finish(command, "").code, 0);
}

#[test]
fn a_baseline_holds_rule_path_and_address_and_nothing_else() {
    let world = World::empty();
    world.write("api.json", broken(&["A"]));
    world.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    insta::assert_snapshot!(std::fs::read_to_string(world.path().join("known.json")).unwrap(), @r#"
    {
      "findings": [
        {
          "address": "api/app/A",
          "count": 1,
          "path": "api.json",
          "rule": "SEK0201"
        }
      ],
      "schema": 1
    }
    "#);
}

#[test]
fn what_is_no_baseline_is_refused() {
    let world = World::empty();
    world.write("api.json", broken(&["A"]));
    for content in ["", "{}", "[]", "{\"schema\": 9, \"findings\": []}", "{\"schema\": 1, \"findings\": [{\"rule\": 1}]}"] {
        world.write("known.json", content);
        assert_eq!(world.run(&["check", "--baseline", "known.json"]).code, 2, "{content}");
    }
    assert_eq!(world.run(&["check", "--write-baseline"]).code, 2);
    assert_eq!(json_of(&world, &["api.json"])["counts"]["known"], 0);
}

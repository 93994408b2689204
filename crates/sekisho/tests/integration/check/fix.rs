use super::{SECRET, definition, secrets};
use crate::world::World;

fn broken() -> String {
    let entries = [("A", format!("{SECRET}:db-AbCdEf:password")), ("B", "/prod//db".to_owned()), ("C", "/prod/ok".to_owned())];
    let entries: Vec<(&str, &str)> = entries.iter().map(|(name, from)| (*name, from.as_str())).collect();
    format!("\u{feff}// 関所\r\n{}", definition("api", &secrets(&entries)).replace('\n', "\r\n"))
}

#[test]
fn what_would_be_mended_is_shown_and_nothing_is_written() {
    let world = World::empty();
    world.write("api.json", broken());
    let said = world.run(&["check", "--fix", "--dry-run"]);
    assert_eq!(said.code, 1);
    let diff: Vec<&str> = said.out.lines().take_while(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(diff.join("\n"), @r#"
    --- api.json
    +++ api.json
    @@ -11 +11 @@
    -        { "name": "A", "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password" },
    +        { "name": "A", "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::" },
    @@ -12 +12 @@
    -        { "name": "B", "valueFrom": "/prod//db" },
    +        { "name": "B", "valueFrom": "/prod/db" },
    "#);
    assert_eq!(std::fs::read_to_string(world.path().join("api.json")).unwrap(), broken());
}

#[test]
fn only_the_strings_that_are_wrong_become_others() {
    let world = World::empty();
    world.write("api.json", broken());
    let said = world.run(&["check", "--fix", "--yes"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("2 strings were mended"), "{}", said.out);
    let mended = broken().replace(":password\"", ":password::\"").replace("/prod//db", "/prod/db");
    assert_eq!(std::fs::read_to_string(world.path().join("api.json")).unwrap(), mended);
    let again = world.run(&["check", "--fix", "--yes"]);
    assert_eq!(again.code, 0);
    assert!(again.err.contains("nothing that a program could mend"), "{}", again.err);
}

#[test]
fn nothing_is_written_where_nobody_can_be_asked() {
    let world = World::empty();
    world.write("api.json", broken());
    let said = world.run(&["check", "--fix"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(std::fs::read_to_string(world.path().join("api.json")).unwrap(), broken());
}

#[test]
fn the_mode_of_a_mended_file_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::empty();
    world.write("api.json", broken());
    let path = world.path().join("api.json");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    world.run(&["check", "--fix", "--yes"]);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

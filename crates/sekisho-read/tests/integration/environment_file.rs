use sekisho_read::environment_file;

use crate::render::render;

fn read(bytes: &[u8]) -> Vec<(String, String)> {
    let values = environment_file("app.env", bytes).unwrap_or_else(|problems| panic!("{problems}"));
    values.into_iter().map(|(name, value)| (name.value, value.expose().clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_agents_rules_are_not_those_of_dotenv() {
    let text = b"A=1\r\n#B=2\n #C=3\nexport D='4' # no comment\nE\n=5\nF= a=b \nA=6\n\nG=";
    let expected = [("A", "1"), (" #C", "3"), ("export D", "'4' # no comment"), ("F", " a=b "), ("A", "6"), ("G", "")];
    assert_eq!(read(text), pairs(&expected));
    assert_eq!(read("\u{feff}A=1".as_bytes()), pairs(&[("\u{feff}A", "1")]));
    assert_eq!(read(b"A=1\r\r\n"), pairs(&[("A", "1\r")]));
}

#[test]
fn a_line_that_the_agents_scanner_cannot_hold_is_refused() {
    let line = |length: usize| format!("A=1\nB={}\nC=3", "x".repeat(length - 2));
    assert_eq!(read(line(65_535).as_bytes()).len(), 3);
    let problems = environment_file("app.env", line(65_536).as_bytes()).unwrap_err();
    insta::assert_snapshot!(render("en", &problems), @r"
    app.env:2:1: this line is longer than 65,535 bytes: the ECS agent reads no line beyond that, and no task would start
      = put the value into a secret, or into a file that the container reads itself
    ");
}

#[test]
fn names_have_places() {
    let values = environment_file("app.env", b"#\nA=1\nB=2").unwrap();
    assert_eq!(values[1].0.place.to_string(), "app.env:3:1");
}

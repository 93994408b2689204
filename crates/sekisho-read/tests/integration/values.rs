use proptest::prelude::*;
use sekisho_read::{Problems, Values, dotenv, json_values, values, yaml_values};

use crate::render::render;

fn plain(values: Result<Values, Problems>) -> Vec<(String, String)> {
    let values = values.unwrap_or_else(|problems| panic!("{}", render("en", &problems)));
    values.into_iter().map(|(name, value)| (name.value, value.expose().clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn every_way_to_write_a_value_is_read() {
    let text = include_bytes!("../fixtures/every_way_to_write_a_value.env");
    let expected = [
        ("PLAIN", "a b"),
        ("EMPTY", ""),
        ("COMMENTED", "value"),
        ("HASH", "a#b"),
        ("EXPORTED", "yes"),
        ("SINGLE", "a \"b\" \\n $HOME"),
        ("DOUBLE", "tab\there \"quoted\" $5 back\\slash"),
        ("KEY", "-----BEGIN-----\nabc=\n# no comment\n-----END-----\n"),
        ("QUOTE_INSIDE", "it's"),
        ("EQUALS", "a=b=="),
        ("ONLY_COMMENT", ""),
    ];
    assert_eq!(plain(dotenv("f", text)), pairs(&expected));
}

#[test]
fn windows_line_ends_are_line_ends() {
    let text = b"\xef\xbb\xbfA=1\r\nB=\"x\r\ny\"\r\n\r\nC='z' # c\r\n";
    assert_eq!(plain(dotenv("f", text)), pairs(&[("A", "1"), ("B", "x\ny"), ("C", "z")]));
}

#[test]
fn every_problem_of_a_dotenv_file_is_reported_without_its_values() {
    let text = include_bytes!("../fixtures/wrong_in_every_way.env");
    let problems = dotenv("wrong.env", text).unwrap_err();
    for output in [render("en", &problems), render("ja", &problems), format!("{problems:?}")] {
        assert!(!output.contains("hunter2"), "{output}");
    }
    insta::assert_snapshot!(render("en", &problems), @r"
    wrong.env:2:1: this line is neither `NAME=VALUE` nor a comment
      = write `NAME=VALUE`; a value of several lines belongs in quotation marks
    wrong.env:3:1: the name before the `=` cannot be the name of an environment variable
      = use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
    wrong.env:4:1: the name before the `=` cannot be the name of an environment variable
      = use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
    wrong.env:5:1: the name before the `=` cannot be the name of an environment variable
      = use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
    wrong.env:7:1: `GOOD` is defined twice; the first time on line 1
      = remove one of the two: which value is meant cannot be told
    wrong.env:8:19: something follows behind the closing quotation mark of `TRAILING`
      = put the whole value in quotation marks, and a space before a comment
    wrong.env:9:16: something follows behind the closing quotation mark of `GLUED`
      = put the whole value in quotation marks, and a space before a comment
    wrong.env:10:16: the value of `ESCAPE` has a backslash before a character that needs none
      = write `\\` for a backslash, or put the value in single quotes, where nothing is replaced
    wrong.env:12:1: the name before the `=` cannot be the name of an environment variable
      = use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
    wrong.env:13:6: the value of `OPEN` begins with a quotation mark that is never closed
      = close it, or put a value that holds quotation marks itself in those of the other kind
    ");
    insta::assert_snapshot!(render("ja", &problems), @r"
    wrong.env:2:1: この行は `NAME=VALUE` でもコメントでもありません
      = `NAME=VALUE` の形で書いてください。複数行の値は引用符で囲む必要があります
    wrong.env:3:1: `=` の前が環境変数の名前になっていません
      = 英数字と `_` だけを使い、先頭を数字にせず、`=` の前に空白を入れないでください。複数行の値は引用符で囲む必要があります
    wrong.env:4:1: `=` の前が環境変数の名前になっていません
      = 英数字と `_` だけを使い、先頭を数字にせず、`=` の前に空白を入れないでください。複数行の値は引用符で囲む必要があります
    wrong.env:5:1: `=` の前が環境変数の名前になっていません
      = 英数字と `_` だけを使い、先頭を数字にせず、`=` の前に空白を入れないでください。複数行の値は引用符で囲む必要があります
    wrong.env:7:1: `GOOD` が二重に定義されています（最初の定義は 1 行目）
      = どちらの値を使うのか判断できないため、一方を削除してください
    wrong.env:8:19: `TRAILING` の閉じ引用符の後ろに余分なものがあります
      = 値全体を引用符で囲み、コメントの前には空白を入れてください
    wrong.env:9:16: `GLUED` の閉じ引用符の後ろに余分なものがあります
      = 値全体を引用符で囲み、コメントの前には空白を入れてください
    wrong.env:10:16: `ESCAPE` の値に、エスケープの必要がない文字の前のバックスラッシュがあります
      = バックスラッシュは `\\` と書くか、何も置き換えられないシングルクォートで値を囲んでください
    wrong.env:12:1: `=` の前が環境変数の名前になっていません
      = 英数字と `_` だけを使い、先頭を数字にせず、`=` の前に空白を入れないでください。複数行の値は引用符で囲む必要があります
    wrong.env:13:6: `OPEN` の値を開く引用符が閉じられていません
      = 引用符を閉じるか、引用符を含む値はもう一方の種類の引用符で囲んでください
    ");
}

#[test]
fn every_problem_of_a_json_file_is_reported_without_its_values() {
    let text = br#"{
  "A": "hunter2",
  "B": 12345678901234,
  "C": ["hunter2"],
  "D": {"x": "hunter2"},
  "A": "hunter2-again",
  "E": null,
  "F": true,
  "G": "hunter2\u0000"
}"#;
    let problems = values("values.json", text).unwrap_err();
    let output = render("en", &problems);
    assert!(!output.contains("hunter2") && !output.contains("1234567"), "{output}");
    insta::assert_snapshot!(output, @r"
    values.json:3:8: the value of `B` is a number, but must be a string
      = put it in double quotes
    values.json:4:8: the value of `C` is a list, but must be a string
      = put it in double quotes
    values.json:5:8: the value of `D` is an object, but must be a string
      = put it in double quotes
    values.json:6:3: `A` is defined twice; the first time on line 2
      = remove one of the two: which value is meant cannot be told
    values.json:7:8: the value of `E` is `null`, but must be a string
      = put it in double quotes
    values.json:8:8: the value of `F` is `true` or `false`, but must be a string
      = put it in double quotes
    values.json:9:3: the value of `G` has a NUL character, which no environment variable can hold
      = remove it, or encode the value, for instance as Base64
    ");
    insta::assert_snapshot!(render("en", &json_values("values.json", b"[\"hunter2\"]").unwrap_err()), @r#"
    values.json:1:1: this is no JSON object of names and strings
      = write an object such as `{"NAME": "value"}`
    "#);
    insta::assert_snapshot!(render("en", &json_values("values.json", b"{\"A\": hunter2}").unwrap_err()), @r"
    values.json:1:7: a word without quotation marks stands here
      = put it in double quotes
    ");
    insta::assert_snapshot!(render("en", &json_values("values.json", b"{\"A\": \"\xff\"}").unwrap_err()), @r"
    values.json:1:8: byte 8 of the file does not belong to UTF-8 text
      = save the file as UTF-8
    ");
}

#[test]
fn json_and_dotenv_are_told_apart() {
    assert_eq!(plain(values("f", b" \n{\"a.b\": \"\\u95a2\\u6240 \\\"\"}")), pairs(&[("a.b", "関所 \"")]));
    assert_eq!(plain(values("f", b"A={")), pairs(&[("A", "{")]));
    assert_eq!(plain(values("f", b"")), []);
}

fn double_quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' | '$' | '`' => text.extend(['\\', character]),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
    text + "\""
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_quoted_value_is_read_as_it_was(first in "[^\0]{0,40}", second in "[^\0'\r]{0,40}", blank in "[ \t]{0,2}") {
        let text = format!("{blank}A={blank}{}{blank}\nexport B='{second}' # {{\nC=last", double_quoted(&first));
        prop_assert_eq!(plain(dotenv("f", text.as_bytes())), pairs(&[("A", &first), ("B", &second), ("C", "last")]));
    }

    #[test]
    fn json_values_are_read_as_they_were(value in "[^\0]{0,40}") {
        let text = serde_json::json!({ "A": value }).to_string();
        prop_assert_eq!(plain(json_values("f", text.as_bytes())), pairs(&[("A", &value)]));
    }

    #[test]
    fn nothing_makes_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[A-Z='\"\\\\ #\n\r\t{}:,a-c]{0,80}") {
        for input in [bytes.as_slice(), text.as_bytes()] {
            drop(values("f", input));
            drop(dotenv("f", input));
            drop(yaml_values("f", input));
            drop(sekisho_read::environment_file("f", input));
            drop(sekisho_read::task_definitions("f", input));
            drop(sekisho_read::manifest("f", input));
        }
    }
}

#[test]
fn a_flat_mapping_of_strings_is_read_from_yaml() {
    let text = "# values\n---\nPLAIN: some text\nSINGLE: 'it''s'\nDOUBLE: \"a\\nb \\u00e9\"\nBLOCK: |\n  one\n  two\n\"logical/name\": 'x'\nEMPTY: ''\n";
    let expected = [
        ("PLAIN", "some text"),
        ("SINGLE", "it's"),
        ("DOUBLE", "a\nb \u{e9}"),
        ("BLOCK", "one\ntwo\n"),
        ("logical/name", "x"),
        ("EMPTY", ""),
    ];
    assert_eq!(plain(yaml_values("f", text.as_bytes())), pairs(&expected));
    assert_eq!(plain(yaml_values("f", b"")), []);
    assert_eq!(plain(yaml_values("f", b"{}\n")), []);
}

#[test]
fn every_problem_of_a_yaml_file_is_reported_without_its_values() {
    let text = "A: no\nB: 1e3\nC: [zq1, {a: zq2}]\nD: {x: zq3}\nE:\nA: 'zq4'\nF: 2026-11-24\nG: 0o17\nH: zq fine\n";
    insta::assert_snapshot!(render("en", &yaml_values("f.yaml", text.as_bytes()).unwrap_err()), @"
    f.yaml:1:4: `A` has a value that YAML may take for something else than a string
      = put it in quotation marks
    f.yaml:2:4: `B` has a value that YAML may take for something else than a string
      = put it in quotation marks
    f.yaml:3:4: the value of `C` is a list, but must be a string
      = put it in double quotes
    f.yaml:4:4: the value of `D` is an object, but must be a string
      = put it in double quotes
    f.yaml:5:2: `E` has a value that YAML may take for something else than a string
      = put it in quotation marks
    f.yaml:7:4: `F` has a value that YAML may take for something else than a string
      = put it in quotation marks
    f.yaml:8:4: `G` has a value that YAML may take for something else than a string
      = put it in quotation marks
    ");
    for (text, code) in [
        ("A: &x zq\n", "values-yaml-alias"),
        ("A: !!str zq\n", "values-yaml-alias"),
        ("- zq\n", "values-not-flat"),
        ("zq\n", "values-not-flat"),
        ("A: 'zq'\n---\nB: 'zq'\n", "values-not-flat"),
        ("A: \"zq\n", "values-yaml-syntax"),
        ("? [zq]\n: x\n", "values-not-flat"),
    ] {
        let problems = yaml_values("f", text.as_bytes()).unwrap_err();
        assert_eq!(problems.problems[0].code, code, "{text}");
        assert!(!render("en", &problems).contains("zq"), "{text}");
    }
}

#[test]
fn a_hostile_yaml_file_takes_no_time() {
    let deep = "[".repeat(500_000);
    let wide = "A: [".to_owned() + &"x,".repeat(400_000) + "]";
    let lines = "a: \"\u{3042}\"\n".repeat(60_000);
    let deep_inside = "A: ".to_owned() + &"[".repeat(500_000);
    let nested = "A:\n".to_owned() + &(1..1000).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    for text in [deep.as_str(), &deep_inside, &nested, &wide, &lines, &"? ".repeat(400_000), &"- ".repeat(400_000), &"{".repeat(500_000)] {
        assert!(yaml_values("f", text.as_bytes()).is_err());
    }
}

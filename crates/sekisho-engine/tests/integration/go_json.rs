use proptest::prelude::*;
use sekisho_engine::go_json::object;

fn rendered(value: &str) -> String {
    object(&format!("{{\"k\":{value}}}")).unwrap().get("k").unwrap().rendered()
}

/// facts/ecs.md §3.2, where each line was verified by running the agent's own code.
#[test]
fn values_are_rendered_as_the_agent_renders_them() {
    for (json, env) in [
        (r#""text""#, "text"),
        (r#""""#, ""),
        ("5432", "5432"),
        ("999999", "999999"),
        ("300000", "300000"),
        ("1000000", "1e+06"),
        ("12345678", "1.2345678e+07"),
        ("123456789012", "1.23456789012e+11"),
        ("123456789012345678", "1.2345678901234568e+17"),
        ("1.5", "1.5"),
        ("0.1", "0.1"),
        ("0.00001", "1e-05"),
        ("0.0001", "0.0001"),
        ("-0", "-0"),
        ("0", "0"),
        ("1234567.5", "1.2345675e+06"),
        ("-1000000", "-1e+06"),
        ("1e300", "1e+300"),
        ("true", "true"),
        ("false", "false"),
        ("null", "<nil>"),
        (r#"{"z":1,"a":[1,"x",null]}"#, "map[a:[1 x <nil>] z:1]"),
        ("[1,2]", "[1 2]"),
        ("[]", "[]"),
        ("{}", "map[]"),
        (r#""\ud800x""#, "\u{fffd}x"),
        (r#""\ud83d\ude00\u00e9\n""#, "😀é\n"),
        (r#"{"a":1,"a":2}"#, "map[a:2]"),
    ] {
        assert_eq!(rendered(json), env, "{json}");
    }
}

#[test]
fn what_go_cannot_read_is_told_in_gos_words() {
    for (text, message) in [
        ("plain", "invalid character 'p' looking for beginning of value"),
        ("", "unexpected end of JSON input"),
        ("  ", "unexpected end of JSON input"),
        (r#"{"a":1} x"#, "invalid character 'x' after top-level value"),
        (r#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string"),
        ("[1]", "json: cannot unmarshal array into Go value of type map[string]interface {}"),
        (r#""s""#, "json: cannot unmarshal string into Go value of type map[string]interface {}"),
        ("1", "json: cannot unmarshal number into Go value of type map[string]interface {}"),
        ("true", "json: cannot unmarshal bool into Go value of type map[string]interface {}"),
        ("\u{feff}{}", "invalid character 'ï' looking for beginning of value"),
        (r#"{"a":1E400}"#, "json: cannot unmarshal number 1E400 into Go value of type float64"),
        ("{'a':1}", r"invalid character '\'' looking for beginning of object key string"),
        ("{\"a\":\"x\ny\"}", r"invalid character '\n' in string literal"),
        (r#"{"a" 1}"#, "invalid character '1' after object key"),
        (r#"{"a":1 "b"}"#, "invalid character '\"' after object key:value pair"),
        (r#"{"a":[1 2]}"#, "invalid character '2' after array element"),
        (r#"{"a":01}"#, "invalid character '1' after object key:value pair"),
        (r#"{"a":-x}"#, "invalid character 'x' in numeric literal"),
        (r#"{"a":1.x}"#, "invalid character 'x' after decimal point in numeric literal"),
        (r#"{"a":1ex}"#, "invalid character 'x' in exponent of numeric literal"),
        (r#"{"a":trie}"#, "invalid character 'i' in literal true (expecting 'u')"),
        (r#"{"a":"\x"}"#, "invalid character 'x' in string escape code"),
        (r#"{"a":"\u12g4"}"#, r"invalid character 'g' in \u hexadecimal character escape"),
        (r#"{"a":"#, "unexpected end of JSON input"),
        (r#"{"a"#, "unexpected end of JSON input"),
        ("[,]", "invalid character ',' looking for beginning of value"),
        ("[1,]", "invalid character ']' looking for beginning of value"),
    ] {
        assert_eq!(object(text).unwrap_err().go_message(), message, "{text}");
    }
    assert!(object("null").unwrap().get("k").is_none());
    assert_eq!(object(&"[".repeat(10_001)).unwrap_err().go_message(), "exceeded max depth");
}

#[test]
fn an_error_that_is_shown_has_nothing_of_the_value() {
    for text in ["hunter2", r#"{"a":1} hunter2"#, r#"{"a":7E400}"#] {
        let error = object(text).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("'h'") && !shown.contains('7') && !shown.contains("hunter"), "{shown}");
    }
}

#[test]
fn keys_are_literal_and_case_counts() {
    let object = object(r#"{"a.b":1,"A":"x","a":"y","a":"z"}"#).unwrap();
    assert_eq!(object.get("a.b").unwrap().rendered(), "1");
    assert_eq!(object.get("a").unwrap().rendered(), "z");
    assert!(object.get("B").is_none());
    assert_eq!(object.keys(), ["A", "a", "a.b"]);
}

/// What Go prints of a value, written down a second time from facts/ecs.md §3.2 for values that `serde_json` has decoded.
fn oracle(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "<nil>".to_owned(),
        serde_json::Value::Bool(value) => value.to_string(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => {
            let number = number.as_f64().unwrap();
            let magnitude = number.abs();
            if number == 0.0 || (1e-4..1e6).contains(&magnitude) {
                return number.to_string();
            }
            let text = format!("{number:e}");
            let (digits, exponent) = text.split_once('e').unwrap();
            let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
            format!("{digits}e{sign}{exponent:0>2}")
        }
        serde_json::Value::Array(values) => format!("[{}]", values.iter().map(oracle).collect::<Vec<_>>().join(" ")),
        serde_json::Value::Object(members) => {
            let sorted: std::collections::BTreeMap<_, _> = members.iter().collect();
            format!("map[{}]", sorted.into_iter().map(|(name, value)| format!("{name}:{}", oracle(value))).collect::<Vec<_>>().join(" "))
        }
    }
}

/// Any JSON value that a person may keep in a secret.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        (-2_000_000..2_000_000i64).prop_map(serde_json::Value::from),
        proptest::num::f64::NORMAL.prop_map(serde_json::Value::from),
        "\\PC{0,8}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
            proptest::collection::btree_map("[a-z]{1,4}", inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[\\[\\]{}:,\"\\\\a0-9.eE+\\- tfn]{0,40}") {
        let ours = object(&text);
        // An oracle that reads the same language: what it takes as an object we take, and the other way round.
        let theirs: Result<std::collections::BTreeMap<String, serde_json::Value>, _> = serde_json::from_str(&text);
        if let Ok(theirs) = theirs {
            let ours = ours.expect("serde_json takes it");
            prop_assert_eq!(ours.keys(), theirs.keys().map(String::as_str).collect::<Vec<_>>());
        } else if let Ok(ours) = ours {
            // serde_json refuses lone surrogates and numbers out of range; Go replaces the former.
            let surrogate = text.contains("\\u") || text.trim() == "null";
            prop_assert!(surrogate, "{:?} {}", ours, text);
        }
    }

    #[test]
    fn numbers_read_back_to_the_same_float(value in proptest::num::f64::NORMAL) {
        let printed = rendered(&format!("{value:e}"));
        prop_assert_eq!(printed.parse::<f64>().unwrap(), value);
        if let Some((_, exponent)) = printed.split_once('e') {
            prop_assert!(exponent.len() >= 3);
        }
    }

    #[test]
    fn any_value_is_printed_as_go_prints_it(value in json()) {
        prop_assert_eq!(rendered(&value.to_string()), oracle(&value));
    }

    #[test]
    fn whole_numbers_stay_below_a_million_and_turn_scientific_from_there(number in -999_999..=999_999i64, large in 1_000_000..i64::MAX) {
        prop_assert_eq!(rendered(&number.to_string()), number.to_string());
        for text in [large.to_string(), format!("-{large}")] {
            prop_assert!(rendered(&text).contains("e+"));
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_counts(first in -99..99i32, last in "[a-z]{0,9}") {
        let value = object(&format!("{{\"k\":{first},\"k\":\"{last}\"}}")).unwrap();
        prop_assert_eq!(value.get("k").unwrap().rendered(), last);
    }

    #[test]
    fn a_number_outside_of_float64_fails_the_whole_secret(digits in 1..9u32, exponent in 310..9999u32, other in -99..99i32) {
        let error = object(&format!("{{\"k\":{other},\"x\":[{digits}E{exponent}]}}")).unwrap_err();
        prop_assert_eq!(error.go_message(), format!("json: cannot unmarshal number {digits}E{exponent} into Go value of type float64"));
    }
}

//! A planted value is searched for wherever it must not be.

use std::fs;

use serde_json::json;

use crate::aws::aws;

const PLANTED: &str = "planted-Zq9-value";

#[test]
fn no_value_is_in_the_files_of_the_state_nor_in_debug_output() {
    let aws = aws();
    for kind in ["String", "SecureString"] {
        aws.ssm_ok("PutParameter", json!({"Name": format!("/{kind}"), "Value": PLANTED, "Type": kind}));
    }
    let key = aws.kms_ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"].clone();
    aws.kms_ok("Encrypt", json!({"KeyId": key, "Plaintext": "cGxhbnRlZC1acTktdmFsdWU="}));
    assert!(!format!("{:?}", aws.embedded).contains(PLANTED));
    let state = aws.embedded.state_dir().to_owned();
    drop(aws.embedded);
    let mut files = 0;
    for entry in fs::read_dir(&state).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for needle in [PLANTED.as_bytes(), b"cGxhbnRlZC1acTktdmFsdWU", b"planted"] {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle));
        }
        files += 1;
    }
    assert!(files >= 3);
}

#[test]
fn no_refusal_repeats_a_value() {
    let aws = aws();
    aws.ssm_ok("PutParameter", json!({"Name": "/there", "Value": "v", "Type": "String"}));
    let long = PLANTED.repeat(600);
    for input in [
        json!({"Name": "/there", "Value": PLANTED, "Type": "String"}),
        json!({"Name": "aws", "Value": PLANTED, "Type": "String"}),
        json!({"Name": "/a", "Value": long, "Type": "String"}),
        json!({"Name": "/a", "Value": [PLANTED], "Type": "String"}),
        json!({"Name": "/a", "Value": {"x": PLANTED}, "Type": "String"}),
        json!({"Name": "/a", "Value": PLANTED}),
        json!({"Name": "/a", "Value": PLANTED, "Type": "Nothing"}),
        json!({"Name": "/a", "Value": PLANTED, "Type": "String", "AllowedPattern": "^x"}),
        json!({"Name": "/a", "Value": PLANTED, "Type": "String", "KeyId": "alias/x"}),
        json!({"Name": "/a", "Value": PLANTED, "Type": "SecureString", "KeyId": "alias/x"}),
    ] {
        let answer = aws.ssm("PutParameter", input);
        assert_eq!(answer.status, 400);
        assert!(!answer.body.to_string().contains("planted"), "{answer:?}");
    }
    for input in [json!({"KeyId": "alias/x", "Plaintext": "cGxhbnRlZA=="}), json!({"KeyId": "x", "Plaintext": "cGxhbnRlZA"})] {
        assert!(!aws.kms("Encrypt", input).body.to_string().contains("cGxhbnRl"));
    }
}

//! What `verify` finds in values.

use super::*;

#[test]
fn check_values_finds_placeholders_and_white_space_and_shows_no_value() {
    let world = World::shop();
    world.run(&["verify", "development", "--create"]);
    parameter(&world, DEVELOPMENT, "/development/session/key", "Xh81vbQ2-with-a-line-break\n");
    parameter(&world, DEVELOPMENT, "/development/stripe/key", "changeme");
    let unread = world.run(&["verify", "development", "api"]);
    assert_eq!(unread.code, 0, "{unread:?}");
    let said = world.run(&["verify", "development", "api", "--check-values"]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.out, @r#"
    development: account 111122223333, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE     STORE  NAME                            VERSION  VERDICT
      api      api        DB_PASSWORD  ssm    /development/database/password  1        proved
      api      api        SESSION_KEY  ssm    /development/session/key        2        proved
      api      api        STRIPE_KEY   ssm    /development/stripe/key         2        proved

    warning[SEK0227] api/api/SESSION_KEY white-space-around-value
      the value begins or ends with white space or a line break, which the container gets too
      --> deploy/development/api.json:37:38
         |
      37 |                         "valueFrom": "/development/session/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store it without; `echo` adds a line break, `printf %s` does not

    warning[SEK0224] api/api/STRIPE_KEY placeholder-value
      the value looks like a placeholder that somebody meant to replace
      --> deploy/development/api.json:41:38
         |
      41 |                         "valueFrom": "/development/stripe/key"
         |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store the real value

    assumed: that the execution role may read and decrypt them was not examined

    3 references in 1 service: 3 proved, 0 failed, 0 cannot tell
    "#);
    assert!(!said.out.contains("Xh81vbQ2") && !said.err.contains("Xh81vbQ2"), "{said:?}");
}

#[test]
fn check_values_finds_what_is_empty() {
    let world = service(
        "EC2",
        &[("WHOLE", &arn("books/whole-AbCdEf")), ("KEY", &arn("books/json-AbCdEf:key::")), ("BINARY", &arn("books/binary-AbCdEf"))],
    );
    secret(&world, PRODUCTION, "books/json", r#"{"key":""}"#);
    call(
        &world,
        PRODUCTION,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "books/binary", "SecretBinary": "AAEC", "ClientRequestToken": "0".repeat(32) }),
    );
    call(
        &world,
        PRODUCTION,
        "secretsmanager.CreateSecret",
        &json!({ "Name": "books/whole", "SecretString": " \n", "ClientRequestToken": "1".repeat(32) }),
    );
    let said = world.run(&["verify", "production", "--check-values", "--output", "json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let mut found = findings(&said.out);
    // What is said of names is another matter.
    found.retain(|(rule, _)| !["undeclared-reference", "path-convention"].contains(&rule.as_str()));
    let expected = [("binary-secret", "api/api/BINARY"), ("empty-value", "api/api/KEY"), ("white-space-around-value", "api/api/WHOLE")];
    assert_eq!(found, expected.map(|(rule, address)| (rule.to_owned(), address.to_owned())));
}

#[test]
fn json_values_that_ecs_would_change_are_found() {
    let world = service(
        "EC2",
        &[
            ("SMALL", &arn("books/json-AbCdEf:small::")),
            ("TEXT", &arn("books/json-AbCdEf:text::")),
            ("FLAG", &arn("books/json-AbCdEf:flag::")),
            ("ACCOUNT", &arn("books/json-AbCdEf:account::")),
            ("NULL", &arn("books/json-AbCdEf:null::")),
            ("LIST", &arn("books/json-AbCdEf:list::")),
            ("MAP", &arn("books/json-AbCdEf:map::")),
            ("CASE", &arn("books/json-AbCdEf:TEXT::")),
            ("GONE", &arn("books/json-AbCdEf:gone::")),
        ],
    );
    let value = r#"{"small":5432,"text":"t","flag":true,"account":123456789012,"null":null,"list":[1,2],"map":{"a":1}}"#;
    secret(&world, PRODUCTION, "books/json", value);
    let said = world.run(&["verify", "production", "--fail-on", "error"]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.out, @r#"
    production: account 123456789012, ap-northeast-1, the embedded AWS

      SERVICE  CONTAINER  VARIABLE  STORE           NAME                                                                                   VERSION   VERDICT
      api      api        SMALL     secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [small]    00000000  proved
      api      api        TEXT      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [text]     00000000  proved
      api      api        FLAG      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [flag]     00000000  proved
      api      api        ACCOUNT   secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [account]  00000000  fails
      api      api        NULL      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [null]     00000000  fails
      api      api        LIST      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [list]     00000000  fails
      api      api        MAP       secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [map]      00000000  fails
      api      api        CASE      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [TEXT]     00000000  fails
      api      api        GONE      secretsmanager  arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf [gone]     00000000  fails

    error[SEK0219] api/api/CASE missing-json-key
      the secret has no JSON key `TEXT`, but `text`: letter case counts
      --> api.json:37:24
         |
      37 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:TEXT::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      the agent on EC2 would say: Retrieved secret from Secrets Manager did not contain json key TEXT
      remedy: write `text`

    error[SEK0219] api/api/GONE missing-json-key
      the secret has no JSON key `gone`
      --> api.json:41:24
         |
      41 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:gone::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      the agent on EC2 would say: Retrieved secret from Secrets Manager did not contain json key gone
      remedy: add the key to the secret's value (`sekisho secret set --key gone`), or mend the reference

    error[SEK0222] api/api/ACCOUNT json-value-rendering
      the value of the JSON key `account` is a number that ECS writes in scientific notation, as `1e+06` for a million
      --> api.json:21:24
         |
      21 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:account::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store it as a JSON string, in quotes

    error[SEK0222] api/api/LIST json-value-rendering
      the value of the JSON key `list` is an array: the container gets Go's notation (`map[a:1]`, `[1 2]`), not JSON
      --> api.json:29:24
         |
      29 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:list::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store it as a JSON string, or refer to the whole secret

    error[SEK0222] api/api/MAP json-value-rendering
      the value of the JSON key `map` is an object: the container gets Go's notation (`map[a:1]`, `[1 2]`), not JSON
      --> api.json:33:24
         |
      33 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:map::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store it as a JSON string, or refer to the whole secret

    error[SEK0222] api/api/NULL json-value-rendering
      the value of the JSON key `null` is null: the container gets the five characters `<nil>`
      --> api.json:25:24
         |
      25 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:null::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store a string

    warning[SEK0224] api/api/LIST placeholder-value
      the value looks like a placeholder that somebody meant to replace
      --> api.json:29:24
         |
      29 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:list::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: store the real value

    note[SEK0421] api/api/ACCOUNT undeclared-reference
      `ACCOUNT` comes from `books/json`, which the manifest does not declare
      --> api.json:21:24
         |
      21 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:account::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/ACCOUNT path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:21:24
         |
      21 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:account::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/CASE undeclared-reference
      `CASE` comes from `books/json`, which the manifest does not declare
      --> api.json:37:24
         |
      37 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:TEXT::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/CASE path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:37:24
         |
      37 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:TEXT::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/FLAG undeclared-reference
      `FLAG` comes from `books/json`, which the manifest does not declare
      --> api.json:17:24
         |
      17 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:flag::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/FLAG path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:17:24
         |
      17 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:flag::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/GONE undeclared-reference
      `GONE` comes from `books/json`, which the manifest does not declare
      --> api.json:41:24
         |
      41 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:gone::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/GONE path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:41:24
         |
      41 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:gone::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/LIST undeclared-reference
      `LIST` comes from `books/json`, which the manifest does not declare
      --> api.json:29:24
         |
      29 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:list::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/LIST path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:29:24
         |
      29 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:list::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/MAP undeclared-reference
      `MAP` comes from `books/json`, which the manifest does not declare
      --> api.json:33:24
         |
      33 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:map::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/MAP path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:33:24
         |
      33 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:map::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/NULL undeclared-reference
      `NULL` comes from `books/json`, which the manifest does not declare
      --> api.json:25:24
         |
      25 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:null::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/NULL path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:25:24
         |
      25 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:null::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/SMALL undeclared-reference
      `SMALL` comes from `books/json`, which the manifest does not declare
      --> api.json:9:24
        |
      9 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:small::"
        |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/SMALL path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:9:24
        |
      9 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:small::"
        |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    note[SEK0421] api/api/TEXT undeclared-reference
      `TEXT` comes from `books/json`, which the manifest does not declare
      --> api.json:13:24
         |
      13 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:text::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that

    note[SEK0506] api/api/TEXT path-convention
      `books/json` does not follow the manifest's `path`, production/{secret}
      --> api.json:13:24
         |
      13 |           "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:books/json-AbCdEf:text::"
         |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      remedy: move the value, or declare the secret with a name of its own

    assumed: that the execution role may read and decrypt them was not examined

    9 references in 1 service: 3 proved, 6 failed, 0 cannot tell
    "#);
}

#[test]
fn on_fargate_the_rendering_of_numbers_is_likely_and_cannot_be_told() {
    let world = service("FARGATE", &[("ACCOUNT", &arn("books/json-AbCdEf:account::"))]);
    secret(&world, PRODUCTION, "books/json", r#"{"account":123456789012}"#);
    let said = world.run(&["verify", "production", "--output", "json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["verdicts"][0]["verdict"], "cannot-tell", "{report:#}");
    assert_eq!(report["findings"][0]["confidence"], "likely");
}

#[test]
fn a_value_that_is_no_json_is_found_where_a_key_is_asked_for() {
    let world = service("EC2", &[("KEY", &arn("books/text-AbCdEf:key::"))]);
    secret(&world, PRODUCTION, "books/text", "plain-words-zq81");
    let said = world.run(&["verify", "production", "--output", "json"]);
    assert!(findings(&said.out).contains(&("secret-not-json".to_owned(), "api/api/KEY".to_owned())), "{}", said.out);
    assert!(!said.out.contains("words-zq81"), "{}", said.out);
}

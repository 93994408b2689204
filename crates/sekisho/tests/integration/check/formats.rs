use super::{SECRET, definition, json_of, secrets};
use crate::verify::{conforms, report_schema};
use crate::world::World;

fn world() -> World {
    let world = World::empty();
    world.write("deploy/api.json", definition("api", &secrets(&[("DB_PASSWORD", &format!("{SECRET}:db-AbCdEf:password"))])));
    world.write("deploy/ok.json", definition("ok", &secrets(&[("A", "/prod/a")])));
    world
}

fn said(format: &str) -> String {
    world().run(&["check", "--output", format]).out.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn json_has_what_its_schema_says() {
    insta::assert_snapshot!(said("json"), @r#"
    {
      "counts": {
        "definitions": 2,
        "errors": 1,
        "failing": 1,
        "inputs": 2,
        "known": 0,
        "notes": 0,
        "policies": 0,
        "references": 2,
        "suppressed": 0,
        "undecided": 0,
        "untold": 0,
        "warnings": 0
      },
      "files": [
        {
          "definitions": 1,
          "dialect": "ecs",
          "file": "deploy/api.json",
          "policies": 0
        },
        {
          "definitions": 1,
          "dialect": "ecs",
          "file": "deploy/ok.json",
          "policies": 0
        }
      ],
      "findings": [
        {
          "address": "api/app/DB_PASSWORD",
          "args": {
            "column": "52",
            "found": "3",
            "instead": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::",
            "part": "secret:db-AbCdEf:password",
            "text": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password",
            "when": "start"
          },
          "blocks": "start",
          "confidence": "certain",
          "ecs_says": [
            {
              "by": "fargate",
              "confidence": "likely",
              "text": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret"
            }
          ],
          "excerpt": "        { \"name\": \"DB_PASSWORD\", \"valueFrom\": \"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password\" }",
          "message": "the secret reference has 3 colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts",
          "message_id": "malformed-secret-reference",
          "name": "malformed-secret-reference",
          "places": [
            {
              "column": 47,
              "end": 349,
              "file": "deploy/api.json",
              "line": 10,
              "start": 271
            }
          ],
          "related": [],
          "remedy": "write `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::`",
          "rule": "SEK0201",
          "severity": "error",
          "undecided": false
        }
      ],
      "gone": [],
      "inputs": [
        "deploy/api.json",
        "deploy/ok.json"
      ],
      "looked_at": {
        "files": 2,
        "ignored": 0,
        "left_out": 0,
        "links": 0,
        "not_ours": 0,
        "read": {
          "ecs": 2
        },
        "refused": 0,
        "skipped_directories": 1,
        "terraform": 0
      },
      "mended": {
        "done": 0,
        "possible": 1
      },
      "predictions": [
        {
          "containers": [
            {
              "name": "app",
              "variables": [
                {
                  "name": "DB_PASSWORD",
                  "outcome": "fails-at-start"
                }
              ]
            }
          ],
          "definition": "api",
          "fate": "fails-to-start",
          "file": "deploy/api.json",
          "first": [
            {
              "behind": 0,
              "by": "fargate",
              "confidence": "likely",
              "text": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret"
            }
          ],
          "references": [
            {
              "address": "api/app/DB_PASSWORD",
              "confidence": "certain",
              "outcome": "fails-at-start",
              "says": [
                {
                  "by": "fargate",
                  "confidence": "likely",
                  "text": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret"
                }
              ]
            }
          ]
        },
        {
          "containers": [
            {
              "name": "app",
              "variables": [
                {
                  "name": "A",
                  "outcome": "cannot-tell"
                }
              ]
            }
          ],
          "definition": "ok",
          "fate": "cannot-tell",
          "file": "deploy/ok.json",
          "first": [],
          "references": [
            {
              "address": "ok/app/A",
              "confidence": "certain",
              "outcome": "cannot-tell",
              "says": []
            }
          ]
        }
      ],
      "roots": [
        "."
      ],
      "schema": 1,
      "tool": {
        "name": "sekisho",
        "version": "VERSION"
      },
      "verb": "check",
      "verdicts": []
    }
    "#);
}

#[test]
fn json_keeps_its_schema() {
    let world = world();
    world.write("broken.json", "{ \"containerDefinitions\": [ }");
    world.write("main.tf", "");
    world.write("note.json", format!("// x\n{}", definition("note", &secrets(&[("S", "${X}"), ("s", "/a")]))));
    let schema = report_schema(&world, "check");
    for arguments in [&["."][..], &["--lang", "ja"], &["deploy/ok.json"]] {
        let report = json_of(&world, arguments);
        let mut problems = Vec::new();
        conforms(&report, &schema, "$", &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn json_lines_begin_with_a_head() {
    let out = said("jsonl");
    let kinds: Vec<String> =
        out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["check", "finding", "prediction", "prediction"]);
}

#[test]
fn sarif_has_rules_places_and_fingerprints() {
    insta::assert_snapshot!(said("sarif"), @r#"
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "runs": [
        {
          "columnKind": "unicodeCodePoints",
          "invocations": [
            {
              "executionSuccessful": true
            }
          ],
          "originalUriBaseIds": {
            "%SRCROOT%": {
              "description": {
                "text": "the directory in which sekisho was run"
              }
            }
          },
          "results": [
            {
              "level": "error",
              "locations": [
                {
                  "logicalLocations": [
                    {
                      "fullyQualifiedName": "api/app/DB_PASSWORD",
                      "kind": "resource"
                    }
                  ],
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "deploy/api.json",
                      "uriBaseId": "%SRCROOT%"
                    },
                    "region": {
                      "snippet": {
                        "text": "        { \"name\": \"DB_PASSWORD\", \"valueFrom\": \"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password\" }"
                      },
                      "startColumn": 47,
                      "startLine": 10
                    }
                  }
                }
              ],
              "message": {
                "text": "the secret reference has 3 colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts\nFargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret\nremedy: write `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::`"
              },
              "partialFingerprints": {
                "sekisho/v1": "SEK0201 deploy/api.json api/app/DB_PASSWORD"
              },
              "properties": {
                "confidence": "certain",
                "undecided": false
              },
              "ruleId": "SEK0201",
              "ruleIndex": 0
            }
          ],
          "tool": {
            "driver": {
              "name": "sekisho",
              "rules": [
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "fullDescription": {
                    "text": "A Secrets Manager reference whose parts behind the account are not 2 and not 5, or whose secret id no secret can have. ECS registers `…:secret:db-AbCdEf:password` and every task then fails to start: the agent takes the ARN alone (2 parts) or the ARN with JSON key, stage and version id (5 parts, each may be empty), and nothing else. Write `…:secret:db-AbCdEf:password::`."
                  },
                  "help": {
                    "text": "A Secrets Manager reference whose parts behind the account are not 2 and not 5, or whose secret id no secret can have.\n\nECS registers `…:secret:db-AbCdEf:password` and every task then fails to start: the agent takes the ARN alone (2 parts) or the ARN with JSON\nkey, stage and version id (5 parts, each may be empty), and nothing else.\n\nWrite `…:secret:db-AbCdEf:password::`."
                  },
                  "id": "SEK0201",
                  "name": "MalformedSecretReference",
                  "properties": {
                    "precision": "high",
                    "tags": [
                      "ecs",
                      "secrets"
                    ]
                  },
                  "shortDescription": {
                    "text": "A Secrets Manager reference whose parts behind the account are not 2 and not 5, or whose secret id no secret can have."
                  }
                }
              ],
              "semanticVersion": "VERSION",
              "version": "VERSION"
            }
          }
        }
      ],
      "version": "2.1.0"
    }
    "#);
}

#[test]
fn junit_has_a_suite_for_each_file() {
    insta::assert_snapshot!(said("junit"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="sekisho check" tests="2" skipped="0" failures="1" errors="0">
        <testsuite name="deploy/api.json" tests="1" skipped="0" errors="0" failures="1">
            <testcase name="SEK0201 malformed-secret-reference api/app/DB_PASSWORD" classname="deploy/api.json">
                <failure message="the secret reference has 3 colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts" type="error">deploy/api.json:10:47
    Fargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret
    remedy: write `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::`
    </failure>
            </testcase>
        </testsuite>
        <testsuite name="deploy/ok.json" tests="1" skipped="0" errors="0" failures="0">
            <testcase name="nothing was found" classname="deploy/ok.json"/>
        </testsuite>
    </testsuites>
    "#);
}

#[test]
fn github_has_an_annotation_for_each_finding() {
    insta::assert_snapshot!(said("github"), @"
    ::error file=deploy/api.json,line=10,col=47,title=SEK0201 malformed-secret-reference::api/app/DB_PASSWORD: the secret reference has 3 colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts%0AFargate would say (likely): ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret%0Aremedy: write `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::`
    ::notice title=sekisho::2 references in 2 definitions: 1 would fail; 1 error, 0 warnings, 0 notes, 0 cannot tell
    ");
}

#[test]
fn markdown_is_a_table() {
    insta::assert_snapshot!(said("markdown"), @"
    ## sekisho check

    2 references in 2 definitions: 1 would fail; 1 error, 0 warnings, 0 notes, 0 cannot tell

    | Severity | Rule | Where | What |
    |---|---|---|---|
    | error | SEK0201 malformed-secret-reference | api/app/DB&#95;PASSWORD<br>deploy/api.json:10:47 | the secret reference has 3 colon-separated parts behind the account; ECS takes 2 &#40;the ARN&#41; or 5 &#40;with json-key, version-stage and version-id&#41;: it registers, and no task starts<br>Fargate would say &#40;likely&#41;: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time&#40;s&#41;: unexpected ARN format with parameters when trying to retrieve ASM secret<br>remedy: write &#96;arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf:password::&#96; |
    ");
}

#[test]
fn verbs_without_findings_refuse_the_formats_of_findings() {
    let said = World::shop().run(&["secret", "list", "development", "--output", "sarif"]);
    assert_eq!(said.code, 2);
}

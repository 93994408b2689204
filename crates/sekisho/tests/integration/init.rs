//! `init`: a manifest drafted from task definitions.

use serde_json::json;

use crate::world::World;

/// The shop's task definitions without its manifest.
fn definitions() -> World {
    let world = World::shop();
    std::fs::remove_file(world.path().join("sekisho.toml")).unwrap();
    world
}

fn definition(secrets: &[(&str, &str)]) -> String {
    let secrets: Vec<_> = secrets.iter().map(|(name, from)| json!({ "name": name, "valueFrom": from })).collect();
    json!({ "family": "f", "executionRoleArn": "arn:aws:iam::111122223333:role/x", "containerDefinitions": [{ "name": "app", "secrets": secrets }] })
        .to_string()
}

fn manifest(world: &World) -> String {
    std::fs::read_to_string(world.path().join("sekisho.toml")).unwrap()
}

#[test]
fn the_draft_of_the_shop_is_its_manifest() {
    let world = definitions();
    let said = world.run(&["init", "--name", "shop"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    insta::assert_snapshot!(said.err, @"wrote sekisho.toml: 3 services, 4 secrets, environments development, production, from 6 task definitions");
    insta::assert_snapshot!(manifest(&world), @r#"
    # Drafted by `sekisho init` from task definitions. Read it, mend it, commit it: it holds no value.

    [project]
    name = "shop"
    region = "ap-northeast-1"
    path = { ssm = "/{environment}/{secret}", secretsmanager = "{environment}/{secret}" }

    [environments.development]
    store = "ssm"
    account = "111122223333"
    endpoint = "local" # the embedded AWS; take this line out for AWS itself

    [environments.production]
    store = "secretsmanager"
    account = "123456789012"

    [secrets."database/password"]
    env = "DB_PASSWORD"

    [secrets."database/reporting"]
    keys = { REPORT_DB_PASSWORD = "password", REPORT_DB_USER = "username" }

    [secrets."session/key"]
    env = "SESSION_KEY"

    [secrets."stripe/key"]
    env = "STRIPE_KEY"

    [services.api]
    task_definition = "deploy/{environment}/api.json"
    containers."api".secrets = ["database/password", "session/key", "stripe/key"]

    [services.graphql]
    task_definition = "deploy/{environment}/graphql.json"
    containers."graphql".secrets = ["database/password", "database/reporting"]

    [services.grpc]
    task_definition = "deploy/{environment}/grpc.json"
    containers."grpc".secrets = ["database/password"]
    "#);
}

#[test]
fn a_drafted_manifest_verifies() {
    let world = definitions();
    world.run(&["init", "--name", "shop"]);
    let created = world.run(&["verify", "development", "--create", "--generate"]);
    assert_eq!(created.code, 0, "{created:?}");
    assert!(created.out.ends_with("7 references in 3 services: 7 proved, 0 failed, 0 cannot tell; 5 created\n"), "{}", created.out);
    let production = world.run(&["verify", "production", "--endpoint-url", "local", "--create", "--generate"]);
    assert!(production.out.contains("7 references in 3 services: 7 proved, 0 failed, 0 cannot tell; 4 created"), "{production:?}");
}

#[test]
fn an_existing_manifest_is_never_replaced() {
    let world = World::shop();
    let before = manifest(&world);
    let said = world.run(&["init"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: `sekisho.toml` exists already
      remedy: look at the draft with --dry-run, or remove the file
    ");
    assert_eq!(manifest(&world), before);
}

#[test]
fn a_dry_run_prints_the_draft_and_writes_nothing() {
    let world = definitions();
    let said = world.run(&["init", "--dry-run", "--name", "shop", "--lang", "ja"]);
    assert_eq!(said.code, 0);
    insta::assert_snapshot!(said.err, @"sekisho.toml を書き込みます（実際には書き込みません）: サービス 3 件、シークレット 4 件、環境 development, production（タスク定義 6 件から）");
    assert!(!world.path().join("sekisho.toml").exists());
    world.run(&["init", "--name", "shop"]);
    assert_eq!(manifest(&world), said.out);
}

#[test]
fn files_that_are_named_are_drafted_alone_and_paths_are_the_manifests() {
    let world = definitions();
    let said = world.run(&["init", "--name", "shop", "deploy/development/grpc.json", "--config", "deploy/sekisho.toml"]);
    assert_eq!(said.code, 0, "{said:?}");
    let text = std::fs::read_to_string(world.path().join("deploy/sekisho.toml")).unwrap();
    assert!(text.contains("[services.grpc]\ntask_definition = \"{environment}/grpc.json\""), "{text}");
    assert!(!text.contains("graphql"), "{text}");
    let verified = world.run(&["--config", "deploy/sekisho.toml", "verify", "development"]);
    assert!(verified.out.contains("1 reference in 1 service"), "{verified:?}");
}

#[test]
fn a_secret_outside_its_environments_store_keeps_its_own_store_and_name() {
    let world = World::empty();
    let text = definition(&[
        ("A", "/dev/a"),
        ("B", "/dev/b"),
        ("C", "arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/c-AbCdEf"),
        ("D", "/elsewhere/d"),
    ]);
    world.write("dev/app.json", text);
    let said = world.run(&["init", "--name", "p"]);
    assert_eq!(said.code, 0, "{said:?}");
    let text = manifest(&world);
    assert!(text.contains("[secrets.\"c\"]\nenv = \"C\"\nenvironments.dev = { store = \"secretsmanager\", name = \"dev/c\" }"), "{text}");
    assert!(
        text.contains("[secrets.\"elsewhere/d\"]\nenv = \"D\"\nenvironments.dev = { store = \"ssm\", name = \"/elsewhere/d\" }"),
        "{text}"
    );
    let verified = world.run(&["verify", "dev", "--create", "--generate"]);
    assert_eq!(verified.code, 0, "{verified:?}");
    assert!(verified.out.contains("4 proved, 0 failed, 0 cannot tell; 4 created"), "{}", verified.out);
}

#[test]
fn what_a_manifest_cannot_declare_is_left_out_and_told() {
    let world = World::empty();
    let pinned = "arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/c-AbCdEf::AWSPREVIOUS:";
    world.write("dev/app.json", definition(&[("A", "/dev/a"), ("SAME", "/dev/a"), ("OLD", pinned), ("BAD", "/dev/a b")]));
    let said = world.run(&["init", "--name", "p"]);
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(said.err, @"
    wrote sekisho.toml: 1 service, 1 secret, environments dev, from 1 task definition
    left out, because it cannot be declared: dev/app.json: app/OLD = arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/c-AbCdEf::AWSPREVIOUS:
    left out, because it cannot be declared: dev/app.json: app/BAD = /dev/a b
    left out, because the same value has another variable's name elsewhere: app/app/SAME
    ");
}

#[test]
fn files_without_task_definitions_are_no_draft() {
    let world = World::empty();
    world.write("package.json", r#"{"name":"x"}"#);
    world.write("node_modules/a/task.json", definition(&[("A", "/a")]));
    let said = world.run(&["init"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: no task definition was found in .
      remedy: name the files, as `aws ecs describe-task-definition` prints them
    ");
    let named = world.run(&["init", "package.json"]);
    assert_eq!(named.code, 2);
    insta::assert_snapshot!(named.err, @"
    error: package.json:1:1: there is no task definition in this file
      remedy: give a task definition, what `aws ecs describe-task-definition` prints, a list of container definitions, or a CloudFormation template that has one
    ");
    assert_eq!(std::fs::read_dir(world.path()).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() == "sekisho.toml").count(), 0);
}

#[test]
fn what_has_a_hostile_name_is_left_out_and_shown_escaped() {
    let world = World::empty();
    let hostile = json!({ "name": "a\"]\n[evil]\u{1b}[2J", "secrets": [{ "name": "A", "valueFrom": "/dev/a" }] });
    let plain = json!({ "name": "app", "secrets": [{ "name": "B", "valueFrom": "/dev/b" }, { "name": "C-1", "valueFrom": "/dev/c" }] });
    world.write("dev/taskdef.json", json!({ "family": "f\"]\n[evil]", "containerDefinitions": [hostile, plain] }).to_string());
    let said = world.run(&["init", "--name", "p"]);
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(said.err, @r#"
    wrote sekisho.toml: 1 service, 1 secret, environments dev, from 1 task definition
    left out, because it cannot be declared: dev/taskdef.json: a"]\u{a}[evil]\u{1b}[2J/A = /dev/a
    left out, because it cannot be declared: dev/taskdef.json: app/C-1 = /dev/c
    "#);
    insta::assert_snapshot!(manifest(&world), @r#"
    # Drafted by `sekisho init` from task definitions. Read it, mend it, commit it: it holds no value.

    [project]
    name = "p"
    region = "us-east-1" # the files do not tell: mend it
    path = { ssm = "/{environment}/{secret}", secretsmanager = "{environment}/{secret}" }

    [environments.dev]
    store = "ssm"
    endpoint = "local" # the embedded AWS; take this line out for AWS itself

    [secrets."b"]
    env = "B"

    [services.f----evil]
    task_definition = "{environment}/taskdef.json"
    containers."app".secrets = ["b"]
    "#);
    let name = World::shop().run(&["init", "--config", "other.toml", "--name", "p\"\n[x]"]);
    assert_eq!(name.code, 2, "{name:?}");
    insta::assert_snapshot!(name.err, @r#"
    error: other.toml:4:9: `p"\u{a}[x]` in `project.name` cannot be used as a name: it is substituted into commands
      remedy: use lower-case letters, digits and `-`, and do not begin with `-`
    "#);
}

#[test]
fn functions_of_ecspresso_are_rendered_where_their_input_is_at_hand_and_allowed() {
    let world = World::empty();
    let text =
        definition(&[("FROM_ENV", "/{{ must_env `STAGE` }}/from/env"), ("FROM_STATE", "{{ tfstate `aws_ssm_parameter.key.name` }}")]);
    world.write("ecs-task-def.json", text);
    world.write(
        "ecspresso.yml",
        "cluster: c\ntask_definition: ecs-task-def.json\nplugins:\n  - name: tfstate\n    config: {path: main.tfstate}\n",
    );
    let state = json!({ "version": 4, "resources": [{ "mode": "managed", "type": "aws_ssm_parameter", "name": "key",
        "instances": [{ "attributes": { "name": "/production/from/state" } }] }] });
    world.write("main.tfstate", state.to_string());
    let drafted = |arguments: &[&str]| world.run_with(arguments, &[("STAGE", "production")]).out;
    let without = drafted(&["init", "--dry-run", "ecs-task-def.json"]);
    assert!(without.contains("from/state") && !without.contains("from/env"), "{without}");
    let with = drafted(&["--allow-env", "init", "--dry-run", "ecs-task-def.json"]);
    assert!(with.contains("from/state") && with.contains("from/env"), "{with}");
}

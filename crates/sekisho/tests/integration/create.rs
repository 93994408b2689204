//! `verify --create`: where values come from, and what is never touched.

use serde_json::json;

use crate::embedded::{DEVELOPMENT, PRODUCTION, parameter, parameter_value};
use crate::verify::{arn, service};
use crate::world::World;

#[test]
fn values_come_from_the_variable_itself() {
    let world = World::shop();
    let said = world.run_with(&["verify", "development", "grpc", "--create"], &[("DB_PASSWORD", "from-the-variable")]);
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(said.out.lines().nth(1).unwrap(), @"  + created /development/database/password (version 1) from the variable DB_PASSWORD");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/database/password"), "from-the-variable");
}

#[test]
fn values_come_from_terraforms_variables() {
    for variable in ["TF_VAR_db_password", "TF_VAR_database_password"] {
        let world = World::shop();
        let said = world.run_with(&["verify", "development", "grpc", "--create"], &[(variable, "from-terraform")]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains(&format!("from the variable {variable}")), "{}", said.out);
        assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/database/password"), "from-terraform");
    }
}

#[test]
fn values_come_from_dotenv_on_stdin_before_the_environment() {
    let world = World::shop();
    let mut command = world.command(&["verify", "development", "grpc", "--create", "--stdin"]);
    command.env("DB_PASSWORD", "from-the-variable");
    let said = world.finish(command, "# the database\nexport DB_PASSWORD='from \"stdin\"'\nUNUSED=1\n");
    assert_eq!(said.code, 0, "{said:?}");
    insta::assert_snapshot!(said.out.lines().nth(1).unwrap(), @"  + created /development/database/password (version 1) from standard input (DB_PASSWORD)");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/database/password"), "from \"stdin\"");
}

#[test]
fn values_come_from_json_on_stdin_by_variable_or_logical_name() {
    let world = World::shop();
    let given = json!({ "database/password": "by logical name", "REPORT_DB_USER": "reports", "database/reporting/password": "by key" });
    let said = world.run_stdin(&["verify", "development", "graphql", "--create", "--stdin"], given.to_string());
    assert_eq!(said.code, 0, "{said:?}");
    for (name, value) in
        [("database/password", "by logical name"), ("database/reporting/username", "reports"), ("database/reporting/password", "by key")]
    {
        assert_eq!(parameter_value(&world, DEVELOPMENT, &format!("/development/{name}")), value);
    }
}

#[test]
fn sources_that_disagree_stop_before_anything_is_written() {
    let world = World::shop();
    let said = world.run_with(
        &["verify", "development", "--create"],
        &[("DB_PASSWORD", "hidden-one"), ("TF_VAR_db_password", "hidden-two"), ("SESSION_KEY", "0")],
    );
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    looking up 5 parameters and 0 secrets
    error: two sources have different values for `/development/database/password`: DB_PASSWORD and TF_VAR_db_password
      remedy: take one away; nothing was written
    ");
    let agreed = world.run_with(&["verify", "development", "--create"], &[("DB_PASSWORD", "same"), ("TF_VAR_db_password", "same")]);
    assert!(agreed.out.ends_with("; 5 created\n"), "{}", agreed.out);
}

#[test]
fn a_dry_run_tells_what_it_would_create_and_writes_nothing() {
    let world = World::shop();
    let said = world.run_with(&["verify", "development", "--create", "--dry-run"], &[("STRIPE_KEY", "rk-1")]);
    assert_eq!(said.code, 1, "{said:?}");
    let would: Vec<&str> = said.out.lines().skip(1).take_while(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(would.join("\n"), @"
    + would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/password from the generator
    + would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/reporting/password from the generator
    + would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/database/reporting/username from the generator
    + would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/session/key from the generator
    + would create arn:aws:ssm:ap-northeast-1:111122223333:parameter/development/stripe/key from the variable STRIPE_KEY
    ");
    assert!(said.out.ends_with("0 proved, 7 failed, 0 cannot tell\n"), "{}", said.out);
    assert!(!world.run(&["secret", "list", "development"]).out.contains("present"));
}

#[test]
fn what_exists_is_never_overwritten() {
    let world = World::shop();
    parameter(&world, DEVELOPMENT, "/development/database/password", "the first");
    let said = world.run_with(&["verify", "development", "grpc", "--create", "--generate"], &[("DB_PASSWORD", "the second")]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/database/password"), "the first");
    assert!(said.out.ends_with("; 0 created\n"), "{}", said.out);
}

#[test]
fn without_a_source_everything_that_lacks_one_is_told_and_what_has_one_is_created() {
    let world = service("FARGATE", &[("A_TOKEN", "/books/a"), ("B_TOKEN", "/books/b"), ("C_TOKEN", &arn("books-c"))]);
    let said = world.run_with(&["verify", "production", "--create"], &[("B_TOKEN", "given")]);
    assert_eq!(said.code, 1, "{said:?}");
    insta::assert_snapshot!(said.err, @"
    looking up 2 parameters and 1 secret
    no value for /books/a (api/api/A_TOKEN): set one of A_TOKEN, TF_VAR_a_token, or use --stdin, --generate or a terminal
    no value for books-c (api/api/C_TOKEN): set one of C_TOKEN, TF_VAR_c_token, or use --stdin, --generate or a terminal
    ");
    assert_eq!(parameter_value(&world, PRODUCTION, "/books/b"), "given");
    assert!(said.out.contains("3 references in 1 service: 1 proved, 2 failed, 0 cannot tell; 1 created"), "{}", said.out);
    let generated = world.run(&["verify", "production", "--create", "--generate"]);
    assert!(generated.out.contains("; 2 created"), "{generated:?}");
    assert_eq!(parameter_value(&world, PRODUCTION, "/books/a").len(), 32);
}

#[test]
fn the_declared_generator_says_length_and_alphabet() {
    let world = World::shop();
    world.run(&["verify", "development", "--create"]);
    let key = parameter_value(&world, DEVELOPMENT, "/development/session/key");
    assert!(key.len() == 64 && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "not 64 hexadecimal digits");
    assert_eq!(parameter_value(&world, DEVELOPMENT, "/development/stripe/key").len(), 40);
}

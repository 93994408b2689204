use sekisho_model::declaration::{Alphabet, Declaration, Endpoint, Requirement, StoreKind, StoredAs};
use sekisho_read::manifest::{manifest, required_version, satisfied};

use crate::render::render;

fn read(text: &str) -> Declaration {
    manifest("sekisho.toml", text.as_bytes()).unwrap_or_else(|problems| panic!("{}", render("en", &problems)))
}

fn refused(text: &str) -> String {
    render("en", &manifest("sekisho.toml", text.as_bytes()).unwrap_err())
}

const DESIGN: &str = include_str!("../fixtures/everything_the_design_shows.toml");

#[test]
fn everything_the_design_shows_is_read() {
    let declaration = read(DESIGN);
    assert_eq!(declaration.project.name.value, "shop");
    assert!(satisfied(&declaration.required_version.as_ref().unwrap().value, "0.1.0").unwrap());
    let production = &declaration.environments["production"];
    assert_eq!(production.account.as_ref().unwrap().value.as_str(), "123456789012");
    assert_eq!(production.store, StoreKind::SecretsManager);
    assert_eq!(
        production.require.iter().map(|word| word.value).collect::<Vec<_>>(),
        [Requirement::CustomerKey, Requirement::Rotation, Requirement::Audit]
    );
    assert!(production.protected && !production.allow_plaintext);
    let development = &declaration.environments["development"];
    assert_eq!(development.endpoint.as_ref().unwrap().value, Endpoint::Local);
    assert_eq!(declaration.region_of(development).unwrap().as_str(), "ap-northeast-1");

    let password = &declaration.secrets["database/password"];
    assert_eq!(password.env.as_ref().unwrap().value, "DB_PASSWORD");
    let generate = password.generate.as_ref().unwrap();
    assert_eq!((generate.length, generate.alphabet), (40, Alphabet::Symbols));
    let rotate = password.rotate.as_ref().unwrap();
    assert_eq!((rotate.every_days, rotate.with.as_deref()), (30, Some("postgres")));
    let stored = |secret: &str, environment: &str, key| {
        declaration.stored_as(&declaration.secrets[secret], &declaration.environments[environment], key).unwrap()
    };
    assert_eq!(stored("database/password", "production", None), StoredAs::Secret("production/database/password".parse().unwrap()));
    assert_eq!(
        stored("database/credentials", "development", Some("username")),
        StoredAs::Parameter("/development/database/credentials/username".parse().unwrap())
    );
    assert!(matches!(stored("database/credentials", "production", None), StoredAs::Arn(_)));

    let api = &declaration.services["api"];
    assert_eq!(api.containers["worker"][0].value, "database/credentials");
    assert_eq!(api.deploy.as_ref().unwrap().len(), 5);
    assert_eq!(api.secrets[0].place.to_string(), "sekisho.toml:36:13");
    assert_eq!(password.place.to_string(), "sekisho.toml:23:11");
}

#[test]
fn the_smallest_manifest_is_a_name() {
    let declaration = read("[project]\nname = \"shop\"\n");
    assert!(declaration.environments.is_empty() && declaration.secrets.is_empty() && declaration.services.is_empty());
}

#[test]
fn every_problem_is_reported_in_one_run() {
    let text = include_str!("../fixtures/wrong_in_every_way.toml");
    insta::assert_snapshot!(refused(text), @r#"
    sekisho.toml:1:21: `required_version` is `0.1`, which is no comparison of versions
      = write `>=`, `^` or `=` and a version, such as `">=0.1"`
    sekisho.toml:2:1: unknown key `colour`
      = the keys here are `required_version`, `project`, `environments`, `secrets`, `services`, `suppress`
    sekisho.toml:4:2: `project` has no `name`
      = add `name` to `project`
    sekisho.toml:5:1: unknown key `nmae` in `project`
      = did you mean `name`?
    sekisho.toml:6:11: `project.region` is `tokyo`, which does not have the form of a Region
      = write the Region's code, such as `ap-northeast-1`
    sekisho.toml:7:17: `project.path.ssm` has the unknown placeholder `{enviroment}`
      = did you mean `{environment}`?
    sekisho.toml:7:60: `project.path.secretsmanager` has no `{secret}`, so every secret would have the same name
      = add `{secret}` where the logical name belongs
    sekisho.toml:9:2: unknown key `environment`
      = did you mean `environments`?
    sekisho.toml:12:15: `Development` in `environments` cannot be used as a name: it is substituted into commands
      = use lower-case letters, digits and `-`, and do not begin with `-`
    sekisho.toml:13:10: `environments.Development.store` does not know `sms`
      = did you mean `ssm`?
    sekisho.toml:16:10: `environments.staging.store` does not know `vault`
      = it may be one of `ssm`, `secretsmanager`, `environment`
    sekisho.toml:17:11: `environments.staging.account` is a whole number, but must be a string
      = write a string there
    sekisho.toml:18:13: `environments.staging.endpoint` is `https://example.com`, which is neither `local` nor a URL on the loopback interface
      = write `"local"` for the embedded AWS or a URL such as `"http://127.0.0.1:4566"`; any other endpoint must come from `--endpoint-url`
    sekisho.toml:19:12: `environments.staging.kms_key` is `production`, which names no KMS key
      = write `alias/NAME`, the key's id, or its ARN
    sekisho.toml:20:13: `environments.staging.require` does not know `customer-keys`
      = did you mean `customer-key`?
    sekisho.toml:20:29: `environments.staging.require` is a whole number, but must be a string
      = write a string there
    sekisho.toml:21:20: `environments.staging.allow_plaintext` is a string, but must be `true` or `false`
      = write `true` or `false` there
    sekisho.toml:22:13: `environments.staging.protected` is a whole number, but must be `true` or `false`
      = write `true` or `false` there
    sekisho.toml:24:15: `environments.empty` has no `store`
      = add `store` to `environments.empty`
    sekisho.toml:26:15: the protected environment `production` talks to AWS itself, but names no account
      = add `account = "…"` with the 12 digits of its account, so that no other account can be changed by mistake
    sekisho.toml:29:11: `environments.production.profile` is empty
      = write something there, or remove the key
    sekisho.toml:31:11: `database password` in `secrets` is no logical name of a secret
      = use letters, digits, `_`, `.` and `-`, in levels joined by single `/`, such as `database/password`
    sekisho.toml:32:8: `DB-PASSWORD` in `secrets."database password".env` cannot be the name of an environment variable
      = use letters, digits and `_`, and do not begin with a digit
    sekisho.toml:36:1: `secrets.both` has both `env` and `keys`, which exclude each other
      = keep `env` or `keys`
    sekisho.toml:36:20: `1B` in `secrets.both.keys` cannot be the name of an environment variable
      = use letters, digits and `_`, and do not begin with a digit
    sekisho.toml:36:36: `secrets.both.keys.C` is `x:y`, which cannot be used as a JSON key in a reference
      = name the key of the JSON object; it may not be empty, nor have a `:`, because a reference is split there
    sekisho.toml:36:46: `secrets.both.keys.D` is a whole number, but must be a string
      = write a string there
    sekisho.toml:38:10: `secrets.neither` has neither `env` nor `keys`, so no container would receive it
      = add `env = "VARIABLE"` for the whole value, or `keys` for single keys of a JSON value
    sekisho.toml:39:23: `secrets.neither.generate.length` is 4
      = write a number from 8 to 1024
    sekisho.toml:39:38: `secrets.neither.generate.alphabet` does not know `digits`
      = it may be one of `alphanumeric`, `hex`, `symbols`
    sekisho.toml:39:47: unknown key `seed` in `secrets.neither.generate`
      = the keys here are `length`, `alphabet`
    sekisho.toml:40:21: `secrets.neither.rotate.every` is `12h`, which is no number of days or weeks
      = write whole days or weeks, at least one, such as `"30d"` or `"4w"`
    sekisho.toml:44:1: `secrets.rotated.keys` is empty
      = write something there, or remove the key
    sekisho.toml:44:1: `secrets.rotated` has both `env` and `keys`, which exclude each other
      = keep `env` or `keys`
    sekisho.toml:45:1: `secrets.rotated.rotate` has no `every`
      = add `every` to `secrets.rotated.rotate`
    sekisho.toml:46:14: the secret `rotated` says what differs in `prodution`, but there is no such environment
      = did you mean `production`?
    sekisho.toml:47:36: `secrets.rotated.environments.production.arn` is `arn:aws:s3:::bucket`, which is not the ARN of a parameter or a secret
      = write the full ARN, `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` or `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX`, without a JSON key behind it
    sekisho.toml:47:58: `secrets.rotated.environments.production` has both `arn` and `name`, which exclude each other
      = keep `arn` or `name`
    sekisho.toml:47:70: `secrets.rotated.environments.production` has both `arn` and `store`, which exclude each other
      = keep `arn` or `store`
    sekisho.toml:48:25: `secrets.rotated.environments.staging` is a string, but must be a table
      = write a table there
    sekisho.toml:51:12: `cluster` has the unknown placeholder `{environmnt}`
      = did you mean `{environment}`?
    sekisho.toml:52:19: `services.api.task_definition` is a list, but must be a string
      = write a string there
    sekisho.toml:53:13: the service `api` uses the secret `roteted`, which is not declared
      = did you mean `rotated`?
    sekisho.toml:53:24: the service `api` uses the secret `nothing/like/it`, which is not declared
      = declare it as `[secrets."nothing/like/it"]`
    sekisho.toml:54:13: `a b` in `services.api.containers` is no name of a container
      = use the container's name in the task definition: up to 255 letters, digits, `-` and `_`
    sekisho.toml:55:12: `services.api.containers.web` has no `secrets`
      = add `secrets` to `services.api.containers.web`
    sekisho.toml:56:10: `services.api.deploy` is empty
      = write something there, or remove the key
    sekisho.toml:59:11: `services.graphql.deploy` is a string, but must be a list
      = write a list there
    sekisho.toml:62:20: `deploy` has the unknown placeholder `{environmet}`
      = did you mean `{environment}`?
    sekisho.toml:62:56: `services.grpc.deploy` is empty
      = write something there, or remove the key
    "#);
}

#[test]
fn the_same_in_japanese() {
    let text = include_str!("../fixtures/wrong_in_every_way.toml");
    insta::assert_snapshot!(render("ja", &manifest("sekisho.toml", text.as_bytes()).unwrap_err()), @r#"
    sekisho.toml:1:21: `required_version` の `0.1` はバージョンの条件として読めません
      = `>=`、`^`、`=` のいずれかに続けてバージョンを書いてください（例：`">=0.1"`）
    sekisho.toml:2:1: 不明なキー `colour` があります
      = ここで使えるキーは `required_version`, `project`, `environments`, `secrets`, `services`, `suppress` です
    sekisho.toml:4:2: `project` に `name` がありません
      = `project` に `name` を追加してください
    sekisho.toml:5:1: `project` に不明なキー `nmae` があります
      = `name` の間違いではありませんか
    sekisho.toml:6:11: `project.region` の `tokyo` はリージョンの形をしていません
      = `ap-northeast-1` のようなリージョンコードを書いてください
    sekisho.toml:7:17: `project.path.ssm` に不明なプレースホルダー `{enviroment}` があります
      = `{environment}` の間違いではありませんか
    sekisho.toml:7:60: `project.path.secretsmanager` に `{secret}` がないため、すべてのシークレットが同じ名前になります
      = 論理名を入れる位置に `{secret}` を書いてください
    sekisho.toml:9:2: 不明なキー `environment` があります
      = `environments` の間違いではありませんか
    sekisho.toml:12:15: `environments` の `Development` は名前として使えません（名前はコマンドに埋め込まれます）
      = 英小文字、数字、`-` だけを使い、先頭を `-` にしないでください
    sekisho.toml:13:10: `environments.Development.store` に `sms` は指定できません
      = `ssm` の間違いではありませんか
    sekisho.toml:16:10: `environments.staging.store` に `vault` は指定できません
      = 指定できるのは `ssm`, `secretsmanager`, `environment` です
    sekisho.toml:17:11: `environments.staging.account` は文字列でなければなりませんが、整数になっています
      = 文字列を書いてください
    sekisho.toml:18:13: `environments.staging.endpoint` の `https://example.com` は、`local` でもループバックの URL でもありません
      = 組み込み AWS を使うなら `"local"`、または `"http://127.0.0.1:4566"` のような URL を書いてください。それ以外のエンドポイントは `--endpoint-url` でしか指定できません
    sekisho.toml:19:12: `environments.staging.kms_key` の `production` は KMS キーを指していません
      = `alias/NAME`、キー ID、またはキーの ARN を書いてください
    sekisho.toml:20:13: `environments.staging.require` に `customer-keys` は指定できません
      = `customer-key` の間違いではありませんか
    sekisho.toml:20:29: `environments.staging.require` は文字列でなければなりませんが、整数になっています
      = 文字列を書いてください
    sekisho.toml:21:20: `environments.staging.allow_plaintext` は真偽値（`true` か `false`）でなければなりませんが、文字列になっています
      = 真偽値（`true` か `false`）を書いてください
    sekisho.toml:22:13: `environments.staging.protected` は真偽値（`true` か `false`）でなければなりませんが、整数になっています
      = 真偽値（`true` か `false`）を書いてください
    sekisho.toml:24:15: `environments.empty` に `store` がありません
      = `environments.empty` に `store` を追加してください
    sekisho.toml:26:15: 保護された環境 `production` は AWS に直接接続しますが、アカウントが指定されていません
      = 誤って別のアカウントを変更しないように、12 桁のアカウント ID を `account = "…"` で指定してください
    sekisho.toml:29:11: `environments.production.profile` が空です
      = 内容を書くか、キーごと削除してください
    sekisho.toml:31:11: `secrets` の `database password` はシークレットの論理名として使えません
      = 英数字、`_`、`.`、`-` を使い、階層は一つの `/` で区切ってください（例：`database/password`）
    sekisho.toml:32:8: `secrets."database password".env` の `DB-PASSWORD` は環境変数の名前として使えません
      = 英数字と `_` だけを使い、先頭を数字にしないでください
    sekisho.toml:36:1: `secrets.both` に `env` と `keys` の両方がありますが、同時には指定できません
      = `env` か `keys` のどちらか一方だけを残してください
    sekisho.toml:36:20: `secrets.both.keys` の `1B` は環境変数の名前として使えません
      = 英数字と `_` だけを使い、先頭を数字にしないでください
    sekisho.toml:36:36: `secrets.both.keys.C` の `x:y` は、参照の JSON キーとして使えません
      = JSON オブジェクトのキーを書いてください。空にはできません。また、参照は `:` で区切られるため、`:` は使えません
    sekisho.toml:36:46: `secrets.both.keys.D` は文字列でなければなりませんが、整数になっています
      = 文字列を書いてください
    sekisho.toml:38:10: `secrets.neither` に `env` も `keys` もないため、どのコンテナにも渡されません
      = 値全体を渡すなら `env = "VARIABLE"` を、JSON の値をキーごとに渡すなら `keys` を追加してください
    sekisho.toml:39:23: `secrets.neither.generate.length` が 4 になっています
      = 8 から 1024 までの数を書いてください
    sekisho.toml:39:38: `secrets.neither.generate.alphabet` に `digits` は指定できません
      = 指定できるのは `alphanumeric`, `hex`, `symbols` です
    sekisho.toml:39:47: `secrets.neither.generate` に不明なキー `seed` があります
      = ここで使えるキーは `length`, `alphabet` です
    sekisho.toml:40:21: `secrets.neither.rotate.every` の `12h` は、日数や週数として読めません
      = 1 日以上の日数か週数を整数で書いてください（例：`"30d"`、`"4w"`）
    sekisho.toml:44:1: `secrets.rotated.keys` が空です
      = 内容を書くか、キーごと削除してください
    sekisho.toml:44:1: `secrets.rotated` に `env` と `keys` の両方がありますが、同時には指定できません
      = `env` か `keys` のどちらか一方だけを残してください
    sekisho.toml:45:1: `secrets.rotated.rotate` に `every` がありません
      = `secrets.rotated.rotate` に `every` を追加してください
    sekisho.toml:46:14: シークレット `rotated` に環境 `prodution` の設定がありますが、その環境は定義されていません
      = `production` の間違いではありませんか
    sekisho.toml:47:36: `secrets.rotated.environments.production.arn` の `arn:aws:s3:::bucket` は、パラメータやシークレットの ARN ではありません
      = 末尾に JSON キーなどを付けずに、`arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` または `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX` の形で完全な ARN を書いてください
    sekisho.toml:47:58: `secrets.rotated.environments.production` に `arn` と `name` の両方がありますが、同時には指定できません
      = `arn` か `name` のどちらか一方だけを残してください
    sekisho.toml:47:70: `secrets.rotated.environments.production` に `arn` と `store` の両方がありますが、同時には指定できません
      = `arn` か `store` のどちらか一方だけを残してください
    sekisho.toml:48:25: `secrets.rotated.environments.staging` はテーブルでなければなりませんが、文字列になっています
      = テーブルを書いてください
    sekisho.toml:51:12: `cluster` に不明なプレースホルダー `{environmnt}` があります
      = `{environment}` の間違いではありませんか
    sekisho.toml:52:19: `services.api.task_definition` は文字列でなければなりませんが、リストになっています
      = 文字列を書いてください
    sekisho.toml:53:13: サービス `api` が使うシークレット `roteted` は宣言されていません
      = `rotated` の間違いではありませんか
    sekisho.toml:53:24: サービス `api` が使うシークレット `nothing/like/it` は宣言されていません
      = `[secrets."nothing/like/it"]` として宣言してください
    sekisho.toml:54:13: `services.api.containers` の `a b` はコンテナ名として使えません
      = タスク定義にあるコンテナ名を書いてください（英数字、`-`、`_` で 255 文字まで）
    sekisho.toml:55:12: `services.api.containers.web` に `secrets` がありません
      = `services.api.containers.web` に `secrets` を追加してください
    sekisho.toml:56:10: `services.api.deploy` が空です
      = 内容を書くか、キーごと削除してください
    sekisho.toml:59:11: `services.graphql.deploy` はリストでなければなりませんが、文字列になっています
      = リストを書いてください
    sekisho.toml:62:20: `deploy` に不明なプレースホルダー `{environmet}` があります
      = `{environment}` の間違いではありませんか
    sekisho.toml:62:56: `services.grpc.deploy` が空です
      = 内容を書くか、キーごと削除してください
    "#);
}

#[test]
fn syntax_errors_have_a_place() {
    for (text, place) in [
        ("[project\nname = 1", "sekisho.toml:1:9"),
        ("a = \"b", "sekisho.toml:1:5"),
        ("a = 1\na = 2\n", "sekisho.toml:2:1"),
        ("[a]\n[a]\n", "sekisho.toml:2:1"),
        ("a = 2024-01-01\n", "sekisho.toml:1:5"),
        ("a = \"\\q\"\n", "sekisho.toml:1:7"),
        ("a = [[[[[\n", "sekisho.toml:2:1"),
    ] {
        let problems = manifest("sekisho.toml", text.as_bytes()).unwrap_err();
        assert_eq!(problems.problems.len(), 1, "{text}");
        assert_eq!(problems.problems[0].place.as_ref().unwrap().to_string(), place, "{text}");
    }
    let bytes = b"[project]\nname = \"\xe9\"\n";
    insta::assert_snapshot!(render("en", &manifest("sekisho.toml", bytes).unwrap_err()), @r"
    sekisho.toml:2:9: byte 19 of the file does not belong to UTF-8 text
      = save the file as UTF-8
    ");
    insta::assert_snapshot!(render("en", &manifest("sekisho.toml", &vec![b' '; 1024 * 1024 + 1]).unwrap_err()), @r"
    `sekisho.toml` is larger than 1 MiB, the limit for files of this kind
      = check that this is the file you meant
    ");
}

#[test]
fn a_wrong_template_is_reported_once_and_not_for_every_secret() {
    let text = r#"
[project]
name = "shop"
path = { ssm = "{environment}/{secret}", secretsmanager = "{env}:{secret}" }
[environments.development]
store = "ssm"
[environments.production]
store = "secretsmanager"
[secrets.a]
env = "A"
[secrets.b]
env = "B"
"#;
    insta::assert_snapshot!(refused(text), @r"
    sekisho.toml:4:17: `project.path.ssm` makes no legal name: Parameter Store would refuse it, because it has a `/` inside but none in front
      = parameter names are levels of letters, digits, `_`, `.` and `-`, each with a `/` in front
    sekisho.toml:4:60: `project.path.secretsmanager` has the unknown placeholder `{env}`
      = did you mean `{environment}`?
    ");
}

#[test]
fn secrets_that_would_share_a_name_are_refused() {
    let text = r#"
[project]
name = "shop"
[environments.development]
store = "ssm"
[secrets."database"]
keys = { A = "user", B = "password", C = "password" }
[secrets."database/user"]
env = "D"
[secrets.other]
env = "E"
environments.development.name = "/{environment}/database/password"
[secrets."aws"]
env = "F"
environments.development.name = "/{secret}"
"#;
    insta::assert_snapshot!(refused(text), @r"
    sekisho.toml:8:11: in the environment `development` the secrets `database` and `database/user` would both be `/development/database/user` in Parameter Store
      = give one of them another logical name, or a `name` of its own in this environment
    sekisho.toml:12:34: in the environment `development` the secrets `database` and `other` would both be `/development/database/password` in Parameter Store
      = give one of them another logical name, or a `name` of its own in this environment
    sekisho.toml:15:34: the secret `aws` has no legal name in the environment `development`: Parameter Store would refuse it, because it begins with `aws` or `ssm`, which AWS keeps for itself
      = change the logical name, the path template, or give the secret a `name` of its own in this environment
    ");
}

#[test]
fn pasted_values_are_not_repeated() {
    let value = "hunter2-".repeat(12);
    let text = format!(
        "passwort = \"hunter2-short\"\n\"{value}\" = 1\n[project]\nname = \"{value}\"\nregion = \"{value}\"\n[environments.\"{value}\"]\nstore = \"{value}\"\naccount = \"{value}\"\n[secrets.\"{value}:\"]\nenv = \"{value}!\"\ngenerate = \"hunter2-typed\"\n[services.a]\nsecrets = [\"{value}\"]\n"
    );
    let problems = manifest("sekisho.toml", text.as_bytes()).unwrap_err();
    for output in [render("en", &problems), render("ja", &problems), format!("{problems:?}"), problems.to_string()] {
        assert!(!output.contains("hunter2"), "{output}");
    }
}

#[test]
fn the_required_version_is_known_even_where_the_rest_is_from_the_future() {
    let text = b"required_version = \">=9.0\"\n[hologram]\na = 1\n";
    assert_eq!(required_version("sekisho.toml", text).unwrap().value, ">=9.0");
    assert!(required_version("sekisho.toml", b"required_version = 1").is_none());
}

#[test]
fn a_variable_may_come_from_one_secret_only() {
    let text = r#"
[project]
name = "shop"
[secrets.a]
env = "TOKEN"
[secrets.b]
keys = { TOKEN = "token" }
[secrets.c]
env = "OTHER"
[services.api]
secrets = ["a", "a"]
containers.worker.secrets = ["b"]
containers.web.secrets = ["c", "a"]
"#;
    insta::assert_snapshot!(refused(text), @r"
    sekisho.toml:11:18: the service `api` lists the secret `a` twice for the same container
      = remove one of the two
    sekisho.toml:12:31: the container `worker` of the service `api` would get the variable `TOKEN` from both `a` and `b`
      = rename the variable in one of the secrets, or give the secrets to different containers
    sekisho.toml:13:33: the service `api` lists the secret `a` twice for the same container
      = remove one of the two
    ");
}

#[test]
fn plaintext_must_be_allowed_and_an_account_named() {
    let text = r#"
[project]
name = "shop"
[environments.development]
store = "environment"
[environments.staging]
store = "ssm"
[environments.local]
store = "environment"
allow_plaintext = true
protected = true
[environments.production]
store = "ssm"
protected = true
[environments.rehearsal]
store = "ssm"
protected = true
endpoint = "http://127.0.0.1:4566"
[secrets.a]
env = "A"
environments.staging.store = "environment"
environments.production = { arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a" }
"#;
    insta::assert_snapshot!(refused(text), @r#"
    sekisho.toml:4:15: the environment `development` keeps a secret in plain text, but does not allow it
      = use the store `ssm` or `secretsmanager`; for development only, add `allow_plaintext = true`
    sekisho.toml:12:15: the protected environment `production` talks to AWS itself, but names no account
      = add `account = "…"` with the 12 digits of its account, so that no other account can be changed by mistake
    sekisho.toml:21:14: the environment `staging` keeps a secret in plain text, but does not allow it
      = use the store `ssm` or `secretsmanager`; for development only, add `allow_plaintext = true`
    "#);
}

/// Found with hostile files: dotted keys and environments × secrets took minutes.
#[test]
fn a_hostile_manifest_takes_no_time() {
    let many = |line: &dyn Fn(usize) -> String, count: usize| (0..count).map(line).collect::<String>();
    let secrets = many(&|index| format!("s{index}.env=\"A\"\n"), 9_000);
    let environments = many(&|index| format!("[environments.e{index}]\nstore=\"ssm\"\n"), 101);
    let unknown = many(&|index| format!("\"x{index}\","), 40_000);
    for (text, code) in [
        (many(&|index| format!("s{index}.env=1\n"), 30_000), "manifest-many-keys"),
        (format!("{environments}[project]\nname=\"a\"\n[secrets]\n{secrets}"), "manifest-many-environments"),
        (format!("[project]\nname=\"a\"\n[services.a]\nsecrets=[{unknown}]\n[secrets]\n{secrets}"), "manifest-unknown-secret"),
    ] {
        let before = std::time::Instant::now();
        let problems = manifest("sekisho.toml", text.as_bytes()).unwrap_err();
        assert_eq!(problems.problems[0].code, code);
        assert!(before.elapsed() < std::time::Duration::from_secs(20), "{code}: {:?}", before.elapsed());
    }
}

#[test]
fn tags_and_naming_are_the_projects_the_environments_and_the_secrets() {
    let declaration = read(
        r#"
[project]
name = "shop"
tags = { project = "{project}", stage = "any", owner = "web team" }
required_tags = ["owner"]
naming = "/{environment}/[a-z/]+"

[environments.production]
store = "ssm"
tags = { stage = "{environment}" }
required_tags = ["stage"]

[environments.staging]
store = "secretsmanager"
naming = "staging[.].+"

[secrets.token]
env = "TOKEN"
tags = { owner = "billing", of = "{secret}" }
"#,
    );
    let (production, staging) = (&declaration.environments["production"], &declaration.environments["staging"]);
    let tags = declaration.tags_of(Some(&declaration.secrets["token"]), production);
    let tags: Vec<String> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(tags, ["of=token", "owner=billing", "project=shop", "stage=production"]);
    assert_eq!(declaration.required_tags_of(production).into_iter().collect::<Vec<_>>(), ["owner", "stage"]);
    assert_eq!(declaration.required_tags_of(staging).into_iter().collect::<Vec<_>>(), ["owner"]);
    assert_eq!(declaration.naming_of(production).unwrap().value, "^(?:/production/[a-z/]+)$");
    assert_eq!(declaration.naming_of(staging).unwrap().value, "^(?:staging[.].+)$");
}

#[test]
fn tags_that_aws_refuses_and_expressions_that_are_none_are_told() {
    insta::assert_snapshot!(refused(
        r#"
[project]
name = "shop"
tags = { "aws:x" = "a", key = "{enviroment}" }
required_tags = []
naming = "[a-z"
[environments.production]
store = "ssm"
"#
    ), @"
    sekisho.toml:4:11: `aws:x` in `project.tags` cannot be the key of a tag
      = use up to 128 letters, digits, blanks and `_.:/=+-@`; `aws:` in front is AWS's own
    sekisho.toml:4:32: `project.tags.key` is `{enviroment}`, which cannot be the value of a tag
      = use up to 256 letters, digits, blanks and `_.:/=+-@`; `{environment}`, `{project}` and `{secret}` are replaced
    sekisho.toml:5:17: `project.required_tags` is empty
      = write something there, or remove the key
    sekisho.toml:6:11: `project.naming` is no regular expression: `[a-z`
      = write one that the whole name in the store must match, such as `/{environment}/[a-z0-9/-]+`
    ");
}

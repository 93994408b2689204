//! Help and usage errors, as they are read.

use crate::world::World;

#[test]
fn help_tells_the_verbs() {
    let said = World::empty().run(&["--help"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(said.out, @"
    Proves before the deploy that every container on ECS will receive each of its secrets

    Usage: sekisho [OPTIONS] <VERB>

    Verbs:
      init         Draft a manifest from task-definition files
      check        Check the files of a tree, before any account is touched; needs no manifest
      verify       Check that every secret is there and can be handed to its container
      explain      Tell what a message of ECS means, or what a rule says
      run          Run a command with the environment that ECS would build
      secret       Look at secrets, and keep them: set, copy, compare, roll back
      can          Decide from files whether a principal may do something
      who-can      Tell who may read a secret, and through which statements
      generate     Write files that are right by construction
      local        The embedded AWS, for development and rehearsals; never for production
      schema       Print the JSON Schema of the manifest or of the JSON output
      completions  Print completions for a shell
      man          Print the manual page, or write all of them

    Options of every verb:
          --config <FILE>       The manifest [default: sekisho.toml, found upwards]
          --profile <PROFILE>   The profile of the AWS configuration
          --region <REGION>     The Region
          --endpoint-url <URL>  The endpoint of AWS; `local` is the embedded AWS
          --assume-role <ARN>   A role to assume first
          --allow-env           Let templates read this environment (`must_env`, `env`)
          --state <DIR>         Where the embedded AWS keeps its state
          --output <OUTPUT>     How to answer [default: text] [possible values: text, json, jsonl,
                                sarif, junit, github, markdown]
          --lang <LANG>         The language [default: that of the locale] [possible values: en, ja]
          --color <COLOR>       Whether to use colours [default: auto] [possible values: auto, always,
                                never]
      -q, --quiet               Say nothing on stderr but errors
      -v, --verbose             Say more on stderr
      -h, --help                Show help
      -V, --version             Show the version
    ");
}

#[test]
fn help_of_verify_tells_its_arguments() {
    let said = World::empty().run(&["verify", "--help"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(said.out, @"
    Check that every secret is there and can be handed to its container

    Usage: sekisho verify [OPTIONS] [ENV] [SERVICE]...

    Arguments:
      [ENV]         The environment, as the manifest names it
      [SERVICE]...  The services [default: all]

    Options:
          --task-definition <FILE>       Verify this task definition; no manifest is needed
          --live <CLUSTER/SERVICE>       Verify the service as it stands in ECS, with the revision that
                                         it runs; no manifest is needed
          --create                       Create what is missing; nothing that exists is touched
          --stdin                        With --create: read values from stdin (dotenv or JSON)
          --generate                     With --create: generate what has no other source
          --dry-run                      With --create: say what would be created, and write nothing
          --check-values                 Read every value: emptiness, placeholders, white space
          --no-roles                     Look at no role: that the execution role may read becomes an
                                         assumption
          --accept <ASSUMPTION>          Accept this assumption where the environment requires proofs
                                         without any; may be given several times
          --environment-file <ARN=FILE>  Read this file in place of the S3 object; ARN as in the task
                                         definition
          --agent-version <VERSION>      The oldest ECS agent of the cluster's instances, as in 1.37.0
          --fail-on <SEVERITY>           Fail on findings of this severity and above [default: warning]
                                         [possible values: note, warning, error]

    Options of every verb:
          --config <FILE>       The manifest [default: sekisho.toml, found upwards]
          --profile <PROFILE>   The profile of the AWS configuration
          --region <REGION>     The Region
          --endpoint-url <URL>  The endpoint of AWS; `local` is the embedded AWS
          --assume-role <ARN>   A role to assume first
          --allow-env           Let templates read this environment (`must_env`, `env`)
          --state <DIR>         Where the embedded AWS keeps its state
          --output <OUTPUT>     How to answer [default: text] [possible values: text, json, jsonl,
                                sarif, junit, github, markdown]
          --lang <LANG>         The language [default: that of the locale] [possible values: en, ja]
          --color <COLOR>       Whether to use colours [default: auto] [possible values: auto, always,
                                never]
      -q, --quiet               Say nothing on stderr but errors
      -v, --verbose             Say more on stderr
      -h, --help                Show help
    ");
}

#[test]
fn help_is_japanese_where_the_flag_says_so() {
    let said = World::empty().run(&["--lang", "ja", "--help"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    insta::assert_snapshot!(said.out, @"
    ECS の各コンテナが各シークレットを受け取れることを、デプロイの前に証明する

    使い方: sekisho [OPTIONS] <VERB>

    コマンド:
      init         タスク定義ファイルからマニフェストの下書きを作る
      check        アカウントに触れる前に、ツリー内のファイルを検査する（マニフェストは不要）
      verify       すべてのシークレットが存在し、コンテナに渡せることを確かめる
      explain      ECS のメッセージの意味、またはルールの説明を表示する
      run          ECS が組み立てるのと同じ環境変数でコマンドを実行する
      secret       シークレットを表示し、設定、コピー、比較、巻き戻しなどを行う
      can          プリンシパルに許可されているかどうかを、ファイルから判定する
      who-can      シークレットを誰がどのステートメントによって読み取れるかを調べる
      generate     正しく作られたファイルを書き出す
      local        開発とリハーサルのための組み込み AWS。本番には使えない
      schema       マニフェストまたは JSON 出力の JSON Schema を表示する
      completions  シェルの補完スクリプトを表示する
      man          マニュアルページを表示する。またはすべてをファイルに書き出す

    共通オプション:
          --config <FILE>       マニフェスト [既定値: 上位ディレクトリへ向かって見つかる sekisho.toml]
          --profile <PROFILE>   AWS 設定のプロファイル
          --region <REGION>     リージョン
          --endpoint-url <URL>  AWS のエンドポイント。`local` は組み込み AWS
          --assume-role <ARN>   最初に引き受けるロール
          --allow-env           テンプレートに環境変数を読ませる（`must_env`、`env`）
          --state <DIR>         組み込み AWS の状態を保存する場所
          --output <OUTPUT>     出力形式 [既定値: text] [指定できる値: text, json, jsonl, sarif, junit, github,
                                markdown]
          --lang <LANG>         言語 [既定値: ロケールの言語] [指定できる値: en, ja]
          --color <COLOR>       色を使うかどうか [既定値: auto] [指定できる値: auto, always, never]
      -q, --quiet               標準エラー出力にはエラーだけを表示する
      -v, --verbose             標準エラー出力に詳しく表示する
      -h, --help                ヘルプを表示する
      -V, --version             バージョンを表示する
    ");
}

#[test]
fn help_is_japanese_in_a_japanese_locale_and_english_where_the_flag_says_so() {
    let world = World::empty();
    let japanese = world.run_with(&["run", "--help"], &[("LC_ALL", "ja_JP.UTF-8")]);
    assert_eq!((japanese.code, japanese.err.as_str()), (0, ""));
    insta::assert_snapshot!(japanese.out, @"
    ECS が組み立てるのと同じ環境変数でコマンドを実行する

    使い方: sekisho run [OPTIONS] <ENV> <SERVICE> -- <CMD>...

    引数:
      <ENV>      環境
      <SERVICE>  サービス
      <CMD>...   コマンドとその引数（`--` の後に書く）

    オプション:
          --container <NAME>             コンテナ [既定値: 1 つしかなければそれ]
          --task-definition <FILE>       マニフェストのものに代えて使うタスク定義
          --clean                        その環境変数だけで実行する
          --allow-name <VARIABLE>        プロセスを乗っ取れる変数でも、ストアの値を設定することを許可する
          --environment-file <ARN=FILE>  S3 オブジェクトの代わりに読むファイル（ARN はタスク定義のとおり）
          --redact                       コマンドの出力に含まれるストアの値を伏せる

    共通オプション:
          --config <FILE>       マニフェスト [既定値: 上位ディレクトリへ向かって見つかる sekisho.toml]
          --profile <PROFILE>   AWS 設定のプロファイル
          --region <REGION>     リージョン
          --endpoint-url <URL>  AWS のエンドポイント。`local` は組み込み AWS
          --assume-role <ARN>   最初に引き受けるロール
          --allow-env           テンプレートに環境変数を読ませる（`must_env`、`env`）
          --state <DIR>         組み込み AWS の状態を保存する場所
          --output <OUTPUT>     出力形式 [既定値: text] [指定できる値: text, json, jsonl, sarif, junit, github,
                                markdown]
          --lang <LANG>         言語 [既定値: ロケールの言語] [指定できる値: en, ja]
          --color <COLOR>       色を使うかどうか [既定値: auto] [指定できる値: auto, always, never]
      -q, --quiet               標準エラー出力にはエラーだけを表示する
      -v, --verbose             標準エラー出力に詳しく表示する
      -h, --help                ヘルプを表示する
    ");
    let english = world.run_with(&["--lang=en", "run", "--help"], &[("LC_ALL", "ja_JP.UTF-8")]);
    assert!(english.out.starts_with("Run a command"), "{english:?}");
    assert_eq!(world.run_with(&["run", "--help"], &[("LC_ALL", ""), ("LANG", "ja_JP.UTF-8")]).out, japanese.out);
    assert_eq!(world.run_with(&["run", "--help"], &[("SEKISHO_LANG", "ja")]).out, japanese.out);
}

#[test]
fn a_command_behind_the_double_hyphen_does_not_choose_the_language() {
    let said = World::empty().run(&["run", "development", "api", "--", "--lang", "ja"]);
    assert!(said.err.starts_with("error: there is no `sekisho.toml`"), "{said:?}");
}

#[test]
fn the_version_is_told() {
    let said = World::empty().run(&["--version"]);
    assert_eq!((said.code, said.out.as_str()), (0, concat!("sekisho ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn an_unknown_verb_gets_a_suggestion() {
    let said = World::empty().run(&["verfy"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: there is no verb `verfy`
      did you mean `verify`?

    Usage: sekisho [OPTIONS] <VERB>
    More: sekisho --help
    ");
}

#[test]
fn an_unknown_argument_gets_a_suggestion_and_the_usage_of_its_verb() {
    let said = World::empty().run(&["verify", "development", "--check-value"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: there is no argument `--check-value` here
      did you mean `--check-values`?

    Usage: sekisho verify --check-values <ENV> [SERVICE]...
    More: sekisho verify --help
    ");
}

#[test]
fn usage_errors_are_japanese_too() {
    let world = World::empty();
    let said = |arguments: &[&str]| {
        let said = world.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}");
        said.err
    };
    insta::assert_snapshot!(said(&["--lang", "ja", "verfy"]), @"
    エラー: `verfy` というコマンドはありません
      `verify` の間違いではありませんか

    使い方: sekisho [OPTIONS] <VERB>
    詳細: sekisho --help
    ");
    insta::assert_snapshot!(said(&["verify", "development", "--check-value", "--lang", "ja"]), @"
    エラー: `--check-value` という引数は、ここでは使えません
      `--check-values` の間違いではありませんか

    使い方: sekisho verify --check-values <ENV> [SERVICE]...
    詳細: sekisho verify --help
    ");
    insta::assert_snapshot!(said(&["secret", "set", "--lang=ja"]), @"
    エラー: 必要な引数がありません: <ENV>, <SECRET>

    使い方: sekisho secret set --lang <LANG> <ENV> <SECRET>
    詳細: sekisho secret set --help
    ");
    insta::assert_snapshot!(said(&["verify", "development", "--fail-on", "never", "--lang=ja"]), @"
    エラー: `--fail-on <SEVERITY>` に指定された値は使えません（指定できる値: note, warning, error）

    使い方: sekisho [OPTIONS] <VERB>
    詳細: sekisho --help
    ");
}

#[test]
fn arguments_that_are_missing_too_many_or_at_odds_are_named() {
    let world = World::empty();
    let first_line = |arguments: &[&str]| {
        let said = world.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}");
        said.err.lines().next().unwrap().to_owned()
    };
    assert_eq!(first_line(&[]), "error: a verb is missing");
    assert_eq!(first_line(&["secret"]), "error: a verb is missing");
    assert_eq!(first_line(&["verify"]), "error: missing: <ENV>");
    assert_eq!(first_line(&["run", "development", "api"]), "error: missing: <CMD>...");
    assert_eq!(first_line(&["verify", "a", "--stdin"]), "error: missing: --create");
    assert_eq!(first_line(&["-q", "-v", "local", "status"]), "error: `--quiet` cannot be used together with `--verbose`");
    assert_eq!(
        first_line(&["verify", "a", "--fail-on", "never"]),
        "error: the value given for `--fail-on <SEVERITY>` is not allowed: it takes note, warning, error"
    );
}

#[test]
fn a_value_on_the_command_line_is_refused_and_not_repeated() {
    let said = World::shop().run(&["secret", "set", "development", "stripe/key", "sk_live_4242"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.err, @"
    error: there is an argument too many; values are never given on the command line

    Usage: sekisho secret set [OPTIONS] <ENV> <SECRET>
    More: sekisho secret set --help
    ");
}

#[test]
fn a_variable_stands_for_a_flag() {
    let world = World::shop();
    let said = world.run_with(&["secret", "list", "development"], &[("SEKISHO_OUTPUT", "json")]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.starts_with("{\n"), "{said:?}");
    let wrong = world.run_with(&["secret", "list", "development"], &[("SEKISHO_OUTPUT", "yaml")]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
}

#[test]
fn completions_are_written_for_each_shell() {
    let world = World::empty();
    for (shell, beginning, needle) in [
        ("bash", "_sekisho()", "--check-values"),
        ("zsh", "#compdef sekisho", "--check-values"),
        ("fish", "# Print an optspec", "-l check-values"),
    ] {
        let said = world.run(&["completions", shell]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell}");
        assert!(said.out.starts_with(beginning) && said.out.contains(needle), "{shell}: {}", said.out);
    }
}

#[test]
fn manual_pages_are_printed_and_written_one_for_each_verb() {
    let world = World::empty();
    let page = world.run(&["man"]);
    assert_eq!((page.code, page.err.as_str()), (0, ""));
    assert!(page.out.contains(".TH sekisho 1") && page.out.contains("Proves before the deploy"), "{}", page.out);
    assert!(world.run(&["man", "--lang", "ja"]).out.contains("デプロイの前に証明する"));
    std::fs::create_dir(world.path().join("man")).unwrap();
    let written = world.run(&["man", "man"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{written:?}");
    let mut names: Vec<String> =
        std::fs::read_dir(world.path().join("man")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    insta::assert_snapshot!(names.join("\n"), @"
    sekisho-can.1
    sekisho-check.1
    sekisho-completions.1
    sekisho-explain.1
    sekisho-generate-policy.1
    sekisho-generate.1
    sekisho-init.1
    sekisho-local-env.1
    sekisho-local-load.1
    sekisho-local-reset.1
    sekisho-local-save.1
    sekisho-local-seal.1
    sekisho-local-start.1
    sekisho-local-status.1
    sekisho-local.1
    sekisho-man.1
    sekisho-run.1
    sekisho-schema.1
    sekisho-secret-copy.1
    sekisho-secret-diff.1
    sekisho-secret-export.1
    sekisho-secret-get.1
    sekisho-secret-history.1
    sekisho-secret-import.1
    sekisho-secret-list.1
    sekisho-secret-remove.1
    sekisho-secret-restore.1
    sekisho-secret-rollback.1
    sekisho-secret-set.1
    sekisho-secret.1
    sekisho-verify.1
    sekisho-who-can.1
    sekisho.1
    ");
    let again = world.run(&["man", "man"]);
    assert_eq!(again.code, 2, "{again:?}");
    let verify = std::fs::read_to_string(world.path().join("man/sekisho-verify.1")).unwrap();
    assert!(verify.contains("check\\-values"), "{verify}");
}

#[test]
fn both_schemas_are_json_schemas() {
    let world = World::empty();
    for (of, title) in [("manifest", "sekisho.toml"), ("report", "sekisho verify|check --output json")] {
        let said = world.run(&["schema", of]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{of}");
        let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["title"].as_str().unwrap().contains(title), "{}", schema["title"]);
    }
    assert_eq!(world.run(&["schema"]).out, world.run(&["schema", "manifest"]).out);
}

# ファイルの問題点（メッセージ本文）と、その直し方（属性 `remedy`）。
# ファイル名、キー、語はバッククォートで囲む。引数にシークレットの値が入ることはない。

## すべてのファイル

file-large = `{ $file }` は、この種類のファイルの上限である { $limit } MiB を超えています
    .remedy = 目的のファイルかどうかを確認してください
file-many = ファイルの値が { $limit } 個を超えています。ここより後ろは読んでいません
    .remedy = これほど大きいタスク定義やテンプレートはありません。目的のファイルかどうかを確認してください
file-not-utf8 = ファイルの { $byte } バイト目は UTF-8 のテキストではありません
    .remedy = ファイルを UTF-8 で保存してください

## マニフェスト（sekisho.toml）

part-reason = { $reason ->
    [empty] 名前が空になります
    [character] { $count } 文字目の `{ $character }` は使えません
    [long] { $count } 文字あり、長すぎます
    [deep] 階層が { $count } 段あり、深すぎます
    [no-leading-slash] 途中に `/` がありますが、先頭にありません
    [empty-level] 途中に `//` があるか、末尾が `/` です
    [reserved] AWS が予約している `aws` または `ssm` で始まっています
   *[other] ストアがその名前を許していません
 }
part-store = { $store ->
    [ssm] パラメータストア
    [secretsmanager] Secrets Manager
   *[other] タスク定義
 }
part-type = { $expected ->
    [string] 文字列
    [boolean] 真偽値（`true` か `false`）
    [integer] 整数
    [array] リスト
    [object] オブジェクト
    [table] テーブル
   *[other] { $expected }
 }
part-policy = { $kind ->
    [identity] アイデンティティのポリシー
    [trust] 信頼ポリシー
    [boundary] アクセス許可の境界
    [session] セッションポリシー
    [scp] サービスコントロールポリシー
    [rcp] リソースコントロールポリシー
    [endpoint] エンドポイントのポリシー
   *[other] リソースのポリシー
 }
part-found = { $found ->
    [string] 文字列
    [boolean] 真偽値
    [integer] 整数
    [float] 小数
    [number] 数値
    [array] リスト
    [table] テーブル
    [object] オブジェクト
    [null] `null`
   *[other] { $found }
 }

manifest-account = `{ $key }` の `{ $text }` は AWS アカウント ID ではありません
    .remedy = 12 桁のアカウント ID を文字列で書いてください（例：`"123456789012"`）
manifest-account-needed = 保護された環境 `{ $environment }` は AWS に直接接続しますが、アカウントが指定されていません
    .remedy = 誤って別のアカウントを変更しないように、12 桁のアカウント ID を `account = "…"` で指定してください
manifest-arn = `{ $key }` の `{ $text }` は、パラメータやシークレットの ARN ではありません
    .remedy = 末尾に JSON キーなどを付けずに、`arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` または `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX` の形で完全な ARN を書いてください
manifest-container-name = `{ $key }` の `{ $text }` はコンテナ名として使えません
    .remedy = タスク定義にあるコンテナ名を書いてください（英数字、`-`、`_` で 255 文字まで）
manifest-duplicate-key = `{ $key }` が二重に定義されています（最初の定義は { $line } 行目）
    .remedy = どちらか一方だけを残すか、一つにまとめてください
manifest-empty = `{ $key }` が空です
    .remedy = 内容を書くか、キーごと削除してください
manifest-endpoint = `{ $key }` の `{ $text }` は、`local` でもループバックの URL でもありません
    .remedy = 組み込み AWS を使うなら `"local"`、または `"http://127.0.0.1:4566"` のような URL を書いてください。それ以外のエンドポイントは `--endpoint-url` でしか指定できません
manifest-every = `{ $key }` の `{ $text }` は、日数や週数として読めません
    .remedy = 1 日以上の日数か週数を整数で書いてください（例：`"30d"`、`"4w"`）
manifest-exclusive = `{ $table }` に `{ $first }` と `{ $second }` の両方がありますが、同時には指定できません
    .remedy = `{ $first }` か `{ $second }` のどちらか一方だけを残してください
manifest-json-key = `{ $key }` の `{ $text }` は、参照の JSON キーとして使えません
    .remedy = JSON オブジェクトのキーを書いてください。空にはできません。また、参照は `:` で区切られるため、`:` は使えません
manifest-kms-key = `{ $key }` の `{ $text }` は KMS キーを指していません
    .remedy = `alias/NAME`、キー ID、またはキーの ARN を書いてください
manifest-many-environments = 環境の数が { $limit } を超えています
    .remedy = 環境ごとにすべてのシークレットを調べるため、プロジェクトを分割してください
manifest-many-keys = マニフェストのキーが { $limit } 個を超えています。これより後ろは読んでいません
    .remedy = プロジェクトを分割するか、目的のファイルかどうかを確認してください
manifest-missing-key = { $inside ->
    [yes] `{ $table }` に `{ $key }` がありません
   *[no] `{ $key }` がありません
 }
    .remedy = { $inside ->
        [yes] `{ $table }` に `{ $key }` を追加してください
       *[no] テーブル `[{ $key }]` を追加してください
     }
manifest-name = `{ $key }` の `{ $text }` は名前として使えません（名前はコマンドに埋め込まれます）
    .remedy = 英小文字、数字、`-` だけを使い、先頭を `-` にしないでください
manifest-naming = `{ $key }` は正規表現ではありません: `{ $text }`
    .remedy = ストアでの名前全体に一致する正規表現を書いてください（例: `/{"{"}environment{"}"}/[a-z0-9/-]+`）
manifest-one-needed = `{ $table }` に `{ $first }` も `{ $second }` もないため、どのコンテナにも渡されません
    .remedy = 値全体を渡すなら `{ $first } = "VARIABLE"` を、JSON の値をキーごとに渡すなら `{ $second }` を追加してください
manifest-placeholder = `{ $key }` に不明なプレースホルダー `{"{"}{ $placeholder }{"}"}` があります
    .remedy = { $near ->
        [yes] `{"{"}{ $suggestion }{"}"}` の間違いではありませんか
       *[no] ここで使えるプレースホルダーは `{ $known }` です
     }
manifest-plaintext = 環境 `{ $environment }` はシークレットを平文で置こうとしていますが、それを許可していません
    .remedy = ストアを `ssm` か `secretsmanager` にしてください。開発用の環境に限り、`allow_plaintext = true` で許可できます
manifest-range = `{ $key }` が { $number } になっています
    .remedy = { $least } から { $most } までの数を書いてください
manifest-region = `{ $key }` の `{ $text }` はリージョンの形をしていません
    .remedy = `ap-northeast-1` のようなリージョンコードを書いてください
manifest-required-version = `{ $key }` の `{ $text }` はバージョンの条件として読めません
    .remedy = `>=`、`^`、`=` のいずれかに続けてバージョンを書いてください（例：`">=0.1"`）
manifest-rule = `{ $key }` の `{ $text }` はルールの ID にも名前にもなりません
    .remedy = 検出結果の重大度の後にある ID（`SEK0301` など）か、名前（`plaintext-secret` など）を書いてください
manifest-same-name = 環境 `{ $environment }` では、シークレット `{ $first }` と `{ $secret }` が{ part-store }で同じ名前 `{ $name }` になります
    .remedy = どちらかの論理名を変えるか、この環境での `name` を個別に指定してください
manifest-same-variable = { $inside ->
    [yes] サービス `{ $service }` のコンテナ `{ $container }` では、環境変数 `{ $variable }` が `{ $first }` と `{ $secret }` の両方から渡されます
   *[no] サービス `{ $service }` のコンテナでは、環境変数 `{ $variable }` が `{ $first }` と `{ $secret }` の両方から渡されます
 }
    .remedy = どちらかのシークレットで環境変数の名前を変えるか、別々のコンテナに渡してください
manifest-secret-name = `{ $key }` の `{ $text }` はシークレットの論理名として使えません
    .remedy = 英数字、`_`、`.`、`-` を使い、階層は一つの `/` で区切ってください（例：`database/password`）
manifest-secret-twice = サービス `{ $service }` は、同じコンテナにシークレット `{ $secret }` を二度指定しています
    .remedy = どちらか一方を削除してください
manifest-stored-name = 環境 `{ $environment }` では、シークレット `{ $secret }` の名前を{ part-store }が受け付けません：{ part-reason }
    .remedy = 論理名かパスのテンプレートを変えるか、この環境での `name` を個別に指定してください
manifest-syntax = { $reason ->
    [end] 記述の途中でファイルが終わっています
    [depth] テーブルやリストの入れ子が深すぎます
    [character-in-string] この文字列には使えない文字があります
    [escape] この文字列に TOML にはないエスケープがあります
    [unterminated-string] この文字列が閉じられていません
    [number] TOML の数値として読めません
    [redefined] すでに値や別の種類のテーブルとして定義されたものを定義し直しています
    [multiline-key] 複数行の文字列はキーにできません
    [unquoted-string] この文字列は引用符で囲まれていません
    [unexpected] ここに書けないものがあります
   *[other] TOML として読めません
 }
    .remedy = { $reason ->
        [escape] バックスラッシュは `\\` と書くか、文字列をシングルクォートで囲んでください
        [unterminated-string] 文字列を同じ行の中で閉じてください
        [unquoted-string] 文字列をダブルクォートで囲んでください。日付も文字列として書く必要があります
       *[other] 構文を直してください。これより後ろは読んでいません
     }
manifest-tag-key = `{ $key }` の `{ $text }` はタグのキーとして使えません
    .remedy = 128 文字以内の文字、数字、空白、`_.:/=+-@` を使ってください。`aws:` で始まるキーは AWS が予約しています
manifest-tag-value = `{ $key }` の `{ $text }` はタグの値として使えません
    .remedy = 256 文字以内の文字、数字、空白、`_.:/=+-@` を使ってください。`{"{"}environment{"}"}`、`{"{"}project{"}"}`、`{"{"}secret{"}"}` は置き換えられます
manifest-template-name = `{ $key }` からは正しい名前を作れません。{ part-store }が受け付けません：{ part-reason }
    .remedy = { $store ->
        [ssm] パラメータ名は、英数字、`_`、`.`、`-` からなる階層の前にそれぞれ `/` を付けて書きます
       *[other] シークレット名に使えるのは英数字と `/_+=.@-` です
     }
manifest-template-secret = `{ $key }` に `{"{"}secret{"}"}` がないため、すべてのシークレットが同じ名前になります
    .remedy = 論理名を入れる位置に `{"{"}secret{"}"}` を書いてください
manifest-type = `{ $key }` は{ part-type }でなければなりませんが、{ part-found }になっています
    .remedy = { part-type }を書いてください
manifest-unknown-environment = シークレット `{ $secret }` に環境 `{ $environment }` の設定がありますが、その環境は定義されていません
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] `[environments.{ $environment }]` を追加するか、この設定を削除してください
     }
manifest-unknown-key = { $inside ->
    [yes] `{ $table }` に不明なキー `{ $key }` があります
   *[no] 不明なキー `{ $key }` があります
 }
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] ここで使えるキーは `{ $known }` です
     }
manifest-unknown-secret = サービス `{ $service }` が使うシークレット `{ $secret }` は宣言されていません
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] `[secrets."{ $secret }"]` として宣言してください
     }
manifest-unknown-word = `{ $key }` に `{ $text }` は指定できません
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] 指定できるのは `{ $known }` です
     }
manifest-variable = `{ $key }` の `{ $text }` は環境変数の名前として使えません
    .remedy = 英数字と `_` だけを使い、先頭を数字にしないでください

## JSON：タスク定義と値のファイル

json-depth = オブジェクトやリストの入れ子が { $limit } 段を超えています
    .remedy = これほど深いタスク定義はありません。目的のファイルかどうかを確認してください
json-note-comment = ここにコメントがあります。JSON にコメントはないため、Sekisho は読みますが AWS CLI は受け付けません
    .remedy = コメントを削除してください
json-note-missing-comma = ここにカンマがありません。Sekisho は読み進めますが、AWS CLI はこのファイルを受け付けません
    .remedy = カンマを追加してください
json-note-trailing-comma = 最後の要素の後ろにカンマがあります。JSON では許されないため、Sekisho は読みますが AWS CLI は受け付けません
    .remedy = カンマを削除してください
json-syntax = { $reason ->
    [empty] ファイルに JSON がありません
    [number] JSON の数値として読めません
    [colon] キーの後ろに `:` がありません
    [value] `:` の後ろに値がありません
    [key] キーはダブルクォートで囲んだ文字列でなければなりません
    [comma] ここにカンマがありません
    [extra] JSON の終わりの後ろに余分なものがあります
    [single-quotes] 文字列はダブルクォートで囲む必要があります
    [escape] この文字列に JSON にはないエスケープがあります
    [unterminated-string] この文字列が閉じられていません
    [unterminated-array] このリストが閉じられていません
    [unterminated-object] このオブジェクトが閉じられていません
    [unterminated-comment] このコメントが閉じられていません
    [word] 引用符で囲まれていない語があります
    [placeholder] 引用符の外にプレースホルダーがあります
   *[unexpected] ここに書けないものがあります
 }
    .remedy = { $reason ->
        [word] ダブルクォートで囲んでください
        [placeholder] これを埋めるプログラムで先にファイルを生成し、生成されたファイルを指定してください
       *[other] 構文を直してください。このファイルからは何も読み取れていません
     }

## タスク定義

jsonnet = このファイルは Jsonnet です。実行して初めてタスク定義になりますが、Sekisho が自分から実行することはありません
    .remedy = `jsonnet FILE > task.json` などで生成し、生成されたファイルを指定してください
state-format = 形式 4 の Terraform state ではありません
    .remedy = `terraform state pull` が出力する state を指定してください
task-definition-none = このファイルにタスク定義はありません
    .remedy = タスク定義、`aws ecs describe-task-definition` の出力、コンテナ定義のリスト、またはタスク定義を含む CloudFormation テンプレートを指定してください
task-definition-several = このファイルにはタスク定義が { $count } 個あり、どれを使うのか判断できません（ここが最後の定義です）
    .remedy = 使うものだけを別のファイルにするか、すべてを読む `sekisho check` を使ってください
yaml-syntax = ここから先を YAML として読めません
    .remedy = 構文を直してください。このファイルからは何も読み取れていません

## ポリシードキュメント

policy-action = `{ $path }` の `{ $text }` はアクションではありません
    .remedy = `ssm:GetParameters` のように、サービスのプレフィックス、コロン、アクション名の順に書くか、`*` だけを書いてください
policy-character = `{ $path }` に、IAM が受け付けない文字 { $code } があります
    .remedy = 使えるのは、タブ、改行、復帰と、U+0020 から U+00FF までの文字だけです
policy-duplicate-key = { $inside ->
    [yes] `{ $path }` に `{ $key }` が二つあります
   *[no] ポリシーに `{ $key }` が二つあります
 }
    .remedy = 一つにまとめてください。JSON として読むと片方だけが採用され、もう片方は黙って無視されます
policy-effect = `{ $path }` が `{ $text }` になっています
    .remedy = `Allow` か `Deny` を、大文字と小文字もこのとおりに書いてください
policy-exclusive = `{ $path }` に `{ $first }` と `{ $second }` の両方があります
    .remedy = どちらか一方を残すか、ステートメントを二つに分けてください
policy-missing = { $inside ->
    [yes] `{ $path }` に `{ $key }` がありません
   *[no] ポリシーに `{ $key }` がありません
 }
    .remedy = { $key ->
        [Effect] `"Effect": "Allow"` か `"Effect": "Deny"` を追加してください
        [Statement] ステートメントのリスト `"Statement"` を追加してください
        [Action] `Action` か `NotAction` を追加してください
        [Resource] `Resource` か `NotResource` を追加してください。すべてを指すなら `"*"` と書きます
       *[other] この種類のポリシーには誰が対象かの指定が必要なため、`{ $key }` を追加してください
     }
policy-none = これはポリシードキュメントではありません
    .remedy = `Version` と `Statement` を持つオブジェクトを指定してください
policy-not-here = `{ $path }` は{ part-policy }には書けません
    .remedy = { $key ->
        [Resource] 対象はアタッチ先のロールに決まっているため、削除してください
        [NotResource] 対象はアタッチ先のロールに決まっているため、削除してください
        [NotPrincipal] 対象を `Principal` に列挙するか、`aws:PrincipalArn` の条件を使ってください
       *[other] 対象はアタッチ先に決まっているため、削除してください
     }
policy-not-principal-allow = `{ $path }` が許可のステートメントにあります
    .remedy = 許可する相手を `Principal` に書いてください。`NotPrincipal` は拒否にしか使えません
policy-operator = `{ $path }` の `{ $text }` は条件演算子ではありません
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] `StringEquals` や `ArnLike` など、IAM のガイドにある演算子を、大文字と小文字もそのとおりに書いてください
     }
policy-principal = { $reason ->
    [empty] `{ $path }` に空のプリンシパルがあります
    [wildcard] `{ $path }` の `{ $text }` は、プリンシパルの一部がワイルドカードになっています
   *[other] `{ $path }` の `{ $text }` はプリンシパルではありません
 }
    .remedy = { $reason ->
        [wildcard] プリンシパルを一つずつ書くか、`"*"` と書いて `aws:PrincipalArn` の条件を付けてください
        [bare] `{"{"}"AWS": "…"{"}"}` や `{"{"}"Service": "…"{"}"}` のように、種類の下に書いてください。単独で書けるのは `"*"` だけです
       *[other] アカウント ID、ユーザー・ロール・セッションの ARN、または `"*"` を書いてください
     }
policy-rcp-allow = `{ $path }` は許可していますが、リソースコントロールポリシーでは許可できません
    .remedy = してはならないことを拒否するステートメントにしてください。許可できるのは、すべてを許可する AWS の `RCPFullAWSAccess` だけです
policy-rcp-principal = リソースコントロールポリシーの `{ $path }` が特定の相手を指しています
    .remedy = `"Principal": "*"` と書き、相手は条件で絞り込んでください
policy-resource = { $short ->
    [yes] `{ $path }` の `{ $text }` は ARN の六つの部分がそろっておらず、セッションポリシーでは使えません
   *[no] `{ $path }` の `{ $text }` は ARN でも `*` でもありません
 }
    .remedy = `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` のような完全な ARN か、`*` を書いてください
policy-sid = `{ $path }` の `{ $text }` に英数字以外の文字があります
    .remedy = 英大文字、英小文字、数字だけを使ってください
policy-sid-twice = 二つのステートメントの `Sid` が同じ `{ $text }` になっています（`{ $path }`）
    .remedy = どちらかを変えるか、削除してください
policy-type = { $inside ->
    [yes] `{ $path }` は{ part-type }でなければなりませんが、{ part-found }になっています
   *[no] ポリシーは{ part-type }でなければなりませんが、{ part-found }になっています
 }
    .remedy = { part-type }を書いてください
policy-unknown-key = { $inside ->
    [yes] `{ $path }` に不明なキー `{ $key }` があります
   *[no] ポリシーに不明なキー `{ $key }` があります
 }
    .remedy = { $near ->
        [yes] `{ $suggestion }` の間違いではありませんか
       *[no] AWS に拒否されるため、削除してください
     }
policy-version = `Version` が `{ $text }` になっています
    .remedy = `2012-10-17` と書いてください。これはお使いのポリシーの版ではなく、ポリシー言語の版です

## アカウントの認可の詳細

account-details-none = アカウントの認可の詳細ではありません
    .remedy = `aws iam get-account-authorization-details --output json` の出力を指定してください

## 一括の問い合わせ

question-duplicate = `{ $path }` が 2 回書かれています
    .remedy = 一方を残してください。JSON を読むプログラムは片方だけを採用し、もう一方を黙って無視します
question-missing = `{ $path }` がありません
    .remedy = 追加してください
question-policy = `{ $path }` は AWS が保存を受け付けるポリシーではありません
    .remedy = 指摘された点を直してください
question-type = `{ $path }` は{ $expected ->
    [string] 文字列
    [object] オブジェクト
    [list] リスト
    [values] 文字列、真偽値、数値、それらのリスト、または null
    [principal] ARN、サービス名、または {"{"}"type": "Anonymous"{"}"}
   *[short] 16 MiB 未満
 }でなければなりません
    .remedy = 正しい形で書いてください
question-unknown = `{ $path }` という項目はありません
    .remedy = `{ $suggestion }` の間違いではありませんか

## ECS の環境ファイル

environment-file-long-line = この行は 65,535 バイトを超えています。ECS エージェントはこれより長い行を読めず、タスクは起動しません
    .remedy = 値をシークレットに移すか、コンテナ自身が読むファイルに移してください

## `check` のベースライン

baseline-form = このファイルは `check` のベースラインではありません
    .remedy = `sekisho check --baseline FILE --write-baseline` で書き出してください
baseline-newer = このベースラインのバージョン { $version } は、この Sekisho では扱えません
    .remedy = 書き出した新しい Sekisho を使うか、この Sekisho で書き直してください

## 値のファイル：dotenv と JSON

values-duplicate = `{ $name }` が二重に定義されています（最初の定義は { $line } 行目）
    .remedy = どちらの値を使うのか判断できないため、一方を削除してください
values-escape = `{ $name }` の値に、エスケープの必要がない文字の前のバックスラッシュがあります
    .remedy = バックスラッシュは `\\` と書くか、何も置き換えられないシングルクォートで値を囲んでください
values-name = `=` の前が環境変数の名前になっていません
    .remedy = 英数字と `_` だけを使い、先頭を数字にせず、`=` の前に空白を入れないでください。複数行の値は引用符で囲む必要があります
values-no-assignment = この行は `NAME=VALUE` でもコメントでもありません
    .remedy = `NAME=VALUE` の形で書いてください。複数行の値は引用符で囲む必要があります
values-not-flat = 名前と文字列だけからなる JSON オブジェクトではありません
    .remedy = `{"{"}"NAME": "value"{"}"}` のようなオブジェクトを書いてください
values-nul = `{ $name }` の値に、環境変数に入れられない NUL 文字があります
    .remedy = 取り除くか、Base64 などで値を符号化してください
values-trailing = `{ $name }` の閉じ引用符の後ろに余分なものがあります
    .remedy = 値全体を引用符で囲み、コメントの前には空白を入れてください
values-type = `{ $name }` の値は文字列でなければなりませんが、{ part-found }になっています
    .remedy = ダブルクォートで囲んでください
values-unterminated = `{ $name }` の値を開く引用符が閉じられていません
    .remedy = 引用符を閉じるか、引用符を含む値はもう一方の種類の引用符で囲んでください
values-yaml-alias = ここにアンカー、エイリアス、またはタグがあります。値のファイルでは使えません
    .remedy = 値そのものを引用符で囲んで書いてください
values-yaml-many = 名前、値、括弧の数が { $limit } を超えています
    .remedy = ファイルを分割してください
values-yaml-plain = `{ $name }` の値は、YAML では文字列以外のものと解釈されることがあります
    .remedy = 引用符で囲んでください
values-yaml-syntax = YAML として正しくありません
    .remedy = 値を引用符で囲み、字下げを確認してください

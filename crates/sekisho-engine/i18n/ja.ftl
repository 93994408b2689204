# 検出結果の文言。本文は何がどこにあるか、.remedy はどうすればよいかを述べる。
malformed-secret-reference = シークレット参照のアカウント以降がコロン区切りで { $found } 個あります。ECS が受け付けるのは 2 個（ARN のみ）か 5 個（json-key、version-stage、version-id 付き）だけです。登録は通りますが、タスクは起動しません
    .remedy = { $instead ->
        [none] ARN だけを書くか、空の部分を空のまま残して `…:secret:NAME-AbCdEf:JSON-KEY:VERSION-STAGE:VERSION-ID` と書いてください。コロンを含む JSON キーは参照できません
       *[other] `{ $instead }` と書いてください
    }
malformed-secret-reference-resource = Secrets Manager の ARN のアカウント以降が `{ $part }` となっており、`secret:` で始まっていません
    .remedy = `aws secretsmanager describe-secret` が表示する ARN をそのまま使ってください
malformed-secret-reference-empty = `secret:` の後のシークレット ID が空です
    .remedy = `aws secretsmanager describe-secret` が表示する ARN をそのまま使ってください
malformed-secret-reference-character = シークレット ID に、シークレット名には使えない文字 { $character } が含まれています
    .remedy = `aws secretsmanager describe-secret` が表示する ARN をそのまま使ってください
invalid-parameter-name = パラメータ名に { $character } が含まれています。タスク定義の登録が拒否されます
    .remedy = パラメータ名に使えるのは英数字と `_.-/` だけです。Secrets Manager のシークレットなら ARN を書いてください
invalid-parameter-name-space = パラメータ名の前後に空白があります
    .remedy = `{ $instead }` と書いてください
invalid-parameter-name-long = 名前が { $length } 文字あり、上限を超えています
    .remedy = 短くしてください
invalid-parameter-name-slash = `{ $text }` は途中に `/` がありますが先頭にありません。登録は通りますが、この名前のパラメータは存在できません
    .remedy = `{ $instead }` と書いてください
invalid-parameter-name-level = `{ $text }` に空の階層があります。この名前のパラメータは存在できません
    .remedy = { $instead ->
        [none] Parameter Store に表示される名前を書いてください
       *[other] `{ $instead }` と書いてください
    }
invalid-parameter-name-reserved = `{ $text }` は AWS が予約している `aws` または `ssm` で始まっています。この名前のパラメータは存在できません
    .remedy = 別の名前にしてください
invalid-parameter-name-deep = `{ $text }` の階層が 15 を超えています。この名前のパラメータは存在できません
    .remedy = 階層を浅くしてください
invalid-parameter-name-limit = `{ $text }` は Parameter Store が保持できる長さを超えています
    .remedy = 短くしてください
parameter-version-selector = `:{ $selector }` はパラメータのバージョンを指定する書き方ですが、ECS は対応していません。タスク定義の登録が拒否されます
    .remedy = `{ $instead }` と書いてください。ECS は常に最新バージョンを使います
parameter-version-selector-arn = パラメータの ARN の後に `:{ $selector }` があります。ECS がこれをどう扱うかは確認されていません
    .remedy = `{ $instead }` と書いてください。ECS は常に最新バージョンを使います
secret-name-without-arn = キーの付いた `{ $name }` は Secrets Manager のシークレットのように見えますが、ECS は ARN でないものをすべてパラメータ名とみなし、コロンを拒否します
    .remedy = キーの前にシークレットの完全な ARN を書いてください: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:{ $name }-AbCdEf:KEY::`
unrendered-template = `{ $placeholder }` がまだ置き換えられていません。ECS に渡る値は分かりません
    .remedy = 展開後のファイルか、`aws ecs describe-task-definition` の出力を指定してください
broken-arn = `arn:` で始まっていますが、ARN の 6 つの部分のうち { $found } 個しかありません（{ $missing } がありません）
    .remedy = ARN は `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` の形です。パラメータなら名前だけでも書けます
broken-arn-service = `{ $service }` の ARN です。ECS がシークレットを読むのは Parameter Store（`ssm`）と Secrets Manager（`secretsmanager`）だけです
    .remedy = パラメータかシークレットの ARN を書いてください
broken-arn-region = ARN の `{ $found }` はリージョンではありません
    .remedy = `ap-northeast-1` のようなリージョンを書いてください
broken-arn-account = ARN の `{ $found }` はアカウント ID ではありません
    .remedy = 12 桁のアカウント ID を書いてください
broken-arn-partition = ARN のパーティションは `{ $found }` ですが、リージョンは `{ $expected }` のものです
    .remedy = `arn:{ $expected }:…` と書いてください
parameter-arn-slash = ARN の `{ $part }` は、`parameter/` に先頭のスラッシュを除いた名前を続けた形でなければなりません
    .remedy = { $instead ->
        [none] `…:parameter/NAME` と書いてください
       *[other] `{ $instead }` と書いてください
    }
foreign-parameter = パラメータはアカウント `{ $there }`、タスクは `{ $here }` のものです。この組み合わせは登録時に拒否されてきました（"Cross-account access for ARNs is not currently supported"）
    .remedy = 値を `{ $here }` のパラメータに置くか、アカウント間で共有できる Secrets Manager に置いてください
foreign-region = 参照先は `{ $there }`、タスクの実行場所は `{ $here }` です
    .remedy = タスクのネットワークから `{ $there }` に到達できることを確認してください。インターフェイスエンドポイントは同じリージョンにしか届きません
foreign-partition = 参照先はパーティション `{ $there }`、タスクは `{ $here }` です。認証情報はパーティションをまたげません
    .remedy = シークレットを `{ $here }` に置いてください
partial-secret-arn = ARN に Secrets Manager が付ける 6 文字がありません{ $complete ->
        [none] {""}
       *[other] （完全な ARN は `{ $complete }`）
    }
    .remedy = { $complete ->
        [none] `aws secretsmanager describe-secret` が表示する完全な ARN を書いてください
       *[other] 完全な ARN を書いてください。ロールのポリシーには完全な ARN（または `-??????`）がいずれにせよ必要です
    }
partial-secret-arn-read-as-complete = `{ $text }` は完全な ARN のような終わり方をしていますが、実際は `{ $complete }` の名前です。Secrets Manager は完全な ARN とみなして見つけられず、ECS では AccessDenied と表示されることがあります
    .remedy = `{ $complete }` と書いてください
version-id-form = バージョン ID の位置に `{ $found }` があります。バージョン ID は 32〜64 文字です。タスクは起動しません
    .remedy = { $instead ->
        [none] `aws secretsmanager list-secret-version-ids` のバージョン ID を書くか、空にしてください
       *[other] ステージは 1 つ前の位置です。`{ $instead }` と書いてください
    }
version-id-form-stage = ステージの位置にある `{ $part }` はバージョン ID のように見えます
    .remedy = バージョン ID は最後の位置に書きます: `…:KEY::VERSION-ID`
version-id-form-both = ステージとバージョン ID の両方があります。そのバージョンがそのステージを持つ間しか動きません
    .remedy = どちらかを空にしてください
json-key-form = JSON キー `{ $key }` はパスのように見えますが、ECS はその文字列そのものを 1 つのキー名として扱います
    .remedy = 最上位のキーを参照してください
json-key-form-space = { $where } の前後に空白があり、空白も値の一部として扱われます
    .remedy = 空白を取り除いてください
registry-credentials-form = レジストリ認証情報はシークレット全体を使います。ARN の後の部分は読まれません
    .remedy = `{ $instead }` と書いてください。シークレットは `username` と `password` を持つ JSON オブジェクトです
registry-credentials-form-parameter = レジストリ認証情報は Secrets Manager からのみ読まれ、パラメータは使えません
    .remedy = `username` と `password` をシークレットに入れ、その ARN を書いてください
missing-parameter = パラメータ `{ $name }` は { $region } に存在しません
    .remedy = 作成する（`sekisho verify … --create`）か、名前またはリージョンを直してください
missing-parameter-root = パラメータ `{ $name }` は { $region } に存在しませんが、`/{ $name }` は存在します。この ARN で ECS がどちらを読むかは確認されていません
    .remedy = 名前で参照するか、階層の下に移してください
missing-secret = シークレット `{ $id }` は { $region } に存在しません
    .remedy = 作成する（`sekisho verify … --create`）か、名前・サフィックス・リージョン・アカウントを直してください。作り直したシークレットはサフィックスが変わります
secret-pending-deletion = シークレット `{ $name }` は削除が予定されており（{ $since }）、もう読み取れません
    .remedy = `aws secretsmanager restore-secret --secret-id { $name }` を実行するか、別のシークレットを参照してください
missing-secret-version = シークレット `{ $name }` にステージ `{ $stage }` のバージョンがありません。ECS ではシークレットが見つからないと表示されます
    .remedy = 値を設定する（`sekisho secret set` または `sekisho verify … --create`）か、存在するステージを指定してください
missing-secret-version-id = シークレット `{ $name }` にバージョン `{ $version }` がありません
    .remedy = `aws secretsmanager list-secret-version-ids --secret-id { $name }` にあるバージョンを指定してください
missing-secret-version-both = シークレット `{ $name }` のバージョン `{ $version }` はステージ `{ $stage }` を持っていません
    .remedy = ステージかバージョン ID のどちらかを空にしてください
missing-json-key = シークレットに JSON キー `{ $key }` がありません
    .remedy = シークレットの値にキーを追加する（`sekisho secret set --key { $key }`）か、参照を直してください
missing-json-key-case = シークレットに JSON キー `{ $key }` はありませんが、`{ $near }` があります。大文字と小文字は区別されます
    .remedy = `{ $near }` と書いてください
secret-not-json = JSON キー `{ $key }` が参照されていますが、値は JSON オブジェクトではありません: "{ $error }"
    .remedy = キー `{ $key }` を持つ JSON オブジェクトを保存するか、シークレット全体を参照してください
binary-secret = シークレットがバイナリ（SecretBinary）です。コンテナの変数は空になり、理由はどこにも表示されません
    .remedy = 値を文字列として保存してください
binary-secret-key = バイナリ（SecretBinary）のシークレットに JSON キーが指定されています。エージェントは読み取れず、停止するおそれがあります
    .remedy = 値を JSON 文字列として保存してください
json-value-rendering = JSON キー `{ $key }` の値は、ECS が指数表記（100 万なら `1e+06`）で渡す数値です
    .remedy = 引用符で囲んだ JSON 文字列として保存してください
json-value-rendering-number = JSON キー `{ $key }` の値は、書かれた形と異なる形（`1.10` なら `1.1`）で ECS が渡す数値です
    .remedy = 引用符で囲んだ JSON 文字列として保存してください
json-value-rendering-null = JSON キー `{ $key }` の値が null です。コンテナには `<nil>` という 5 文字が渡ります
    .remedy = 文字列を保存してください
json-value-rendering-structure = JSON キー `{ $key }` の値は { $kind } です。コンテナには JSON ではなく Go の表記（`map[a:1]`、`[1 2]`）が渡ります
    .remedy = JSON 文字列として保存するか、シークレット全体を参照してください
empty-value = 値が空です。コンテナは空の変数のまま起動します
    .remedy = 値を保存してください
placeholder-value = 値が、置き換え忘れた仮の値のように見えます
    .remedy = 本当の値を保存してください
empty-value-from = `valueFrom` が空です
    .remedy = 値を埋めるはずの手順を確認してください
foreign-secret = シークレットはアカウント `{ $there }`、タスクは `{ $here }` のものです
    .remedy = シークレットのリソースポリシー、実行ロールのポリシー、ロールを許可するカスタマーマネージドキーが必要です
foreign-secret-aws-key = シークレットはアカウント `{ $there }` の AWS マネージドキーで暗号化されており、`{ $here }` のロールでは復号できません
    .remedy = 実行ロールに復号を許可したカスタマーマネージドキーで暗号化してください
white-space-around-value = 値の前後に空白または改行があり、そのままコンテナに渡ります
    .remedy = 取り除いて保存してください。`echo` は改行を付けますが、`printf %s` は付けません
registry-credentials-content = レジストリ認証情報が JSON オブジェクトではありません: "{ $error }"
    .remedy = `username` と `password` を持つ JSON オブジェクトを保存してください
registry-credentials-content-key = レジストリ認証情報の `{ $key }` に文字列がありません
    .remedy = 空でない文字列の `username` と `password` を持つ JSON オブジェクトを保存してください
volume-credentials-secure-string = FSx ボリュームの認証情報が SecureString にありますが、エージェントは復号せずに読み取ります
    .remedy = Secrets Manager に保存してください
plaintext-secret = `{ $name }` はシークレットとして宣言されていますが、`environment` に平文で書かれています
    .remedy = ストアに保存し、`secrets` から参照してください
plaintext-secret-allowed = `{ $name }` は `environment` に平文で書かれています（{ $environment } では許可されています）
    .remedy = 他の人が見る可能性がある場所ではストアを使ってください
plaintext-secret-detected = `environment` の `{ $name }` に{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = ストアに保存し、`secrets` から参照してください。すでに見た人がいるかもしれないので、新しい値に変えてください
plaintext-in-command = `{ $place }` に{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = ストアに保存して `secrets` から参照し、コマンドでは変数を読んでください。すでに見た人がいるかもしれないので、新しい値に変えてください
plaintext-in-label = ラベル `{ $name }` に{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = ラベルから取り除き、読む側では変数かストアを使ってください。値は新しくしてください
plaintext-in-health-check = ヘルスチェックのコマンドに{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = `CMD-SHELL` 形式のチェックで `secrets` の変数を使い、シークレットを新しくしてください
plaintext-in-log-option = ログオプション `{ $name }` に{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = ストアに保存し、同じ名前で `secretOptions` から参照してください。値は新しくしてください
credential-in-url = { $name ->
    [none] `{ $place }`
   *[other] `{ $place }` の `{ $name }`
} の URL または接続文字列にパスワードが入っています{ suspicion-allowed }
    .remedy = URL 全体をストアに保存して `secrets` から参照するか、プログラムの中で組み立ててください。パスワードは新しくしてください
plaintext-in-environment-file = 環境変数ファイルの `{ $name }` に{ suspicion-kind }が平文で書かれています{ suspicion-allowed }
    .remedy = ストアに保存し、`secrets` から参照してください（ファイルより優先されます）。値は新しくしてください
placeholder-in-definition = `{ $place }` の `{ $name }` は仮の値のままです。ECS は何も埋めないので、コンテナにはこの文字列がそのまま渡ります
    .remedy = 値をストアに保存し、`secrets` から参照してください。テンプレートで埋める場合は、展開済みのファイルを Sekisho に渡してください
secret-and-environment-clash = `{ $name }` が同じコンテナの `secrets` と `environment` の両方にあります。タスク定義の登録が拒否されます
    .remedy = `environment` から取り除いてください
duplicate-secret-name = `{ $name }` が同じコンテナの `secrets` に 2 回あります
    .remedy = 片方を取り除いてください
missing-execution-role = タスク定義にシークレットがあるのに `executionRoleArn` がありません。登録が拒否されます
    .remedy = シークレットを読み取る実行ロールを追加してください
declared-secret-not-wired = `{ $name }` は宣言されています（シークレット `{ $secret }`）が、タスク定義から参照されていません。コンテナには渡りません
    .remedy = コンテナの `secrets` に `{ $name }` を追加するか、マニフェストから取り除いてください
declared-secret-not-wired-container = `{ $name }` はコンテナ `{ $container }` 向けに宣言されていますが、タスク定義にそのコンテナがありません
    .remedy = マニフェストのコンテナ名を直してください
reference-differs-from-declaration = `{ $name }` の参照先 `{ $text }` は、マニフェストが `{ $secret }` について宣言しているものと異なります
    .remedy = タスク定義かマニフェストを直してください
s3-object-not-looked-up = ECS は S3 の `{ $text }` も読みますが、ここでは確認していません
    .remedy = 存在することと、実行ロールが読めることを確認してください
plain-string-parameter = パラメータ `{ $name }` の型は { $kind } です。お使いのキーで暗号化されていません
    .remedy = SecureString として保存してください
unusable-key = KMS キー `{ $key }` の状態は { $state } です。誰も値を復号できません
    .remedy = キーを有効にするか削除を取り消してください。できなければ別のキーで保存し直してください
unusable-key-absent = KMS キー `{ $key }` は存在しません
    .remedy = 別のキーで保存し直してください
customer-key-required = { $environment } ではカスタマーマネージドキーが必須ですが、値がそのキーで暗号化されていません
    .remedy = お使いのキー（マニフェストの `kms_key`）で保存し直してください
rotation-required = { $environment } ではローテーションが必須ですが、シークレット `{ $name }` では無効です
    .remedy = ローテーションを有効にしてください
rotation-required-parameter = { $environment } ではローテーションが必須ですが、Parameter Store にはその機能がありません
    .remedy = Secrets Manager に保存してください
not-observed = { $what ->
        [parameter] パラメータ
        [secret] シークレット
        [value] 値
       *[key] KMS キー
    }を確認できませんでした: { $reason ->
        [denied] 呼び出す権限がありません（{ $call }: { $detail }）
        [throttled] AWS のスロットリングが続いています（{ $call }）
        [unreachable] { $call }: { $detail }
        [refused] { $call }: { $detail }
        [key-unusable] キーを使えません（{ $call }: { $detail }）
       *[other] { $detail }
    }
    .remedy = { $reason ->
        [denied] この呼び出しの権限を得るか、別のプロファイルを使ってください。実行ロールについては何も分かりません
        [throttled] 時間をおいて再実行してください
        [unreachable] ネットワーク、エンドポイント、リージョンを確認してください
        [key-unusable] キーの状態とポリシーを確認してください
       *[other] AWS のメッセージを確認してください
    }
not-observed-nowhere = リージョンまたはアカウントが分からないため、どこを確認すればよいか分かりません
    .remedy = `--region` でリージョンを、またはマニフェストでアカウントを指定してください
not-observed-way-through = Parameter Store 経由でシークレットを参照しています。ECS がこれを解決することは文書化されていません
    .remedy = シークレット自身の ARN で参照してください
not-observed-plaintext = `{ $name }` はタスク定義に平文で書かれるものですが、タスク定義が指定されていません
    .remedy = マニフェストでサービスのタスク定義を指定するか、ストアを選んでください
unreadable-leaf = { $reason ->
    [unrendered] ここには `{ $found }` とあり、別のプログラムかデプロイ時に埋められます。まだ何も分かりません
   *[other] { $found ->
        [nothing] `{ $expected }` がありません
        [twice] キー `{ $expected }` が 2 回あります
        [other-case] キー `{ $expected }` の大文字と小文字が違います
        [value] `valueFrom` が必要な場所に `value` があります
        [valueFrom] `value` が必要な場所に `valueFrom` があります
       *[other] { $expected } 型が必要な場所に { $found } 型の値があります
    }
}
    .remedy = { $reason ->
        [unrendered] レンダリングまたはデプロイされたものを検査してください。テンプレートのリージョンは `--region` で指定できます
       *[other] ファイルを直してください。このままでは ECS に拒否されます
    }
nul-in-value = 値に NUL 文字が含まれています。環境変数には入れられないため、コンテナが作成されません
    .remedy = NUL を除いて保存してください。バイナリは base64 のテキストとして保存できます
mixed-accounts = 参照先はアカウント `{ $there }` ですが、この定義自身の ARN や他の参照の多くは `{ $here }` のものです
    .remedy = アカウント `{ $here }` の ARN を書いてください。別アカウントが意図どおりなら、シークレットにリソースポリシーとカスタマーマネージドキーが必要です
mixed-accounts-parameter = パラメータはアカウント `{ $there }` のものですが、この定義自身の ARN や他の参照の多くは `{ $here }` のものです。他アカウントのパラメータは登録時に拒否されてきました
    .remedy = アカウント `{ $here }` の ARN か、パラメータ名だけを書いてください
mixed-accounts-role = `{ $what }` はアカウント `{ $there }` のものですが、定義は `{ $here }` のものです。別アカウントのロールはタスクに渡せません
    .remedy = アカウント `{ $here }` のロールを指定してください
mixed-regions = 参照先は `{ $there }` ですが、この定義の他のものはすべて `{ $here }` にあります
    .remedy = `{ $here }` の ARN を書いてください。`{ $there }` が意図どおりなら、タスクのネットワークから到達できることを確認してください
mixed-partitions = `{ $what }` はパーティション `{ $there }`、定義の他の部分は `{ $here }` にあります。一方の認証情報は他方では使えません
    .remedy = すべてを同じパーティションに置いてください
resolve-in-value-from = `{ $placeholder }` は CloudFormation の記法です。テンプレートの外では置き換えられず、タスク定義の登録が拒否されます
    .remedy = パラメータ名かシークレットの ARN を書いてください
resolve-in-value-from-template = CloudFormation は `{ $placeholder }` をシークレットの値に置き換えます。ECS はその値を名前として探し、値はタスク定義を読める全員に見えます
    .remedy = シークレット自身を参照してください: `!Ref NAME`、JSON キーなら `!Sub "${"{"}NAME{"}"}:KEY::"`
resolve-in-value-from-parameter = CloudFormation は `{ $placeholder }` をパラメータの値に置き換えます。それがシークレットの名前かどうかは、ここでは分かりません
    .remedy = パラメータがシークレットそのものなら、代わりにその名前を書いてください
volume-credentials-form = `{ $text }` は ARN ではありません。FSx のボリュームでは、パラメータかシークレットの ARN だけが使えます
    .remedy = 完全な ARN を書いてください
variable-name = `{ $name }` という名前の変数はシェルから使えません
    .remedy = プログラム自身がこの名前を必要としない限り、英数字と `_` だけを使い、数字で始めないでください
variable-name-none = { $name ->
        [none] 変数に名前がありません
       *[other] `{ $name }` は変数の名前になりません
    }
    .remedy = 英数字と `_` を使ってください
execution-role-is-task-role = `{ $role }` が実行ロールとタスクロールを兼ねています。コンテナ内のプログラムが、定義のすべてのシークレットをいつでも読めます
    .remedy = シークレットの権限を持たない専用のタスクロールを使ってください
shadowed-environment-file = 環境ファイル `{ $file }` の `{ $name }` はコンテナに届きません: { $by ->
        [secrets] `secrets` に同じ名前があります
        [environment] `environment` に同じ名前があります
       *[file] 前のファイルに同じ名前があります
    }
    .remedy = どちらかを消してください
platform-version-too-old = { $feature ->
        [json-key] JSON キー・ステージ・バージョン ID
        [environment-file] 環境ファイル
        [registry-credentials] レジストリの認証情報
        [secret-option] ログオプションのシークレット
       *[other] シークレット
    }にはプラットフォームバージョン { $needed } が必要ですが、サービスは { $found } で動きます
    .remedy = サービスのプラットフォームバージョンを `LATEST` か { $needed } 以上にしてください
agent-too-old = { $feature ->
        [environment-file] 環境ファイル
        [registry-credentials] レジストリの認証情報
        [secret-option] ログオプションのシークレット
       *[other] シークレット
    }には ECS エージェント { $needed } が必要です。{ $found } のインスタンスにはタスクが配置されません
    .remedy = エージェントを更新してください
agent-too-old-placed = JSON キー・ステージ・バージョン ID には ECS エージェント { $needed } が必要です。{ $found } のインスタンスにもタスクは配置され、起動に失敗します
    .remedy = エージェントを更新してください。配置を防ぐ仕組みはありません
environment-file-on-windows = Windows コンテナの環境ファイルについては AWS の文書が食い違っており、読まれるかどうか分かりません
    .remedy = `secrets` か `environment` を使ってください
log-driver-not-on-fargate = Fargate にログドライバー `{ $driver }` はありません
    .remedy = `awslogs`、`splunk`、`awsfirelens` のいずれかを使ってください
firelens-router-missing = `awsfirelens` でログを出していますが、`firelensConfiguration` を持つコンテナが定義にありません
    .remedy = `firelensConfiguration` を持つコンテナを加えるか、別のログドライバーを使ってください
firelens-file-form = FireLens の設定が `{ $text }` と書かれています。登録では S3 オブジェクトの ARN だけが受け付けられます
    .remedy = `arn:aws:s3:::BUCKET/KEY` と書いてください
environment-file-form = `{ $text }` は S3 オブジェクトの ARN ではありません。タスクは起動しません
    .remedy = `arn:aws:s3:::BUCKET/KEY.env` と書いてください
environment-file-form-suffix = `{ $text }` が `.env` で終わっていません
    .remedy = オブジェクトの名前を `.env` で終わるように変えてください
environment-file-form-type = 環境ファイルの型は `s3` です。`{ $found }` ではありません
    .remedy = `"type": "s3"` と書いてください
environment-file-form-many = コンテナの環境ファイルが { $count } 個あります。10 個までです
    .remedy = いくつかをまとめてください
fargate-execution-role = イメージは ECR にありますが、定義に実行ロールがありません。Fargate は実行ロールで取得するため、登録が拒否されます
    .remedy = `executionRoleArn` を設定してください
fargate-execution-role-log-driver = `awslogs` でログを出していますが、定義に実行ロールがありません。Fargate は実行ロールで書き込むため、登録が拒否されます
    .remedy = `executionRoleArn` を設定してください
empty-tags = `tags` が空のリストです。登録時に拒否されるという報告があります
    .remedy = `tags` を消してください
secret-option-without-driver = ログオプションのシークレット `{ $name }` に対する `logDriver` がないため、何の知らせもなく捨てられます
    .remedy = ログドライバーを指定してください
credential-spec-form = `{ $text }` はエージェントが受け付ける認証情報仕様ではありません
    .remedy = `credentialspec:` か `credentialspecdomainless:` に続けて、パラメータか S3 オブジェクトの ARN を書いてください
credential-spec-form-many = コンテナに認証情報仕様が 2 つ以上あります
    .remedy = 1 つにしてください
undeclared-reference = `{ $name }` は `{ $stored }` を参照していますが、マニフェストに宣言されていません
    .remedy = マニフェストに宣言し、サービスのシークレットに加えてください。`sekisho init` で下書きできます
undeclared-reference-elsewhere = `{ $name }` は `{ $stored }` を参照しています。マニフェストでは `{ $secret }` として宣言されていますが、サービス `{ $service }` のシークレットには含まれていません
    .remedy = `{ $service }` のシークレットに `{ $secret }` を加えてください
unused-declaration = シークレット `{ $secret }` を使うサービスがありません
    .remedy = サービスに加えるか、マニフェストから消してください
names-differ-in-case = Windows では `{ $name }` と `{ $other }` は同じ変数です
    .remedy = どちらかの名前を変えてください
overridden-execution-role = この実行では実行ロールが `{ $role }` に置き換えられます。定義自身のロールについて分かったことは、この実行には当てはまりません
    .remedy = このロールを実行ロールとして定義を検証してください
overridden-secret = 定義がストアから受け取る `{ $name }` を、この実行は平文で設定しています。どちらが有効になるかは確認されていません
    .remedy = 変数を定義に任せるか、この実行のためにシークレットのないリビジョンを作ってください
foreign-environment = この定義は { $here } 用ですが、{ $there } の `{ $stored }` を読みます
    .remedy = { $here } での名前を書いてください
path-convention = `{ $stored }` はマニフェストの `path`（{ $convention }）に従っていません
    .remedy = 値を移すか、シークレットを固有の名前で宣言してください
pinned-version = 参照がバージョン `{ $version }` に固定されています。ローテーションしてもコンテナには届きません
    .remedy = バージョンを省いてください。新しいタスクが常に現在の値を受け取ります
pinned-version-stage = 現在のバージョンではなく、ラベル `{ $stage }` のバージョンを参照しています
    .remedy = ステージを省いてください。新しいタスクが常に現在の値を受け取ります
unreadable-file = { $reason ->
    [denied] このユーザーにはファイルを読む権限がありません
    [special] 通常のファイルではない（パイプ、ソケット、デバイス）ため、開きません
    [changed] 開いている間に別のファイルに置き換わりました
    [unrecognised] 指定されたファイルですが、タスク定義、サービス、ポリシーのいずれも含まれていません
    [missing] マニフェストで指定されているファイルがありません
   *[other] ファイルを読めませんでした: { $reason }
}
    .remedy = { $reason ->
        [denied] この検査を実行するユーザーに読み取り権限を与えてください
        [unrecognised] 指定したファイルが正しいか確認してください
        [missing] マニフェストのパスを直すか、先にファイルを作ってください
       *[other] 通常のファイルを置くか、検査対象から外してください
    }
stale-suppression = { $rule }（`{ $name }`）の抑止に該当する検出結果はもうありません
    .remedy = 抑止を削除してください
malformed-suppression = { $reason ->
    [nothing] このコメントは何も抑止しません。ルールが書かれていません
    [unknown] このコメントは何も抑止しません。ルール `{ $rule }` はありません
   *[reason] このコメントは何も抑止しません。理由が書かれていません
}
    .remedy = { $reason ->
        [unknown] { $near ->
            [none] ルールの ID（`SEK0301` など）か名前を書いてください
           *[other] `{ $near }` のことですか?
        }
       *[other] `sekisho: allow SEK0301` の後に、問題がない理由を書いてください
    }
not-looked-at = { $limit ->
    [files] ファイルとディレクトリの数が { $most } を超えたため、ここから先は調べていません
    [outside] シンボリックリンクが検査対象の外を指しているため、たどっていません
    [terraform] Terraform はまだ読めないため、このファイルをはじめ { $count } ファイルは調べていません
    [bytes] ファイルの合計が { $most } MiB を超えたため、{ $count } 件は調べていません
    [depth] 階層が { $most } 段より深いため、このディレクトリより下は調べていません
   *[time] 検査が { $most } 秒を超えたため、{ $count } 件は調べていません
}
    .remedy = { $limit ->
        [outside] リンク先をパスとして指定してください
        [terraform] Terraform が出力したタスク定義を検査するか、登録済みの定義を `sekisho verify --task-definition FILE` で検証してください
       *[other] タスク定義のあるパスを指定するか、生成物を `.gitignore` に書いてください
    }
tolerated-syntax = ファイルは読めましたが、ほかのプログラムには拒否される可能性があります
    .remedy = ほかのプログラムが受け付ける形で書いてください

# 実行ロールに許されていること。
missing-action = 実行ロール `{ $role }` は `{ $resource }` に対する `{ $action }` を許可されていません。許可するポリシーがありません
    .remedy = 実行ロールのポリシーに次を追加してください: `{ $statement }`
missing-action-singular = 実行ロール `{ $role }` には `{ $resource }` に対する `ssm:GetParameter` が許可されていますが、ECS が呼ぶのは複数形の `ssm:GetParameters` です
    .remedy = 実行ロールのポリシーに次を追加してください: `{ $statement }`
missing-action-live = 実行ロール `{ $role }` 自身として行った { $call } が拒否されました: { $detail }
    .remedy = ロールにこの呼び出しを許可してください。何が足りないか、どのポリシーが拒否しているかはメッセージにあります
key-policy = 実行ロール `{ $role }` のポリシーは `{ $action }` を許可していますが、キー `{ $resource }` のキーポリシーはこのロールを指定しておらず、IAM にも判断を委ねていません
    .remedy = キーポリシーに次を追加してください: `{"{"}"Effect": "Allow", "Principal": {"{"}"AWS": "{ $principal }"{"}"}, "Action": "kms:Decrypt", "Resource": "*"{"}"}`
missing-kms-decrypt = 実行ロール `{ $role }` は、値を暗号化しているキー `{ $resource }` に対する `{ $action }` を許可されていません
    .remedy = 実行ロールのポリシーに次を追加してください: `{ $statement }`
trust-policy = ECS は実行ロール `{ $role }` を引き受けられません。信頼ポリシーが `ecs-tasks.amazonaws.com` を許可していません{ $trusts ->
    [none] {""}
   *[other] （許可しているのは { $trusts } だけです）
}
    .remedy = 信頼ポリシーで `{"{"}"Service": "ecs-tasks.amazonaws.com"{"}"}` に `sts:AssumeRole` を許可してください
trust-policy-condition = ECS は実行ロール `{ $role }` を引き受けられません。信頼ポリシーの条件がこのタスクでは成り立ちません（{ $conditions }）
    .remedy = `aws:SourceAccount` はタスクのアカウント、`aws:SourceArn` は `arn:aws:ecs:REGION:ACCOUNT:` で始まる値です。特定のクラスターは指定できません
trust-policy-deny = ECS は実行ロール `{ $role }` を引き受けられません。信頼ポリシーのステートメント `{ $sid }` が拒否しています
    .remedy = このステートメントを削除するか、`ecs-tasks.amazonaws.com` を対象から外してください
right-on-wrong-role = タスクロール `{ $other }` には `{ $resource }` に対する `{ $action }` が許可されていますが、ECS が使うのは実行ロール `{ $role }` で、こちらには許可されていません
    .remedy = ステートメントを実行ロール（`executionRoleArn`）に移してください: `{ $statement }`
explicit-deny = 実行ロール `{ $role }` の `{ $resource }` に対する `{ $action }` は、{ $layer ->
    [identity] ポリシー `{ $policy }`
    [boundary] アクセス許可の境界 `{ $policy }`
   *[other] `{ $policy }` のポリシー
} のステートメント `{ $sid }` で明示的に拒否されています
    .remedy = このリソースまたはロールをステートメントの対象から外してください。Deny はどの Allow よりも優先されます
secret-policy = シークレット `{ $resource }` は別のアカウントのもので、そのリソースポリシーは実行ロール `{ $role }` の読み取りを許可していません
    .remedy = シークレットのリソースポリシーに次を追加してください: `{"{"}"Effect": "Allow", "Principal": {"{"}"AWS": "{ $principal }"{"}"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*"{"}"}`
execution-role-absent = 実行ロール `{ $role }` は存在しません
    .remedy = 作成するか、`executionRoleArn` を直してください。このままではタスクは起動しません
execution-role-absent-path = 実行ロール `{ $role }` は存在しません。同じ名前のロールが別のパスにあります: `{ $found }`
    .remedy = `{ $found }` と書いてください
boundary-blocks = 実行ロール `{ $role }` のポリシーは `{ $resource }` に対する `{ $action }` を許可していますが、アクセス許可の境界が許可していません
    .remedy = アクセス許可の境界に次を追加してください: `{ $statement }`
excess-grant = 実行ロール `{ $role }` には `{ $resource }` に対する `{ $action }` が許可されており（ポリシー `{ $policy }` のステートメント `{ $sid }`）、タスクが参照する範囲を超えています
    .remedy = { $needed ->
        [none] ステートメントから外してください。このタスクには必要ありません
       *[other] タスクが参照するものだけを指定してください: `{ $needed }`
    }
access-undecided = 実行ロール `{ $role }` に `{ $resource }` に対する `{ $action }` が許可されるかどうかは判定できません: { $why ->
    [identity] ロールのポリシーを読めませんでした（{ $detail }）
    [boundary] アクセス許可の境界を読めませんでした（{ $detail }）
    [resource] リソースのポリシーを読めませんでした（{ $detail }）
    [grants] 許可するポリシーがなく、キーのグラントを一覧できませんでした（{ $detail }）
    [versions] 現在のキーを許可するポリシーがなく、シークレットのバージョンを一覧できませんでした（{ $detail }）
    [unreadable] ポリシー `{ $name }` の文書を読めませんでした
    [condition] ステートメント `{ $name }` は { $detail } に依存しており、タスクが動くまで分かりません
    [account] リソースがどのアカウントのものか分かりません
    [key] 値がどのキーで暗号化されているか分かりません
    [grants-not-listed] 許可するポリシーがなく、キーのグラントは調べていません
    [versions-not-listed] 現在のキーを許可するポリシーがなく、シークレットのバージョンは調べていません
    [previous-key] 現在のキーを許可するポリシーはありませんが、以前のキーでまだ読める可能性があります
   *[other] AWS の文書に記載がありません
}
    .remedy = { $why ->
        [condition] 条件がタスクで成り立つことを確認するか、ステートメントから条件を外してください
        [previous-key] ロールに現在のキーを許可してください: `{ $statement }`
       *[other] 呼び出し元に不足している読み取りを許可するか（必要な権限は `sekisho generate policy --for verify` で表示されます）、ロールとして検証してください（`--assume-role`）
    }
access-undecided-role = 実行ロール `{ $role }` を調べられませんでした: { $reason ->
    [denied] 拒否されました（{ $call }: { $detail }）
    [throttled] スロットリングされました（{ $call }）
    [unreachable] 応答がありません（{ $call }: { $detail }）
   *[other] { $detail }
}
    .remedy = 呼び出し元にロールの読み取りを許可するか（必要な権限は `sekisho generate policy --for verify` で表示されます）、ロールとして検証してください（`--assume-role`）
access-undecided-trust = ECS が実行ロール `{ $role }` を引き受けられるかどうかは判定できません: { $why ->
    [condition] 信頼ポリシーのステートメント `{ $name }` が { $detail } に依存しています
    [unreadable] 信頼ポリシーを読めませんでした
   *[other] 信頼ポリシーを読めませんでした（{ $detail }）
}
    .remedy = 信頼ポリシーとタスクを照らし合わせてください。`aws:SourceAccount` はタスクのアカウント、`aws:SourceArn` は `arn:aws:ecs:REGION:ACCOUNT:` で始まる値です
access-undecided-name = 実行ロール `{ $role }` はロールの ARN ではないため、調べていません
    .remedy = 値を埋めたタスク定義を渡してください
unaccepted-assumption = `{ $environment }` は前提のない証明を求めていますが、この証明は `{ $assumption }` を前提としています
    .remedy = 自分で確かめたうえで `--accept { $assumption }` で受け入れるか、`require` から `no-assumptions` を外してください

assume-role-may-read = 実行ロールがこれらを読み取り・復号できるかは調べていません
assume-no-scp = 組織のサービスコントロールポリシー（SCP）が拒否していないこと。アカウントの中からは見えません
assume-no-rcp = 組織のリソースコントロールポリシー（RCP）が拒否していないこと。アカウントの中からは見えません
assume-no-endpoint-policy = タスクが VPC エンドポイントを通る場合、そのエンドポイントポリシーが許可していること
assume-ecs-may-assume-role = ECS がこのロールを引き受けられること。値はこのロールで読みましたが、信頼ポリシーは調べていません
assume-value-not-read = 値は JSON キーが参照されている場合だけ読みました（`--check-values` ですべて読みます）
assume-task-definition-not-read = タスク定義が指定されていないため、そこから参照されているかは調べていません
assume-environment-unreadable = `environment` の `{ $subject }` は読めないため除外しました
assume-env-file-not-read = env ファイル `{ $subject }` は読んでいません。その変数はここにはありません
assume-region-injected = 定義にもイメージにもない場合のエージェントの動作に合わせ、AWS_REGION と AWS_DEFAULT_REGION を `{ $subject }` に設定しています
assume-agent-variables = エージェントだけが知る変数は設定していません: { $subject }
assume-image-environment = イメージ自体が設定する変数は、ここでは分かりません

# ファイルにあるポリシー。
alias-as-resource = `{ $pattern }` はエイリアスです。AWS は { $action } をキーに対して認可するため、このステートメントは何も{ $effect ->
        [Deny] 拒否しません
       *[other] 許可しません
    }
    .remedy = キー自身の ARN を書くか、`{ $instead }` に条件 "ForAnyValue:StringEquals": {"{"} "kms:ResourceAliases": "{ $alias }" {"}"} を付けてください
resource-on-wildcard-only-action = `{ $action }` はリソースを対象としないアクションです。`{ $pattern }` を指定すると、このステートメントは何も{ $effect ->
        [Deny] 拒否しません
       *[other] 許可しません
    }
    .remedy = `{ $action }` を "Resource": "*" の独立したステートメントに分けてください
secret-without-suffix-in-policy = `{ $pattern }` はどのシークレットにも一致しません。ARN では名前の後ろにハイフンと 6 文字が付きます
    .remedy = `{ $instead }` か、完全な ARN を書いてください
secret-without-suffix-in-policy-wide = `{ $pattern }` は、同じ文字で始まる他のシークレットにも一致します
    .remedy = `{ $instead }` と書けば、このシークレットだけに一致します
leading-slash-in-policy = `{ $pattern }` は、名前がスラッシュで始まるシークレットにしか一致しません{ $known ->
        [yes] 。ここで分かっている名前はスラッシュで始まりません
       *[other] {""}
    }
    .remedy = `{ $instead }` と書いてください
leading-slash-in-policy-parameter = `{ $pattern }` はどのパラメータにも一致しません。名前の先頭のスラッシュは、`parameter` の直後のスラッシュと同じものです
    .remedy = `{ $instead }` と書いてください
json-key-in-policy = `{ $pattern }` は何にも一致しません。`{ $suffix }` はタスク定義の参照に書くもので、シークレットの ARN には含まれません
    .remedy = { $instead ->
        [none] `{ $suffix }` を取り除いてください
       *[other] `{ $instead }` と書いてください
    }
condition-never-present = このステートメントは `{ $key }` を条件にしていますが、ロール自身による `{ $action }` の呼び出しにはこのキーが含まれません。何も{ $effect ->
        [Deny] 拒否しません
       *[other] 許可しません
    }
    .remedy = 条件をロールの信頼ポリシーに移してください
condition-never-present-service = このステートメントは `{ $key }` を条件にしていますが、`{ $action }` のリクエストにはこのキーが含まれません。何も{ $effect ->
        [Deny] 拒否しません
       *[other] 許可しません
    }
    .remedy = 条件を取り除くか、サービスごとにステートメントを分けてください
grant-of-all-secrets = `{ $pattern }` は、届く範囲の{ $what ->
        [ssm] すべてのパラメータを読み取れます
        [secretsmanager] すべてのシークレットを読み取れます
       *[kms] すべてのキーで復号できます
    }
    .remedy = タスクが読み取るものを個別に書いてください。`sekisho generate policy --service SERVICE` がポリシーを書き出します
cross-environment-grant = { $own } のポリシーが { $other } のものに届いています: `{ $pattern }`
    .remedy = 取り除くか、{ $other } のポリシーに移してください
cross-environment-grant-mixed = 1 つのポリシーが複数の環境（{ $all }）に届いています。`{ $pattern }` は { $other } のものです
    .remedy = 環境ごとにポリシーを分けてください
cross-environment-grant-wildcard = `{ $pattern }` は複数の環境に届きます: { $other }
    .remedy = ワイルドカードの代わりに環境の名前を書いてください
wildcard-that-aws-ignores = `{ $pattern }` は{ $part ->
        [service] サービス
        [partition] パーティション
       *[type] リソースの種類を表す語
    }（`{ $word }`）にワイルドカードがありますが、AWS はここにワイルドカードを認めません
    .remedy = 省略せずに書いてください
wildcard-that-aws-ignores-short = `{ $pattern }` は ARN の 6 つの部分のうち { $parts } つしかありません。ワイルドカードはコロンを越えません{ $account ->
        [none] {""}
       *[other] 。AWS は `{ $account }` をアカウントとして読みます
    }
    .remedy = 6 つの部分をすべて書いてください: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE
dangling-principal = `{ $id }` は、もう存在しない{ $what ->
        [role] ロール
       *[user] ユーザー
    }の ID です
    .remedy = 対象の ARN を書き直すか、ステートメントを取り除いてください
for-all-values-with-allow = Allow の `ForAllValues` は、`{ $key }` を含まないリクエストも許可します
    .remedy = "Null": {"{"} "{ $key }": "false" {"}"} を加えるか、`ForAnyValue` を使ってください
for-all-values-with-allow-kms = KMS は `{ $key }` に対する `ForAllValues` を受け付けません
    .remedy = `ForAnyValue` を使うか、集合演算子を外してください。暗号化コンテキストの値は 1 つです
statement-never-applies = リソース（`{ $pattern }` など）の中に `{ $action }` の対象となるものがありません。このステートメントは何も{ $effect ->
        [Deny] 拒否しません
       *[other] 許可しません
    }
    .remedy = `{ $action }` の対象は { $expected } です
unknown-action = アクション `{ $action }` は存在しません（{ $date } 時点）{ $suggestion ->
        [none] {""}
       *[other] 。`{ $suggestion }` なら存在します
    }
    .remedy = { $suggestion ->
        [none] 取り除いてください
       *[other] `{ $suggestion }` と書いてください
    }
unknown-action-service = `{ $action }`: サービス `{ $service }` は存在しません（{ $date } 時点）{ $suggestion ->
        [none] {""}
       *[other] 。`{ $suggestion }` なら存在します
    }
    .remedy = { $suggestion ->
        [none] 取り除いてください
       *[other] `{ $suggestion }` と書いてください
    }
allow-of-everything-else = Allow の `{ $element }` は、書かれていないものすべてを、全サービスにわたり、将来追加されるものまで許可します
    .remedy = 許可するものを列挙してください
trust-of-tasks = `{ $service }` はタスクを起動しません
    .remedy = タスク用のロールなら `{ $instead }` を信頼してください
trust-of-tasks-action = ECS はタスクのロールを `sts:AssumeRole` で引き受けますが、このステートメントが許可しているのは `{ $action }` です
    .remedy = `sts:AssumeRole` と書いてください
trust-of-tasks-external-id = このステートメントは外部 ID を条件にしていますが、ECS は外部 ID を送りません
    .remedy = `sts:ExternalId` を取り除き、`aws:SourceAccount` と `aws:SourceArn` で制限してください
trust-of-tasks-source = `{ $value }` は ECS の ARN ではないため、ECS はこのロールを引き受けられません
    .remedy = arn:aws:ecs:REGION:ACCOUNT:* と書いてください
trust-of-tasks-narrow = `{ $value }` はアカウントとリージョンより狭い指定です。ECS は `aws:SourceArn` でのそのような指定に対応していません
    .remedy = arn:aws:ecs:REGION:ACCOUNT:* と書いてください
trust-without-source = このロールは、どのアカウントのタスクのためにも引き受けられます。自分のアカウントに限定する条件がありません
    .remedy = "StringEquals": {"{"} "aws:SourceAccount": "ACCOUNT" {"}"} と "ArnLike": {"{"} "aws:SourceArn": "arn:aws:ecs:REGION:ACCOUNT:*" {"}"} を加えてください
reading-beyond-the-task = ECS はシークレットを渡すために `{ $action }` を呼び出しません
    .remedy = 実行ロールのポリシーなら取り除いてください。アプリケーションが呼び出すものはタスクロールに付けます
reading-beyond-the-task-singular = ECS が呼び出すのは `{ $action }` ではありません。パラメータは `ssm:GetParameters`（複数形）で読み取ります
    .remedy = 実行ロールのポリシーなら `ssm:GetParameters` と書いてください
reading-without-decrypt = このポリシーはシークレットを読み取れますが、`kms:Decrypt` がありません{ $key ->
        [none] 。これで足りるのは AWS マネージドキーの場合だけです
       *[other] 。マニフェストでは `{ $key }` で暗号化することになっています
    }
    .remedy = お使いのキーで暗号化しているなら、そのキーに対する `kms:Decrypt` を許可してください。`sekisho generate policy --service SERVICE` がステートメントを書き出します
grant-in-any-account = `{ $pattern }` はすべてのアカウントに届きます
    .remedy = アカウント番号を書いてください
grant-in-any-account-region = `{ $pattern }` はすべてのリージョンに届きます
    .remedy = 複数のリージョンを意図していないなら、リージョンを書いてください
grant-by-prefix = `{ $pattern }` は、配下のすべてを全サービス分読み取れます{ $count ->
        [none] {""}
       *[other] （ここで分かっているシークレットのうち { $count } 件）
    }
    .remedy = タスクが読み取るものを個別に書いてください。`sekisho generate policy --service SERVICE` がポリシーを書き出します
suspicion-kind = { $kind ->
    [key] { $issuer } のキーまたはトークン
    [private-key] 秘密鍵
    [jwt] 署名付きトークン（JWT）
    [password-hash] パスワードのハッシュ
    [header] ヘッダーの認証情報
    [password] パスワード
    [random] キーやトークンらしいランダムな値
   *[other] シークレット
}
suspicion-allowed = { $allowed ->
    [none] {""}
   *[other] （{ $allowed } では許可されています）
}

# コマンドライン自身の文言。ヘルプ、進行状況、動詞が仕事をできなかった理由。
usage = 使い方
usage-more = 詳細: { $command }
heading-commands = コマンド
heading-arguments = 引数
heading-options = オプション
heading-global = 共通オプション
argument-default = [既定値: { $value }]
argument-values = [指定できる値: { $values }]
usage-invalid-value = `{ $argument }` に指定された値は使えません{ $valid ->
    [none] {""}
   *[other] （指定できる値: { $valid }）
}
usage-unknown-argument = `{ $argument }` という引数は、ここでは使えません
usage-too-many = 引数が多すぎます。値をコマンドラインで渡すことはできません
usage-unknown-verb = `{ $verb }` というコマンドはありません
usage-missing-argument = 必要な引数がありません: { $argument }
usage-missing-verb = コマンドが指定されていません
usage-conflict = `{ $argument }` と `{ $other }` は同時に指定できません
usage-not-utf8 = UTF-8 ではない引数があります
usage-other = 引数の組み合わせが正しくありません
usage-suggestion = `{ $suggestion }` の間違いではありませんか

help = ECS の各コンテナが各シークレットを受け取れることを、デプロイの前に証明する
help--help = ヘルプを表示する
help--version = バージョンを表示する
help--config = マニフェスト [既定値: 上位ディレクトリへ向かって見つかる sekisho.toml]
help--profile = AWS 設定のプロファイル
help--region = リージョン
help--endpoint-url = AWS のエンドポイント。`local` は組み込み AWS
help--assume-role = 最初に引き受けるロール
help--allow-env = テンプレートに環境変数を読ませる（`must_env`、`env`）
help--state = 組み込み AWS の状態を保存する場所
help--output = 出力形式
help--lang = 言語 [既定値: ロケールの言語]
help--color = 色を使うかどうか
help--quiet = 標準エラー出力にはエラーだけを表示する
help--verbose = 標準エラー出力に詳しく表示する
help-init = タスク定義ファイルからマニフェストの下書きを作る
help-init--paths = 調べるファイルとディレクトリ [既定値: .]
help-init--name = プロジェクト名 [既定値: ディレクトリ名]
help-init--dry-run = マニフェストを表示するだけで、何も書き込まない
help-check = アカウントに触れる前に、ツリー内のファイルを検査する（マニフェストは不要）
help-check--paths = 調べるファイルとディレクトリ [既定: .]
help-check--fail-on = この重大度以上の検出結果で失敗とする
help-check--strict = 判定できないものがあれば、それも失敗（終了コード 3）とする
help-check--baseline = このファイルにない検出結果だけで失敗とする
help-check--write-baseline = 現在の検出結果をベースラインに書き込む
help-check--fix = プログラムで直せるものを、表示と確認の後に直す
help-check--dry-run = --fix とともに: 直す内容を表示し、何も書き込まない
help-check--yes = --fix とともに: 確認しない
help-verify = すべてのシークレットが存在し、コンテナに渡せることを確かめる
help-verify--environment = マニフェストにある環境名
help-verify--services = サービス [既定値: すべて]
help-verify--task-definition = このタスク定義を検証する。マニフェストは不要
help-verify--live = ECS にあるサービスを、実行中のリビジョンで検証する。マニフェストは不要
help-verify--no-roles = ロールを調べない。実行ロールが読めることは前提になる
help-verify--accept = 前提のない証明を求める環境で、この前提を受け入れる。複数指定できる
help-verify--create = 足りないものを作成する。既にあるものには触れない
help-verify--stdin = --create と併用: 標準入力から値を読む（dotenv または JSON）
help-verify--generate = --create と併用: ほかに値の出所がないものを自動生成する
help-verify--dry-run = --create と併用: 作成するものを表示するだけで、何も書き込まない
help-verify--check-values = すべての値を読み、空・仮の値・前後の空白を調べる
help-verify--environment-file = S3 オブジェクトの代わりに読むファイル（ARN はタスク定義のとおり）
help-verify--agent-version = クラスターのインスタンスで最も古い ECS エージェント（例: 1.37.0）
help-verify--fail-on = この重大度以上の検出があれば失敗とする
help-explain = ECS のメッセージの意味、またはルールの説明を表示する
help-explain--text = メッセージ、describe-tasks や describe-services の出力、イベント、ログ、またはルールの ID か名前。`-` は標準入力
help-run = ECS が組み立てるのと同じ環境変数でコマンドを実行する
help-run--environment = 環境
help-run--service = サービス
help-run--container = コンテナ [既定値: 1 つしかなければそれ]
help-run--task-definition = マニフェストのものに代えて使うタスク定義
help-run--clean = その環境変数だけで実行する
help-run--allow-name = プロセスを乗っ取れる変数でも、ストアの値を設定することを許可する
help-run--environment-file = S3 オブジェクトの代わりに読むファイル（ARN はタスク定義のとおり）
help-run--redact = コマンドの出力に含まれるストアの値を伏せる
help-run--command = コマンドとその引数（`--` の後に書く）
help-secret = シークレットを表示し、設定、コピー、比較、巻き戻しなどを行う
help-secret-list = 宣言されたシークレットと、その有無を一覧表示する
help-secret-list--environment = 環境
help-secret-get = 値を表示する。--reveal がなければ端末にだけ表示する
help-secret-get--environment = 環境
help-secret-get--secret = シークレットの論理名
help-secret-get--key = その中の 1 つの JSON キー
help-secret-get--reveal = 出力先がどこであっても値を表示する
help-secret-set = 非表示の入力、標準入力、ファイル、自動生成のいずれかで値を設定する
help-secret-set--environment = 環境
help-secret-set--secret = シークレットの論理名
help-secret-set--key = その中の 1 つの JSON キー。ほかのキーはそのまま残る
help-secret-set--stdin = 標準入力から値を読む。末尾の改行は 1 つだけ取り除く
help-secret-set--file = このファイルの内容をそのまますべて値とする
help-secret-set--generate = 値を自動生成する
help-secret-set--dry-run = 書き込む内容を説明するだけで、何も書き込まない
help-secret-list--missing = 存在しないものだけを表示する
help-secret-list--unused = 環境のパスの下のストアにあり、どこにも宣言されていないものを表示する
help-secret-set--if-version = 現在のバージョンがこれである場合だけ書き込む
help-secret-set--force = 値を読んだ後にほかの誰かが書き込んでいても書き込む
help-secret-set--yes = 確認せずに実行する
help-secret-history = シークレットのバージョンを一覧表示する。値は表示しない
help-secret-history--environment = 環境
help-secret-history--secret = シークレットの論理名
help-secret-history--key = キーごとにパラメータがある場合の、その中の 1 つのキー
help-secret-rollback = 以前のバージョンを再び現在のバージョンにする
help-secret-rollback--environment = 環境
help-secret-rollback--secret = シークレットの論理名
help-secret-rollback--key = その中の 1 つのキー。ほかのキーはそのまま残る
help-secret-rollback--to = 番号、ID、ラベル、ステージのいずれかで指定するバージョン [既定値: 1 つ前のバージョン]
help-secret-rollback--if-version = 現在のバージョンがこれである場合だけ書き込む
help-secret-rollback--force = バージョンを読んだ後にほかの誰かが書き込んでいても実行する
help-secret-rollback--yes = 確認せずに実行する
help-secret-rollback--dry-run = 行うことを説明するだけで、何も書き込まない
help-secret-remove = シークレットをストアから削除する
help-secret-remove--environment = 環境
help-secret-remove--secret = シークレットの論理名
help-secret-remove--key = その中の 1 つのキー。ほかのキーはそのまま残る
help-secret-remove--recovery-days = Secrets Manager で復元できる日数（7～30 日） [既定値: 30]
help-secret-remove--force-delete = 直ちに完全に削除する
help-secret-remove--if-version = 現在のバージョンがこれである場合だけ削除する
help-secret-remove--force = --key と併用: 値を読んだ後にほかの誰かが書き込んでいても実行する
help-secret-remove--yes = 確認せずに実行する
help-secret-remove--dry-run = 削除するものを説明するだけで、何も削除しない
help-secret-restore = シークレットの削除を取り消す
help-secret-restore--environment = 環境
help-secret-restore--secret = シークレットの論理名
help-secret-restore--dry-run = 復元するものを説明するだけで、何も復元しない
help-secret-copy = 値を別の環境へ、または別のストアからコピーする
help-secret-copy--from = コピー元の環境
help-secret-copy--to = コピー先の環境
help-secret-copy--secrets = シークレットの論理名 [既定値: すべて]
help-secret-copy--from-store = マニフェストの指定にかかわらず、このストアからパスのテンプレートに従って読む
help-secret-copy--force = 値を読んだ後にほかの誰かが書き込んでいても書き込む
help-secret-copy--yes = 確認せずに実行する
help-secret-copy--dry-run = 書き込む内容を説明するだけで、何も書き込まない
help-secret-import = ファイルまたは標準入力の値をストアに書き込む
help-secret-import--environment = 環境
help-secret-import--file = dotenv、JSON、YAML のいずれかのファイル
help-secret-import--stdin = 標準入力から読む
help-secret-import--format = 形式 [既定値: ファイル名または内容から判断]
help-secret-import--force = 値を読んだ後にほかの誰かが書き込んでいても書き込む
help-secret-import--yes = 確認せずに実行する
help-secret-import--dry-run = 書き込む内容を説明するだけで、何も書き込まない
help-secret-export = 所有者だけが読める新しいファイルに値を書き出す
help-secret-export--environment = 環境
help-secret-export--secrets = シークレットの論理名 [既定値: すべて]
help-secret-export--file = 書き出すファイル。まだ存在しないこと
help-secret-export--format = 形式 [既定値: ファイル名から判断し、できなければ dotenv]
help-secret-export--names = 値に付ける名前
help-secret-export--reveal = ファイルではなく、出力先がどこであっても値を出力する
help-secret-export--dry-run = 書き出す内容を説明するだけで、何も書き込まない
help-secret-diff = 2 つの環境の値が等しいかどうかを、値を表示せずに示す
help-secret-diff--first = 一方の環境
help-secret-diff--second = もう一方の環境
help-secret-diff--secrets = シークレットの論理名 [既定値: すべて]
help-can = プリンシパルに許可されているかどうかを、ファイルから判定する
help-can--principal = 誰が: ロール、ユーザー、セッションの ARN、アカウント、またはサービス
help-can--action = 何を: ssm:GetParameters など
help-can--resource = 何に対して
help-can--resource-account = リソースを所有するアカウント（ARN から分からない場合）
help-can--context = 条件キーと値。複数の値を持つキーは繰り返して指定
help-can--absent = リクエストに含まれない条件キー
help-can--complete = 指定したもの以外の条件キーはない
help-can--identity-policy = プリンシパルのポリシー
help-can--resource-policy = リソースのポリシー: シークレット、キー、または引き受けられるロールのもの
help-can--boundary = アクセス許可の境界
help-can--session-policy = セッションポリシー
help-can--scp = サービスコントロールポリシー。LEVEL のないものは同じ階層
help-can--rcp = リソースコントロールポリシー。LEVEL のないものは同じ階層
help-can--endpoint-policy = VPC エンドポイントのポリシー
help-can--unknown = 存在するが内容が分からない層
help-can--batch = 多数の問い合わせ（1 行に 1 つの JSON オブジェクト）。`-` は標準入力
help-can--diff = ポリシーの 2 つの版の間で、誰が何を得て何を失うか
help-who-can = シークレットを誰がどのステートメントによって読み取れるかを調べる
help-who-can--environment = 環境
help-who-can--secret = シークレットの論理名
help-who-can--arn = 代わりにシークレットまたはパラメータの ARN（マニフェスト不要）
help-who-can--account-details = `aws iam get-account-authorization-details` の出力。アカウントには問い合わせない
help-who-can--secret-policy = シークレットのリソースポリシー
help-who-can--no-secret-policy = シークレットにリソースポリシーはない
help-who-can--key-policy = KMS キーのポリシー
help-who-can--key = KMS キーの ARN
help-who-can--aws-managed-key = AWS マネージドキーで暗号化されている、または暗号化されていないパラメータ
help-generate = 正しく作られたファイルを書き出す
help-generate-policy = タスクの呼び出しだけを許可するポリシーを書き出す
help-generate-policy--service = サービス（複数可）[既定: 環境のすべて]
help-generate-policy--environment = 環境 [既定: 1 つしかなければそれ]
help-generate-policy--verb = 代わりに sekisho のこの動詞が呼び出すもの
help-generate-policy--write = --for と共に: 書き込むものも含める
help-generate-policy--task-definition = このタスク定義用（マニフェスト不要）
help-generate-policy--account = 他から分からない場合のアカウント
help-generate-policy--format = JSON、または Terraform 用の HCL
help-local = 開発とリハーサルのための組み込み AWS。本番には使えない
help-local-start = フォアグラウンドで起動する
help-local-start--port = ポート [既定値: 空いているポート]
help-local-start--listen = 待ち受けるアドレス。ループバック以外はコンテナから使う場合のためのもの
help-local-start--allow-host = ループバックのほかに、リクエストでの使用を許可するホスト名
help-local-start--test-mode = moto 向けのテストスイート用。署名を確認せず、アカウント 123456789012 として動作し、POST /moto-api/reset ですべてを消去する
help-local-status = 起動しているかどうかと、対応している操作を表示する
help-local-env = aws、SDK、Terraform の接続先をこれに向ける設定を表示する
help-local-env--account = 操作の対象とするアカウント [既定値: マニフェストのもの]
help-local-save = 中身のすべてに名前を付けて保存する
help-local-save--name = 英小文字、数字、ハイフンからなる名前
help-local-save--replace = 同じ名前で保存したものを置き換える
help-local-load = 保存したもので中身のすべてを置き換える
help-local-load--name = 名前
help-local-seal = 状態をパスフレーズで封じる。パスフレーズは SEKISHO_STATE_PASSPHRASE または非表示の入力から得る
help-local-seal--remove = パスフレーズを外す
help-local-reset = 中身をすべて消去する
help-local-reset--yes = 確認せずに実行する
help-schema = マニフェストまたは JSON 出力の JSON Schema を表示する
help-schema--of = どちらのスキーマか
help-completions = シェルの補完スクリプトを表示する
help-completions--shell = シェル
help-man = マニュアルページを表示する。またはすべてをファイルに書き出す
help-man--directory = 書き出す場所

progress-looking-up = パラメータ { $parameters } 件とシークレット { $secrets } 件を調べています
progress-answered = { $count } 件応答済み、直近は { $call }
progress-throttled = { $call }: AWS に呼び出しを抑えるよう求められています。{ $seconds } 秒後に再試行します（{ $retry }/{ $of }）
progress-unreachable = { $call }: 使える応答がありません。{ $seconds } 秒後に再試行します（{ $retry }/{ $of }）
assumed-line = 前提: { $what }
assume-not-wired = `{ $subject }` は宣言されていますが、タスク定義から参照されていません。ECS が設定しないため、ここでも設定していません
assume-declared-only = `{ $subject }` にはタスク定義が指定されていないため、マニフェストで宣言されたものだけを設定します

state-present = あり
state-missing = なし
state-deleted = 削除予定
state-no-value = 値なし
state-plaintext = 平文
state-unknown = 判定不能

heading-stages = ステージ
heading-by = 更新者
history-current = 現在
state-unused = 宣言なし
unused-nothing = ストアにあるものはすべて宣言されています
unused-whole-region = パスのテンプレートがシークレット名から始まるため、{ $region } にあるものすべてを調べます
unused-lags = 直近の数分間に作成または削除されたものは、Secrets Manager の一覧に反映されていないことがあります
set-plain-string = { $target } は SecureString ではありません。AWS ではパラメータの型を変更できないため、値は平文のままです。いったん削除してから設定し直してください
copy-absent = { $name }: 存在しないため（{ $target }）、コピーしません
copy-plaintext = { $name }: タスク定義に平文で書かれているため、コピーしません
copy-deleting = { $name }: 削除が予定されているため（{ $target }）、コピーしません
export-absent = { $environment } に { $name } は存在しないため、除外します
export-wrote = 値 { $version } 件を { $target } に書き出しました。所有者だけが読めます
export-would-write = 値 { $version } 件を { $target } に書き出します（実際には書き込みません）
rollback-moved = { $target }: バージョン { $version } が再び現在のバージョンになりました
rollback-would-move = { $target }: バージョン { $version } を再び現在のバージョンにします（実際には変更しません）
removed = { $target } を完全に削除しました
remove-scheduled = { $target } を削除しました。{ $version } までは復元できます
remove-absent = { $target } は存在しないため、何も削除していません
remove-already = { $target } は既に削除が予定されています
would-remove = { $target } を削除します（実際には削除しません）
restored = { $target } を復元しました
restore-not-needed = { $target } は削除が予定されていないため、何もしていません
would-restore = { $target } を復元します（実際には復元しません）
diff-equal = 同じ
diff-different = 異なる
diff-only-first = { $first } にのみあり
diff-only-second = { $second } にのみあり
diff-neither = どちらにもなし
journal-count = { $action ->
    [created] 作成
    [changed] 変更
    [unchanged] 変更なし
    [would-create] 作成予定
    [would-change] 変更予定
    [would-remove] 削除予定
    [removed] 完全に削除
    [remove-scheduled] 削除（当面は復元可能）
    [remove-already] 削除予定済み
   *[other] 存在しない
} { $count } 件
journal-nothing = 何もすることはありません
journal-broken-off = 途中で終了しました。上に表示した { $count } 件は完了しています{ $target ->
    [none] {""}
   *[other] {""}。`{ $target }` は書き込まれたかどうか不明です
}。同じコマンドを再実行すると残りを処理します
confirm-change = 保護された環境 { $environment } の { $target } を変更しますか?
confirm-changes = 保護された環境 { $environment } の値 { $count } 件を変更しますか?
confirm-remove = { $environment } の { $target } を削除しますか? { $days } 日間は復元できます。
confirm-remove-for-ever = { $environment } の { $target } を完全に削除しますか? 復元はできません。
redact-short = { $least } 文字未満の値はいたるところに現れるため、伏せません: { $names }
set-created = { $target } を作成しました（バージョン { $version }）
set-changed = { $target } を変更しました（バージョン { $version }）
set-unchanged = { $target } は既にこの値です。何も書き込みませんでした
set-would-create = { $target } を作成します（実際には書き込みません）
set-would-change = { $target } を変更します（実際には書き込みません）
prompt-value = { $target } の値:
prompt-again = もう一度同じ値:
prompt-mismatch = 2 つの値が一致しません

unfilled-aws = { $address }: `{ $text }` は AWS 自身のもので、作成できません
unfilled-account = { $address }: `{ $text }` は別のアカウントのもので、ここからは作成できません
unfilled-pinned = { $address }: `{ $text }` は特定のステージまたはバージョンを指定しており、それを作成することはできません
unfilled-suffix = { $address }: 新しいシークレットには新しいサフィックスが付くため、作成しても `{ $text }` の参照先はないままです。名前で作成してから、参照を直してください
unfilled-no-source = { $target }{ $key ->
    [none] {""}
   *[other] {" "}[{ $key }]
} の値がありません（{ $addresses }）。{ $names } のいずれかを設定するか、--stdin、--generate、端末での入力を使ってください

local-started = 組み込み AWS を { $url } で起動しました。状態の保存先は { $directory } です。Ctrl-C で停止します。本番用のストアではありません
local-not-loopback = ループバックの外からも接続を受け付けています。シークレットキーを知っていれば誰でも使えます
local-test-mode = テストモードです。署名は確認されず、ポートに接続できれば誰でもすべてを消去できます
local-stopped = 停止しました
local-state-running = { $url } で稼働中（状態の保存先: { $directory }）
local-state-busy = 別の sekisho が使用中（状態の保存先: { $directory }）
local-state-stopped = 停止中（状態の保存先: { $directory }）
local-state-empty = 停止中で、{ $directory } にはまだ状態がありません
local-operations = { $count } 操作
local-saved = `{ $name }` として { $directory } に保存しました
local-loaded = `{ $name }` を { $directory } に読み込みました
local-sealed = これから { $directory } にはパスフレーズが必要です。パスフレーズがなければ何も読めません
local-unsealed = { $directory } にはもうパスフレーズは要りません。鍵はその中のファイルです
local-status-passphrase = パスフレーズで封じられています
local-status-snapshots = 保存済み: { $names }
passphrase-prompt = 組み込み AWS の状態のパスフレーズ:
passphrase-new = 新しいパスフレーズ:
passphrase-again = もう一度:
local-reset = { $directory } の中身をすべて消去しました
reset-question = { $directory } の中身をすべて消去しますか?

init-counts = サービス { $services } 件、シークレット { $secrets } 件、環境 { $environments }（タスク定義 { $definitions } 件から）
init-wrote = { $file } を書き込みました: { init-counts }
init-would-write = { $file } を書き込みます（実際には書き込みません）: { init-counts }
init-left-out = マニフェストでは宣言できないため除外しました: { $text }
init-second-variable = 同じ値が別の場所では別の変数名になっているため除外しました: { $text }
wrote = { $file } を書き込みました

# ファイル操作が失敗した理由。
io-cause = { $cause ->
    [not-found] 存在しません
    [denied] アクセス権がありません
    [exists] 既に存在します
    [not-a-directory] パスの途中にディレクトリではないものがあります
    [read-only] ファイルシステムが読み取り専用です
    [full] ファイルシステムに空きがありません
   *[other] { $cause }
}

manifest-none = ここからリポジトリのルートまでのどのディレクトリにも `sekisho.toml` がありません
    .remedy = `sekisho init` で下書きを作るか、--config で指定するか、`sekisho verify --task-definition FILE` を使ってください
manifest-two = 上位ディレクトリへ向かう途中に、マニフェストが `{ $first }` と `{ $second }` の 2 つあります
    .remedy = 使うほうを --config で指定してください
manifest-unreadable = マニフェスト `{ $file }` を読めません: { io-cause }
    .remedy = パスとアクセス権を確認してください
manifest-foreign = マニフェスト `{ $file }` の所有者は別のユーザー（ID { $owner }）です
    .remedy = シークレットの書き込み先を決めるファイルです。chown で自分のものにするか、自分のマニフェストを使ってください
manifest-world-writable = マニフェスト `{ $file }` は誰でも書き換えられます
    .remedy = このファイルに chmod o-w を実行してください
manifest-version = マニフェストには Sekisho { $required } が必要ですが、これは { $version } です
    .remedy = 必要なバージョンをインストールしてください
unknown-environment = マニフェストに環境 `{ $name }` はありません
    .remedy = { $suggestion ->
        [none] 定義されている環境: { $known }
       *[other] `{ $suggestion }` の間違いではありませんか（定義されている環境: { $known }）
    }
unknown-service = マニフェストにサービス `{ $name }` はありません
    .remedy = { $suggestion ->
        [none] 定義されているサービス: { $known }
       *[other] `{ $suggestion }` の間違いではありませんか（定義されているサービス: { $known }）
    }
unknown-secret = マニフェストにシークレット `{ $name }` はありません
    .remedy = { $suggestion ->
        [none] 宣言されているシークレット: { $known }
       *[other] `{ $suggestion }` の間違いではありませんか（宣言されているシークレット: { $known }）
    }
unknown-container = タスク定義にコンテナ `{ $name }` はありません
    .remedy = 定義されているコンテナ: { $known }
several-containers = タスク定義にコンテナが複数あります
    .remedy = --container で選んでください: { $known }
bad-environment-file = `{ $text }` では、どの環境ファイルが手元にあるか分かりません
    .remedy = タスク定義に書かれた ARN、`=`、ファイルの順に書いてください: `arn:aws:s3:::BUCKET/KEY.env=local.env`
bad-agent-version = `{ $text }` は ECS エージェントのバージョンではありません
    .remedy = `1.37.0` のように、3 つの数字を点でつないで書いてください
services-and-files = サービスと --task-definition の両方が指定されています
    .remedy = どちらか一方だけを指定してください
bad-live = `{ $text }` はサービスの指定として読めません
    .remedy = `shop-production/api` のように CLUSTER/SERVICE の形で書いてください
live-absent = クラスター `{ $cluster }` に有効なサービス `{ $service }` はありません（{ $code }）
    .remedy = `aws ecs list-services --cluster { $cluster }` で確かめてください。リージョンやアカウントが想定と違うかもしれません
unknown-assumption = 前提 `{ $name }` はありません
    .remedy = { $suggestion ->
        [none] 指定できる前提: { $known }
       *[other] `{ $suggestion }` のことですか？
    }
bad-name = 宣言されたシークレットの名前を、ストアの規則に合う形にできません: { $cause }
    .remedy = シークレットの名前かパスのテンプレートを直してください
bad-region = `{ $text }` はリージョンの形をしていません
    .remedy = `ap-northeast-1` のように書いてください
bad-account = `{ $text }` はアカウント ID ではありません
    .remedy = アカウント ID はちょうど 12 桁の数字です
bad-endpoint = エンドポイント `{ $url }` は使えません: { $why ->
    [no-url] URL ではありません
    [no-host] ホスト名がありません
    [plain-http] 平文の http はループバックでのみ使えます
    [scheme] http:// でも https:// でも始まっていません
   *[not-named] AWS のものではなく、環境変数かプロファイルでしか指定されていません
}
    .remedy = https を使ってください。http を使えるのはループバックだけです
no-region = リージョンが指定されていません
    .remedy = マニフェストの `region`、--region、AWS_REGION のいずれかで指定してください
wrong-account = 認証情報はアカウント { $here } のものですが、環境はアカウント { $declared } のものです
    .remedy = --profile で別のプロファイルを指定してください。ほかには何も問い合わせていません
no-state-directory = XDG_STATE_HOME も HOME も設定されていません
    .remedy = --state でディレクトリを指定してください
state-served = 状態 `{ $path }` は { $url } のサーバー（プロセス { $pid }）が使用中です
    .remedy = 先にそのサーバーを停止してください
state-owned = 状態 `{ $path }` は別の sekisho が使用中です
    .remedy = 終了を待つか、--state で別のディレクトリを指定してください
state-foreign = `{ $path }` は別のユーザー（ID { $owner }）のものです
    .remedy = --state で自分のディレクトリを指定してください
state-exposed = `{ $path }` は他のユーザーからアクセスできます（モード { $mode }）
    .remedy = 他のユーザーの権限を外してください: chmod go= { $path }
state-newer = `{ $path }` は新しいバージョンの Sekisho が書いたものです
    .remedy = そのバージョンを使うか、--state で別のディレクトリを指定してください
state-passphrase = 鍵 `{ $path }` にはパスフレーズが必要です
    .remedy = SEKISHO_STATE_PASSPHRASE を設定するか、端末で実行してください
state-passphrase-wrong = パスフレーズでは `{ $path }` を開けません
    .remedy = 別のパスフレーズを試してください。わからなければ状態は読めません。`sekisho local reset` で最初からやり直せます
passphrase-none = パスフレーズがありません
    .remedy = { $variable } を設定するか、端末で実行してください
passphrase-mismatch = 2 つのパスフレーズが一致しません
    .remedy = 同じものを 2 回入力してください。何も変更していません
snapshot-name = `{ $name }` は保存名として使えません
    .remedy = 英小文字、数字、ハイフンで 64 文字まで。最初と最後は英小文字か数字にしてください
snapshot-exists = `{ $name }` という名前ですでに保存されています
    .remedy = 別の名前を選ぶか、--replace で置き換えてください
snapshot-missing = `{ $name }` という名前で保存したものはありません{ $suggestion ->
    [none] {""}
   *[other] 。`{ $suggestion }` のことですか?
}
    .remedy = { $known ->
        [none] まず `sekisho local save NAME` で保存してください
       *[other] 保存されているもの: { $known }
    }
server-unreachable = { $url } のサーバーが応答しません
    .remedy = `sekisho local status` で確認してください
state-key = 組み込み AWS の状態の鍵 `{ $path }` がないか、この状態のものではありません
    .remedy = 正しい鍵を戻すか、`sekisho local reset` で最初からやり直してください
state-damaged = `{ $path }` を Sekisho の状態として読めません
    .remedy = 復元するか、`sekisho local reset` で最初からやり直してください
state-unusable = 組み込み AWS の状態を開けません: { $cause }
    .remedy = ほかのプロセスを停止するか、--state で別のディレクトリを指定するか、`sekisho local reset` で最初からやり直してください
file-unreadable = `{ $file }` を読めません: { io-cause }
    .remedy = パスとアクセス権を確認してください
file-not-regular = `{ $file }` は通常のファイルではありません
    .remedy = ファイルを指定してください
file-unwritable = `{ $file }` に書き込めません: { io-cause }
    .remedy = ディレクトリを確認してください。既にあるファイルを上書きすることはありません
stdin-unreadable = 標準入力を読めません: { $cause }
stdin-large = 標準入力が 1 MiB を超えています
    .remedy = 値だけを渡してください
values-disagree = `{ $target }` の値が `{ $first }` と `{ $second }` で食い違っています
    .remedy = どちらかを取り除いてください。何も書き込んでいません
value-not-utf8 = { $what } の値は UTF-8 ではありません（{ $byte } バイト目）
    .remedy = Base64 などで符号化してください
value-empty = 値が空です
    .remedy = 空でない値を渡してください
prompt-impossible = 入力を求める端末がありません
    .remedy = --stdin、--file、--generate のいずれかを使ってください
interrupted = 中断されました
no-runtime = 処理を開始できません: { $cause }
write-failed = `{ $target }` に書き込めませんでした
aws-denied = { $call }: 呼び出す権限がありません: { $detail }
    .remedy = この呼び出しの権限を得るか、--profile で別のプロファイルを指定してください
aws-unauthenticated = { $call }: AWS が認証情報を受け付けません: { $detail }
    .remedy = サインインし直すか、--profile で別のプロファイルを指定してください
aws-absent = { $call }: 存在しません: { $detail }
    .remedy = 名前、リージョン、アカウントを確認してください
aws-exists = { $call }: 既に存在します: { $detail }
    .remedy = 既にあるものを確認してください
aws-pending-deletion = { $call }: 削除が予定されています: { $detail }
    .remedy = 復元するか、別の名前を使ってください
aws-key-unusable = { $call }: KMS キーを使えません: { $detail }
    .remedy = キーの状態とポリシーを確認してください
aws-throttled = { $call }: AWS のスロットリングが続いています
    .remedy = 時間をおいて再実行してください
aws-unreachable = { $call }: { $detail }
    .remedy = ネットワーク、エンドポイント、リージョンを確認してください
aws-invalid = { $call }: { $code ->
    [none] {""}
   *[other] { $code }: {""}
}{ $detail }
    .remedy = AWS のメッセージを確認してください
aws-not-told = { $call }: AWS から情報を得られません: { $detail }
run-missing = { $environment } の `{ $service }` は起動しません。値がない変数: { $names }
    .remedy = `sekisho verify { $environment } { $service }` の結果を確認してください
run-dangerous = ストアの値が { $names } を設定しようとしています。プロセスを乗っ取るおそれがあります
    .remedy = 意図したものであれば --allow-name で許可してください
run-impossible = 変数 `{ $name }` を設定できません。名前または値に、環境変数では使えない文字が含まれています
    .remedy = ストアの値を直してください
run-nothing = コマンドが指定されていません
run-failed = `{ $command }` を実行できません: { io-cause }
    .remedy = 存在し、実行できることを確認してください
redact-impossible = 値が多すぎるか長すぎるため、伏せることができません
    .remedy = --redact を外すか、コマンドに渡す値を減らしてください
get-not-a-terminal = 出力先が端末ではありません
    .remedy = それでも値を出力するには --reveal を付けてください
get-absent = { $environment } に `{ $name }` は存在しません
    .remedy = `sekisho secret set { $environment } { $name }` で作成してください
get-deleted = `{ $name }` は削除が予定されています
    .remedy = `sekisho secret restore { $environment } { $name }` で復元してください
get-binary = `{ $name }` の値はテキストではなくバイナリです
    .remedy = `aws secretsmanager get-secret-value` で読み取ってください
get-not-json = キー `{ $key }` が指定されていますが、`{ $name }` の値は JSON オブジェクトではありません: { $cause }
    .remedy = --key を外すか、JSON オブジェクトを保存してください
get-no-key = 値にキー `{ $key }` はありません
    .remedy = 大文字と小文字は区別されます
set-needs-key = `{ $name }` はキーごとに別のパラメータになっています
    .remedy = --key で 1 つ指定してください: { $keys }
no-keys = `{ $name }` は 1 つの値で、キーはありません
    .remedy = --key を外すか、マニフェストで `keys` を宣言してください
unknown-key = マニフェストは `{ $name }` にキー `{ $key }` を宣言していません
    .remedy = { $suggestion ->
        [none] 宣言されているキー: { $known }
       *[other] `{ $suggestion }` の間違いではありませんか（宣言されているキー: { $known }）
    }
set-deleted = `{ $name }` は削除が予定されています
    .remedy = 先に `sekisho secret restore { $environment } { $name }` で復元してください
plaintext-has-no-store = { $environment } では `{ $name }` はタスク定義に平文で書かれており、問い合わせるストアがありません
    .remedy = タスク定義を見るか、ストアを選んでください
output-of-findings = この動詞には、その形式で書き出す検出結果がありません
    .remedy = ここでは --output text、json、jsonl のいずれかを使ってください
baseline-wrote = { $file } に { $count } 件の検出結果を書き込みました
baseline-large = 検出結果の種類が { $most } を超えており、ベースラインには多すぎます
    .remedy = ディレクトリごとに検査するか、先にマニフェストでルールを抑止してください
suppress-unknown-rule = 抑止しようとしているルール `{ $rule }` はありません
    .remedy = { $suggestion ->
        [none] 検出結果の重大度の後にある ID（`SEK0301` など）を書いてください
       *[other] `{ $suggestion }` のことですか?
    }
no-junit = JUnit レポートを XML として書き出せませんでした
    .remedy = 別の `--output` を使ってください
fix-nothing = プログラムで直せるものはありません
fix-ask = { $files } ファイルに { $count } か所の変更を書き込みますか?
fix-declined = 何も書き込みませんでした
fix-changed = `{ $file }` はその間に変更されたため、そのままにしました
    .remedy = もう一度検査してください
fix-no-terminal = ここでは確認できません
    .remedy = `--dry-run` の内容を書き込むには `--yes` を付けてください
write-moved = `{ $target }` には書き込みませんでした。読み取った後にほかの誰かが変更しています{ $now ->
    [none] {""}
   *[other] {""}（現在のバージョンは { $now }）
}
    .remedy = `sekisho secret history` などで確認してから再実行してください。--force を付けると上書きします
write-between = `{ $target }` に書き込みましたが（バージョン { $version }）、その直前にほかの誰かが別のバージョンを書き込んでいます
    .remedy = `sekisho secret history` で確認し、そちらの値が正しければ `sekisho secret rollback --to` で戻してください
naming-refused = `{ $name }` という名前はマニフェストで許可されていません。`{ $naming }` に一致する必要があります
    .remedy = シークレットの名前かパスのテンプレート、またはマニフェストの `naming` を直してください
naming-unusable = `naming` は正規表現ではありません: `{ $naming }`
    .remedy = マニフェストを直してください
tags-missing = `{ $name }` に必須のタグがありません: { $tags }
    .remedy = マニフェストのプロジェクト、環境、シークレットのいずれかの `tags` で宣言してください
confirm-impossible = 確認を求める端末がありません: { $question }
    .remedy = 意図した操作であれば --yes を付けてください
confirm-refused = 何も行いませんでした
    .remedy = 意図した操作であれば、はいと答えるか --yes を付けてください
value-empty-of = `{ $name }` の値が空です
    .remedy = 空でない値を渡すか、取り除いてください
value-not-text = { $environment } の `{ $name }` は JSON の { $kind } で、コンテナには書かれているとおりに渡りません
    .remedy = 文字列として保存するか、対象から外してください
import-unknown = `{ $name }` という名前のものは宣言されていません
    .remedy = { $suggestion ->
        [none] 宣言された変数名か論理名を使うか、その行を取り除いてください
       *[other] `{ $suggestion }` の間違いではありませんか
    }
import-ambiguous = 変数 `{ $name }` を持つシークレットが複数あります
    .remedy = 代わりに論理名を使ってください: { $known }
export-where = 値の出力先が指定されていません
    .remedy = --file で新しいファイルを指定するか、--reveal を付けて表示してください
export-ambiguous = { $first } と { $second } の 2 つの値が同じ名前 `{ $name }` になります
    .remedy = 対象のシークレットを指定するか、`--names logical --format json` を使ってください
export-dotenv-name = `{ $name }` は dotenv ファイルの名前として使えません
    .remedy = `--format json` か `--format yaml` を使ってください
file-tracked = `{ $file }` は git で管理されています
    .remedy = 値はリポジトリに入れるものではありません。リポジトリの外の場所を指定してください
file-tracked-unknown = `{ $file }` が git で管理されているかどうか、git から答えを得られません
    .remedy = リポジトリの外の場所を指定してください
copy-same = どちらの環境も { $environment } です
    .remedy = 別々の環境を指定するか、値がまだあるストアを --from-store で指定してください
rollback-no-version = `{ $name }` に該当する以前のバージョンはありません{ $version ->
    [none] {""}
   *[other] {""}（`{ $version }`）
}
    .remedy = `sekisho secret history { $environment } { $name }` で確認してください
restore-parameter = { $environment } の `{ $name }` はパラメータです。Parameter Store では復元できません
    .remedy = `sekisho secret set { $environment } { $name }` で設定し直してください
restore-gone = { $environment } に `{ $name }` は存在せず、復元もできません
    .remedy = `sekisho secret set { $environment } { $name }` で設定し直してください
no-random = 乱数を生成できませんでした
init-exists = `{ $file }` は既に存在します
    .remedy = --dry-run で下書きを確認するか、ファイルを削除してください
init-nothing = { $paths } にタスク定義が見つかりませんでした
    .remedy = `aws ecs describe-task-definition` が出力する形のファイルを指定してください
local-not-running = 組み込み AWS は起動していません（状態の保存先: { $directory }）
    .remedy = `sekisho local start` で起動してください
reset-needs-yes = 確認を求める端末がありません
    .remedy = --yes を付けてください
server-failed = サーバーを続行できません: { $cause }
    .remedy = 別の --port か --listen を指定してください
explain-nothing = 説明する対象がありません
    .remedy = メッセージを引数で渡すか、`-` を指定して標準入力から渡してください
explain-no-rule = ルール `{ $id }` はありません
    .remedy = { $suggestion ->
        [none] ルールの一覧はマニュアルにあります
       *[other] `{ $suggestion }` のことですか
    }
explain-unrecognised = この文章の中に、Sekisho の知っている ECS のメッセージはありません
    .remedy = タスクの `stoppedReason` 全体か、`aws ecs describe-tasks` の出力を貼り付けてください。サービスのイベントにはタスクの名前だけがあり、原因はありません

can-bad-principal = `{ $principal }` はプリンシパルではありません
    .remedy = ロール、ユーザー、セッションの ARN、アカウント ID、または ecs-tasks.amazonaws.com のようなサービスを指定してください
can-bad-action = `{ $action }` は単一のアクションではありません
    .remedy = ssm:GetParameters のように、サービスとアクションを書いてください
can-bad-account = `{ $account }` はアカウント ID ではありません
    .remedy = アカウント ID はちょうど 12 桁の数字です
can-bad-context = `{ $given }` はキーと値の組ではありません
    .remedy = KEY=VALUE の形で書いてください。リクエストに含まれないキーは --absent で指定します
can-bad-lines = { $lines } 行のうち { $bad } 行に回答できませんでした
diff-nothing = 2 つの版が許可する内容は同じです
diff-gains = { $certain ->
    [yes] 得る
   *[no] 得る可能性
}
diff-loses = { $certain ->
    [yes] 失う
   *[no] 失う可能性
}
heading-change = 変化
heading-principal = プリンシパル
heading-action = アクション
heading-resource = リソース
generate-nothing = `{ $name }` では何も呼び出されません
    .remedy = サービスのシークレットを宣言するか、タスク定義を指定してください
generate-split = 1 つのポリシーでは IAM が許す { $limit } 文字を超えるため、{ $count } つに分けました
generate-large = { $size } 文字のステートメントは、IAM が許す { $limit } 文字を超えています
    .remedy = 一度に指定するサービスを減らしてください
generate-which-environment = マニフェストに複数の環境があります: { $known }
    .remedy = --environment で 1 つ選んでください
generate-no-account = アカウントが分かりません。アカウントのないポリシーはすべてのアカウントに届いてしまいます
    .remedy = --account か、マニフェストの環境の `account` で指定してください
generate-unknown-verb = AWS を呼び出す動詞 `{ $verb }` はありません
    .remedy = 次のいずれかです: { $known }
who-can-not-readable = `{ $arn }` はシークレットの ARN でもパラメータの ARN でもありません
    .remedy = arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX または arn:aws:ssm:REGION:ACCOUNT:parameter/NAME のような ARN を指定してください
who-can-unknown-secret = マニフェストにシークレット `{ $name }` の宣言がありません{ $suggestion ->
    [none] {""}
   *[other] 。`{ $suggestion }` の間違いではありませんか
}
    .remedy = 宣言されているもの: { $known }
who-can-plaintext = `{ $name }` はタスク定義に平文で書かれています。タスク定義を参照できる人は誰でも読めます
    .remedy = ストアに保存してください
who-can-may = 読み取れる
who-can-perhaps = 判定不能
who-can-nobody = このアカウントに読み取れるプリンシパルはありません
who-can-through = { $statement } による { $action }
who-can-decrypt = { $statement } による kms:Decrypt
who-can-stranger = シークレットのポリシーに書かれています。相手のアカウントでも許可されている必要があります
who-can-statement = { $policy } のステートメント { $number }{ $sid ->
    [none] {""}
   *[other] （{ $sid }）
}
who-can-counts = プリンシパル { $principals } 件: 読み取れる { $may } 件、判定不能 { $perhaps } 件
who-can-assume-no-secret-policy = シークレットのポリシーが指定されていません。他のプリンシパルを許可したり、一部を拒否したりしている可能性があります
who-can-assume-key-unknown = キーが指定されていません。復号できるかどうかは分かりません
who-can-assume-no-key-policy = キーのポリシーが指定されていません。復号できるかどうかは分かりません
who-can-truncated = アカウントの詳細は一部だけです。他にもプリンシパルが存在します
who-can-unreadable = アカウントの詳細のうち { $count } 件を読み取れませんでした: { $names }
who-can-assume-organisation = サービスコントロールポリシー、リソースコントロールポリシー、エンドポイントポリシー、KMS の許可（グラント）は確認していません
heading-outcome = 結果
heading-through = 根拠
who-can-not-there = `{ $name }` が存在しないか、参照できませんでした
    .remedy = どちらなのかは `sekisho verify` で分かります

# 報告の枠組み。検出結果の文言は engine のファイルにある。
verify-title = { $environment }: アカウント { $account }、{ $region }、{ $endpoint ->
    [aws] AWS
    [local] 組み込み AWS
   *[other] { $endpoint }
}
verify-title-plain = アカウント { $account }、{ $region }、{ $endpoint ->
    [aws] AWS
    [local] 組み込み AWS
   *[other] { $endpoint }
}
heading-service = サービス
heading-container = コンテナ
heading-variable = 変数
heading-store = ストア
heading-name = 名前
heading-version = バージョン
heading-verdict = 判定
heading-secret = シークレット
heading-kind = 型
heading-changed = 更新日時
heading-state = 状態
verdict-pass = 証明済み
verdict-fail = 失敗
verdict-cannot-tell = 判定不能
severity-error = エラー
severity-warning = 警告
severity-note = 注記
severity-undecided = 判定不能
likely = 可能性が高いが未確認
remedy = 対処
assumed = 前提
verify-counts = { $services } サービスの参照 { $references } 件: 証明済み { $pass }、失敗 { $fail }、判定不能 { $unknown }{ $created ->
    [none] {""}
   *[other] 、作成 { $created }
}
verify-access-counts = 調べた実行ロール { $roles } 件、ECS の呼び出し { $calls } 件: 許可 { $allowed }、拒否 { $denied }、判定不能 { $unknown }
change-created = { $target } を作成しました（バージョン { $version }、値の出所: { $origin }）
change-key-added = { $target } に JSON キーを追加しました（バージョン { $version }、値の出所: { $origin }）
change-version-added = { $target } に最初の値を設定しました（バージョン { $version }、値の出所: { $origin }）
change-would-create = { $target } を作成します（値の出所: { $origin }）
change-would-add-key = { $target } に JSON キーを追加します（値の出所: { $origin }）
change-would-add-version = { $target } に最初の値を設定します（値の出所: { $origin }）
change-not-needed = { $target } はその間に作成されていたため、そのままにしました
from-variable = 環境変数 { $name }
from-stdin = 標準入力（{ $name }）
from-generator = 自動生成
from-prompt = 入力
from-several = 複数（{ $name }）

# `explain` のページ。
explanation-certain = 判明:
explanation-likely = おそらく:
explanation-unclear = 情報不足:
explanation-not-about-secrets = シークレット以外の問題:
explanation-besides = ほかの可能性:
explanation-policy = 拒否したポリシー
explanation-proof = 確かめ方
explanation-named = メッセージ中の名前
explanation-untranslated = この説明は英語のみです
ecs-says = { $by ->
    [registration] 登録時の ECS のメッセージ
    [ec2] EC2 のエージェントのメッセージ
   *[fargate] Fargate のメッセージ
}{ $confidence ->
    [likely] （見込み）
   *[certain] {""}
}
check-fate = { $fate ->
    [refused] { $definition }: 登録が拒否されます。問題のうち ECS が最初に示すのは次のものです
   *[fails-to-start] { $definition }: タスクは起動しません。問題のうち ECS が最初に示すのは次のものです
}
check-behind = { $count ->
    [0] （ほかにはありません）
   *[other] （ほかに { $count } 件が隠れています）
}
check-looked = { $roots } の { $files } ファイルを調べました
check-looked-read = 読み取り { $count } 件: { $what }
check-looked-refused = 読めなかったもの { $count } 件
check-looked-terraform = Terraform { $count } 件: まだ読めません
check-looked-not-ours = ECS に関する内容がないもの { $count } 件
check-looked-left-out = 上限により除外 { $count } 件
check-looked-skipped = 対象外: .gitignore { $ignored } 件、ツールのディレクトリ { $skipped } 件、シンボリックリンク { $links } 件
dialect-ecs = タスク定義とサービス（ECS の形式）
dialect-capitals = タスク定義とサービス（CloudFormation の大文字表記）
dialect-cloudformation = CloudFormation / SAM テンプレート
dialect-ecspresso = ecspresso の設定
dialect-policy = IAM ポリシー
check-nothing = 検査するものがありません。タスク定義、サービス、ポリシーは見つかりませんでした
check-counts = { $definitions } 定義{ $policies ->
    [0] {""}
   *[other] 、{ $policies } ポリシー
}の参照 { $references } 件: 失敗する見込み { $failing }。エラー { $errors }、警告 { $warnings }、注記 { $notes }、判定不能 { $undecided }
check-counts-suppressed = 。抑止 { $count }
check-counts-known = 。ベースラインにあるもの { $count }
check-untold = ほかに { $count } 件の検出結果があります（件数だけを数え、表示していません）
check-gone = 解消: { $path } の { $address } の { $rule }
check-gone-count = ベースラインの { $count } 件は解消されています。--write-baseline で書き直してください
check-mended = { $count } 個の文字列を修正しました
check-mendable = { $count } 件は --fix で修正できます
junit-nothing = 検出結果はありません
markdown-severity = 重大度
markdown-rule = ルール
markdown-where = 場所
markdown-what = 内容
decision-allowed = 許可
decision-implicitly-denied = 拒否（許可するものがありません）
decision-explicitly-denied = 拒否（拒否するステートメントがあります）
decision-cannot-tell = 判定不能
decision-asked = { $principal } による { $resource } への { $action }
part-layer = { $layer ->
    [identity] プリンシパル自身のポリシー
    [resource] リソースのポリシー
    [boundary] アクセス許可の境界
    [session] セッションポリシー
    [scp] サービスコントロールポリシー{ $level ->
        [none] {""}
       *[other] （{ $level }）
    }
    [rcp] リソースコントロールポリシー{ $level ->
        [none] {""}
       *[other] （{ $level }）
    }
   *[endpoint] エンドポイントポリシー
}
part-statement = { part-layer } `{ $policy }` のステートメント { $number }{ $sid ->
    [none] {""}
   *[other] （{ $sid }）
}
decision-because = { part-statement } が{ $effect ->
    [Deny] 拒否しています
   *[Allow] 許可しています
}
decision-lacks-allow = { part-layer }で許可されている必要があります
decision-nearest = 最も近いもの: { part-statement }。一致しないもの: { $failed }
decision-unclear = { part-statement } 次第です。判定できないもの: { $failed }
decision-layer-unknown = 不明: { part-layer }
decision-policy-unreadable = { part-layer }の `{ $policy }` を読み取れませんでした
decision-resource-account = 不明: リソースを所有するアカウント
decision-service-linked-role = 不明: 組織のポリシーで制限されないサービスリンクロールかどうか
decision-condition = `{ $key }` に対する { $operator }{ $missing ->
    [yes] （分かる限り、リクエストに含まれません）
   *[no] {""}
}
decision-assume-no-scp = サービスコントロールポリシーは指定されていません
decision-assume-no-rcp = リソースコントロールポリシーは指定されていません
decision-assume-no-endpoint = VPC エンドポイントのポリシーは指定されていません
decision-assume-no-session = セッションポリシーは指定されていません
decision-assume-no-boundary = アクセス許可の境界は指定されていません
decision-assume-no-grants = KMS キーの許可（グラント）は確認していません
decision-assume-no-resource-policy = リソースのポリシーは指定されていません

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

# The frame of reports; the wording of findings stands in the engine's files.
verify-title = { $environment }: account { $account }, { $region }, { $endpoint ->
    [aws] AWS
    [local] the embedded AWS
   *[other] { $endpoint }
}
verify-title-plain = account { $account }, { $region }, { $endpoint ->
    [aws] AWS
    [local] the embedded AWS
   *[other] { $endpoint }
}
heading-service = SERVICE
heading-container = CONTAINER
heading-variable = VARIABLE
heading-store = STORE
heading-name = NAME
heading-version = VERSION
heading-verdict = VERDICT
heading-secret = SECRET
heading-kind = TYPE
heading-changed = CHANGED
heading-state = STATE
verdict-pass = proved
verdict-fail = fails
verdict-cannot-tell = cannot tell
severity-error = error
severity-warning = warning
severity-note = note
severity-undecided = cannot tell
likely = likely, not confirmed
remedy = remedy
assumed = assumed
verify-counts = { $references ->
    [one] 1 reference
   *[other] { $references } references
} in { $services ->
    [one] 1 service
   *[other] { $services } services
}: { $pass } proved, { $fail } failed, { $unknown } cannot tell{ $created ->
    [none] {""}
   *[other] ; { $created } created
}
verify-access-counts = { $roles ->
    [one] 1 execution role
   *[other] { $roles } execution roles
} examined, { $calls ->
    [one] 1 call
   *[other] { $calls } calls
} of ECS decided: { $allowed } allowed, { $denied } refused, { $unknown } cannot tell
change-created = created { $target } (version { $version }) from { $origin }
change-key-added = added a JSON key to { $target } (version { $version }) from { $origin }
change-version-added = gave { $target } its first current value (version { $version }) from { $origin }
change-would-create = would create { $target } from { $origin }
change-would-add-key = would add a JSON key to { $target } from { $origin }
change-would-add-version = would give { $target } its first current value from { $origin }
change-not-needed = { $target } appeared meanwhile and was left as it is
from-variable = the variable { $name }
from-stdin = standard input ({ $name })
from-generator = the generator
from-prompt = the prompt
from-several = several sources ({ $name })

# The pages of `explain`.
explanation-certain = recognised:
explanation-likely = likely:
explanation-unclear = not enough of it:
explanation-not-about-secrets = not about secrets:
explanation-besides = It may also be:
explanation-policy = which policy
explanation-proof = proof
explanation-named = it names
explanation-untranslated = this explanation is in English only

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
ecs-says = { $by ->
    [registration] ECS would say at registration
    [ec2] the agent on EC2 would say
   *[fargate] Fargate would say
}{ $confidence ->
    [likely] {" "}(likely)
   *[certain] {""}
}
check-fate = { $fate ->
    [refused] { $definition }: registration is refused; of all that is wrong ECS shows first
   *[fails-to-start] { $definition }: no task starts; of all that is wrong ECS shows first
}
check-behind = { $count ->
    [0] (nothing else)
    [one] (1 more problem behind it)
   *[other] ({ $count } more problems behind it)
}
check-looked = looked at { $files ->
    [one] 1 file
   *[other] { $files } files
} in { $roots }
check-looked-read = { $count } read: { $what }
check-looked-refused = { $count } could not be read
check-looked-terraform = { $count } of Terraform: not read yet
check-looked-not-ours = { $count } with nothing of ECS in { $count ->
    [one] it
   *[other] them
}
check-looked-left-out = { $count } left out by a limit
check-looked-skipped = not entered: { $ignored } by .gitignore, { $skipped } { $skipped ->
    [one] directory
   *[other] directories
} of tools, { $links } symbolic { $links ->
    [one] link
   *[other] links
}
dialect-ecs = task definitions and services, as ECS takes them
dialect-capitals = task definitions and services, in CloudFormation's capitals
dialect-cloudformation = CloudFormation or SAM templates
dialect-ecspresso = ecspresso configurations
dialect-policy = IAM policies
check-nothing = nothing to check: no task definition, service or policy was found
check-counts = { $references ->
    [one] 1 reference
   *[other] { $references } references
} in { $definitions ->
    [one] 1 definition
   *[other] { $definitions } definitions
}{ $policies ->
    [0] {""}
    [one] , 1 policy
   *[other] , { $policies } policies
}: { $failing } would fail; { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}, { $notes ->
    [one] 1 note
   *[other] { $notes } notes
}, { $undecided } cannot tell
check-counts-suppressed = ; { $count } suppressed
check-counts-known = ; { $count } known from the baseline
check-untold = { $count ->
    [one] 1 more finding is counted, but not shown
   *[other] { $count } more findings are counted, but not shown
}
check-gone = gone: { $rule } at { $address } in { $path }
check-gone-count = { $count ->
    [one] 1 finding of the baseline is gone: write the baseline again with --write-baseline
   *[other] { $count } findings of the baseline are gone: write the baseline again with --write-baseline
}
check-mended = { $count ->
    [one] 1 string was mended
   *[other] { $count } strings were mended
}
check-mendable = { $count ->
    [one] 1 finding can be mended with --fix
   *[other] { $count } findings can be mended with --fix
}
junit-nothing = nothing was found
markdown-severity = Severity
markdown-rule = Rule
markdown-where = Where
markdown-what = What
decision-allowed = allowed
decision-implicitly-denied = denied, because nothing allows it
decision-explicitly-denied = denied by a statement
decision-cannot-tell = cannot tell
decision-asked = { $principal } asks for { $action } on { $resource }
part-layer = { $layer ->
    [identity] the principal's policies
    [resource] the resource's policy
    [boundary] the permissions boundary
    [session] the session's policy
    [scp] the service control policies{ $level ->
        [none] {""}
       *[other] {" "}of { $level }
    }
    [rcp] the resource control policies{ $level ->
        [none] {""}
       *[other] {" "}of { $level }
    }
   *[endpoint] the endpoint's policy
}
part-statement = statement { $number }{ $sid ->
    [none] {""}
   *[other] {" "}({ $sid })
} of `{ $policy }`, in { part-layer }
decision-because = { $effect ->
    [Deny] denied
   *[Allow] allowed
} by { part-statement }
decision-lacks-allow = { part-layer } would have to allow it
decision-nearest = nearest: { part-statement }; what does not match: { $failed }
decision-unclear = it hangs on { part-statement }; what cannot be told: { $failed }
decision-layer-unknown = not known: { part-layer }
decision-policy-unreadable = `{ $policy }` could not be read, in { part-layer }
decision-resource-account = not known: which account owns the resource
decision-service-linked-role = not known: whether the role is one of AWS's own services (service-linked), which the organisation's policies do not restrict
decision-condition = { $operator } on `{ $key }`{ $missing ->
    [yes] {" "}(the request does not carry it, as far as is known)
   *[no] {""}
}
decision-assume-no-scp = no service control policy was given
decision-assume-no-rcp = no resource control policy was given
decision-assume-no-endpoint = no policy of a VPC endpoint was given
decision-assume-no-session = no session policy was given
decision-assume-no-boundary = no permissions boundary was given
decision-assume-no-grants = grants of KMS keys are not looked at
decision-assume-no-resource-policy = no policy of the resource was given

# Findings. A message says what and where; its .remedy says what to do. Ids are the rules' names.
malformed-secret-reference = the secret reference has { $found } colon-separated parts behind the account; ECS takes 2 (the ARN) or 5 (with json-key, version-stage and version-id): it registers, and no task starts
    .remedy = { $instead ->
        [none] write the ARN alone, or `…:secret:NAME-AbCdEf:JSON-KEY:VERSION-STAGE:VERSION-ID` with empty parts left empty; a JSON key with a colon in it cannot be referenced
       *[other] write `{ $instead }`
    }
malformed-secret-reference-resource = behind the account of a Secrets Manager ARN stands `{ $part }`, which does not begin with `secret:`
    .remedy = copy the ARN as `aws secretsmanager describe-secret` prints it
malformed-secret-reference-empty = the secret's id behind `secret:` is empty
    .remedy = copy the ARN as `aws secretsmanager describe-secret` prints it
malformed-secret-reference-character = the secret's id has { $character }, which no secret's name can have
    .remedy = copy the ARN as `aws secretsmanager describe-secret` prints it
invalid-parameter-name = the parameter's name has { $character }: registering the task definition is refused
    .remedy = a parameter's name has letters, digits and `_.-/` only; for a Secrets Manager secret write its ARN
invalid-parameter-name-space = the parameter's name has white space around it
    .remedy = write `{ $instead }`
invalid-parameter-name-long = the name has { $length } characters, more than are allowed
    .remedy = shorten it
invalid-parameter-name-slash = `{ $text }` has a `/` inside but none in front: registration takes it, but no parameter can have this name
    .remedy = write `{ $instead }`
invalid-parameter-name-level = `{ $text }` has an empty level: no parameter can have this name
    .remedy = { $instead ->
        [none] name the parameter as Parameter Store lists it
       *[other] write `{ $instead }`
    }
invalid-parameter-name-reserved = `{ $text }` begins with `aws` or `ssm`, which AWS keeps for itself: no parameter can have this name
    .remedy = choose another name
invalid-parameter-name-deep = `{ $text }` has more than 15 levels: no parameter can have this name
    .remedy = use a flatter hierarchy
invalid-parameter-name-limit = `{ $text }` is longer than Parameter Store keeps
    .remedy = shorten it
parameter-version-selector = `:{ $selector }` picks a version of a parameter, which ECS does not do: registering the task definition is refused
    .remedy = write `{ $instead }`; ECS always takes the latest version
parameter-version-selector-arn = `:{ $selector }` behind a parameter's ARN: what ECS does with it is not confirmed
    .remedy = write `{ $instead }`; ECS always takes the latest version
secret-name-without-arn = `{ $name }` with a key behind it looks like a Secrets Manager secret, but ECS takes everything that is no ARN for a parameter's name, and refuses its colons
    .remedy = write the secret's complete ARN in front of the key: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:{ $name }-AbCdEf:KEY::`
unrendered-template = `{ $placeholder }` is still to be filled in: what ECS would get is not known
    .remedy = give Sekisho the rendered file, or what ECS has: `aws ecs describe-task-definition`
broken-arn = it begins with `arn:` but has { $found } of the six parts of an ARN: the { $missing } is missing
    .remedy = an ARN reads `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; a parameter may be named without one
broken-arn-service = an ARN of `{ $service }`: ECS reads secrets from Parameter Store (`ssm`) and Secrets Manager (`secretsmanager`) only
    .remedy = write the ARN of a parameter or of a secret
broken-arn-region = `{ $found }` in the ARN is no Region
    .remedy = write a Region such as `ap-northeast-1`
broken-arn-account = `{ $found }` in the ARN is no account id
    .remedy = write the 12 digits of the account
broken-arn-partition = the ARN's partition is `{ $found }`, but its Region belongs to `{ $expected }`
    .remedy = write `arn:{ $expected }:…`
parameter-arn-slash = the ARN has `{ $part }` where `parameter/` and the name without its leading slash belong
    .remedy = { $instead ->
        [none] write `…:parameter/NAME`
       *[other] write `{ $instead }`
    }
foreign-parameter = the parameter is of account `{ $there }`, the task of `{ $here }`: registration has refused that ("Cross-account access for ARNs is not currently supported")
    .remedy = put the value into a parameter of `{ $here }`, or into a Secrets Manager secret, which other accounts may share
foreign-region = the reference leads to `{ $there }`, the task runs in `{ $here }`
    .remedy = make sure that the task's network reaches `{ $there }`: interface endpoints serve their own Region only
foreign-partition = the reference leads into the partition `{ $there }`, the task runs in `{ $here }`: credentials of one are nothing in the other
    .remedy = keep the secret in `{ $here }`
partial-secret-arn = the ARN lacks the six characters that Secrets Manager adds{ $complete ->
        [none] {""}
       *[other] ; the complete one is `{ $complete }`
    }
    .remedy = { $complete ->
        [none] write the complete ARN, as `aws secretsmanager describe-secret` prints it
       *[other] write the complete ARN; the role's policy has to name it (or `-??????`) in any case
    }
partial-secret-arn-read-as-complete = `{ $text }` ends like a complete ARN, but is the name of `{ $complete }`: Secrets Manager reads it as complete and finds nothing, and ECS may show AccessDenied
    .remedy = write `{ $complete }`
version-id-form = `{ $found }` stands in the place of the version id, which has 32 to 64 characters: no task starts
    .remedy = { $instead ->
        [none] put the version id of `aws secretsmanager list-secret-version-ids` there, or leave it empty
       *[other] a stage belongs one place earlier: write `{ $instead }`
    }
version-id-form-stage = `{ $part }` in the place of the stage looks like a version id
    .remedy = a version id belongs in the last place: `…:KEY::VERSION-ID`
version-id-form-both = both a stage and a version id: it works only while the version has that stage
    .remedy = leave one of them empty
json-key-form = the JSON key `{ $key }` looks like a path; ECS takes it for one key of that very name
    .remedy = refer to a key of the top level
json-key-form-space = white space in the { $where } belongs to it
    .remedy = take it out
registry-credentials-form = registry credentials take the whole secret; what stands behind its ARN is not read
    .remedy = write `{ $instead }`; the secret is a JSON object with `username` and `password`
registry-credentials-form-parameter = registry credentials come from Secrets Manager only, not from a parameter
    .remedy = put `username` and `password` into a secret and write its ARN
missing-parameter = the parameter `{ $name }` does not exist in { $region }
    .remedy = create it (`sekisho verify … --create`), or mend the name or the Region
missing-parameter-root = the parameter `{ $name }` does not exist in { $region }, but `/{ $name }` does: which of the two ECS asks for behind this ARN is not confirmed
    .remedy = refer to it by its name, or move it below a hierarchy
missing-secret = the secret `{ $id }` does not exist in { $region }
    .remedy = create it (`sekisho verify … --create`), or mend its name, suffix, Region or account; made again, a secret has another suffix
secret-pending-deletion = the secret `{ $name }` is scheduled for deletion ({ $since }): it cannot be read any more
    .remedy = `aws secretsmanager restore-secret --secret-id { $name }`, or refer to another secret
missing-secret-version = no version of the secret `{ $name }` has the stage `{ $stage }`: ECS says that the secret cannot be found
    .remedy = give it a value (`sekisho secret set`, or `sekisho verify … --create`), or name a stage that it has
missing-secret-version-id = the secret `{ $name }` has no version `{ $version }`
    .remedy = name a version of `aws secretsmanager list-secret-version-ids --secret-id { $name }`
missing-secret-version-both = the version `{ $version }` of the secret `{ $name }` does not have the stage `{ $stage }`
    .remedy = leave the stage or the version id empty
missing-json-key = the secret has no JSON key `{ $key }`
    .remedy = add the key to the secret's value (`sekisho secret set --key { $key }`), or mend the reference
missing-json-key-case = the secret has no JSON key `{ $key }`, but `{ $near }`: letter case counts
    .remedy = write `{ $near }`
secret-not-json = the JSON key `{ $key }` is referenced, but the value is no JSON object: "{ $error }"
    .remedy = store a JSON object with the key `{ $key }`, or refer to the whole secret
binary-secret = the secret holds bytes (SecretBinary): the container finds an empty variable, and nothing says why
    .remedy = store the value as a string
binary-secret-key = the JSON key of a secret that holds bytes (SecretBinary): the agent cannot read it, and may fail altogether
    .remedy = store the value as a JSON string
json-value-rendering = the value of the JSON key `{ $key }` is a number that ECS writes in scientific notation, as `1e+06` for a million
    .remedy = store it as a JSON string, in quotes
json-value-rendering-number = the value of the JSON key `{ $key }` is a number that ECS writes otherwise than it stands, as `1.1` for `1.10`
    .remedy = store it as a JSON string, in quotes
json-value-rendering-null = the value of the JSON key `{ $key }` is null: the container gets the five characters `<nil>`
    .remedy = store a string
json-value-rendering-structure = the value of the JSON key `{ $key }` is an { $kind }: the container gets Go's notation (`map[a:1]`, `[1 2]`), not JSON
    .remedy = store it as a JSON string, or refer to the whole secret
empty-value = the value is empty: the container starts with an empty variable
    .remedy = store a value
placeholder-value = the value looks like a placeholder that somebody meant to replace
    .remedy = store the real value
empty-value-from = `valueFrom` is empty
    .remedy = look at the step that was to fill it in
foreign-secret = the secret is of account `{ $there }`, the task of `{ $here }`
    .remedy = it needs a resource policy on the secret, a policy on the execution role, and a customer managed key whose policy lets the role in
foreign-secret-aws-key = the secret is of account `{ $there }` and encrypted under its AWS managed key, which no role of `{ $here }` can use
    .remedy = encrypt it under a customer managed key that lets the execution role decrypt
white-space-around-value = the value begins or ends with white space or a line break, which the container gets too
    .remedy = store it without; `echo` adds a line break, `printf %s` does not
registry-credentials-content = the registry credentials are no JSON object: "{ $error }"
    .remedy = store a JSON object with `username` and `password`
registry-credentials-content-key = the registry credentials have no text under `{ $key }`
    .remedy = store a JSON object with `username` and `password`, both strings that are not empty
volume-credentials-secure-string = the credentials of an FSx volume are in a SecureString, which the agent reads without decrypting it
    .remedy = keep them in Secrets Manager
plaintext-secret = `{ $name }` is declared a secret, but stands in plain text in `environment`
    .remedy = keep it in a store and refer to it in `secrets`
plaintext-secret-allowed = `{ $name }` stands in plain text in `environment`, as { $environment } allows
    .remedy = use a store wherever somebody else may look
plaintext-secret-detected = `{ $name }` in `environment` holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = keep it in a store and refer to it in `secrets`; whoever saw it knows it, so make a new one
plaintext-in-command = `{ $place }` holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = keep it in a store, refer to it in `secrets`, and let the command read the variable; whoever saw it knows it, so make a new one
plaintext-in-label = the label `{ $name }` holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = take it out of the label: whatever reads it should read a variable or a store; make a new one
plaintext-in-health-check = the command of the health check holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = use a variable from `secrets` in a check of the form `CMD-SHELL`, and make a new secret
plaintext-in-log-option = the log option `{ $name }` holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = keep it in a store and refer to it in `secretOptions` under the same name; make a new one
credential-in-url = { $name ->
    [none] `{ $place }`
   *[other] `{ $name }` in `{ $place }`
} holds a password inside a URL or a connection string{ suspicion-allowed }
    .remedy = keep the whole URL in a store and refer to it in `secrets`, or put it together in the program; make a new password
plaintext-in-environment-file = `{ $name }` in the environment file holds { suspicion-kind } in plain text{ suspicion-allowed }
    .remedy = keep it in a store and refer to it in `secrets`, which win over the file; make a new one
placeholder-in-definition = `{ $name }` in `{ $place }` holds a placeholder: ECS fills in nothing, so the container gets these characters
    .remedy = keep the value in a store and refer to it in `secrets`; where a template fills it in, give Sekisho the rendered file
secret-and-environment-clash = `{ $name }` stands in `secrets` and in `environment` of the same container: registering the task definition is refused
    .remedy = take it out of `environment`
duplicate-secret-name = `{ $name }` stands twice in `secrets` of the same container
    .remedy = take one out
missing-execution-role = the task definition has secrets and no `executionRoleArn`: registering it is refused
    .remedy = add the execution role, which reads the secrets
declared-secret-not-wired = `{ $name }` is declared (secret `{ $secret }`), but the task definition does not refer to it: the container never gets it
    .remedy = add `{ $name }` to the container's `secrets`, or take it out of the manifest
declared-secret-not-wired-container = `{ $name }` is declared for a container `{ $container }` that the task definition does not have
    .remedy = mend the container's name in the manifest
reference-differs-from-declaration = `{ $name }` refers to `{ $text }`, which is not what the manifest declares for `{ $secret }`
    .remedy = mend the task definition or the manifest
s3-object-not-looked-up = ECS also reads `{ $text }` from S3, which is not looked at here
    .remedy = make sure that it exists and that the execution role may read it
plain-string-parameter = the parameter `{ $name }` is a { $kind }: it is not encrypted under a key of yours
    .remedy = store it as SecureString
unusable-key = the KMS key `{ $key }` is { $state }: nobody can decrypt the value
    .remedy = enable the key, or cancel its deletion; else store the value again under another key
unusable-key-absent = the KMS key `{ $key }` does not exist
    .remedy = store the value again under another key
customer-key-required = { $environment } requires a customer managed key, and the value is not under one
    .remedy = store it again under a key of yours (`kms_key` in the manifest)
rotation-required = { $environment } requires rotation, and it is off for the secret `{ $name }`
    .remedy = turn rotation on
rotation-required-parameter = { $environment } requires rotation, which Parameter Store does not have
    .remedy = keep it in Secrets Manager
not-observed = { $what ->
        [parameter] the parameter
        [secret] the secret
        [value] the value
       *[key] the KMS key
    } could not be looked up: { $reason ->
        [denied] the caller may not ({ $call }: { $detail })
        [throttled] AWS keeps asking to slow down ({ $call })
        [unreachable] { $call }: { $detail }
        [refused] { $call }: { $detail }
        [key-unusable] its key cannot be used ({ $call }: { $detail })
       *[other] { $detail }
    }
    .remedy = { $reason ->
        [denied] ask for the right to make this call, or use another profile; nothing is said of the execution role
        [throttled] try again later
        [unreachable] look at the network, the endpoint and the Region
        [key-unusable] look at the key's state and policy
       *[other] look at what AWS says
    }
not-observed-nowhere = where to look is not known: no Region or account is set
    .remedy = name the Region with `--region`, or the account in the manifest
not-observed-way-through = Parameter Store's way through to a secret: that ECS resolves it is not documented
    .remedy = refer to the secret by its own ARN
not-observed-plaintext = `{ $name }` is kept in plain text in the task definition, and none is named
    .remedy = name the service's task definition in the manifest, or choose a store
unreadable-leaf = { $reason ->
    [unrendered] `{ $found }` stands here, which another program or the deployment fills in: nothing is known of it yet
   *[other] { $found ->
        [nothing] `{ $expected }` is missing
        [twice] the key `{ $expected }` stands twice
        [other-case] the key `{ $expected }` is written in other letters
        [value] `value` stands where `valueFrom` belongs
        [valueFrom] `valueFrom` stands where `value` belongs
       *[other] the type is { $found } where { $expected } belongs
    }
}
    .remedy = { $reason ->
        [unrendered] check what is rendered or deployed; `--region` says which Region a template is for
       *[other] mend the file: ECS refuses it as it is
    }
unreadable-file = { $reason ->
    [denied] the file may not be read by this user
    [special] this is no regular file (a pipe, a socket, a device), and is not opened
    [changed] the file became another while it was opened
    [unrecognised] this file was named, but nothing in it is a task definition, a service or a policy
    [missing] the manifest names this file, but it is not there
   *[other] the file could not be read: { $reason }
}
    .remedy = { $reason ->
        [denied] give the user of this check the right to read it
        [unrecognised] check that this is the file you meant
        [missing] mend the path in the manifest, or make the file first
       *[other] put a regular file there, or keep this one out of what is checked
    }
stale-suppression = the suppression of { $rule } (`{ $name }`) matches no finding any more
    .remedy = remove it
malformed-suppression = { $reason ->
    [nothing] this comment suppresses nothing: it names no rule
    [unknown] this comment suppresses nothing: there is no rule `{ $rule }`
   *[reason] this comment suppresses nothing: it gives no reason
}
    .remedy = { $reason ->
        [unknown] { $near ->
            [none] write the rule's id, such as `SEK0301`, or its name
           *[other] did you mean `{ $near }`?
        }
       *[other] write `sekisho: allow SEK0301` and behind it why this is all right
    }
not-looked-at = { $limit ->
    [files] there are more than { $most } files and directories: what follows was not looked at
    [outside] this symbolic link leads out of what is checked, and was not followed
    [terraform] Terraform is not read yet: { $count ->
        [one] this file was
       *[other] { $count } files, this one the first, were
    } not looked at
    [bytes] { $count } files were not looked at: those before them hold more than { $most } MiB
    [depth] what lies below this directory was not looked at: it is deeper than { $most } levels
   *[time] { $count } files were not looked at: the check took longer than { $most } seconds
}
    .remedy = { $limit ->
        [outside] name its target as a path of its own
        [terraform] check the task definition that Terraform renders, or the registered one with `sekisho verify --task-definition FILE`
       *[other] name the paths that hold task definitions, or list in `.gitignore` what is generated
    }
tolerated-syntax = this file was read, but other programs may refuse it
    .remedy = write it as they expect it

nul-in-value = the value has a NUL character in it, which no environment variable can hold: the container is not created
    .remedy = store the value without it; bytes can be stored as base64 text
mixed-accounts = the reference is of account `{ $there }`, while this definition's own ARNs or most of its references are of `{ $here }`
    .remedy = write the ARN of account `{ $here }`; where the other account is meant, the secret needs a resource policy and a customer managed key
mixed-accounts-parameter = the parameter is of account `{ $there }`, while this definition's own ARNs or most of its references are of `{ $here }`: registration has refused parameters of other accounts
    .remedy = write the ARN of account `{ $here }`, or the parameter's name alone
mixed-accounts-role = `{ $what }` is of account `{ $there }`, while the definition is of `{ $here }`: a role of another account cannot be passed to a task
    .remedy = name a role of account `{ $here }`
mixed-regions = the reference leads to `{ $there }`, while everything else in this definition is in `{ $here }`
    .remedy = write the ARN of `{ $here }`; where `{ $there }` is meant, make sure that the task's network reaches it
mixed-partitions = `{ $what }` is in the partition `{ $there }`, the rest of the definition in `{ $here }`: credentials of one are nothing in the other
    .remedy = keep everything in one partition
resolve-in-value-from = `{ $placeholder }` is CloudFormation's; outside of a template nobody replaces it, and registering the task definition is refused
    .remedy = write the parameter's name, or the secret's ARN
resolve-in-value-from-template = CloudFormation puts the secret's value in the place of `{ $placeholder }`: ECS would look for something of that name, and the value would stand in the task definition for everybody to read
    .remedy = refer to the secret itself: `!Ref NAME`, or `!Sub "${"{"}NAME{"}"}:KEY::"` for a JSON key
resolve-in-value-from-parameter = CloudFormation puts the parameter's value in the place of `{ $placeholder }`: whether that is the name of a secret is not known here
    .remedy = where the parameter holds the secret itself, write its name instead
volume-credentials-form = `{ $text }` is no ARN: for volumes of FSx the agent takes the ARN of a parameter or a secret only
    .remedy = write the complete ARN
variable-name = no shell can use a variable that is called `{ $name }`
    .remedy = use letters, digits and `_`, and no digit in front, unless the program itself wants this name
variable-name-none = { $name ->
        [none] the variable has no name
       *[other] `{ $name }` is no name that a variable can have
    }
    .remedy = use letters, digits and `_`
execution-role-is-task-role = `{ $role }` is both the execution role and the task role: the program in the container may read every secret of the definition, at any time
    .remedy = give the program a task role of its own, without the rights on the secrets
shadowed-environment-file = `{ $name }` of the environment file `{ $file }` never reaches the container: { $by ->
        [secrets] `secrets` has the same name
        [environment] `environment` has the same name
       *[file] a file before it has the same name
    }
    .remedy = remove one of the two
platform-version-too-old = { $feature ->
        [json-key] a JSON key, stage or version id needs
        [environment-file] an environment file needs
        [registry-credentials] registry credentials need
        [secret-option] a secret log option needs
       *[other] a secret needs
    } platform version { $needed }; the service runs on { $found }
    .remedy = set the service's platform version to `LATEST` or at least { $needed }
agent-too-old = { $feature ->
        [environment-file] an environment file needs
        [registry-credentials] registry credentials need
        [secret-option] a secret log option needs
       *[other] a secret needs
    } ECS agent { $needed }; an instance runs { $found }, and gets no such task
    .remedy = update the agent
agent-too-old-placed = a JSON key, stage or version id needs ECS agent { $needed }; an instance runs { $found }, and gets the task all the same, which then fails
    .remedy = update the agent: nothing keeps the task from this instance
environment-file-on-windows = AWS's documents contradict each other on environment files for Windows containers: whether this one is read is not known
    .remedy = use `secrets` or `environment`
log-driver-not-on-fargate = Fargate has no log driver `{ $driver }`
    .remedy = use `awslogs`, `splunk` or `awsfirelens`
firelens-router-missing = it logs through `awsfirelens`, but no container of the definition has a `firelensConfiguration`
    .remedy = add a container with a `firelensConfiguration`, or use another log driver
firelens-file-form = the configuration of FireLens is named `{ $text }`: registration takes the ARN of an S3 object only
    .remedy = write `arn:aws:s3:::BUCKET/KEY`
environment-file-form = `{ $text }` is no ARN of an S3 object: no task starts
    .remedy = write `arn:aws:s3:::BUCKET/KEY.env`
environment-file-form-suffix = `{ $text }` does not end in `.env`, as ECS wants it
    .remedy = rename the object so that it ends in `.env`
environment-file-form-type = environment files have the type `s3`, not `{ $found }`
    .remedy = write `"type": "s3"`
environment-file-form-many = the container has { $count } environment files; ten are allowed
    .remedy = merge some of them
fargate-execution-role = the image is in ECR and the definition has no execution role: Fargate pulls it as that role, and registering the definition is refused
    .remedy = set `executionRoleArn`
fargate-execution-role-log-driver = it logs through `awslogs` and the definition has no execution role: Fargate writes logs as that role, and registering the definition is refused
    .remedy = set `executionRoleArn`
empty-tags = `tags` is an empty list, which registration is reported to refuse
    .remedy = remove it
secret-option-without-driver = the secret log option `{ $name }` has no `logDriver` beside it, and is dropped without a word
    .remedy = name the log driver
credential-spec-form = `{ $text }` is no credential specification that the agent takes
    .remedy = write `credentialspec:` or `credentialspecdomainless:`, and behind it the ARN of a parameter or of an S3 object
credential-spec-form-many = the container has more than one credential specification
    .remedy = leave one
undeclared-reference = `{ $name }` comes from `{ $stored }`, which the manifest does not declare
    .remedy = declare it in the manifest and list it among the service's secrets; `sekisho init` drafts that
undeclared-reference-elsewhere = `{ $name }` comes from `{ $stored }`, which the manifest declares as `{ $secret }`, but not for the service `{ $service }`
    .remedy = list `{ $secret }` among the secrets of `{ $service }`
unused-declaration = no service uses the secret `{ $secret }`
    .remedy = list it in a service, or remove it from the manifest
names-differ-in-case = `{ $name }` and `{ $other }` are one variable on Windows
    .remedy = give one of them another name
overridden-execution-role = the run replaces the execution role by `{ $role }`: what is known of the definition's own role says nothing about it
    .remedy = verify the definition with this role as its execution role
overridden-secret = the run sets `{ $name }` in plain text, which the definition takes from a store: which of the two counts is not confirmed
    .remedy = leave the variable to the definition, or make a revision without the secret for such runs
foreign-environment = the definition is for { $here }, and reads `{ $stored }`, which is of { $there }
    .remedy = write the name that { $here } has for it
path-convention = `{ $stored }` does not follow the manifest's `path`, { $convention }
    .remedy = move the value, or declare the secret with a name of its own
pinned-version = the reference stays with the version `{ $version }`: a rotation does not reach the container
    .remedy = leave the version out, so that every new task gets the current one
pinned-version-stage = the reference takes the version labelled `{ $stage }` instead of the current one
    .remedy = leave the stage out, so that every new task gets the current one
# What the execution role may.
missing-action = the execution role `{ $role }` may not `{ $action }` on `{ $resource }`: no policy of it allows that
    .remedy = add to a policy of the execution role: `{ $statement }`
missing-action-singular = the execution role `{ $role }` may `ssm:GetParameter` on `{ $resource }`, but ECS calls `ssm:GetParameters`, the plural
    .remedy = add to a policy of the execution role: `{ $statement }`
missing-action-live = made as the execution role `{ $role }` itself, { $call } was refused: { $detail }
    .remedy = let the role make this call: the message says what is missing, or which policy denies it
key-policy = the policies of the execution role `{ $role }` allow `{ $action }`, but the policy of the key `{ $resource }` neither names the role nor leaves the decision to IAM
    .remedy = add to the policy of the key: `{"{"}"Effect": "Allow", "Principal": {"{"}"AWS": "{ $principal }"{"}"}, "Action": "kms:Decrypt", "Resource": "*"{"}"}`
missing-kms-decrypt = the execution role `{ $role }` may not `{ $action }` under the key `{ $resource }`, with which the value is encrypted
    .remedy = add to a policy of the execution role: `{ $statement }`
trust-policy = ECS cannot assume the execution role `{ $role }`: its trust policy does not let `ecs-tasks.amazonaws.com` in{ $trusts ->
    [none] {""}
   *[other] , only { $trusts }
}
    .remedy = let its trust policy allow `sts:AssumeRole` to `{"{"}"Service": "ecs-tasks.amazonaws.com"{"}"}`
trust-policy-condition = ECS cannot assume the execution role `{ $role }`: the conditions of its trust policy do not hold for this task ({ $conditions })
    .remedy = `aws:SourceAccount` is the account of the task and `aws:SourceArn` begins with `arn:aws:ecs:REGION:ACCOUNT:`; a single cluster cannot be named there
trust-policy-deny = ECS cannot assume the execution role `{ $role }`: the statement `{ $sid }` of its trust policy denies it
    .remedy = take the statement away, or make it spare `ecs-tasks.amazonaws.com`
right-on-wrong-role = the task role `{ $other }` may `{ $action }` on `{ $resource }`, but ECS asks with the execution role `{ $role }`, which may not
    .remedy = move the statement to the execution role (`executionRoleArn`): `{ $statement }`
explicit-deny = the execution role `{ $role }` is denied `{ $action }` on `{ $resource }` by the statement `{ $sid }` of { $layer ->
    [identity] its policy `{ $policy }`
    [boundary] its permissions boundary `{ $policy }`
   *[other] the policy of `{ $policy }`
}
    .remedy = take this resource or this role out of the statement: a Deny wins over every Allow
secret-policy = the secret `{ $resource }` belongs to another account, and its own policy does not let the execution role `{ $role }` read it
    .remedy = add to the resource policy of the secret: `{"{"}"Effect": "Allow", "Principal": {"{"}"AWS": "{ $principal }"{"}"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*"{"}"}`
execution-role-absent = the execution role `{ $role }` does not exist
    .remedy = create it, or mend `executionRoleArn`: no task starts without it
execution-role-absent-path = the execution role `{ $role }` does not exist; there is one of that name under another path, `{ $found }`
    .remedy = write `{ $found }`
boundary-blocks = the policies of the execution role `{ $role }` allow `{ $action }` on `{ $resource }`, but its permissions boundary does not
    .remedy = add to the permissions boundary: `{ $statement }`
excess-grant = the execution role `{ $role }` may `{ $action }` on `{ $resource }` (statement `{ $sid }` of the policy `{ $policy }`), more than its task refers to
    .remedy = { $needed ->
        [none] take it out of the statement: the task does not need it
       *[other] name only what the task refers to: `{ $needed }`
    }
access-undecided = whether the execution role `{ $role }` may `{ $action }` on `{ $resource }` cannot be told: { $why ->
    [identity] its policies could not be read ({ $detail })
    [boundary] its permissions boundary could not be read ({ $detail })
    [resource] the policy of the resource could not be read ({ $detail })
    [grants] no policy allows it, and the grants of the key could not be listed ({ $detail })
    [versions] no policy allows the present key, and the secret's versions could not be listed ({ $detail })
    [unreadable] the document of the policy `{ $name }` could not be read
    [condition] the statement `{ $name }` depends on { $detail }, which is not known before the task runs
    [account] it is not known whose the resource is
    [key] it is not known under which key the value is
    [grants-not-listed] no policy allows it, and the grants of the key were not looked up
    [versions-not-listed] no policy allows the present key, and the secret's versions were not looked up
    [previous-key] no policy allows the present key, but the version may still be readable under the previous one
   *[other] AWS does not document it
}
    .remedy = { $why ->
        [condition] make sure that the condition holds for the task, or take it out of the statement
        [previous-key] let the role use the present key: `{ $statement }`
       *[other] let the caller read what is missing (`sekisho generate policy --for verify` lists the rights), or verify as the role (`--assume-role`)
    }
access-undecided-role = the execution role `{ $role }` could not be looked up: { $reason ->
    [denied] denied ({ $call }: { $detail })
    [throttled] throttled ({ $call })
    [unreachable] no answer ({ $call }: { $detail })
   *[other] { $detail }
}
    .remedy = let the caller read the role (`sekisho generate policy --for verify` lists the rights), or verify as the role (`--assume-role`)
access-undecided-trust = whether ECS may assume the execution role `{ $role }` cannot be told: { $why ->
    [condition] the statement `{ $name }` of its trust policy depends on { $detail }
    [unreadable] its trust policy could not be read
   *[other] its trust policy could not be read ({ $detail })
}
    .remedy = compare the trust policy with the task: `aws:SourceAccount` is its account, `aws:SourceArn` begins with `arn:aws:ecs:REGION:ACCOUNT:`
access-undecided-name = the execution role `{ $role }` was not looked up: this is no ARN of a role
    .remedy = give Sekisho the rendered task definition
unaccepted-assumption = `{ $environment }` requires proofs without assumptions, and this one rests on `{ $assumption }`
    .remedy = examine it yourself and accept it with `--accept { $assumption }`, or take `no-assumptions` out of `require`

# What a verdict or an environment rests on.
assume-role-may-read = that the execution role may read and decrypt them was not examined
assume-no-scp = that no service control policy of the organisation denies it: nobody in the account can see those
assume-no-rcp = that no resource control policy of the organisation denies it: nobody in the account can see those
assume-no-endpoint-policy = that the policy of the VPC endpoint which the task goes through, if there is one, allows it
assume-ecs-may-assume-role = that ECS may assume the role: the values were read with it, its trust policy was not examined
assume-value-not-read = values were read only where a JSON key is referenced (`--check-values` reads all)
assume-task-definition-not-read = that the task definition refers to them was not examined, since none is named
assume-environment-unreadable = `{ $subject }` of `environment` could not be read and is left out
assume-env-file-not-read = the env file `{ $subject }` is not read; its variables are missing here
assume-region-injected = AWS_REGION and AWS_DEFAULT_REGION are set to `{ $subject }`, as the agent does where neither the definition nor the image sets them
assume-agent-variables = what only the agent knows is not set: { $subject }
assume-image-environment = the variables that the image itself sets are not known here

# Policies that stand in files.
alias-as-resource = `{ $pattern }` is an alias: AWS authorises { $action } on the key, so the statement { $effect ->
        [Deny] forbids
       *[other] grants
    } nothing
    .remedy = name the key's own ARN, or write `{ $instead }` with the condition "ForAnyValue:StringEquals": {"{"} "kms:ResourceAliases": "{ $alias }" {"}"}
resource-on-wildcard-only-action = `{ $action }` acts on no resource, so with `{ $pattern }` the statement { $effect ->
        [Deny] forbids
       *[other] grants
    } nothing
    .remedy = give `{ $action }` a statement of its own with "Resource": "*"
secret-without-suffix-in-policy = `{ $pattern }` matches no secret: behind the name an ARN has a hyphen and six characters more
    .remedy = write `{ $instead }`, or the complete ARN
secret-without-suffix-in-policy-wide = `{ $pattern }` also matches every other secret whose name begins so
    .remedy = write `{ $instead }`, which matches this one only
leading-slash-in-policy = `{ $pattern }` matches only secrets whose names begin with a slash{ $known ->
        [yes] , and those that are known here do not
       *[other] {""}
    }
    .remedy = write `{ $instead }`
leading-slash-in-policy-parameter = `{ $pattern }` matches no parameter: the name's leading slash is the one behind `parameter`
    .remedy = write `{ $instead }`
json-key-in-policy = `{ $pattern }` matches nothing: `{ $suffix }` belongs to the reference in the task definition, not to the secret's ARN
    .remedy = { $instead ->
        [none] take `{ $suffix }` off
       *[other] write `{ $instead }`
    }
condition-never-present = the statement asks for `{ $key }`, which a role's own call of `{ $action }` does not carry: it { $effect ->
        [Deny] forbids
       *[other] grants
    } nothing
    .remedy = move the condition to the role's trust policy
condition-never-present-service = the statement asks for `{ $key }`, which no request of `{ $action }` carries: it { $effect ->
        [Deny] forbids
       *[other] grants
    } nothing
    .remedy = take the condition out, or split the statement by service
grant-of-all-secrets = `{ $pattern }` { $what ->
        [ssm] reads every parameter
        [secretsmanager] reads every secret
       *[kms] decrypts with every key
    } that it reaches
    .remedy = name what the task reads; `sekisho generate policy --service SERVICE` writes the policy
cross-environment-grant = a policy of { $own } reaches what belongs to { $other }: `{ $pattern }`
    .remedy = take it out, or move it to a policy of { $other }
cross-environment-grant-mixed = one policy reaches several environments ({ $all }): `{ $pattern }` belongs to { $other }
    .remedy = write one policy for each environment
cross-environment-grant-wildcard = `{ $pattern }` reaches several environments: { $other }
    .remedy = write the environment's name in place of the wildcard
wildcard-that-aws-ignores = `{ $pattern }` has a wildcard in { $part ->
        [service] the service
        [partition] the partition
       *[type] the word for the resource's type
    } (`{ $word }`), where AWS takes none
    .remedy = write it out
wildcard-that-aws-ignores-short = `{ $pattern }` has { $parts } of the six parts of an ARN, and a wildcard reaches over no colon{ $account ->
        [none] {""}
       *[other] : AWS reads `{ $account }` as the account
    }
    .remedy = write all six parts: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE
dangling-principal = `{ $id }` is the id of a { $what } that no longer exists
    .remedy = name the ARN of the { $what } that is meant, or take the statement out
for-all-values-with-allow = `ForAllValues` in an Allow also lets in requests without `{ $key }`
    .remedy = add "Null": {"{"} "{ $key }": "false" {"}"}, or use `ForAnyValue`
for-all-values-with-allow-kms = KMS refuses `ForAllValues` with `{ $key }`
    .remedy = use `ForAnyValue`, or no set operator: an encryption context has one value
statement-never-applies = none of the resources (`{ $pattern }`…) is one that `{ $action }` acts on: the statement { $effect ->
        [Deny] forbids
       *[other] grants
    } nothing of it
    .remedy = `{ $action }` acts on { $expected }
unknown-action = there is no action `{ $action }` (as of { $date }){ $suggestion ->
        [none] {""}
       *[other] ; `{ $suggestion }` is one
    }
    .remedy = { $suggestion ->
        [none] take it out
       *[other] write `{ $suggestion }`
    }
unknown-action-service = `{ $action }`: there is no service `{ $service }` (as of { $date }){ $suggestion ->
        [none] {""}
       *[other] ; `{ $suggestion }` is one
    }
    .remedy = { $suggestion ->
        [none] take it out
       *[other] write `{ $suggestion }`
    }
allow-of-everything-else = `{ $element }` with an Allow grants all that is not listed, in every service, and whatever is added in future
    .remedy = list what is to be granted
trust-of-tasks = `{ $service }` does not start tasks
    .remedy = if the role is for tasks, trust `{ $instead }`
trust-of-tasks-action = ECS assumes a task's role with `sts:AssumeRole`, and the statement allows `{ $action }`
    .remedy = write `sts:AssumeRole`
trust-of-tasks-external-id = the statement asks for an external id, which ECS does not send
    .remedy = take `sts:ExternalId` out, and limit the role by `aws:SourceAccount` and `aws:SourceArn`
trust-of-tasks-source = `{ $value }` is no ARN of ECS, so ECS may not assume the role
    .remedy = write arn:aws:ecs:REGION:ACCOUNT:*
trust-of-tasks-narrow = `{ $value }` is narrower than the account and Region, which ECS does not support in `aws:SourceArn`
    .remedy = write arn:aws:ecs:REGION:ACCOUNT:*
trust-without-source = the role may be assumed for tasks of any account: nothing limits it to yours
    .remedy = add "StringEquals": {"{"} "aws:SourceAccount": "ACCOUNT" {"}"} and "ArnLike": {"{"} "aws:SourceArn": "arn:aws:ecs:REGION:ACCOUNT:*" {"}"}
reading-beyond-the-task = ECS does not call `{ $action }` to hand over secrets
    .remedy = if the policy is for an execution role, take it out; what the application calls belongs to the task role
reading-beyond-the-task-singular = `{ $action }` is not what ECS calls: it reads parameters with `ssm:GetParameters`, with an s
    .remedy = if the policy is for an execution role, write `ssm:GetParameters`
reading-without-decrypt = the policy reads secrets and has no `kms:Decrypt`{ $key ->
        [none] : that is enough for keys that AWS manages only
       *[other] , and the manifest encrypts them under `{ $key }`
    }
    .remedy = if they are under a key of yours, allow `kms:Decrypt` on that key; `sekisho generate policy --service SERVICE` writes the statement
grant-in-any-account = `{ $pattern }` reaches every account
    .remedy = write the account's number
grant-in-any-account-region = `{ $pattern }` reaches every Region
    .remedy = write the Region, unless several are meant
grant-by-prefix = `{ $pattern }` reads everything below, of every service{ $count ->
        [none] {""}
       *[other] : { $count } of the secrets that are known here
    }
    .remedy = name what the task reads; `sekisho generate policy --service SERVICE` writes the policy
# What the detector of plain text suspects, for use inside other messages.
suspicion-kind = { $kind ->
    [key] a key or token of { $issuer }
    [private-key] a private key
    [jwt] a signed token (JWT)
    [password-hash] the hash of a password
    [header] the credentials of a header
    [password] a password
    [random] a random value, as keys and tokens are,
   *[other] a secret
}
suspicion-allowed = { $allowed ->
    [none] {""}
   *[other] , as { $allowed } allows
}

# The command line's own words: help, what goes on, and why a verb could not do its work.
usage = Usage
usage-more = More: { $command }
heading-commands = Verbs
heading-arguments = Arguments
heading-options = Options
heading-global = Options of every verb
argument-default = [default: { $value }]
argument-values = [possible values: { $values }]
usage-invalid-value = the value given for `{ $argument }` is not allowed{ $valid ->
    [none] {""}
   *[other] : it takes { $valid }
}
usage-unknown-argument = there is no argument `{ $argument }` here
usage-too-many = there is an argument too many; values are never given on the command line
usage-unknown-verb = there is no verb `{ $verb }`
usage-missing-argument = missing: { $argument }
usage-missing-verb = a verb is missing
usage-conflict = `{ $argument }` cannot be used together with `{ $other }`
usage-not-utf8 = an argument is not UTF-8
usage-other = the arguments do not fit together
usage-suggestion = did you mean `{ $suggestion }`?

help = Proves before the deploy that every container on ECS will receive each of its secrets
help--help = Show help
help--version = Show the version
help--config = The manifest [default: sekisho.toml, found upwards]
help--profile = The profile of the AWS configuration
help--region = The Region
help--endpoint-url = The endpoint of AWS; `local` is the embedded AWS
help--assume-role = A role to assume first
help--allow-env = Let templates read this environment (`must_env`, `env`)
help--state = Where the embedded AWS keeps its state
help--output = How to answer
help--lang = The language [default: that of the locale]
help--color = Whether to use colours
help--quiet = Say nothing on stderr but errors
help--verbose = Say more on stderr
help-init = Draft a manifest from task-definition files
help-init--paths = Files and directories to look at [default: .]
help-init--name = The project's name [default: the directory's]
help-init--dry-run = Print the manifest and write nothing
help-check = Check the files of a tree, before any account is touched; needs no manifest
help-check--paths = Files and directories to look at [default: .]
help-check--fail-on = Fail on findings of this severity and above
help-check--strict = Fail, with 3, also where something cannot be told
help-check--baseline = Fail only on findings that are not in this file
help-check--write-baseline = Write today's findings into the baseline
help-check--fix = Mend what a program can mend, after showing it and asking
help-check--dry-run = With --fix: show what would be mended, and write nothing
help-check--yes = With --fix: do not ask
help-verify = Check that every secret is there and can be handed to its container
help-verify--environment = The environment, as the manifest names it
help-verify--services = The services [default: all]
help-verify--task-definition = Verify this task definition; no manifest is needed
help-verify--live = Verify the service as it stands in ECS, with the revision that it runs; no manifest is needed
help-verify--no-roles = Look at no role: that the execution role may read becomes an assumption
help-verify--accept = Accept this assumption where the environment requires proofs without any; may be given several times
help-verify--create = Create what is missing; nothing that exists is touched
help-verify--stdin = With --create: read values from stdin (dotenv or JSON)
help-verify--generate = With --create: generate what has no other source
help-verify--dry-run = With --create: say what would be created, and write nothing
help-verify--check-values = Read every value: emptiness, placeholders, white space
help-verify--environment-file = Read this file in place of the S3 object; ARN as in the task definition
help-verify--agent-version = The oldest ECS agent of the cluster's instances, as in 1.37.0
help-verify--fail-on = Fail on findings of this severity and above
help-explain = Tell what a message of ECS means, or what a rule says
help-explain--text = A message, the answer of describe-tasks or describe-services, an event, a log, a rule's id or name; `-` is stdin
help-run = Run a command with the environment that ECS would build
help-run--environment = The environment
help-run--service = The service
help-run--container = The container [default: the only one]
help-run--task-definition = The task definition, instead of the manifest's
help-run--clean = Nothing but that environment
help-run--allow-name = Let a store set this variable, though it could take over the process
help-run--environment-file = Read this file in place of the S3 object; ARN as in the task definition
help-run--redact = Mask the values of the stores in what the command writes
help-run--command = The command and its arguments, behind `--`
help-secret = Look at secrets, and keep them: set, copy, compare, roll back
help-secret-list = List the declared secrets and whether they are there
help-secret-list--environment = The environment
help-secret-get = Show a value, to a terminal only unless --reveal is given
help-secret-get--environment = The environment
help-secret-get--secret = The secret's logical name
help-secret-get--key = One JSON key of it
help-secret-get--reveal = Print the value wherever the output goes
help-secret-set = Set a value, from a hidden prompt, stdin, a file or the generator
help-secret-set--environment = The environment
help-secret-set--secret = The secret's logical name
help-secret-set--key = One JSON key of it; the others stay
help-secret-set--stdin = Read the value from stdin; one line break at its end is taken off
help-secret-set--file = Read the value from this file, to the last byte
help-secret-set--generate = Generate the value
help-secret-set--dry-run = Say what would be written, and write nothing
help-secret-list--missing = Only those that are not there
help-secret-list--unused = What is in the stores under the environment's path and declared nowhere
help-secret-set--if-version = Only if this version is the current one
help-secret-set--force = Even if somebody else has written since the value was read
help-secret-set--yes = Do not ask
help-secret-history = List the versions of a secret, without values
help-secret-history--environment = The environment
help-secret-history--secret = The secret's logical name
help-secret-history--key = One key of it, where each is a parameter
help-secret-rollback = Make an earlier version the current one again
help-secret-rollback--environment = The environment
help-secret-rollback--secret = The secret's logical name
help-secret-rollback--key = One key of it; the others stay
help-secret-rollback--to = The version, by number, id, label or stage [default: the previous one]
help-secret-rollback--if-version = Only if this version is the current one
help-secret-rollback--force = Even if somebody else has written since the version was read
help-secret-rollback--yes = Do not ask
help-secret-rollback--dry-run = Say what would be done, and write nothing
help-secret-remove = Remove a secret from its store
help-secret-remove--environment = The environment
help-secret-remove--secret = The secret's logical name
help-secret-remove--key = One key of it; the others stay
help-secret-remove--recovery-days = How long Secrets Manager can restore it, 7 to 30 days [default: 30]
help-secret-remove--force-delete = At once and for ever
help-secret-remove--if-version = Only if this version is the current one
help-secret-remove--force = With --key: even if somebody else has written since the value was read
help-secret-remove--yes = Do not ask
help-secret-remove--dry-run = Say what would be removed, and remove nothing
help-secret-restore = Take the deletion of a secret back
help-secret-restore--environment = The environment
help-secret-restore--secret = The secret's logical name
help-secret-restore--dry-run = Say what would be restored, and restore nothing
help-secret-copy = Copy values into another environment, or from another store
help-secret-copy--from = The environment that has the values
help-secret-copy--to = The environment that gets them
help-secret-copy--secrets = The secrets' logical names [default: all]
help-secret-copy--from-store = Read from this store, under the path template, wherever the manifest says they are
help-secret-copy--force = Even if somebody else has written since the values were read
help-secret-copy--yes = Do not ask
help-secret-copy--dry-run = Say what would be written, and write nothing
help-secret-import = Write values from a file or stdin into the stores
help-secret-import--environment = The environment
help-secret-import--file = The file: dotenv, JSON or YAML
help-secret-import--stdin = Read stdin
help-secret-import--format = The format [default: as the file's name or content says]
help-secret-import--force = Even if somebody else has written since the values were read
help-secret-import--yes = Do not ask
help-secret-import--dry-run = Say what would be written, and write nothing
help-secret-export = Write values into a new file that only its owner may read
help-secret-export--environment = The environment
help-secret-export--secrets = The secrets' logical names [default: all]
help-secret-export--file = The file, which must not exist
help-secret-export--format = The format [default: as the file's name says, else dotenv]
help-secret-export--names = What the values are called
help-secret-export--reveal = Print the values instead, wherever the output goes
help-secret-export--dry-run = Say what would be written, and write nothing
help-secret-diff = Tell which values of two environments are equal, without showing any
help-secret-diff--first = One environment
help-secret-diff--second = The other
help-secret-diff--secrets = The secrets' logical names [default: all]
help-can = Decide from files whether a principal may do something
help-can--principal = Who asks: the ARN of a role, user or session, an account, or a service
help-can--action = For what, such as ssm:GetParameters
help-can--resource = On what
help-can--resource-account = The account that owns the resource, where its ARN does not say it
help-can--context = A condition key and its value; repeat it for a key of several values
help-can--absent = A condition key that the request does not carry
help-can--complete = No condition keys but those given
help-can--identity-policy = A policy of the principal
help-can--resource-policy = The policy of the resource: of the secret, the key, or the role that is assumed
help-can--boundary = The permissions boundary
help-can--session-policy = A session policy
help-can--scp = A service control policy; those without LEVEL are of one level
help-can--rcp = A resource control policy; those without LEVEL are of one level
help-can--endpoint-policy = A policy of the VPC endpoint
help-can--unknown = A layer that exists and is not known
help-can--batch = Many questions, a JSON object a line; `-` is stdin
help-can--diff = Who gains and loses what between two versions of a policy
help-who-can = Tell who may read a secret, and through which statements
help-who-can--environment = The environment
help-who-can--secret = The secret's logical name
help-who-can--arn = The ARN of a secret or parameter, instead; no manifest is needed
help-who-can--account-details = What `aws iam get-account-authorization-details` printed; no account is asked
help-who-can--secret-policy = The secret's resource policy
help-who-can--no-secret-policy = The secret has no resource policy
help-who-can--key-policy = The policy of the KMS key
help-who-can--key = The ARN of the KMS key
help-who-can--aws-managed-key = The secret is under a key that AWS manages, or a plain parameter
help-generate = Write files that are right by construction
help-generate-policy = Write the policy that allows exactly what tasks call
help-generate-policy--service = The service, or several [default: all of the environment]
help-generate-policy--environment = The environment [default: the only one]
help-generate-policy--verb = What this verb of sekisho calls, instead
help-generate-policy--write = With --for: what it writes as well
help-generate-policy--task-definition = For this task definition; no manifest is needed
help-generate-policy--account = The account, where nothing else tells it
help-generate-policy--format = JSON, or HCL for Terraform
help-local = The embedded AWS, for development and rehearsals; never for production
help-local-start = Start it in the foreground
help-local-start--port = The port [default: a free one]
help-local-start--listen = The address to listen on; others than loopback are for containers
help-local-start--allow-host = A host name that requests may use besides loopback's
help-local-start--test-mode = For test suites written for moto: look at no signature, be account 123456789012, and forget everything on POST /moto-api/reset
help-local-status = Tell whether it runs and what it can do
help-local-env = Print what points aws, the SDKs and Terraform at it
help-local-env--account = The account to work in [default: the manifest's]
help-local-save = Keep everything in it under a name
help-local-save--name = Lower-case letters, digits and hyphens
help-local-save--replace = Replace what was saved under that name
help-local-load = Put what was saved in the place of everything in it
help-local-load--name = The name
help-local-seal = Seal its state with a passphrase, from SEKISHO_STATE_PASSPHRASE or a hidden prompt
help-local-seal--remove = Take the passphrase away again
help-local-reset = Forget everything in it
help-local-reset--yes = Do not ask
help-schema = Print the JSON Schema of the manifest or of the JSON output
help-schema--of = Which one
help-completions = Print completions for a shell
help-completions--shell = The shell
help-man = Print the manual page, or write all of them
help-man--directory = Where to write them

progress-looking-up = looking up { $parameters ->
    [one] 1 parameter
   *[other] { $parameters } parameters
} and { $secrets ->
    [one] 1 secret
   *[other] { $secrets } secrets
}
progress-answered = { $count } answered, last { $call }
progress-throttled = { $call }: AWS asks to slow down; retry { $retry } of { $of } in { $seconds } s
progress-unreachable = { $call }: no usable answer; retry { $retry } of { $of } in { $seconds } s
assumed-line = assumed: { $what }
assume-not-wired = `{ $subject }`: declared, but the task definition does not refer to it; ECS would not set it, and it is not set here
assume-declared-only = no task definition is named for `{ $subject }`: only what the manifest declares is set

state-present = present
state-missing = missing
state-deleted = being deleted
state-no-value = no value
state-plaintext = plain text
state-unknown = cannot tell

heading-stages = STAGES
heading-by = BY
history-current = current
state-unused = declared nowhere
unused-nothing = everything that is there is declared
unused-whole-region = the path template begins with the secret itself, so everything in { $region } is looked at
unused-lags = what was made or removed within the last minutes may be missing from Secrets Manager's list
set-plain-string = { $target } is no SecureString; AWS changes no parameter's type, so its value stays in plain text: remove it and set it anew
copy-absent = { $name }: not there ({ $target }), nothing to copy
copy-plaintext = { $name }: stands in plain text in the task definition, nothing to copy
copy-deleting = { $name }: is being deleted ({ $target }), nothing to copy
export-absent = { $name } is not there in { $environment } and is left out
export-wrote = wrote { $version ->
    [one] 1 value
   *[other] { $version } values
} to { $target }, readable for its owner alone
export-would-write = would write { $version ->
    [one] 1 value
   *[other] { $version } values
} to { $target }
rollback-moved = { $target }: version { $version } is the current one again
rollback-would-move = { $target }: would make version { $version } the current one again
removed = removed { $target } for ever
remove-scheduled = removed { $target }; it can be restored until { $version }
remove-absent = { $target } is not there; nothing to remove
remove-already = { $target } is being deleted already
would-remove = would remove { $target }
restored = restored { $target }
restore-not-needed = { $target } is not being deleted; nothing was done
would-restore = would restore { $target }
diff-equal = equal
diff-different = different
diff-only-first = only in { $first }
diff-only-second = only in { $second }
diff-neither = in neither
journal-count = { $count } { $action ->
    [created] created
    [changed] changed
    [unchanged] unchanged
    [would-create] to create
    [would-change] to change
    [would-remove] to remove
    [removed] removed
    [remove-scheduled] removed, to be restored for a while
    [remove-already] being deleted already
   *[other] not there
}
journal-nothing = nothing to do
journal-broken-off = broken off; what is told above is done ({ $count ->
    [one] 1 line
   *[other] { $count } lines
}){ $target ->
    [none] {""}
   *[other] {""}, `{ $target }` may or may not be written
}. The same command again does the rest
confirm-change = Change { $target } in the protected environment { $environment }?
confirm-changes = Change { $count ->
    [one] 1 value
   *[other] { $count } values
} in the protected environment { $environment }?
confirm-remove = Remove { $target } from { $environment }? It can be restored for { $days } days.
confirm-remove-for-ever = Remove { $target } from { $environment } for ever? It cannot be restored.
redact-short = not masked, because a value of less than { $least } characters would be found everywhere: { $names }
set-created = created { $target } (version { $version })
set-changed = changed { $target } (version { $version })
set-unchanged = { $target } has this value already; nothing was written
set-would-create = would create { $target }
set-would-change = would change { $target }
prompt-value = Value of { $target }:
prompt-again = The same again:
prompt-mismatch = The two differ

unfilled-aws = { $address }: `{ $text }` is AWS's own and cannot be created
unfilled-account = { $address }: `{ $text }` is of another account and cannot be created from here
unfilled-pinned = { $address }: `{ $text }` asks for a certain stage or version, which cannot be created
unfilled-suffix = { $address }: a new secret gets a suffix of its own, so `{ $text }` would still lead nowhere; create it by name, then mend the reference
unfilled-no-source = no value for { $target }{ $key ->
    [none] {""}
   *[other] {" "}[{ $key }]
} ({ $addresses }): set one of { $names }, or use --stdin, --generate or a terminal

local-started = the embedded AWS listens at { $url }; its state is in { $directory }; Ctrl-C stops it. It is no production store
local-not-loopback = it listens beyond loopback: whoever knows the secret key may use it
local-test-mode = test mode: no signature is looked at, and whoever reaches the port may forget everything
local-stopped = stopped
local-state-running = running at { $url }, state in { $directory }
local-state-busy = in use by another sekisho just now, state in { $directory }
local-state-stopped = not running, state in { $directory }
local-state-empty = not running, and no state in { $directory } yet
local-operations = { $count } operations
local-saved = saved as `{ $name }` in { $directory }
local-loaded = loaded `{ $name }` into { $directory }
local-sealed = { $directory } needs its passphrase from now on; without it, nothing in it can be read
local-unsealed = { $directory } needs no passphrase any more: its key is a file in it
local-status-passphrase = sealed with a passphrase
local-status-snapshots = saved: { $names }
passphrase-prompt = Passphrase of the embedded AWS's state:
passphrase-new = New passphrase:
passphrase-again = The same again:
local-reset = forgot everything in { $directory }
reset-question = Forget everything in { $directory }?

init-counts = { $services ->
    [one] 1 service
   *[other] { $services } services
}, { $secrets ->
    [one] 1 secret
   *[other] { $secrets } secrets
}, environments { $environments }, from { $definitions ->
    [one] 1 task definition
   *[other] { $definitions } task definitions
}
init-wrote = wrote { $file }: { init-counts }
init-would-write = would write { $file }: { init-counts }
init-left-out = left out, because it cannot be declared: { $text }
init-second-variable = left out, because the same value has another variable's name elsewhere: { $text }
wrote = wrote { $file }

# Why the system refused a file.
io-cause = { $cause ->
    [not-found] it does not exist
    [denied] permission denied
    [exists] it exists already
    [not-a-directory] a part of its path is no directory
    [read-only] the file system is read-only
    [full] the file system is full
   *[other] { $cause }
}

manifest-none = there is no `sekisho.toml` here or above, up to the repository's root
    .remedy = draft one with `sekisho init`, name one with --config, or use `sekisho verify --task-definition FILE`
manifest-two = there are two manifests on the way up, `{ $first }` and `{ $second }`
    .remedy = name the one that is meant with --config
manifest-unreadable = the manifest `{ $file }` cannot be read: { io-cause }
    .remedy = check the path and its permissions
manifest-foreign = the manifest `{ $file }` belongs to another user (id { $owner })
    .remedy = it decides where secrets are written: make it yours with chown, or use one of your own
manifest-world-writable = the manifest `{ $file }` can be written by everybody
    .remedy = chmod o-w the file
manifest-version = the manifest requires Sekisho { $required }, this is { $version }
    .remedy = install the version that it requires
unknown-environment = there is no environment `{ $name }` in the manifest
    .remedy = { $suggestion ->
        [none] it has: { $known }
       *[other] did you mean `{ $suggestion }`? It has: { $known }
    }
unknown-service = there is no service `{ $name }` in the manifest
    .remedy = { $suggestion ->
        [none] it has: { $known }
       *[other] did you mean `{ $suggestion }`? It has: { $known }
    }
unknown-secret = there is no secret `{ $name }` in the manifest
    .remedy = { $suggestion ->
        [none] it has: { $known }
       *[other] did you mean `{ $suggestion }`? It has: { $known }
    }
unknown-container = the task definition has no container `{ $name }`
    .remedy = it has: { $known }
several-containers = the task definition has several containers
    .remedy = choose one with --container: { $known }
bad-environment-file = `{ $text }` does not say which environment file is at hand
    .remedy = write the ARN as it stands in the task definition, then `=` and the file: `arn:aws:s3:::BUCKET/KEY.env=local.env`
bad-agent-version = `{ $text }` is no version of the ECS agent
    .remedy = write three numbers with dots between them, as in `1.37.0`
services-and-files = services are named, and --task-definition too
    .remedy = name one or the other
bad-live = `{ $text }` does not name a service
    .remedy = write CLUSTER/SERVICE, as in `shop-production/api`
live-absent = ECS has no active service `{ $service }` in the cluster `{ $cluster }` ({ $code })
    .remedy = look at `aws ecs list-services --cluster { $cluster }`; the Region and the account may be others than you think
unknown-assumption = there is no assumption `{ $name }`
    .remedy = { $suggestion ->
        [none] these are known: { $known }
       *[other] did you mean `{ $suggestion }`?
    }
bad-name = a declared secret has no legal name in its store: { $cause }
    .remedy = mend the secret's name or the path template
bad-region = `{ $text }` has not the form of a Region
    .remedy = write one such as `ap-northeast-1`
bad-account = `{ $text }` is not an account id
    .remedy = an account id has exactly 12 digits
bad-endpoint = the endpoint `{ $url }` cannot be used: { $why ->
    [no-url] it is no URL
    [no-host] it names no host
    [plain-http] plain http is for the loopback interface only
    [scheme] it begins neither with http:// nor with https://
   *[not-named] it is not AWS's, and only the environment or the profile names it
}
    .remedy = name it with --endpoint-url if it is meant; https, or http on the loopback interface
no-region = no Region is set
    .remedy = set `region` in the manifest, --region, or AWS_REGION
wrong-account = the credentials are of account { $here }, the environment is of account { $declared }
    .remedy = use another --profile; nothing else was asked
no-state-directory = neither XDG_STATE_HOME nor HOME is set
    .remedy = name a directory with --state
state-served = the state in `{ $path }` is in use by the server at { $url } (process { $pid })
    .remedy = stop that server first
state-owned = the state in `{ $path }` is in use by another sekisho
    .remedy = wait until it has ended, or name another directory with --state
state-foreign = `{ $path }` belongs to another user (id { $owner })
    .remedy = name a directory of your own with --state
state-exposed = `{ $path }` is open to other users (mode { $mode })
    .remedy = take their rights away: chmod go= { $path }
state-newer = `{ $path }` was written by a newer Sekisho
    .remedy = use that version, or name another directory with --state
state-passphrase = the key `{ $path }` needs its passphrase
    .remedy = set SEKISHO_STATE_PASSPHRASE, or run it on a terminal
state-passphrase-wrong = the passphrase does not open `{ $path }`
    .remedy = try another one; without it the state cannot be read, and `sekisho local reset` starts anew
passphrase-none = there is no passphrase
    .remedy = set { $variable }, or run it on a terminal
passphrase-mismatch = the two passphrases differ
    .remedy = type the same one twice; nothing was changed
snapshot-name = `{ $name }` is no name for what is saved
    .remedy = use up to 64 lower-case letters, digits and hyphens, with a letter or digit at both ends
snapshot-exists = something was saved as `{ $name }` already
    .remedy = choose another name, or replace it with --replace
snapshot-missing = nothing was saved as `{ $name }`{ $suggestion ->
    [none] {""}
   *[other] ; did you mean `{ $suggestion }`?
}
    .remedy = { $known ->
        [none] save something first with `sekisho local save NAME`
       *[other] saved are: { $known }
    }
server-unreachable = the server at { $url } does not answer
    .remedy = see `sekisho local status`
state-key = the key `{ $path }` of the embedded AWS's state is missing or not its own
    .remedy = put the right one back, or start anew with `sekisho local reset`
state-damaged = `{ $path }` cannot be read as a state of Sekisho
    .remedy = restore it, or start anew with `sekisho local reset`
state-unusable = the embedded AWS cannot open its state: { $cause }
    .remedy = stop the other process, name another directory with --state, or start anew with `sekisho local reset`
file-unreadable = `{ $file }` cannot be read: { io-cause }
    .remedy = check the path and its permissions
file-not-regular = `{ $file }` is no regular file
    .remedy = name a file
file-unwritable = `{ $file }` cannot be written: { io-cause }
    .remedy = check the directory; a file that exists already is never replaced
stdin-unreadable = stdin cannot be read: { $cause }
stdin-large = stdin has more than 1 MiB
    .remedy = give it the values only
values-disagree = two sources have different values for `{ $target }`: { $first } and { $second }
    .remedy = take one away; nothing was written
value-not-utf8 = the value from { $what } is not UTF-8 (byte { $byte })
    .remedy = encode it first, with base64 for one
value-empty = the value is empty
    .remedy = give one that is not
prompt-impossible = there is no terminal to ask on
    .remedy = use --stdin, --file or --generate
interrupted = interrupted
no-runtime = the program cannot start its work: { $cause }
write-failed = `{ $target }` could not be written
aws-denied = { $call }: the caller may not: { $detail }
    .remedy = ask for the right to make this call, or use another --profile
aws-unauthenticated = { $call }: AWS does not accept the credentials: { $detail }
    .remedy = sign in again, or use another --profile
aws-absent = { $call }: it does not exist: { $detail }
    .remedy = check the name, the Region and the account
aws-exists = { $call }: it exists already: { $detail }
    .remedy = look at what is there
aws-pending-deletion = { $call }: it is being deleted: { $detail }
    .remedy = restore it, or use another name
aws-key-unusable = { $call }: the KMS key cannot be used: { $detail }
    .remedy = look at the key's state and policy
aws-throttled = { $call }: AWS kept asking to slow down
    .remedy = try again later
aws-unreachable = { $call }: { $detail }
    .remedy = check the network, the endpoint and the Region
aws-invalid = { $call }: { $code ->
    [none] {""}
   *[other] { $code }: {""}
}{ $detail }
    .remedy = look at what AWS says
aws-not-told = { $call }: AWS does not tell: { $detail }
run-missing = { $environment } would not start `{ $service }`: no value for { $names }
    .remedy = see what `sekisho verify { $environment } { $service }` says
run-dangerous = a store sets { $names }, by which it could take over the process
    .remedy = allow what is meant with --allow-name
run-impossible = the variable `{ $name }` cannot be set: its name or value has a character that no environment can hold
    .remedy = mend the value in the store
run-nothing = no command is given
run-failed = `{ $command }` cannot be run: { io-cause }
    .remedy = check that it is there and may be executed
redact-impossible = the values are too many or too long to be masked
    .remedy = leave --redact out, or give the command fewer of them
get-not-a-terminal = the output is no terminal
    .remedy = use --reveal to print the value there all the same
get-absent = `{ $name }` is not there in { $environment }
    .remedy = create it with `sekisho secret set { $environment } { $name }`
get-deleted = `{ $name }` is being deleted
    .remedy = restore it with `sekisho secret restore { $environment } { $name }`
get-binary = `{ $name }` holds bytes, not text
    .remedy = read it with `aws secretsmanager get-secret-value`
get-not-json = the key `{ $key }` is asked for, but the value of `{ $name }` is no JSON object: { $cause }
    .remedy = leave --key out, or store a JSON object
get-no-key = the value has no key `{ $key }`
    .remedy = letter case counts
set-needs-key = `{ $name }` has a parameter for each of its keys
    .remedy = name one with --key: { $keys }
no-keys = `{ $name }` is one value and has no keys
    .remedy = leave --key out, or declare `keys` in the manifest
unknown-key = the manifest declares no key `{ $key }` of `{ $name }`
    .remedy = { $suggestion ->
        [none] it declares: { $known }
       *[other] did you mean `{ $suggestion }`? It declares: { $known }
    }
set-deleted = `{ $name }` is being deleted
    .remedy = restore it first with `sekisho secret restore { $environment } { $name }`
plaintext-has-no-store = `{ $name }` stands in plain text in the task definition in { $environment }; there is no store to ask
    .remedy = look at the task definition, or choose a store
output-of-findings = this verb has no findings to write in that format
    .remedy = use --output text, json or jsonl here
baseline-wrote = wrote { $file }: { $count ->
    [one] 1 finding
   *[other] { $count } findings
}
baseline-large = there are more than { $most } different findings: too many for a baseline
    .remedy = check single directories, or suppress a rule in the manifest first
suppress-unknown-rule = there is no rule `{ $rule }` to suppress
    .remedy = { $suggestion ->
        [none] write the id that stands behind a finding's severity, such as `SEK0301`
       *[other] did you mean `{ $suggestion }`?
    }
no-junit = the JUnit report could not be written as XML
    .remedy = use another `--output`
fix-nothing = there is nothing that a program could mend
fix-ask = write { $count ->
    [one] 1 change
   *[other] { $count } changes
} into { $files ->
    [one] 1 file
   *[other] { $files } files
}?
fix-declined = nothing was written
fix-changed = `{ $file }` was changed meanwhile and was left as it is
    .remedy = run the check again
fix-no-terminal = nobody can be asked here
    .remedy = add `--yes` to write what `--dry-run` shows
write-moved = `{ $target }` was not written: somebody else has changed it since it was read { $now ->
    [none] {""}
   *[other] {""}(its version is { $now } now)
}
    .remedy = look at it again, with `sekisho secret history` for one, and repeat; --force writes over it
write-between = `{ $target }` was written (version { $version }), but somebody else wrote a version directly before it
    .remedy = look at `sekisho secret history`; `sekisho secret rollback --to` brings the other value back if that is the right one
naming-refused = the manifest allows no name `{ $name }`: it must match `{ $naming }`
    .remedy = mend the secret's name or the path template, or `naming` in the manifest
naming-unusable = `naming` is no regular expression: `{ $naming }`
    .remedy = mend it in the manifest
tags-missing = `{ $name }` would lack required tags: { $tags }
    .remedy = declare them under `tags` in the manifest, of the project, the environment or the secret
confirm-impossible = there is no terminal to ask on: { $question }
    .remedy = use --yes if that is meant
confirm-refused = nothing was done
    .remedy = answer with yes, or use --yes, if it is meant
value-empty-of = the value of `{ $name }` is empty
    .remedy = give one that is not, or leave it out
value-not-text = `{ $name }` in { $environment } is a JSON { $kind } that the container gets otherwise than it is written
    .remedy = store it as a string, or leave it out
import-unknown = nothing that is declared is called `{ $name }`
    .remedy = { $suggestion ->
        [none] use a declared variable or a logical name, or take the line out
       *[other] did you mean `{ $suggestion }`?
    }
import-ambiguous = several secrets have the variable `{ $name }`
    .remedy = use a logical name instead: { $known }
export-where = it is not said where the values are to go
    .remedy = name a new file with --file, or use --reveal to print them
export-ambiguous = two values would be called `{ $name }`: { $first } and { $second }
    .remedy = name the secrets that are meant, or use `--names logical --format json`
export-dotenv-name = `{ $name }` cannot be a name in a dotenv file
    .remedy = use `--format json` or `--format yaml`
file-tracked = git tracks `{ $file }`
    .remedy = values do not belong into a repository: choose a place outside of it
file-tracked-unknown = git cannot tell whether it tracks `{ $file }`
    .remedy = choose a place outside of the repository
copy-same = both environments are { $environment }
    .remedy = name two, or say with --from-store in which store the values still are
rollback-no-version = `{ $name }` has no such earlier version { $version ->
    [none] {""}
   *[other] {""}(`{ $version }`)
}
    .remedy = see `sekisho secret history { $environment } { $name }`
restore-parameter = `{ $name }` is a parameter in { $environment }, and Parameter Store restores nothing
    .remedy = set it anew with `sekisho secret set { $environment } { $name }`
restore-gone = `{ $name }` is not there in { $environment }, not even for restoring
    .remedy = set it anew with `sekisho secret set { $environment } { $name }`
no-random = the random generator failed
init-exists = `{ $file }` exists already
    .remedy = look at the draft with --dry-run, or remove the file
init-nothing = no task definition was found in { $paths }
    .remedy = name the files, as `aws ecs describe-task-definition` prints them
local-not-running = the embedded AWS does not run (state in { $directory })
    .remedy = start it with `sekisho local start`
reset-needs-yes = there is no terminal to ask on
    .remedy = use --yes
server-failed = the server cannot go on: { $cause }
    .remedy = choose another --port or --listen
explain-nothing = there is nothing to explain
    .remedy = give a message as an argument, or `-` and the text on stdin
explain-no-rule = there is no rule `{ $id }`
    .remedy = { $suggestion ->
        [none] the rules are listed in the manual
       *[other] did you mean `{ $suggestion }`?
    }
explain-unrecognised = no message of ECS that Sekisho knows is in this text
    .remedy = paste the whole `stoppedReason` of the task, or the answer of `aws ecs describe-tasks`; a service's events name the task and not the cause

can-bad-principal = `{ $principal }` is no principal
    .remedy = give the ARN of a role, user or session, an account id, or a service such as ecs-tasks.amazonaws.com
can-bad-action = `{ $action }` is no single action
    .remedy = write the service and the action, such as ssm:GetParameters
can-bad-account = `{ $account }` is no account id
    .remedy = an account id has exactly 12 digits
can-bad-context = `{ $given }` is no key with a value
    .remedy = write KEY=VALUE; a key that the request does not carry is given with --absent
can-bad-lines = { $bad } of { $lines } lines could not be answered
diff-nothing = both versions allow the same
diff-gains = { $certain ->
    [yes] gains
   *[no] may gain
}
diff-loses = { $certain ->
    [yes] loses
   *[no] may lose
}
heading-change = CHANGE
heading-principal = PRINCIPAL
heading-action = ACTION
heading-resource = RESOURCE
generate-nothing = nothing is called for `{ $name }`
    .remedy = declare secrets for the service, or name its task definition
generate-split = one policy would be larger than the { $limit } characters that IAM allows; these are { $count }
generate-large = a statement of { $size } characters is larger than the { $limit } that IAM allows
    .remedy = give fewer services at a time
generate-which-environment = the manifest has several environments: { $known }
    .remedy = choose one with --environment
generate-no-account = nothing tells the account: a policy without it would reach every account
    .remedy = name it with --account, or as `account` of the environment in the manifest
generate-unknown-verb = there is no verb `{ $verb }` that calls AWS
    .remedy = it is one of { $known }
who-can-not-readable = `{ $arn }` is the ARN of no secret and no parameter
    .remedy = give an ARN such as arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX or arn:aws:ssm:REGION:ACCOUNT:parameter/NAME
who-can-unknown-secret = the manifest declares no secret `{ $name }`{ $suggestion ->
    [none] {""}
   *[other] ; did you mean `{ $suggestion }`?
}
    .remedy = it declares { $known }
who-can-plaintext = `{ $name }` stands in plain text in the task definition there: whoever may describe it reads it
    .remedy = keep it in a store
who-can-may = may read
who-can-perhaps = cannot tell
who-can-nobody = nobody in the account may read it
who-can-through = { $action } through { $statement }
who-can-decrypt = kms:Decrypt through { $statement }
who-can-stranger = named by the secret's policy; its own account has to allow it too
who-can-statement = { $policy }, statement { $number }{ $sid ->
    [none] {""}
   *[other] {" "}({ $sid })
}
who-can-counts = { $principals } principals: { $may } may read, { $perhaps } cannot tell
who-can-assume-no-secret-policy = the secret's policy was not given: it may let in others, or keep some out
who-can-assume-key-unknown = the key was not given: whether they can decrypt is not known
who-can-assume-no-key-policy = the key's policy was not given: whether they can decrypt is not known
who-can-truncated = the account details are a part only: there are more principals
who-can-unreadable = { $count } entries of the account details could not be read: { $names }
who-can-assume-organisation = service control policies, resource control policies, endpoint policies and KMS grants are not looked at
heading-outcome = OUTCOME
heading-through = THROUGH
who-can-not-there = `{ $name }` is not there, or could not be looked up
    .remedy = `sekisho verify` tells which

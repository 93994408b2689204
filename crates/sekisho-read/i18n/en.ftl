# What is wrong with a file (the message) and what to do about it (its attribute `remedy`).
# Names of files, keys and words stand in backticks. Arguments never hold the value of a secret.

## Any file

file-large = `{ $file }` is larger than { $limit } MiB, the limit for files of this kind
    .remedy = check that this is the file you meant
file-many = the file has more than { $limit } values; it was read no further than here
    .remedy = no task definition or template is that large: check that this is the file you meant
file-not-utf8 = byte { $byte } of the file does not belong to UTF-8 text
    .remedy = save the file as UTF-8

## The manifest, sekisho.toml

part-reason = { $reason ->
    [empty] it would be empty
    [character] its character { $count }, `{ $character }`, is not allowed there
    [long] with { $count } characters it is too long
    [deep] with { $count } levels it is too deep
    [no-leading-slash] it has a `/` inside but none in front
    [empty-level] it has `//` inside or `/` at its end
    [reserved] it begins with `aws` or `ssm`, which AWS keeps for itself
   *[other] the store does not allow it
 }
part-store = { $store ->
    [ssm] Parameter Store
    [secretsmanager] Secrets Manager
   *[other] the task definition
 }
part-type = { $expected ->
    [string] a string
    [boolean] `true` or `false`
    [integer] a whole number
    [array] a list
    [object] an object
    [table] a table
   *[other] { $expected }
 }
part-policy = { $kind ->
    [identity] the policy of an identity
    [trust] a trust policy
    [boundary] a permissions boundary
    [session] a session policy
    [scp] a service control policy
    [rcp] a resource control policy
    [endpoint] the policy of an endpoint
   *[other] the policy of a resource
 }
part-found = { $found ->
    [string] a string
    [boolean] `true` or `false`
    [integer] a whole number
    [float] a number with a fraction
    [number] a number
    [array] a list
    [table] a table
    [object] an object
    [null] `null`
   *[other] { $found }
 }

manifest-account = `{ $key }` is `{ $text }`, which is no AWS account id
    .remedy = write the account's 12 digits as a string: `"123456789012"`
manifest-account-needed = the protected environment `{ $environment }` talks to AWS itself, but names no account
    .remedy = add `account = "…"` with the 12 digits of its account, so that no other account can be changed by mistake
manifest-arn = `{ $key }` is `{ $text }`, which is not the ARN of a parameter or a secret
    .remedy = write the full ARN, `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` or `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX`, without a JSON key behind it
manifest-container-name = `{ $text }` in `{ $key }` is no name of a container
    .remedy = use the container's name in the task definition: up to 255 letters, digits, `-` and `_`
manifest-duplicate-key = `{ $key }` is defined twice; the first time on line { $line }
    .remedy = keep one of the two, or merge them
manifest-empty = `{ $key }` is empty
    .remedy = write something there, or remove the key
manifest-endpoint = `{ $key }` is `{ $text }`, which is neither `local` nor a URL on the loopback interface
    .remedy = write `"local"` for the embedded AWS or a URL such as `"http://127.0.0.1:4566"`; any other endpoint must come from `--endpoint-url`
manifest-every = `{ $key }` is `{ $text }`, which is no number of days or weeks
    .remedy = write whole days or weeks, at least one, such as `"30d"` or `"4w"`
manifest-exclusive = `{ $table }` has both `{ $first }` and `{ $second }`, which exclude each other
    .remedy = keep `{ $first }` or `{ $second }`
manifest-json-key = `{ $key }` is `{ $text }`, which cannot be used as a JSON key in a reference
    .remedy = name the key of the JSON object; it may not be empty, nor have a `:`, because a reference is split there
manifest-kms-key = `{ $key }` is `{ $text }`, which names no KMS key
    .remedy = write `alias/NAME`, the key's id, or its ARN
manifest-many-environments = there are more than { $limit } environments
    .remedy = split the project: each environment's secrets are checked one by one
manifest-many-keys = the manifest has more than { $limit } keys; it was read no further than here
    .remedy = split the project, or check that this is the file you meant
manifest-missing-key = { $inside ->
    [yes] `{ $table }` has no `{ $key }`
   *[no] there is no `{ $key }`
 }
    .remedy = { $inside ->
        [yes] add `{ $key }` to `{ $table }`
       *[no] add a table `[{ $key }]`
     }
manifest-name = `{ $text }` in `{ $key }` cannot be used as a name: it is substituted into commands
    .remedy = use lower-case letters, digits and `-`, and do not begin with `-`
manifest-naming = `{ $key }` is no regular expression: `{ $text }`
    .remedy = write one that the whole name in the store must match, such as `/{"{"}environment{"}"}/[a-z0-9/-]+`
manifest-one-needed = `{ $table }` has neither `{ $first }` nor `{ $second }`, so no container would receive it
    .remedy = add `{ $first } = "VARIABLE"` for the whole value, or `{ $second }` for single keys of a JSON value
manifest-placeholder = `{ $key }` has the unknown placeholder `{"{"}{ $placeholder }{"}"}`
    .remedy = { $near ->
        [yes] did you mean `{"{"}{ $suggestion }{"}"}`?
       *[no] the placeholders here are `{ $known }`
     }
manifest-plaintext = the environment `{ $environment }` keeps a secret in plain text, but does not allow it
    .remedy = use the store `ssm` or `secretsmanager`; for development only, add `allow_plaintext = true`
manifest-range = `{ $key }` is { $number }
    .remedy = write a number from { $least } to { $most }
manifest-region = `{ $key }` is `{ $text }`, which does not have the form of a Region
    .remedy = write the Region's code, such as `ap-northeast-1`
manifest-required-version = `{ $key }` is `{ $text }`, which is no comparison of versions
    .remedy = write `>=`, `^` or `=` and a version, such as `">=0.1"`
manifest-rule = `{ $key }` is `{ $text }`, which cannot be the id or the name of a rule
    .remedy = write the id that stands behind the finding's severity, such as `SEK0301`, or its name, such as `plaintext-secret`
manifest-same-name = in the environment `{ $environment }` the secrets `{ $first }` and `{ $secret }` would both be `{ $name }` in { part-store }
    .remedy = give one of them another logical name, or a `name` of its own in this environment
manifest-same-variable = { $inside ->
    [yes] the container `{ $container }` of the service `{ $service }` would get the variable `{ $variable }` from both `{ $first }` and `{ $secret }`
   *[no] the containers of the service `{ $service }` would get the variable `{ $variable }` from both `{ $first }` and `{ $secret }`
 }
    .remedy = rename the variable in one of the secrets, or give the secrets to different containers
manifest-secret-name = `{ $text }` in `{ $key }` is no logical name of a secret
    .remedy = use letters, digits, `_`, `.` and `-`, in levels joined by single `/`, such as `database/password`
manifest-secret-twice = the service `{ $service }` lists the secret `{ $secret }` twice for the same container
    .remedy = remove one of the two
manifest-stored-name = the secret `{ $secret }` has no legal name in the environment `{ $environment }`: { part-store } would refuse it, because { part-reason }
    .remedy = change the logical name, the path template, or give the secret a `name` of its own in this environment
manifest-syntax = { $reason ->
    [end] the file ends in the middle of something
    [depth] tables and lists are nested too deeply here
    [character-in-string] this string has a character that may not stand there
    [escape] this string has an escape that TOML does not know
    [unterminated-string] this string has no end
    [number] this is no number that TOML knows
    [redefined] this redefines something that was a value or another kind of table before
    [multiline-key] a key may not be a string of several lines
    [unquoted-string] this string has no quotation marks
    [unexpected] this does not belong here
   *[other] this is not TOML
 }
    .remedy = { $reason ->
        [escape] write `\\` for a backslash, or put the string in single quotes
        [unterminated-string] close the string on the line where it begins
        [unquoted-string] put the string in double quotes; dates have to be strings too
       *[other] correct the syntax; what follows was not read
     }
manifest-tag-key = `{ $text }` in `{ $key }` cannot be the key of a tag
    .remedy = use up to 128 letters, digits, blanks and `_.:/=+-@`; `aws:` in front is AWS's own
manifest-tag-value = `{ $key }` is `{ $text }`, which cannot be the value of a tag
    .remedy = use up to 256 letters, digits, blanks and `_.:/=+-@`; `{"{"}environment{"}"}`, `{"{"}project{"}"}` and `{"{"}secret{"}"}` are replaced
manifest-template-name = `{ $key }` makes no legal name: { part-store } would refuse it, because { part-reason }
    .remedy = { $store ->
        [ssm] parameter names are levels of letters, digits, `_`, `.` and `-`, each with a `/` in front
       *[other] secret names are made of letters, digits and `/_+=.@-`
     }
manifest-template-secret = `{ $key }` has no `{"{"}secret{"}"}`, so every secret would have the same name
    .remedy = add `{"{"}secret{"}"}` where the logical name belongs
manifest-type = `{ $key }` is { part-found }, but must be { part-type }
    .remedy = write { part-type } there
manifest-unknown-environment = the secret `{ $secret }` says what differs in `{ $environment }`, but there is no such environment
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] add `[environments.{ $environment }]`, or remove this part
     }
manifest-unknown-key = { $inside ->
    [yes] unknown key `{ $key }` in `{ $table }`
   *[no] unknown key `{ $key }`
 }
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] the keys here are `{ $known }`
     }
manifest-unknown-secret = the service `{ $service }` uses the secret `{ $secret }`, which is not declared
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] declare it as `[secrets."{ $secret }"]`
     }
manifest-unknown-word = `{ $key }` does not know `{ $text }`
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] it may be one of `{ $known }`
     }
manifest-variable = `{ $text }` in `{ $key }` cannot be the name of an environment variable
    .remedy = use letters, digits and `_`, and do not begin with a digit

## JSON: task definitions and values

json-depth = objects and lists are nested more than { $limit } deep here
    .remedy = no task definition is that deep: check that this is the file you meant
json-note-comment = there is a comment here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
    .remedy = remove the comment
json-note-missing-comma = a comma is missing here: Sekisho reads on, the AWS CLI refuses the file
    .remedy = add the comma
json-note-trailing-comma = there is a comma behind the last entry here, which JSON does not know: Sekisho reads the file, the AWS CLI refuses it
    .remedy = remove the comma
json-syntax = { $reason ->
    [empty] the file holds no JSON
    [number] this is no number that JSON knows
    [colon] a `:` is missing behind the key
    [value] a value is missing behind the `:`
    [key] a key must be a string in double quotes
    [comma] a comma is missing here
    [extra] something follows behind the end of the JSON
    [single-quotes] strings must be in double quotes
    [escape] this string has an escape that JSON does not know
    [unterminated-string] this string has no end
    [unterminated-array] this list has no end
    [unterminated-object] this object has no end
    [unterminated-comment] this comment has no end
    [word] a word without quotation marks stands here
    [placeholder] a placeholder stands here, outside quotation marks
   *[unexpected] this does not belong here
 }
    .remedy = { $reason ->
        [word] put it in double quotes
        [placeholder] let the program that fills it in write the file first, and read what it wrote
       *[other] correct the syntax; nothing of the file could be read
     }

## Task definitions

jsonnet = this file is Jsonnet, a program that has to be run before it is a task definition; Sekisho runs nothing on its own
    .remedy = render it, for instance with `jsonnet FILE > task.json`, and read what comes out
state-format = this is no Terraform state of format 4
    .remedy = give the state that `terraform state pull` prints
task-definition-none = there is no task definition in this file
    .remedy = give a task definition, what `aws ecs describe-task-definition` prints, a list of container definitions, or a CloudFormation template that has one
task-definition-several = this file has { $count } task definitions, and which one is meant cannot be told; here is the last
    .remedy = put the one that is meant into a file of its own, or use `sekisho check`, which reads all of them
yaml-syntax = from here on this is no YAML
    .remedy = correct the syntax; nothing of the file could be read

## Policy documents

policy-action = `{ $text }` in `{ $path }` is no action
    .remedy = write the service's prefix, a colon and the action, such as `ssm:GetParameters`, or `*` alone
policy-character = `{ $path }` has the character { $code }, which IAM does not take
    .remedy = use tab, line feed, carriage return, and U+0020 to U+00FF only
policy-duplicate-key = { $inside ->
    [yes] `{ $key }` stands twice in `{ $path }`
   *[no] `{ $key }` stands twice in the policy
 }
    .remedy = put both into one: readers of JSON take one of the two, and pass over the other in silence
policy-effect = the effect in `{ $path }` is `{ $text }`
    .remedy = write `Allow` or `Deny`, in exactly these letters
policy-exclusive = `{ $path }` has both `{ $first }` and `{ $second }`
    .remedy = keep one, or make two statements
policy-missing = { $inside ->
    [yes] `{ $key }` is missing in `{ $path }`
   *[no] `{ $key }` is missing in the policy
 }
    .remedy = { $key ->
        [Effect] add `"Effect": "Allow"` or `"Effect": "Deny"`
        [Statement] add `"Statement"`, a list of statements
        [Action] add `Action` or `NotAction`
        [Resource] add `Resource` or `NotResource`; `"*"` stands for all
       *[other] add `{ $key }`: a policy of this kind says who is meant
     }
policy-none = this is no policy document
    .remedy = give an object with `Version` and `Statement`
policy-not-here = `{ $path }` does not belong into { part-policy }
    .remedy = { $key ->
        [Resource] remove it: the policy is about the role that it is attached to
        [NotResource] remove it: the policy is about the role that it is attached to
        [NotPrincipal] name the principals in `Principal`, or use a condition on `aws:PrincipalArn`
       *[other] remove it: the policy is about whom it is attached to
     }
policy-not-principal-allow = `{ $path }` stands in a statement that allows
    .remedy = name in `Principal` who is allowed: `NotPrincipal` may only deny
policy-operator = `{ $text }` in `{ $path }` is no condition operator
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] use an operator of the IAM guide, such as `StringEquals` or `ArnLike`, in exactly its letters
     }
policy-principal = { $reason ->
    [empty] a principal in `{ $path }` is empty
    [wildcard] `{ $text }` in `{ $path }` has a wildcard in part of a principal
   *[other] `{ $text }` in `{ $path }` is no principal
 }
    .remedy = { $reason ->
        [wildcard] name each principal, or write `"*"` with a condition on `aws:PrincipalArn`
        [bare] put it under its kind, such as `{"{"}"AWS": "…"{"}"}` or `{"{"}"Service": "…"{"}"}`; only `"*"` stands alone
       *[other] write an account id, the ARN of a user, role or session, or `"*"`
     }
policy-rcp-allow = `{ $path }` allows, which a resource control policy cannot
    .remedy = let it deny what must not be; only AWS's own `RCPFullAWSAccess` allows, and it allows all
policy-rcp-principal = `{ $path }` of a resource control policy names somebody
    .remedy = write `"Principal": "*"`, and say who is meant in a condition
policy-resource = { $short ->
    [yes] `{ $text }` in `{ $path }` has fewer than the six parts of an ARN, which a session policy must not
   *[no] `{ $text }` in `{ $path }` is neither an ARN nor `*`
 }
    .remedy = write the whole ARN, such as `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`, or `*`
policy-sid = `{ $text }` in `{ $path }` has more than letters and digits
    .remedy = use `A` to `Z`, `a` to `z` and `0` to `9` only
policy-sid-twice = two statements have the `Sid` `{ $text }` (in `{ $path }`)
    .remedy = rename one, or leave it out
policy-type = { $inside ->
    [yes] `{ $path }` must be { part-type }, and is { part-found }
   *[no] the policy must be { part-type }, and is { part-found }
 }
    .remedy = write { part-type }
policy-unknown-key = { $inside ->
    [yes] `{ $path }` has the unknown key `{ $key }`
   *[no] the policy has the unknown key `{ $key }`
 }
    .remedy = { $near ->
        [yes] did you mean `{ $suggestion }`?
       *[no] remove it: AWS refuses the policy
     }
policy-version = the `Version` is `{ $text }`
    .remedy = write `2012-10-17`: it is the version of the policy language, not of your policy

## Account details

account-details-none = these are no account's authorization details
    .remedy = give what `aws iam get-account-authorization-details --output json` prints

## Questions of a batch

question-duplicate = `{ $path }` stands twice
    .remedy = keep one: readers of JSON take one of the two, and pass over the other in silence
question-missing = `{ $path }` is missing
    .remedy = add it
question-policy = `{ $path }` is no policy that AWS would save
    .remedy = correct what is said of it
question-type = `{ $path }` is not { $expected ->
    [string] a string
    [object] an object
    [list] a list
    [values] a string, a boolean, a number, a list of them, or null
    [principal] an ARN, the name of a service, or {"{"}"type": "Anonymous"{"}"}
   *[short] shorter than 16 MiB
 }
    .remedy = write what belongs there
question-unknown = there is no member `{ $path }`
    .remedy = did you mean `{ $suggestion }`?

## Environment files of ECS

environment-file-long-line = this line is longer than 65,535 bytes: the ECS agent reads no line beyond that, and no task would start
    .remedy = put the value into a secret, or into a file that the container reads itself

## Baselines of `check`

baseline-form = this file is no baseline of `check`
    .remedy = write it with `sekisho check --baseline FILE --write-baseline`
baseline-newer = this baseline has version { $version }, which this Sekisho does not know
    .remedy = use the newer Sekisho that wrote it, or write it again with this one

## Files of values: dotenv and JSON

values-duplicate = `{ $name }` is defined twice; the first time on line { $line }
    .remedy = remove one of the two: which value is meant cannot be told
values-escape = the value of `{ $name }` has a backslash before a character that needs none
    .remedy = write `\\` for a backslash, or put the value in single quotes, where nothing is replaced
values-name = the name before the `=` cannot be the name of an environment variable
    .remedy = use letters, digits and `_`, do not begin with a digit, and leave no space before the `=`; a value of several lines belongs in quotation marks
values-no-assignment = this line is neither `NAME=VALUE` nor a comment
    .remedy = write `NAME=VALUE`; a value of several lines belongs in quotation marks
values-not-flat = this is no JSON object of names and strings
    .remedy = write an object such as `{"{"}"NAME": "value"{"}"}`
values-nul = the value of `{ $name }` has a NUL character, which no environment variable can hold
    .remedy = remove it, or encode the value, for instance as Base64
values-trailing = something follows behind the closing quotation mark of `{ $name }`
    .remedy = put the whole value in quotation marks, and a space before a comment
values-type = the value of `{ $name }` is { part-found }, but must be a string
    .remedy = put it in double quotes
values-unterminated = the value of `{ $name }` begins with a quotation mark that is never closed
    .remedy = close it, or put a value that holds quotation marks itself in those of the other kind
values-yaml-alias = an anchor, an alias or a tag stands here; a file of values has none
    .remedy = write the value itself, in quotation marks
values-yaml-many = the file has more than { $limit } names, values and brackets
    .remedy = split it
values-yaml-plain = `{ $name }` has a value that YAML may take for something else than a string
    .remedy = put it in quotation marks
values-yaml-syntax = this is no YAML
    .remedy = put values in quotation marks, and look at the indentation

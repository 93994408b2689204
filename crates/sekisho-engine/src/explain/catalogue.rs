//! The classes of messages. Append only: an id once given stays, as a rule's does.

/// What a class is about, in the order in which a text's messages are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A secret that a container does not get.
    Secrets,
    /// What wears the same clothes: images, environment files, logging, roles.
    Start,
    /// Nothing to do with secrets.
    Other,
    /// An envelope whose content was cut off or is not known.
    Wrapper,
}

impl Topic {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Start => "start",
            Self::Other => "not-about-secrets",
            Self::Wrapper => "wrapper",
        }
    }
}

/// One class of messages. Its words stand in Fluent under `explain-ID`: the message is the cause, with a `.proof` to look for and a `.remedy`.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name, everywhere the same.
    pub id: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// Whether its message is well evidenced.
    pub sure: bool,
    /// A message of the class, as it is seen.
    pub example: &'static str,
    /// Fragments of its messages: one of the lists, all in order.
    pub says: &'static [&'static [&'static str]],
    /// Classes that the same message may belong to, when the first does not help.
    pub alternatives: &'static [&'static str],
    /// Commands that show or mend it, with `{slot}` for what the message names.
    pub commands: &'static [&'static str],
}

macro_rules! classes {
    ($($id:literal $topic:ident $sure:literal
        example $example:literal
        says $([$($fragment:literal),+])+
        $(or $alternative:literal)*
        $(run $command:literal)*;)*) => {
        /// Every class.
        pub static CLASSES: &[Class] = &[$(Class {
            id: $id,
            topic: Topic::$topic,
            sure: $sure,
            example: $example,
            says: &[$(&[$($fragment),+]),+],
            alternatives: &[$($alternative),*],
            commands: &[$($command),*],
        }),*];
    };
}

classes! {
    // A1a, F2.
    "parameter-not-found" Secrets true
        example "Fetching secret data from SSM Parameter Store in ap-northeast-1: invalid parameters: /shop/prod/db/password,/shop/prod/api/key"
        says ["fetching secret data from ssm parameter store", "invalid parameters:"]
             ["unable to retrieve secrets from ssm", "invalid ssm parameters:"]
             ["invalid ssm parameters:"]
        run "aws ssm get-parameters --names {parameters} --region {region} --query InvalidParameters"
        run "aws ssm describe-parameters --region {region} --query 'Parameters[].Name'";
    // A1b, F1.
    "parameter-denied" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b2c3d is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/prod/db/password because no identity-based policy allows the ssm:GetParameters action"
        says ["not authorized to perform: ssm:getparameters on resource"]
             ["unable to retrieve secrets from ssm", "accessdenied"]
             ["fetching secret data from ssm parameter store", "accessdenied"]
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names ssm:GetParameters --resource-arns {resource}"
        run "aws iam list-attached-role-policies --role-name {role}";
    "parameter-denied-elsewhere" Start true
        example "An error occurred (AccessDeniedException) when calling the GetParameter operation: User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/prod/db/password"
        says ["not authorized to perform: ssm:getparameter on resource"]
             ["not authorized to perform: ssm:getparametersbypath on resource"]
             ["when calling the getparameter operation", "not authorized to perform: ssm:getparameter on resource"]
        run "aws sts get-caller-identity";
    // A1c.
    "parameter-empty-response" Secrets true
        example "Fetching secret data from SSM Parameter Store in eu-west-1: empty response"
        says ["fetching secret data from ssm parameter store", "empty response"]
        or "parameter-store-unreachable";
    // F3, F4, and the EC2 agent's own timeouts.
    "parameter-store-unreachable" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration."
        says ["unable to retrieve secrets from ssm", "context deadline exceeded"]
             ["unable to retrieve secrets from ssm", "requestcanceled"]
             ["unable to retrieve secrets from ssm", "i/o timeout"]
             ["unable to retrieve secrets from ssm", "requesterror: send request failed"]
             ["the task cannot pull secrets from aws systems manager"]
             ["connection issue between the task and aws systems manager parameter store"]
             ["fetching secret data from ssm parameter store", "requesterror: send request failed"]
             ["fetching secret data from ssm parameter store", "context deadline exceeded"]
             ["fetching secret data from ssm parameter store", "i/o timeout"]
             ["fetching secret data from ssm parameter store", "client.timeout exceeded"]
             ["fetching secret data from ssm parameter store", "no such host"]
             ["operation error ssm: getparameters", "context deadline exceeded"]
        run "aws ec2 describe-vpc-endpoints --region {region} --filters Name=service-name,Values=com.amazonaws.{region}.ssm";
    "parameter-name-impossible" Secrets true
        example "Fetching secret data from SSM Parameter Store in eu-west-1: ValidationException: Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_"
        says ["parameter name: can't be prefixed with"]
             ["if formed as a path, it can consist of sub-paths divided by slash symbol"]
             ["parameter name must be a fully qualified name"];
    // §6.2.
    "kms-denied" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf from secrets manager: AccessDeniedException: Access to KMS is not allowed"
        says ["access to kms is not allowed"]
             ["accessdeniedexception: access to kms is not allowed"]
             ["failed to fetch secret", "accessdeniedexception: access to kms is not allowed"]
             ["not authorized to perform: kms:decrypt"]
             ["the ciphertext refers to a customer master key that does not exist"]
        or "kms-key-unusable"
        run "aws secretsmanager describe-secret --secret-id {secret} --region {region} --query KmsKeyId"
        run "aws kms get-key-policy --key-id {key} --policy-name default --region {region} --output text"
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names kms:Decrypt --resource-arns {key}";
    "kms-key-unusable" Secrets true
        example "Fetching secret data from SSM Parameter Store in ap-northeast-1: InvalidKeyId: arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555 is pending deletion"
        says ["invalidkeyid"]
             ["kmsinvalidstateexception"]
             ["arn:aws:kms:", "is pending deletion"]
             ["arn:aws:kms:", "is disabled"]
             ["kms", "disabledexception"]
             ["secrets manager can't decrypt the protected secret text using the provided kms key"]
        run "aws kms describe-key --key-id {key} --region {region} --query 'KeyMetadata.[KeyState,DeletionDate]'"
        run "aws kms cancel-key-deletion --key-id {key} --region {region}"
        run "aws kms enable-key --key-id {key} --region {region}";
    // A2.
    "store-client-not-created" Secrets true
        example "Unable to create SSM client in eu-wset-1: the Region is not known"
        says ["unable to create ssm client in"] ["unable to create asm client:"];
    // A3, F5d.
    "secret-not-found" Secrets true
        example "ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf: ResourceNotFoundException: Secrets Manager can't find the specified secret."
        says ["the task can't retrieve the secret with arn", "from aws secrets manager. check whether the secret exists"]
             ["secrets manager can't find the specified secret."]
             ["failed to fetch secret", "resourcenotfoundexception: secrets manager can't find the specified secret"]
             ["fetching secret data from aws secrets manager", "resourcenotfoundexception"]
        or "secret-stage-missing"
        run "aws secretsmanager describe-secret --secret-id {secret} --region {region}"
        run "aws secretsmanager list-secrets --region {region} --query 'SecretList[].ARN'";
    "secret-stage-missing" Secrets true
        example "ResourceNotFoundException: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"
        says ["can't find the specified secret value for staging label"]
             ["can't find the specified secret value for versionid"]
             ["the task can't retrieve the secret with arn", "from aws secrets manager. check whether the secret exists", "can't find the specified secret value for staging label"]
             ["failed to fetch secret", "can't find the specified secret value for staging label"]
        run "aws secretsmanager list-secret-version-ids --secret-id {secret} --region {region}";
    // F5d, the rule.
    "secret-partial-arn" Secrets false
        example "unable to retrieve secret from asm: failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/database from secrets manager: AccessDeniedException, and the ARN has no suffix of six characters"
        says ["accessdeniedexception, and the arn has no suffix of six characters"]
        run "aws secretsmanager describe-secret --secret-id {secret} --region {region} --query ARN"
        run "aws secretsmanager list-secrets --region {region} --query 'SecretList[].ARN'";
    // A4, F5a.
    "secret-denied" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: x, api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action"
        says ["not authorized to perform: secretsmanager:getsecretvalue on resource"]
             ["failed to fetch secret", "not authorized to perform: secretsmanager:getsecretvalue on resource"]
             ["unable to retrieve secret from asm", "accessdenied"]
             ["fetching secret data from aws secrets manager", "accessdenied"]
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names secretsmanager:GetSecretValue --resource-arns {resource}"
        run "aws secretsmanager get-resource-policy --secret-id {secret} --region {region}"
        run "aws secretsmanager describe-secret --secret-id {secret} --region {region}";
    // F5c.
    "secret-marked-for-deletion" Secrets true
        example "secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."
        says ["you can't perform this operation on the secret because it was marked for deletion"]
             ["failed to fetch secret", "you can't perform this operation on the secret because it was marked for deletion"]
             ["a resource with the id you requested already exists", "scheduled for deletion"]
        run "aws secretsmanager describe-secret --secret-id {secret} --region {region} --query DeletedDate"
        run "aws secretsmanager restore-secret --secret-id {secret} --region {region}";
    // F5e.
    "secret-version-id-short" Secrets true
        example "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf from secrets manager: InvalidParameter: 1 validation error(s) found. - minimum field size of 32, GetSecretValueInput.VersionId."
        says ["minimum field size of 32, getsecretvalueinput.versionid"]
             ["failed to fetch secret", "minimum field size of 32, getsecretvalueinput.versionid"]
             ["versionid", "member must have length greater than or equal to 32"]
        run "aws secretsmanager list-secret-version-ids --secret-id {secret} --region {region}";
    // A5, F7.
    "secret-json-key-missing" Secrets true
        example "retrieved secret from Secrets Manager did not contain json key password"
        says ["retrieved secret from secrets manager did not contain json key"]
             ["did not contain json key"]
        run "aws secretsmanager get-secret-value --secret-id {secret} --region {region} --query SecretString --output text | jq keys";
    // F8 and Go's other words.
    "secret-not-json" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 'p' looking for beginning of value"
        says ["invalid character", "looking for beginning of value"]
             ["unable to retrieve secret from asm", "invalid character", "looking for beginning of value"]
             ["invalid character", "after top-level value"]
             ["invalid character", "looking for beginning of object key string"]
             ["invalid character", "in string literal"]
             ["invalid character", "after object key"]
             ["unexpected end of json input"]
             ["json: cannot unmarshal"]
        run "aws secretsmanager get-secret-value --secret-id {secret} --region {region} --query SecretString --output text | jq -e 'type == \"object\"'";
    // A6, F10.
    "secret-reference-malformed" Secrets true
        example "trying to retrieve secret with value arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf:password resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again."
        says ["an invalid arn format for the aws secrets manager secret was specified"]
             ["trying to retrieve secret with value", "an invalid arn format for the aws secrets manager secret was specified"]
             ["unexpected arn format with parameters when trying to retrieve asm secret"]
             ["arn: not enough sections"] ["arn: invalid prefix"]
        run "sekisho check .";
    // A7.
    "secret-id-missing" Secrets true
        example "could not find a secretsmanager secretID from value arn:aws:secretsmanager:eu-west-1:123456789012:secret:"
        says ["could not find a secretsmanager secretid from value"];
    // F6.
    "secrets-manager-unreachable" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prod/db-AbCdEf from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded"
        says ["there is a connection issue between the task and aws secrets manager"]
             ["the task cannot pull secrets from aws secrets manager"]
             ["unable to retrieve secret from asm", "context deadline exceeded"]
             ["unable to retrieve secret from asm", "requestcanceled"]
             ["unable to retrieve secret from asm", "requesterror: send request failed"]
             ["unable to retrieve secret from asm", "i/o timeout"]
             ["fetching secret data from aws secrets manager", "requesterror: send request failed"]
             ["operation error secrets manager: getsecretvalue", "context deadline exceeded"]
             ["operation error secrets manager: getsecretvalue", "i/o timeout"]
             ["operation error secrets manager: getsecretvalue", "exceeded maximum number of attempts"]
        run "aws ec2 describe-vpc-endpoints --region {region} --filters Name=service-name,Values=com.amazonaws.{region}.secretsmanager";
    "secret-name-invalid" Secrets true
        example "secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:<db>: ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
        says ["invalid name. must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"];
    // A8.
    "execution-role-credentials-missing" Secrets true
        example "ASM secret resource: unable to find execution role credentials"
        says ["unable to find execution role credentials"]
             ["asm secret resource: unable to find execution role credentials"]
             ["ssm secret resource: unable to find execution role credentials"]
             ["environment file resource: unable to find execution role credentials"]
        or "role-not-assumable"
        run "aws ecs describe-task-definition --task-definition FAMILY:REVISION --query taskDefinition.executionRoleArn";
    // A9, F9.
    "registry-secret-unreadable" Secrets true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching secret from the service for prod/registry: RequestError: send request failed"
        says ["unable to get registry auth from asm"]
             ["asm fetching secret from the service for"]
             ["unable to get registry auth from asm", "asm fetching secret from the service for"]
        or "secrets-manager-unreachable" or "secret-denied"
        run "aws ecs describe-task-definition --task-definition FAMILY:REVISION --query 'taskDefinition.containerDefinitions[].repositoryCredentials'";
    "registry-secret-malformed" Secrets true
        example "asm fetching authorization data: unable to unmarshal secret value, invalid schema"
        says ["asm fetching authorization data: empty response"]
             ["asm fetching authorization data: empty secrets value"]
             ["asm fetching authorization data: unable to unmarshal secret value, invalid schema"]
             ["asm fetching username: authorizationdata is malformed, empty field"]
             ["asm fetching password: authorizationdata is malformed, empty field"]
        run "aws secretsmanager get-secret-value --secret-id {secret} --region {region} --query SecretString --output text | jq keys";
    // A10.
    "agent-lost-the-secret" Secrets true
        example "task secret data: unable to fetch ASM Secrets resource"
        says ["task secret data: unable to fetch ssm secrets resource"]
             ["task secret data: unable to fetch asm secrets resource"]
             ["task auth data: unable to fetch asm resource"]
             ["task auth data: unable to fetch docker auth config"]
             ["missing secret value for secret"]
             ["unable to generate config to create firelens container"]
        or "execution-role-credentials-missing";
    // A11.
    "credential-specification" Secrets true
        example "unsupported credentialspec ARN, only s3/ssm ARNs are valid"
        says ["unsupported credentialspec arn, only s3/ssm arns are valid"]
             ["credentialspec resource: unable to find execution role credentials"]
             ["the provided ssm parameter:", "is in an invalid format"]
             ["error unmarshalling credentialspec"];
    "volume-credentials" Secrets true
        example "invalid credentials for mounting fsxwindowsfileserver volume on the container instance"
        says ["unsupported credentialsparameter, only ssm/secretsmanager arns are valid"]
             ["invalid credentials for mounting fsxwindowsfileserver volume"];
    "store-throttled" Secrets true
        example "Fetching secret data from SSM Parameter Store in ap-northeast-1: ThrottlingException: Rate exceeded"
        says ["fetching secret data from ssm parameter store", "throttlingexception"]
             ["unable to retrieve secrets from ssm", "throttlingexception"]
             ["unable to retrieve secret from asm", "throttlingexception"]
             ["unable to retrieve secret from asm", "rate exceeded"]
             ["failed to fetch secret", "throttlingexception"]
        run "aws ssm get-service-setting --setting-id /ssm/parameter-store/high-throughput-enabled --region {region}";
    // §4.5 no. 3: the guide's third message.
    "parameter-not-found-elsewhere" Secrets true
        example "An error occurred (ParameterNotFound) when calling the GetParameter operation: "
        says ["parameternotfound"]
             ["an error occurred (parameternotfound) when calling the getparameter operation"]
             ["reading ssm parameter", "couldn't find resource"]
        or "parameter-not-found"
        run "aws ssm get-parameters --names {parameters} --region {region} --query InvalidParameters";
    // R1.
    "registration-no-execution-role" Secrets true
        example "An error occurred (ClientException) when calling the RegisterTaskDefinition operation: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
        says ["when you are specifying container secrets, you must also specify a value for 'executionrolearn'"];
    // R2, §4.5 no. 1: the guide's first message.
    "registration-parameter-name" Secrets true
        example "An error occurred (ClientException) when calling the RegisterTaskDefinition operation: The Systems Manager parameter name specified for secret DB_PASSWORD is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-"
        says ["the systems manager parameter name specified for secret", "is invalid"]
             ["the systems manager parameter name specified for secret", "is invalid. the parameter name can be up to 2048 characters"]
        or "registration-empty-value-from"
        run "sekisho check .";
    // R3.
    "registration-name-clash" Secrets true
        example "ClientException: The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'DB_PASSWORD'."
        says ["the secret name must be unique and not shared with any new or existing environment variables set on the container"];
    // R4.
    "registration-duplicate-name" Secrets false
        example "ClientException: Duplicate secret names found: DB_PASSWORD. Each secret name must be unique."
        says ["duplicate secret names found:"];
    // R5.
    "registration-foreign-parameter" Secrets true
        example "ClientException: The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is 123456789012 and the ARN account ID is 999999999999. Cross-account access for ARNs is not currently supported."
        says ["the systems manager parameter arn has a different account id than the current account"];
    // R6.
    "registration-fargate-role" Start true
        example "ClientException: Fargate requires task definition to have execution role ARN to support ECR images."
        says ["fargate requires task definition to have execution role arn to support"];
    // R7.
    "registration-firelens" Start false
        example "ClientException: When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified"
        says ["when awsfirelens log driver is specified", "a firelens configuration object must be specified"];
    // R8.
    "registration-s3-arn" Start true
        example "ClientException: Invalid arn syntax."
        says ["clientexception", "invalid arn syntax"] ["invalid arn syntax."];
    // R9.
    "registration-empty-tags" Start false
        example "ClientException: Tags can not be empty"
        says ["tags can not be empty"];
    // R10.
    "registration-empty-value-from" Secrets true
        example "ClientException: secret.valueFrom should not be null or empty"
        says ["secret.valuefrom should not be null or empty"];
    "value-from-in-environment" Secrets true
        example "Unexpected key 'valueFrom' found in params.containerDefinitions[0].environment[3]"
        says ["unexpected key 'valuefrom' found in params.containerdefinitions"]
             ["unknown parameter in containerdefinitions", "environment", "valuefrom"];
    // §4.4.
    "role-not-assumable" Start true
        example "(service shop-api) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/shop-exec' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.)"
        says ["ecs was unable to assume the role"]
        run "aws iam get-role --role-name {role} --query Role.AssumeRolePolicyDocument";
    "pass-role-denied" Start true
        example "User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/shop-exec because no identity-based policy allows the iam:PassRole action"
        says ["not authorized to perform: iam:passrole"]
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names iam:PassRole --resource-arns {resource}";
    "circuit-breaker" Start true
        example "ECS deployment circuit breaker: tasks failed to start."
        says ["ecs deployment circuit breaker: tasks failed to start"]
             ["deployment failed: tasks failed to start"]
             ["ecs deployment circuit breaker"]
        run "aws ecs list-tasks --cluster CLUSTER --desired-status STOPPED"
        run "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].[stoppedReason,containers[].reason]'";
    "instance-lacks-secrets" Secrets false
        example "(service shop-api) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance is missing an attribute required by your task: ecs.capability.secrets.asm.environment-variables"
        says ["missing an attribute required by your task", "ecs.capability.secrets"]
             ["ecs.capability.secrets", "missing an attribute required by your task"]
             ["unable to place a task", "missing an attribute required by your task"]
        run "aws ecs describe-container-instances --cluster CLUSTER --container-instances INSTANCE --query 'containerInstances[].versionInfo.agentVersion'";
    // F11.
    "ecr-auth-unreachable" Start true
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.ap-northeast-1.amazonaws.com/\": dial tcp 203.0.113.7:443: i/o timeout. Please check your task network configuration."
        says ["unable to retrieve ecr registry auth", "requesterror: send request failed"]
             ["unable to retrieve ecr registry auth", "context deadline exceeded"]
             ["unable to retrieve ecr registry auth", "i/o timeout"]
             ["unable to retrieve ecr registry auth", "requestcanceled"]
             ["the task cannot pull registry auth from amazon ecr"]
             ["connection issue between the task and amazon ecr"]
        run "aws ec2 describe-vpc-endpoints --region {region} --query 'VpcEndpoints[].ServiceName'";
    "ecr-auth-denied" Start true
        example "unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action"
        says ["not authorized to perform: ecr:getauthorizationtoken"]
             ["unable to retrieve ecr registry auth", "accessdenied"]
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names ecr:GetAuthorizationToken";
    // A12.
    "image-pull-denied" Start true
        example "CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry. denied: User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:ap-northeast-1:123456789012:repository/shop/api"
        says ["the task can't pull the image. check that the role has the permissions to pull images from the registry"]
             ["not authorized to perform: ecr:batchgetimage"]
             ["not authorized to perform: ecr:getdownloadurlforlayer"]
             ["not authorized to perform: ecr:batchchecklayeravailability"]
             ["cannotpullcontainererror", "403 forbidden"]
        run "aws ecr get-repository-policy --repository-name {repository} --region {region}";
    "image-missing" Start true
        example "CannotPullContainerError: The task can’t pull the image. Check whether the image exists. Error response from daemon: pull access denied for shop/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
        says ["the task can't pull the image. check whether the image exists"]
             ["denied: requested access to the resource is denied"]
             ["cannotpullcontainererror", "not found"]
             ["cannotpullcontainererror", "manifest unknown"]
             ["cannotpullcontainererror", "repository does not exist"]
        or "registry-secret-malformed"
        run "aws ecr describe-images --repository-name {repository} --region {region}";
    // A12, F12.
    "registry-unreachable" Start true
        example "CannotPullContainerError: The task can’t pull the image. Check your network configuration. net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"
        says ["the task can't pull the image. check your network configuration"]
             ["cannotpullcontainererror", "request canceled while waiting for connection"]
             ["cannotpullcontainererror", "i/o timeout"]
             ["cannotpullcontainererror", "context canceled"]
             ["pull command failed: : signal: killed"]
             ["pull image manifest has been retried", "dial tcp"]
        run "aws ec2 describe-vpc-endpoints --region {region} --query 'VpcEndpoints[].ServiceName'";
    "image-pull-limit" Other true
        example "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit."
        says ["toomanyrequests:"] ["you have reached your pull rate limit"];
    // F13.
    "environment-file-denied" Start false
        example "ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, RequestID: x, HostID: y, api error Forbidden: Forbidden"
        says ["failed to download env files", "forbidden"]
             ["failed to download env files", "accessdenied"]
             ["unable to download env file with key", "accessdenied"]
             ["unable to download env file with key", "forbidden"]
        or "environment-file-missing"
        run "aws s3api head-object --bucket BUCKET --key KEY"
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names s3:GetObject s3:GetBucketLocation --resource-arns {object}";
    "environment-file-missing" Start false
        example "ResourceInitializationError: failed to download env files: file download command: non-empty error stream: NotFound: Not Found"
        says ["failed to download env files", "not found"]
             ["failed to download env files", "nosuchkey"]
             ["unable to download env file with key", "nosuchkey"]
             ["unable to download env file with key", "not found"]
        run "aws s3api head-object --bucket BUCKET --key KEY";
    "environment-file-unreachable" Start false
        example "ResourceInitializationError: failed to download env files: file download command: non-empty error stream: RequestCanceled: request context canceled caused by: context deadline exceeded"
        says ["failed to download env files", "requestcanceled"]
             ["failed to download env files", "context deadline exceeded"]
             ["failed to download env files", "i/o timeout"]
             ["unable to download env file with key", "context deadline exceeded"]
        run "aws ec2 describe-vpc-endpoints --region {region} --filters Name=service-name,Values=com.amazonaws.{region}.s3";
    "environment-file-unusable" Start true
        example "unable to parse bucket and key from s3 ARN specified in environmentFile s3://bucket/app.env, error: invalid ARN"
        says ["unable to parse bucket and key from s3 arn specified in environmentfile"]
             ["unable to initialize s3 client for bucket"]
             ["bufio.scanner: token too long"];
    // F14.
    "logging-unreachable" Start true
        example "ResourceInitializationError: failed to validate logger args: : signal: killed"
        says ["failed to validate logger args: : signal: killed"]
             ["failed to validate logger args", "context deadline exceeded"]
             ["failed to validate logger args", "i/o timeout"]
             ["failed to validate logger args", "signal: killed"]
             ["the task cannot find the amazon cloudwatch log group", "connection issue"]
        run "aws ec2 describe-vpc-endpoints --region {region} --filters Name=service-name,Values=com.amazonaws.{region}.logs";
    "log-group-missing" Start false
        example "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist."
        says ["the specified log group does not exist"]
             ["failed to validate logger args", "the specified log group does not exist"]
             ["the task cannot find the amazon cloudwatch log group defined in the task definition"]
        run "aws logs describe-log-groups --log-group-name-prefix PREFIX --region {region}";
    "logging-denied" Start true
        example "ResourceInitializationError: failed to initialize logging driver: failed to create Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/shop-exec/0a1b is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/shop"
        says ["not authorized to perform: logs:creategroup"]
             ["not authorized to perform: logs:createloggroup"]
             ["not authorized to perform: logs:createlogstream"]
             ["not authorized to perform: logs:putlogevents"]
        run "aws iam simulate-principal-policy --policy-source-arn {role-arn} --action-names logs:CreateLogStream logs:PutLogEvents --resource-arns {resource}";
    // F15.
    "logging-driver" Start true
        example "ResourceInitializationError: failed to initialize logging driver: splunk: unable to reach the collector"
        says ["failed to initialize logging driver"]
        or "logging-unreachable";
    // F16.
    "container-did-not-start" Start false
        example "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: start timed out"
        says ["could not transition to running; timed out after waiting"]
             ["containerruntimetimeouterror"] ["dockertimeouterror"]
             ["cannotstartcontainererror: failed to get container status"]
             ["cannotcreatevolumeerror"] ["cannotinspectcontainererror"]
        or "logging-driver";
    "environment-too-large" Secrets false
        example "CannotStartContainerError: OCI runtime create failed: exec: \"/app\": argument list too long"
        says ["argument list too long"];
    "command-not-found" Other true
        example "CannotStartContainerError: Error response from daemon: exec: \"server\": executable file not found in $PATH"
        says ["executable file not found in $path"] ["exec:", "no such file or directory"] ["exec format error"];
    "out-of-memory" Other true
        example "OutOfMemoryError: Container killed due to memory usage"
        says ["outofmemoryerror"] ["container killed due to memory usage"];
    "essential-container-exited" Other true
        example "Essential container in task exited"
        says ["essential container in task exited"];
    "health-check-failed" Other true
        example "Task failed container health checks"
        says ["task failed container health checks"] ["task failed elb health checks"] ["is unhealthy in", "due to"] ["failed elb health checks in"];
    "host-went-away" Other true
        example "Host EC2 (instance i-0123456789abcdef0) terminated."
        says ["host ec2 (instance", ") terminated"] ["host ec2 (instance", ") stopped"] ["your spot task was interrupted"] ["spotinterruption"];
    "scaled-or-replaced" Other true
        example "Scaling activity initiated by (deployment ecs-svc/1234567890123456789)"
        says ["scaling activity initiated by"] ["task stopped by user"] ["user initiated stop"] ["ecs is performing maintenance on the underlying infrastructure"];
    "no-capacity" Other true
        example "Capacity is unavailable at this time. Please try again later or in a different availability zone"
        says ["capacity is unavailable at this time"] ["unable to place a task", "insufficient cpu"] ["unable to place a task", "insufficient memory"]
             ["no container instances were found in your cluster"] ["resource:memory"] ["resource:cpu"];
    "network-interface" Other true
        example "Timeout waiting for network interface provisioning to complete."
        says ["timeout waiting for network interface provisioning to complete"] ["unexpected eni provisioning"] ["network interface provision", "insufficient"];
    "disk-full" Other true
        example "CannotPullContainerError: write /var/lib/docker/tmp/x: no space left on device"
        says ["no space left on device"];
    // The envelopes.
    "secrets-envelope" Wrapper false
        example "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: something"
        says ["unable to pull secrets or registry auth"]
        or "parameter-store-unreachable" or "secrets-manager-unreachable" or "ecr-auth-unreachable" or "secret-denied" or "parameter-denied";
    "parameter-store-envelope" Wrapper false
        example "Fetching secret data from SSM Parameter Store in ap-northeast-1: something"
        says ["fetching secret data from ssm parameter store in"] ["unable to retrieve secrets from ssm"]
        or "parameter-denied" or "parameter-not-found" or "parameter-store-unreachable";
    "secrets-manager-envelope" Wrapper false
        example "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: something"
        says ["unable to retrieve secret from asm"] ["fetching secret data from aws secrets manager in region"] ["failed to fetch secret"]
             ["unable to pull secrets or registry auth", "unable to retrieve secret from asm"]
        or "secret-denied" or "secret-not-found" or "secrets-manager-unreachable";
    "resource-envelope" Wrapper false
        example "ResourceInitializationError: something that is not known"
        says ["resourceinitializationerror"] ["resource cannot be initialized for task"];
}

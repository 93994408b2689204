//! What registration, the EC2 agent and Fargate print, to the letter as far as it is known; what is not known of a message is `…`.
//!
//! Source: facts/ecs.md §4.2 (agent source), §4.3 (Fargate, observed), §5 (RegisterTaskDefinition). These are AWS's own words: they are never translated.
//! INVARIANT: nothing of a value goes in. Where Go's JSON error quotes a character of the secret, `…` stands for it.

/// What stands for a part of a message that is not known beforehand: a request id, the text of an inner error.
pub(super) const UNKNOWN: &str = "…";

/// Longest reason of a stopped task, in characters (agent `ecs_client.go`; facts/ecs.md §4.1).
const REASON_LIMIT: usize = 1024;

/// A reason as the EC2 agent shows it: the first word in title case, white space made single, cut (agent `Task.SetTerminalReason`; facts/ecs.md §4.1).
pub(super) fn as_reason(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut reason = title(words.next().unwrap_or_default());
    for word in words {
        reason.push(' ');
        reason.push_str(word);
    }
    reason.chars().take(REASON_LIMIT).collect()
}

/// Go's `strings.Title`: a letter at the beginning, or behind something that is neither letter, digit nor underscore, becomes a capital.
fn title(word: &str) -> String {
    let mut at_start = true;
    let capital = |character: char| {
        let begins = std::mem::replace(&mut at_start, !(character.is_alphanumeric() || character == '_'));
        if begins { character.to_uppercase().next().unwrap_or(character) } else { character }
    };
    word.chars().map(capital).collect()
}

/// RegisterTaskDefinition's refusals (`ClientException`).
pub(super) mod registration {
    /// R1.
    pub(in crate::predict) fn execution_role() -> String {
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.".to_owned()
    }

    /// R2. `name` is the variable's, not the parameter's.
    pub(in crate::predict) fn parameter_name(name: &str) -> String {
        format!(
            "The Systems Manager parameter name specified for secret {name} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-"
        )
    }

    /// R3.
    pub(in crate::predict) fn name_in_environment(name: &str) -> String {
        format!(
            "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'."
        )
    }

    /// R4.
    pub(in crate::predict) fn duplicate_name(name: &str) -> String {
        format!("Duplicate secret names found: {name}. Each secret name must be unique.")
    }

    /// R5.
    pub(in crate::predict) fn foreign_parameter(here: &str, there: &str) -> String {
        format!(
            "The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is {here} and the ARN account ID is {there}. Cross-account access for ARNs is not currently supported."
        )
    }

    /// R6, for an image in ECR.
    pub(in crate::predict) fn fargate_images() -> String {
        "Fargate requires task definition to have execution role ARN to support ECR images.".to_owned()
    }

    /// R6, for a log driver.
    pub(in crate::predict) fn fargate_log_driver() -> String {
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.".to_owned()
    }

    /// R7.
    pub(in crate::predict) fn no_router() -> String {
        "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified".to_owned()
    }

    /// R8.
    pub(in crate::predict) fn s3_arn() -> String {
        "Invalid arn syntax.".to_owned()
    }

    /// R9.
    pub(in crate::predict) fn empty_tags() -> String {
        "Tags can not be empty".to_owned()
    }

    /// R10.
    pub(in crate::predict) fn empty_value_from() -> String {
        "secret.valueFrom should not be null or empty".to_owned()
    }
}

/// The open agent's errors, before [`as_reason`].
pub(super) mod ec2 {
    /// A1a.
    pub(in crate::predict) fn invalid_parameters(region: &str, names: &[&str]) -> String {
        parameters(region, &format!("invalid parameters: {}", names.join(",")))
    }

    /// A1.
    pub(in crate::predict) fn parameters(region: &str, cause: &str) -> String {
        format!("fetching secret data from SSM Parameter Store in {region}: {cause}")
    }

    /// A3.
    pub(in crate::predict) fn secret_not_found(arn: &str, cause: &str) -> String {
        format!(
            "ResourceNotFoundException: The task can't retrieve the secret with ARN '{arn}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: {cause}"
        )
    }

    /// A4: the error stands there twice.
    pub(in crate::predict) fn secret(id: &str, cause: &str) -> String {
        format!("secret {id}: {cause}: {cause}")
    }

    /// A5.
    pub(in crate::predict) fn no_json_key(key: &str) -> String {
        format!("retrieved secret from Secrets Manager did not contain json key {key}")
    }

    /// A6.
    pub(in crate::predict) fn secret_form(value_from: &str) -> String {
        format!(
            "trying to retrieve secret with value {value_from} resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again."
        )
    }

    /// A9, the call itself.
    pub(in crate::predict) fn registry(id: &str, cause: &str) -> String {
        format!("asm fetching secret from the service for {id}: {cause}")
    }

    /// A9, a value that is no JSON object.
    pub(in crate::predict) fn registry_schema() -> String {
        "asm fetching authorization data: unable to unmarshal secret value, invalid schema".to_owned()
    }

    /// A9, one of the two members.
    pub(in crate::predict) fn registry_field(field: &str) -> String {
        format!("asm fetching {field}: AuthorizationData is malformed, empty field")
    }

    /// The agent's S3 room (facts/ecs.md §3.7), wrapped as errors at the creation of a container are (§4.1).
    pub(in crate::predict) fn environment_file(arn: &str) -> String {
        let unknown = super::UNKNOWN;
        format!(
            "ResourceInitializationError: resource cannot be initialized for task {unknown}: unable to parse bucket and key from s3 ARN specified in environmentFile {arn}, error: {unknown}"
        )
    }

    /// A11, FSx.
    pub(in crate::predict) fn volume_credentials() -> String {
        "unsupported credentialsParameter, only ssm/secretsmanager ARNs are valid".to_owned()
    }

    /// A11, gMSA.
    pub(in crate::predict) fn credential_spec() -> String {
        "unsupported credentialspec ARN, only s3/ssm ARNs are valid".to_owned()
    }
}

/// Fargate's errors. It is closed: all of them are only likely, and newer builds leave out "execution resource retrieval failed".
pub(super) mod fargate {
    fn whole(cause: &str) -> String {
        format!("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: {cause}")
    }

    /// F1, F2: Parameter Store.
    pub(in crate::predict) fn parameters(cause: &str) -> String {
        whole(&format!("unable to retrieve secrets from ssm: service call has been retried 1 time(s): {cause}"))
    }

    /// F2.
    pub(in crate::predict) fn invalid_parameters(names: &[&str]) -> String {
        parameters(&format!("invalid ssm parameters: {}", names.join(",")))
    }

    /// F7, F8, F10: errors that do not name the secret.
    pub(in crate::predict) fn secrets(cause: &str) -> String {
        whole(&format!("unable to retrieve secret from asm: service call has been retried 1 time(s): {cause}"))
    }

    /// F5.
    pub(in crate::predict) fn secret(arn: &str, cause: &str) -> String {
        secrets(&format!("failed to fetch secret {arn} from secrets manager: {cause}"))
    }

    /// F10: the wording of the agent in February 2020, still printed in 2026.
    pub(in crate::predict) fn secret_form() -> String {
        secrets("unexpected ARN format with parameters when trying to retrieve ASM secret")
    }

    /// F9.
    pub(in crate::predict) fn registry(id: &str, cause: &str) -> String {
        whole(&format!(
            "unable to get registry auth from asm: service call has been retried 1 time(s): asm fetching secret from the service for {id}: {cause}"
        ))
    }
}

/// Inner errors of the services, as both print them.
pub(super) mod inner {
    /// F5d.
    pub(in crate::predict) const SECRET_NOT_FOUND: &str = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
    /// F5c.
    pub(in crate::predict) const MARKED_FOR_DELETION: &str =
        "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.";
    /// F5b.
    pub(in crate::predict) const KMS_DENIED: &str = "AccessDeniedException: Access to KMS is not allowed";
    /// F5e.
    pub(in crate::predict) const VERSION_ID_SHORT: &str =
        "InvalidParameter: 1 validation error(s) found. - minimum field size of 32, GetSecretValueInput.VersionId.";

    /// A stage that no version has (facts/ecs.md §3.2).
    pub(in crate::predict) fn no_stage(stage: &str) -> String {
        format!("ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: {stage}")
    }

    /// A1b, F1, F5a.
    pub(in crate::predict) fn access_denied(role: &str, action: &str, resource: &str, because: &str) -> String {
        // A session's ARN has the role's name without its path.
        let user = match role.replacen(":iam:", ":sts:", 1).split_once(":role/") {
            Some((account, name)) => format!("{account}:assumed-role/{}", name.rsplit('/').next().unwrap_or(name)),
            None => role.to_owned(),
        };
        let unknown = super::UNKNOWN;
        format!(
            "AccessDeniedException: User: {user}/{unknown} is not authorized to perform: {action} on resource: {resource} because {because}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_begins_with_a_capital_and_has_single_blanks() {
        assert_eq!(as_reason("fetching  secret\ndata"), "Fetching secret data");
        assert_eq!(as_reason("json: cannot"), "Json: cannot");
        assert_eq!(as_reason("ResourceNotFoundException: x"), "ResourceNotFoundException: x");
        assert_eq!(as_reason(""), "");
    }

    #[test]
    fn a_reason_is_cut_at_1024_characters() {
        assert_eq!(as_reason(&"関 ".repeat(2000)).chars().count(), 1024);
    }

    #[test]
    fn a_role_is_denied_as_the_session_that_ecs_makes_of_it() {
        assert_eq!(
            inner::access_denied(
                "arn:aws:iam::123456789012:role/team/exec",
                "ssm:GetParameters",
                "*",
                "no identity-based policy allows it"
            ),
            "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/… is not authorized to perform: ssm:GetParameters on resource: * because no identity-based policy allows it"
        );
    }
}

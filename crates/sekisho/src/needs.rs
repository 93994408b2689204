//! The rights that our own verbs need (design §6.5). One table, from which `generate policy --for VERB` and the documentation are made.

/// One action that a verb calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    /// `ssm:DescribeParameters`.
    pub(crate) action: &'static str,
    /// When it is called.
    pub(crate) when: When,
}

/// When an action is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum When {
    /// Always.
    Always,
    /// Where values are read: a JSON key is referenced, registry credentials, `--check-values`.
    Values,
    /// With `--create`, or by a verb that writes.
    Write,
    /// For the roles of tasks; not with `--no-roles`.
    Roles,
    /// With `--live`.
    Live,
}

const fn needed(action: &'static str, when: When) -> Needed {
    Needed { action, when }
}

/// Looking at the stores, without values.
const LOOK: [Needed; 4] = [
    needed("ssm:DescribeParameters", When::Always),
    needed("ssm:GetParameters", When::Always),
    needed("secretsmanager:DescribeSecret", When::Always),
    needed("kms:DescribeKey", When::Always),
];

const VERIFY: [Needed; 26] = [
    LOOK[0],
    LOOK[1],
    LOOK[2],
    LOOK[3],
    needed("secretsmanager:GetSecretValue", When::Values),
    needed("secretsmanager:BatchGetSecretValue", When::Values),
    needed("kms:Decrypt", When::Values),
    needed("iam:GetRole", When::Roles),
    needed("iam:ListRolePolicies", When::Roles),
    needed("iam:GetRolePolicy", When::Roles),
    needed("iam:ListAttachedRolePolicies", When::Roles),
    needed("iam:GetPolicy", When::Roles),
    needed("iam:GetPolicyVersion", When::Roles),
    needed("kms:GetKeyPolicy", When::Roles),
    needed("kms:ListGrants", When::Roles),
    needed("secretsmanager:GetResourcePolicy", When::Roles),
    needed("secretsmanager:ListSecretVersionIds", When::Roles),
    needed("ecs:DescribeServices", When::Live),
    needed("ecs:DescribeTaskDefinition", When::Live),
    needed("ssm:PutParameter", When::Write),
    needed("ssm:AddTagsToResource", When::Write),
    needed("secretsmanager:CreateSecret", When::Write),
    needed("secretsmanager:TagResource", When::Write),
    needed("secretsmanager:PutSecretValue", When::Write),
    needed("kms:GenerateDataKey", When::Write),
    // A SecureString of the standard tier is encrypted directly (facts/iam.md A5).
    needed("kms:Encrypt", When::Write),
];

const RUN: [Needed; 7] = [
    LOOK[0],
    LOOK[1],
    LOOK[2],
    LOOK[3],
    needed("secretsmanager:GetSecretValue", When::Always),
    needed("secretsmanager:BatchGetSecretValue", When::Always),
    needed("kms:Decrypt", When::Always),
];

const SECRET: [Needed; 22] = [
    LOOK[0],
    LOOK[1],
    LOOK[2],
    LOOK[3],
    needed("secretsmanager:GetSecretValue", When::Values),
    needed("secretsmanager:BatchGetSecretValue", When::Values),
    needed("kms:Decrypt", When::Values),
    needed("ssm:PutParameter", When::Write),
    needed("ssm:AddTagsToResource", When::Write),
    needed("secretsmanager:CreateSecret", When::Write),
    needed("secretsmanager:TagResource", When::Write),
    needed("secretsmanager:PutSecretValue", When::Write),
    needed("kms:GenerateDataKey", When::Write),
    needed("kms:Encrypt", When::Write),
    // `history` and `list --unused`.
    needed("ssm:GetParameterHistory", When::Always),
    needed("ssm:ListTagsForResource", When::Always),
    needed("secretsmanager:ListSecretVersionIds", When::Always),
    needed("secretsmanager:ListSecrets", When::Always),
    // A new value of a secret becomes current only where the current one is still the one that was read.
    needed("secretsmanager:UpdateSecretVersionStage", When::Write),
    needed("secretsmanager:DeleteSecret", When::Write),
    needed("secretsmanager:RestoreSecret", When::Write),
    needed("ssm:DeleteParameter", When::Write),
];

const WHO_CAN: [Needed; 6] = [
    LOOK[0],
    LOOK[2],
    LOOK[3],
    needed("iam:GetAccountAuthorizationDetails", When::Always),
    needed("kms:GetKeyPolicy", When::Always),
    needed("secretsmanager:GetResourcePolicy", When::Always),
];

/// The verbs that call AWS.
pub(crate) const VERBS: [&str; 4] = ["verify", "run", "secret", "who-can"];

/// What `verb` calls; `None` for a verb that calls nothing of AWS. `sts:GetCallerIdentity`, which all of them begin with, needs no right.
pub(crate) fn actions_for(verb: &str) -> Option<&'static [Needed]> {
    match verb {
        "verify" => Some(&VERIFY),
        "run" => Some(&RUN),
        "secret" => Some(&SECRET),
        "who-can" => Some(&WHO_CAN),
        _ => None,
    }
}

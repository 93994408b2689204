//! A task definition as ECS registers it, as far as secrets are concerned. Every leaf is a fact with its place.

use crate::{Fact, Place};

/// One task definition.
#[derive(Clone, Debug)]
pub struct TaskDefinition {
    /// Where it begins.
    pub place: Place,
    /// `family`.
    pub family: Option<Fact<String>>,
    /// `taskDefinitionArn`, in what ECS exported.
    pub arn: Option<Fact<String>>,
    /// `executionRoleArn`.
    pub execution_role: Option<Fact<String>>,
    /// `taskRoleArn`.
    pub task_role: Option<Fact<String>>,
    /// `requiresCompatibilities`: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    pub requires_compatibilities: Vec<Fact<String>>,
    /// `containerDefinitions`.
    pub containers: Vec<Container>,
    /// `volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter`: a parameter's or secret's ARN (facts/ecs.md §1,
    /// row 8).
    pub volume_credentials: Vec<Fact<String>>,
    /// What stood there and could not be read: findings of their own, never silently skipped.
    pub unreadable: Vec<Fact<()>>,
}

/// One entry of `containerDefinitions`.
#[derive(Clone, Debug)]
pub struct Container {
    /// Where it begins.
    pub place: Place,
    /// `name`.
    pub name: Fact<String>,
    /// `image`.
    pub image: Option<Fact<String>>,
    /// `essential`; ECS takes `true` where it is absent.
    pub essential: Option<Fact<bool>>,
    /// `environment`, in file order, duplicates kept.
    pub environment: Vec<EnvironmentEntry>,
    /// `environmentFiles`.
    pub environment_files: Vec<EnvironmentFile>,
    /// `secrets`, in file order, duplicates kept.
    pub secrets: Vec<SecretEntry>,
    /// `logConfiguration.logDriver`.
    pub log_driver: Option<Fact<String>>,
    /// `logConfiguration.secretOptions`.
    pub secret_options: Vec<SecretEntry>,
    /// `firelensConfiguration.type`, where the container is a FireLens router.
    pub firelens: Option<Fact<String>>,
    /// `firelensConfiguration.options.config-file-value` where `config-file-type` is `s3`: the ARN of an S3 object (facts/ecs.md §1, row 4).
    pub firelens_file: Option<Fact<String>>,
    /// `repositoryCredentials.credentialsParameter`.
    pub repository_credentials: Option<Fact<String>>,
    /// `credentialSpecs`, and the entries of `dockerSecurityOptions` that begin with `credentialspec` (facts/ecs.md §1, row 7).
    pub credential_specs: Vec<Fact<String>>,
}

/// One entry of `environment`.
#[derive(Clone, Debug)]
pub struct EnvironmentEntry {
    /// Where it begins.
    pub place: Place,
    /// `name`.
    pub name: Fact<String>,
    /// `value`. It may be a secret that somebody put there: show it to nobody.
    pub value: Fact<crate::Secret<String>>,
}

/// One entry of `environmentFiles`.
#[derive(Clone, Debug)]
pub struct EnvironmentFile {
    /// Where it begins.
    pub place: Place,
    /// `value`: the ARN of an S3 object.
    pub value: Fact<String>,
    /// `type`: `s3`.
    pub kind: Option<Fact<String>>,
}

/// One entry of `secrets` or `secretOptions`.
#[derive(Clone, Debug)]
pub struct SecretEntry {
    /// Where it begins.
    pub place: Place,
    /// `name`: the environment variable, or the log option.
    pub name: Fact<String>,
    /// `valueFrom`, as written.
    pub value_from: Fact<String>,
}

impl TaskDefinition {
    /// The container of that name, or the only one when `name` is `None`.
    pub fn container(&self, name: Option<&str>) -> Option<&Container> {
        match (name, self.containers.as_slice()) {
            (Some(name), containers) => containers.iter().find(|container| container.name.value().is_some_and(|known| known == name)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// How many places of this definition name a secret (facts/ecs.md §1): `secrets`, `secretOptions` and registry credentials.
    pub fn reference_count(&self) -> usize {
        self.containers
            .iter()
            .map(|container| {
                container.secrets.len() + container.secret_options.len() + usize::from(container.repository_credentials.is_some())
            })
            .sum()
    }
}

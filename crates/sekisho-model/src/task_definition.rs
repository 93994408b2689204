//! A task definition as ECS registers it, as far as secrets are concerned. Every leaf is a fact with its place.

use crate::{Fact, Place, Secret, Source, Spanned};

/// What registers a definition; the leaves are the same (facts/ecs.md §1, rows 1, 14 and 15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DefinitionKind {
    /// `RegisterTaskDefinition`.
    #[default]
    Task,
    /// `RegisterDaemonTaskDefinition`: a daemon of Managed Instances.
    Daemon,
    /// `CreateExpressGatewayService`: the service's own `primaryContainer` is the only container, and nobody writes a task definition.
    Express,
}

/// One task definition.
#[derive(Clone, Debug)]
pub struct TaskDefinition {
    /// Where it begins.
    pub place: Place,
    /// What registers it.
    pub kind: DefinitionKind,
    /// The logical id of its resource in a CloudFormation template.
    pub logical_id: Option<Spanned<String>>,
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
    /// `networkMode`: `awsvpc`, `bridge`, `host`, `none`.
    pub network_mode: Option<Fact<String>>,
    /// `runtimePlatform.operatingSystemFamily`: `LINUX`, `WINDOWS_SERVER_2022_CORE`, ….
    pub operating_system: Option<Fact<String>>,
    /// `runtimePlatform.cpuArchitecture`: `X86_64`, `ARM64`.
    pub architecture: Option<Fact<String>>,
    /// Whether there is an empty `tags` list, which registration refuses (facts/ecs.md §5, R9): where it stands.
    pub empty_tags: Option<Place>,
    /// `containerDefinitions`.
    pub containers: Vec<Container>,
    /// `volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter`: a parameter's or secret's ARN (facts/ecs.md §1,
    /// row 8).
    pub volume_credentials: Vec<Fact<String>>,
    /// What stood there and could not be read: findings of their own, never silently skipped.
    pub unreadable: Vec<Fact<()>>,
}

/// One entry of `containerDefinitions`.
///
/// INVARIANT: what a person may have put a value into (`environment`, `command`, labels, options …) is a [`Secret`]; everything else names things.
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
    /// `command`, word by word.
    pub command: Vec<Fact<Secret<String>>>,
    /// `entryPoint`, word by word.
    pub entry_point: Vec<Fact<Secret<String>>>,
    /// `healthCheck.command`, word by word.
    pub health_check: Vec<Fact<Secret<String>>>,
    /// `dockerLabels`, in file order.
    pub docker_labels: Vec<NamedValue>,
    /// `environment`, in file order, duplicates kept.
    pub environment: Vec<EnvironmentEntry>,
    /// `environmentFiles`.
    pub environment_files: Vec<EnvironmentFile>,
    /// `secrets`, in file order, duplicates kept.
    pub secrets: Vec<SecretEntry>,
    /// `logConfiguration.logDriver`.
    pub log_driver: Option<Fact<String>>,
    /// `logConfiguration.options`, in file order.
    pub log_options: Vec<NamedValue>,
    /// `logConfiguration.secretOptions`.
    pub secret_options: Vec<SecretEntry>,
    /// `firelensConfiguration.type`, where the container is a FireLens router.
    pub firelens: Option<Fact<String>>,
    /// `firelensConfiguration.options`, in file order.
    pub firelens_options: Vec<NamedValue>,
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
    pub value: Fact<Secret<String>>,
}

/// One member of an object whose keys the user chooses: a label, a log option.
#[derive(Clone, Debug)]
pub struct NamedValue {
    /// The key, and where it stands.
    pub name: Spanned<String>,
    /// The value. It may be a secret that somebody put there: show it to nobody.
    pub value: Fact<Secret<String>>,
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

impl Container {
    /// A container of which nothing but its name is known.
    pub fn empty(place: Place, name: Fact<String>) -> Self {
        Self {
            place,
            name,
            image: None,
            essential: None,
            command: Vec::new(),
            entry_point: Vec::new(),
            health_check: Vec::new(),
            docker_labels: Vec::new(),
            environment: Vec::new(),
            environment_files: Vec::new(),
            secrets: Vec::new(),
            log_driver: None,
            log_options: Vec::new(),
            secret_options: Vec::new(),
            firelens: None,
            firelens_options: Vec::new(),
            firelens_file: None,
            repository_credentials: None,
            credential_specs: Vec::new(),
        }
    }

    /// A container whose name its place decides, such as the `primaryContainer` of an Express service.
    pub fn named(place: Place, name: &str) -> Self {
        let source = Source::Place(place.clone());
        Self::empty(place, Fact::known(name.to_owned(), source))
    }
}

impl TaskDefinition {
    /// A definition of which nothing is known.
    pub fn empty(place: Place) -> Self {
        Self {
            place,
            kind: DefinitionKind::Task,
            logical_id: None,
            family: None,
            arn: None,
            execution_role: None,
            task_role: None,
            requires_compatibilities: Vec::new(),
            network_mode: None,
            operating_system: None,
            architecture: None,
            empty_tags: None,
            containers: Vec::new(),
            volume_credentials: Vec::new(),
            unreadable: Vec::new(),
        }
    }

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

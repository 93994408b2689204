//! Services and runs of tasks, as far as secrets are concerned: what the task definition does not say, and what overrides it.

use crate::task_definition::{EnvironmentEntry, EnvironmentFile, NamedValue, SecretEntry};
use crate::{Fact, Place, Spanned};

/// A service: what `describe-services` prints, what CreateService takes, ecspresso's service definition, or an `AWS::ECS::Service`.
#[derive(Clone, Debug)]
pub struct ServiceDefinition {
    /// Where it begins.
    pub place: Place,
    /// The logical id of its resource in a CloudFormation template.
    pub logical_id: Option<Spanned<String>>,
    /// `serviceName`.
    pub name: Option<Fact<String>>,
    /// `cluster`, or `clusterArn` in what ECS exported.
    pub cluster: Option<Fact<String>>,
    /// `taskDefinition`: a family, a family with its revision, an ARN, or a reference to a resource of the same template.
    pub task_definition: Option<Fact<String>>,
    /// `launchType`: `EC2`, `FARGATE`, `EXTERNAL`.
    pub launch_type: Option<Fact<String>>,
    /// `capacityProviderStrategy[].capacityProvider`.
    pub capacity_providers: Vec<Fact<String>>,
    /// `platformVersion`: `LATEST` or `1.4.0`; only Fargate has one.
    pub platform_version: Option<Fact<String>>,
    /// `networkConfiguration.awsvpcConfiguration`.
    pub network: Network,
    /// `serviceConnectConfiguration.logConfiguration` (facts/ecs.md §1, row 10): references that no task definition shows.
    pub service_connect: Option<ServiceConnect>,
    /// What stood there and could not be read.
    pub unreadable: Vec<Fact<()>>,
}

/// `networkConfiguration.awsvpcConfiguration`.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// `subnets`.
    pub subnets: Vec<Fact<String>>,
    /// `securityGroups`.
    pub security_groups: Vec<Fact<String>>,
    /// `assignPublicIp`: `ENABLED` or `DISABLED`.
    pub assign_public_ip: Option<Fact<String>>,
}

/// How the proxy of Service Connect logs.
#[derive(Clone, Debug)]
pub struct ServiceConnect {
    /// Where its `logConfiguration` begins.
    pub place: Place,
    /// `logDriver`.
    pub log_driver: Option<Fact<String>>,
    /// `options`, in file order.
    pub log_options: Vec<NamedValue>,
    /// `secretOptions`.
    pub secret_options: Vec<SecretEntry>,
}

/// `overrides` of RunTask or StartTask. What it names replaces what the task definition says (facts/ecs.md §1, rows 12 and 16): a verdict from the
/// definition's own execution role is void for that run.
#[derive(Clone, Debug)]
pub struct RunOverrides {
    /// Where they begin.
    pub place: Place,
    /// `taskDefinition` beside the overrides.
    pub task_definition: Option<Fact<String>>,
    /// `executionRoleArn`.
    pub execution_role: Option<Fact<String>>,
    /// `taskRoleArn`.
    pub task_role: Option<Fact<String>>,
    /// `containerOverrides`.
    pub containers: Vec<ContainerOverride>,
    /// What stood there and could not be read.
    pub unreadable: Vec<Fact<()>>,
}

/// One entry of `containerOverrides`. There is no override of `secrets`.
#[derive(Clone, Debug)]
pub struct ContainerOverride {
    /// Where it begins.
    pub place: Place,
    /// `name`.
    pub name: Fact<String>,
    /// `environment`.
    pub environment: Vec<EnvironmentEntry>,
    /// `environmentFiles`, which replace those of the definition.
    pub environment_files: Vec<EnvironmentFile>,
    /// `command`, word by word.
    pub command: Vec<Fact<crate::Secret<String>>>,
}

impl ServiceDefinition {
    /// A service of which nothing is known.
    pub fn empty(place: Place) -> Self {
        Self {
            place,
            logical_id: None,
            name: None,
            cluster: None,
            task_definition: None,
            launch_type: None,
            capacity_providers: Vec::new(),
            platform_version: None,
            network: Network::default(),
            service_connect: None,
            unreadable: Vec::new(),
        }
    }
}

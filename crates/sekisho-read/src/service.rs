//! Services and overrides of runs (facts/ecs.md §1, rows 10, 12 and 16).

use sekisho_model::service::{ContainerOverride, Network, RunOverrides, ServiceConnect, ServiceDefinition};

use crate::reader::Reader;
use crate::tree::Node;

/// Keys of which a service has several and hardly anything else has two.
const KEYS: [&str; 13] = [
    "serviceName",
    "desiredCount",
    "launchType",
    "networkConfiguration",
    "deploymentConfiguration",
    "deploymentController",
    "serviceConnectConfiguration",
    "capacityProviderStrategy",
    "loadBalancers",
    "enableExecuteCommand",
    "schedulingStrategy",
    "platformVersion",
    "serviceRegistries",
];

impl<'r> Reader<'r> {
    /// Whether `object` is a service: input of CreateService, ecspresso's service definition, or one entry of `describe-services`.
    pub(crate) fn is_service(&self, object: &Node<'_>) -> bool {
        let members = object.map().unwrap_or_default();
        let is = |written: &str| KEYS.iter().any(|key| self.case.is(written, key));
        members.iter().filter(|member| is(&member.key)).count() >= 2
    }

    /// One service.
    pub(crate) fn service(&mut self, object: &'r Node<'r>) -> ServiceDefinition {
        let known = [
            "serviceName",
            "cluster",
            "taskDefinition",
            "launchType",
            "capacityProviderStrategy",
            "platformVersion",
            "networkConfiguration",
            "serviceConnectConfiguration",
        ];
        self.look_over(object, &known);
        let mut capacity_providers = Vec::new();
        for provider in self.objects(object, "capacityProviderStrategy") {
            capacity_providers.extend(self.text(provider, "capacityProvider"));
        }
        ServiceDefinition {
            name: self.text(object, "serviceName"),
            cluster: self.text(object, "cluster").or_else(|| self.text(object, "clusterArn")),
            task_definition: self.text(object, "taskDefinition"),
            launch_type: self.text(object, "launchType"),
            capacity_providers,
            platform_version: self.text(object, "platformVersion"),
            network: self.network(object),
            service_connect: self.service_connect(object).or_else(|| self.service_connect_of_deployments(object)),
            ..ServiceDefinition::empty(self.place(object))
        }
    }

    fn network(&mut self, object: &'r Node<'r>) -> Network {
        let configuration = self.object(object, "networkConfiguration");
        let Some(vpc) = configuration.and_then(|configuration| self.object(configuration, "awsvpcConfiguration")) else {
            return Network::default();
        };
        self.look_over(vpc, &["subnets", "securityGroups", "assignPublicIp"]);
        Network {
            subnets: self.strings(vpc, "subnets"),
            security_groups: self.strings(vpc, "securityGroups"),
            assign_public_ip: self.text(vpc, "assignPublicIp"),
        }
    }

    fn service_connect(&mut self, object: &'r Node<'r>) -> Option<ServiceConnect> {
        let connect = self.object(object, "serviceConnectConfiguration")?;
        self.look_over(connect, &["logConfiguration"]);
        let place = self.value(connect, "logConfiguration").map(|configuration| self.place(configuration))?;
        let logs = self.log_configuration(connect);
        Some(ServiceConnect { place, log_driver: logs.driver, log_options: logs.options, secret_options: logs.secret_options })
    }

    /// `describe-services` shows the configuration in the deployments, of which the first is the newest.
    fn service_connect_of_deployments(&mut self, object: &'r Node<'r>) -> Option<ServiceConnect> {
        let deployment = self.objects(object, "deployments").into_iter().next()?;
        self.service_connect(deployment)
    }

    /// Whether `object` is what RunTask and StartTask take beside the definition.
    pub(crate) fn is_run(&self, object: &'r Node<'r>) -> bool {
        let overrides = self.value(object, "overrides").unwrap_or(object);
        self.value(overrides, "containerOverrides").is_some_and(|list| list.list().is_some())
            || self.value(object, "overrides").is_some_and(|inner| self.value(inner, "executionRoleArn").is_some())
    }

    /// The overrides of one run.
    pub(crate) fn overrides(&mut self, object: &'r Node<'r>) -> RunOverrides {
        let overrides = self.value(object, "overrides").unwrap_or(object);
        self.look_over(overrides, &["containerOverrides", "executionRoleArn", "taskRoleArn"]);
        let mut containers = Vec::new();
        for entry in self.objects(overrides, "containerOverrides") {
            self.look_over(entry, &["name", "environment", "environmentFiles", "command", "secrets"]);
            // There is no such override (row 12): whoever writes one believes that it works.
            if let Some(secrets) = self.value(entry, "secrets") {
                self.lost_as(secrets, "nothing", "secrets");
            }
            containers.push(ContainerOverride {
                place: self.place(entry),
                name: self.needed(entry, "name"),
                environment: self.environment(entry),
                environment_files: self.environment_files(entry),
                command: self.secret_texts(entry, "command"),
            });
        }
        RunOverrides {
            place: self.place(overrides),
            task_definition: self.text(object, "taskDefinition"),
            execution_role: self.text(overrides, "executionRoleArn"),
            task_role: self.text(overrides, "taskRoleArn"),
            containers,
            unreadable: std::mem::take(&mut self.unreadable),
        }
    }
}

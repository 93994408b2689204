//! SEK0417 fargate-execution-role.

use sekisho_model::{Fact, Source};

use crate::reference::{launch_of, name_of};
use crate::{Finding, Launch};

rule! {
    /// A definition for Fargate without `executionRoleArn` whose image is in ECR or whose logs go to CloudWatch. Fargate does both as the execution role;
    /// registration refuses it.
    "SEK0417" "fargate-execution-role" Error FargateExecutionRole |case, findings| {
        for definition in case.definitions {
            let role = &definition.definition.execution_role;
            let is_missing = role.as_ref().is_none_or(|role| role.value().is_some_and(|role| role.trim().is_empty()));
            // What a service adds comes too late for registration: the definition itself must ask for Fargate.
            if !is_missing || launch_of(&definition.definition, &[]) != Launch::Fargate {
                continue;
            }
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                let finding = || Finding::new(&META, &address).at(&Source::Place(container.place.clone()));
                let is = |fact: &Option<Fact<String>>, test: fn(&str) -> bool| fact.as_ref().and_then(Fact::value).is_some_and(|text| test(text));
                if is(&container.image, |image| image.contains(".dkr.ecr.")) {
                    findings.push(finding());
                }
                if is(&container.log_driver, |driver| driver == "awslogs") {
                    findings.push(finding().saying("fargate-execution-role-log-driver"));
                }
            }
        }
    }
}

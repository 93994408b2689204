//! SEK0413 log-driver-not-on-fargate.

use crate::reference::{launch_of, name_of};
use crate::{Finding, Launch};

rule! {
    /// A log driver that Fargate does not have. It has `awslogs`, `splunk` and `awsfirelens`.
    "SEK0413" "log-driver-not-on-fargate" Error LogDriverNotOnFargate |case, findings| {
        for definition in case.definitions {
            if launch_of(&definition.definition, &definition.run_by) != Launch::Fargate {
                continue;
            }
            for container in &definition.definition.containers {
                let Some(fact) = &container.log_driver else { continue };
                let Some(driver) = fact.value().filter(|driver| !driver.is_empty()) else { continue };
                let templated = matches!(sekisho_model::ValueFrom::parse(driver).form, sekisho_model::value_from::Form::Unrendered(_));
                if !templated && !matches!(driver.as_str(), "awslogs" | "splunk" | "awsfirelens") {
                    let address = format!("{}/{}", definition.service, name_of(container));
                    findings.push(Finding::new(&META, &address).at(fact.source()).with("driver", driver));
                }
            }
        }
    }
}

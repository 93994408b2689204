//! SEK0410 platform-version-too-old.

use crate::reference::{launch_of, name_of};
use crate::version::{Feature, Version, is_windows, of_container, of_reference};
use crate::{Finding, Launch};

rule! {
    /// A service on a platform version of Fargate that does not know what its task definition uses.
    ///
    /// Secrets need 1.3.0; a JSON key, stage or version id and environment files need 1.4.0 on Linux; registry credentials need 1.2.0.
    "SEK0410" "platform-version-too-old" Error PlatformVersionTooOld |case, findings| {
        for definition in case.definitions {
            if launch_of(&definition.definition, &definition.run_by) == Launch::Ec2 {
                continue;
            }
            let windows = is_windows(&definition.definition);
            for fact in definition.run_by.iter().filter_map(|service| service.platform_version.as_ref()) {
                let Some(found) = fact.value().and_then(|text| text.parse::<Version>().ok()) else { continue };
                let mut add = |address: String, features: Vec<Feature>| {
                    for feature in features {
                        if let Some(needed) = feature.platform(windows).filter(|needed| *needed > found) {
                            let finding = Finding::new(&META, &address).at(fact.source()).with("feature", feature.as_str());
                            findings.push(finding.with("found", found).with("needed", needed));
                        }
                    }
                };
                for reference in case.references.iter().filter(|reference| reference.service == definition.service) {
                    add(reference.address(), of_reference(reference));
                }
                for container in &definition.definition.containers {
                    add(format!("{}/{}", definition.service, name_of(container)), of_container(container));
                }
            }
        }
    }
}

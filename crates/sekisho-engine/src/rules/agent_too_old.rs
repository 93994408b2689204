//! SEK0411 agent-too-old.

use crate::reference::{launch_of, name_of};
use crate::version::{Feature, of_container, of_reference};
use crate::{Finding, Launch};

rule! {
    /// An agent on the cluster's instances that does not know what the task definition uses.
    ///
    /// For most features ECS places no task on an instance that lacks them. A JSON key, stage or version id is not among these: an agent before 1.37.0 gets
    /// the task and fails it.
    "SEK0411" "agent-too-old" Error AgentTooOld |case, findings| {
        let Some(found) = case.agent else { return };
        for definition in case.definitions {
            if launch_of(&definition.definition, &definition.run_by) == Launch::Fargate {
                continue;
            }
            let mut add = |address: String, source: &sekisho_model::Source, features: Vec<Feature>| {
                for feature in features.into_iter().filter(|feature| feature.agent() > found) {
                    let message = if feature.is_gated() { "agent-too-old" } else { "agent-too-old-placed" };
                    let finding = Finding::new(&META, &address).saying(message).at(source).with("feature", feature.as_str());
                    findings.push(finding.with("found", found).with("needed", feature.agent()));
                }
            };
            for reference in case.references.iter().filter(|reference| reference.service == definition.service) {
                add(reference.address(), &reference.source, of_reference(reference));
            }
            for container in &definition.definition.containers {
                let address = format!("{}/{}", definition.service, name_of(container));
                add(address, &sekisho_model::Source::Place(container.place.clone()), of_container(container));
            }
        }
    }
}

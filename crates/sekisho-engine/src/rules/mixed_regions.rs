//! SEK0232 mixed-regions.

use sekisho_model::{ArnPart, Fact};

use crate::whereabouts::{arns, most, part};
use crate::{Confidence, Definition, Finding};

rule! {
    /// References to several Regions in one definition, where nobody says in which Region it runs.
    ///
    /// That works with full ARNs, but is seldom meant: most often a text was copied from another Region, where the value is another one or none at all. The
    /// definition's own ARN, the Region of its logs and of its images tell where it runs; else most of its references do.
    "SEK0232" "mixed-regions" Warning MixedRegions |case, findings| {
        if case.surroundings.region.is_some() {
            return;
        }
        for definition in case.definitions {
            let named = arns(case, definition);
            let region = |arn| part(arn, ArnPart::Region);
            let own = named.iter().filter(|one| one.reference.is_none()).find_map(|one| region(&one.arn));
            let own = own.or_else(|| most(told(definition)));
            let Some(home) = own.or_else(|| most(named.iter().filter_map(|one| region(&one.arn)))) else { continue };
            for one in &named {
                let (Some(reference), Some(there)) = (one.reference, region(&one.arn)) else { continue };
                if there != home {
                    let finding = Finding::new(&META, &reference.address()).as_sure_as(Confidence::Likely).at(one.source);
                    findings.push(finding.with("there", there).with("here", &home));
                }
            }
        }
    }
}

/// The Regions of logs and of images in ECR.
fn told(definition: &Definition) -> Vec<String> {
    let mut regions = Vec::new();
    for container in &definition.definition.containers {
        let logs = container.log_options.iter().filter(|option| option.name.value == "awslogs-region");
        regions.extend(logs.filter_map(|option| option.value.value()).map(|value| value.expose().clone()));
        if let Some(image) = container.image.as_ref().and_then(Fact::value)
            && let Some((_, rest)) = image.split_once(".dkr.ecr.")
        {
            regions.extend(rest.split('.').next().map(str::to_owned));
        }
    }
    regions.retain(|region| region.parse::<sekisho_model::Region>().is_ok());
    regions
}

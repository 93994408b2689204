//! SEK0233 mixed-partitions.

use sekisho_model::ArnPart;

use crate::Finding;
use crate::whereabouts::{arns, most, part};

rule! {
    /// ARNs of several partitions in one definition: `aws` and `aws-cn`, for one. Credentials are bound to their partition, so one of the two can never be
    /// used by the other.
    "SEK0233" "mixed-partitions" Error MixedPartitions |case, findings| {
        if case.surroundings.region.is_some() {
            return;
        }
        for definition in case.definitions {
            let named = arns(case, definition);
            let partition = |arn| part(arn, ArnPart::Partition);
            let own = named.iter().filter(|one| one.reference.is_none()).find_map(|one| partition(&one.arn));
            let Some(home) = own.or_else(|| most(named.iter().filter_map(|one| partition(&one.arn)))) else { continue };
            for one in &named {
                let Some(there) = partition(&one.arn).filter(|there| *there != home) else { continue };
                let address = one.reference.map_or_else(|| definition.service.clone(), |reference| reference.address());
                findings.push(Finding::new(&META, &address).at(one.source).with("there", there).with("here", &home).with("what", one.what));
            }
        }
    }
}

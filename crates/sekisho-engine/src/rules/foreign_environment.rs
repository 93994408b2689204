//! SEK0505 foreign-environment.

use crate::naming::{Kind, kinds, own, stored_name};
use crate::{Confidence, Finding};

rule! {
    /// A definition of one environment that reads the values of another: production with development's password, for one.
    ///
    /// The environment is the one that is verified, else what the family or the file is called; a stored name speaks of an environment by one of its levels
    /// (`/dev/db/password`), or by its first or last word where it has no levels.
    "SEK0505" "foreign-environment" Warning ForeignEnvironment |case, findings| {
        for definition in case.definitions {
            let references: Vec<_> = case
                .references
                .iter()
                .filter(|reference| reference.service == definition.service)
                .filter_map(|reference| Some((reference, kinds(case, stored_name(reference)?))))
                .collect();
            let production = Kind("production".to_owned());
            // Where nothing says what the definition is for, one that reads production's values is taken for production.
            let here = own(case, definition).or_else(|| references.iter().any(|(_, kinds)| kinds.contains(&production)).then_some(production));
            let Some(here) = here else { continue };
            for (reference, kinds) in references {
                let Some(there) = kinds.iter().next().filter(|_| !kinds.contains(&here)) else { continue };
                let finding = Finding::new(&META, &reference.address()).as_sure_as(Confidence::Likely).at(&reference.source);
                findings.push(finding.with("stored", stored_name(reference).unwrap_or_default()).with("there", &there.0).with("here", &here.0));
            }
        }
    }
}

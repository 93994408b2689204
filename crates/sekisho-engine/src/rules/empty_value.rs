//! SEK0223 empty-value.

use crate::Finding;
use crate::environment::value_for;

rule! {
    /// A value that is empty. The task starts, and the container finds an empty variable.
    "SEK0223" "empty-value" Error EmptyValue |case, findings| {
        for reference in case.references {
            let Some(value) = value_for(case, reference) else { continue };
            if value.expose().is_empty() {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source));
            }
        }
    }
}

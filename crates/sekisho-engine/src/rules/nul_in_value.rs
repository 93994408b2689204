//! SEK0230 nul-in-value.

use crate::environment::value_for;
use crate::{Confidence, Finding};

rule! {
    /// A value with a NUL character in it. No environment variable can hold one, so that the container is likely not created.
    "SEK0230" "nul-in-value" Error NulInValue |case, findings| {
        for reference in case.references {
            if value_for(case, reference).is_some_and(|value| value.expose().contains('\0')) {
                findings.push(Finding::new(&META, &reference.address()).as_sure_as(Confidence::Likely).at(&reference.source));
            }
        }
    }
}

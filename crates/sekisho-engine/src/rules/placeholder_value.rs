//! SEK0224 placeholder-value.

use crate::Finding;
use crate::detect::is_placeholder;
use crate::environment::value_for;

rule! {
    /// A value that somebody meant to replace: `changeme`, `TODO`, `<password>`, `${VALUE}` and their kind.
    "SEK0224" "placeholder-value" Warning PlaceholderValue |case, findings| {
        for reference in case.references {
            let Some(value) = value_for(case, reference) else { continue };
            // `<nil>` is how ECS writes null, which SEK0222 tells.
            if is_placeholder(value.expose()) && value.expose() != "<nil>" {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source));
            }
        }
    }
}

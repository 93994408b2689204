//! SEK0308 placeholder-in-definition.

use super::on_suspicion;
use crate::detect::Kind;

rule! {
    /// Where a secret belongs stands what somebody meant to replace: `changeme`, `<your-api-key>`, `${DB_PASSWORD}`.
    ///
    /// ECS fills in nothing: the container gets these very characters. With a default such as `changeme` the program may even start, and be open.
    ///
    /// Put the value into a store and refer to it in `secrets`; where a template fills it in, give Sekisho the rendered file.
    "SEK0308" "placeholder-in-definition" Warning PlaceholderInDefinition |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| suspicion.found.kind == Kind::Placeholder);
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion).as_bad_as(META.severity)));
    }
}

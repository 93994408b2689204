//! SEK0418 empty-tags.

use sekisho_model::Source;

use crate::{Confidence, Finding};

rule! {
    /// An empty `tags` list, as tools write it that register again what they have described. Registration is reported to refuse it.
    "SEK0418" "empty-tags" Warning EmptyTags |case, findings| {
        for definition in case.definitions {
            if let Some(place) = &definition.definition.empty_tags {
                findings.push(Finding::new(&META, &definition.service).as_sure_as(Confidence::Likely).at(&Source::Place(place.clone())));
            }
        }
    }
}

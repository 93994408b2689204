//! SEK0507 pinned-version.

use sekisho_model::Fact;
use sekisho_model::value_from::Form;

use crate::Finding;

rule! {
    /// A reference to one version of a secret, or to another stage than AWSCURRENT. A rotation does not reach it: the container keeps the old value, or gets the
    /// one before.
    "SEK0507" "pinned-version" Note PinnedVersion |case, findings| {
        for reference in case.references {
            let Some(Form::Secret(secret)) = reference.value_from.as_ref().and_then(Fact::value).map(|text| &text.form) else { continue };
            let finding = || Finding::new(&META, &reference.address()).at(&reference.source);
            match (&secret.version_id, secret.stage.as_deref()) {
                // Too short or too long is SEK0212's.
                (Some(id), _) if (32..=64).contains(&id.chars().count()) => findings.push(finding().with("version", id)),
                (None, Some(stage)) if stage != "AWSCURRENT" => findings.push(finding().saying("pinned-version-stage").with("stage", stage)),
                _ => {}
            }
        }
    }
}

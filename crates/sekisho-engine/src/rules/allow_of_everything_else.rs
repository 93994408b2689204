//! SEK0133 allow-of-everything-else.

use sekisho_model::policy::Effect;

use crate::Stated;

rule! {
    /// An Allow with `NotAction` or `NotResource`: it grants all that is not listed, in every service, and whatever AWS adds in future.
    ///
    /// `NotAction` with an Allow grants the actions of all other services; `NotResource` with an Allow grants every resource but those listed. Both are
    /// meant for a Deny. List what is to be granted.
    "SEK0133" "allow-of-everything-else" Warning AllowOfEverythingElse |case, findings| {
        for stated in case.statements().filter(|stated: &Stated<'_>| stated.statement.effect == Effect::Allow) {
            let action = &stated.statement.action;
            if action.negated {
                findings.push(stated.finding(&META, action.place.as_ref()).with("element", "NotAction"));
            }
            if let Some(resource) = stated.statement.resource.as_ref().filter(|resource| resource.negated) {
                findings.push(stated.finding(&META, resource.place.as_ref()).with("element", "NotResource"));
            }
        }
    }
}

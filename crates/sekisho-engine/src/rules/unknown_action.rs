//! SEK0132 unknown-action.

use sekisho_iam::authorization;

use crate::Confidence;

rule! {
    /// An action that does not exist: misspelt, of another service, or a pattern that matches no action.
    ///
    /// IAM saves it without a word, and it grants nothing. Which actions exist is known from AWS's Service Authorization Reference for the services that
    /// tasks and their deploys need; of others only the prefix is. The reference has a date, so an action that AWS added since is not known yet.
    "SEK0132" "unknown-action" Warning UnknownAction |case, findings| {
        for stated in case.statements() {
            for text in &stated.statement.action.patterns {
                let written = text.text.as_str();
                let Some((service, name)) = written.split_once(':').filter(|(service, name)| !service.contains(['*', '?', '$']) && !name.contains('$')) else { continue };
                let finding = || {
                    let finding = stated.finding(&META, text.place.as_ref()).with("action", written).with("date", authorization::date());
                    finding.as_sure_as(Confidence::Likely)
                };
                if !authorization::is_service(service) {
                    let near = nearest(&service.to_ascii_lowercase(), authorization::service_prefixes());
                    findings.push(finding().saying("unknown-action-service").with("service", service).with("suggestion", near.as_deref().unwrap_or("none")));
                } else if authorization::covers(service) && authorization::matching(written).is_empty() {
                    let names = authorization::actions(service).iter().map(|action| action.name);
                    let near = nearest(name, names).map(|name| format!("{}:{name}", service.to_ascii_lowercase()));
                    // Close to one that exists, it is misspelt and not new.
                    let sure = if near.is_some() { Confidence::Certain } else { Confidence::Likely };
                    findings.push(finding().as_sure_as(sure).with("suggestion", near.as_deref().unwrap_or("none")));
                }
            }
        }
    }
}

fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let scored = known.map(|word| (strsim::jaro_winkler(&text, &word.to_ascii_lowercase()), word)).filter(|(score, _)| *score > 0.9);
    scored.max_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| other.cmp(one))).map(|(_, word)| word.to_owned())
}

//! SEK0139 grant-by-prefix.

use sekisho_iam::pattern;

use crate::names::KnownNames;
use crate::policy::{parts, widest};
use crate::{Confidence, Severity};

rule! {
    /// A policy that reads everything under a prefix, such as `parameter/production/*`: every service's secrets, present and future.
    ///
    /// Each service needs its own few. Where the manifest or the task definitions tell which names there are, the finding says how many of the known
    /// ones the prefix reaches. `sekisho generate policy --service SERVICE` writes the policy with each of them by name.
    "SEK0139" "grant-by-prefix" Note GrantByPrefix |case, findings| {
        let names = KnownNames::of(case);
        for stated in case.grants().filter(|stated| stated.reads()) {
            for resource in stated.resources() {
                let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                let (known, name) = match service.as_str() {
                    "ssm" => (&names.parameters, last.strip_prefix("parameter/")),
                    "secretsmanager" => (&names.secrets, last.strip_prefix("secret:")),
                    _ => continue,
                };
                let Some(head) = name.and_then(|name| name.strip_suffix('*')).filter(|head| head.ends_with('/') && head.chars().any(char::is_alphanumeric) || head.contains('\u{e000}')) else { continue };
                let reached = known.iter().filter(|known| pattern::meet(&widest(&format!("{}*", head.replace('\u{e000}', "*"))), known) == Some(true)).count();
                let finding = stated.finding(&META, resource.place.as_ref()).as_sure_as(Confidence::Likely).with("pattern", &resource.text);
                let finding = finding.with("count", if reached > 0 { reached.to_string() } else { "none".to_owned() });
                findings.push(finding.as_bad_as(Severity::Note));
            }
        }
    }
}

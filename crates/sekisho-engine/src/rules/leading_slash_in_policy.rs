//! SEK0123 leading-slash-in-policy.

use sekisho_iam::pattern;

use crate::names::KnownNames;
use crate::policy::{parts, widest, with_resource};
use crate::{Confidence, Severity};

rule! {
    /// A slash in a policy's resource that the name does not have.
    ///
    /// A parameter's leading slash is the separator in its ARN: `/production/x` is `parameter/production/x`, and `parameter//production/x` matches
    /// nothing. A secret's name goes into its ARN as it is: `secret:/production/*` only matches secrets whose names begin with a slash, which few do.
    /// Where the manifest or a task definition names the secrets, it is certain; else likely.
    "SEK0123" "leading-slash-in-policy" Error LeadingSlashInPolicy |case, findings| {
        let names = KnownNames::of(case);
        for stated in case.statements() {
            for resource in stated.resources() {
                let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                let finding = stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text);
                match service.as_str() {
                    "ssm" if last.starts_with("parameter//") => {
                        let written = resource.text.rsplit_once("parameter//").map(|(_, rest)| rest).unwrap_or_default();
                        let instead = with_resource(&resource.text, &format!("parameter//{written}"), &format!("parameter/{}", written.trim_start_matches('/')));
                        findings.push(finding.saying("leading-slash-in-policy-parameter").with("instead", instead));
                    }
                    "secretsmanager" if last.starts_with("secret:/") => {
                        let written = resource.text.rsplit_once("secret:/").map(|(_, rest)| rest).unwrap_or_default();
                        let instead = with_resource(&resource.text, &format!("secret:/{written}"), &format!("secret:{written}"));
                        let with_slash = format!("/{}", widest(written));
                        let fits = |wanted: &str| names.secrets.iter().any(|name| pattern::meet(wanted, &format!("{name}-??????")) == Some(true));
                        if fits(&with_slash) {
                            continue;
                        }
                        let known = fits(&widest(written));
                        let finding = if known { finding } else { finding.as_bad_as(Severity::Warning).as_sure_as(Confidence::Likely) };
                        findings.push(finding.with("instead", instead).with("known", if known { "yes" } else { "no" }));
                    }
                    _ => {}
                }
            }
        }
    }
}

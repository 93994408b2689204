//! SEK0234 resolve-in-value-from.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

/// How CloudFormation's dynamic references begin.
pub(super) const RESOLVE: &str = "{{resolve:";

rule! {
    /// CloudFormation's `{{resolve:…}}` where ECS wants the reference itself.
    ///
    /// CloudFormation puts the *value* in its place, so that ECS would look for a secret that is called like the password, and everybody who may read the
    /// task definition reads it. Outside of a template nobody replaces it, and registration refuses the text.
    ///
    /// Write the name or the ARN: `!Ref DatabaseSecret`, or `!Sub "${DatabaseSecret}:password::"`.
    "SEK0234" "resolve-in-value-from" Error ResolveInValueFrom |case, findings| {
        for (reference, flaw) in case.flaws() {
            let FlawKind::Unrendered { placeholder } = &flaw.kind else { continue };
            if !placeholder.starts_with(RESOLVE) {
                continue;
            }
            let finding = on_flaw(&META, reference, &flaw).with("placeholder", placeholder);
            // A plain parameter may well hold the name of another, or an ARN: what comes out is not known.
            let of_parameter = placeholder.starts_with("{{resolve:ssm:");
            let in_template = case.definitions.iter().any(|definition| {
                definition.service == reference.service && definition.definition.logical_id.is_some()
            });
            findings.push(match (in_template, of_parameter) {
                (true, true) => {
                    let mut finding = finding.saying("resolve-in-value-from-parameter");
                    finding.undecided = true;
                    finding
                }
                (true, false) => finding.saying("resolve-in-value-from-template"),
                (false, _) => finding,
            });
        }
    }
}

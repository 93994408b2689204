//! SEK0214 registry-credentials-form.

use sekisho_model::value_from::FlawKind;

use super::on_flaw;

rule! {
    /// Registry credentials that are no plain secret: a JSON-key suffix, which is not read there, or a parameter.
    ///
    /// `repositoryCredentials` takes the ARN of a Secrets Manager secret, or its name in the same Region. The secret is a JSON object with `username`
    /// and `password`.
    "SEK0214" "registry-credentials-form" Error RegistryCredentialsForm |case, findings| {
        for (reference, flaw) in case.flaws() {
            let finding = || on_flaw(&META, reference, &flaw);
            findings.extend(match &flaw.kind {
                FlawKind::SuffixOnRegistryCredentials => Some(finding()),
                FlawKind::ParameterAsRegistryCredentials => Some(finding().saying("registry-credentials-form-parameter")),
                _ => None,
            });
        }
    }
}

//! What has to be looked up to judge references: each thing once, values only where the question needs them (design §6.3).

use sekisho_model::observed::Questions;

use crate::{Reference, Slot, Target};

/// The questions for `references`. With `check_values` every value is read; without, only the secrets of which a JSON key is referenced, and registry
/// credentials, whose form decides whether the image can be pulled.
pub fn questions<'a>(references: impl IntoIterator<Item = &'a Reference>, check_values: bool) -> Questions {
    let mut questions = Questions::default();
    for reference in references {
        match &reference.target {
            Target::Parameter(id) => {
                // The way through to a secret is no parameter of its own, and a public one has no secret in it.
                questions.parameters.insert(id.clone());
                if check_values {
                    questions.parameter_values.insert(id.clone());
                }
            }
            Target::Secret { version, json_key } => {
                questions.secrets.insert(version.secret.clone());
                if check_values || json_key.is_some() || reference.slot == Slot::RegistryCredentials {
                    questions.secret_values.insert(version.clone());
                }
            }
            Target::Plaintext | Target::Nothing => {}
        }
    }
    questions
}

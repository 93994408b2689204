//! What has to be looked up to judge references: each thing once, values only where the question needs them (design §6.3).

use sekisho_model::Fact;
use sekisho_model::observed::{ParameterId, Questions};
use sekisho_model::value_from::Form;

use crate::{Reference, Slot, Target};

/// The questions for `references`. With `check_values` every value is read; without, only the secrets of which a JSON key is referenced, and registry
/// credentials, whose form decides whether the image can be pulled.
pub fn questions<'a>(references: impl IntoIterator<Item = &'a Reference>, check_values: bool) -> Questions {
    let mut questions = Questions::default();
    for reference in references {
        match &reference.target {
            Target::Parameter(id) => {
                questions.parameters.insert(id.clone());
                if let Some(root) = root_of(reference) {
                    questions.parameters.insert(root);
                }
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

/// The other parameter that an ARN without hierarchy may mean: `…:parameter/a` is taken for `a`, and whether ECS asks for `/a` is not confirmed (facts/ecs.md
/// §2.2).
pub(crate) fn root_of(reference: &Reference) -> Option<ParameterId> {
    let Target::Parameter(id) = &reference.target else { return None };
    let is_arn = reference.value_from.as_ref().and_then(Fact::value).is_some_and(|text| matches!(text.form, Form::ParameterArn { .. }));
    (is_arn && !id.name.contains('/')).then(|| ParameterId { name: format!("/{}", id.name), ..id.clone() })
}

//! References to parameters.

use super::{Certainty, Effect, Flaw, FlawKind, Form, Provider, VALUE_FROM_LIMIT};
use crate::span::Span;
use crate::{Arn, ArnPart, ParameterName, ParameterNameError};

fn certain(kind: FlawKind, span: Span, effect: Effect) -> Flaw {
    Flaw { kind, span, instead: None, effect, certainty: Certainty::Certain }
}

/// A text that is no ARN: a parameter's name (facts/ecs.md §2.2).
pub(super) fn name(text: &str, flaws: &mut Vec<Flaw>) -> Form {
    if text.trim() != text {
        // Registration's characters have no space; what it does with surrounding ones is not confirmed, and neither way leads to the value.
        let instead = Some(text.trim().to_owned());
        let span = Span::new(0, text.len());
        flaws.push(Flaw { kind: FlawKind::SurroundingSpace, span, instead, effect: Effect::Refused, certainty: Certainty::Likely });
    }
    let trimmed = text.trim();
    let offset = text.find(trimmed).unwrap_or_default();
    if let Some((before, behind)) = trimmed.split_once(':') {
        let span = Span::new(offset + before.len(), offset + trimmed.len());
        let kind = if behind.contains(':') {
            FlawKind::SecretNameWithSuffix { name: before.to_owned() }
        } else {
            FlawKind::ParameterSelector { selector: behind.to_owned() }
        };
        let instead = matches!(kind, FlawKind::ParameterSelector { .. }).then(|| before.to_owned());
        flaws.push(Flaw { instead, ..certain(kind, span, Effect::Refused) });
        return Form::Unusable(Provider::Ssm);
    }
    let wrong = trimmed.char_indices().find(|(_, character)| !(character.is_ascii_alphanumeric() || "_.-/".contains(*character)));
    if let Some((at, character)) = wrong {
        let span = Span::new(offset + at, offset + at + character.len_utf8());
        flaws.push(certain(FlawKind::ParameterCharacter { character }, span, Effect::Refused));
        return Form::Unusable(Provider::Ssm);
    }
    if trimmed.chars().count() > VALUE_FROM_LIMIT {
        let length = trimmed.chars().count();
        flaws.push(certain(FlawKind::Long { length }, Span::new(0, text.len()), Effect::Refused));
        return Form::Unusable(Provider::Ssm);
    }
    existing(trimmed, Span::new(offset, offset + trimmed.len()), flaws);
    Form::ParameterName(trimmed.to_owned())
}

/// Notes a name that registration accepts and no parameter can have.
fn existing(name: &str, span: Span, flaws: &mut Vec<Flaw>) {
    if let Err(error) = name.parse::<ParameterName>() {
        let instead = match &error {
            ParameterNameError::NoLeadingSlash { .. } => Some(format!("/{name}")),
            ParameterNameError::EmptyLevel { .. } => {
                let levels: Vec<&str> = name.split('/').filter(|level| !level.is_empty()).collect();
                (!levels.is_empty()).then(|| format!("/{}", levels.join("/")))
            }
            _ => None,
        };
        let kind = FlawKind::ParameterCannotExist { error };
        flaws.push(Flaw { instead, ..certain(kind, span, Effect::FailsAtStart) });
    }
}

/// An ARN of Parameter Store.
pub(super) fn arn(text: &str, arn: &Arn, flaws: &mut Vec<Flaw>) -> Form {
    super::secret::fields(arn, flaws);
    let resource = arn.span_of(ArnPart::Resource);
    let with = |resource: String| Some(Arn { resource, ..arn.clone() }.to_string());
    let path = match arn.resource.strip_prefix("parameter/") {
        Some(path) if !path.starts_with('/') && !path.is_empty() => path,
        _ => {
            let rest = arn.resource.trim_start_matches("parameter").trim_start_matches([':', '/']);
            let instead = if rest.is_empty() { None } else { with(format!("parameter/{rest}")) };
            flaws.push(Flaw { instead, ..certain(FlawKind::ParameterArnSlash, resource, Effect::FailsAtStart) });
            return Form::Unusable(Provider::Ssm);
        }
    };
    if let Some((name, selector)) = path.split_once(':') {
        let start = resource.start + "parameter/".len() + name.len();
        flaws.push(Flaw {
            kind: FlawKind::ParameterArnSelector { selector: selector.to_owned() },
            span: Span::new(start, text.len()),
            instead: with(format!("parameter/{name}")),
            effect: Effect::Refused,
            certainty: Certainty::Likely,
        });
        return Form::Unusable(Provider::Ssm);
    }
    let start = resource.start + "parameter/".len();
    let wrong = path.char_indices().find(|(_, character)| !(character.is_ascii_alphanumeric() || "_.-/".contains(*character)));
    if let Some((at, character)) = wrong {
        let span = Span::new(start + at, start + at + character.len_utf8());
        flaws.push(certain(FlawKind::ParameterCharacter { character }, span, Effect::Refused));
        return Form::Unusable(Provider::Ssm);
    }
    // A hierarchy's name has its slash in front; `parameter/a` is taken for `a`, since root-level names with a slash are rare and to be avoided
    // (facts/ecs.md §2.2: which of the two ECS means is not confirmed).
    let name = if path.contains('/') { format!("/{path}") } else { path.to_owned() };
    let before = flaws.len();
    existing(&name, Span::new(start, start + path.len()), flaws);
    for flaw in flaws.iter_mut().skip(before) {
        flaw.instead = flaw.instead.take().and_then(|name| with(format!("parameter/{}", name.trim_start_matches('/'))));
    }
    Form::ParameterArn { arn: arn.clone(), name }
}

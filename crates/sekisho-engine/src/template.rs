//! References of a CloudFormation template that name a secret or parameter of the same template by a symbol: `!Sub "${Database}:password"`.
//!
//! What the symbol becomes is unknown, its form is not: CloudFormation's user guide says that `Ref` of an `AWS::SecretsManager::Secret` is its whole ARN,
//! `Ref` of an `AWS::SSM::Parameter` its name. That decides what may stand behind it.

use sekisho_model::template::{StoredKind, StoredResource, Symbol};
use sekisho_model::value_from::{Surroundings, ValueFrom};
use sekisho_model::{Fact, Source};

use crate::{Case, Judgement, Reference, judge};

/// What stands for the ARN that CloudFormation will know. It is in no finding.
const ARN: &str = "arn:aws:secretsmanager:us-east-1:000000000000:secret:of-the-template-AbCdEf";
/// What stands for the name.
const NAME: &str = "of-the-template";

/// Judges the form of the `references` that are `symbols` of what the template has `stored`: the references that were judged, and what was found.
pub fn judge_symbols(references: &[Reference], symbols: &[Symbol], stored: &[StoredResource]) -> (Vec<Reference>, Judgement) {
    let mut judged = Vec::new();
    let mut findings = Vec::new();
    let mut whole = Judgement::default();
    for reference in references {
        let Source::Place(place) = &reference.source else { continue };
        let Some(symbol) = symbols.iter().find(|symbol| symbol.place == *place && symbol.whole && symbol.before.is_empty()) else {
            continue;
        };
        let Some(resource) = stored.iter().find(|resource| resource.logical_id.value == symbol.logical_id) else { continue };
        let stands = match (resource.store, symbol.attribute.as_deref()) {
            (StoredKind::Secret, None | Some("Id")) => ARN,
            (StoredKind::Parameter, None) => NAME,
            _ => continue,
        };
        let written = match &symbol.attribute {
            Some(attribute) => format!("${{{}.{attribute}}}", symbol.logical_id),
            None => format!("${{{}}}", symbol.logical_id),
        };
        let value_from = ValueFrom::parse(&format!("{stands}{}", symbol.behind));
        let reference = Reference { value_from: Some(Fact::known(value_from, reference.source.clone())), ..reference.clone() };
        let surroundings = Surroundings::default();
        let judgement = judge(&Case { references: std::slice::from_ref(&reference), ..Case::of(&surroundings) });
        let of_form = judgement.findings.into_iter().filter(|finding| matches!(finding.rule.id, "SEK0201" | "SEK0203"));
        let before = findings.len();
        findings.extend(of_form.map(|mut finding| {
            for (name, value) in &mut finding.args {
                if *name == "column" {
                    let column = value.parse::<usize>().unwrap_or(1);
                    *value = (column + written.len()).saturating_sub(stands.len()).max(1).to_string();
                } else {
                    *value = value.replace(stands, &written);
                }
            }
            finding.related.push(resource.logical_id.place.clone());
            // A function is no string that a program could replace.
            finding.mended = None;
            finding
        }));
        if findings.len() > before {
            whole.verdicts.extend(judgement.verdicts);
            judged.push(reference);
        }
    }
    whole.findings = findings;
    (judged, whole)
}

//! Fluent files as their authors see them: ids, attributes and patterns.

use std::collections::BTreeMap;

use anyhow::bail;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

/// Every message and attribute of a Fluent file: `id` or `id.attribute`, and the texts that it can become.
pub(crate) type Texts = BTreeMap<String, Vec<String>>;

/// More than this many readings of one message help nobody.
const READINGS: usize = 8;

/// The texts of a Fluent file.
///
/// # Errors
/// Where a part of the file is no Fluent, or an id stands twice.
pub(crate) fn texts(file: &str) -> anyhow::Result<Texts> {
    let resource: Resource<&str> = match fluent_syntax::parser::parse(file) {
        Ok(resource) => resource,
        Err((_, errors)) => bail!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
    };
    let mut texts = Texts::new();
    let mut add = |id: String, pattern: Option<&Pattern<&str>>| {
        if texts.insert(id.clone(), pattern.map(readings).unwrap_or_default()).is_some() {
            bail!("`{id}` stands there twice");
        }
        Ok(())
    };
    for entry in &resource.body {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        add(id.clone(), value)?;
        for attribute in attributes {
            add(format!("{id}.{}", attribute.id.name), Some(&attribute.value))?;
        }
    }
    Ok(texts)
}

/// What a pattern can become: arguments as ‹name›, every variant of a choice for itself.
fn readings(pattern: &Pattern<&str>) -> Vec<String> {
    let mut readings = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => expression_readings(expression),
        };
        readings = readings.iter().flat_map(|reading| parts.iter().map(move |part| format!("{reading}{part}"))).take(READINGS).collect();
    }
    readings.dedup();
    readings
}

fn expression_readings(expression: &Expression<&str>) -> Vec<String> {
    match expression {
        Expression::Select { variants, .. } => variants.iter().flat_map(|variant| readings(&variant.value)).collect(),
        Expression::Inline(inline) => match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => vec![(*value).to_owned()],
            InlineExpression::VariableReference { id } | InlineExpression::MessageReference { id, .. } => vec![format!("‹{}›", id.name)],
            InlineExpression::TermReference { id, .. } => vec![format!("‹-{}›", id.name)],
            InlineExpression::FunctionReference { id, arguments } => {
                let variable = arguments.positional.iter().find_map(|argument| match argument {
                    InlineExpression::VariableReference { id } => Some(id.name),
                    _ => None,
                });
                vec![format!("‹{}›", variable.unwrap_or(id.name))]
            }
            InlineExpression::Placeable { expression } => expression_readings(expression),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_of_a_choice_is_a_reading() {
        let texts = texts("a = in { $place ->\n    [here] this file\n   *[other] { $place }\n }\n    .remedy = mend it\n").unwrap();
        assert_eq!(texts["a"], ["in this file", "in ‹place›"]);
        assert_eq!(texts["a.remedy"], ["mend it"]);
    }

    #[test]
    fn what_is_no_fluent_or_stands_twice_is_an_error() {
        assert!(texts("a = b\n??\n").is_err());
        assert!(texts("a = b\na = c\n").unwrap_err().to_string().contains("twice"));
    }
}

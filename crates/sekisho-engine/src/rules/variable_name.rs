//! SEK0407 variable-name.

use sekisho_model::Source;

use crate::reference::name_of;
use crate::{Confidence, Finding, Severity};

rule! {
    /// The name of a secret's variable that no shell can use, or that no variable can have.
    ///
    /// Shells take letters, digits and `_`, and no digit in front; some drop every other variable when they start a program. Programs that read their
    /// environment themselves may want dots or colons (`spring.datasource.password`), so these are only noted. A name that is empty, or that has `=` or a
    /// control character in it, is no name at all; what registration says to it is not confirmed.
    "SEK0407" "variable-name" Warning VariableName |case, findings| {
        for definition in case.definitions {
            for container in &definition.definition.containers {
                for entry in &container.secrets {
                    let Some(name) = entry.name.value() else { continue };
                    let address = format!("{}/{}/{name}", definition.service, name_of(container));
                    let finding = Finding::new(&META, &address).at(&Source::Place(entry.place.clone())).with("name", name);
                    findings.extend(match form(name) {
                        Form::Usual => None,
                        Form::Dotted => Some(finding.as_bad_as(Severity::Note)),
                        Form::NotForShells => Some(finding),
                        Form::None => Some(finding.saying("variable-name-none").as_sure_as(Confidence::Likely)),
                    });
                }
            }
        }
    }
}

enum Form {
    Usual,
    Dotted,
    NotForShells,
    None,
}

fn form(name: &str) -> Form {
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
    if name.is_empty() || name.contains(|character: char| character == '=' || character.is_control()) {
        Form::None
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        Form::NotForShells
    } else if name.chars().all(plain) {
        Form::Usual
    } else if name.chars().all(|character| plain(character) || matches!(character, '.' | ':')) {
        Form::Dotted
    } else {
        Form::NotForShells
    }
}

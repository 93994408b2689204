//! Names of variables, parameters and secrets, as far as they say what they are for.

use std::collections::BTreeSet;

use sekisho_model::Fact;
use sekisho_model::value_from::Form;

use crate::names::USUAL;
use crate::{Case, Definition, Reference};

/// Words that name secrets in variables.
const WORDS: [&str; 14] = [
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PWD",
    "SECRET",
    "TOKEN",
    "KEY",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "PASSPHRASE",
    "PRIVATE",
    "DSN",
    "SALT",
];

/// Whether a variable is named like a secret.
pub(crate) fn is_like_a_secret(variable: &str) -> bool {
    variable.split(['_', '-', '.']).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The name of the parameter or secret that a reference leads to, as far as its text says: without AWS's six characters where an ARN has them.
pub(crate) fn stored_name(reference: &Reference) -> Option<&str> {
    match &reference.value_from.as_ref()?.value()?.form {
        Form::ParameterName(name) | Form::ParameterArn { name, .. } => Some(name),
        Form::Secret(secret) => {
            let id = secret.id.as_str();
            let bare = if secret.looks_complete() { id.get(..id.len() - 7) } else { None };
            Some(bare.unwrap_or(id))
        }
        Form::SecretName(_) | Form::Unrendered(_) | Form::Unusable(_) => None,
    }
}

/// An environment that a name speaks of: a group of common words, or one of the manifest's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(pub(crate) String);

fn kind(case: &Case<'_>, word: &str) -> Option<Kind> {
    let word = word.to_ascii_lowercase();
    if let Some(group) = USUAL.iter().find(|group| group.contains(&word.as_str())) {
        return group.first().map(|name| Kind((*name).to_owned()));
    }
    let declared = case.declaration.is_some_and(|declaration| declaration.environments.contains_key(&word));
    declared.then_some(Kind(word))
}

/// The environments that the levels of a stored name speak of; a name without levels by its first or last word.
pub(crate) fn kinds(case: &Case<'_>, name: &str) -> BTreeSet<Kind> {
    let levels: Vec<&str> = name.split('/').filter(|level| !level.is_empty()).collect();
    if let [single] = levels.as_slice() {
        let words: Vec<&str> = single.split(['-', '_', '.']).collect();
        return [words.first(), words.last()].into_iter().flatten().filter_map(|word| kind(case, word)).collect();
    }
    levels.into_iter().filter_map(|level| kind(case, level)).collect()
}

/// The environment that `definition` is for, and whether somebody said so or its name only looks like it.
pub(crate) fn own(case: &Case<'_>, definition: &Definition) -> Option<Kind> {
    if !case.environment.is_empty() {
        return Some(kind(case, case.environment).unwrap_or_else(|| Kind(case.environment.to_owned())));
    }
    let one = |texts: Vec<&str>| {
        let found: BTreeSet<Kind> =
            texts.iter().flat_map(|text| text.split(['-', '_', '.', '/'])).filter_map(|word| kind(case, word)).collect();
        // What is called a test is seldom named for where it runs.
        let found: BTreeSet<Kind> = found.into_iter().filter(|kind| kind.0 != "testing").collect();
        if found.len() == 1 { found.into_iter().next() } else { None }
    };
    let family = definition.definition.family.as_ref().and_then(Fact::value);
    let file = &definition.definition.place.file;
    // The file's own name and its directory: what lies above names repositories and people.
    let near = file.rsplit(['/', '\\']).take(2).collect();
    family.and_then(|family| one(vec![family])).or_else(|| one(near))
}

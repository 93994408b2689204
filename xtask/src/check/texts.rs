//! Wording: every room says the same in both languages.

use std::collections::BTreeSet;
use std::path::Path;

use crate::wording::{self, Texts};
use crate::workspace::{files, read};

pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut compared = 0;
    for file in files()? {
        if file.file_name().is_some_and(|name| name == "en.ftl") {
            let other = file.with_file_name("ja.ftl");
            match (texts(&file), texts(&other)) {
                (Ok(english), Ok(japanese)) => problems.extend(differences(&file, &english, &japanese)),
                (english, japanese) => {
                    problems.extend([english.err(), japanese.err()].into_iter().flatten().map(|error| format!("{error:#}")))
                }
            }
            compared += 1;
        }
    }
    if compared == 0 {
        problems.push("no wording was found".to_owned());
    }
    Ok(problems)
}

fn texts(file: &Path) -> anyhow::Result<Texts> {
    wording::texts(&read(file)?).map_err(|error| error.context(file.display().to_string()))
}

fn differences(file: &Path, english: &Texts, japanese: &Texts) -> Vec<String> {
    let (en, ja): (BTreeSet<&String>, BTreeSet<&String>) = (english.keys().collect(), japanese.keys().collect());
    let place = file.parent().unwrap_or(file).display();
    let missing = |id: &&String, language| format!("{place}: `{id}` has no {language} words");
    en.difference(&ja).map(|id| missing(id, "Japanese")).chain(ja.difference(&en).map(|id| missing(id, "English"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_attributes_are_the_same_in_both_languages() {
        let english = wording::texts("a = a\n    .remedy = b\nc = c\n").unwrap();
        let japanese = wording::texts("a = あ\nc = う\nd = え\n").unwrap();
        let found = differences(Path::new("i18n/en.ftl"), &english, &japanese);
        assert_eq!(found, ["i18n: `a.remedy` has no Japanese words", "i18n: `d` has no English words"]);
    }
}

//! `cargo xtask docs [--check]`: a page for each rule, from the rule's own words and its messages in both languages, and the book's table of contents.

mod messages;

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};
use sekisho_engine::rules::{Meta, RULES};

use crate::generated::Generated;
use crate::wording::{self, Texts};

/// The book's table of contents, as far as it is written by hand.
const CONTENTS: &str = "\
# Summary

- [The manifest](manifest.md)
- [What Sekisho reads](reading.md)
- [check](check.md)
- [verify](verify.md)
- [How decisions are made](iam.md)
- [can](can.md)
- [who-can](who-can.md)
- [generate policy](generate-policy.md)
- [explain](explain.md)
- [In CI](ci.md)
- [secret](secret.md)
- [run](run.md)
- [Architecture](architecture.md)
- [What ECS makes of `valueFrom`](value-from.md)
- [What ECS would do](prediction.md)
- [Benchmarks](benchmarks.md)
- [The embedded AWS](local.md)
- [Rules](rules/index.md)
";

/// What the first digits of a rule's id say.
const SUBJECTS: [(&str, &str); 7] = [
    ("01", "IAM and KMS"),
    ("02", "Form and existence of references"),
    ("03", "Plain text"),
    ("04", "Wiring of tasks and services"),
    ("05", "Stores and naming"),
    ("06", "Drift and staleness"),
    ("09", "What could not be read"),
];

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    generate()?.run("docs", arguments)
}

pub(crate) fn generate() -> anyhow::Result<Generated> {
    let english = wording::texts(sekisho_engine::FTL_EN).context("the engine's English wording")?;
    let japanese = wording::texts(sekisho_engine::FTL_JA).context("the engine's Japanese wording")?;
    let mut rules: Vec<&Meta> = RULES.iter().map(|rule| rule.meta()).collect();
    rules.sort_by_key(|meta| meta.id);

    let mut generated = Generated::default();
    generated.owns("docs/rules");
    let mut contents = CONTENTS.to_owned();
    for meta in &rules {
        writeln!(contents, "  - [{} {}](rules/{})", meta.id, meta.name, file(meta))?;
        let page =
            page(meta, &messages(meta, &rules, &english), &english, &japanese).with_context(|| format!("the page of {}", meta.id))?;
        generated.add(format!("docs/rules/{}", file(meta)), page);
    }
    messages::add(&mut generated, &mut contents)?;
    generated.add("docs/SUMMARY.md", contents);
    generated.add("docs/rules/index.md", index(&rules)?);
    Ok(generated)
}

fn file(meta: &Meta) -> String {
    format!("{}-{}.md", meta.id, meta.name)
}

/// The ids of a rule's messages: its name, and its name with more behind a hyphen, unless that is another rule's name.
fn messages<'a>(meta: &Meta, rules: &[&Meta], texts: &'a Texts) -> Vec<&'a str> {
    let belongs = |id: &str, name: &str| id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let owner = |id: &str| rules.iter().filter(|rule| belongs(id, rule.name)).map(|rule| rule.name).max_by_key(|name| name.len());
    texts.keys().map(String::as_str).filter(|id| !id.contains('.') && owner(id) == Some(meta.name)).collect()
}

fn page(meta: &Meta, ids: &[&str], english: &Texts, japanese: &Texts) -> anyhow::Result<String> {
    ensure!(!ids.is_empty(), "it has no message");
    let prose: Vec<&str> = meta.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    let prose = prose.join("\n");
    let prose = prose.trim();
    ensure!(!prose.is_empty(), "it has no words of its own");
    let module = meta.name.replace('-', "_");
    let mut page =
        format!("<!-- Made by `cargo xtask docs` from crates/sekisho-engine/src/rules/{module}.rs and the engine's wording. -->\n\n");
    writeln!(page, "# {} {}\n\nSeverity: {}\n\n{prose}", meta.id, meta.name, meta.severity.as_str())?;
    for (title, remedy, texts) in [("What it says", "Remedy", english), ("日本語", "対処", japanese)] {
        writeln!(page, "\n## {title}")?;
        if title == "日本語"
            && let Some(prose) = sekisho_engine::rules::docs_ja(meta)
        {
            writeln!(page, "\n{prose}")?;
        }
        for id in ids {
            let said = texts.get(*id).with_context(|| format!("`{id}` has no words under “{title}”"))?;
            writeln!(page, "\n`{id}`\n")?;
            for reading in said {
                writeln!(page, "> {}\n", markdown(reading))?;
            }
            for reading in texts.get(&format!("{id}.remedy")).into_iter().flatten() {
                writeln!(page, "- {remedy}: {}", markdown(reading))?;
            }
        }
    }
    Ok(page.replace("\n\n\n", "\n\n"))
}

/// A message as Markdown that reads the same: `<` begins no tag, except in code, where it never does.
fn markdown(text: &str) -> String {
    let mut code = false;
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '`' => code = !code,
            '<' if !code => {
                out.push_str("&lt;");
                continue;
            }
            '\n' => {
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(character);
    }
    out
}

fn index(rules: &[&Meta]) -> anyhow::Result<String> {
    let mut index = "<!-- Made by `cargo xtask docs`. -->\n\n# Rules\n\nAn id once given is never given again.\n".to_owned();
    for (digits, subject) in SUBJECTS {
        let of_subject: Vec<&&Meta> =
            rules.iter().filter(|meta| meta.id.strip_prefix("SEK").is_some_and(|id| id.starts_with(digits))).collect();
        if of_subject.is_empty() {
            continue;
        }
        writeln!(index, "\n## {subject}\n\n| id | name | severity |\n|---|---|---|")?;
        for meta in of_subject {
            writeln!(index, "| [{}]({}) | {} | {} |", meta.id, file(meta), meta.name, meta.severity.as_str())?;
        }
    }
    let shown = rules.iter().filter(|meta| index.contains(&format!("| [{}](", meta.id))).count();
    ensure!(shown == rules.len(), "{} rules have ids of no known subject", rules.len() - shown);
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_belongs_to_the_rule_with_the_longest_name() {
        let meta = |id, name| Meta { id, name, severity: sekisho_engine::Severity::Note, docs: "" };
        let (value, from) = (meta("SEK0001", "empty-value"), meta("SEK0002", "empty-value-from"));
        let texts = wording::texts("empty-value = a\nempty-value-json = b\nempty-value-from = c\nempty-values = d\n").unwrap();
        assert_eq!(messages(&value, &[&value, &from], &texts), ["empty-value", "empty-value-json"]);
        assert_eq!(messages(&from, &[&value, &from], &texts), ["empty-value-from"]);
    }

    #[test]
    fn angle_brackets_begin_no_tag() {
        assert_eq!(markdown("`<nil>` is not <nil>"), "`<nil>` is not &lt;nil>");
    }

    #[test]
    fn the_page_of_the_embedded_aws_lists_what_it_answers() {
        let page = crate::workspace::read("docs/local.md").unwrap();
        let mut listed = Vec::new();
        for row in page.lines().filter_map(|line| line.strip_prefix("| `")) {
            let (service, rest) = row.split_once("` | ").unwrap();
            let operations = rest.trim_end_matches(" |").split(", ");
            // The table of files has the same form; a service has no dot in it, and its operations begin with a capital.
            listed.extend(operations.filter(|name| name.starts_with(char::is_uppercase)).map(|name| (service.to_owned(), name.to_owned())));
        }
        let answered = sekisho_local::supported_operations();
        assert_eq!(listed, answered.iter().map(|(service, name)| ((*service).to_owned(), (*name).to_owned())).collect::<Vec<_>>());
    }
}

//! A page for each class of messages that `explain` knows, and their index.

use std::fmt::Write as _;

use anyhow::Context as _;
use sekisho_engine::explain::{CLASSES, Class, Topic};

use super::markdown;
use crate::generated::Generated;
use crate::wording::{self, Texts};

const TOPICS: [(Topic, &str); 4] = [
    (Topic::Secrets, "Secrets that a container does not get"),
    (Topic::Start, "What wears the same clothes"),
    (Topic::Other, "Not about secrets"),
    (Topic::Wrapper, "Envelopes whose content is cut off or unknown"),
];

/// Adds the pages, and their lines to the table of contents.
pub(super) fn add(generated: &mut Generated, contents: &mut String) -> anyhow::Result<()> {
    let english = wording::texts(sekisho_engine::EXPLAIN_FTL_EN).context("the English wording of `explain`")?;
    let japanese = wording::texts(sekisho_engine::EXPLAIN_FTL_JA).context("the Japanese wording of `explain`")?;
    generated.owns("docs/messages");
    let mut index =
        "<!-- Made by `cargo xtask docs`. -->\n\n# Messages of ECS\n\nWhat `sekisho explain` knows. An id once given stays.\n".to_owned();
    writeln!(contents, "- [Messages of ECS](messages/index.md)")?;
    for (topic, title) in TOPICS {
        writeln!(index, "\n## {title}\n\n| class | a message of it |\n|---|---|")?;
        for class in CLASSES.iter().filter(|class| class.topic == topic) {
            let start: String = class.example.chars().take(110).collect();
            let more = if start.len() < class.example.len() { "…" } else { "" };
            writeln!(index, "| [{0}]({0}.md) | {1}{more} |", class.id, markdown(&start).replace('|', "\\|"))?;
            writeln!(contents, "  - [{0}](messages/{0}.md)", class.id)?;
            generated.add(format!("docs/messages/{}.md", class.id), page(class, &english, &japanese)?);
        }
    }
    generated.add("docs/messages/index.md", index);
    Ok(())
}

fn page(class: &Class, english: &Texts, japanese: &Texts) -> anyhow::Result<String> {
    let mut page = "<!-- Made by `cargo xtask docs` from the catalogue of the engine and its wording. -->\n\n".to_owned();
    writeln!(page, "# {}\n\n```text\n{}\n```\n", class.id, class.example)?;
    if !class.sure {
        writeln!(page, "Weakly evidenced: what is told is likely, never certain.\n")?;
    }
    let id = format!("explain-{}", class.id);
    let text = |texts: &Texts, id: &str| -> anyhow::Result<String> {
        let readings = texts.get(id).with_context(|| format!("`{id}` has no words"))?;
        Ok(markdown(&readings.join(" / ")))
    };
    for (texts, titles) in [(english, ["Cause", "Proof", "Remedy"]), (japanese, ["原因", "確かめ方", "対処"])] {
        for (title, id) in titles.iter().zip([id.clone(), format!("{id}.proof"), format!("{id}.remedy")]) {
            writeln!(page, "## {title}\n\n{}\n", text(texts, &id)?)?;
        }
    }
    if !class.commands.is_empty() {
        let commands: Vec<String> = class.commands.iter().map(|command| in_capitals(command)).collect();
        writeln!(page, "## Commands\n\n```text\n{}\n```\n", commands.join("\n"))?;
    }
    if !class.alternatives.is_empty() {
        let links: Vec<String> = class.alternatives.iter().map(|id| format!("[{id}]({id}.md)")).collect();
        writeln!(page, "It may also be: {}\n", links.join(", "))?;
    }
    Ok(page.trim_end().to_owned() + "\n")
}

/// A command with the names of its slots in capitals, where the message's own words would stand.
fn in_capitals(command: &str) -> String {
    let mut out = String::new();
    for (index, part) in command.split(['{', '}']).enumerate() {
        if index % 2 == 1 {
            out.push_str(&part.to_uppercase().replace('-', "_"));
        } else {
            out.push_str(part);
        }
    }
    out
}

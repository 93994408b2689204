//! Files as files: how long they are, and what no file of ours may say.

use std::path::Path;

use crate::workspace::{files, read, root};

/// 400 is the habit.
const LINES: usize = 800;
const SOURCES: [&str; 3] = ["rs", "py", "sh"];

/// Directories of the machines that the project is written on. In two parts, so that this file passes its own check.
const MACHINES: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/tmp/bash", "_jobs")];

pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let mut problems = Vec::new();
    for file in files()? {
        // What is no text has no lines.
        let Ok(text) = std::fs::read(root().join(&file)).map(String::from_utf8) else { continue };
        problems.extend(text.map(|text| judge(&file, &text)).unwrap_or_default());
    }
    match read("CHANGELOG.md") {
        Ok(text) if text.lines().any(is_unreleased) => {}
        Ok(_) => problems.push("CHANGELOG.md has no section `## Unreleased`".to_owned()),
        Err(error) => problems.push(format!("{error:#}")),
    }
    Ok(problems)
}

fn is_unreleased(line: &str) -> bool {
    line.strip_prefix("## ").is_some_and(|title| title.trim().trim_start_matches('[').starts_with("Unreleased"))
}

fn judge(file: &Path, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let lines = text.lines().count();
    if SOURCES.contains(&extension) && lines > LINES {
        problems.push(format!("{}: {lines} lines, more than {LINES}", file.display()));
    }
    let mut fenced = false;
    for (number, line) in (1..).zip(text.lines()) {
        for machine in MACHINES {
            if names_machine(line, machine) {
                problems.push(format!("{}:{number}: `{machine}` is a directory of somebody's machine", file.display()));
            }
        }
        let comment = line.trim_start();
        let documentation = comment.strip_prefix("///").or_else(|| comment.strip_prefix("//!"));
        if extension == "rs"
            && let Some(language) = documentation.and_then(|text| text.trim().strip_prefix("```"))
        {
            // cargo nextest runs no documentation tests: one would pass for tested.
            if !fenced && !["text", "ignore", "toml", "json"].contains(&language) {
                problems.push(format!("{}:{number}: documentation tests are not run; mark the block `text`", file.display()));
            }
            fenced = !fenced;
        }
    }
    problems
}

/// Whether a line names a path below `machine`, and not one that merely contains it.
fn names_machine(line: &str, machine: &str) -> bool {
    line.match_indices(machine).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !(before.is_alphanumeric() || "/._-}".contains(before)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_machines_are_found_and_paths_like_them_are_not() {
        let machine = MACHINES[0];
        assert_eq!(judge(Path::new("a.md"), &format!("see `{machine}main`")).len(), 1);
        assert!(judge(Path::new("a.md"), &format!("see https://example.com{machine}main")).is_empty());
    }

    #[test]
    fn long_files_and_documentation_tests_are_found() {
        assert_eq!(judge(Path::new("a.rs"), &"\n".repeat(LINES + 1)).len(), 1);
        assert_eq!(judge(Path::new("a.rs"), "/// ```\n/// let a = 1;\n/// ```\n").len(), 1);
        assert!(judge(Path::new("a.rs"), "/// ```text\n/// a\n/// ```\n").is_empty());
    }

    #[test]
    fn the_changelog_says_what_is_unreleased() {
        assert!(is_unreleased("## Unreleased") && is_unreleased("## [Unreleased]") && !is_unreleased("Unreleased"));
    }
}

//! What the tests in modules `needs_WHAT` need, and how the rest is chosen where it is missing.

use std::collections::BTreeSet;

use anyhow::bail;

use super::{python, sarif};
use crate::workspace::{files, read, root, works};

/// A module whose tests cannot run here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// `needs_python`.
    pub(super) module: String,
    pub(super) because: String,
}

/// Prepares what can be prepared, and says what is missing all the same.
pub(super) fn missing() -> anyhow::Result<Vec<Missing>> {
    let mut python = None;
    let mut missing = Vec::new();
    for need in needed()? {
        let because = match need.as_str() {
            "python" | "moto" => python.get_or_insert_with(|| python::prepare().err().map(|error| format!("{error:#}"))).clone(),
            "sarif" => sarif::prepare().err().map(|error| format!("{error:#}")),
            "corpus" => (!root().join("../shared/corpus/taskdefs").is_dir()).then(|| "../shared/corpus/taskdefs is missing".to_owned()),
            "tmux" => without("tmux", &["-V"]),
            "terraform" => without("terraform", &["version"]),
            "strace" => without("strace", &["-V"]),
            "script" => without("script", &["--version"]),
            "root" => (!is_root()).then(|| "this is not root, who alone may give files away".to_owned()),
            _ => bail!("tests are in a module `needs_{need}`, and xtask/src/test/needs.rs does not know what that is"),
        };
        missing.extend(because.map(|because| Missing { module: format!("needs_{need}"), because }));
    }
    Ok(missing)
}

/// Whether this process belongs to root, where the system tells.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn without(program: &str, arguments: &[&str]) -> Option<String> {
    (!works(program, arguments)).then(|| format!("{program} is missing"))
}

/// Every `mod needs_WHAT` of the workspace.
fn needed() -> anyhow::Result<BTreeSet<String>> {
    let mut needed = BTreeSet::new();
    for file in files()? {
        if file.extension().is_some_and(|extension| extension == "rs") && !file.starts_with("xtask") {
            needed.extend(read(&file)?.lines().filter_map(need).map(str::to_owned));
        }
    }
    Ok(needed)
}

fn need(line: &str) -> Option<&str> {
    line.trim().strip_prefix("mod needs_").map(|rest| rest.trim_end_matches([';', '{', ' ']))
}

/// Those of nextest's arguments that choose packages and targets, which its `list` takes as well.
pub(super) fn package_arguments(arguments: &[String]) -> Vec<String> {
    let mut chosen = Vec::new();
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    while let Some(argument) = arguments.next() {
        if ["-p", "--package"].contains(&argument.as_str()) {
            chosen.push(argument.clone());
            chosen.extend(arguments.next().cloned());
        } else if argument.starts_with("--package=") || (argument.starts_with("-p") && !argument.starts_with("--")) {
            chosen.push(argument.clone());
        }
    }
    chosen
}

/// The arguments, with a filter that leaves the missing modules out. Several filters of nextest are joined by OR, so what was asked for is one of ours.
pub(super) fn filtered(arguments: &[String], missing: &[Missing]) -> Vec<String> {
    if missing.is_empty() {
        return arguments.to_vec();
    }
    let (mut others, mut asked) = (Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.split_once('=') {
            _ if argument == "--" => {
                others.push(argument.clone());
                others.extend(rest.by_ref().cloned());
            }
            _ if ["-E", "--filterset", "--filter-expr"].contains(&argument.as_str()) => asked.extend(rest.next().cloned()),
            Some(("-E" | "--filterset" | "--filter-expr", filter)) => asked.push(filter.to_owned()),
            _ => others.push(argument.clone()),
        }
    }
    let mut filters: Vec<String> = missing.iter().map(|Missing { module, .. }| format!("not test(/(^|::){module}::/)")).collect();
    if !asked.is_empty() {
        let asked: Vec<String> = asked.iter().map(|filter| format!("({filter})")).collect();
        filters.push(format!("({})", asked.join(" or ")));
    }
    let mut filtered = vec!["-E".to_owned(), filters.join(" and ")];
    filtered.append(&mut others);
    filtered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn modules_say_what_they_need() {
        assert_eq!(need("mod needs_python;"), Some("python"));
        assert_eq!(need("    mod needs_tmux {"), Some("tmux"));
        assert_eq!(need("mod python;"), None);
    }

    #[test]
    fn what_is_missing_is_filtered_out_of_what_was_asked_for() {
        let missing = [Missing { module: "needs_x".to_owned(), because: String::new() }];
        let filtered = filtered(&arguments("-p a -E test(b) --filterset=test(c) d -- -E"), &missing);
        assert_eq!(filtered[1], "not test(/(^|::)needs_x::/) and ((test(b)) or (test(c)))");
        assert_eq!(filtered[2..], arguments("-p a d -- -E"));
        assert_eq!(super::filtered(&arguments("-E test(b)"), &[]), arguments("-E test(b)"));
    }

    #[test]
    fn packages_are_told_from_other_arguments() {
        assert_eq!(package_arguments(&arguments("-p a --package=b -pc --no-capture x -- -p d")), arguments("-p a --package=b -pc"));
    }
}

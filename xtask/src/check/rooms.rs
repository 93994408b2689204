//! Which room may know which (docs/architecture.md). Only what is linked counts: tests may look anywhere.

use cargo_metadata::{DependencyKind, Metadata};

/// A room, and the rooms that it may know. `None`: all of them.
const ROOMS: [(&str, Option<&[&str]>); 10] = [
    ("sekisho-model", Some(&[])),
    ("sekisho-read", Some(&["sekisho-model"])),
    ("sekisho-iam", Some(&["sekisho-model"])),
    ("sekisho-engine", Some(&["sekisho-model", "sekisho-iam"])),
    ("sekisho-generate", Some(&["sekisho-model", "sekisho-iam"])),
    ("sekisho-report", Some(&["sekisho-model", "sekisho-iam", "sekisho-engine"])),
    ("sekisho-local", Some(&["sekisho-model", "sekisho-iam", "sekisho-engine"])),
    ("sekisho-aws", Some(&["sekisho-model"])),
    ("sekisho", None),
    // Built first, and often: it must not wait for the SDK or the embedded AWS.
    ("xtask", Some(&["sekisho-model", "sekisho-read", "sekisho-iam", "sekisho-engine", "sekisho-report"])),
];

/// The room with the SDK.
const AWS: &str = "sekisho-aws";

/// Named like the SDK, and no part of it: the cipher library.
const NO_SDK: [&str; 2] = ["aws-lc-rs", "aws-lc-sys"];

/// What the rooms without input and output may never be linked with.
const PURE: [&str; 6] = ["sekisho-model", "sekisho-read", "sekisho-iam", "sekisho-engine", "sekisho-generate", "sekisho-report"];
const IO: [&str; 5] = ["tokio", "hyper", "reqwest", "rustix", "ureq"];

pub(crate) fn check(metadata: &Metadata) -> Vec<String> {
    let mut linked = Vec::new();
    for package in metadata.workspace_packages() {
        let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        linked.push((package.name.to_string(), normal.map(|dependency| dependency.name.clone()).collect::<Vec<_>>()));
    }
    judge(&linked)
}

fn judge(linked: &[(String, Vec<String>)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (room, dependencies) in linked {
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| name == room) else {
            problems.push(format!("{room} is no room of docs/architecture.md: add it there and in xtask/src/check/rooms.rs"));
            continue;
        };
        for dependency in dependencies {
            let ours = linked.iter().any(|(name, _)| name == dependency);
            if ours && may.is_some_and(|may| !may.contains(&dependency.as_str())) {
                problems.push(format!("{room} may not know {dependency}"));
            }
            if dependency.starts_with("aws-") && !NO_SDK.contains(&dependency.as_str()) && room != AWS {
                problems.push(format!("{room} depends on {dependency}: only {AWS} knows the SDK"));
            }
            if PURE.contains(&room.as_str()) && IO.contains(&dependency.as_str()) {
                problems.push(format!("{room} depends on {dependency}, and has neither input nor output"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(room: &str, dependency: &str) -> Vec<String> {
        let entry = |name: &str, dependencies: &[&str]| (name.to_owned(), dependencies.iter().map(|&name| name.to_owned()).collect());
        let mut linked = vec![entry(room, &[dependency])];
        linked.extend(["sekisho-aws", "sekisho-read", "sekisho-model"].iter().filter(|&&name| name != room).map(|name| entry(name, &[])));
        judge(&linked)
    }

    #[test]
    fn nothing_points_up() {
        assert_eq!(judged("sekisho-model", "sekisho-read"), ["sekisho-model may not know sekisho-read"]);
        assert_eq!(judged("sekisho-engine", "sekisho-read").len(), 1);
        assert!(judged("sekisho-engine", "sekisho-model").is_empty());
        assert!(judged("sekisho", "sekisho-aws").is_empty());
    }

    #[test]
    fn only_one_room_knows_the_sdk() {
        assert_eq!(judged("sekisho", "aws-sdk-ssm").len(), 1);
        assert!(judged("sekisho-aws", "aws-sdk-ssm").is_empty());
        assert!(judged("sekisho-local", "aws-lc-rs").is_empty());
    }

    #[test]
    fn the_pure_rooms_have_no_runtime_and_new_rooms_are_registered() {
        assert_eq!(judged("sekisho-engine", "tokio").len(), 1);
        assert_eq!(judged("sekisho-cellar", "serde").len(), 1);
    }
}

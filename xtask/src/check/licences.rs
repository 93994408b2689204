//! Licences, bans and sources of every dependency, by the lists in deny.toml. cargo-deny knows more; this is the part of it that needs no other program,
//! so that nobody commits without it.

use std::collections::BTreeSet;

use anyhow::{Context as _, anyhow};
use cargo_metadata::semver::{Version, VersionReq};
use cargo_metadata::{Metadata, Package};
use toml_span::Value;

use crate::workspace::read;

pub(crate) fn check(metadata: &Metadata) -> anyhow::Result<Vec<String>> {
    let text = read("deny.toml")?;
    let policy = Policy::read(&text)?;
    let mut problems: Vec<String> = metadata.packages.iter().flat_map(|package| policy.judge(package)).collect();
    for name in &policy.single {
        let versions: BTreeSet<&Version> =
            metadata.packages.iter().filter(|package| *package.name == *name).map(|package| &package.version).collect();
        if versions.len() > 1 {
            problems.push(format!("{name} is there in {} versions, and must be in one", versions.len()));
        }
    }
    Ok(problems)
}

/// What of deny.toml is understood here.
struct Policy {
    allowed: Vec<String>,
    /// Crate, and the licences that it alone may have.
    exceptions: Vec<(String, Vec<String>)>,
    banned: Vec<(String, VersionReq)>,
    /// What may be there in one version only.
    single: Vec<String>,
    registries: Vec<String>,
}

impl Policy {
    fn read(text: &str) -> anyhow::Result<Self> {
        let root = toml_span::parse(text).map_err(|error| anyhow!("deny.toml: {error}"))?;
        let exceptions = tables(&root, "/licenses/exceptions").map(|entry| (word(entry, "/crate"), words(entry, "/allow")));
        let mut policy = Self {
            allowed: words(&root, "/licenses/allow"),
            exceptions: exceptions.collect(),
            banned: Vec::new(),
            single: Vec::new(),
            registries: words(&root, "/sources/allow-registry"),
        };
        for entry in tables(&root, "/bans/deny") {
            let written = word(entry, "/crate");
            // `name:RANGE`, or `name@VERSION` for exactly that version.
            let (name, versions) = match (written.split_once(':'), written.split_once('@')) {
                (Some((name, range)), _) => (name, range.to_owned()),
                (None, Some((name, version))) => (name, format!("={version}")),
                (None, None) => (written.as_str(), "*".to_owned()),
            };
            if entry.pointer("/deny-multiple-versions").and_then(Value::as_bool) == Some(true) {
                policy.single.push(name.to_owned());
            } else {
                let versions = versions.parse().with_context(|| format!("deny.toml: `{versions}` is no range of versions"))?;
                policy.banned.push((name.to_owned(), versions));
            }
        }
        anyhow::ensure!(!policy.allowed.is_empty() && !policy.banned.is_empty(), "deny.toml allows no licence or bans no crate");
        Ok(policy)
    }

    fn judge(&self, package: &Package) -> Vec<String> {
        let mut problems = Vec::new();
        let mut say = |what: String| problems.push(format!("{} {}: {what}", package.name, package.version));
        let exceptions = self.exceptions.iter().find(|(name, _)| *name == *package.name).map_or(&[][..], |(_, licences)| licences);
        match &package.license {
            Some(licence) if permits(licence, &|id| self.allowed.iter().chain(exceptions).any(|allowed| allowed == id)) => {}
            Some(licence) => say(format!("its licence `{licence}` is not allowed")),
            None => say("it names no licence".to_owned()),
        }
        if self.banned.iter().any(|(name, versions)| *name == *package.name && versions.matches(&package.version)) {
            say("it is banned: deny.toml says why".to_owned());
        }
        if let Some(source) = &package.source {
            let registry = source.repr.strip_prefix("registry+").unwrap_or(&source.repr);
            if !self.registries.iter().any(|allowed| allowed == registry) {
                say(format!("it comes from {}", source.repr));
            }
        }
        problems
    }
}

fn tables<'a, 'de>(root: &'a Value<'de>, pointer: &str) -> impl Iterator<Item = &'a Value<'de>> {
    root.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn word(value: &Value<'_>, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn words(value: &Value<'_>, pointer: &str) -> Vec<String> {
    tables(value, pointer).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with what is allowed. `/` is how older crates write OR.
fn permits(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    let permitted = any(&mut rest, allowed);
    permitted && rest.is_empty()
}

fn any(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut permitted = all(rest, allowed);
    while let ["OR", behind @ ..] = *rest {
        *rest = behind;
        // Not `||`: what is not needed must be read all the same.
        permitted |= all(rest, allowed);
    }
    permitted
}

fn all(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut permitted = one(rest, allowed);
    while let ["AND", behind @ ..] = *rest {
        *rest = behind;
        permitted &= one(rest, allowed);
    }
    permitted
}

fn one(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    match *rest {
        ["(", behind @ ..] => {
            *rest = behind;
            let permitted = any(rest, allowed);
            let closed = matches!(*rest, [")", ..]);
            *rest = rest.get(1..).unwrap_or_default();
            permitted && closed
        }
        [licence, "WITH", exception, behind @ ..] => {
            *rest = behind;
            allowed(&format!("{licence} WITH {exception}"))
        }
        [licence, behind @ ..] => {
            *rest = behind;
            allowed(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_permitted_when_a_choice_of_it_is() {
        let allowed = |id: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&id);
        for expression in
            ["MIT", "GPL-2.0 OR MIT", "MIT/Apache-2.0", "ISC AND (GPL-2.0 OR MIT)", "Apache-2.0 WITH LLVM-exception OR GPL-2.0"]
        {
            assert!(permits(expression, &allowed), "{expression}");
        }
        for expression in ["GPL-2.0", "MIT AND GPL-2.0", "Apache-2.0", "(MIT", "MIT MIT", "", "ISC AND (GPL-2.0 OR MPL-2.0)", "MIT AND"] {
            assert!(!permits(expression, &allowed), "{expression}");
        }
    }

    #[test]
    fn a_policy_bans_ranges_of_versions() {
        let text = "[licenses]\nallow = ['MIT']\n[[bans.deny]]\ncrate = 'hyper:<1'\n[[bans.deny]]\ncrate = 'tokio'\ndeny-multiple-versions = true\n";
        let policy = Policy::read(text).unwrap();
        assert_eq!(policy.single, ["tokio"]);
        let (name, versions) = &policy.banned[0];
        assert!(name == "hyper" && versions.matches(&Version::new(0, 14, 30)) && !versions.matches(&Version::new(1, 0, 0)));
    }
}

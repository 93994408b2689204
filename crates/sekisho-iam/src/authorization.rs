//! Which actions exist, what they act on and which condition keys their requests carry: AWS's Service Authorization Reference, as data with a date.
//!
//! `cargo xtask iam-data` makes the table. Of the services in it every action is known; of all others only that they exist. What is not in the table is
//! not known: a caller that finds nothing here says `cannot tell` or nothing, never that an action does not exist in a service without a table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::pattern;

/// How AWS classes an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessLevel {
    /// Names only.
    List,
    /// Content. `kms:Decrypt` is not here: AWS classes it as [`AccessLevel::Write`].
    Read,
    /// Changes.
    Write,
    /// Changes of tags.
    Tagging,
    /// Changes of who may do what.
    Permissions,
}

/// One action.
#[derive(Debug)]
pub struct Action {
    /// The service's prefix in lower case, such as `ssm`.
    pub service: &'static str,
    /// As AWS writes it, such as `GetParameters`.
    pub name: &'static str,
    /// Its class.
    pub level: AccessLevel,
    /// What it acts on: the type, and whether a request always names one of it.
    pub resource_types: Vec<(&'static ResourceType, bool)>,
    /// The condition keys of the action itself. A `*` at the end stands for what is different from request to request (a tag's key).
    pub condition_keys: Vec<&'static str>,
}

impl Action {
    /// Whether it acts on no resource, so that only `"Resource": "*"` grants it (facts/iam.md A2).
    pub fn is_wildcard_only(&self) -> bool {
        self.resource_types.is_empty()
    }

    /// Whether a request may carry the condition key, by what AWS lists for the action and its resources. Global keys (`aws:…`) that AWS sets on every
    /// request are not listed there: see [`is_global_key`].
    pub fn may_carry(&self, key: &str) -> bool {
        let of_types = self.resource_types.iter().flat_map(|(kind, _)| kind.condition_keys.iter());
        self.condition_keys.iter().chain(of_types).any(|known| key_matches(known, key))
    }
}

/// One type of resource.
#[derive(Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// `parameter`.
    pub name: &'static str,
    /// `arn:${Partition}:ssm:${Region}:${Account}:parameter/${ParameterNameWithoutLeadingSlash}`.
    pub arn: &'static str,
    /// The same with `*` for what is different from one to the other: `arn:*:ssm:*:*:parameter/*`.
    pub pattern: String,
    /// The condition keys that tell something of the resource.
    pub condition_keys: Vec<&'static str>,
}

impl ResourceType {
    /// The sixth part of its ARNs up to where they differ: `parameter/`, `secret:`.
    pub fn resource_prefix(&self) -> &'static str {
        let resource = self.arn.splitn(6, ':').nth(5).unwrap_or_default();
        resource.split("${").next().unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Table {
    date: &'static str,
    rcp: HashSet<&'static str>,
    services: HashSet<&'static str>,
    global: Vec<&'static str>,
    /// Service to its actions, in the order of their names in lower case.
    actions: HashMap<&'static str, Vec<Action>>,
    /// `service:action` in lower case to its place in `actions`.
    index: HashMap<String, (&'static str, usize)>,
    types: HashMap<&'static str, Vec<&'static ResourceType>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../data/authorization.tsv")));

/// Reads the table. Its form is our own and a test holds it, so a line that does not fit is left out rather than an error.
fn read(text: &'static str) -> Table {
    let mut table = Table::default();
    let mut service = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        match fields.as_slice() {
            ["date", date] => table.date = date,
            ["rcp", names] => table.rcp = words(names).collect(),
            ["services", names] => table.services = words(names).collect(),
            ["global", names] => table.global = words(names).map(|key| key.strip_suffix("tag-key").map_or(key, |_| tag_key(key))).collect(),
            ["service", name] => service = name,
            ["type", name, arn, keys] => {
                // The table lives as long as the program; one allocation per type, once.
                let kind: &'static ResourceType =
                    Box::leak(Box::new(ResourceType { name, arn, pattern: pattern_of(arn), condition_keys: words(keys).collect() }));
                table.types.entry(service).or_default().push(kind);
            }
            ["action", name, level, types, keys] => {
                let known = table.types.get(service).map(Vec::as_slice).unwrap_or_default();
                let resource_types = words(types).filter_map(|word| {
                    let required = word.ends_with('*');
                    let word = word.trim_end_matches('*');
                    known.iter().find(|kind| kind.name.eq_ignore_ascii_case(word)).map(|kind| (*kind, required))
                });
                let action = Action {
                    service,
                    name,
                    level: level_of(level),
                    resource_types: resource_types.collect(),
                    condition_keys: words(keys).collect(),
                };
                let of_service = table.actions.entry(service).or_default();
                table.index.insert(format!("{service}:{}", name.to_ascii_lowercase()), (service, of_service.len()));
                of_service.push(action);
            }
            _ => {}
        }
    }
    table
}

/// The ARN with `*` in place of every `${…}`.
fn pattern_of(arn: &str) -> String {
    let mut pieces = arn.split("${");
    let mut pattern = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        pattern.push('*');
        pattern.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    pattern
}

fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(' ').filter(|word| !word.is_empty())
}

/// `aws:PrincipalTag/tag-key` as `aws:PrincipalTag/*`, among the few global keys that are made so.
fn tag_key(key: &'static str) -> &'static str {
    match key {
        "aws:PrincipalTag/tag-key" => "aws:PrincipalTag/*",
        "aws:RequestTag/tag-key" => "aws:RequestTag/*",
        "aws:ResourceTag/tag-key" => "aws:ResourceTag/*",
        other => other,
    }
}

fn level_of(text: &str) -> AccessLevel {
    match text {
        "list" => AccessLevel::List,
        "read" => AccessLevel::Read,
        "tagging" => AccessLevel::Tagging,
        "permissions management" => AccessLevel::Permissions,
        _ => AccessLevel::Write,
    }
}

fn key_matches(known: &str, key: &str) -> bool {
    match known.strip_suffix('*') {
        Some(fixed) => key.get(..fixed.len()).is_some_and(|start| start.eq_ignore_ascii_case(fixed)),
        None => known.eq_ignore_ascii_case(key),
    }
}

/// The day on which the data set was made, `2026-09-26`.
pub fn date() -> &'static str {
    TABLE.date
}

/// The services of which every action is known, in order.
pub fn services() -> Vec<&'static str> {
    let mut services: Vec<&'static str> = TABLE.actions.keys().copied().collect();
    services.sort_unstable();
    services
}

/// Whether AWS has a service of that prefix, letter case aside.
pub fn is_service(prefix: &str) -> bool {
    TABLE.services.contains(prefix.to_ascii_lowercase().as_str())
}

/// The prefixes of all services.
pub fn service_prefixes() -> impl Iterator<Item = &'static str> {
    TABLE.services.iter().copied()
}

/// Whether the actions of the service are all known.
pub fn covers(service: &str) -> bool {
    TABLE.actions.contains_key(service.to_ascii_lowercase().as_str())
}

/// The actions of a service; nothing where it has no table.
pub fn actions(service: &str) -> &'static [Action] {
    TABLE.actions.get(service.to_ascii_lowercase().as_str()).map(Vec::as_slice).unwrap_or_default()
}

/// The action `ssm:GetParameters`, letter case aside. `None` where there is none, or the service has no table.
pub fn action(text: &str) -> Option<&'static Action> {
    let (service, index) = TABLE.index.get(text.to_ascii_lowercase().as_str())?;
    TABLE.actions.get(service)?.get(*index)
}

/// The actions that a pattern of a policy's `Action` matches: `ssm:Get*`, `*`. Letter case is nothing there. A service that is itself a pattern matches
/// nothing: AWS allows no wildcard in it.
pub fn matching(pattern: &str) -> Vec<&'static Action> {
    let pattern = pattern.to_ascii_lowercase();
    match pattern.split_once(':') {
        Some((service, name)) => {
            actions(service).iter().filter(|action| pattern::matches(name, &action.name.to_ascii_lowercase())).collect()
        }
        None if pattern == "*" => TABLE.actions.values().flatten().collect(),
        None => Vec::new(),
    }
}

/// The types of resources of a service.
pub fn resource_types(service: &str) -> &'static [&'static ResourceType] {
    TABLE.types.get(service.to_ascii_lowercase().as_str()).map(Vec::as_slice).unwrap_or_default()
}

/// Whether the action acts on no resource; `None` where the action is not known.
pub fn wildcard_only(text: &str) -> Option<bool> {
    action(text).map(Action::is_wildcard_only)
}

/// Whether resource control policies apply to the service, as of [`date`] (facts/iam.md A1).
pub fn supports_resource_control_policies(service: &str) -> bool {
    TABLE.rcp.contains(service.to_ascii_lowercase().as_str())
}

/// Whether AWS sets this key for all services (`aws:PrincipalArn`), whether or not each request carries it.
pub fn is_global_key(key: &str) -> bool {
    TABLE.global.iter().any(|known| key_matches(known, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let text = include_str!("../data/authorization.tsv");
        let count = |kind: &str| text.lines().filter(|line| line.split('\t').next() == Some(kind)).count();
        assert_eq!(TABLE.index.len(), count("action"));
        assert_eq!(TABLE.types.values().map(Vec::len).sum::<usize>(), count("type"));
        assert_eq!(services(), ["cloudtrail", "ecr", "ecs", "iam", "kms", "logs", "s3", "secretsmanager", "ssm", "sts"]);
        for (action, line) in
            services().iter().flat_map(|service| actions(service)).zip(text.lines().filter(|line| line.starts_with("action\t")))
        {
            let types: Vec<&str> = line.split('\t').nth(3).unwrap_or_default().split(' ').filter(|word| !word.is_empty()).collect();
            assert_eq!(action.resource_types.len(), types.len(), "{line}");
            assert!(line.contains(action.name), "{line}");
        }
        assert!(date() > "2026-01-01" && TABLE.rcp.len() > 50 && TABLE.services.len() > 400 && TABLE.global.len() > 40);
    }

    #[test]
    fn actions_are_found_in_any_letter_case() {
        let get = action("SSM:getparameters").unwrap();
        assert_eq!((get.service, get.name, get.level), ("ssm", "GetParameters", AccessLevel::Read));
        assert_eq!(get.resource_types[0].0.arn, "arn:${Partition}:ssm:${Region}:${Account}:parameter/${ParameterNameWithoutLeadingSlash}");
        assert_eq!(get.resource_types[0].0.resource_prefix(), "parameter/");
        assert!(get.resource_types[0].1);
        assert_eq!(get.resource_types[0].0.pattern, "arn:*:ssm:*:*:parameter/*");
        let names = |pattern| matching(pattern).iter().map(|action| action.name).collect::<Vec<_>>();
        assert_eq!(names("ssm:getparameter*"), ["GetParameter", "GetParameterHistory", "GetParameters", "GetParametersByPath"]);
        assert!(names("*").len() > 900 && names("s*m:GetParameter").is_empty());
        assert!(action("ssm:GetParameterz").is_none() && action("dynamodb:GetItem").is_none());
    }

    #[test]
    fn actions_without_resources_are_told() {
        for name in [
            "ssm:DescribeParameters",
            "secretsmanager:ListSecrets",
            "secretsmanager:BatchGetSecretValue",
            "ecr:GetAuthorizationToken",
            "kms:ListKeys",
        ] {
            assert_eq!(wildcard_only(name), Some(true), "{name}");
        }
        for name in
            ["ssm:GetParameters", "secretsmanager:GetSecretValue", "kms:Decrypt", "ecr:BatchGetImage", "s3:GetObject", "sts:AssumeRole"]
        {
            assert_eq!(wildcard_only(name), Some(false), "{name}");
        }
        assert_eq!(wildcard_only("dynamodb:GetItem"), None);
    }

    #[test]
    fn keys_of_an_action_are_those_of_its_resources_too() {
        let get = action("ssm:GetParameters").unwrap();
        assert!(get.may_carry("ssm:resourceTag/team") && get.may_carry("aws:resourcetag/team"));
        assert!(!get.may_carry("kms:ViaService") && action("kms:Decrypt").unwrap().may_carry("kms:EncryptionContext:PARAMETER_ARN"));
        assert!(is_global_key("aws:principalarn") && is_global_key("aws:PrincipalTag/team") && !is_global_key("aws:Nothing"));
    }

    #[test]
    fn parameter_store_is_out_of_reach_of_resource_control_policies() {
        assert!(supports_resource_control_policies("secretsmanager") && supports_resource_control_policies("kms"));
        assert!(!supports_resource_control_policies("ssm") && !supports_resource_control_policies("ecs"));
    }
}

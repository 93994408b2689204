//! From task definitions to the text of a manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sekisho_model::task_definition::TaskDefinition;
use sekisho_model::value_from::{Form, ValueFrom};
use sekisho_model::{Fact, ends_like_a_complete_arn};

/// A drafted manifest.
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) services: usize,
    pub(super) secrets: usize,
    pub(super) environments: Vec<String>,
    /// What could not be taken over, as message ids with a text.
    pub(super) left_out: Vec<(&'static str, String)>,
}

/// Words that name an environment in paths, with the name that it gets.
const ENVIRONMENTS: [(&str, &str); 14] = [
    ("development", "development"),
    ("dev", "dev"),
    ("staging", "staging"),
    ("stage", "stage"),
    ("stg", "stg"),
    ("production", "production"),
    ("prod", "prod"),
    ("prd", "prd"),
    ("test", "test"),
    ("qa", "qa"),
    ("sandbox", "sandbox"),
    ("uat", "uat"),
    ("preview", "preview"),
    ("demo", "demo"),
];

/// One reference, as far as a manifest declares it.
struct Use {
    environment: Option<String>,
    service: String,
    container: String,
    variable: String,
    ssm: bool,
    /// The stored name's levels, the environment's replaced by `{environment}`.
    levels: Vec<String>,
    /// The stored name as it is.
    stored: String,
    json_key: Option<String>,
}

/// `text` as a name of an environment or a service, where that is possible.
pub(super) fn identifier(text: &str) -> Option<String> {
    let lower: String =
        text.to_lowercase().chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' }).collect();
    let trimmed = lower.trim_matches('-');
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn environment_word(word: &str) -> Option<&'static str> {
    ENVIRONMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, name)| *name)
}

/// The manifest's text for `definitions`, whose paths are told relative to `base`.
pub(super) fn draft(name: &str, base: &Path, definitions: &[(PathBuf, TaskDefinition)]) -> Draft {
    let mut left_out = Vec::new();
    let mut uses = Vec::new();
    let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut regions = BTreeSet::new();
    let mut accounts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, definition) in definitions {
        let shown = path.strip_prefix(base).unwrap_or(path).display().to_string();
        let in_path = shown.split(['/', '.', '-', '_']).find_map(environment_word);
        let family = definition.family.as_ref().and_then(Fact::value).cloned();
        let service = service_name(&shown, family.as_deref());
        let mut environments_here = BTreeSet::new();
        for container in &definition.containers {
            let container_name = container.name.value().cloned().unwrap_or_default();
            for entry in &container.secrets {
                let (Some(variable), Some(text)) = (entry.name.value(), entry.value_from.value()) else { continue };
                let read = ValueFrom::parse(text);
                if let Some(arn) = read.arn() {
                    regions.extend(arn.region_id().map(|region| region.to_string()));
                }
                let is_nameable = is_container_name(&container_name) && is_variable(variable);
                match used(&read, in_path, &service, &container_name, variable).filter(|_| is_nameable) {
                    Some(found) => {
                        if let (Some(account), Some(environment)) =
                            (read.arn().and_then(sekisho_model::Arn::account_id), &found.environment)
                        {
                            accounts.entry(environment.clone()).or_default().insert(account.to_string());
                        }
                        environments_here.extend(found.environment.clone());
                        uses.push(found);
                    }
                    None => left_out.push(("init-left-out", format!("{shown}: {container_name}/{variable} = {text}"))),
                }
            }
        }
        let environment = in_path.map(str::to_owned).or_else(|| environments_here.pop_first());
        files.entry(service).or_default().insert(environment.unwrap_or_default(), shown);
    }
    let environments: BTreeSet<String> = {
        let mut all: BTreeSet<String> = uses.iter().filter_map(|found| found.environment.clone()).collect();
        all.extend(files.values().flat_map(BTreeMap::keys).filter(|name| !name.is_empty()).cloned());
        if all.is_empty() {
            all.insert("development".to_owned());
        }
        all
    };
    let text = Writer { name, regions, accounts, environments: &environments, uses: &uses, files: &files }.text(&mut left_out);
    Draft { secrets: text.1, services: files.len(), environments: environments.into_iter().collect(), text: text.0, left_out }
}

/// The file's stem where the path tells services apart, else the family; the environment's word taken out.
fn service_name(shown: &str, family: Option<&str>) -> String {
    let stem = Path::new(shown).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let generic = ["task-definition", "taskdef", "task_definition", "ecs-task-def", "td", "definition", "task-def"];
    let base = if generic.contains(&stem.as_str()) { family.unwrap_or(&stem).to_owned() } else { stem };
    let words: Vec<&str> = base.split(['-', '_', '.']).filter(|word| !word.is_empty() && environment_word(word).is_none()).collect();
    identifier(&words.join("-")).unwrap_or_else(|| "service".to_owned())
}

/// Whether a manifest can name such a container.
fn is_container_name(name: &str) -> bool {
    (1..=255).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether a manifest can name such a variable.
fn is_variable(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn used(read: &ValueFrom, in_path: Option<&str>, service: &str, container: &str, variable: &str) -> Option<Use> {
    let (ssm, stored, json_key) = match &read.form {
        Form::ParameterName(name) | Form::ParameterArn { name, .. } => (true, name.clone(), None),
        Form::Secret(reference) if reference.stage.is_none() && reference.version_id.is_none() => {
            let id = &reference.id;
            let name = if ends_like_a_complete_arn(id) { id.rsplit_once('-').map_or(id.as_str(), |(name, _)| name) } else { id };
            (false, name.to_owned(), reference.json_key.clone())
        }
        _ => return None,
    };
    if read.flaws.iter().any(|flaw| flaw.effect != sekisho_model::value_from::Effect::Hazard) {
        return None;
    }
    let mut levels: Vec<String> = stored.split('/').filter(|level| !level.is_empty()).map(str::to_owned).collect();
    let found = levels.iter().position(|level| environment_word(level).is_some());
    let environment = match found {
        Some(at) => {
            let word = levels.get(at).cloned();
            if let Some(level) = levels.get_mut(at) {
                *level = "{environment}".to_owned();
            }
            word.and_then(|word| environment_word(&word).map(str::to_owned))
        }
        None => in_path.map(str::to_owned),
    };
    Some(Use {
        environment,
        service: service.to_owned(),
        container: container.to_owned(),
        variable: variable.to_owned(),
        ssm,
        levels,
        stored,
        json_key,
    })
}

struct Writer<'a> {
    name: &'a str,
    regions: BTreeSet<String>,
    accounts: BTreeMap<String, BTreeSet<String>>,
    environments: &'a BTreeSet<String>,
    uses: &'a [Use],
    files: &'a BTreeMap<String, BTreeMap<String, String>>,
}

/// A secret that is being put together from its uses.
#[derive(Default)]
struct Entry {
    env: Option<String>,
    keys: BTreeMap<String, String>,
    /// Environment to store and name, where the templates do not give it.
    own: BTreeMap<String, (bool, String)>,
}

impl Writer<'_> {
    fn text(&self, left_out: &mut Vec<(&'static str, String)>) -> (String, usize) {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = format!(
            "# Drafted by `sekisho init` from task definitions. Read it, mend it, commit it: it holds no value.\n\n[project]\nname = {}\n",
            quoted(self.name)
        );
        if let [region] = self.regions.iter().collect::<Vec<_>>().as_slice() {
            out += &format!("region = {}\n", quoted(region));
        } else {
            out += "region = \"us-east-1\" # the files do not tell: mend it\n";
        }
        let templates = [self.template(true), self.template(false)];
        let [ssm, secretsmanager] = &templates;
        out += &format!("path = {{ ssm = {}, secretsmanager = {} }}\n", quoted(ssm), quoted(secretsmanager));
        for environment in self.environments {
            let local = matches!(environment.as_str(), "development" | "dev");
            let store = if self.is_ssm(environment) { "ssm" } else { "secretsmanager" };
            out += &format!("\n[environments.{environment}]\nstore = \"{store}\"\n");
            if let Some([account]) = self.accounts.get(environment).map(|accounts| accounts.iter().collect::<Vec<_>>()).as_deref() {
                out += &format!("account = {}\n", quoted(account));
            }
            if local {
                out += "endpoint = \"local\" # the embedded AWS; take this line out for AWS itself\n";
            }
        }
        let (entries, names) = self.entries(&templates, left_out);
        for (logical, entry) in &entries {
            out += &format!("\n[secrets.{}]\n", quoted(logical));
            match &entry.env {
                Some(env) => out += &format!("env = {}\n", quoted(env)),
                None => {
                    let keys: Vec<String> = entry.keys.iter().map(|(variable, key)| format!("{variable} = {}", quoted(key))).collect();
                    out += &format!("keys = {{ {} }}\n", keys.join(", "));
                }
            }
            for (environment, (ssm, name)) in &entry.own {
                let store = if *ssm { "ssm" } else { "secretsmanager" };
                out += &format!("environments.{environment} = {{ store = \"{store}\", name = {} }}\n", quoted(name));
            }
        }
        for (service, paths) in self.files {
            out += &format!("\n[services.{service}]\n");
            if let Some(path) = one_path(paths) {
                out += &format!("task_definition = {}\n", quoted(&path));
            }
            let mut containers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for ((owner, container, _), logical) in names.iter().filter(|((owner, ..), _)| owner == service) {
                debug_assert_eq!(owner, service);
                containers.entry(container).or_default().insert(logical);
            }
            for (container, secrets) in containers {
                let list: Vec<String> = secrets.iter().map(|secret| quoted(secret)).collect();
                out += &format!("containers.{}.secrets = [{}]\n", quoted(container), list.join(", "));
            }
        }
        (out, entries.len())
    }

    /// Whether most secrets of `environment` are in Parameter Store, which is then its store.
    fn is_ssm(&self, environment: &str) -> bool {
        let uses = || self.uses.iter().filter(|found| found.environment.as_deref().is_none_or(|name| name == environment));
        uses().filter(|found| found.ssm).count() * 2 >= uses().count()
    }

    /// The template that most names of a store follow: what stands in front of the environment, the environment, the secret.
    fn template(&self, ssm: bool) -> String {
        let mut prefixes: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for found in self.uses.iter().filter(|found| found.ssm == ssm) {
            if let Some(at) = found.levels.iter().position(|level| level == "{environment}") {
                *prefixes.entry(found.levels.iter().take(at).cloned().collect()).or_default() += 1;
            }
        }
        let prefix = prefixes.into_iter().max_by_key(|(_, count)| *count).map(|(prefix, _)| prefix).unwrap_or_default();
        let whole: Vec<String> = prefix.into_iter().chain(["{environment}".to_owned(), "{secret}".to_owned()]).collect();
        if ssm { format!("/{}", whole.join("/")) } else { whole.join("/") }
    }

    #[expect(clippy::type_complexity, reason = "a map from (service, container, variable) to the logical name, used once")]
    fn entries(
        &self,
        templates: &[String; 2],
        left_out: &mut Vec<(&'static str, String)>,
    ) -> (BTreeMap<String, Entry>, BTreeMap<(String, String, String), String>) {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut names = BTreeMap::new();
        // What is a JSON key in one environment may be a parameter of its own in another: both are one secret with keys.
        let keyed: BTreeSet<(String, &str, &str)> = self
            .uses
            .iter()
            .filter_map(|found| Some((logical_name(found, templates), found.json_key.as_deref()?, found.variable.as_str())))
            .collect();
        for found in self.uses {
            let whole = logical_name(found, templates);
            let parent = whole.rsplit_once('/').filter(|(parent, key)| {
                found.ssm && found.json_key.is_none() && keyed.contains(&((*parent).to_owned(), *key, found.variable.as_str()))
            });
            let (logical, key) = match parent {
                Some((parent, key)) => (parent.to_owned(), Some(key.to_owned())),
                None => (whole.clone(), found.json_key.clone()),
            };
            // One secret has one variable, or one for each JSON key: another variable for the same value is a secret of its own name.
            let clashes = |entry: &Entry| match &key {
                None => !entry.keys.is_empty() || entry.env.as_ref().is_some_and(|env| *env != found.variable),
                Some(key) => entry.env.is_some() || entry.keys.get(&found.variable).is_some_and(|other| other != key),
            };
            if entries.get(&logical).is_some_and(clashes) {
                left_out.push(("init-second-variable", format!("{}/{}/{}", found.service, found.container, found.variable)));
                continue;
            }
            let entry = entries.entry(logical.clone()).or_default();
            match &key {
                None => entry.env = Some(found.variable.clone()),
                Some(key) => {
                    entry.keys.insert(found.variable.clone(), key.clone());
                }
            }
            let environments: Vec<String> =
                found.environment.clone().map_or_else(|| self.environments.iter().cloned().collect(), |environment| vec![environment]);
            let [ssm, secretsmanager] = templates;
            let template = if found.ssm { ssm } else { secretsmanager };
            // A parameter for each key has the key behind the secret's own name.
            let stored = match (&key, found.ssm) {
                (Some(key), true) => found.stored.strip_suffix(&format!("/{key}")).unwrap_or(&found.stored),
                _ => &found.stored,
            };
            for environment in environments {
                let given = template.replace("{environment}", &environment).replace("{secret}", &logical);
                if given != stored || found.ssm != self.is_ssm(&environment) {
                    entry.own.insert(environment, (found.ssm, stored.to_owned()));
                }
            }
            names.insert((found.service.clone(), found.container.clone(), found.variable.clone()), logical);
        }
        (entries, names)
    }
}

/// The logical name of what `found` refers to: its levels behind what the template has in front of them.
fn logical_name(found: &Use, templates: &[String; 2]) -> String {
    let [ssm, secretsmanager] = templates;
    let template = if found.ssm { ssm } else { secretsmanager };
    let prefix: Vec<&str> = template.split('/').filter(|level| !level.is_empty() && *level != "{secret}").collect();
    let fits = found.levels.len() > prefix.len() && found.levels.iter().zip(&prefix).all(|(level, wanted)| level == wanted);
    let rest: Vec<&str> = if fits {
        found.levels.iter().skip(prefix.len()).map(String::as_str).collect()
    } else {
        found.levels.iter().map(String::as_str).filter(|level| *level != "{environment}").collect()
    };
    let allowed = |character: char| if character.is_ascii_alphanumeric() || "_.-/".contains(character) { character } else { '-' };
    let logical: String = rest.join("/").chars().map(allowed).collect();
    if logical.is_empty() { found.variable.to_lowercase() } else { logical }
}

/// One path for all environments: the only one, or one in which the environment's word can be replaced.
fn one_path(paths: &BTreeMap<String, String>) -> Option<String> {
    let templates: BTreeSet<String> = paths
        .iter()
        .map(|(environment, path)| {
            let levels: Vec<&str> = path.split('/').map(|level| if level == environment { "{environment}" } else { level }).collect();
            levels.join("/")
        })
        .collect();
    if templates.len() == 1 { templates.into_iter().next() } else { None }
}

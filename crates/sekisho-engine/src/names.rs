//! Names that are known from the manifest and the task definitions, for rules that compare a policy's patterns with them.

use std::collections::BTreeSet;

use sekisho_iam::pattern;
use sekisho_model::declaration::StoredAs;
use sekisho_model::{Arn, ends_like_a_complete_arn};

use crate::{Case, Confidence, Target};

/// What environments are usually called, the word first that stands for all of a row.
pub(crate) const USUAL: [&[&str]; 5] =
    [&["production", "prod", "prd"], &["staging", "stg", "stage"], &["development", "dev"], &["testing", "test", "qa"], &["sandbox"]];

/// Names of secrets.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    /// Names in Secrets Manager, without the suffix of their ARNs.
    pub(crate) secrets: BTreeSet<String>,
    /// Names in Parameter Store, without a leading slash.
    pub(crate) parameters: BTreeSet<String>,
}

impl KnownNames {
    /// What the references and the manifest name.
    pub(crate) fn of(case: &Case<'_>) -> Self {
        let mut names = Self::default();
        for reference in case.references {
            match &reference.target {
                Target::Parameter(id) => drop(names.parameters.insert(id.name.trim_start_matches('/').to_owned())),
                Target::Secret { version, .. } => names.secrets.extend(match version.secret.id.parse::<Arn>() {
                    Ok(arn) => arn.resource.strip_prefix("secret:").map(without_suffix),
                    Err(_) => Some(version.secret.id.clone()),
                }),
                Target::Plaintext | Target::Nothing => {}
            }
        }
        if let Some(declaration) = case.declaration {
            for environment in declaration.environments.values() {
                for secret in declaration.secrets.values() {
                    match declaration.stored_as(secret, environment, None) {
                        Ok(StoredAs::Secret(name)) => drop(names.secrets.insert(name.to_string())),
                        Ok(StoredAs::Parameter(name)) => drop(names.parameters.insert(name.as_str().trim_start_matches('/').to_owned())),
                        _ => {}
                    }
                }
            }
        }
        names
    }
}

fn without_suffix(name: &str) -> String {
    let head = if ends_like_a_complete_arn(name) { name.rsplit_once('-').map(|(head, _)| head) } else { None };
    head.unwrap_or(name).to_owned()
}

/// Where the names of each environment begin.
#[derive(Debug)]
pub(crate) struct EnvironmentNames {
    environments: Vec<Prefixes>,
    declared: bool,
}

#[derive(Debug)]
struct Prefixes {
    name: String,
    /// Every word for it.
    words: Vec<String>,
    /// Behind `parameter/`.
    parameters: Vec<String>,
    /// Behind `secret:`.
    secrets: Vec<String>,
}

impl EnvironmentNames {
    /// From the manifest, else the usual words.
    pub(crate) fn of(case: &Case<'_>) -> Self {
        let Some(declaration) = case.declaration else {
            let environments = USUAL.iter().map(|words| {
                let prefixes: Vec<String> = words.iter().map(|word| format!("{word}/")).collect();
                Prefixes {
                    name: words.first().copied().unwrap_or_default().to_owned(),
                    words: words.iter().map(|word| (*word).to_owned()).collect(),
                    parameters: prefixes.clone(),
                    secrets: prefixes,
                }
            });
            return Self { environments: environments.collect(), declared: false };
        };
        let path = &declaration.project.path;
        let environments = declaration.environments.values().map(|environment| {
            let prefix = |template: &str| {
                let head = template.split("{secret}").next().unwrap_or_default();
                // A template without the environment in front of the secret keeps them apart in no way that a prefix shows.
                head.contains("{environment}").then(|| declaration.expand(head, &environment.name, "", ""))
            };
            Prefixes {
                name: environment.name.clone(),
                words: vec![environment.name.clone()],
                parameters: prefix(&path.ssm).map(|prefix| prefix.trim_start_matches('/').to_owned()).into_iter().collect(),
                secrets: prefix(&path.secretsmanager).into_iter().collect(),
            }
        });
        Self { environments: environments.collect(), declared: true }
    }

    /// Whether a manifest names them.
    pub(crate) fn is_declared(&self) -> bool {
        self.declared
    }

    /// How sure we are of what is concluded from them.
    pub(crate) fn sureness(&self) -> Confidence {
        if self.declared { Confidence::Certain } else { Confidence::Likely }
    }

    /// The only environment that a path or a name speaks of.
    pub(crate) fn in_words(&self, text: &str) -> Option<&str> {
        let text = text.to_ascii_lowercase();
        let words: BTreeSet<&str> = text.split(|character: char| !character.is_ascii_alphanumeric()).collect();
        let spoken = |word: &String| {
            let word = word.to_ascii_lowercase();
            // A name of several words is looked for as it is.
            words.contains(word.as_str()) || (word.contains(|character: char| !character.is_ascii_alphanumeric()) && text.contains(&word))
        };
        let mut found = self.environments.iter().filter(|environment| environment.words.iter().any(spoken));
        match (found.next(), found.next()) {
            (Some(only), None) => Some(&only.name),
            _ => None,
        }
    }

    /// The environment whose names the sixth part of a resource's ARN begins with.
    pub(crate) fn of_resource(&self, service: &str, last: &str) -> Option<&str> {
        let name = name_in(service, last)?.trim_start_matches('/');
        let of = |environment: &&Prefixes| environment.of(service).iter().any(|prefix| name.starts_with(prefix.trim_start_matches('/')));
        self.environments.iter().find(of).map(|environment| environment.name.as_str())
    }

    /// The environments of the manifest that a pattern of names reaches, unless it reaches simply everything.
    pub(crate) fn reached(&self, service: &str, last: &str) -> Vec<&str> {
        let Some(name) = name_in(service, last).filter(|name| self.declared && name.chars().any(|character| !"*?".contains(character)))
        else {
            return Vec::new();
        };
        let reaches =
            |environment: &&Prefixes| environment.of(service).iter().any(|prefix| pattern::meet(name, &format!("{prefix}*")) == Some(true));
        self.environments.iter().filter(reaches).map(|environment| environment.name.as_str()).collect()
    }
}

impl Prefixes {
    fn of(&self, service: &str) -> &[String] {
        if service == "ssm" { &self.parameters } else { &self.secrets }
    }
}

fn name_in<'a>(service: &str, last: &'a str) -> Option<&'a str> {
    match service {
        "ssm" => last.strip_prefix("parameter/"),
        "secretsmanager" => last.strip_prefix("secret:"),
        _ => None,
    }
}

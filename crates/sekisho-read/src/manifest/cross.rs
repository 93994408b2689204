//! What no single key shows: names that must exist, names that result from templates, keys that need each other.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_model::declaration::{Environment, SecretDeclaration, Service, StoreKind, StoredAs, StoredNameError};
use sekisho_model::{ParameterName, ParameterNameError, Place, SecretName, SecretNameError, Spanned};

use crate::manifest::extract::Extract;
use crate::problem::{
    MANIFEST_ACCOUNT_NEEDED, MANIFEST_PLACEHOLDER, MANIFEST_PLAINTEXT, MANIFEST_SAME_NAME, MANIFEST_SAME_VARIABLE, MANIFEST_SECRET_TWICE,
    MANIFEST_STORED_NAME, MANIFEST_TEMPLATE_NAME, MANIFEST_TEMPLATE_SECRET, MANIFEST_UNKNOWN_ENVIRONMENT, MANIFEST_UNKNOWN_SECRET, Problem,
    suggest,
};

/// After so many problems no more names are suggested.
const SUGGESTIONS: usize = 100;

/// Everything that is wrong between the parts of the manifest.
pub(super) fn check(extract: &Extract) -> Vec<Problem> {
    let mut problems = Vec::new();
    let doubtful = templates(extract, &mut problems);
    for environment in extract.declaration.environments.values() {
        accounts_and_plaintext(extract, environment, &mut problems);
        stored_names(extract, environment, &doubtful, &mut problems);
    }
    for ((secret, environment), place) in &extract.differences {
        if !extract.environments.contains(environment) {
            let problem = Problem::at(MANIFEST_UNKNOWN_ENVIRONMENT, place.clone())
                .with_text("secret", secret)
                .with_text("environment", environment)
                .with_suggestion(environment, extract.environments.iter().map(String::as_str));
            problems.push(problem);
        }
    }
    for service in extract.declaration.services.values() {
        service_secrets(extract, service, &mut problems);
        service_placeholders(service, &mut problems);
    }
    problems
}

/// Checks the path templates and names of secrets as such. Returns the stores whose template is wrong, so that it is not reported once more for
/// every secret.
fn templates(extract: &Extract, problems: &mut Vec<Problem>) -> BTreeSet<StoreKind> {
    let path = &extract.declaration.project.path;
    let mut doubtful = BTreeSet::new();
    for (store, key, template, place) in [
        (StoreKind::Ssm, "project.path.ssm", &path.ssm, &extract.ssm_template),
        (StoreKind::SecretsManager, "project.path.secretsmanager", &path.secretsmanager, &extract.secretsmanager_template),
    ] {
        let Some(place) = place else { continue };
        let before = problems.len();
        placeholders(&Spanned::new(template.clone(), place.clone()), key, &["environment", "secret", "project"], false, problems);
        if !template.contains("{secret}") {
            problems.push(Problem::at(MANIFEST_TEMPLATE_SECRET, place.clone()).with("key", key));
        }
        if problems.len() == before {
            let sample = extract.declaration.expand(template, "e", "s", "");
            let result = match store {
                StoreKind::Ssm => sample.parse::<ParameterName>().map(drop).map_err(StoredNameError::from),
                _ => sample.parse::<SecretName>().map(drop).map_err(StoredNameError::from),
            };
            if let Err(error) = result {
                problems.push(with_reason(Problem::at(MANIFEST_TEMPLATE_NAME, place.clone()).with("key", key), &error));
            }
        }
        if problems.len() > before {
            doubtful.insert(store);
        }
    }
    for secret in extract.declaration.secrets.values() {
        for name in secret.environments.values().filter_map(|there| there.name.as_ref()) {
            placeholders(name, "name", &["environment", "secret", "project"], false, problems);
        }
    }
    doubtful
}

/// Reports every `{word}` of `text` that is not `known`. Where `lenient`, only those that look like a slip of the hand: in a command's arguments
/// braces may belong to somebody else.
fn placeholders(text: &Spanned<String>, key: &str, known: &[&'static str], lenient: bool, problems: &mut Vec<Problem>) {
    for part in text.value.split('{').skip(1) {
        let Some((word, _)) = part.split_once('}') else { continue };
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic() || b"_-".contains(&byte));
        if !is_word || known.contains(&word) || (lenient && suggest(word, known.iter().copied()).is_none()) {
            continue;
        }
        let problem = Problem::at(MANIFEST_PLACEHOLDER, text.place.clone())
            .with("key", key)
            .with_text("placeholder", word)
            .with("known", known.iter().map(|word| format!("{{{word}}}")).collect::<Vec<_>>().join("`, `"))
            .with_suggestion(word, known.iter().copied());
        problems.push(problem);
    }
}

fn service_placeholders(service: &Service, problems: &mut Vec<Problem>) {
    if let Some(cluster) = &service.cluster {
        placeholders(cluster, "cluster", &["environment", "service", "project"], false, problems);
    }
    if let Some(file) = &service.task_definition {
        placeholders(file, "task_definition", &["environment", "service", "project"], false, problems);
    }
    for argument in service.deploy.iter().flatten() {
        placeholders(argument, "deploy", &["environment", "service", "project"], true, problems);
    }
}

fn accounts_and_plaintext(extract: &Extract, environment: &Environment, problems: &mut Vec<Problem>) {
    let declaration = &extract.declaration;
    let stores = declaration.secrets.values().map(|secret| (Some(secret), declaration.store_of(secret, environment)));
    let stores: Vec<_> = stores.chain([(None, environment.store)]).collect();
    let aws_itself = environment.endpoint.is_none() && stores.iter().any(|(_, store)| *store != StoreKind::Environment);
    if environment.protected && aws_itself && environment.account.is_none() {
        problems.push(Problem::at(MANIFEST_ACCOUNT_NEEDED, environment.place.clone()).with_text("environment", &environment.name));
    }
    if environment.allow_plaintext {
        return;
    }
    let plain = |problem: Problem| problem.with_text("environment", &environment.name);
    if environment.store == StoreKind::Environment {
        problems.push(plain(Problem::at(MANIFEST_PLAINTEXT, environment.place.clone())));
        return;
    }
    for secret in stores.into_iter().filter(|(_, store)| *store == StoreKind::Environment).filter_map(|(secret, _)| secret) {
        problems.push(plain(Problem::at(MANIFEST_PLAINTEXT, place_in(extract, secret, environment))));
    }
}

/// Where `secret` says what differs in `environment`, else where it begins.
fn place_in(extract: &Extract, secret: &SecretDeclaration, environment: &Environment) -> Place {
    let there = extract.differences.get(&(secret.name.clone(), environment.name.clone()));
    there.unwrap_or(&secret.place).clone()
}

/// Checks that every secret has a legal name in `environment`, and one that no other has.
fn stored_names(extract: &Extract, environment: &Environment, doubtful: &BTreeSet<StoreKind>, problems: &mut Vec<Problem>) {
    let declaration = &extract.declaration;
    let mut taken: BTreeMap<(StoreKind, String), &str> = BTreeMap::new();
    for secret in declaration.secrets.values() {
        let store = declaration.store_of(secret, environment);
        let own = secret.environments.get(&environment.name).and_then(|there| there.name.as_ref());
        if extract.unsure.contains(&(secret.name.clone(), environment.name.clone())) || (doubtful.contains(&store) && own.is_none()) {
            continue;
        }
        let place = || own.map_or_else(|| secret.place.clone(), |name| name.place.clone());
        // Only Parameter Store has a name for each JSON key.
        let keys: BTreeSet<&str> = secret.keys.values().map(|key| key.value.as_str()).collect();
        let keys: Vec<Option<&str>> =
            if store == StoreKind::Ssm && !keys.is_empty() { keys.into_iter().map(Some).collect() } else { vec![None] };
        for key in keys {
            let name = match declaration.stored_as(secret, environment, key) {
                Ok(StoredAs::Parameter(name)) => name.to_string(),
                Ok(StoredAs::Secret(name)) => name.to_string(),
                Ok(StoredAs::Arn(_) | StoredAs::Plaintext) => continue,
                Err(error) => {
                    let problem = Problem::at(MANIFEST_STORED_NAME, place())
                        .with_text("secret", &secret.name)
                        .with_text("environment", &environment.name);
                    problems.push(with_reason(problem, &error));
                    continue;
                }
            };
            if let Some(first) = taken.insert((store, name.clone()), &secret.name) {
                let problem = Problem::at(MANIFEST_SAME_NAME, place())
                    .with_text("secret", &secret.name)
                    .with_text("first", first)
                    .with_text("environment", &environment.name)
                    .with("store", store)
                    .with_text("name", &name);
                problems.push(problem);
            }
        }
    }
}

/// Adds `store`, `reason`, `character` and `count` of a name that a store would refuse.
fn with_reason(problem: Problem, error: &StoredNameError) -> Problem {
    let (store, reason, character, count) = match error {
        StoredNameError::Parameter(error) => match error {
            ParameterNameError::Empty => ("ssm", "empty", None, 0),
            ParameterNameError::Character { character, at, .. } => ("ssm", "character", Some(*character), *at),
            ParameterNameError::Long { length } => ("ssm", "long", None, *length),
            ParameterNameError::Deep { levels, .. } => ("ssm", "deep", None, *levels),
            ParameterNameError::NoLeadingSlash { .. } => ("ssm", "no-leading-slash", None, 0),
            ParameterNameError::EmptyLevel { .. } => ("ssm", "empty-level", None, 0),
            ParameterNameError::Reserved { .. } => ("ssm", "reserved", None, 0),
        },
        StoredNameError::Secret(error) => match error {
            SecretNameError::Empty => ("secretsmanager", "empty", None, 0),
            SecretNameError::Long { length } => ("secretsmanager", "long", None, *length),
            SecretNameError::Character { character, at, .. } => ("secretsmanager", "character", Some(*character), *at),
        },
    };
    let character = character.map(|character| character.escape_debug().to_string()).unwrap_or_default();
    problem.with("store", store).with("reason", reason).with("character", character).with("count", count)
}

/// Checks that the secrets of a service exist, and that no container would get one variable from two of them.
fn service_secrets(extract: &Extract, service: &Service, problems: &mut Vec<Problem>) {
    let whole = Received::default().take(extract, service, None, &service.secrets, problems);
    for (container, secrets) in &service.containers {
        whole.clone().take(extract, service, Some(container), secrets, problems);
    }
}

/// What a container receives so far.
#[derive(Clone, Default)]
struct Received<'e> {
    secrets: BTreeSet<&'e str>,
    variables: BTreeMap<&'e str, &'e str>,
}

impl<'e> Received<'e> {
    fn take(
        mut self,
        extract: &'e Extract,
        service: &'e Service,
        container: Option<&str>,
        names: &'e [Spanned<String>],
        problems: &mut Vec<Problem>,
    ) -> Self {
        for name in names {
            let at = |code| Problem::at(code, name.place.clone()).with_text("service", &service.name).with_text("secret", &name.value);
            if !extract.secrets.contains(&name.value) {
                let problem = at(MANIFEST_UNKNOWN_SECRET);
                // Each suggestion is a comparison with every secret.
                problems.push(if problems.len() < SUGGESTIONS {
                    problem.with_suggestion(&name.value, extract.secrets.iter().map(String::as_str))
                } else {
                    problem.without_suggestion()
                });
                continue;
            }
            if !self.secrets.insert(&name.value) {
                problems.push(at(MANIFEST_SECRET_TWICE));
                continue;
            }
            for variable in extract.variables.get(&name.value).into_iter().flatten() {
                if let Some(first) = self.variables.insert(&variable.value, &name.value) {
                    let problem = at(MANIFEST_SAME_VARIABLE)
                        .with_text("variable", &variable.value)
                        .with_text("first", first)
                        .with("inside", if container.is_some() { "yes" } else { "no" })
                        .with_text("container", container.unwrap_or_default());
                    problems.push(problem);
                }
            }
        }
        self
    }
}

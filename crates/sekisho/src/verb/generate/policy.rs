//! `generate policy`: the policy that allows exactly what a service's tasks, or one of our own verbs, call. From files; no account is asked.

use sekisho_generate::{policies_hcl, policies_json};
use sekisho_iam::{Call, GrantPolicy, MANAGED_POLICY_LIMIT, minimal};
use sekisho_model::AccountId;
use sekisho_model::declaration::Environment;
use sekisho_model::value_from::Surroundings;

use super::calls;
use crate::cli::{GeneratePolicy, PolicyFormat};
use crate::failure::{Failure, Outcome};
use crate::files::Manifest;
use crate::session::{self, Session};
use crate::survey::Survey;

pub(super) fn run(session: &Session, arguments: &GeneratePolicy) -> Outcome {
    let (name, calls) = match &arguments.verb {
        Some(verb) => (format!("sekisho-{verb}"), calls::of_verb(verb, arguments.write)?),
        None => of_tasks(session, arguments)?,
    };
    if calls.is_empty() {
        return Err(Failure::new("generate-nothing").with("name", name));
    }
    let policies = minimal(&calls, MANAGED_POLICY_LIMIT);
    if policies.len() > 1 {
        session.tell("generate-split", &[("count", policies.len().to_string()), ("limit", MANAGED_POLICY_LIMIT.to_string())]);
    }
    // What a single statement could not be split into does not fit either.
    if let Some(large) = policies.iter().map(GrantPolicy::size).find(|size| *size > MANAGED_POLICY_LIMIT) {
        return Err(Failure::new("generate-large").with("size", large).with("limit", MANAGED_POLICY_LIMIT));
    }
    match arguments.format {
        PolicyFormat::Json => session.print(&policies_json(&policies)),
        PolicyFormat::Hcl => session.print(&policies_hcl(&policies, &name)),
    }
    Ok(0)
}

/// The calls of the services of an environment, or of the task definitions that were named, and a name for the policy.
fn of_tasks(session: &Session, arguments: &GeneratePolicy) -> Result<(String, Vec<Call>), Failure> {
    let manifest =
        if arguments.task_definition.is_empty() || arguments.environment.is_some() { Some(session.needed_manifest()?) } else { None };
    let environment = match &manifest {
        Some(manifest) => Some((manifest, chosen(manifest, arguments.environment.as_deref())?)),
        None => None,
    };
    let survey = match environment {
        Some((manifest, environment)) if arguments.task_definition.is_empty() => {
            Survey::of_services(manifest, environment, &session::services(&manifest.declaration, &arguments.service)?)?
        }
        environment => Survey::of_files(environment, &arguments.task_definition)?,
    };
    let surroundings = surroundings(session, arguments, environment, &survey)?;
    let references = survey.references(&surroundings)?;
    let declared = environment.map(|(_, environment)| environment);
    let calls = calls::of_tasks(&survey, &references, &surroundings, declared);
    let name = match environment {
        Some((manifest, environment)) => {
            let of: Vec<&str> = [manifest.declaration.project.name.value.as_str(), environment.name.as_str()]
                .into_iter()
                .chain(arguments.service.iter().map(String::as_str))
                .collect();
            of.join("-")
        }
        None => references.definitions.iter().map(|definition| definition.service.as_str()).collect::<Vec<_>>().join("-"),
    };
    Ok((name, calls))
}

/// The environment that is named, or the only one.
fn chosen<'m>(manifest: &'m Manifest, name: Option<&str>) -> Result<&'m Environment, Failure> {
    let environments = &manifest.declaration.environments;
    match (name, environments.values().next()) {
        (Some(name), _) => session::environment(&manifest.declaration, name),
        (None, Some(only)) if environments.len() == 1 => Ok(only),
        (None, _) => {
            let known: Vec<&str> = environments.keys().map(String::as_str).collect();
            Err(Failure::new("generate-which-environment").with("known", known.join(", ")))
        }
    }
}

/// Region and account: from the flags, the manifest, or the definitions' own ARNs. Without them a policy would have to reach every account.
fn surroundings(
    session: &Session,
    arguments: &GeneratePolicy,
    environment: Option<(&Manifest, &Environment)>,
    survey: &Survey<'_>,
) -> Result<Surroundings, Failure> {
    let (hint_region, hint_account) = survey.hints();
    let region = match &session.global.region {
        Some(text) => Some(text.parse().map_err(|_| Failure::new("bad-region").with("text", text))?),
        None => environment.and_then(|(manifest, environment)| manifest.declaration.region_of(environment).cloned()).or(hint_region),
    };
    let account: Option<AccountId> = match &arguments.account {
        Some(text) => Some(text.parse().map_err(|_| Failure::new("can-bad-account").with("account", text))?),
        None => environment.and_then(|(_, environment)| environment.account.as_ref()).map(|account| account.value.clone()).or(hint_account),
    };
    if region.is_none() {
        return Err(Failure::new("no-region"));
    }
    if account.is_none() {
        return Err(Failure::new("generate-no-account"));
    }
    Ok(Surroundings { region, account })
}

//! `can`: may this principal do that, under these policies? From files; no account is asked.

mod batch;
mod diff;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sekisho_iam::{
    CompiledPolicy, Context, ContextValue, Layer, Layers, OrgLevel, Outcome, PolicySet, Principal, Request, Resource, decide, explain,
};
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_model::{AccountId, Because};
use sekisho_report::{decision_json, decision_text};

use crate::cli::{Can, Output, PolicyLayer};
use crate::failure::{Failure, Outcome as Exit, UNPROVED};
use crate::files;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Can) -> Exit {
    if let Some(file) = &arguments.batch {
        return batch::run(session, file);
    }
    if let Some([old, new]) = arguments.diff.as_deref() {
        return diff::run(session, old, new);
    }
    let request = request(arguments)?;
    let layers = layers(arguments, &request)?;
    let decision = decide(&request, &layers);
    let changes = explain(&request, &layers, &decision);
    let assumed = if decision.outcome.is_denied() { Vec::new() } else { assumed(arguments, &request, &layers) };
    match session.global.output {
        Output::Text => session.print(&decision_text(&request, &decision, &changes, &assumed, &session.wording)),
        Output::Json => session.print_json(&format!("{:#}\n", decision_json(&request, &decision, &changes, &assumed))),
        _ => session.print_json(&format!("{}\n", decision_json(&request, &decision, &changes, &assumed))),
    }
    Ok(match decision.outcome {
        Outcome::Allowed => 0,
        Outcome::ImplicitlyDenied | Outcome::ExplicitlyDenied => 1,
        Outcome::CannotTell => UNPROVED,
    })
}

fn request(arguments: &Can) -> Result<Request, Failure> {
    let principal = principal(arguments.principal.as_deref().unwrap_or_default())?;
    let action = arguments.action.as_deref().unwrap_or_default();
    if !action.contains(':') || action.contains(['*', '?']) {
        return Err(Failure::new("can-bad-action").with("action", action));
    }
    let mut resource = Resource::like(&arguments.resource);
    if arguments.resource == "*" {
        resource = Resource::new("*");
    }
    if let Some(account) = &arguments.resource_account {
        resource = resource.in_account(&account_id(account)?);
    }
    let mut context = if arguments.complete { Context::complete() } else { Context::partial() };
    for (key, value) in context_values(&arguments.context)? {
        context.set(&key, value);
    }
    for key in &arguments.absent {
        context.set(key, ContextValue::Absent);
    }
    Ok(Request::new(principal, action, resource, context).with_usual_keys())
}

fn principal(text: &str) -> Result<Principal, Failure> {
    Principal::parse(text).map_err(|_| Failure::new("can-bad-principal").with("principal", text))
}

fn account_id(text: &str) -> Result<AccountId, Failure> {
    text.parse().map_err(|_| Failure::new("can-bad-account").with("account", text))
}

/// `KEY=VALUE`, each; a key that is given again has several values.
fn context_values(given: &[String]) -> Result<BTreeMap<String, ContextValue>, Failure> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in given {
        let (key, value) = pair.split_once('=').ok_or_else(|| Failure::new("can-bad-context").with("given", pair))?;
        values.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    let one_or_many = |mut values: Vec<String>| match values.len() {
        1 => ContextValue::One(values.remove(0)),
        _ => ContextValue::Many(values),
    };
    Ok(values.into_iter().map(|(key, values)| (key, one_or_many(values))).collect())
}

/// The layers, of the files that were given.
fn layers(arguments: &Can, request: &Request) -> Result<Layers, Failure> {
    let unknown = |layer: PolicyLayer| arguments.unknown.contains(&layer);
    let set = |layer: PolicyLayer, kind: PolicyKind, paths: &mut dyn Iterator<Item = &Path>| -> Result<Layer<PolicySet>, Failure> {
        if unknown(layer) {
            return Ok(Layer::unknown(Because::NotAsked));
        }
        let policies = paths.map(|path| compiled(path, kind)).collect::<Result<Vec<_>, _>>()?;
        Ok(if policies.is_empty() { Layer::DoesNotExist } else { Layer::Known(PolicySet::new(policies)) })
    };
    let levels = |layer: PolicyLayer, kind: PolicyKind, given: &[String]| -> Result<Layer<Vec<OrgLevel>>, Failure> {
        if unknown(layer) {
            return Ok(Layer::unknown(Because::NotAsked));
        }
        let mut levels: Vec<(&str, Vec<Arc<CompiledPolicy>>)> = Vec::new();
        for given in given {
            let (level, path) = given.split_once('=').unwrap_or(("", given));
            let policy = compiled(Path::new(path), kind)?;
            match levels.iter_mut().find(|(known, _)| *known == level) {
                Some((_, policies)) => policies.push(policy),
                None => levels.push((level, vec![policy])),
            }
        }
        let levels: Vec<OrgLevel> =
            levels.into_iter().map(|(name, policies)| OrgLevel { name: name.into(), policies: PolicySet::new(policies) }).collect();
        Ok(if levels.is_empty() { Layer::DoesNotExist } else { Layer::Known(levels) })
    };
    let paths = |paths: &[std::path::PathBuf], layer, kind| set(layer, kind, &mut paths.iter().map(std::path::PathBuf::as_path));
    let of_resource = if is_assuming(request) { PolicyKind::Trust } else { PolicyKind::Resource };
    let one = |path: &Option<std::path::PathBuf>| path.iter().cloned().collect::<Vec<_>>();
    let mut layers = Layers {
        identity: paths(&arguments.identity_policy, PolicyLayer::Identity, PolicyKind::Identity)?,
        resource: paths(&one(&arguments.resource_policy), PolicyLayer::Resource, of_resource)?,
        boundary: paths(&one(&arguments.boundary), PolicyLayer::Boundary, PolicyKind::Boundary)?,
        session: paths(&arguments.session_policy, PolicyLayer::Session, PolicyKind::Session)?,
        scps: levels(PolicyLayer::Scp, PolicyKind::ServiceControl, &arguments.scp)?,
        rcps: levels(PolicyLayer::Rcp, PolicyKind::ResourceControl, &arguments.rcp)?,
        endpoint: paths(&arguments.endpoint_policy, PolicyLayer::Endpoint, PolicyKind::Endpoint)?,
    };
    // A key and a role always have a policy, and another account's resource lets nobody in without one: what was not given is not known.
    if matches!(layers.resource, Layer::DoesNotExist) && has_policy_of_its_own(request) {
        layers.resource = Layer::unknown(Because::NotAsked);
    }
    Ok(layers)
}

fn is_assuming(request: &Request) -> bool {
    request.action().to_ascii_lowercase().starts_with("sts:assumerole") && request.resource().text().contains(":role/")
}

fn has_policy_of_its_own(request: &Request) -> bool {
    let resource = request.resource();
    let of_key = request.action().to_ascii_lowercase().starts_with("kms:") && resource.text().contains(":key/");
    let across = matches!((request.principal().account(), resource.account()), (Some(own), Some(other)) if own != other);
    of_key || is_assuming(request) || across
}

fn compiled(path: &Path, kind: PolicyKind) -> Result<Arc<CompiledPolicy>, Failure> {
    let (name, document) = document(path, kind)?;
    Ok(Arc::new(CompiledPolicy::new(&name, kind, document)))
}

/// The policy in a file, and the file's name.
pub(in crate::verb) fn document(path: &Path, kind: PolicyKind) -> Result<(String, PolicyDocument), Failure> {
    let bytes = files::read(path)?;
    let name = path.display().to_string();
    let document = sekisho_read::policy(&name, &bytes, Some(kind))?;
    Ok((name, document))
}

/// What an answer takes for granted: layers that may exist and were not given.
fn assumed(arguments: &Can, request: &Request, layers: &Layers) -> Vec<&'static str> {
    let mut assumed = Vec::new();
    let own = request.principal().account().is_some();
    let mut note = |absent: bool, id| {
        if absent {
            assumed.push(id);
        }
    };
    note(own && matches!(layers.boundary, Layer::DoesNotExist), "decision-assume-no-boundary");
    note(
        own && matches!(layers.session, Layer::DoesNotExist)
            && arguments.principal.as_deref().is_some_and(|arn| arn.contains(":assumed-role/")),
        "decision-assume-no-session",
    );
    note(own && matches!(layers.scps, Layer::DoesNotExist), "decision-assume-no-scp");
    note(matches!(layers.rcps, Layer::DoesNotExist), "decision-assume-no-rcp");
    note(matches!(layers.endpoint, Layer::DoesNotExist), "decision-assume-no-endpoint");
    note(matches!(layers.resource, Layer::DoesNotExist) && request.resource().text() != "*", "decision-assume-no-resource-policy");
    note(request.action().to_ascii_lowercase().starts_with("kms:"), "decision-assume-no-grants");
    assumed
}

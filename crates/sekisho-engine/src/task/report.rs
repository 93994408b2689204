//! What the rules of access have in common.

use sekisho_model::Source;
use sekisho_model::access::role_name;

use super::{Decided, Need, Purpose, TaskAccess};
use crate::rules::Meta;
use crate::{Case, Confidence, Finding};

/// The references of the task's service that stand in its definition, or the service itself where it has none.
pub(crate) fn addresses_of(case: &Case<'_>, task: &TaskAccess) -> Vec<String> {
    let of_service = case.references.iter().filter(|reference| reference.service == task.service && reference.value_from.is_some());
    let addresses: Vec<String> = of_service.map(crate::Reference::address).collect();
    if addresses.is_empty() { vec![task.service.clone()] } else { addresses }
}

/// Where `address` stands: the reference's own place, or that of the role.
fn place_of<'a>(case: &'a Case<'_>, task: &'a TaskAccess, address: &str) -> &'a Source {
    case.references.iter().find(|reference| reference.address() == address).map_or(&task.source, |reference| &reference.source)
}

/// One finding for each address that needs the call.
pub(crate) fn about_call(meta: &'static Meta, case: &Case<'_>, task: &TaskAccess, decided: &Decided) -> Vec<Finding> {
    let need = &decided.need;
    need.call
        .because
        .iter()
        .map(|address| {
            let finding = Finding::new(meta, address).at(place_of(case, task, address)).as_sure_as(sureness(&need.purpose));
            finding
                .with("role", role_name(&task.role).unwrap_or_else(|| task.role.clone()))
                .with("action", &need.call.action)
                .with("resource", &need.call.resource)
                .with("statement", statement(need))
        })
        .collect()
}

/// Policies of buckets, repositories and log groups are not looked at, and one of them might allow what the role's do not.
fn sureness(purpose: &Purpose) -> Confidence {
    match purpose {
        Purpose::File | Purpose::Bucket | Purpose::Image | Purpose::Log => Confidence::Likely,
        _ => Confidence::Certain,
    }
}

/// The statement that allows exactly this call.
fn statement(need: &Need) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out =
        format!("{{\"Effect\": \"Allow\", \"Action\": {}, \"Resource\": {}", quoted(&need.call.action), quoted(&need.call.resource));
    let via = need.call.context.iter().find(|(key, _)| key == "kms:ViaService").and_then(|(_, values)| values.first());
    if let Some(via) = via {
        out += &format!(", \"Condition\": {{\"StringEquals\": {{\"kms:ViaService\": {}}}}}", quoted(via));
    }
    out + "}"
}

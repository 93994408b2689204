//! A decision on one request, in words and for machines.

use anstyle::Style;
use sekisho_iam::{Change, DecidingStatement, Decision, Doubt, Failed, Outcome, Request};
use sekisho_model::policy::Effect;
use serde_json::{Value, json};

use crate::json::place_json;
use crate::text::style;
use crate::{SCHEMA_VERSION, Wording, escape};

/// The decision with the statements that decided, what stands in its way or what has to be known, and what was taken for granted (message ids).
pub fn decision_text(request: &Request, decision: &Decision, changes: &[Change], assumed: &[&str], wording: &Wording) -> String {
    let paint_as = match decision.outcome {
        Outcome::Allowed => style::GOOD,
        Outcome::ImplicitlyDenied | Outcome::ExplicitlyDenied => style::ERROR,
        Outcome::CannotTell => style::WARNING,
    };
    let word = wording.text(&format!("decision-{}", decision.outcome), &[]);
    let asked = [
        ("principal", request.principal().to_string()),
        ("action", request.action().to_owned()),
        ("resource", request.resource().text().to_owned()),
    ];
    let mut out = format!("{}: {}\n", paint(paint_as, &word), wording.text("decision-asked", &asked));
    for statement in &decision.because {
        out += &line(&wording.text("decision-because", &arguments(statement)), statement);
    }
    for change in changes {
        match change {
            Change::Allow { layer } => out += &format!("  {}\n", wording.text("decision-lacks-allow", &layer_arguments(layer))),
            Change::Nearest { statement, failed } => {
                let mut args = arguments(statement);
                args.push(("failed", elements(failed, wording)));
                out += &line(&wording.text("decision-nearest", &args), statement);
            }
            Change::Know { doubt } => out += &doubt_text(doubt, wording),
            // The statement stands among those that decided.
            Change::Deny { .. } => {}
        }
    }
    for id in assumed {
        out += &format!("{}\n", paint(style::DIM, &format!("{}: {}", wording.text("assumed", &[]), wording.text(id, &[]))));
    }
    out
}

fn doubt_text(doubt: &Doubt, wording: &Wording) -> String {
    match doubt {
        Doubt::LayerUnknown { layer, .. } => format!("  {}\n", wording.text("decision-layer-unknown", &layer_arguments(layer))),
        Doubt::PolicyUnreadable { layer, policy } => {
            let mut args = layer_arguments(layer);
            args.push(("policy", policy.to_string()));
            format!("  {}\n", wording.text("decision-policy-unreadable", &args))
        }
        Doubt::Statement { statement, unclear } => {
            let mut args = arguments(statement);
            args.push(("failed", elements(unclear, wording)));
            line(&wording.text("decision-unclear", &args), statement)
        }
        Doubt::ResourceAccount => format!("  {}\n", wording.text("decision-resource-account", &[])),
        Doubt::ServiceLinkedRole => format!("  {}\n", wording.text("decision-service-linked-role", &[])),
    }
}

/// Elements of a statement, in words.
fn elements(failed: &[Failed], wording: &Wording) -> String {
    let words = failed.iter().map(|element| match element {
        Failed::Principal => "Principal".to_owned(),
        Failed::Action => "Action".to_owned(),
        Failed::Resource => "Resource".to_owned(),
        Failed::Condition { operator, key, missing } => {
            let args = [("operator", operator.clone()), ("key", key.clone()), ("missing", if *missing { "yes" } else { "no" }.to_owned())];
            wording.text("decision-condition", &args)
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn line(said: &str, statement: &DecidingStatement) -> String {
    let place = statement.place().map(|place| format!("  {} {}\n", paint(style::DIM, "-->"), escape(&place.to_string())));
    format!("  {said}\n{}", place.unwrap_or_default())
}

fn layer_arguments(layer: &sekisho_iam::LayerName) -> Vec<(&'static str, String)> {
    let level = match layer {
        sekisho_iam::LayerName::Scp(level) | sekisho_iam::LayerName::Rcp(level) if !level.is_empty() => level.to_string(),
        _ => "none".to_owned(),
    };
    vec![("layer", layer.as_str().to_owned()), ("level", level)]
}

fn arguments(statement: &DecidingStatement) -> Vec<(&'static str, String)> {
    let mut args = layer_arguments(&statement.layer);
    args.push(("policy", statement.policy_name().to_owned()));
    args.push(("number", (statement.statement + 1).to_string()));
    args.push(("sid", statement.sid().unwrap_or("none").to_owned()));
    args.push(("effect", statement.effect().map_or("Allow", Effect::as_str).to_owned()));
    args
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A statement that decided: `{layer, policy, statement, sid, effect}`. `statement` counts from 0, as lists do; `sid` is null where there is none.
pub fn because_json(statement: &DecidingStatement) -> Value {
    json!({
        "layer": statement.layer.as_str(),
        "policy": statement.policy_name(),
        "statement": statement.statement,
        "sid": statement.sid(),
        "effect": statement.effect().map(Effect::as_str),
    })
}

/// The decision for machines, with places where the policies have them.
pub fn decision_json(request: &Request, decision: &Decision, changes: &[Change], assumed: &[&str]) -> Value {
    let placed = |statement: &DecidingStatement| {
        let mut value = because_json(statement);
        if let Value::Object(members) = &mut value {
            members.insert("place".to_owned(), statement.place().map(place_json).unwrap_or_default());
        }
        value
    };
    let failed = |failed: &[Failed]| -> Vec<Value> {
        let element = |element: &Failed| match element {
            Failed::Principal => json!({ "element": "Principal" }),
            Failed::Action => json!({ "element": "Action" }),
            Failed::Resource => json!({ "element": "Resource" }),
            Failed::Condition { operator, key, missing } => {
                json!({ "element": "Condition", "operator": operator, "key": key, "missing": missing })
            }
        };
        failed.iter().map(element).collect()
    };
    let change = |change: &Change| match change {
        Change::Allow { layer } => json!({ "change": "allow", "layer": layer.as_str() }),
        Change::Nearest { statement, failed: of } => json!({ "change": "nearest", "statement": placed(statement), "failed": failed(of) }),
        Change::Deny { statement } => json!({ "change": "deny", "statement": placed(statement) }),
        Change::Know { doubt } => match doubt {
            Doubt::LayerUnknown { layer, .. } => json!({ "change": "know-layer", "layer": layer.as_str() }),
            Doubt::PolicyUnreadable { layer, policy } => json!({ "change": "know-policy", "layer": layer.as_str(), "policy": &**policy }),
            Doubt::Statement { statement, unclear } => {
                json!({ "change": "know-statement", "statement": placed(statement), "unclear": failed(unclear) })
            }
            Doubt::ResourceAccount => json!({ "change": "know-resource-account" }),
            Doubt::ServiceLinkedRole => json!({ "change": "know-service-linked-role" }),
        },
    };
    json!({
        "schema": SCHEMA_VERSION,
        "principal": request.principal().to_string(),
        "action": request.action(),
        "resource": request.resource().text(),
        "decision": decision.outcome.as_str(),
        "because": decision.because.iter().map(placed).collect::<Vec<_>>(),
        "changes": changes.iter().map(change).collect::<Vec<_>>(),
        "assumed": assumed,
    })
}

//! CloudFormation and SAM templates: the definitions, services, roles and stores among their resources.
//!
//! Source: AWS CloudFormation's user guide, the pages of the resource types named here.

mod intrinsic;

use sekisho_model::policy::PolicyKind;
use sekisho_model::task_definition::DefinitionKind;
use sekisho_model::template::{DeclaredParameter, RoleResource, StoredKind, StoredResource};
use sekisho_model::{Fact, Secret, Spanned};

pub(crate) use intrinsic::{Settled, evaluate, intrinsic, settle, settle_in, short};

use crate::document::{Document, FoundPolicy};
use crate::reader::Reader;
use crate::tree::{Kind, Member, Node};

/// Whether `root` is a template: it says so, or has a resource with a type of AWS.
pub(crate) fn is_template(root: &Node<'_>) -> bool {
    let typed = |member: &Member<'_>| member.value.get("Type").and_then(Node::text).is_some_and(|kind| kind.starts_with("AWS::"));
    root.get("AWSTemplateFormatVersion").is_some()
        || root.get("Resources").and_then(Node::map).is_some_and(|resources| resources.iter().any(typed))
}

/// Reads the template at `root` into `document`.
pub(crate) fn template<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, document: &mut Document) {
    reader.mappings = root.get("Mappings");
    reader.is_template = true;
    parameters(reader, root, document);
    let Some(resources) = root.get("Resources") else { return };
    for member in resources.map().unwrap_or_default() {
        if member.key.is_empty() || member.key.starts_with("Fn::") {
            // `Fn::ForEach::…`, `Fn::Transform`: resources that only CloudFormation can make out.
            let source = sekisho_model::Source::Place(reader.key_place(member));
            let because = sekisho_model::Because::Unrendered(crate::reader::shown(&member.key));
            reader.unreadable.push(Fact::Unknown { because, source });
            continue;
        }
        let Some(kind) = member.value.get("Type").and_then(Node::text) else { continue };
        resource(reader, member, kind, document);
        document.unreadable.append(&mut reader.unreadable);
    }
    document.unreadable.append(&mut reader.unreadable);
}

fn parameters<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>, document: &mut Document) {
    for member in root.get("Parameters").and_then(Node::map).unwrap_or_default() {
        let parameter = &member.value;
        let hidden = parameter.get("NoEcho").is_some_and(|flag| match &flag.kind {
            Kind::Bool(flag) => *flag,
            Kind::Text(text) => text.eq_ignore_ascii_case("true"),
            _ => false,
        });
        let default = parameter.get("Default").map(|default| reader.string(default).map(Secret::new));
        let kind = parameter.get("Type").map(|kind| reader.string(kind));
        document.parameters_declared.push(DeclaredParameter { name: logical_id(reader, member), kind, default, hidden });
    }
}

fn logical_id(reader: &Reader<'_>, member: &Member<'_>) -> Spanned<String> {
    Spanned::new(member.key.clone().into_owned(), reader.key_place(member))
}

/// Reads the policy at `node`. What is wrong with it is wrong with the file, and hides nothing else of it.
fn policy<'r>(reader: &Reader<'r>, id: &str, called: Option<String>, kind: PolicyKind, node: &'r Node<'r>, document: &mut Document) {
    match crate::policy::policy_at(reader, node, Some(kind)) {
        Ok(policy) => {
            let roles = if kind == PolicyKind::Identity && document.roles.last().is_some_and(|role| role.logical_id.value == id) {
                vec![id.to_owned()]
            } else {
                Vec::new()
            };
            let name = called.map_or_else(|| id.to_owned(), |called| format!("{id}/{called}"));
            document.policies.push(FoundPolicy { name, kind, document: policy, roles });
        }
        Err(problems) => document.problems.extend(problems.problems),
    }
}

/// The roles of the template to which the policy that was read last is attached.
fn attach<'r>(reader: &mut Reader<'r>, id: &str, properties: &'r Node<'r>, document: &mut Document) {
    let mut roles = Vec::new();
    let single = reader.value(properties, "roleName");
    for role in reader.list(properties, "roles").iter().chain(single) {
        roles.extend(role.get("Ref").and_then(Node::text).map(str::to_owned));
    }
    if let Some(policy) = document.policies.last_mut().filter(|policy| policy.name == id) {
        policy.roles = roles;
    }
}

fn resource<'r>(reader: &mut Reader<'r>, member: &'r Member<'r>, kind: &str, document: &mut Document) {
    let ours = [
        "AWS::ECS::TaskDefinition",
        "AWS::ECS::DaemonTaskDefinition",
        "AWS::ECS::ExpressGatewayService",
        "AWS::ECS::Service",
        "AWS::IAM::Role",
        "AWS::IAM::Policy",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::RolePolicy",
        "AWS::KMS::Key",
        "AWS::SecretsManager::ResourcePolicy",
        "AWS::SecretsManager::Secret",
        "AWS::SSM::Parameter",
    ];
    if !ours.contains(&kind) {
        return;
    }
    let Some(properties) = member.value.get("Properties") else { return };
    if properties.map().is_none() || intrinsic(reader.case, properties).is_some() {
        return reader.lost(properties, "object");
    }
    let id = Some(logical_id(reader, member));
    match kind {
        "AWS::ECS::TaskDefinition" | "AWS::ECS::DaemonTaskDefinition" => {
            let mut definition = reader.definition(properties);
            if kind == "AWS::ECS::DaemonTaskDefinition" {
                definition.kind = DefinitionKind::Daemon;
            }
            definition.logical_id = id;
            definition.unreadable = std::mem::take(&mut reader.unreadable);
            document.definitions.push(definition);
        }
        "AWS::ECS::ExpressGatewayService" => match reader.express(properties) {
            Some(mut definition) => {
                definition.logical_id = id;
                definition.unreadable = std::mem::take(&mut reader.unreadable);
                document.definitions.push(definition);
            }
            None => reader.lost_as(properties, "primaryContainer", "nothing"),
        },
        "AWS::ECS::Service" => {
            let mut service = reader.service(properties);
            service.logical_id = id;
            service.unreadable = std::mem::take(&mut reader.unreadable);
            document.services.push(service);
        }
        "AWS::IAM::Role" => {
            let role = RoleResource {
                place: reader.place(properties),
                logical_id: logical_id(reader, member),
                name: reader.text(properties, "roleName"),
                managed_policies: reader.strings(properties, "managedPolicyArns"),
                boundary: reader.text(properties, "permissionsBoundary"),
            };
            document.roles.push(role);
            let name = &member.key;
            if let Some(trust) = reader.value(properties, "assumeRolePolicyDocument") {
                policy(reader, name, None, PolicyKind::Trust, trust, document);
            }
            for inline in reader.objects(properties, "policies") {
                let Some(node) = reader.value(inline, "policyDocument") else { continue };
                let called = reader.text(inline, "policyName").and_then(|name| name.value().cloned());
                policy(reader, name, called, PolicyKind::Identity, node, document);
            }
        }
        "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" | "AWS::IAM::RolePolicy" => {
            if let Some(node) = reader.value(properties, "policyDocument") {
                policy(reader, &member.key, None, PolicyKind::Identity, node, document);
                attach(reader, &member.key, properties, document);
            }
        }
        "AWS::KMS::Key" | "AWS::SecretsManager::ResourcePolicy" => {
            let key = if kind == "AWS::KMS::Key" { "keyPolicy" } else { "resourcePolicy" };
            if let Some(node) = reader.value(properties, key) {
                policy(reader, &member.key, None, PolicyKind::Resource, node, document);
            }
        }
        _ => {
            let generated = reader.object(properties, "generateSecretString");
            let stored = StoredResource {
                place: reader.place(properties),
                logical_id: logical_id(reader, member),
                store: if kind == "AWS::SSM::Parameter" { StoredKind::Parameter } else { StoredKind::Secret },
                name: reader.text(properties, "name"),
                parameter_type: reader.text(properties, "type"),
                key: reader.text(properties, "kmsKeyId"),
                generated_key: generated.and_then(|generated| reader.text(generated, "generateStringKey")),
            };
            document.stored.push(stored);
        }
    }
}

//! An account's authorization details, as `aws iam get-account-authorization-details` prints them.

use serde_json::{Value, json};

use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput;
use aws_sdk_iam::types::{AttachedPermissionsBoundary, AttachedPolicy, PolicyDetail};
use sekisho_model::Call;

use crate::connection::Connection;
use crate::error::{CallError, classify};
use crate::patience::{Event, patiently};

/// Pages that are read at most: a thousand entries each, far beyond any account's quotas.
const PAGES: usize = 1000;

/// Everything that GetAccountAuthorizationDetails tells, over all its pages, in the form that the AWS CLI prints: one reader reads both. Documents stay
/// percent-encoded, as IAM tells them. Rights: iam:GetAccountAuthorizationDetails.
///
/// # Errors
/// The first call's that fails: half an account would look like fewer principals than there are.
pub async fn account_details(connection: &Connection) -> Result<Vec<u8>, CallError> {
    let region = connection.region().to_string();
    let client = connection.clients(&region).iam;
    let call = Call { service: "iam", operation: "GetAccountAuthorizationDetails", region };
    let mut lists: [Vec<Value>; 4] = Default::default();
    let mut marker = None;
    for _ in 0..PAGES {
        let answer = patiently(&connection.watch, async || {
            let request = client.get_account_authorization_details().max_items(1000).set_marker(marker.clone());
            request.send().await.map_err(|error| classify(&call, &error))
        })
        .await?;
        connection.watch.tell(Event::Answered { call: call.clone(), done: 1, total: 1 });
        for (list, page) in lists.iter_mut().zip(page(&answer)) {
            list.extend(page);
        }
        marker = answer.marker().filter(|_| answer.is_truncated()).map(str::to_owned);
        if marker.is_none() {
            break;
        }
    }
    let [users, groups, roles, policies] = lists;
    let whole = json!({ "UserDetailList": users, "GroupDetailList": groups, "RoleDetailList": roles, "Policies": policies });
    Ok(whole.to_string().into_bytes())
}

fn page(answer: &GetAccountAuthorizationDetailsOutput) -> [Vec<Value>; 4] {
    let users = answer.user_detail_list().iter().map(|user| {
        json!({
            "Path": user.path(), "UserName": user.user_name(), "UserId": user.user_id(), "Arn": user.arn(),
            "UserPolicyList": inline(user.user_policy_list()),
            "GroupList": user.group_list(),
            "AttachedManagedPolicies": attached(user.attached_managed_policies()),
            "PermissionsBoundary": boundary(user.permissions_boundary()),
            "Tags": user.tags().iter().map(|tag| json!({ "Key": tag.key(), "Value": tag.value() })).collect::<Vec<_>>(),
        })
    });
    let groups = answer.group_detail_list().iter().map(|group| {
        json!({
            "Path": group.path(), "GroupName": group.group_name(), "GroupId": group.group_id(), "Arn": group.arn(),
            "GroupPolicyList": inline(group.group_policy_list()),
            "AttachedManagedPolicies": attached(group.attached_managed_policies()),
        })
    });
    let roles = answer.role_detail_list().iter().map(|role| {
        json!({
            "Path": role.path(), "RoleName": role.role_name(), "RoleId": role.role_id(), "Arn": role.arn(),
            "AssumeRolePolicyDocument": role.assume_role_policy_document(),
            "InstanceProfileList": [],
            "RolePolicyList": inline(role.role_policy_list()),
            "AttachedManagedPolicies": attached(role.attached_managed_policies()),
            "PermissionsBoundary": boundary(role.permissions_boundary()),
            "Tags": role.tags().iter().map(|tag| json!({ "Key": tag.key(), "Value": tag.value() })).collect::<Vec<_>>(),
        })
    });
    let policies = answer.policies().iter().map(|policy| {
        let versions = policy.policy_version_list().iter().map(|version| {
            json!({ "VersionId": version.version_id(), "IsDefaultVersion": version.is_default_version(), "Document": version.document() })
        });
        json!({
            "PolicyName": policy.policy_name(), "PolicyId": policy.policy_id(), "Arn": policy.arn(), "Path": policy.path(),
            "DefaultVersionId": policy.default_version_id(), "IsAttachable": policy.is_attachable(),
            "PolicyVersionList": versions.collect::<Vec<_>>(),
        })
    });
    [users.map(bare).collect(), groups.map(bare).collect(), roles.map(bare).collect(), policies.map(bare).collect()]
}

/// Without the members that are absent, as the CLI prints.
fn bare(value: Value) -> Value {
    match value {
        Value::Object(members) => members.into_iter().filter(|(_, member)| !member.is_null()).collect(),
        other => other,
    }
}

fn inline(policies: &[PolicyDetail]) -> Vec<Value> {
    policies.iter().map(|policy| json!({ "PolicyName": policy.policy_name(), "PolicyDocument": policy.policy_document() })).collect()
}

fn attached(policies: &[AttachedPolicy]) -> Vec<Value> {
    policies.iter().map(|policy| json!({ "PolicyName": policy.policy_name(), "PolicyArn": policy.policy_arn() })).collect()
}

fn boundary(boundary: Option<&AttachedPermissionsBoundary>) -> Value {
    boundary.map_or(
        Value::Null,
        |boundary| json!({ "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary.permissions_boundary_arn() }),
    )
}

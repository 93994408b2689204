use sekisho_model::account_details::{AccountDetails, AccountPrincipal};
use sekisho_read::account_details;
use serde_json::{Value, json};

fn policy(action: &str) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "*" }] })
}

fn encoded(document: &Value) -> String {
    document
        .to_string()
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn whole() -> Value {
    json!({
        "UserDetailList": [{ "Path": "/", "UserName": "ann", "Arn": "arn:aws:iam::123456789012:user/ann", "GroupList": ["readers", "gone"],
            "UserPolicyList": [{ "PolicyName": "own", "PolicyDocument": encoded(&policy("ssm:GetParameters")) }], "AttachedManagedPolicies": [] }],
        "GroupDetailList": [{ "GroupName": "readers", "Arn": "arn:aws:iam::123456789012:group/readers", "GroupPolicyList": [],
            "AttachedManagedPolicies": [{ "PolicyName": "m", "PolicyArn": "arn:aws:iam::123456789012:policy/m" }] }],
        "RoleDetailList": [{ "RoleName": "exec", "Arn": "arn:aws:iam::123456789012:role/ecs/exec",
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] },
            "RolePolicyList": [], "AttachedManagedPolicies": [{ "PolicyName": "m", "PolicyArn": "arn:aws:iam::123456789012:policy/m" }, { "PolicyName": "aws", "PolicyArn": "arn:aws:iam::aws:policy/aws" }],
            "PermissionsBoundary": { "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::123456789012:policy/m" },
            "Tags": [{ "Key": "team", "Value": "a" }] }],
        "Policies": [{ "PolicyName": "m", "Arn": "arn:aws:iam::123456789012:policy/m", "DefaultVersionId": "v2",
            "PolicyVersionList": [{ "VersionId": "v1", "IsDefaultVersion": false, "Document": policy("*") }, { "VersionId": "v2", "IsDefaultVersion": true, "Document": policy("kms:Decrypt") }] }]
    })
}

fn read(text: &str) -> AccountDetails {
    account_details("details.json", text.as_bytes()).unwrap()
}

fn actions(principal: &AccountPrincipal) -> Vec<(String, Option<String>)> {
    let of = |policy: &sekisho_model::account_details::SharedPolicy| {
        policy.document.value().map(|document| document.statements[0].action.patterns[0].text.clone())
    };
    principal.policies.iter().map(|policy| (policy.name.clone(), of(policy))).collect()
}

#[test]
fn users_have_their_groups_policies_and_roles_their_default_versions() {
    let details = read(&whole().to_string());
    let [ann, exec] = details.principals.as_slice() else { panic!("two principals: {details:?}") };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        actions(ann),
        [("own".into(), some("ssm:GetParameters")), ("readers/m".into(), some("kms:Decrypt")), ("gone/*".into(), None)]
    );
    // The policy of AWS's is not in the file: it is there all the same.
    assert_eq!(actions(exec), [("m".into(), some("kms:Decrypt")), ("aws".into(), None)]);
    assert!(
        exec.boundary.as_ref().unwrap().document.value().is_some() && exec.trust.as_ref().unwrap().value().is_some() && ann.trust.is_none()
    );
    assert_eq!(exec.tags["team"], "a");
    assert!(!details.truncated && details.unreadable.is_empty());
}

#[test]
fn pages_behind_each_other_are_one_account() {
    let mut first = whole();
    let roles = first["RoleDetailList"].take();
    first["RoleDetailList"] = json!([]);
    first["IsTruncated"] = json!(true);
    let second = json!({ "UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": [], "IsTruncated": false });
    let details = read(&format!("{first:#}\n{second:#}\n"));
    assert_eq!(details, read(&whole().to_string()));
    assert!(read(&first.to_string()).truncated, "the rest of the account is missing");
}

#[test]
fn one_unreadable_entry_spoils_no_other() {
    let mut details = whole();
    details["RoleDetailList"].as_array_mut().unwrap().push(json!({ "Arn": "arn:aws:iam::123456789012:role/odd", "RolePolicyList": 5 }));
    details["UserDetailList"][0]["UserPolicyList"][0]["PolicyDocument"] = json!("%7Bnot json");
    let read = read(&details.to_string());
    assert_eq!(read.principals.len(), 2);
    assert_eq!(read.unreadable, ["arn:aws:iam::123456789012:role/odd"]);
    assert!(read.principals[0].policies[0].document.value().is_none());
}

#[test]
fn what_is_no_account_is_refused() {
    for (text, code) in [
        ("{}", "account-details-none"),
        ("[]", "account-details-none"),
        ("", "account-details-none"),
        ("{\"UserDetailList\": [", "json-syntax"),
        ("x", "json-syntax"),
    ] {
        let problems = account_details("f", text.as_bytes()).unwrap_err().problems;
        assert_eq!(problems[0].code, code, "{text}");
    }
}

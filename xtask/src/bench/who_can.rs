//! `cargo xtask bench who-can`: account details of some tens of megabytes read, and every one of a thousand roles asked about every one of a thousand
//! secrets.
//!
//! The account is generated: each role reads five secrets by name, every tenth those of an environment, every fiftieth all; each has some managed policies
//! that have nothing to do with secrets. Policies are taken apart once, in the time that is told. A second measurement gives every secret a policy, so that
//! nobody can be passed over quickly.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use sekisho_iam::{Candidates, CompiledPolicy, Layer, Outcome, PolicySet, Protected, ProtectingKey};
use sekisho_model::policy::PolicyKind;
use serde_json::{Value, json};

const ROLES: usize = 1000;
const SECRETS: usize = 1000;

pub(super) fn run() -> anyhow::Result<bool> {
    let small = details(ROLES, 0).to_string();
    // Inline policies that are all different, so that no text is read once for many.
    let large = details(ROLES, 55).to_string();
    for (name, text) in [("as it is", &small), ("with 55 different inline policies for each role", &large)] {
        let start = Instant::now();
        let read = sekisho_read::account_details("bench", text.as_bytes()).ok().context("the account can be read")?;
        println!("read {:6.1} MB {name}: {:6.0} ms", text.len() as f64 / 1e6, milliseconds(start));
        black_box(read);
    }
    let read = sekisho_read::account_details("bench", small.as_bytes()).ok().context("the account can be read")?;
    let start = Instant::now();
    let candidates = Candidates::new(&read);
    println!("compiled {} roles: {:.0} ms", candidates.len(), milliseconds(start));
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*",
        "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] });
    let policy = sekisho_read::policy_text(&policy.to_string(), Some(PolicyKind::Resource)).ok().context("the policy can be read")?;
    let policy = PolicySet::new([Arc::new(CompiledPolicy::new("secret", PolicyKind::Resource, policy))]);
    for (name, policy) in
        [("without policies of the secrets", Layer::DoesNotExist), ("with a policy for each secret", Layer::Known(policy))]
    {
        let start = Instant::now();
        let (mut may, mut perhaps) = (0_usize, 0_usize);
        for number in 0..SECRETS {
            let protected = Protected { arn: arn(number, "AbCdEf"), policy: policy.clone(), key: ProtectingKey::AwsManaged };
            for reader in candidates.who_can(&protected) {
                if reader.outcome == Outcome::Allowed { may += 1 } else { perhaps += 1 }
            }
        }
        println!("{ROLES} roles x {SECRETS} secrets {name}: {:.0} ms ({may} may read, {perhaps} cannot tell)", milliseconds(start));
    }
    Ok(true)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn environment(number: usize) -> &'static str {
    if number.is_multiple_of(2) { "production" } else { "development" }
}

fn arn(number: usize, suffix: &str) -> String {
    format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{}/service-{}/secret-{number}-{suffix}", environment(number), number / 10)
}

/// An account of so many roles, each with so many more policies of its own.
fn details(roles: usize, more: usize) -> Value {
    let allow = |action: &str, resource: Value| json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": action, "Resource": resource }] });
    let read = "secretsmanager:GetSecretValue";
    let role = |number: usize| {
        let own: Vec<Value> = (0..5).map(|at| Value::from(arn((number + at) % SECRETS, "??????"))).collect();
        let mut inline = vec![json!({ "PolicyName": "own", "PolicyDocument": allow(read, own.into()) })];
        if number.is_multiple_of(10) {
            let wide = format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:{}/*", environment(number));
            inline.push(json!({ "PolicyName": "environment", "PolicyDocument": allow(read, wide.into()) }));
        }
        if number.is_multiple_of(50) {
            inline.push(json!({ "PolicyName": "all", "PolicyDocument": allow("*", "*".into()) }));
        }
        for at in 0..more {
            let table = format!("arn:aws:dynamodb:eu-west-1:123456789012:table/role-{number}-table-{at}-of-a-service-with-a-long-name");
            let statement = allow("dynamodb:GetItem", json!([table, format!("{table}/index/*"), format!("{table}/stream/*")]));
            inline.push(json!({ "PolicyName": format!("more-{at}"), "PolicyDocument": statement }));
        }
        let managed: Vec<Value> = (0..10)
            .map(|at| json!({ "PolicyName": format!("m{at}"), "PolicyArn": format!("arn:aws:iam::123456789012:policy/m{at}") }))
            .collect();
        json!({
            "RoleName": format!("role-{number}"), "Arn": format!("arn:aws:iam::123456789012:role/role-{number}"),
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] },
            "RolePolicyList": inline, "AttachedManagedPolicies": managed,
        })
    };
    let managed = |number: usize| {
        let statements: Vec<Value> = (0..10)
            .map(|at| json!({ "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": format!("arn:aws:s3:::bucket-{number}-{at}/*") }))
            .collect();
        json!({ "PolicyName": format!("m{number}"), "Arn": format!("arn:aws:iam::123456789012:policy/m{number}"), "DefaultVersionId": "v1",
            "PolicyVersionList": [{ "VersionId": "v1", "IsDefaultVersion": true, "Document": { "Version": "2012-10-17", "Statement": statements } }] })
    };
    json!({ "UserDetailList": [], "GroupDetailList": [], "RoleDetailList": (0..roles).map(role).collect::<Vec<_>>(), "Policies": (0..10).map(managed).collect::<Vec<_>>() })
}

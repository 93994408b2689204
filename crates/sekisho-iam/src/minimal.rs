//! From calls to the policies that allow exactly them.

use std::collections::BTreeMap;

use crate::Call;
use crate::pattern::has_wildcard;

/// Characters of a managed policy, white space not counted (facts/iam.md A9).
pub const MANAGED_POLICY_LIMIT: usize = 6_144;

/// One statement to be written: an Allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its name, of letters and digits: `ReadParameters`.
    pub sid: String,
    /// In order, none twice.
    pub actions: Vec<String>,
    /// In order, none twice.
    pub resources: Vec<String>,
    /// In order of operator and key.
    pub conditions: Vec<Narrowing>,
    /// Who needs it.
    pub because: Vec<String>,
}

/// One condition of a [`Grant`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Narrowing {
    /// `StringEquals`.
    pub operator: &'static str,
    /// `kms:ViaService`.
    pub key: String,
    /// In order, none twice; one of them has to be met.
    pub values: Vec<String>,
}

/// One policy to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantPolicy {
    /// Its statements.
    pub grants: Vec<Grant>,
}

impl GrantPolicy {
    /// Characters without white space, as IAM counts them.
    pub fn size(&self) -> usize {
        let frame = r#"{"Version":"2012-10-17","Statement":[]}"#.len();
        frame + self.grants.iter().map(Grant::size).sum::<usize>() + self.grants.len().saturating_sub(1)
    }
}

impl Grant {
    /// Characters without white space, as IAM counts them.
    pub fn size(&self) -> usize {
        let frame = r#"{"Sid":"","Effect":"Allow","Action":,"Resource":}"#.len() + self.sid.len();
        let mut size = frame + list_size(&self.actions) + list_size(&self.resources);
        if !self.conditions.is_empty() {
            size += r#","Condition":{}"#.len() + self.operators().len() - 1;
            for (operator, narrowings) in self.operators() {
                size += format!(r#""{operator}":{{}}"#).len() + narrowings.len() - 1;
                size += narrowings.iter().map(|one| one.key.len() + 3 + list_size(&one.values)).sum::<usize>();
            }
        }
        size
    }

    /// The conditions by operator.
    pub fn operators(&self) -> BTreeMap<&'static str, Vec<&Narrowing>> {
        let mut operators: BTreeMap<&'static str, Vec<&Narrowing>> = BTreeMap::new();
        for narrowing in &self.conditions {
            operators.entry(narrowing.operator).or_default().push(narrowing);
        }
        operators
    }
}

/// What a string or a list of strings takes in JSON. All our strings are free of what JSON escapes.
fn list_size(items: &[String]) -> usize {
    let strings = items.iter().map(|item| item.len() + 2).sum::<usize>();
    if let [_] = items { strings } else { strings + 2 + items.len().saturating_sub(1) }
}

/// The conditions that narrow a call of an identity to this call, out of what its request carries. What is left out is either no protection (the caller
/// chooses it) or would break later: a pinned `SecretVersionId` stops at the next version (facts/ecs.md §6.2).
fn narrowing(key: &str, values: &[String]) -> Option<Narrowing> {
    let operator = match key {
        "kms:ResourceAliases" => "ForAnyValue:StringEquals",
        "kms:ViaService" | "kms:EncryptionContext:PARAMETER_ARN" | "kms:EncryptionContext:SecretARN" => {
            if values.iter().any(|value| has_wildcard(value)) { "StringLike" } else { "StringEquals" }
        }
        _ => return None,
    };
    let mut values = values.to_vec();
    values.sort();
    values.dedup();
    Some(Narrowing { operator, key: key.to_owned(), values })
}

/// The policies that allow exactly `calls`: one statement for each kind of call, split into as many policies as `limit` characters make necessary.
///
/// Statements are only joined where that allows nothing new: the same actions under the same conditions share a list of resources, the same resources a
/// list of actions, the same key the list of encryption contexts. A call that is allowed by another's pattern (`*`) adds nothing. What somebody else than
/// an identity's policy allows (`sts:AssumeRole`, which the role's trust policy allows) is left out.
pub fn minimal(calls: &[Call], limit: usize) -> Vec<GrantPolicy> {
    let mut grants: Vec<Grant> = Vec::new();
    for call in calls.iter().filter(|call| !call.action.eq_ignore_ascii_case("sts:AssumeRole")) {
        let mut conditions: Vec<Narrowing> = call.context.iter().filter_map(|(key, values)| narrowing(key, values)).collect();
        conditions.sort();
        grants.push(Grant {
            sid: String::new(),
            actions: vec![call.action.clone()],
            resources: vec![call.resource.clone()],
            conditions,
            because: call.because.clone(),
        });
    }
    grants.sort_by(|a, b| (&a.actions, &a.resources, &a.conditions).cmp(&(&b.actions, &b.resources, &b.conditions)));
    without_covered(&mut grants);
    join(
        &mut grants,
        |a, b| a.actions == b.actions && a.resources == b.resources && same_but_context(a, b),
        |a, b| {
            for (into, from) in a.conditions.iter_mut().zip(b.conditions) {
                merge(&mut into.values, from.values);
            }
        },
    );
    join(&mut grants, |a, b| a.actions == b.actions && a.conditions == b.conditions, |a, b| merge(&mut a.resources, b.resources));
    join(&mut grants, |a, b| a.resources == b.resources && a.conditions == b.conditions, |a, b| merge(&mut a.actions, b.actions));
    let grants = grants.into_iter().flat_map(|grant| split(grant, limit)).collect();
    pack(name(grants), limit)
}

/// Takes out what another grant allows anyhow.
fn without_covered(grants: &mut Vec<Grant>) {
    let mut kept: Vec<Grant> = Vec::new();
    for grant in grants.drain(..) {
        let covers = |outer: &Grant, inner: &Grant| {
            outer.actions == inner.actions
                && outer.conditions == inner.conditions
                && outer
                    .resources
                    .iter()
                    .zip(&inner.resources)
                    .all(|(outer, inner)| crate::pattern::resource_covers(outer, inner) == Some(true))
        };
        if let Some(by) = kept.iter_mut().find(|kept| covers(kept, &grant)) {
            merge(&mut by.because, grant.because);
            continue;
        }
        let mut because = grant.because.clone();
        kept.retain(|kept| {
            let covered = covers(&grant, kept);
            if covered {
                merge(&mut because, kept.because.clone());
            }
            !covered
        });
        kept.push(Grant { because, ..grant });
    }
    *grants = kept;
}

/// Whether the conditions are the same but for the values of one encryption context, so that its values may be listed together.
fn same_but_context(a: &Grant, b: &Grant) -> bool {
    a.conditions.len() == b.conditions.len()
        && a.conditions.iter().zip(&b.conditions).all(|(a, b)| {
            a.operator == b.operator && a.key == b.key && (a.values == b.values || a.key.starts_with("kms:EncryptionContext:"))
        })
        && a.conditions.iter().zip(&b.conditions).filter(|(a, b)| a.values != b.values).count() <= 1
}

fn join(grants: &mut Vec<Grant>, may: impl Fn(&Grant, &Grant) -> bool, add: impl Fn(&mut Grant, Grant)) {
    let mut joined: Vec<Grant> = Vec::new();
    for grant in grants.drain(..) {
        match joined.iter_mut().find(|other| may(other, &grant)) {
            Some(into) => {
                merge(&mut into.because, grant.because.clone());
                add(into, grant);
            }
            None => joined.push(grant),
        }
    }
    *grants = joined;
}

fn merge(into: &mut Vec<String>, from: Vec<String>) {
    into.extend(from);
    into.sort();
    into.dedup();
}

/// One grant in pieces of which each fits into a policy of its own.
fn split(grant: Grant, limit: usize) -> Vec<Grant> {
    let alone = GrantPolicy { grants: vec![Grant { sid: "X".repeat(40), ..grant.clone() }] };
    let (first, second) = if alone.size() <= limit {
        return vec![grant];
    } else if grant.resources.len() > 1 {
        let (left, right) = halves(&grant.resources);
        (Grant { resources: left, ..grant.clone() }, Grant { resources: right, ..grant })
    } else if let Some(index) = grant.conditions.iter().position(|condition| condition.values.len() > 1) {
        let with = |values: Vec<String>| {
            let mut part = grant.clone();
            if let Some(condition) = part.conditions.get_mut(index) {
                condition.values = values;
            }
            part
        };
        let (left, right) = halves(grant.conditions.get(index).map(|condition| condition.values.as_slice()).unwrap_or_default());
        (with(left), with(right))
    } else {
        return vec![grant];
    };
    split(first, limit).into_iter().chain(split(second, limit)).collect()
}

fn halves(items: &[String]) -> (Vec<String>, Vec<String>) {
    let (left, right) = items.split_at(items.len() / 2);
    (left.to_vec(), right.to_vec())
}

/// Gives every grant its name, by what it is for; the second of a kind is numbered.
fn name(mut grants: Vec<Grant>) -> Vec<Grant> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for grant in &mut grants {
        let sid = sid_of(grant);
        let count = counts.entry(sid.clone()).or_default();
        *count += 1;
        grant.sid = if *count == 1 { sid } else { format!("{sid}{count}") };
    }
    grants
}

fn sid_of(grant: &Grant) -> String {
    let action = grant.actions.first().map(String::as_str).unwrap_or_default();
    let via = |service: &str| {
        grant.conditions.iter().any(|one| one.key == "kms:ViaService" && one.values.iter().any(|value| value.starts_with(service)))
    };
    let known = match action {
        "ssm:GetParameters" if grant.actions.len() == 1 => "ReadParameters",
        "secretsmanager:GetSecretValue" if grant.actions.len() == 1 => "ReadSecrets",
        "kms:Decrypt" if via("ssm.") => "DecryptParameters",
        "kms:Decrypt" if via("secretsmanager.") => "DecryptSecrets",
        "kms:Decrypt" if via("s3.") => "DecryptEnvironmentFiles",
        "s3:GetObject" if grant.actions.len() == 1 => "ReadEnvironmentFiles",
        "s3:GetBucketLocation" if grant.actions.len() == 1 => "LocateEnvironmentFiles",
        "ecr:GetAuthorizationToken" if grant.actions.len() == 1 => "SignInToRegistry",
        "ecr:BatchCheckLayerAvailability" | "ecr:BatchGetImage" | "ecr:GetDownloadUrlForLayer" => "PullImages",
        "logs:CreateLogStream" | "logs:PutLogEvents" => "WriteLogs",
        "logs:CreateLogGroup" => "CreateLogGroups",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    // `Ssm` + `DescribeParameters`, or the service alone where there are several actions.
    let (service, name) = action.split_once(':').unwrap_or(("", action));
    let capital: String =
        service.chars().enumerate().map(|(at, letter)| if at == 0 { letter.to_ascii_uppercase() } else { letter }).collect();
    if grant.actions.len() == 1 { format!("{capital}{name}") } else { capital }
}

/// As few policies as first-fit finds, in the grants' order.
fn pack(grants: Vec<Grant>, limit: usize) -> Vec<GrantPolicy> {
    let mut policies: Vec<GrantPolicy> = Vec::new();
    for grant in grants {
        match policies.iter_mut().find(|policy| policy.size() + 1 + grant.size() <= limit) {
            Some(policy) => policy.grants.push(grant),
            None => policies.push(GrantPolicy { grants: vec![grant] }),
        }
    }
    policies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(name: &str) -> Call {
        Call::new("ssm:GetParameters", format!("arn:aws:ssm:ap-northeast-1:123456789012:parameter/{name}"), format!("api/app/{name}"))
    }

    fn decrypt(key: &str, name: &str) -> Call {
        Call::new("kms:Decrypt", format!("arn:aws:kms:ap-northeast-1:123456789012:key/{key}"), format!("api/app/{name}"))
            .with("kms:ViaService", "ssm.ap-northeast-1.amazonaws.com")
            .with("kms:EncryptionContext:PARAMETER_ARN", format!("arn:aws:ssm:ap-northeast-1:123456789012:parameter/{name}"))
    }

    #[test]
    fn there_is_one_statement_for_each_kind() {
        let calls = [parameter("b"), parameter("a"), parameter("a"), decrypt("k1", "a"), decrypt("k1", "b"), decrypt("k2", "c")];
        let policies = minimal(&calls, MANAGED_POLICY_LIMIT);
        let grants = &policies[0].grants;
        let sids: Vec<&str> = grants.iter().map(|grant| grant.sid.as_str()).collect();
        assert_eq!((policies.len(), sids), (1, vec!["DecryptParameters", "DecryptParameters2", "ReadParameters"]));
        assert_eq!(grants[2].resources.len(), 2);
        assert_eq!(grants[2].because, ["api/app/a", "api/app/b"]);
        // The second key does not decrypt what the first does.
        let contexts: Vec<usize> = grants.iter().map(|grant| grant.conditions.iter().map(|one| one.values.len()).sum()).collect();
        assert_eq!(contexts, [3, 2, 0]);
    }

    #[test]
    fn what_a_pattern_allows_is_not_listed_again() {
        let all = Call::new("ssm:GetParameters", "arn:aws:ssm:*:123456789012:parameter/*", "x");
        let policies = minimal(&[parameter("a"), all.clone(), parameter("b")], MANAGED_POLICY_LIMIT);
        assert_eq!(policies[0].grants[0].resources, [all.resource]);
    }

    #[test]
    fn a_trust_policy_is_no_identity_policy() {
        assert!(minimal(&[Call::new("sts:AssumeRole", "arn:aws:iam::123456789012:role/x", "x")], MANAGED_POLICY_LIMIT).is_empty());
    }

    #[test]
    fn what_does_not_fit_is_split_and_nothing_is_lost() {
        let calls: Vec<Call> = (0..300).map(|number| parameter(&format!("production/service/secret-number-{number:04}"))).collect();
        let policies = minimal(&calls, MANAGED_POLICY_LIMIT);
        assert!(policies.len() > 3);
        let mut resources: Vec<&String> = policies.iter().flat_map(|policy| &policy.grants).flat_map(|grant| &grant.resources).collect();
        resources.sort();
        resources.dedup();
        assert_eq!(resources.len(), 300);
        assert!(policies.iter().all(|policy| policy.size() <= MANAGED_POLICY_LIMIT));
    }
}

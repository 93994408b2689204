//! The matching of ARNs and of patterns, from lines: a pattern, an ARN, and a pattern that stands for an ARN which is not known. Laws: matching agrees with
//! its definition; what is said of a pattern holds of its texts; `NotResource` is the opposite of `Resource`; nothing takes long.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_iam::{CompiledPolicy, Context, Glob, Layer, Layers, Outcome, PolicySet, Principal, Request, Resource, Truth, decide};
use sekisho_model::policy::PolicyKind;
use serde_json::json;

/// The definition, by a table of prefixes.
fn plainly(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut row = vec![false; text.len() + 1];
    row[0] = true;
    for wanted in pattern.chars() {
        let mut next = vec![wanted == '*' && row[0]; 1];
        for (at, given) in text.iter().enumerate() {
            next.push(if wanted == '*' { next[at] || row[at + 1] } else { row[at] && (wanted == '?' || wanted == *given) });
        }
        row = next;
    }
    row[text.len()]
}

/// What an `Allow` of the element on the pattern decides.
fn allows(element: &str, pattern: &str, resource: Resource) -> Option<Outcome> {
    let document = json!({"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "*", element: pattern}});
    let document = sekisho_read::policy_text(&document.to_string(), Some(PolicyKind::Identity)).ok()?;
    let set = PolicySet::new([CompiledPolicy::new("p", PolicyKind::Identity, document).into()]);
    let principal = Principal::parse("arn:aws:iam::123456789012:user/ann").expect("a user");
    let account = "123456789012".parse().expect("an account");
    let request = Request::new(principal, "some:Action", resource.in_account(&account), Context::complete());
    Some(decide(&request, &Layers { identity: Layer::Known(set), ..Layers::default() }).outcome)
}

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(3, '\n');
    let (pattern, arn, like) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let glob = Glob::new(pattern);
    assert_eq!(glob.matches(arn), plainly(pattern, arn));
    if glob.is_anything() || glob.exact().is_some_and(|exact| exact == arn) {
        assert!(glob.matches(arn));
    }
    if Glob::new(like).matches(arn) {
        match glob.matches_like(like) {
            Truth::Yes => assert!(glob.matches(arn)),
            Truth::No => assert!(!glob.matches(arn)),
            Truth::Maybe => {}
        }
    }
    let one = allows("Resource", pattern, Resource::new(arn));
    let other = allows("NotResource", pattern, Resource::new(arn));
    match one {
        Some(Outcome::Allowed) => assert_eq!(other, Some(Outcome::ImplicitlyDenied)),
        Some(Outcome::ImplicitlyDenied) => assert_eq!(other, Some(Outcome::Allowed)),
        other_outcome => assert_eq!(other, other_outcome),
    }
    if let (Some(known), Some(unknown)) = (one, allows("Resource", pattern, Resource::like(arn)))
        && !arn.contains(['*', '?'])
    {
        assert_eq!(known, unknown);
    }
});

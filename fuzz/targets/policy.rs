//! Policy documents. Laws: no bytes make the reader panic; a document that is refused has a reason; with places and without, the same is read and the same
//! is refused; what was read can be compiled and asked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_iam::{CompiledPolicy, Context, Layer, Layers, PolicySet, Principal, Request, Resource, decide};
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_read::{Problems, policy, policy_text};

/// Whether it was read, or the codes in an order of their own.
fn outline(read: &Result<PolicyDocument, Problems>) -> Result<usize, Vec<&'static str>> {
    match read {
        Ok(document) => Ok(document.statements.len()),
        Err(problems) => {
            let mut codes: Vec<&str> = problems.problems.iter().map(|problem| problem.code).collect();
            codes.sort_unstable();
            codes.dedup();
            Err(codes)
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let principal = Principal::session("arn:aws:iam::123456789012:role/exec", "task").expect("a role");
    let resource = Resource::new("arn:aws:ssm:us-east-1:123456789012:parameter/a");
    let request = Request::new(principal, "ssm:GetParameters", resource, Context::partial());
    for kind in [None].into_iter().chain(PolicyKind::ALL.map(Some)) {
        let placed = policy("p.json", bytes, kind);
        if let Err(problems) = &placed {
            assert!(!problems.problems.is_empty());
        }
        if let Ok(text) = str::from_utf8(bytes)
            && !text.starts_with('\u{feff}')
            && serde_json::from_str::<serde_json::Value>(text).is_ok()
        {
            assert_eq!(outline(&placed), outline(&policy_text(text, kind)));
        }
        if let Ok(document) = placed {
            let kind = kind.unwrap_or(PolicyKind::Identity);
            let set = Layer::Known(PolicySet::new([CompiledPolicy::new("p", kind, document).into()]));
            for layers in [Layers { identity: set.clone(), ..Layers::default() }, Layers { resource: set, ..Layers::default() }] {
                decide(&request, &layers);
            }
        }
    }
});

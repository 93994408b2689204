//! SEK0901 not-observed.

use sekisho_model::{Because, Fact};

use crate::judge::reason;
use crate::task::Standing;
use crate::{Finding, Target};

rule! {
    /// Something that had to be looked up, and could not be: denied, unreachable, throttled, or not told by the service.
    ///
    /// A denial is never taken for "does not exist", and never for a pass: the verdict is cannot tell, and the exit code 3.
    "SEK0901" "not-observed" Warning NotObserved |case, findings| {
        for reference in case.references {
            let parameter = case.parameter(reference).and_then(Fact::because);
            let secret = case.secret(reference).and_then(Fact::because);
            let value = case.value(reference).and_then(Fact::because);
            let key = case.key(reference).and_then(|(_, fact)| fact.because());
            // Whoever calls as the role needs no right to look: the value was read, or the refusal is told as the role's own.
            let as_role = case.access.iter().any(|task| task.service == reference.service && task.standing == Standing::Caller);
            let told = as_role && (case.value(reference).is_some_and(|fact| fact.value().is_some()) || matches!(value, Some(Because::Denied { .. } | Because::KeyUnusable { .. })));
            for (what, because) in [("parameter", parameter), ("secret", secret), ("value", value), ("key", key)] {
                let Some(because) = because.filter(|_| !told) else { continue };
                let (reason, call, detail) = reason(because);
                let mut finding = Finding::new(&META, &reference.address()).at(&reference.source);
                finding = finding.with("what", what).with("reason", reason).with("call", call).with("detail", detail);
                finding.undecided = true;
                findings.push(finding);
            }
            // Two reports show that ECS makes the call; a start that succeeded is not documented (facts/ecs.md §2.2).
            if matches!(&reference.target, Target::Parameter(id) if id.name.starts_with("/aws/reference/")) {
                let mut finding = Finding::new(&META, &reference.address()).saying("not-observed-way-through").at(&reference.source);
                finding.undecided = true;
                findings.push(finding);
            }
            let has_definition = case.definitions.iter().any(|definition| definition.service == reference.service);
            if reference.target == Target::Plaintext && !has_definition {
                let mut finding = Finding::new(&META, &reference.address()).saying("not-observed-plaintext").at(&reference.source);
                finding.undecided = true;
                findings.push(finding.with("name", &reference.name));
            }
            if reference.target == Target::Nothing && reference.value_from.as_ref().is_none_or(|fact| fact.value().is_some_and(|text| text.flaws.is_empty())) {
                let mut finding = Finding::new(&META, &reference.address()).saying("not-observed-nowhere").at(&reference.source);
                finding.undecided = true;
                findings.push(finding);
            }
        }
    }
}

//! SEK0112 unaccepted-assumption.

use sekisho_model::declaration::Requirement;

use crate::Finding;
use crate::judge::support;

rule! {
    /// An environment that requires proofs without assumptions (`require = ["no-assumptions"]`), and a reference that is proved on the assumption of
    /// something that was not, or cannot be, seen. The verdict is cannot tell.
    ///
    /// An assumption that has been examined otherwise is accepted with `--accept ID`, one by one.
    "SEK0112" "unaccepted-assumption" Warning UnacceptedAssumption |case, findings| {
        if !case.requires.contains(&Requirement::NoAssumptions) {
            return;
        }
        for reference in case.references {
            let Some((_, assumptions)) = support(case, reference) else { continue };
            for assumption in assumptions.into_iter().filter(|assumption| !case.accepted.iter().any(|accepted| accepted == assumption)) {
                let mut finding = Finding::new(&META, &reference.address()).at(&reference.source);
                finding = finding.with("assumption", assumption).with("environment", case.environment);
                finding.undecided = true;
                findings.push(finding);
            }
        }
    }
}

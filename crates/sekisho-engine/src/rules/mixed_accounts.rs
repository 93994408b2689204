//! SEK0231 mixed-accounts.

use sekisho_model::ArnPart;

use crate::whereabouts::{arns, most, part};
use crate::{Confidence, Finding, Severity, Target};

rule! {
    /// ARNs of several accounts in one definition, where nobody says in which account it runs.
    ///
    /// The execution role is of the task's own account, so a parameter of another account cannot be read (see SEK0208), and a secret of another one needs
    /// a resource policy and a customer managed key. Most often a text was copied from another environment.
    "SEK0231" "mixed-accounts" Warning MixedAccounts |case, findings| {
        if case.surroundings.account.is_some() {
            return;
        }
        for definition in case.definitions {
            let named = arns(case, definition);
            let account = |arn| part(arn, ArnPart::Account);
            let own = named.iter().filter(|one| one.reference.is_none()).find_map(|one| account(&one.arn));
            let Some(home) = own.or_else(|| most(named.iter().filter_map(|one| account(&one.arn)))) else { continue };
            for one in &named {
                let Some(there) = account(&one.arn).filter(|there| *there != home) else { continue };
                let address = one.reference.map_or_else(|| definition.service.clone(), |reference| reference.address());
                let is_parameter = one.reference.is_some_and(|reference| matches!(reference.target, Target::Parameter(_)));
                let message = match one.reference {
                    None => "mixed-accounts-role",
                    Some(_) if is_parameter => "mixed-accounts-parameter",
                    Some(_) => "mixed-accounts",
                };
                let finding = Finding::new(&META, &address).saying(message).as_sure_as(Confidence::Likely).at(one.source);
                let finding = if is_parameter { finding.as_bad_as(Severity::Error) } else { finding };
                findings.push(finding.with("there", there).with("here", &home).with("what", one.what));
            }
        }
    }
}

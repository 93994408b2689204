//! SEK0127 cross-environment-grant.

use crate::names::EnvironmentNames;
use crate::policy::{parts, widest};
use crate::{Confidence, Severity};

rule! {
    /// A policy of one environment that reaches the parameters or secrets of another.
    ///
    /// Which environment a policy is for is read from its file's path or its name, or from the resources that it names elsewhere. Where the names of an
    /// environment begin is known from the manifest's `project.path`; without a manifest, environments are known by their usual words (`production`,
    /// `staging`, `development`…). A wildcard in the place of the environment reaches all of them.
    "SEK0127" "cross-environment-grant" Warning CrossEnvironmentGrant |case, findings| {
        let names = EnvironmentNames::of(case);
        for policy in case.policies {
            // By the file's or the template's own words; else by what its resources name, if that is one environment only.
            let own = names.in_words(&policy.name);
            let mut named: Vec<&str> = Vec::new();
            for stated in case.grants().filter(|stated| std::ptr::eq(stated.policy, policy) && stated.reads()) {
                for resource in stated.resources() {
                    let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                    named.extend(names.of_resource(&service, &last));
                }
            }
            named.sort_unstable();
            named.dedup();
            for stated in case.grants().filter(|stated| std::ptr::eq(stated.policy, policy) && stated.reads()) {
                for resource in stated.resources() {
                    let Some([_, _, service, _, _, last]) = parts(&resource.text) else { continue };
                    let finding = |other: &str| {
                        let finding = stated.finding(&META, resource.place.as_ref()).with("pattern", &resource.text).with("other", other);
                        finding.with("own", own.unwrap_or("none"))
                    };
                    match (names.of_resource(&service, &last), own) {
                        (Some(other), Some(own)) if other != own => {
                            let finding = finding(other).as_sure_as(names.sureness());
                            findings.push(if names.is_declared() { finding.as_bad_as(Severity::Error) } else { finding });
                        }
                        (Some(other), None) if named.len() > 1 => {
                            findings.push(finding(other).saying("cross-environment-grant-mixed").as_sure_as(Confidence::Likely).with("all", named.join(", ")));
                        }
                        (None, _) => {
                            // A wildcard where the environment stands, and names behind it.
                            let reached: Vec<&str> = names.reached(&service, &widest(&last));
                            if reached.len() > 1 {
                                findings.push(finding(&reached.join(", ")).saying("cross-environment-grant-wildcard").as_sure_as(names.sureness()));
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
